"""Environments with a given TensorFlow release, made by uv and kept for the next time."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from uv import find_uv_bin

from tfsoftmax_compat.tools.verify.releases import Release


class NoEnvironmentError(Exception):
    """An environment could not be made; the message says for which release, why, and what to do."""


def python_with(release: Release) -> str:
    """The interpreter of an environment with this release; made first, if it is not there yet.

    Args:
      release: the release, from the table.

    Returns:
      The interpreter's path.

    Raises:
      NoEnvironmentError: the Python that the release needs is not to be had, or an install failed.
    """
    # The requirements are part of the name: an environment made for others is not taken for this one.
    fingerprint = hashlib.sha256("\n".join(release.requirements).encode()).hexdigest()[:8]
    folder = _cache() / f"{release.tox_environment}-{fingerprint}"
    if not folder.exists():
        _make(release, folder)
    return str(_python_in(folder))


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tfsoftmax-compat"


def _python_in(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make(release: Release, folder: Path) -> None:
    """Make the environment beside its place, and move it there whole; another process may make the same one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".", ignore_cleanup_errors=True) as unfinished:
        made = Path(unfinished, folder.name)
        _uv(
            ["venv", "--python", release.python, str(made)],
            f"TensorFlow {release.name} needs Python {release.python}; install that (pyenv has it), or name an "
            "interpreter that has this TensorFlow with --python",
        )
        _uv(
            ["pip", "install", "--python", str(_python_in(made)), *release.requirements],
            f"TensorFlow {release.name} does not install on Python {release.python}",
        )
        try:
            made.rename(folder)
        except OSError:
            if not folder.exists():  # and no other process was faster
                raise


def _uv(arguments: Sequence[str], failure: str) -> None:
    """Run uv; if it fails, raise an error that says `failure` and uv's reason."""
    # Not in the caller's folder: a project's own uv settings are not meant for this.
    with tempfile.TemporaryDirectory() as elsewhere:
        completed = subprocess.run(
            [find_uv_bin(), "--quiet", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=elsewhere,
            env={**os.environ, "PATH": _path_ahead_of_shims()},
        )
    if completed.returncode:
        why = " ".join(completed.stderr.split()) or f"uv ended with status {completed.returncode}"
        raise NoEnvironmentError(f"{failure}: {why}")


def _path_ahead_of_shims() -> str:
    """PATH with pyenv's interpreters ahead of its shims, which run no other version than the selected one."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    versions = sorted(str(folder) for folder in root.glob("versions/*/bin"))
    return os.pathsep.join([*versions, os.environ.get("PATH", "")])
