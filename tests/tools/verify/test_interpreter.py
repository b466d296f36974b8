"""Examples run in separate processes, including examples that crash or never end."""

import operator
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from processes import children, runs

from tfsoftmax_compat.tools.documents import PROMPT, Example
from tfsoftmax_compat.tools.verify import isolation
from tfsoftmax_compat.tools.verify.interpreter import Interpreter, WorkerError
from tfsoftmax_compat.tools.verify.results import Outcome
from tfsoftmax_compat.worker.causes import NUMPY_1_SUM, UNCHANGED
from tfsoftmax_compat.worker.modes import EAGER, GRAPH

MARK = f"TFSOFTMAX_COMPAT_TEST_{os.getpid()}"


def examples(*codes, **kwargs):
    return [Example("a.md", 10 * number, code, "", **kwargs) for number, code in enumerate(codes, start=1)]


@pytest.fixture(scope="module")
def interpreter():
    with Interpreter(sys.executable, {MARK: "1"}) as interpreter:
        yield interpreter


@pytest.fixture
def run(interpreter):
    def run(*codes, mode=EAGER, changes=UNCHANGED, timeout=60.0, **kwargs):
        return interpreter.run(examples(*codes, **kwargs), mode, changes, timeout)

    return run


def printed(*texts, eager=True):
    return [Outcome(text, eager=eager) for text in texts]


def test_versions_are_the_interpreters(interpreter):
    assert interpreter.versions["python"] == "%d.%d.%d" % sys.version_info[:3]
    assert interpreter.versions["tensorflow"].startswith("2.21.")


@pytest.mark.parametrize("mode, eager", [(GRAPH, False), (EAGER, True)])
def test_mode_is_the_one_asked_for(run, mode, eager):
    code = "import tensorflow as tf; print(tf.executing_eagerly())"
    assert run(code, mode=mode) == printed("%s\n" % eager, eager=eager)


def test_examples_of_a_scope_share_a_namespace(run):
    assert run("x = 1.5", "print(x)") == printed("", "1.5\n")
    (outcome,) = run("print(x)")
    assert (outcome.error, outcome.line) == ("NameError: name 'x' is not defined", 10)


def test_each_scope_has_its_own(interpreter):
    both = [Example("a.py", 1, "x = 1.5", None, scope="f"), Example("a.py", 5, "print(x)", "1.5", scope="g")]
    assert interpreter.run(both, EAGER, UNCHANGED, 60.0)[1].error == "NameError: name 'x' is not defined"


def test_graph_names_start_anew_in_each_scope(interpreter):
    code = "import tensorflow as tf; print(tf.constant(0.5).name)"
    both = [Example("a.py", 1, code, "", scope="f"), Example("a.py", 5, code, "", scope="g")]
    assert [outcome.output for outcome in interpreter.run(both, GRAPH, UNCHANGED, 60.0)] == ["Const:0\n"] * 2


@pytest.mark.parametrize(
    "code, displayed",
    [
        ("1.5", "1.5\n"),
        ("x = 1\nx + 1", "2\n"),
        ("None", ""),
        ("print(1)\n2", "1\n2\n"),
        ("for x in [1, 2]:\n    x", "1\n2\n"),
        ("1; 2", "1\n2\n"),
    ],
)
def test_every_expression_is_displayed_at_a_prompt(run, code, displayed):
    assert run(code, kind=PROMPT) == printed(displayed)


@pytest.mark.parametrize("code, displayed", [("1.5", "1.5\n"), ("print(1)\n2", "1\n"), ("x = 1", "")])
def test_script_displays_a_last_value_if_it_prints_nothing(run, code, displayed):
    assert run(code) == printed(displayed)


def test_what_c_and_child_processes_print_counts(run):
    assert run("import os; os.write(1, b'1.5\\n'); os.system('echo 2.5')")[0].output == "1.5\n2.5\n"


def test_standard_error_does_not_count(run):
    assert run("import sys; print('warning', file=sys.stderr); print(0.5)") == printed("0.5\n")


def test_standard_input_is_empty(run):
    assert run("import sys; print(repr(sys.stdin.read()))") == printed("''\n")


def test_folder_is_empty(run):
    assert run("import os; print(os.listdir())") == printed("[]\n")


def test_document_is_the_program(run):
    code = "import sys, __main__\nx = 1.5\nprint(sys.argv, __name__, __main__.x)"
    assert run(code) == printed("['a.md'] __main__ 1.5\n")


def test_sum_as_numpy_1_had_it(run):
    code = "import numpy as np; print(sum(np.float32([0.1, 0.2])), sum([1, 2], 3))"
    assert run(code) == printed("0.3 6\n")
    assert run(code, changes={NUMPY_1_SUM}) == printed("0.30000000447034836 6\n")


@pytest.mark.parametrize(
    "code, error, line",
    [
        ("x = 1\n\n1 / 0", "ZeroDivisionError: division by zero", 12),
        ("def f():\n    return 1 / 0\nf()", "ZeroDivisionError: division by zero", 11),
        ("import sys; print(0.25); sys.exit(3)", "SystemExit: 3", 10),
        (
            "x = 1\nprint 'Python 2'",
            "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
            11,
        ),
        ("input()", "EOFError: EOF when reading a line", 10),
    ],
)
def test_exception_is_told_with_its_line(run, code, error, line):
    outcomes = run(code, "print(1.5)")
    assert (outcomes[0].error, outcomes[0].line) == (error, line)
    assert outcomes[1] == Outcome("1.5\n", eager=True)


@pytest.mark.parametrize("code", ["import sys; print(0.25); sys.exit()", "print(0.25); raise SystemExit(0)"])
def test_exit_that_says_all_is_well_is_an_end(run, code):
    assert run(code, "print(1.5)") == printed("0.25\n", "1.5\n")


@pytest.mark.parametrize(
    "code, error",
    [
        ("import os; print(0.5, flush=True); os._exit(7)", "its process ended with status 7"),
        ("import ctypes; print(0.5, flush=True); ctypes.string_at(0)", "its process ended with signal 11 (SIGSEGV)"),
        ("print(0.5)\nwhile True: print('x' * (1 << 20))", "it printed more than 64 MiB"),
    ],
)
def test_example_that_ends_its_process_costs_only_itself(run, code, error):
    outcomes = run("x = 1.5; print(x)", code, "print(x + 1)", code, "print(x + 2)")
    assert [outcome.output for outcome in outcomes[::2]] == ["1.5\n", "2.5\n", "3.5\n"]
    for outcome in outcomes[1::2]:
        assert outcome.error.startswith(error) and outcome.output.startswith("0.5\n") and outcome.eager is None
        assert len(outcome.output) <= 1 << 20


def test_endless_loop_is_ended(run):
    started = time.monotonic()
    outcomes = run("print(0.5, flush=True)\nwhile True: pass", "print(1.5)", timeout=2.0)
    assert time.monotonic() - started < 20
    assert outcomes == [Outcome("0.5\n", "it took longer than 2 seconds", timed_out=True), *printed("1.5\n")]


LEFT_BEHIND = """
import os, time
pid = os.fork()
if pid == 0:
    {leave}
    print(os.getpid(), flush=True)
    time.sleep(600)
    os._exit(0)
time.sleep(1)
"""


@pytest.mark.parametrize(
    "leave",
    ["pass", "os.setpgid(0, 0)", "os.setsid()", "os.setsid(); os.fork() and os._exit(0)"],
    ids=["child", "own group", "own session", "daemon"],
)
def test_processes_left_behind_are_ended(run, leave):
    pid = int(run(LEFT_BEHIND.format(leave=leave))[0].output)
    _wait_for_the_end_of(pid)
    assert len(_processes()) == 2  # the worker and its server


def test_processes_that_ended_their_parent_are_ended(interpreter, run):
    pid = int(
        run(LEFT_BEHIND.format(leave="os.setsid(); os.fork() and os._exit(0)") + "os.kill(os.getppid(), 9)")[0].output
    )
    run("1")  # the worker looks after its children when it starts another run
    _wait_for_the_end_of(pid)


def _wait_for_the_end_of(pid):
    for _ in range(100):  # its end takes the system a moment
        if not runs(pid):
            return
        time.sleep(0.05)
    pytest.fail("process %d still runs" % pid)


def _processes():
    """Return the processes that have the variable of the interpreter that these tests share."""
    return [name for name in os.listdir("/proc") if name.isdigit() and runs(int(name)) and MARK in _environment(name)]


def _environment(pid):
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def test_what_is_run_again_may_not_end_twice(run, tmp_path):
    # It ends well the first time, and its process the second.
    flag = tmp_path / "flag"
    code = "import os\nif os.path.exists(%r): os._exit(5)\nopen(%r, 'w').close()" % (str(flag), str(flag))
    outcomes = run(code, "import os; os._exit(6)", "print(1.5)")
    assert outcomes[0].error is None
    assert outcomes[1].error == "its process ended with status 6"
    assert outcomes[2].error == "its process ended with status 5"


def servers(interpreter):
    return children(interpreter._worker._process.pid)


def test_one_process_serves_all_requests_and_is_started_again_if_it_ends(quick_python):
    with Interpreter(quick_python, {}) as interpreter:
        assert [plan.style for plan in interpreter.plans(examples("tf.Session()"))] == ["tf1"]
        (server,) = servers(interpreter)
        assert [plan.style for plan in interpreter.plans(examples("tf.GradientTape()"))] == ["tf2"]
        assert interpreter.run(examples("print(0.5)"), EAGER, UNCHANGED, 60.0) == printed("0.5\n")
        assert interpreter.run(examples("while True: pass"), EAGER, UNCHANGED, 1.0)[0].timed_out
        assert servers(interpreter) == [server]
        os.kill(server, signal.SIGKILL)
        assert [plan.style for plan in interpreter.plans(examples("tf.Session()"))] == ["tf1"]
        (server,) = servers(interpreter)
        os.kill(server, signal.SIGKILL)
        assert interpreter.run(examples("print(0.5)"), EAGER, UNCHANGED, 60.0) == printed("0.5\n")
        (server,) = servers(interpreter)
    assert not runs(server)


def test_closed_interpreter_says_so(quick_python):
    interpreter = Interpreter(quick_python, {})
    interpreter.close()
    with pytest.raises(WorkerError, match="the verification was ended"):
        interpreter.run(examples("print(1)"), EAGER, UNCHANGED, 60.0)


@pytest.mark.parametrize("is_stopped", [False, True])  # as a worker is that the system gives no time
def test_close_ends_what_runs(is_stopped, tmp_path, quick_python):
    interpreter = Interpreter(quick_python, {})
    outcomes = []
    runs_now = tmp_path / "flag"

    def endless():
        code = "open(%r, 'w').close()\nwhile True: pass" % str(runs_now)
        outcomes.extend(interpreter.run(examples(code), EAGER, UNCHANGED, 300.0))

    thread = threading.Thread(target=endless)
    thread.start()
    while not runs_now.exists():
        time.sleep(0.1)
    if is_stopped:
        os.kill(interpreter._worker._process.pid, signal.SIGSTOP)
    interpreter.close()
    thread.join(30)
    assert not thread.is_alive()
    assert outcomes[0].error.startswith("its process ended")


END_WORKER = """
import os, signal
with open("/proc/%d/stat" % os.getppid()) as file:
    worker = int(file.read().rpartition(")")[2].split()[1])
os.kill(worker, signal.SIGKILL)
"""


def test_worker_that_an_example_ends_is_started_again(run):
    assert run(END_WORKER + "print(0.5)", "print(1.5)") == printed("0.5\n", "1.5\n")
    assert run("print(2.5)") == printed("2.5\n")


ENDS_AT_ITS_FIRST_REQUEST = """#!{python}
import sys
print(sys.argv[-1], '{{"python": "3.11"}}')
print(sys.argv[-1], '{{"tensorflow": "2.21"}}', flush=True)
sys.stdin.readline()
"""


def test_interpreter_whose_worker_ends_again_and_again_says_so(tmp_path):
    """As one does for which there is no memory."""
    python = tmp_path / "python"
    python.write_text(ENDS_AT_ITS_FIRST_REQUEST.format(python=sys.executable))
    python.chmod(0o755)
    with Interpreter(str(python), {}) as interpreter:
        with pytest.raises(
            WorkerError, match="python: the process that starts the examples has ended 2 times in a row"
        ):
            interpreter.run(examples("1"), EAGER, UNCHANGED, 60.0)


@pytest.mark.parametrize(
    "code",
    [
        "os.remove('../{0}'); os.mkfifo('../{0}')",
        "os.remove('../{0}'); os.symlink('/dev/zero', '../{0}')",
        "os.remove('../{0}'); os.mkdir('../{0}')",
        "import shutil; shutil.rmtree(os.path.dirname(os.getcwd()))",
    ],
)
@pytest.mark.parametrize("name", ["printed", "errors", "answers"])
def test_what_an_example_does_to_the_files_of_its_run_changes_nothing(run, code, name):
    code = f"import os; print(0.5, flush=True); {code.format(name)}"
    assert run(code, "print(1.5)") == printed("0.5\n", "1.5\n")
    outcome = run(code + "; os._exit(7)")[0]
    assert (outcome.output, outcome.error) == ("0.5\n", "its process ended with status 7: 0.5")


def test_answer_without_end_is_the_examples_error(run):
    flood = "import os, stat, sys\nfor fd in range(3, 64):\n    try:\n        if stat.S_ISSOCK(os.fstat(fd).st_mode):\n"
    flood += "            while True: os.write(fd, b'x' * (1 << 20))\n    except OSError: pass\n"
    assert run(flood)[0].error == "it wrote to the connection on which its results are sent"


def test_long_temporary_folder(tmp_path, monkeypatch, quick_python):
    """The path of a socket has at most 107 bytes."""
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with Interpreter(quick_python, {}) as interpreter:
        assert interpreter.run(examples("print(0.5)"), EAGER, UNCHANGED, 60.0) == printed("0.5\n")


def test_temporary_folder_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/no-such-folder")
    with pytest.raises(WorkerError, match="no folder for the examples can be made: .*no-such-folder"):
        Interpreter(sys.executable, {})


ISOLATED = """
import os, socket
for folder in (".", "/tmp", "/var/tmp", os.path.expanduser("~")):
    try:
        open(os.path.join(folder, "tfsoftmax_compat_wrote"), "w").close()
        print("wrote", folder)
    except OSError:
        pass
try:
    socket.create_connection(("127.0.0.1", {port}), 5)
    print("connected")
except OSError:
    pass
print(len([name for name in os.listdir("/proc") if name.isdigit()]) < 10)
"""


def test_isolated_examples_have_no_network_and_only_their_own_folder():
    try:
        isolation.check()
    except isolation.IsolationError as error:
        pytest.skip(str(error))
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = ISOLATED.format(port=server.getsockname()[1])
        with Interpreter(sys.executable, {}, isolate=True) as interpreter:
            isolated = interpreter.run(examples(code, "import os; os._exit(7)", "print(0.5)"), EAGER, UNCHANGED, 60.0)
    assert (isolated[0].output, isolated[0].error) == ("wrote .\nTrue\n", None)
    assert isolated[1].error == "its process ended with status 7"
    assert isolated[2].output == "0.5\n"


def test_interpreter_that_cannot_start_is_named(tmp_path):
    with pytest.raises(WorkerError, match="no-such-python: cannot be started: No such file or directory"):
        Interpreter(str(tmp_path / "no-such-python"), {})


@pytest.mark.parametrize("python", ["/bin/cat", "/bin/ls", "/usr/bin/yes", "/bin/true"])
def test_program_that_is_no_python_is_named(python):
    with pytest.raises(WorkerError, match=f"^{python}: is not a Python interpreter that can run the examples"):
        Interpreter(python, {})


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch], ids=["folder", "not executable"])
def test_path_that_is_no_program_is_named(tmp_path, make):
    make(tmp_path / "python")
    with pytest.raises(WorkerError, match="python: cannot be started: Permission denied"):
        Interpreter(str(tmp_path / "python"), {})


def test_wrapper_may_print_before_it_starts_the_interpreter(tmp_path, quick_python):
    wrapper = tmp_path / "python"
    wrapper.write_text(f'#!/bin/sh\necho loading modules\necho "[1]"\nexec {quick_python} "$@"\n')
    wrapper.chmod(0o755)
    with Interpreter(str(wrapper), {}) as interpreter:
        assert interpreter.run(examples("print(0.5)"), EAGER, UNCHANGED, 60.0) == printed("0.5\n")


def test_interpreter_without_tensorflow_is_named(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    with pytest.raises(WorkerError, match="TensorFlow can't be imported there .*; install it, or name another"):
        Interpreter(str(tmp_path / "bare" / "bin" / "python"), {})


def test_interpreter_is_found_from_the_callers_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.symlink(sys.executable, tmp_path / "python")
    with pytest.raises(
        WorkerError, match="^./python: is not a Python interpreter that can run"
    ):  # it is found, but not its library
        Interpreter("./python", {"PYTHONHOME": "/nowhere"})


def test_example_may_use_any_name(run):
    names = ["execute", "give", "names", "take_for_granted", "main", "run"]
    assert (
        run(*[f"{name} = 1.5" for name in names], f"print({', '.join(names)})")[-1].output
        == "1.5 1.5 1.5 1.5 1.5 1.5\n"
    )


def test_function_of_an_earlier_example_keeps_its_source(run):
    code = "import inspect\n\n\ndef f(x):\n    return x + 1\n"
    assert run(code, "print(inspect.getsource(f))")[1].output == "def f(x):\n    return x + 1\n\n"


def test_place_in_a_long_document_costs_no_memory_and_is_named(interpreter):
    memory = (
        "import inspect, resource\nmost = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\nbefore = most()"
    )
    function = "\ndef f(x):\n    return x / 0\n"
    codes = (memory, function, "print(inspect.getsource(f))", "f(1)", "x = = 1", "print(most() - before < 10000)")
    placed = [Example("a.md", 10_000_000 * number, code, "") for number, code in enumerate(codes, start=1)]
    outcomes = interpreter.run(placed, EAGER, UNCHANGED, 60.0)
    assert [outcome.line for outcome in outcomes] == [None, None, None, 20_000_002, 50_000_000, None]
    assert outcomes[2].output == function.lstrip("\n") + "\n" and outcomes[5].output == "True\n"


def test_tf_print_is_output_in_order_and_log_lines_are_not(run):
    code = "import os\nimport tensorflow as tf\nprint('a')\ntf.print(tf.constant([1, 2]))\nprint('b')\n"
    log = "os.write(2, b'2026-01-02 03:04:05.678901: I tensorflow/core/x.cc:1] hello\\n')"
    assert run(code + log)[0].output == "a\n[1 2]\nb\n"


def test_what_an_example_changes_in_builtins_is_seen(run):
    assert run("import builtins\nbuiltins.installed = 1.5", "print(installed)")[1].output == "1.5\n"


def test_fork_of_an_example_answers_nothing(run):
    child = "import os, sys\npid = os.fork()\nif pid == 0:\n    print('0.25')\n    sys.exit(0)\n"
    parent = "os.waitpid(pid, 0)\nprint('0.75')"
    assert [outcome.output for outcome in run(child + parent, "print(0.5)")] == ["0.25\n0.75\n", "0.5\n"]


@pytest.mark.parametrize("garbage", ["garbage", "[1]", '{"number": 0, "no": 1}', '{"number": 1, "output": ""}'])
def test_garbage_on_the_connection_is_the_examples_error(run, garbage):
    code = (
        "import os, stat\nfor fd in range(3, 64):\n    try:\n        if stat.S_ISSOCK(os.fstat(fd).st_mode):\n"
        f"            os.write(fd, b'{garbage}\\n')\n    except OSError:\n        pass"
    )
    first, second = run(code, "print(0.5)")
    assert first.error == "it wrote to the connection on which its results are sent"
    assert second.output == "0.5\n"


def test_names_of_a_docstrings_module_are_there(interpreter, tmp_path):
    (tmp_path / "my_module.py").write_text("VALUE = 1.5\n")
    path = str(tmp_path / "my_module.py")
    example = Example(path, 1, "print(VALUE, np.float32(0.5), os.sep, tf.__name__)", "", module=path, scope="f")
    (outcome,) = interpreter.run([example], EAGER, UNCHANGED, 60.0)
    assert outcome.error is None and outcome.output == "1.5 0.5 / tensorflow\n"


def test_names_that_documents_take_for_granted(run):
    assert run("print(np.float32(0.5), tf.__name__)")[0].output == "0.5 tensorflow\n"
    assert run("print(np.__name__)", "np = 1", "print(np)")[2].output == "1\n"


def test_perturbed_run_has_another_clock_and_another_order_of_files(interpreter):
    code = "import datetime, os, time\nprint(int(time.time()) // 1000, datetime.date.today())"
    code += "\nfor number in range(50): open(str(number), 'w').close()\nprint(*os.listdir())"
    code += "\nprint(time.ctime(0), time.strftime('%Y', time.gmtime(0)))"
    one, other = (
        interpreter.run(examples(code), EAGER, UNCHANGED, 60.0, perturbed)[0].output.splitlines()
        for perturbed in (False, True)
    )
    assert all(map(operator.ne, one[0].split(), other[0].split()))
    assert one[1] != other[1] and sorted(one[1].split()) == sorted(other[1].split())
    assert one[2] == other[2]


def test_package_in_an_archive_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr("tfsoftmax_compat.tools.verify.interpreter._WORKER", tmp_path / "p.zip" / "worker" / "main.py")
    with pytest.raises(WorkerError, match="main.py: can't be run from an archive; install the package as files"):
        Interpreter(sys.executable, {})
