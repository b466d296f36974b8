"""The names of releases, as on the command line."""

import pytest

from tfsoftmax_compat.tools.verify.releases import RELEASES, releases_named

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
