"""Patterns of files, as lines of a `.gitignore` file: what options such as ``--exclude`` take."""

from __future__ import annotations

import argparse
import functools
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class Pattern:
    """A line of a `.gitignore` file that is in `folder`."""

    text: str
    folder: str

    def __str__(self) -> str:
        where = os.path.relpath(self.folder)
        return self.text if where == "." else f"{self.text} (in {where})"

    def in_folder(self, folder: str) -> Pattern:
        """Return the same line in another folder."""
        return replace(self, folder=folder)

    def matches(self, path: str) -> bool:
        """Return whether it excludes the file `path`."""
        return _spec(self.text).match_file(os.path.relpath(path, self.folder))


def pattern(text: str) -> Pattern:
    """Return a pattern of the command line, for `argparse`: it is about the current folder."""
    try:
        _spec(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return Pattern(text, os.getcwd())


def excludes_none(patterns: Iterable[Pattern]) -> Callable[[str], bool]:
    """Return a function that says whether no pattern excludes a path.

    As in a `.gitignore` file, a pattern that begins with ``!`` includes again what an earlier one of the same folder
    excludes.
    """
    by_folder: dict[str, list[str]] = {}
    for each in patterns:
        by_folder.setdefault(each.folder, []).append(each.text)
    specs = {folder: _spec(*texts) for folder, texts in by_folder.items()}

    def is_included(path: str) -> bool:
        return not any(spec.match_file(os.path.relpath(path, folder)) for folder, spec in specs.items())

    return is_included


@functools.cache
def _spec(*lines: str) -> GitIgnoreSpec:
    from tfsoftmax_compat.tools.files import spec_of

    return spec_of(lines)
