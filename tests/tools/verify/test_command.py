"""``tfsoftmax-compat verify`` as it is typed."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from processes import runs

from tfsoftmax_compat.tools import cli
from tfsoftmax_compat.tools.verify import reports

README = Path(__file__).parents[3] / "README.md"
VERDICTS = README.parent / "docs" / "reference" / "verdicts.md"
CORPUS = Path(__file__).parent / "corpus"
GOOD = "```python\nprint(0.5)\n# output\n# 0.5\n```\n"
BAD = GOOD.replace("# 0.5", "# 0.6")


@pytest.fixture(autouse=True)
def no_onednn(monkeypatch):
    """One cause less to try, and so one import of TensorFlow less in each test."""
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")


@pytest.fixture
def document(tmp_path):
    def document(text, name="a.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return str(path)

    return document


def verify(*arguments, **kwargs):
    command = [sys.executable, "-m", "tfsoftmax_compat", "verify", *arguments]
    return subprocess.run(command, capture_output=True, text=True, **kwargs)


def test_packaged_document_is_the_default():
    completed = verify(env={**os.environ, "COLUMNS": "80", "TF_ENABLE_ONEDNN_OPTS": "1"})  # as the page's report
    assert completed.returncode == 0, completed.stderr
    assert not completed.stderr
    assert all(len(line) <= 80 for line in completed.stdout.splitlines())
    shown = VERDICTS.read_text(encoding="utf-8").partition("$ tfsoftmax-compat verify\n")[2].partition("\n```")[0]
    assert _without_patch_releases(completed.stdout) == _without_patch_releases(shown)


def _without_patch_releases(report):
    """The lines, without what differs from one machine to the next and is no finding."""
    report = re.sub(r"NumPy [\d.]+, Python [\d.]+", "", re.sub(r"(TensorFlow \d+\.\d+)\.\d+", r"\1", report))
    return [line.rstrip() for line in report.strip().splitlines()]


def test_failure_is_shown_and_exits_with_1(document, capsys):
    assert cli.main(["verify", "--mode", "graph", document(GOOD, "good.md"), document(BAD, "bad.md")]) == 1
    printed = capsys.readouterr().out
    assert "1 exact" in printed and "1 fail" in printed and "0.6" in printed and "no cause found" in printed


def test_exact_and_max_ulp(document):
    moved = document("```python\nprint(1.0000001)\n# output\n# 1.0000003\n```\n")
    assert cli.main(["verify", "--mode", "eager", moved]) == 0
    assert cli.main(["verify", "--mode", "eager", "--exact", moved]) == 1
    assert cli.main(["verify", "--mode", "eager", "--max-ulp", "1", moved]) == 1


def test_example_that_ran_in_no_mode_is_not_good(document, capsys):
    placeholder = "```python\nimport tensorflow as tf\ntf.placeholder(tf.float32)\n# output\n# 1\n```\n"
    assert cli.main(["verify", "--mode", "eager", document(placeholder)]) == 1
    assert "1 skipped" in capsys.readouterr().out
    both = document(placeholder + "\n" + GOOD, "both.md")
    assert cli.main(["verify", "--mode", "eager", both]) == 0
    assert cli.main(["verify", "--mode", "eager", "--strict", both]) == 1


def test_named_document_without_output_is_not_good(document, tmp_path, capsys):
    empty = document("No code.\n", "empty.md")
    document(GOOD)
    assert cli.main(["verify", str(tmp_path)]) == 0
    assert cli.main(["verify", str(tmp_path / "a.md"), empty]) == 1
    assert f"{empty}: no documented output was found in it" in capsys.readouterr().err
    assert cli.main(["verify", empty]) == 1


def test_json_goes_to_standard_output_alone(document):
    path = document(GOOD)
    completed = verify("--format", "json", "--mode", "both", path)
    report = json.loads(completed.stdout)
    assert not completed.stderr and completed.returncode == 0
    (environment,) = report["environments"]
    assert environment["tensorflow"].startswith("2.21.") and environment["executable"] == sys.executable
    (example,) = report["examples"]
    assert (example["document"], example["line"]) == (path, 2)
    assert [(result["mode"], result["status"]) for result in example["results"]] == [
        ("graph", "exact"),
        ("eager", "exact"),
    ]
    assert report["version"] == 1 and report["summary"]["exact"] == 2


@pytest.mark.parametrize("report_format", ["text", "junit", "html"])
def test_report_in_a_file(document, tmp_path, report_format, capsys):
    output = tmp_path / "report"
    assert (
        cli.main(["verify", "--mode", "eager", "--format", report_format, "--output", str(output), document(BAD)]) == 1
    )
    assert not capsys.readouterr().out
    assert "0.6 documented, 0.5 measured" in output.read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "report"]


def test_list_runs_nothing(document, tmp_path, capsys):
    flag = tmp_path / "ran"
    path = document("```python\nx = 1\n```\n\n```python\nopen(%r, 'w')\nprint(x)\n# output\n# 1\n```\n" % str(flag))
    assert cli.main(["verify", "--list", path]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{path}:2: (no documented output)",
        "    x = 1",
        f"{path}:6:",
        f"    open({str(flag)!r}, 'w')",
        "    print(x)",
        "read: 1 document, 2 blocks of code: 1 with documented output, 1 without",
    ]
    assert not flag.exists()


def test_list_as_json_in_a_file(document, tmp_path, capsys):
    skipped = "```python\n# verify: skip\nprint(x)\n# output\n# 2\n```\n"
    path = document("\n".join(["```python\nx = 1\n```\n", skipped, GOOD, "```\n0.25\n```\n"]))
    output = tmp_path / "list.json"
    assert cli.main(["verify", "--list", "--format", "json", path]) == 0
    printed = capsys.readouterr().out
    assert cli.main(["verify", "--list", "--format", "json", "--output", str(output), path]) == 0
    assert output.read_text() == printed and not capsys.readouterr().out
    listed = json.loads(printed)
    assert list(listed) == ["version", "documents", "examples"]
    assert [(each["line"], each["code"], each["documented"], bool(each["skip"])) for each in listed["examples"]] == [
        (2, "x = 1\n", None, False),
        (7, "print(x)\n", "2", True),
        (13, "print(0.5)\n", "0.5", False),
    ]
    assert listed["documents"][0]["document"] == path and listed["documents"][0]["unattributed"] == [19]


def test_list_as_text_in_a_file(document, tmp_path, capsys):
    path, output = document(GOOD), tmp_path / "list.txt"
    assert cli.main(["verify", "--list", "--output", str(output), path]) == 0
    assert output.read_text().startswith(f"{path}:2:\n    print(0.5)\n") and not capsys.readouterr().out


def test_list_has_no_other_format_and_needs_a_folder_to_write_to(document, tmp_path, capsys):
    path = document(GOOD)
    for options, said in (
        (["--format", "html"], "--list writes text or JSON, not html"),
        (["--output", str(tmp_path / "no" / "list")], "there is no folder"),
    ):
        assert cli.main(["verify", "--list", *options, path]) == 2
        printed = capsys.readouterr()
        assert said in printed.err and not printed.out


@pytest.mark.parametrize("options", [["--list"], [], ["--format", "github"], ["--format", "junit"]])
def test_control_characters_of_documents_and_names_are_not_printed(tmp_path, capsys, options):
    name = tmp_path / "a\x1b[31m\nb\udcff.md"
    name.write_text("```python\nprint('\x1b]0;title\x07')  # \x1b[2J\nprint(2)  # 3\n```\n")
    status = cli.main(["verify", "--mode", "eager", *options, str(tmp_path)])
    printed = capsys.readouterr()
    assert status == (0 if "--list" in options else 1)
    assert not set("\x1b\x07\udcff") & set(printed.out + printed.err)
    if options == ["--list"]:
        assert "a?[31m?b?.md:2" in printed.out


def test_report_on_a_file_whose_name_is_not_utf8_is_written(tmp_path):
    (tmp_path / "\udcff.md").write_text("```python\nprint(0.5)  # 0.5\n```\n")
    for report_format in reports.names():
        report = tmp_path / report_format
        arguments = ["--format", report_format, "--output", str(report), str(tmp_path)]
        assert cli.main(["verify", "--mode", "eager", *arguments]) == 0
        assert report.exists()


def test_document_that_cannot_be_read_costs_only_itself(document, tmp_path, capsys):
    document(GOOD, "good.md")
    folder, latin = str(tmp_path), tmp_path / "latin.md"
    latin.write_bytes(b"\xe9\n")
    for arguments, status, said in (
        ([folder], 1, "1 of 1 example passed"),
        (["--list", folder], 1, "good.md:2:\n    print(0.5)"),
        ([str(latin)], 2, ""),
    ):
        assert cli.main(["verify", "--mode", "eager", *arguments]) == status
        printed = capsys.readouterr()
        assert printed.err == f"tfsoftmax-compat: {latin}: line 1 is not utf-8; convert the file to UTF-8\n"
        assert said in printed.out if said else not printed.out


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["no-such-file.md"], "no-such-file.md"),
        (["--python", "no-such-python"], "no-such-python: cannot be started"),
        (["--output", "no/such/folder/report"], "--output no/such/folder/report: there is no folder no/such/folder"),
        (["--output", "."], "--output .: it is a folder"),
    ],
)
def test_wrong_usage_is_said_in_a_line(arguments, said, capsys, tmp_path, monkeypatch, document):
    document(GOOD)
    monkeypatch.chdir(tmp_path)
    paths = [] if arguments[0].endswith(".md") else ["a.md"]
    assert cli.main(["verify", "--mode", "eager", *arguments, *paths]) == 2
    printed = capsys.readouterr()
    assert said in printed.err and printed.err.count("\n") == 1


def test_shards_have_each_document_once(document, capsys, tmp_path):
    names = [f"{letter}.md" for letter in "abcde"]
    for name in names:
        document(GOOD, name)
    found = []
    for number in (1, 2, 3):
        assert cli.main(["verify", "--shard", f"{number}/3", "--list", str(tmp_path)]) == 0
        found.append(capsys.readouterr().out)
    assert [sum(f"{name}:2:" in shown for shown in found) for name in names] == [1] * 5
    assert [shown.count(".md:2:") for shown in found] == [2, 2, 1]


def test_a_shard_without_documents_is_good(document, capsys):
    assert cli.main(["verify", "--shard", "2/2", document(GOOD)]) == 0
    assert "--shard 2/2: there are fewer documents than parts" in capsys.readouterr().err


@pytest.mark.parametrize("shard", ["3/2", "0/2", "1", "1/", "a/b"])
def test_wrong_shards(shard, document, capsys):
    with pytest.raises(SystemExit):
        cli.main(["verify", "--shard", shard, document(GOOD)])
    assert f"must be a part and the number of parts, such as 2/5, not {shard}" in capsys.readouterr().err


def test_own_interpreter_without_tensorflow_is_told_of_the_option(document, monkeypatch, capsys):
    monkeypatch.setattr(sys, "executable", "/bin/true")
    assert cli.main(["verify", document(GOOD)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("tfsoftmax-compat: /bin/true: is not a Python interpreter that can run")
    assert said.endswith("; `--tf 2.21` makes one that has it\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-command"],
        ["verify", "--no-such-option"],
        ["verify", "--jobs", "0"],
        ["verify", "--timeout", "-1"],
        ["verify", "--tf", "2.99"],
    ],
)
def test_usage_is_shown_for_a_wrong_command_line(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2 and "usage:" in capsys.readouterr().err


def test_interrupt_leaves_nothing_behind(document, quick_python):
    path = document("```python\nimport time\ntime.sleep(600)\n# output\n# 1\n```\n")
    with subprocess.Popen(
        [sys.executable, "-m", "tfsoftmax_compat", "verify", "--python", quick_python, path],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    ) as process:
        group = _wait_for_children(process.pid)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130 and errors == "tfsoftmax-compat: interrupted\n"
    assert group and not any(map(runs, group))


def _wait_for_children(pid):
    """The processes below a process, once there are some that run examples."""
    import time

    for _ in range(600):
        below = _below(pid)
        if len(below) >= 3:  # one that imports TensorFlow, one that runs the examples, and one that waits for it
            return below
        time.sleep(0.1)
    return []


def _below(pid):
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            found += [child, *_below(child)]
    return found


def test_tools_import_no_tensorflow():
    program = (
        "import sys; from tfsoftmax_compat.tools import cli; from tfsoftmax_compat.tools.documents import reading; "
        "from tfsoftmax_compat.tools.verify import command, environments, verification; "
        "print({'tensorflow', 'numpy'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "set()"


def test_readme():
    completed = verify("--exact", str(README))
    assert completed.returncode == 0, completed.stdout + completed.stderr
