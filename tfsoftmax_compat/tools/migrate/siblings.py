"""Decide whether other files of a project may take names from a module: what it imports is theirs too then."""

from __future__ import annotations

import functools
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tfsoftmax_compat.tools.contents import PYTHON, is_python
from tfsoftmax_compat.tools.files import find_files

_MARKS = (".git", ".hg", "pyproject.toml", "setup.py", "setup.cfg")  # of the folder of a project
_PACKAGE = "__init__"
# A line with an import, and the lines in its parentheses.
_IMPORTS = re.compile(rb"^.*\bimport\b(?:[^\n(]*\([^)]*\)|.*)", re.MULTILINE)
_WORD = re.compile(rb"\w+")


def may_be_imported(path: str) -> bool:
    """Return whether another Python file of the project names this module where it imports something.

    The project is the nearest folder above with a mark of version control or packaging, and the folders in it. Where
    there is none, it is the folder of the module. An ``__init__.py`` imports for others.

    Args:
      path: the module's file.
    """
    file = Path(os.path.realpath(path))
    if file.stem == _PACKAGE:
        return True
    project = next((each for each in file.parents if any((each / mark).exists() for mark in _MARKS)), None)
    imported = _imported_words(project or file.parent, project is not None)
    return bool(imported.get(os.fsencode(file.stem), frozenset()) - {str(file)})


@functools.cache
def _imported_words(folder: Path, and_below: bool) -> Mapping[bytes, frozenset[str]]:
    """Return the words in the imports of Python files, each with the files that have it."""
    found = defaultdict(set)
    for path in find_files([str(folder)], PYTHON, lambda error: None) if and_below else _files_in(folder):
        try:
            data = Path(path).read_bytes()
        except OSError:  # reported when the file itself is checked
            continue
        for imports in _IMPORTS.findall(data):
            for word in _WORD.findall(imports):
                found[word].add(path)
    return {word: frozenset(paths) for word, paths in found.items()}


def _files_in(folder: Path) -> Iterator[str]:
    return (str(path) for path in folder.iterdir() if is_python(path.name) and path.is_file())
