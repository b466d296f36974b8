"""Start processes that have imported TensorFlow, and nothing else that these tests import.

The import of TensorFlow takes seconds. One process imports it, the fork server of :mod:`multiprocessing`, and each
process here is a fork of that one. It has what a new interpreter has after ``import tensorflow``: no graph, session or
eager context, and no module of this package. What is read before that needs a new interpreter: TensorFlow's environment
variables, and what this package does if TensorFlow is not imported yet.

The module imports only the standard library, because each fork imports it.
"""

import collections
import multiprocessing
import os
import signal
import sys
import tempfile
import types
from unittest import mock

TIME_LIMIT = 180  # seconds

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tensorflow"])

Completed = collections.namedtuple("Completed", "returncode stdout stderr")


def run(program, *arguments, **environment):
    """Run a program as ``python -c PROGRAM ARGUMENT ...`` does; what it printed, and its status: 0, or 1 if it failed.

    The environment variables are in os.environ before the program starts.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("stdout", "stderr")]
        process = start(_run, program, arguments, environment, stdout=paths[0], stderr=paths[1])
        if not ends(process):
            raise RuntimeError("the program ran longer than %d seconds" % TIME_LIMIT)
        return Completed(process.exitcode, *map(read, paths))


def start(function, *arguments, **outputs):
    """Start a process that calls the function, with standard output and standard error in files.

    The function and its arguments are pickled. The module of the function is imported in the new process.
    """
    process = _SERVER.Process(
        target=_call,
        args=(function, arguments, outputs["stdout"], outputs["stderr"]),
        daemon=True,  # or the end of this process would wait for it
    )
    # Without this the new process would import the main module of this one, which is pytest.
    with mock.patch.dict(sys.modules, __main__=types.ModuleType("__main__")):
        process.start()
    return process


def pipe():
    """Return both ends of a pipe. One can be an argument of `start`."""
    return _SERVER.Pipe(duplex=False)


def ends(process):
    """Wait for the process; whether it has ended by itself, and not been killed at the time limit."""
    process.join(TIME_LIMIT)
    in_time = process.exitcode is not None
    if not in_time:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    return in_time


def read(path):
    """Return what a process has written to the file."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def _call(function, arguments, stdout, stderr):
    for descriptor, path in ((1, stdout), (2, stderr)):
        opened = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    function(*arguments)


def _run(program, arguments, environment):
    os.environ.update(environment)
    sys.argv = ["-c"] + list(arguments)
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    exec(compile(program, "<string>", "exec"), vars(main))
