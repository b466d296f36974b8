"""The processes that examples start, and leave behind. Python 3.6."""

import ctypes
import os
import signal
from typing import Container, List

_PR_SET_CHILD_SUBREAPER = 36  # of Linux's prctl(2)


def adopt_orphans() -> None:
    """Make this process the parent of its descendants whose own parents end. Only Linux has this."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    except (AttributeError, OSError, TypeError):  # there is no such function, or no such library
        pass


def end_children(but: Container[int] = ()) -> None:
    """End the children of this process, and those that it adopts as they end.

    Args:
      but: the processes to leave.
    """
    while True:
        ending = [process for process in _children() if process not in but]
        if not ending:
            return
        for process in ending:
            try:
                os.kill(process, signal.SIGKILL)
            except OSError:  # it runs as another user
                return
        for process in ending:
            os.waitpid(process, 0)


def has_ended(child: int) -> bool:
    """Return whether a child has ended, and take note of it for the system."""
    try:
        return os.waitpid(child, os.WNOHANG)[0] == child
    except ChildProcessError:
        return True


def _children() -> List[int]:
    """Return the children of this process, where the system lists processes."""
    own = os.getpid()
    return [int(name) for name in _listed() if _parent(name) == own]


def _listed() -> List[str]:
    try:
        return [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def _parent(process: str) -> int:
    """Return the parent of a process; 0 if it has ended."""
    try:
        with open("/proc/%s/stat" % process, "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[1])
    except (OSError, IndexError):
        return 0
