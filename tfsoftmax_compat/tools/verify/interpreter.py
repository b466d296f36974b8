"""Run examples in the interpreter under test, in processes of its own. The other end is `worker`."""

import json
import os
import secrets
import select
import shutil
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.names import names_of
from tfsoftmax_compat.tools.verify import isolation
from tfsoftmax_compat.tools.verify.results import Outcome
from tfsoftmax_compat.tools.verify.runs import Run, Server, new_folder
from tfsoftmax_compat.worker import main
from tfsoftmax_compat.worker.styles import Plan

_WORKER = Path(main.__file__)
# Quiet logs, UTF-8 whatever the locale, and the CPU's numbers, not a GPU's.
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8", "CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "Agg"}
# Python's output in the order of C++'s: `tf.print` writes at once.
_QUIET["PYTHONUNBUFFERED"] = "1"
_START_SECONDS = 300.0  # for an import of TensorFlow from a cold disk, many at a time
_END_SECONDS = 5.0
_MOST_BEFORE = 1 << 16  # bytes that a wrapper of an interpreter may print before the interpreter starts
_STARTS = 2  # how often in a row the worker may end before it has run anything


class WorkerError(Exception):
    """The interpreter under test cannot run examples. The message says which interpreter, and why."""


class ArchiveError(WorkerError):
    """This package is imported from an archive, so that no other interpreter can run its worker."""


class Interpreter:
    """The interpreter under test, with TensorFlow imported once. `run` may be called from several threads.

    It is started again if an example, or the system, ends it.

    Attributes:
      versions: what `worker.execution.environment` returned in it, without ``keras_2``.
      has_keras_2: whether tf_keras is installed, which TensorFlow 2.16 and later can use in place of Keras 3.
    """

    def __init__(self, python: str, variables: Mapping[str, str], isolate: bool = False) -> None:
        """Start it.

        Args:
          python: the interpreter, with TensorFlow installed.
          variables: environment variables to set.
          isolate: whether examples have no network, and only their own folder to write to.

        Raises:
          WorkerError: it cannot be started, or has no TensorFlow that can be imported.
        """
        self._python = python
        self._ended = f"{python}: the verification was ended"
        self._variables = {**_QUIET, **variables}
        self._isolate = isolate
        self._lock = threading.Lock()
        self._is_closed = False
        self._servers: set[Server] = set()  # those that have not ended
        self._idle: list[Server] = []  # those that serve nothing now
        try:
            self._folder = new_folder()
        except OSError as error:
            raise WorkerError(f"no folder for the examples can be made: {error}") from error
        try:
            self._worker = self._start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self.versions = dict(self._worker.versions)
        self.has_keras_2 = self.versions.pop("keras_2", False)

    def __enter__(self) -> "Interpreter":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, and with it whatever it runs."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        self._worker.close()
        for server in list(self._servers):
            server.connection.kill()
        for server in idle:
            server.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(
        self,
        examples: Sequence[Example],
        mode: str,
        changes: Collection[str],
        timeout: float,
        perturbed: bool = False,
        new_graphs: bool = False,
    ) -> list[Outcome]:
        """Run the examples of one document in their order, those of one scope in one namespace.

        An example that ends its process costs only itself: the next is run in a new process, after those before it.

        Args:
          examples: what to run.
          mode: ``"graph"`` or ``"eager"``.
          changes: what to change in the process before it runs them, of the names that `causes` defines.
          timeout: seconds that one example may take whose document does not say so.
          perturbed: whether the clock and the order of folders' files are to be others than before.
          new_graphs: whether an example that needs nothing of those before it starts a new default graph.

        Returns:
          An outcome for each example.

        Raises:
          WorkerError: the interpreter has ended, and cannot be started again.
        """
        outcomes: list[Outcome] = []
        while len(outcomes) < len(examples):
            done = len(outcomes)
            again = [example for example, outcome in zip(examples, outcomes) if outcome.eager is not None]
            rest = [*again, *examples[done:]]
            request = {
                "mode": mode,
                "changes": sorted(changes),
                "perturbed": perturbed,
                "new_graphs": new_graphs,
                "examples": _for_worker(rest),
            }
            timeouts = [timeout if example.says.timeout is None else example.says.timeout for example in rest]
            answers = list(self._answers(request, timeouts))
            # If one of those run again does not end now, then the next does not run.
            outcomes += answers[len(again) :] or [answers[-1]]
        return outcomes

    def plans(self, examples: Sequence[Example]) -> list[Plan]:
        """The style and the modes of each example of a document. This reads the examples, and runs none.

        Raises:
          WorkerError: the interpreter does not answer.
        """
        request = {"examples": _for_worker(examples)}
        for _ in range(_STARTS):
            with self._server() as server:
                answer = server.ask(request, _START_SECONDS)
            if "plans" in answer:
                return [Plan(style, tuple(modes), is_decided) for style, modes, is_decided in answer["plans"]]
        raise WorkerError(f"{self._python}: the process that reads the examples gave no answer")

    def _answers(self, request: dict[str, Any], timeouts: Sequence[float]) -> Iterator[Outcome]:
        """The outcomes of a request's examples, up to one that ends its process."""
        with self._run(request) as run:
            for number, timeout in enumerate(timeouts):
                outcome = run.outcome(number, timeout)
                yield outcome
                if outcome.eager is None:
                    return

    @contextmanager
    def _run(self, request: dict[str, Any]) -> Iterator[Run]:
        """A process that runs examples. All that it has started is ended when the context is left."""
        for _ in range(_STARTS):
            with self._own_folder() as folder, self._server() as server, Run(folder, server) as run:
                if run.start(request):
                    yield run
                    return
        raise WorkerError(f"{self._python}: the process that runs the examples could not be started")

    @contextmanager
    def _server(self) -> Iterator[Server]:
        """A process that serves requests: one that serves nothing now, or else a new one."""
        server = self._idle_server() or self._new_server()
        try:
            yield server
        finally:
            with self._lock:
                is_kept = server.is_usable and not self._is_closed
                if is_kept:
                    self._idle.append(server)
            if not is_kept:
                self._end(server)

    def _idle_server(self) -> Server | None:
        with self._lock:
            while self._idle:
                server = self._idle.pop()
                if server.waits():
                    return server
                self._end(server)  # an example has ended it
        return None

    def _end(self, server: Server) -> None:
        self._servers.discard(server)
        server.close()

    def _new_server(self) -> Server:
        with self._own_folder() as folder, ExitStack() as files:
            server = Server(folder)
            files.callback(server.close)
            self._connect(server, str(folder))
            self._servers.add(server)
            files.pop_all()
        return server

    @contextmanager
    def _own_folder(self) -> Iterator[Path]:
        try:
            folder = new_folder(self._folder)
        except OSError as error:
            why = f"{self._python}: no folder for the examples can be made: {error}"
            raise WorkerError(self._ended if self._is_closed else why) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _connect(self, server: Server, folder: str) -> None:
        """Have the worker start a server. A worker that has ended is started again."""
        deadline = time.monotonic() + _START_SECONDS
        for _ in range(_STARTS):
            worker = self._running_worker()
            if worker.send(folder):
                while worker.is_running() and time.monotonic() < deadline:
                    if server.connection.accept():
                        return
                if worker.is_running():
                    raise WorkerError(f"{self._python}: started no process in {_START_SECONDS:g} seconds")
        raise WorkerError(f"{self._python}: the process that starts the examples has ended {_STARTS} times in a row")

    def _running_worker(self) -> "_Worker":
        with self._lock:
            if self._is_closed:
                raise WorkerError(self._ended)
            if not self._worker.is_running():
                self._worker.close()
                self._worker = self._start()
            return self._worker

    def _start(self) -> "_Worker":
        if not _WORKER.is_file():
            raise ArchiveError(f"{_WORKER}: can't be run from an archive; install the package as files")
        command = [_absolute(self._python), str(_WORKER)]
        if self._isolate:
            command = [*isolation.prefix(self._folder), *command]
        return _Worker(self._python, command, self._folder, self._variables)


class _Worker:
    """The process that has TensorFlow imported and starts a process for each request."""

    def __init__(self, python: str, command: list[str], folder: Path, variables: Mapping[str, str]) -> None:
        """Start it.

        Args:
          python: the interpreter as it was named, for messages.
          command: what to run; it gets one more argument.
          folder: its working folder.
          variables: environment variables to set.

        Raises:
          WorkerError: it cannot be started, or has no TensorFlow that can be imported.
        """
        self._lock = threading.Lock()
        self._word = secrets.token_hex(8)
        with ExitStack() as files:
            errors = files.enter_context(open(folder / "errors", "w+", encoding="utf-8", errors="replace"))
            try:
                self._process = subprocess.Popen(
                    [*command, self._word],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    bufsize=0,
                    cwd=folder,
                    env={**os.environ, **variables},
                )
            except OSError as error:
                raise WorkerError(f"{python}: cannot be started: {error.strerror or error}") from error
            files.callback(self._end)
            said = self._said()
            if "tensorflow" not in said:
                status = _ended_with(self._process)
                errors.seek(0)
                last = (errors.read().strip().splitlines() or [status])[-1]
                if "python" not in said:
                    raise WorkerError(f"{python}: is not a Python interpreter that can run the examples ({last})")
                raise WorkerError(
                    f"{python}: TensorFlow can't be imported there ({last}); install it, or name another interpreter"
                )
            self.versions = said
            self._files = files.pop_all()

    def is_running(self) -> bool:
        """Return whether it has not ended."""
        return self._process.poll() is None

    def send(self, folder: str) -> bool:
        """Have it start a server, for a folder. Return whether the process could be told."""
        stdin = self._process.stdin
        assert stdin is not None
        with self._lock:
            line = memoryview(json.dumps(folder).encode() + b"\n")
            with suppress(BrokenPipeError, ValueError):  # ValueError: closed by another thread
                while line:
                    line = line[stdin.write(line) :]
                return True
        return False

    def close(self) -> None:
        """End it."""
        self._files.close()

    def _end(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:  # it can no longer end its runs
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _said(self) -> dict[str, Any]:
        """What it says about itself as it starts: first its Python's version, and then all versions.

        A script that starts the interpreter may print something else before.
        """
        said: dict[str, Any] = {}
        stdout = self._process.stdout
        assert stdout is not None
        deadline = time.monotonic() + _START_SECONDS
        received, size = b"", 0
        while "tensorflow" not in said and size < _MOST_BEFORE:
            if not select.select([stdout], [], [], max(0.0, deadline - time.monotonic()))[0]:
                break
            more = os.read(stdout.fileno(), _MOST_BEFORE)
            if not more:
                break
            size += len(more)
            *lines, received = (received + more).split(b"\n")
            for line in lines:
                if line.startswith(self._word.encode()):
                    said = json.loads(line[len(self._word) :])
        return said


def _ended_with(process: subprocess.Popen[bytes]) -> str:
    """Say how a process ended; end it if it has not."""
    try:
        return f"it ended with status {process.wait(1)}"
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "it prints something else"


def _for_worker(examples: Sequence[Example]) -> list[dict[str, Any]]:
    """What the worker has to know of examples, as JSON can hold it."""
    names = "document line scope module kind code documented skip_if assigned is_python_2".split()
    found = []
    bound: dict[str, set[str]] = defaultdict(set)  # by scope, the names that hold something of earlier examples
    for example in examples:
        code = names_of(example.code)
        is_independent = not (code.reads & bound[example.scope])
        bound[example.scope] |= code.binds - code.imports
        found.append({**{name: getattr(example, name) for name in names}, "is_independent": is_independent})
    return found


def _absolute(python: str) -> str:
    """The interpreter by a path that holds in any folder."""
    found = shutil.which(python)
    return os.path.abspath(found) if found else python
