"""README is one page, and shows nothing that the pages of the documentation do not show and test."""

import re
import runpy
from pathlib import Path

import pytest

import tfsoftmax_compat

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(text, command):
    """The lines below ``$ command``."""
    return text.partition(f"$ {command}\n")[2].partition("\n```")[0].splitlines()


@pytest.mark.parametrize(
    "command, page",
    [
        ("tfsoftmax-compat verify", "reference/verdicts.md"),
        ("tfsoftmax-compat migrate train.py", "how-to/migrate.md"),
    ],
)
def test_outputs_are_those_of_the_documentation(command, page):
    tested = block((ROOT / "docs" / page).read_text(encoding="utf-8"), command)
    lines = [line for line in block(README, command) if line]
    assert lines
    assert [line for line in lines if line not in tested] == []


def test_it_has_at_most_600_words():
    assert len(README.split()) <= 600


def test_links_lead_to_files():
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_picture_is_the_figure_of_the_notebook():
    pictures = runpy.run_path(str(ROOT / "docs" / "pictures.py"))
    same = pictures["PICTURE"].read_bytes() == pictures["from_notebook"]()
    assert same, "the notebook has another figure: run `python docs/pictures.py`"


def test_the_version_is_the_same_everywhere():
    version = tfsoftmax_compat.__version__
    assert f"/tfsoftmax_compat-{version}-" in README
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert changes[:2] == ["Unreleased", version]
