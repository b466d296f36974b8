"""Environments with a given TensorFlow release. uv makes them, and they are kept for the next run."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from platformdirs import user_cache_path
from uv import find_uv_bin

from tfsoftmax_compat.tools.verify.releases import NIGHTLY, Release

_UNFINISHED = ".unfinished-"
_DAY = 24 * 3600.0
# `find_uv_bin` asks `sysconfig`, whose variables can be None in one thread while another one reads them.
_FINDING_UV = threading.Lock()


class NoEnvironmentError(Exception):
    """An environment could not be made. The message says for which release, why, and what to do."""


def python_with(release: Release, making: Callable[[str], None] = lambda name: None) -> str:
    """Return the interpreter of an environment with this release. The environment is made if it does not exist.

    Args:
      release: a value of :data:`.releases.RELEASES`, or :data:`.releases.NIGHTLY`, which is installed anew each day.
      making: called with the release's name before the environment is made.

    Returns:
      The path of the interpreter.

    Raises:
      NoEnvironmentError: the Python that the release needs is not found, or an install failed.
    """
    # The name contains a hash of the requirements: if they change, a new environment is made.
    parts = [*release.requirements, release.keras_2, *([date.today().isoformat()] if release == NIGHTLY else [])]
    fingerprint = hashlib.sha256("\n".join(filter(None, parts)).encode()).hexdigest()[:8]
    folder = _cache() / f"{release.tox_environment}-{fingerprint}"
    if not _python_in(folder).exists():
        making(release.name)
        try:
            _make(release, folder)
        except OSError as error:
            raise NoEnvironmentError(
                f"TensorFlow {release.name}: no environment can be made in {folder.parent}: {error.strerror or error}; "
                "XDG_CACHE_HOME names another folder for caches"
            ) from error
    return str(_python_in(folder))


def _cache() -> Path:
    """Return the system's folder for caches: on Linux ``~/.cache`` or XDG_CACHE_HOME, on macOS ``~/Library/Caches``."""
    return user_cache_path("tfsoftmax-compat", appauthor=False)


def _python_in(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make(release: Release, folder: Path) -> None:
    """Make the environment in a temporary folder, and rename that when it is complete.

    Two processes may do so at the same time. The one that is slower uses the environment of the other. A folder that
    has no interpreter is what a process has left that was ended; it is replaced.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(folder.parent)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_UNFINISHED, ignore_cleanup_errors=True) as unfinished:
        made = Path(unfinished, folder.name)
        _uv(
            ["venv", "--python", release.python, str(made)],
            f"TensorFlow {release.name} needs Python {release.python}; install that, for example with pyenv, or name "
            "an interpreter that has this TensorFlow with --python",
        )
        install = ["pip", "install", "--only-binary", "numpy", "--python", str(_python_in(made))]
        failure = f"TensorFlow {release.name} does not install on Python {release.python}"
        _uv([*install, *release.requirements], failure)
        if release.keras_2:  # depends on `tensorflow`, which has the same files as `tensorflow-cpu`
            _uv([*install, "--no-deps", release.keras_2], failure)
        if not _python_in(folder).exists():
            shutil.rmtree(folder, ignore_errors=True)
        try:
            made.rename(folder)
        except OSError:
            if not _python_in(folder).exists():  # else another process was faster
                raise


def _remove_left_behind(cache: Path) -> None:
    """Remove what nobody has touched for a day: the unfinished environments of ended processes, and older nightlies."""
    for folder in [*cache.glob(_UNFINISHED + "*"), *cache.glob(NIGHTLY.tox_environment + "-*")]:
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _DAY:
                shutil.rmtree(folder, ignore_errors=True)


def _uv(arguments: Sequence[str], failure: str) -> None:
    """Run uv.

    Raises:
      NoEnvironmentError: uv failed. The message is `failure`, followed by what uv said.
    """
    with _FINDING_UV:
        uv = find_uv_bin()
    # In an empty folder, because uv would read the settings of a project in the current folder.
    with tempfile.TemporaryDirectory() as elsewhere:
        completed = subprocess.run(
            [uv, "--quiet", *arguments],
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
    """Return PATH with pyenv's interpreters before its shims, which run only the version that is selected."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    versions = sorted(str(folder) for folder in root.glob("versions/*/bin"))
    return os.pathsep.join([*versions, os.environ.get("PATH", "")])
