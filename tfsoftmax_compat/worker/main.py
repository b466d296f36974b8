"""The program that runs in the interpreter under test, and runs examples there.

It is run by its path, with a word as its argument. The interpreter needs TensorFlow, NumPy and Python 3.6 or later. The
program imports TensorFlow once, and describes itself in two lines on standard output, which are the word and JSON. The
first comes before TensorFlow is imported::

    word {"python": "3.11.7"}
    word {"tensorflow": "2.21.0", "numpy": "2.4.6", "python": "3.11.7", "executable": "...", "onednn": true}

Each line of standard input is then a request, in JSON::

    {"folder": "...", "examples": [{"document": "README.md", "line": 12, "scope": "", "module": "", "kind": "script",
     "code": "...", "documented": "...", "skip_if": "", "assigned": "", "is_independent": false}],
     "mode": "graph" or "eager", "changes": ["one thread"], "perturbed": false, "new_graphs": false}

A request is served by a fork of this process, the leader of a process group, with an empty working folder. It connects
to the socket ``folder/answers`` and writes lines of JSON to it. There is an answer for each example, as soon as the
example has ended::

    {"number": 0, "output": "[0.5 0.5]\\n", "error": null or "ValueError: ...", "line": null or 14,
     "skipped": null or "...", "eager": true, "missing": {"plt": "matplotlib"}}

The last line says how the process ended: ``{"ended": "status 0"}``. When the other end of the connection is closed, it
ends all processes that it has started, and itself.

What an example prints goes to the file ``folder/printed``, together with what C and C++ code writes to standard error,
which is where `tf.print` writes. What Python code writes to standard error goes to ``folder/errors``. The end of
standard input ends every run.

A request with nothing but a folder is served by a fork that reads examples, and runs none. Each line that it is sent is
the examples of a document, in JSON, ``{"examples": [...]}``. It answers each by the style and the modes of each
example, and whether the document decides them, until the connection is closed::

    {"plans": [["tf1", ["graph", "eager"], true]]}
"""

import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
import traceback
from typing import IO, Any, Callable, Dict, Optional, Set

MOST_OUTPUT = 1 << 20  # bytes of an example's output that are looked at
_LOOK_SECONDS = 0.05  # how often a supervisor looks whether its process has ended

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main() -> None:
    """Say what this environment is, and answer requests."""
    del sys.path[0]  # this file's folder, whose modules could shadow what an example imports
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # TensorFlow may print while it is imported
    # Before TensorFlow is imported, whose loggers keep the stream: Python code gets a standard error of its own.
    sys.stderr = os.fdopen(os.dup(2), "w", 1)
    _make_package_importable()
    from tfsoftmax_compat.worker import processes

    _say(answers, {"python": "%d.%d.%d" % sys.version_info[:3]})
    from tfsoftmax_compat.worker import execution

    _say(answers, execution.environment())
    sys.stdout.flush()  # or each fork would print it
    # A collection in a fork would write to most of what is in memory, and so copy it.
    if hasattr(gc, "freeze"):  # since Python 3.7
        gc.collect()
        gc.freeze()
    processes.adopt_orphans()
    children: Set[int] = set()  # those that serve a request
    for line in sys.stdin:
        children.difference_update([each for each in children if processes.has_ended(each)])
        processes.end_children(children)  # orphans of a supervisor that an example has ended
        request = json.loads(line)
        children.add(_fork(_supervise if "examples" in request else _read, request))
    processes.end_children()


def _say(answers: IO[str], message: Dict[str, Any]) -> None:
    """Describe this process, in a line that nothing else prints."""
    answers.write("%s %s\n" % (sys.argv[1], json.dumps(message)))
    answers.flush()


def _make_package_importable() -> None:
    """Import the package this file is part of, whether it is installed here or not.

    By its path, because an entry in sys.path would also let examples import whatever is next to the package.
    """
    spec = importlib.util.spec_from_file_location(
        "tfsoftmax_compat", os.path.join(PACKAGE, "__init__.py"), submodule_search_locations=[PACKAGE]
    )
    assert spec is not None and spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["tfsoftmax_compat"] = package
    spec.loader.exec_module(package)


def _fork(work: Callable[..., None], *arguments: Any) -> int:
    """Start a process that does this work and no more; its id."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        work(*arguments)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _read(request: Dict[str, Any]) -> None:
    """Answer each line by the plans of its examples, until the connection is closed."""
    from tfsoftmax_compat.worker import execution

    os.setsid()
    os.chdir(request["folder"])
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect("answers")
        with connection.makefile() as documents, connection.makefile("w") as answers:
            for document in documents:
                _write(answers, {"plans": execution.plans(json.loads(document)["examples"])})


def _supervise(request: Dict[str, Any]) -> None:
    """Run the request in a fork of this fork, say how that ended, and leave no process behind."""
    from tfsoftmax_compat.worker import processes

    os.setsid()
    processes.adopt_orphans()
    os.chdir(request["folder"])
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect("answers")
        with connection.makefile("w") as answers:
            status = _wait(_fork(_run, request, answers), connection)
            processes.end_children()
            if status is not None:
                _write(answers, {"ended": _how(status)})


def _wait(process: int, connection: socket.socket) -> Optional[int]:
    """Return the status with which a process ends; None if the other end of the connection is closed before."""
    while not select.select([connection], [], [], _LOOK_SECONDS)[0]:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return status
    return None


def _run(request: Dict[str, Any], answers: IO[str]) -> None:
    """Run the examples of a request, with an empty standard input and folder; standard output and error are files."""
    from tfsoftmax_compat.worker import execution

    own = os.getpid()
    for descriptor, name in ((0, os.devnull), (1, "printed"), (2, "printed"), (sys.stderr.fileno(), "errors")):
        # Joining a folder and an absolute path gives the latter.
        opened = os.open(os.path.join(request["folder"], name), os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = os.fdopen(0, closefd=False)  # the old one may hold requests that it has read ahead
    here = os.path.join(request["folder"], "here")
    os.mkdir(here)
    os.chdir(here)
    sys.path.insert(0, here)
    for number, answer in enumerate(execution.run(request, MOST_OUTPUT)):
        if os.getpid() != own:  # a fork that an example has made, and that ends where the example ends
            return
        _write(answers, dict(answer, number=number))


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "signal %d (%s)" % (number, signal.Signals(number).name)
    return "status %d" % os.WEXITSTATUS(status)


def _write(answers: IO[str], message: Dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
