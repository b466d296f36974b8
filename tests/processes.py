"""What the system says of processes."""


def runs(pid):
    """Whether a process runs; one that has ended may still be listed until someone asks for its status."""
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False
