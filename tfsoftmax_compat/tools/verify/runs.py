"""Processes of the interpreter under test that serve requests, and runs of examples. The other end is `worker`."""

import os
import select
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from tfsoftmax_compat.tools.verify.connections import LOOK_SECONDS, Connection
from tfsoftmax_compat.tools.verify.results import Outcome
from tfsoftmax_compat.worker.main import MOST_OUTPUT

_END_SECONDS = 5.0  # for a server to end the processes of a run
_START_SECONDS = 60.0  # for a server to take a request and start its process
_MOST_PRINTED = 64 << 20  # bytes that an example may print before it is ended
_LONGEST_FOLDER = 60  # bytes; the path of a socket has at most 107


def new_folder(within: Path | None = None) -> Path:
    """Create an empty folder for a run, or for an interpreter.

    Raises:
      OSError: it cannot be created.
    """
    parent = str(within or tempfile.gettempdir())
    if len(os.fsencode(parent)) > _LONGEST_FOLDER and within is None:
        parent = "/tmp"
    return Path(tempfile.mkdtemp(prefix="tfsc-", dir=parent))


class Server:
    """A process that serves requests, one after the other.

    Attributes:
      connection: the connection with it.
      is_usable: whether it has answered all requests so far.
    """

    def __init__(self, folder: Path) -> None:
        """Prepare one.

        Args:
          folder: an empty folder, for the socket to which it connects.
        """
        self.connection = Connection(folder / "requests")
        self.is_usable = True

    def ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any]:
        """Send a request, and return the answer; {} if there is none in `timeout` seconds."""
        self.is_usable = self.connection.send(request, timeout)
        deadline = time.monotonic() + timeout
        while self.is_usable:
            answer = self.connection.line()
            if answer is not None:
                return answer
            left = max(0.0, deadline - time.monotonic())
            self.is_usable = bool(select.select([self.connection], [], [], left)[0]) and self.connection.receive()
        return {}

    def waits(self) -> bool:
        """Return whether it has not ended, nor said anything that is not received yet."""
        return not select.select([self.connection], [], [], 0)[0]

    def close(self) -> None:
        """End it, and all that it has started."""
        self.connection.kill()
        self.connection.close()


class Run:
    """A run of the examples of one document: what it answers, and what it prints.

    The files that it prints to are kept open here, so that they can be read whatever an example does to their names.
    """

    def __init__(self, folder: Path, server: Server) -> None:
        """Prepare a run.

        Args:
          folder: an empty folder for it.
          server: the process that serves its request.
        """
        self._folder = folder
        self._server = server
        self._open: list[Connection] = []  # those on which something may come
        self._ended = {"ended": "no word"}
        self._errors_read = 0
        with ExitStack() as files:
            self._answers = Connection(folder / "answers")
            files.callback(self._answers.close)
            self._printed = files.enter_context(open(folder / "printed", "w+b", buffering=0)).fileno()
            self._errors = files.enter_context(open(folder / "errors", "w+b", buffering=0)).fileno()
            files.callback(self._end)
            self._files = files.pop_all()

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *error: object) -> None:
        """End the run, and all processes that its examples have started."""
        self._files.close()

    def start(self, request: dict[str, Any]) -> bool:
        """Start it. Return whether the server could."""
        deadline = time.monotonic() + _START_SECONDS
        request = {"folder": str(self._folder), **request}
        self._server.is_usable = self._server.connection.send(request, _START_SECONDS)
        while self._server.is_usable and not self._answers.accept():
            self._server.is_usable = self._server.waits() and time.monotonic() < deadline
        if self._server.is_usable:
            self._open = [self._answers, self._server.connection]
        return self._server.is_usable

    def outcome(self, number: int, timeout: float) -> Outcome:
        """Return the outcome of the example that runs now, the `number`-th.

        If it does not end in `timeout` seconds, or prints more than anybody would read, that is its outcome.
        """
        start = time.monotonic()
        outcome = self._outcome(number, timeout)
        return replace(outcome, seconds=time.monotonic() - start)

    def _outcome(self, number: int, timeout: float) -> Outcome:
        try:
            answer = self._next_line(timeout)
        except _TooMuchError as error:
            return Outcome(self._output(), str(error))
        except TimeoutError:
            return Outcome(self._output(), f"it took longer than {timeout:g} seconds", timed_out=True)
        if "ended" in answer:
            last = (self._new_errors() or self._output()).strip().rpartition("\n")[2]
            return Outcome(self._output(), f"its process ended with {answer['ended']}" + (f": {last}" if last else ""))
        self._errors_read = os.fstat(self._errors).st_size
        if answer.pop("number", None) == number:
            with suppress(TypeError):  # for an answer with other keys
                return Outcome(**answer)
        return Outcome(self._output(), "it wrote to the connection on which its results are sent")

    def _next_line(self, timeout: float) -> dict[str, Any]:
        """Return the next answer, or how the process ended.

        Raises:
          TimeoutError: there is none in `timeout` seconds.
          _TooMuchError: the example prints more than anybody would read.
        """
        deadline = time.monotonic() + timeout
        while (line := self._answers.line()) is None:
            if not self._open:
                return self._ended
            ready = select.select(self._open, [], [], LOOK_SECONDS)[0]
            self._open = [each for each in self._open if each not in ready or self._receive(each)]
            if not ready and time.monotonic() > deadline:
                raise TimeoutError
            if any(os.fstat(file).st_size > _MOST_PRINTED for file in (self._printed, self._errors)):
                raise _TooMuchError(f"it printed more than {_MOST_PRINTED >> 20} MiB")
        return line

    def _receive(self, connection: Connection) -> bool:
        """Receive what has come. Return whether more may come."""
        if not connection.receive():
            if connection is self._server.connection:
                self._server.is_usable = False
            return False
        if connection is self._answers:
            return True
        self._ended = self._server.connection.line() or self._ended
        return False

    def _end(self) -> None:
        """Have the server end the processes of the run."""
        if self._server.connection in self._open:
            self._server.is_usable = "ended" in self._server.ask({}, _END_SECONDS)

    def _output(self) -> str:
        """Return what the example has printed, where there is no answer to say it."""
        return os.pread(self._printed, MOST_OUTPUT, 0).decode("utf-8", "replace")

    def _new_errors(self) -> str:
        """Return the end of what came to standard error since the example before this one."""
        start = max(self._errors_read, os.fstat(self._errors).st_size - 4096)
        return os.pread(self._errors, 4096, start).decode("utf-8", "replace")


class _TooMuchError(Exception):
    pass
