"""Run examples in the interpreter under test, in processes of its own. The other end is `worker`."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.verify.results import Outcome
from tfsoftmax_compat.worker import main
from tfsoftmax_compat.worker.styles import Plan

_WORKER = Path(main.__file__)
# Quiet logs, UTF-8 whatever the locale, and the CPU's numbers, not a GPU's.
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8", "CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "Agg"}
# Python's output in the order of C++'s: `tf.print` writes at once.
_QUIET["PYTHONUNBUFFERED"] = "1"
_START_SECONDS = 300.0  # for an import of TensorFlow from a cold disk, many at a time
_LOOK_SECONDS = 0.1  # how often a running example's output and time are looked at
_MOST_PRINTED = 64 << 20  # bytes that an example may print before it is ended


class WorkerError(Exception):
    """The interpreter under test could not run any example; the message says which and why."""


class Interpreter:
    """The interpreter under test, with TensorFlow imported once. `run` may be called from several threads."""

    def __init__(self, python: str, variables: Mapping[str, str]) -> None:
        """Start it.

        Args:
          python: the interpreter, with TensorFlow installed.
          variables: environment variables to set.

        Raises:
          WorkerError: it cannot be started, or has no TensorFlow that can be imported.
        """
        self._python = python
        self._lock = threading.Lock()
        self._groups: set[int] = set()  # the process groups of the runs that have not ended
        with ExitStack() as files:
            folder = files.enter_context(_empty_folder())
            errors = files.enter_context(open(folder / "errors", "w+", encoding="utf-8", errors="replace"))
            try:
                self._process = subprocess.Popen(
                    [_absolute(python), str(_WORKER)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    encoding="utf-8",
                    cwd=folder,
                    env={**os.environ, **_QUIET, **variables},
                )
            except OSError as error:
                raise WorkerError(f"{python}: cannot be started: {error.strerror or error}") from error
            files.callback(self._end)
            self.versions = self._versions()
            if self.versions is None:
                self._process.kill()
                status = self._process.wait()
                errors.seek(0)
                last = (errors.read().strip().splitlines() or [f"ended with status {status} as it started"])[-1]
                raise WorkerError(
                    f"{python}: TensorFlow can't be imported there ({last}); install it, or name another interpreter"
                )
            self._files = files.pop_all()

    def __enter__(self) -> "Interpreter":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, and with it whatever it runs."""
        self._files.close()

    def _end(self) -> None:
        with suppress(BrokenPipeError):
            self._process.stdin.close()  # type: ignore[union-attr]
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:  # it can no longer end its runs
            self._process.kill()
            self._process.wait()
        for group in list(self._groups):
            _kill(group)
        self._process.stdout.close()  # type: ignore[union-attr]

    def _versions(self) -> Any:
        stdout = self._process.stdout
        assert stdout is not None
        if select.select([stdout], [], [], _START_SECONDS)[0]:
            line = stdout.readline()
            if line.endswith("\n"):
                return json.loads(line)
        return None

    def run(
        self, examples: Sequence[Example], mode: str, sum_of: str, timeout: float, perturbed: bool = False
    ) -> list[Outcome]:
        """Run the examples of one document in their order, those of one scope in one namespace.

        An example that ends its process costs only itself: the next is run in a new process, after those before it.

        Args:
          examples: what to run.
          mode: ``"graph"`` or ``"eager"``.
          sum_of: ``"installed"``, or ``"numpy1"`` for the built-in `sum` to accumulate as it did under NumPy 1; the
            names are those of `causes`.
          timeout: seconds that one example may take.
          perturbed: whether addresses and the clock are to be others than before.

        Returns:
          An outcome for each example.
        """
        outcomes: list[Outcome] = []
        while len(outcomes) < len(examples):
            done = len(outcomes)
            again = [example for example, outcome in zip(examples, outcomes) if outcome.eager is not None]
            request = {
                "mode": mode,
                "sum": sum_of,
                "perturbed": perturbed,
                "examples": [_for_worker(example) for example in [*again, *examples[done:]]],
            }
            answers = list(self._answers(request, timeout))
            # If one of those run again does not end now, then the next does not run.
            outcomes += answers[len(again) :] or [answers[-1]]
        return outcomes

    def plans(self, examples: Sequence[Example]) -> list[Plan]:
        """The style and the modes of each example of a document. This reads the examples, and runs none.

        Raises:
          WorkerError: the interpreter does not answer.
        """
        with self._run({"examples": [_for_worker(example) for example in examples]}) as run:
            try:
                answer = run.next_line(_START_SECONDS)
            except TimeoutError:
                answer = {}
        if "plans" not in answer:
            raise WorkerError(f"{self._python}: the process that reads the examples gave no answer")
        return [Plan(style, tuple(modes), is_decided) for style, modes, is_decided in answer["plans"]]

    def _answers(self, request: dict[str, Any], timeout: float) -> Iterator[Outcome]:
        """The outcomes of a request's examples, up to one that ends its process."""
        with self._run(request) as run:
            for number in range(len(request["examples"])):
                outcome = run.outcome(number, timeout)
                yield outcome
                if outcome.eager is None:
                    return

    @contextmanager
    def _run(self, request: dict[str, Any]) -> Iterator["_Run"]:
        """A process that serves a request; it is ended, and all processes of its group, when the context is left."""
        with _empty_folder() as folder, socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(folder / "answers"))
            listening.listen()
            listening.settimeout(_LOOK_SECONDS)
            self._request({"folder": str(folder), **request})
            with self._accepted(listening) as connection:
                run = _Run(connection, folder)
                group = run.next_line(_START_SECONDS)["group"]
                self._groups.add(group)
                try:
                    yield run
                finally:
                    self._groups.discard(group)
                    _kill(group)

    def _accepted(self, listening: socket.socket) -> socket.socket:
        """The connection of the process that was started."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with suppress(TimeoutError):
                return listening.accept()[0]
            if self._process.poll() is not None:
                raise WorkerError(f"{self._python}: the process that runs the examples has ended")
        raise WorkerError(f"{self._python}: started no process in {_START_SECONDS:g} seconds")

    def _request(self, request: dict[str, Any]) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        with self._lock:
            try:
                stdin.write(json.dumps(request) + "\n")
                stdin.flush()
            except (BrokenPipeError, ValueError) as error:  # ValueError: closed by another thread
                raise WorkerError(f"{self._python}: the process that runs the examples has ended") from error


class _Run:
    """A run of examples as it answers and as it writes files."""

    def __init__(self, connection: socket.socket, folder: Path) -> None:
        self._connection = connection
        self._printed = folder / "printed"
        self._errors = folder / "errors"
        self._errors_read = 0
        self._received = b""

    def outcome(self, number: int, timeout: float) -> Outcome:
        """The outcome of the example that runs now, the `number`-th; if it does not end in `timeout` seconds, that."""
        try:
            answer = self.next_line(timeout)
        except _TooMuchError as error:
            return Outcome(self._output(), str(error))
        except TimeoutError:
            return Outcome(self._output(), f"it took longer than {timeout:g} seconds", timed_out=True)
        if "ended" in answer:
            last = (self._new_errors() or self._output()).strip().rpartition("\n")[2]
            return Outcome(self._output(), f"its process ended with {answer['ended']}" + (f": {last}" if last else ""))
        if answer.pop("number", None) != number:
            return Outcome(self._output(), "it wrote to the connection on which its results are sent")
        with suppress(OSError):
            self._errors_read = self._errors.stat().st_size
        return Outcome(**answer)

    def next_line(self, timeout: float) -> Any:
        """The next line of JSON.

        Raises:
          TimeoutError: there is none in `timeout` seconds.
          _TooMuchError: the example prints more than anyone will read.
        """
        deadline = time.monotonic() + timeout
        while b"\n" not in self._received:
            if select.select([self._connection], [], [], _LOOK_SECONDS)[0]:
                received = self._connection.recv(1 << 16)
                if not received:
                    return {"ended": "no word"}
                self._received += received
            elif time.monotonic() > deadline:
                raise TimeoutError
            elif any(path.exists() and path.stat().st_size > _MOST_PRINTED for path in (self._printed, self._errors)):
                raise _TooMuchError(f"it printed more than {_MOST_PRINTED >> 20} MiB")
        line, _, self._received = self._received.partition(b"\n")
        try:
            answer = json.loads(line)
        except ValueError:
            return {}
        return answer if isinstance(answer, dict) else {}

    def _output(self) -> str:
        """What the example has printed, where there is no answer to say it."""
        with suppress(OSError), open(self._printed, "rb") as file:
            return file.read(main.MOST_OUTPUT).decode("utf-8", "replace")
        return ""

    def _new_errors(self) -> str:
        """The end of what came to standard error since the example before this one."""
        with suppress(OSError), open(self._errors, "rb") as file:
            file.seek(max(self._errors_read, self._errors.stat().st_size - 4096))
            return file.read().decode("utf-8", "replace")
        return ""


def _kill(group: int) -> None:
    """End all processes of a group; there may be none left."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _for_worker(example: Example) -> dict[str, Any]:
    """What the worker has to know of an example, as JSON can hold it."""
    names = ("document", "line", "scope", "module", "kind", "code", "documented", "skip_if", "assigned")
    return {name: getattr(example, name) for name in names}


def _absolute(python: str) -> str:
    """The interpreter by a path that holds in any folder."""
    found = shutil.which(python)
    return os.path.abspath(found) if found else python


class _TooMuchError(Exception):
    pass


@contextmanager
def _empty_folder() -> Iterator[Path]:
    # Its path is short, for a socket's is limited to some 100 characters.
    with tempfile.TemporaryDirectory(prefix="tfsc-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
