"""What the documentation shows of `check` and `migrate` is what they print."""

from pathlib import Path

import pytest

from tfsoftmax_compat.tools import cli

DOCS = Path(__file__).parents[3] / "docs"


def shown(page, command):
    """The lines below ``$ command`` in a page."""
    return page.partition(f"$ {command}\n")[2].partition("\n```")[0].splitlines()


def changed(lines):
    """The lines that a diff takes out and puts in."""
    return [line for line in lines if line[:1] in "-+" and not line.startswith(("---", "+++"))]


def program(page):
    """The program that a page is about: its first block of Python, or one of the calls that its diff takes out."""
    if "```python\n" in page:
        return page.partition("```python\n")[2].partition("```")[0]
    calls = [line[1:] for line in shown(page, "tfsoftmax-compat migrate train.py") if line.startswith("-")]
    return "\n".join(
        ["import tensorflow as tf", "", "y = tf.ones([2, 3]) / 3.0", "logits = tf.zeros([2, 3])", "", *calls, ""]
    )


@pytest.mark.parametrize("name", ["how-to/migrate.md", "tutorials/migrate.md"])
def test_check_and_migrate_print_what_is_shown(name, tmp_path, monkeypatch, capsys):
    def printed(*arguments):
        cli.main(list(arguments))
        return capsys.readouterr().out.splitlines()

    page = (DOCS / name).read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.py").write_text(program(page))
    assert printed("check", "train.py") == shown(page, "tfsoftmax-compat check train.py")
    for target in ([], ["--to", "native"]):
        command = " ".join(["tfsoftmax-compat", "migrate", *target, "train.py"])
        assert changed(shown(page, command))
        assert changed(printed("migrate", *target, "train.py")) == changed(shown(page, command))
        printed("migrate", *target, "--write", "train.py")
