"""The program that runs in the interpreter under test, and runs examples there.

It is run by its path, with a word as its argument. The interpreter needs TensorFlow, NumPy and Python 3.6 or later. The
program imports TensorFlow once, and describes itself in two lines on standard output, which are the word and JSON. The
first comes before TensorFlow is imported::

    word {"python": "3.11.7"}
    word {"tensorflow": "2.21.0", "numpy": "2.4.6", "python": "3.11.7", "executable": "...", "onednn": true,
          "instructions": "avx2", "keras_2": false}

Each line of standard input is then the path of a folder, in JSON. For each, a fork of this process, a server, connects
to the socket ``requests`` in that folder. The server leads a process group. It serves the requests that it is sent, one
after the other; each request is a line of JSON. A request to read examples, and run none::

    {"examples": [{"document": "README.md", "line": 12, "scope": "", "module": "", "kind": "script", "code": "...",
     "documented": "...", "skip_if": "", "assigned": "", "is_python_2": false, "is_independent": false}]}

is answered by the style and the modes of each example, and whether the document decides them::

    {"plans": [["tf1", ["graph", "eager"], true]]}

A request to run examples has these too::

    {"folder": "...", "mode": "graph" or "eager", "changes": ["one thread"], "perturbed": false, "new_graphs": false}

It is served by a fork of the server, with an empty working folder, which connects to the socket ``answers`` in that
folder. It sends an answer for each example, as soon as the example has ended::

    {"number": 0, "output": "[0.5 0.5]\\n", "error": null or "ValueError: ...", "line": null or 14,
     "skipped": null or "...", "eager": true, "missing": {"plt": "matplotlib"}}

What an example prints goes to the file ``printed`` in the folder, together with what C and C++ code writes to standard
error, which is where `tf.print` writes. What Python code writes to standard error goes to the file ``errors``.

When the fork has ended, or when it is sent another line, which may be ``{}``, the server ends all processes that the
examples have started, and says how the fork ended: ``{"ended": "status 0"}``. When its connection is closed, it ends
itself. The end of standard input ends all of them.
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
    servers: Set[int] = set()
    for line in sys.stdin:
        servers.difference_update([each for each in servers if processes.has_ended(each)])
        processes.end_children(servers)  # orphans of a server that an example has ended
        servers.add(_fork(_serve, json.loads(line)))
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


def _serve(folder: str) -> None:
    """Serve requests until the connection is closed, and leave no process behind."""
    from tfsoftmax_compat.worker import execution, processes

    os.setsid()
    processes.adopt_orphans()
    with _connected(os.path.join(folder, "requests")) as connection:
        with connection.makefile() as requests, connection.makefile("w") as answers:
            for line in requests:
                request = json.loads(line)
                if "mode" in request:
                    status = _wait(_fork(_run, request, connection, answers), connection)
                    processes.end_children()
                    _write(answers, {"ended": _how(status)})
                elif request:
                    _write(answers, {"plans": execution.plans(request["examples"])})


def _connected(path: str) -> socket.socket:
    """Return a connection to a socket. This process's folder becomes the socket's: its whole path may be too long."""
    folder, name = os.path.split(path)
    os.chdir(folder)
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(name)
    return connection


def _wait(process: int, connection: socket.socket) -> Optional[int]:
    """Return the status with which a process ends; None if something comes on the connection before, or its end."""
    while not select.select([connection], [], [], _LOOK_SECONDS)[0]:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return status
    return None


def _run(request: Dict[str, Any], connection: socket.socket, answers: IO[str]) -> None:
    """Run the examples of a request, with an empty standard input and folder; standard output and error are files."""
    from tfsoftmax_compat.worker import execution

    own = os.getpid()
    with _connected(os.path.join(request["folder"], "answers")) as own_connection:
        # In place of the server's connection, to which examples must not write.
        os.dup2(own_connection.fileno(), connection.fileno(), inheritable=False)
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


def _how(status: Optional[int]) -> str:
    if status is None:
        return "no status"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "signal %d (%s)" % (number, signal.Signals(number).name)
    return "status %d" % os.WEXITSTATUS(status)


def _write(answers: IO[str], message: Dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
