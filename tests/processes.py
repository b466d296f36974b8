"""Ask the system about processes."""

import os


def runs(pid):
    """Return whether a process is running: one that has ended is listed until its parent reads its status."""
    return (_stat(pid) or "Z")[0] not in "ZX"


def children(pid):
    """Return the children of a process."""
    found = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [each for each in found if _stat(each).split()[1:2] == [str(pid)]]


def _stat(pid):
    """Return what the system says of a process: its state, its parent, and more; "" if there is no such process."""
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(") ")[2]
    except OSError:
        return ""
