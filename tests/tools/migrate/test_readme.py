"""What README shows of the two commands is what they print."""

from pathlib import Path

from tfsoftmax_compat.tools import cli

README = Path(__file__).parents[3] / "README.md"


def shown(command):
    """The lines below ``$ command`` in README."""
    return README.read_text(encoding="utf-8").partition(f"$ {command}\n")[2].partition("\n```")[0].splitlines()


def changed(lines):
    """The lines that a diff takes out and puts in."""
    return [line for line in lines if line[:1] in "-+" and not line.startswith(("---", "+++"))]


def test_check_and_migrate_print_what_is_shown(tmp_path, monkeypatch, capsys):
    def printed(*arguments):
        cli.main(list(arguments))
        return capsys.readouterr().out.splitlines()

    calls = [line[1:] for line in shown("tfsoftmax-compat migrate train.py") if line.startswith("-")]
    program = ["import tensorflow as tf", "", "y = tf.ones([2, 3]) / 3.0", "logits = tf.zeros([2, 3])", "", *calls, ""]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.py").write_text("\n".join(program))
    assert printed("check", "train.py") == shown("tfsoftmax-compat check train.py")
    for target in ([], ["--to", "native"]):
        command = " ".join(["tfsoftmax-compat", "migrate", *target, "train.py"])
        assert changed(printed("migrate", *target, "train.py")) == changed(shown(command))
        printed("migrate", *target, "--write", "train.py")
