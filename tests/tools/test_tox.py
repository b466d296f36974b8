"""tox.ini against the table of releases."""

import configparser
from itertools import groupby
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.verify.releases import RELEASES, version_key

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tox_ini():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "tox.ini", encoding="utf-8")
    return parser


def test_table_has_every_minor_release():
    keys = [version_key(name) for name in RELEASES]
    assert keys[0] == (1, 5)
    for (major, minor), following in zip(keys, keys[1:]):
        assert following == ((2, 0) if (major, minor) == (1, 15) else (major, minor + 1))


def test_default_run_has_an_environment_for_each_release(tox_ini):
    named = [name for name in tox_ini["tox"]["env_list"].split() if name.startswith("py")]
    assert named == [release.tox_environment for release in RELEASES.values()]


def test_environments_install_what_the_table_says(tox_ini):
    lines = [line.partition(": ") for line in tox_ini["testenv"]["deps"].splitlines() if ": " in line]
    installed = [(factor, requirement) for factor, _, requirement in lines]
    assert installed == [
        (release.tox_environment.split("-")[1], requirement)
        for release in RELEASES.values()
        for requirement in release.requirements
    ]


def test_plugin_is_tested_on_the_oldest_release_and_the_newest_of_each_python_and_of_tensorflow_1(tox_ini):
    (tested, _), (not_tested, command) = (
        line.split(": ", 1) for line in tox_ini["testenv"]["commands"].splitlines() if line.startswith(("tf", "!tf"))
    )
    newest = {(release.python, name.startswith("1.")): release for name, release in RELEASES.items()}
    expected = {release.tox_environment.split("-")[1] for release in [RELEASES["1.5"], *newest.values()]}
    assert set(tested.split(",")) == expected
    assert not_tested.replace("!", "").split("-") == tested.split(",") and "--ignore=" in command


def test_nightly_is_not_in_the_default_run(tox_ini):
    assert "nightly" not in tox_ini["tox"]["env_list"].split()
    assert "testenv:nightly" in tox_ini


def test_every_release_has_recorded_golden_values():
    recorded = {path.stem.removeprefix("tf-") for path in (ROOT / "tests" / "golden").glob("tf-*.json")}
    assert recorded == set(RELEASES)


def test_documentation_has_the_table():
    lines = ["| TensorFlow | Python | also installed |", "|---|---|---|"]
    for (python, *pins), releases in groupby(
        RELEASES.values(), lambda release: (release.python, *release.requirements[1:])
    ):
        names = [release.name for release in releases]
        first_to_last = " to ".join(dict.fromkeys([names[0], names[-1]]))
        lines.append(f"| {first_to_last} | {python} | {', '.join(f'`{pin}`' for pin in pins)} |")
    assert "\n".join(lines) in (ROOT / "docs" / "reference" / "versions.md").read_text(encoding="utf-8")
