"""The two commands, on files."""

import errno
import inspect
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.migrate import command, reports
from tfsoftmax_compat.tools.migrate.files import SUFFIXES

CALL = "tf.nn.softmax(x, dim=1)\n"
TF1 = "import tensorflow as tf\ny = tf.nn.softmax(x, dim=1)  # \u00e9\n"
SHIM = "import tensorflow as tf\nfrom tfsoftmax_compat import nn\ny = nn.softmax(x, dim=1)  # \u00e9\n"
LEFT = "import tensorflow as tf\ny = tf.nn.softmax_cross_entropy_with_logits(a, b)\n"


def test_check(run, tmp_path):
    """A line for each finding; 1 if there are any."""
    (tmp_path / "clean.py").write_text("softmax = 1\n")
    assert run("check") == (0, "", "")
    (tmp_path / "a.py").write_text(TF1)
    assert run("check", "a.py") == (1, "a.py:2:5: TFS102 TF2 has no `dim`: it is called `axis`\n", "")
    assert (tmp_path / "a.py").read_text() == TF1


def test_more_processes_say_the_same(run, tmp_path, monkeypatch):
    """In the same order, once there is enough work for them."""
    for number in range(20):
        (tmp_path / ("%02d.py" % number)).write_text(TF1 if number % 3 else LEFT)
    alone = run("migrate", "--jobs", "1")
    monkeypatch.setattr(command, "_SECONDS_IN_ONE_PROCESS", 0)
    assert run("migrate", "--jobs", "2") == alone
    assert (alone[0], alone[1].count("+++"), alone[2].count("TFS106")) == (1, 13, 7)


@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no `patch` here")
def test_migrate_shows_a_diff_that_patch_takes(run, tmp_path):
    """Nothing is written; the diff applied gives the migrated text."""
    (tmp_path / "a.py").write_text(TF1)
    status, out, err = run("migrate", "a.py")
    assert (status, err) == (0, "")
    assert (tmp_path / "a.py").read_text() == TF1
    subprocess.run(["patch", "-p1"], input=out, text=True, check=True, stdout=subprocess.DEVNULL)
    assert (tmp_path / "a.py").read_text() == SHIM


def test_write(run, tmp_path):
    """Only the text changes: not the mode, and not that a link is one; a second run has nothing to do."""
    file, link = tmp_path / "a.py", tmp_path / "link.py"
    file.write_text(TF1)
    file.chmod(0o750)
    link.symlink_to("a.py")
    assert run("migrate", "--write", "link.py") == (0, "link.py: written\n", "")
    assert link.is_symlink()
    assert file.read_text() == SHIM
    assert stat.S_IMODE(file.stat().st_mode) == 0o750
    assert sorted(os.listdir(tmp_path)) == ["a.py", "link.py"]
    assert run("migrate", "--write", ".") == (0, "", "")


def test_what_needs_a_person(run, tmp_path):
    """A message says so, and the status is 1."""
    (tmp_path / "a.py").write_text(LEFT)
    status, out, err = run("migrate", "--write")
    assert (status, out) == (1, "")
    assert err.startswith("a.py:2:5: TFS106 ")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.py", b"print 'softmax'\n", "not Python 3"),
        ("a.py", b"softmax = '\xff'\n", "invalid or missing encoding declaration"),
        ("a.py", b"\n\nsoftmax = '\xff'\n", "byte 13 is not utf-8"),
        ("a.py", b"# coding: nonsense\nsoftmax\n", "unknown encoding"),
        ("a.py", b"softmax\0\n", "null bytes"),
        ("a.py", TF1.replace("\n", "\r").encode(), "tokenizer and parser count lines or columns differently"),
        ("a.py", b"softmax = " + b"(" * 5000 + b")" * 5000, "a.py:1:1: TFS000 skipped"),
        ("a.ipynb", b'{"softmax"', "a notebook is JSON, and this is not: line 1"),
    ],
)
def test_what_can_not_be_read(run, tmp_path, name, data, message):
    """Each is reported in one line and not written. The other files are processed."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.py").write_text(TF1)
    status, out, err = run("migrate", "--write")
    assert (status, out) == (1, "b.py: written\n")
    assert err.count("\n") == 1
    assert message in err
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize(
    ("before", "encoding"),
    [
        ("\ufeff" + TF1, "utf-8"),
        (TF1.replace("\n", "\r\n"), "utf-8"),
        ("# -*- coding: latin-1 -*-\n" + TF1, "latin-1"),
        (TF1 + "\n\x0c\ndef f():\n\treturn 1 \\\n\t\t+ 2   \n\t\n", "utf-8"),
        (TF1.rstrip("\n"), "utf-8"),
    ],
)
def test_bytes_that_stay(run, tmp_path, before, encoding):
    """Encoding, byte order mark, line ends, tabs, form feeds, trailing spaces and the end of the file."""
    (tmp_path / "a.py").write_bytes(before.encode(encoding))
    assert run("migrate", "--write", "--to", "native")[0] == 0
    assert (tmp_path / "a.py").read_bytes() == before.replace("dim=1", "axis=1").encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("cp932", b"\x87\x90"),  # the same character as 81 e0
        ("big5", b"\xa1\xfe"),
        ("cp950", b"\xa2\xcc"),
        ("johab", b"\x84A"),
        ("iso2022_jp", b"\x1b$B\x1b(B"),  # switches to another set of characters and back
        ("utf-7", b"+AGE-"),  # a letter that needs no escape
        ("unicode_escape", b"\\x41"),
    ],
)
def test_bytes_that_would_change(run, tmp_path, encoding, data):
    """Several sequences of bytes stand for the same text, so the text does not give them back: the file is left."""
    before = f"# coding: {encoding}\n".encode() + TF1.encode("ascii", "ignore") + b"# " + data + b"\n"
    (tmp_path / "a.py").write_bytes(before)
    for words in (["check"], ["migrate", "--write"]):
        status, out, err = run(*words)
        assert status == 1
        assert "convert it to UTF-8" in out + err
    assert (tmp_path / "a.py").read_bytes() == before


def test_formats(run, tmp_path):
    """JSON with the diff, SARIF with the rules, GitHub's annotations."""
    (tmp_path / "a b.py").write_text(TF1)
    status, out, _ = run("migrate", "--format", "json")
    entry = json.loads(out)["files"][0]
    assert (status, entry["path"], entry["findings"][0]["line"]) == (0, "a b.py", 2)
    assert "+from tfsoftmax_compat import nn" in entry["diff"]
    log = json.loads(run("check", "--format", "sarif")[1])
    result = log["runs"][0]["results"][0]
    assert result["ruleId"] in {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.py"
    assert place["region"] == {"startLine": 2, "startColumn": 5}
    assert run("check", "--format", "github")[1].startswith("::warning file=a b.py,line=2,col=5,title=TFS102::TF2 ")


def test_a_new_module_is_a_new_format(run, tmp_path, monkeypatch):
    """The name of the module is the name of the format; no other file has to name it."""
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "count.py").write_text(
        "def write(results, task):\n    print(sum(len(r.findings) for r in results), task.shows_change)\n"
    )
    (tmp_path / "a.py").write_text(TF1)
    monkeypatch.setattr(reports, "__path__", [*reports.__path__, str(tmp_path / "formats")])
    assert run("check", "a.py", "--format", "count") == (1, "1 False\n", "")
    del sys.modules["tfsoftmax_compat.tools.migrate.reports.count"]


@pytest.mark.parametrize("name", reports.names())
def test_each_format_has_what_a_report_needs(name):
    """A docstring, and `write` with the parameters of the protocol."""
    module = reports.report(name)
    assert module.__doc__
    assert inspect.signature(module.write).parameters.keys() == {"results", "task"}


def test_named_file_that_is_not_read(run, tmp_path):
    """The message lists the formats that are read. In a folder such a file is ignored."""
    (tmp_path / "a.c").write_text(TF1)
    status, out, err = run("check", "a.c")
    assert (status, err) == (1, "")
    assert out.startswith("a.c:1:1: TFS000 skipped: ")
    assert ".py, .pyi" in out and ".rst" in out
    assert run("check") == (0, "", "")


def test_folder_is_searched_for_every_format(run, tmp_path):
    for suffix in SUFFIXES:
        (tmp_path / f"a{suffix}").write_text("softmax" if suffix == ".ipynb" else f"import tensorflow as tf\n{CALL}")
    for suffix in (".md", ".markdown", ".rst"):
        (tmp_path / f"a{suffix}").write_text(f"::\n\n    {CALL}")
    for suffix in (".html", ".htm"):
        (tmp_path / f"a{suffix}").write_text(f"<pre>{CALL}</pre>")
    found = [line.partition(":")[0] for line in run("check")[1].splitlines()]
    assert sorted(found) == sorted(f"a{suffix}" for suffix in SUFFIXES)


def test_hook_gets_the_files_that_are_read():
    """Those of every format, and no others: each of these would be answered with a finding."""
    hook = (Path(__file__).parents[3] / ".pre-commit-hooks.yaml").read_text()
    pattern = re.search("files: (.*)", hook)[1]
    for suffix in SUFFIXES:
        assert re.search(pattern, f"folder/a{suffix}"), suffix
    assert not any(re.search(pattern, name) for name in ("LICENSE", "a.cfg", "py", "a.pyx", "a.md.in"))


def test_what_has_nothing_to_find_imports_no_parser(tmp_path):
    """The libraries that read documents, and those that change code, are imported by what needs them."""
    (tmp_path / "a.py").write_text('"""Words.\n\n>>> 1\n1\n"""\n')
    (tmp_path / "a.md").write_text("```python\n1\n```\n")
    code = (
        "import sys; from tfsoftmax_compat.tools import cli; cli.main(['check', '.', '--jobs', '1']);"
        "others = ('tokenize_rt', 'markdown_it', 'docutils', 'bs4', 'fissix', 'tensorflow', 'numpy');"
        "print(*sorted(set(others) & set(sys.modules)))"
    )
    finished = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, cwd=tmp_path)
    assert finished.stdout == "\n"


def test_wrong_usage(run):
    """2, and what is missing."""
    status, _, err = run("check", "nowhere")
    assert status == 2
    assert "nowhere" in err


def test_help_imports_little():
    """What the commands need is imported when they run, and TensorFlow never."""
    code = (
        "import argparse, sys; from tfsoftmax_compat.tools.migrate import command;"
        "command.add_parsers(argparse.ArgumentParser().add_subparsers());"
        "others = ('difflib', 'tokenize_rt', 'markdown_it', 'tensorflow', 'numpy');"
        "print(*sorted(m for m in sys.modules if m in others or m.startswith('tfsoftmax_compat.tools.migrate.')))"
    )
    finished = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    known = [f"tfsoftmax_compat.tools.migrate.{name}" for name in ("command", "reports", "rule_options")]
    assert finished.stdout.split() == known


def test_folder_that_can_not_be_entered_is_named(run, tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refusing(path):
        if os.path.basename(path) == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    status, out, _ = run("check")
    assert status == 1
    assert "closed:1:1: TFS000" in out and "Permission denied" in out
