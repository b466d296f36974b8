"""Connections with processes of the interpreter under test, for lines of JSON. The other end is `worker`."""

import json
import os
import signal
import socket
import struct
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from tfsoftmax_compat.worker.main import MOST_OUTPUT

LOOK_SECONDS = 0.1  # how long to wait for something before looking for something else
_MOST_RECEIVED = 8 * MOST_OUTPUT  # bytes of one line: JSON may take six for one that was printed


class Connection:
    """A socket in a folder, to which one process connects."""

    def __init__(self, path: Path) -> None:
        """Listen.

        Args:
          path: where; the folder exists.

        Raises:
          OSError: the socket cannot be made.
        """
        self._received = b""
        self._connected: socket.socket | None = None
        with ExitStack() as files:
            self._listening = files.enter_context(socket.socket(socket.AF_UNIX))
            self._listening.bind(str(path))
            self._listening.listen()
            self._listening.settimeout(LOOK_SECONDS)
            self._files = files.pop_all()

    def close(self) -> None:
        """Close it."""
        self._files.close()

    def fileno(self) -> int:
        """Return the file descriptor, for `select`, which tells when there is something to receive."""
        assert self._connected is not None
        return self._connected.fileno()

    def accept(self) -> bool:
        """Wait a moment for the process to connect. Return whether it has."""
        with suppress(TimeoutError):
            self._connected = self._files.enter_context(self._listening.accept()[0])
        return self._connected is not None

    def send(self, message: dict[str, Any], timeout: float) -> bool:
        """Send a line. Return whether the process took it in `timeout` seconds."""
        assert self._connected is not None
        self._connected.settimeout(timeout)
        with suppress(OSError):  # the process has ended, or does not read
            self._connected.sendall(json.dumps(message).encode() + b"\n")
            return True
        return False

    def receive(self) -> bool:
        """Receive what has come. Return False if the other end is closed."""
        assert self._connected is not None
        received = b""
        with suppress(ConnectionResetError):
            received = self._connected.recv(1 << 16)
        self._received += received
        return bool(received)

    def line(self) -> dict[str, Any] | None:
        """Return the next line that was received, None if there is none yet; {} for one that is not a JSON object."""
        line, end, rest = self._received.partition(b"\n")
        if not end:
            return {} if len(line) > _MOST_RECEIVED else None
        self._received = rest
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return {}
        return message if isinstance(message, dict) else {}

    def kill(self) -> None:
        """End the process that has connected, and its process group."""
        if self._connected is not None and hasattr(socket, "SO_PEERCRED"):
            with suppress(OSError):
                credentials = self._connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
                group = int(struct.unpack("3i", credentials)[0])
                if group:
                    os.killpg(group, signal.SIGKILL)
