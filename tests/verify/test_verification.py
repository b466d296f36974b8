"""Verification on the installed TensorFlow, through the command and through its parts."""

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from tfsoftmax_compat import cli
from tfsoftmax_compat.documents import Example, markdown
from tfsoftmax_compat.verify.judge import DRIFT, EQUAL, EXACT, FAIL
from tfsoftmax_compat.verify.run import Outcome, Worker, WorkerError
from tfsoftmax_compat.verify.verification import BOTH, ERROR, NOT_REPRODUCED, NUMPY_2_SUM, verify


def example(line, code, documented):
    return Example("a.md", line, code, documented)


@pytest.fixture(scope="module")
def packaged():
    text = resources.files("tfsoftmax_compat").joinpath("verify/documented.md").read_text(encoding="utf-8")
    return verify(sys.executable, markdown.examples(text, "documented.md"))


def test_packaged_document_on_the_installed_release(packaged):
    environment, results = packaged
    assert environment.tensorflow.startswith("2.21.") and environment.numpy.startswith("2.")
    assert len(results) == 8 and [result.mode for result in results] == ["graph", "eager"] * 4
    for result in results:  # the arrays as documented, the sums not: NumPy 2's stay float32
        assert result.judgement.status == DRIFT and result.judgement.ulp < 1
        assert result.measured.splitlines()[0] == result.example.documented.splitlines()[0]
    # softmax's sum moved for two reasons where oneDNN's kernels are on, the other three for one.
    softmax_cause = BOTH if environment.onednn else NUMPY_2_SUM
    assert [result.cause for result in results] == [softmax_cause] * 2 + [NUMPY_2_SUM] * 6


def test_command_prints_the_table_and_is_content_with_drift():
    completed = subprocess.run(
        [sys.executable, "-m", "tfsoftmax_compat", "verify"],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert completed.returncode == 0, completed.stderr
    lines = completed.stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[0].startswith("TensorFlow 2.21.")
    assert completed.stdout.count("exact") == 8 and lines[-1] == "8 drift"
    assert "cause: NumPy 2" in completed.stdout


JUDGED = [
    example(1, "import tensorflow as tf\nprint(0.5)", "0.5"),
    example(10, "print(0.5)", "0.6"),
    example(20, "x = 1\n\n1 / 0\n", "0"),
    example(30, "import sys; print(0.25); sys.exit(3)", "0.25"),
    example(40, "this is no Python", "0"),
    example(50, "print(x + 1)", "2"),
    example(60, "import os; os.write(1, b'1.5\\n'); os.system('echo 2.5')", "1.5\n2.5"),
]


@pytest.fixture(scope="module")
def judged():
    _, results = verify(sys.executable, JUDGED)
    return {(result.example.line, result.mode): result for result in results}


@pytest.mark.parametrize("mode", ["graph", "eager"])
@pytest.mark.parametrize(
    "line, status, message",
    [
        (1, EXACT, ""),
        (10, FAIL, "number 1: 0.6 documented, 0.5 measured"),
        (20, ERROR, "line 22: ZeroDivisionError: division by zero"),
        (30, ERROR, "line 30: SystemExit: 3"),
        (40, ERROR, "SyntaxError"),
        (50, EXACT, ""),  # sees the x of an example before it
        (60, EXACT, ""),  # what C and child processes print counts
    ],
)
def test_statuses(judged, mode, line, status, message):
    result = judged[line, mode]
    assert result.judgement.status == status and message in result.judgement.message


def test_failure_that_nothing_explains_says_so(judged):
    assert judged[10, "graph"].cause == NOT_REPRODUCED
    assert judged[20, "graph"].cause == judged[1, "graph"].cause == ""


def test_process_that_ends_early_leaves_what_it_had():
    code = "import os; print(1.5); os._exit(7)"
    examples = [example(1, "print(0.5)", ""), example(2, code, ""), example(3, "print(2.5)", "")]
    with Worker(sys.executable, "eager", {}) as worker:
        outcomes = worker.run(examples)
        assert outcomes[0] == Outcome("0.5\n", None)
        ended = "the process ended with status 7 before this example had finished"
        assert [outcome.error for outcome in outcomes[1:]] == [ended] * 2
        assert [outcome.error for outcome in worker.run(examples)] == [ended] * 3


def test_requests_share_nothing():
    with Worker(sys.executable, "graph", {}) as worker:
        assert worker.run([example(1, "x = 1; print(x)", "")]) == [Outcome("1\n", None)]
        (outcome,) = worker.run([example(1, "print(x)", "")])
        assert outcome.error == "line 1: NameError: name 'x' is not defined"


def test_standard_input_of_examples_is_empty():
    with Worker(sys.executable, "eager", {}) as worker:
        assert worker.run([example(1, "import sys; print(repr(sys.stdin.read()))", "")]) == [Outcome("''\n", None)]


def test_interpreter_that_cannot_start_is_named(tmp_path):
    with pytest.raises(WorkerError, match="no-such-python: cannot be started"):
        Worker(str(tmp_path / "no-such-python"), "graph", {})


def test_interpreter_without_tensorflow_is_named(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    with pytest.raises(WorkerError, match="found no TensorFlow"):
        Worker(str(tmp_path / "bare" / "bin" / "python"), "graph", {})


def test_missing_interpreter_exits_with_2(tmp_path, capsys):
    assert cli.main(["verify", "--python", str(tmp_path / "none")]) == 2
    printed = capsys.readouterr()
    assert not printed.out and "no example could be run" in printed.err and "cannot be started" in printed.err


def test_failures_exit_with_1(monkeypatch, capsys):
    monkeypatch.setattr(markdown, "examples", lambda text, document: [JUDGED[0], JUDGED[1]])
    assert cli.main(["verify"]) == 1
    printed = capsys.readouterr().out
    assert "documented: 0.6" in printed and "measured:   0.5" in printed and "2 exact, 2 fail" in printed


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["verify", "--no-such-option"]])
def test_wrong_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2 and "usage:" in capsys.readouterr().err


def test_tools_import_no_tensorflow():
    program = (
        "import sys; from tfsoftmax_compat import cli; from tfsoftmax_compat.documents import markdown; "
        "from tfsoftmax_compat.verify import verification, report; print({'tensorflow', 'numpy'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "set()"


def test_readme():
    readme = Path(__file__).parents[2] / "README.md"
    examples = markdown.examples(readme.read_text(encoding="utf-8"), str(readme))
    assert len(examples) == 3
    _, results = verify(sys.executable, examples)
    for result in results:
        assert result.judgement.status in (EXACT, EQUAL), (result.mode, result.judgement, result.measured)
