"""Run the interpreter under test where it can harm nothing, with bubblewrap."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path


class IsolationError(Exception):
    """Examples cannot be isolated here. The message says why, and what to do."""


def check() -> None:
    """Check that `prefix` can be used.

    Raises:
      IsolationError: it cannot.
    """
    if shutil.which("bwrap") is None:
        raise IsolationError("--isolate needs bubblewrap; install it, for example with `apt-get install bubblewrap`")
    with_nothing = subprocess.run([*prefix(None), "true"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if with_nothing.returncode:
        why = " ".join(with_nothing.stderr.split())
        raise IsolationError(f"--isolate: bubblewrap cannot isolate processes on this system ({why})")


def prefix(folder: Path | None) -> Sequence[str]:
    """Return the start of a command that isolates the rest of it.

    The command has no network, sees no other process, and may write only to `folder`. It can read all files.

    Args:
      folder: the folder that may be written to; None for none.
    """
    command = ["bwrap", "--die-with-parent", "--new-session", "--unshare-all", "--cap-drop", "ALL"]
    command += ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    if folder is not None:
        command += ["--bind", str(folder), str(folder), "--chdir", str(folder), "--setenv", "TMPDIR", str(folder)]
    return command
