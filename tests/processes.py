"""Ask the system about processes."""


def runs(pid):
    """Return whether a process is running: one that has ended is listed until its parent reads its status."""
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False
