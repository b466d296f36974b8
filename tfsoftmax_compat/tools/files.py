"""Which files: those named, and in folders those of a known suffix."""

import os
from collections.abc import Iterator, Sequence

# Not sources: environments, builds and caches. Hidden folders (.git, .venv, .ipynb_checkpoints) are not entered either.
_NOT_ENTERED = {"__pycache__", "node_modules", "build", "dist", "site-packages"}


def find_files(paths: Sequence[str], suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files to look at, each once: those named, whatever their suffix, and those found in folders, in order."""
    seen: set[str] = set()
    for path in paths:
        for found in _in_folder(path, suffixes) if os.path.isdir(path) else [path]:
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def _in_folder(folder: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_entered(os.path.join(where, name)))
        for name in sorted(names):
            if name.endswith(suffixes):
                yield os.path.normpath(os.path.join(where, name))


def _is_entered(folder: str) -> bool:
    name = os.path.basename(folder)
    is_environment = os.path.exists(os.path.join(folder, "pyvenv.cfg"))
    return not (name.startswith(".") or name in _NOT_ENTERED or is_environment)
