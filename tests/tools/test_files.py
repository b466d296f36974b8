"""The files that a search finds, and what it says about folders that it cannot read."""

import os
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tfsoftmax_compat.tools.files import find_files


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Makes files, by path and content, in a folder that is then the current one."""
    monkeypatch.chdir(tmp_path)

    def tree(files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return tmp_path

    return tree


def found(*paths):
    return list(find_files(paths, (".md",)))


def test_folders_that_are_never_searched(tree):
    tree({path: "" for path in ("a.md", ".git/a.md", "__pycache__/a.md", "env/pyvenv.cfg", "env/a.md", "build/a.md")})
    assert found(".") == ["a.md", "build/a.md"]


def test_gitignore_files_say_what_is_skipped(tree):
    tree(
        {
            ".gitignore": "node_modules/\n/build\n*.tmp.md\n!keep.tmp.md\n# a comment\n!\n",
            "docs/.gitignore": "draft*\n!/draft_kept.md\n",
            **dict.fromkeys(
                ["a.md", "a.tmp.md", "keep.tmp.md", "node_modules/a.md", "docs/node_modules/b/a.md", "build/a.md"], ""
            ),
            **dict.fromkeys(["docs/build/a.md", "docs/draft.md", "docs/draft_kept.md", "docs/b/draft_kept.md"], ""),
        }
    )
    assert found(".") == ["a.md", "keep.tmp.md", "docs/draft_kept.md", "docs/build/a.md"]
    assert found("docs") == ["docs/draft_kept.md", "docs/build/a.md", "docs/node_modules/b/a.md"]  # no repository
    tree({".git/HEAD": ""})
    assert found("docs") == ["docs/draft_kept.md", "docs/build/a.md"]


def test_what_is_named_is_never_skipped(tree):
    tree({".git/HEAD": "", ".gitignore": "build/\n", "build/a.md": "", "build/b/c.md": "", "build/b/d.c": ""})
    assert found(".") == []
    assert found("build") == ["build/a.md", "build/b/c.md"]
    assert found("build/b") == ["build/b/c.md"]
    assert found("build/b/d.c", "build", "build/a.md", "none") == ["build/b/d.c", "build/a.md", "build/b/c.md", "none"]


def make_too_deep(folder):
    """Make folders whose paths are too long for the system. Not even root can list them."""
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(20):
            os.mkdir("d" * 250)
            os.chdir("d" * 250)
    finally:
        os.chdir(here)


def test_folder_that_cannot_be_listed_is_reported_and_the_others_are_searched(tree):
    folder = tree({"a.md": "", "z/b.md": ""})
    (folder / "m").mkdir()
    make_too_deep(folder / "m")
    errors = []
    assert list(find_files(["."], (".md",), errors.append)) == ["a.md", "z/b.md"]
    assert {error.strerror for error in errors} == {"File name too long"}
    assert all(error.filename.startswith("./m/ddd") for error in errors)
    with pytest.raises(OSError, match="File name too long"):
        found(".")


def test_gitignore_that_cannot_be_read_is_reported(tree):
    tree({"a.md": "", ".gitignore/b.md": ""})
    errors = []
    assert list(find_files(["."], (".md",), errors.append)) == ["a.md"]
    assert [error.filename for error in errors] == ["./.gitignore"]


NAMES = ["a.md", "b.md", "x", "y"]
PATTERN = st.builds(
    lambda negation, start, parts, end: negation + start + "/".join(parts) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/"]),
    st.lists(st.sampled_from([*NAMES, "*", "?", "*.md", "**", "[ax]*"]), min_size=1, max_size=3),
    st.sampled_from(["", "/"]),
)
RULES = st.lists(PATTERN, max_size=4).map("\n".join)


@settings(deadline=None, max_examples=25)
@example({"": "a.md\nx/**/"})
@example({"": "*\n!*/\n!a.md"})
@example({"": "**\n![ax]*"})
@example({"": "x/x\n!/x"})
@given(st.dictionaries(st.sampled_from(["", "x/", "x/y/", "y/"]), RULES, max_size=3))
def test_the_rules_are_gits(tmp_path_factory, rules):
    root = tmp_path_factory.mktemp("repository")
    for folder in ("", "x/", "y/", "x/x/", "x/y/", "y/y/"):
        (root / folder).mkdir(exist_ok=True)
        for name in ("a.md", "b.md"):
            (root / folder / name).write_text("")
    for folder, text in rules.items():
        (root / folder / ".gitignore").write_text(text)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    git = ["git", "-C", str(root), "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard"]
    listed = subprocess.check_output(git, text=True).splitlines()
    ours = [os.path.relpath(path, root) for path in found(str(root))]
    gits = {path for path in listed if path.endswith(".md")}
    assert gits == set(ours)
