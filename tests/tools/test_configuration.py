"""Options from pyproject.toml, setup.cfg and tox.ini, through the command line."""

import json

import pytest

from tfsoftmax_compat.tools import cli

TF1 = "import tensorflow as tf\ny = tf.nn.softmax(x, dim=0)\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs the program in a new folder and returns its status, output and errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()

    def run(*words):
        status = cli.main(list(words))
        return (status, *capsys.readouterr())

    return run


def shown(output):
    """The lines of ``--show-config`` by option."""
    return dict(line.split(" = ", 1) for line in output.splitlines())


FILES = {
    "pyproject.toml": """[tool.tfsoftmax-compat.verify]
max-ulp = 2
tf = ["1.15", 2.21]
strict = true
paths = ["docs", "a.md"]
""",
    "setup.cfg": """[tfsoftmax-compat]
verify.max-ulp = 2
verify.tf = 1.15, 2.21
verify.strict = yes
verify.paths =
    docs
    a.md
""",
}
FILES["tox.ini"] = FILES["setup.cfg"]


@pytest.mark.parametrize("name", FILES)
def test_options_of_each_file(run, tmp_path, name):
    (tmp_path / name).write_text(FILES[name])
    status, output, _ = run("verify", "--show-config", "--mode", "graph")
    options = shown(output)
    assert status == 0
    assert options["max-ulp"] == f"2.0  # {name}" and options["strict"] == f"True  # {name}"
    assert options["tf"] == f"1.15, 2.21  # {name}" and options["paths"] == f"docs, a.md  # {name}"
    assert options["mode"] == "graph  # command line" and options["timeout"] == "60.0  # default"
    assert options["python"] == "(none)  # default"


def test_the_command_line_wins(run, tmp_path):
    (tmp_path / "pyproject.toml").write_text(FILES["pyproject.toml"])
    words = ["--tf", "2.10", "--max-ulp", "0", "--no-strict", "b.md"]
    options = shown(run("verify", "--show-config", *words)[1])
    assert options["tf"] == "2.10  # command line" and options["max-ulp"] == "0.0  # command line"
    assert options["strict"] == "False  # command line" and options["paths"] == "b.md  # command line"


def test_the_first_file_with_a_section_counts_from_the_current_folder_upwards(run, tmp_path, monkeypatch):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.tfsoftmax-compat.verify]\nmax-ulp = 2\n")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    (tmp_path / "a" / "tox.ini").write_text("[tfsoftmax-compat]\nverify.paths = docs\nverify.exclude = /old\n")
    monkeypatch.chdir(inner)
    options = shown(run("verify", "--show-config")[1])
    assert options["max-ulp"] == "4.0  # default"
    assert options["paths"] == "../docs  # ../tox.ini" and options["exclude"] == "/old (in ..)  # ../tox.ini"


VERIFY = "[tool.tfsoftmax-compat.verify]\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{VERIFY}max_ulp = 2\n", "verify.max_ulp: there is no such option; did you mean max-ulp?"),
        (f"{VERIFY}max-ulp = 'much'\n", "verify.max-ulp: must be a number, not much"),
        (f"{VERIFY}mode = 'fast'\n", "verify.mode: must be one of auto, graph, eager, both, not fast"),
        (f"{VERIFY}mode = ['graph']\n", "verify.mode: must be one value"),
        (f"{VERIFY}strict = 'maybe'\n", "verify.strict: must be true or false"),
        (f"{VERIFY}exclude = ['!']\n", "verify.exclude: "),
        ("[tool.tfsoftmax-compat]\nmode = 'graph'\n", "tool.tfsoftmax-compat.mode: it must be a table"),
        ("[tool.tfsoftmax-compat.verfy]\n", "verfy: there is no such command"),
        ("[tool.tfsoftmax-compat\n", ""),
    ],
)
def test_what_is_wrong_in_pyproject_toml_is_named(run, tmp_path, text, problem):
    (tmp_path / "pyproject.toml").write_text(text)
    assert_refused(run, "pyproject.toml", problem)


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini"])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[tfsoftmax-compat]\nmax-ulp = 2\n", "write the command before it, as in verify.max-ulp"),
        ("[tfsoftmax-compat]\nverify.jobs = 0\n", "verify.jobs: must be a whole number"),
        ("[tfsoftmax-compat\n", ""),
    ],
)
def test_what_is_wrong_in_an_ini_file_is_named(run, tmp_path, name, text, problem):
    (tmp_path / name).write_text(text)
    assert_refused(run, name, problem)


def assert_refused(run, name, problem):
    status, output, errors = run("verify", "--list")
    assert (status, output) == (2, "")
    assert errors.startswith(f"tfsoftmax-compat: {name}: ") and problem in errors


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_check_and_migrate(run, tmp_path, command):
    (tmp_path / "pyproject.toml").write_text(
        "[tool.tfsoftmax-compat.check]\npaths = ['src']\nexclude = ['old.py']\nformat = 'json'\n"
        "per-file-ignores = {'tests/' = ['TFS102']}\n[tool.tfsoftmax-compat.migrate]\nto = 'native'\n"
    )
    for name in ("src/a.py", "src/old.py", "src/tests/b.py", "c.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TF1)
    status, output, _ = run(command)
    files = json.loads(output)["files"]
    assert [file["path"] for file in files if file["findings"]] == ["src/a.py"]
    if command == "migrate":
        assert "axis=0" in output and "tfsoftmax_compat" not in output


def test_wrong_rules_are_named(run, tmp_path):
    (tmp_path / "setup.cfg").write_text(
        "[tfsoftmax-compat]\ncheck.per-file-ignores =\n    a.py: TFS102\n    b.py: TFS999\n"
    )
    status, _, errors = run("check")
    assert status == 2 and "check.per-file-ignores: there is no rule TFS999" in errors


def test_per_file_ignores(run, tmp_path):
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(TF1)
    assert run("check", "--per-file-ignores", "a.py:TFS102,TFS103", "--quiet")[1].startswith("b.py:2:")
    assert run("check", "--per-file-ignores", "*.py:TFS1", "--quiet") == (0, "", "")


def test_verify_excludes(run, tmp_path):
    (tmp_path / "docs" / "old").mkdir(parents=True)
    for name in ("docs/a.md", "docs/old/b.md"):
        (tmp_path / name).write_text("```python\nprint(1)  # 1\n```\n")
    assert "old" in run("verify", "--list", "docs")[1]
    output = run("verify", "--list", "docs", "--exclude", "old/")[1]
    assert "a.md" in output and "old" not in output
