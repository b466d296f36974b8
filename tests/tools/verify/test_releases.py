"""The names of releases, as on the command line."""

import pytest

from tfsoftmax_compat.tools.verify.releases import NIGHTLY, RELEASES, release_named, releases_named

NAMES = list(RELEASES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1.15", ["1.15"]),
        ("1.15, 2.10,1.15", ["1.15", "2.10"]),
        ("2.9..2.11", ["2.9", "2.10", "2.11"]),
        ("1.14..2.1", ["1.14", "1.15", "2.0", "2.1"]),
        ("2.20..", ["2.20", "2.21"]),
        ("..1.6", ["1.5", "1.6"]),
        ("1.5..1.6,latest", ["1.5", "1.6", NAMES[-1]]),
        ("2.0,all", ["2.0", *(name for name in NAMES if name != "2.0")]),
        ("..", NAMES),
        ("latest,nightly", [NAMES[-1], "nightly"]),
    ],
)
def test_names(text, names):
    assert releases_named(text) == names


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2.99", "2.99: no such release; known are 1.5, 1.6, "),
        ("1.4..2.0", "1.4: no such release"),
        ("2.0..1.15", "2.0..1.15: 1.15 is older than 2.0"),
        ("newest", "newest: no such release"),
    ],
)
def test_wrong_names(text, problem):
    with pytest.raises(ValueError, match=problem.replace(".", r"\.")):
        releases_named(text)


def test_named_release_is_found():
    assert release_named("nightly") is NIGHTLY and release_named("1.15") is RELEASES["1.15"]
