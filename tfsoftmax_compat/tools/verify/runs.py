"""A run of the examples of one document, as the process that runs them reports it. The other end is `worker`."""

import json
import os
import select
import signal
import socket
import struct
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from tfsoftmax_compat.tools.verify.results import Outcome
from tfsoftmax_compat.worker.main import MOST_OUTPUT

_LOOK_SECONDS = 0.1  # how often a running example's output and time are looked at
_END_SECONDS = 5.0  # for the run to end its processes
_MOST_PRINTED = 64 << 20  # bytes that an example may print before it is ended
_MOST_ANSWER = 8 * MOST_OUTPUT  # bytes of one answer: JSON may take six for one that was printed
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


class Run:
    """A run: where it connects, what it answers, and what it prints.

    The files that it prints to are kept open here, so that they can be read whatever an example does to their names.
    """

    def __init__(self, folder: Path) -> None:
        """Prepare a run.

        Args:
          folder: an empty folder for it.
        """
        self._connection: socket.socket | None = None
        self._errors_read = 0
        self._received = b""
        with ExitStack() as files:
            self._listening = files.enter_context(socket.socket(socket.AF_UNIX))
            self._listening.bind(str(folder / "answers"))
            self._listening.listen()
            self._listening.settimeout(_LOOK_SECONDS)
            self._printed = files.enter_context(open(folder / "printed", "w+b", buffering=0)).fileno()
            self._errors = files.enter_context(open(folder / "errors", "w+b", buffering=0)).fileno()
            files.callback(self._end)
            self._files = files.pop_all()

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *error: object) -> None:
        """End the run, and all processes that its examples have started."""
        self._files.close()

    def connect(self) -> bool:
        """Wait a moment for the process that runs the examples to connect. Return whether it has."""
        with suppress(TimeoutError):
            self._connection = self._listening.accept()[0]
        return self._connection is not None

    def ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any]:
        """Send a line of JSON, and return the answer; {} if there is none in `timeout` seconds."""
        assert self._connection is not None
        self._connection.settimeout(timeout)
        with suppress(OSError):  # a TimeoutError, or the process has ended
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            return self.next_line(timeout)
        return {}

    def outcome(self, number: int, timeout: float) -> Outcome:
        """Return the outcome of the example that runs now, the `number`-th.

        If it does not end in `timeout` seconds, or prints more than anybody would read, that is its outcome.
        """
        start = time.monotonic()
        outcome = self._outcome(number, timeout)
        return replace(outcome, seconds=time.monotonic() - start)

    def _outcome(self, number: int, timeout: float) -> Outcome:
        try:
            answer = self.next_line(timeout)
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

    def next_line(self, timeout: float) -> dict[str, Any]:
        """Return the next line of JSON; {} for one that is not a JSON object.

        Raises:
          TimeoutError: there is none in `timeout` seconds.
          _TooMuchError: the example prints more than anybody would read.
        """
        assert self._connection is not None
        deadline = time.monotonic() + timeout
        while b"\n" not in self._received:
            if select.select([self._connection], [], [], _LOOK_SECONDS)[0]:
                received = self._receive()
                if not received:
                    return {"ended": "no word"}
                self._received += received
            elif time.monotonic() > deadline:
                raise TimeoutError
            if any(os.fstat(file).st_size > _MOST_PRINTED for file in (self._printed, self._errors)):
                raise _TooMuchError(f"it printed more than {_MOST_PRINTED >> 20} MiB")
            if len(self._received) > _MOST_ANSWER:
                return {}
        line, _, self._received = self._received.partition(b"\n")
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            return {}
        return answer if isinstance(answer, dict) else {}

    def _receive(self) -> bytes:
        assert self._connection is not None
        with suppress(ConnectionResetError):
            return self._connection.recv(1 << 16)
        return b""

    def kill(self) -> None:
        """End the processes of the run from here."""
        if self._connection is not None:
            with suppress(OSError):
                _kill(_peer(self._connection))

    def _end(self) -> None:
        """Have the run end its processes, and itself; end it from here if it does not do so soon."""
        if self._connection is None:
            return
        with self._connection, suppress(OSError):
            group = _peer(self._connection)
            self._connection.shutdown(socket.SHUT_WR)
            deadline = time.monotonic() + _END_SECONDS
            while time.monotonic() < deadline:
                if select.select([self._connection], [], [], _LOOK_SECONDS)[0] and not self._receive():
                    break
            _kill(group)

    def _output(self) -> str:
        """Return what the example has printed, where there is no answer to say it."""
        return os.pread(self._printed, MOST_OUTPUT, 0).decode("utf-8", "replace")

    def _new_errors(self) -> str:
        """Return the end of what came to standard error since the example before this one."""
        start = max(self._errors_read, os.fstat(self._errors).st_size - 4096)
        return os.pread(self._errors, 4096, start).decode("utf-8", "replace")


class _TooMuchError(Exception):
    pass


def _kill(group: int) -> None:
    if group:
        os.killpg(group, signal.SIGKILL)


def _peer(connection: socket.socket) -> int:
    """Return the process that has connected, which leads a process group; 0 where the system does not tell."""
    if not hasattr(socket, "SO_PEERCRED"):
        return 0
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", credentials)[0])
