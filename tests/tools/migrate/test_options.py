"""The options of the two commands: what is reported, how, and with which exit status."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from tfsoftmax_compat.tools.migrate.rules import all_rules

TF = "import tensorflow as tf\n"
SOFTMAX = "y = tf.nn.softmax(x, dim=1)"
LOSS = "l = tf.nn.softmax_cross_entropy_with_logits(labels=t, logits=x, dim=1)"
TWICE = "l = tf.nn.sparse_softmax_cross_entropy_with_logits(None, t, tf.nn.softmax(x))"


@pytest.fixture
def rules_of(run, tmp_path):
    """Return a function that writes a file and returns the rules that a command reports in it."""

    def rules_of(text, *words, name="a.py"):
        (tmp_path / name).write_text(text)
        findings = json.loads(run(*(words or ["check"]), "--format", "json")[1])["files"]
        return [finding["rule"] for file in findings for finding in file["findings"]]

    return rules_of


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        (f"{LOSS}  # noqa", []),
        (f"{LOSS}  # NOQA because", []),
        (f"{LOSS}  # why  # noqa: tfs101,TFS102", []),
        (f"{LOSS}  # noqa:E501 TFS102", ["TFS101"]),
        (f"{LOSS}  # noqa : TFS1", []),
        (f"{LOSS}  # noqa: E501", ["TFS101", "TFS102"]),
        (f"{LOSS}  # noqable", ["TFS101", "TFS102"]),
        (f"{LOSS}; s = '# noqa'", ["TFS101", "TFS102"]),
        (f"# noqa\n{LOSS}", ["TFS101", "TFS102"]),
    ],
)
@pytest.mark.parametrize("target", ["shim", "native"])
def test_noqa(run, rules_of, tmp_path, line, rules, target):
    """The comment is about its line, and a call that it is about stays as it is."""
    text = TF + line + "\n"
    assert rules_of(text) == rules
    assert rules_of(text, "migrate", "--to", target) == rules
    run("migrate", "--write", "--to", target)
    assert ((tmp_path / "a.py").read_text() == text) == (len(rules) < 2)


def test_call_that_stays_for_one_of_its_rules_is_left_to_a_person(run, tmp_path):
    """A call is changed completely or not at all."""
    (tmp_path / "a.py").write_text(f"{TF}{LOSS}  # noqa: TFS101\n")
    status, out, err = run("migrate")
    assert (status, out) == (1, "")
    assert "TFS102" in err and "TFS101 is not reported here" in err


def test_advice_that_is_not_reported_does_not_prevent_the_change(run, rules_of, tmp_path):
    assert rules_of(f"{TF}{TWICE}  # noqa: TFS112\n") == ["TFS103"]
    assert run("migrate", "--write", "--to", "native")[0] == 0
    assert "labels=t" in (tmp_path / "a.py").read_text()


def test_noqa_in_documents(rules_of):
    """Calls in code are found, as in a module. Calls in the text are not."""
    assert rules_of(f"```python\n{SOFTMAX}  # noqa\n```\n", name="a.md") == []
    assert rules_of(f"# noqa\n\n```python\n{SOFTMAX}\n```\n", name="a.md") == ["TFS102"]
    assert rules_of(f'"""Words.\n\n>>> {SOFTMAX}  # noqa: TFS102\n"""\n', name="a.md") == []


def test_noqa_keeps_a_call_of_this_package(run, tmp_path):
    text = "from tfsoftmax_compat import nn\ny = nn.softmax(x)  # noqa\n"
    (tmp_path / "a.py").write_text(text)
    assert run("migrate", "--write", "--to", "native") == (0, "", "")
    assert (tmp_path / "a.py").read_text() == text


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "TFS101"], ["TFS101"]),
        (["--select", "tfs101, TFS103"], ["TFS101", "TFS103"]),
        (["--select", "TFS101", "--select", "TFS102"], ["TFS101", "TFS102"]),
        (["--select", "TFS1"], ["TFS101", "TFS102", "TFS103", "TFS112"]),
        (["--ignore", "TFS10"], ["TFS112"]),
        (["--select", "TFS10", "--ignore", "TFS102,TFS103"], ["TFS101"]),
    ],
)
def test_select_and_ignore(rules_of, options, rules):
    assert sorted(rules_of(f"{TF}{LOSS}\n{TWICE}\n", "check", *options)) == rules


def test_selected_rules_are_those_that_migrate_corrects(run, tmp_path):
    (tmp_path / "a.py").write_text(f"{TF}{SOFTMAX}\nl = {TWICE[4:]}\n")
    run("migrate", "--write", "--to", "native", "--select", "TFS102")
    assert (tmp_path / "a.py").read_text() == f"{TF}{SOFTMAX}\nl = {TWICE[4:]}\n".replace("dim", "axis")


def test_what_is_skipped_is_reported_whatever_is_selected(rules_of):
    """It may have what is selected; only `--ignore` hides it."""
    assert rules_of("softmax softmax\n", "check", "--select", "TFS101") == ["TFS000"]
    assert rules_of("softmax softmax\n", "check", "--ignore", "TFS000") == []


@pytest.mark.parametrize("words", [["--select", "TFS9"], ["--ignore", "TFS101,E501"], ["--per-file-ignores", "a:E501"]])
def test_rule_that_does_not_exist(run, capsys, words):
    with pytest.raises(SystemExit, match="2"):
        run("check", *words)
    errors = capsys.readouterr().err
    assert f"argument {words[0]}: there is no rule {words[1][-4:]}; --list-rules prints all" in errors


def test_explanation_of_a_rule_that_does_not_exist(run):
    status, out, err = run("check", "--explain", "TFS999")
    assert (status, out) == (2, "")
    assert "TFS999" in err and "--list-rules" in err


def test_exclude(run, tmp_path):
    """A line of .gitignore in the current folder, for files that are named too."""
    for name in ("a.py", "tests/a.py", "src/tests/b.py", "src/c.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TF + SOFTMAX)

    def files(*words):
        return [line.partition(":")[0] for line in run("check", *words)[1].splitlines()]

    assert files("--exclude", "tests/") == ["a.py", "src/c.py"]
    assert files("--exclude", "/tests", "--exclude", "c.*") == ["a.py", "src/tests/b.py"]
    assert files("a.py", "src", "--exclude", "a.py") == ["src/c.py", "src/tests/b.py"]


def test_explain_and_list_rules(run):
    """From the docstrings: all rules have their line, and their page and examples."""
    status, listed, _ = run("check", "--list-rules")
    assert status == 0
    assert [line.split()[0] for line in listed.splitlines()] == ["TFS000", *(rule.ID for rule in all_rules())]
    for rule in all_rules():
        text = run("migrate", "--explain", rule.ID)[1]
        assert rule.__doc__.strip() in text
        assert rule.EXAMPLES[0].before.splitlines()[0] in text
    assert run("check", "--explain", "TFS000")[0] == 0


def test_summary(run, tmp_path):
    """On standard error, whatever the format; none with `--quiet`."""
    (tmp_path / "a.py").write_text(f"{TF}{SOFTMAX}\n{TWICE}\n")
    (tmp_path / "b.py").write_text("softmax = 1\n")
    for words, sentence in [
        (["check"], "3 findings in 1 file, 2 can be migrated\n"),
        (["check", "--format", "json"], "3 findings in 1 file, 2 can be migrated\n"),
        (["check", "b.py"], "0 findings in 0 files, 0 can be migrated\n"),
        (["migrate"], "1 file would change, 1 finding in 1 file left to a person\n"),
        (["migrate", "--write"], "1 file changed, 1 finding in 1 file left to a person\n"),
    ]:
        assert run(*words, options=())[2].endswith(sentence)
    assert run("check", "--quiet", options=())[2] == ""


def test_statistics(run, tmp_path):
    """The rules by the number of their findings."""
    (tmp_path / "a.py").write_text(f"{TF}{TWICE}\n{SOFTMAX}\n{SOFTMAX}\n")
    _, out, err = run("check", "--statistics")
    assert out.count("\n") == 4
    assert [line.split()[:2] for line in err.splitlines()] == [["2", "TFS102"], ["1", "TFS103"], ["1", "TFS112"]]


def test_exit_zero(run, tmp_path):
    """Of findings, not of wrong usage."""
    (tmp_path / "a.py").write_text(f"{TF}{SOFTMAX}\n")
    assert run("check", "--exit-zero")[0] == 0
    assert run("migrate", "--check", "--exit-zero")[0] == 0
    assert run("check", "--exit-zero", "nowhere")[0] == 2


def test_output(run, tmp_path):
    """The report goes to the file, and the summary does not."""
    (tmp_path / "a.py").write_text(f"{TF}{SOFTMAX}\n")
    expected = run("check")[1]
    status, out, err = run("check", "--output", "report.log", options=())
    assert (status, out) == (1, "")
    assert err.startswith("1 finding")
    assert (tmp_path / "report.log").read_text() == expected
    status, _, err = run("check", "--output", "no/folder")
    assert status == 2
    assert "--output no/folder: can't be written: No such file" in err


def test_migrate_check(run, tmp_path):
    """1 where something would change or is left to a person; nothing is written."""
    (tmp_path / "a.py").write_text(f"{TF}{SOFTMAX}\n")
    status, out, _ = run("migrate", "--check")
    assert status == 1
    assert "+from tfsoftmax_compat import nn" in out
    assert (tmp_path / "a.py").read_text() == f"{TF}{SOFTMAX}\n"
    run("migrate", "--write")
    assert run("migrate", "--check") == (0, "", "")


@pytest.fixture
def typed(monkeypatch):
    """Return a function that sets standard input."""
    return lambda text: monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


def test_standard_input(run, typed):
    """`-` is Python, or what the suffix of `--stdin-filename` says; reports give that name."""
    typed(TF + SOFTMAX)
    assert run("check", "-") == (1, "-:2:5: TFS102 TF2 has no `dim`: it is called `axis`\n", "")
    typed(f"```python\n{SOFTMAX}\n```\n")
    assert run("check", "-", "--stdin-filename", "docs/a.md")[1].startswith("docs/a.md:2:5: TFS102 ")
    typed(TF + SOFTMAX)
    assert "+++ b/src/a.py\n" in run("migrate", "-", "--stdin-filename", "src/a.py")[1]
    typed("softmax softmax")
    assert run("check", "-")[1].startswith("-:1:1: TFS000 skipped: line 1 is not Python 3")


@pytest.mark.parametrize(
    ("text", "after", "status"),
    [
        (f"{TF}{SOFTMAX}\r\n", f"{TF}{SOFTMAX}\r\n".replace("dim", "axis"), 0),
        ("x = 1\n", "x = 1\n", 0),
        ("softmax softmax", "softmax softmax", 1),
    ],
)
def test_standard_input_is_written_to_standard_output(run, typed, text, after, status):
    """As an editor needs it: the whole text, changed or not."""
    typed(text)
    code, out, _ = run("migrate", "--write", "--to", "native", "-")
    assert (code, out.encode()) == (status, after.encode())


def test_standard_input_with_what_it_can_not_be_combined_with(run, typed):
    typed("")
    for words in (["check", "-", "a.py"], ["migrate", "--write", "-", "--format", "json"]):
        status, out, err = run(*words)
        assert (status, out) == (2, "")
        assert err.startswith("tfsoftmax-compat: ")


def test_sarif_names_the_page_of_each_rule(run):
    rules = json.loads(run("check", "--format", "sarif")[1])["runs"][0]["tool"]["driver"]["rules"]
    pages = {rule["id"]: rule.get("helpUri", "") for rule in rules}
    assert all(page.startswith("https://") for rule, page in pages.items() if rule != "TFS000")


def test_sarif_has_the_text_and_the_examples_of_each_rule(run):
    rules = json.loads(run("check", "--format", "sarif")[1])["runs"][0]["tool"]["driver"]["rules"]
    helps = {rule["id"]: rule["help"] for rule in rules if rule["id"] != "TFS000"}
    for identifier, written in helps.items():
        assert written["text"] == run("check", "--explain", identifier)[1]
        assert "Before:\n\n```python\n" in written["markdown"] and "``dim``" not in written["markdown"]
