"""Replace parts of a text that others read too, such as a document, and leave the rest as it is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


class NotWritableError(ValueError):
    """A change cannot be written into its document; the message says why."""


class Replacement(NamedTuple):
    """A new text for the characters from `start` to `end` of a file."""

    start: int
    end: int
    text: str


def replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """Return `text` with the replacements made. They do not overlap."""
    parts = []
    done = 0
    for start, end, new in sorted(replacements):
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])


def lines_of(text: str) -> list[tuple[str, str]]:
    """Return the lines of a text, each with the characters that end it."""
    return [(match[1], match[2]) for match in _LINE.finditer(text)]


def origins(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return, for each line of `new`, the index in `old` of the line that it is or replaces; None if it is added.

    Text never replaces an empty line: that may lack what is before the text of other lines.
    """
    found: list[int | None] = []
    for _, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        added = max(0, (d - c) - (b - a))
        found += [None] * added
        found += range(a, b)[: d - c]
    return [
        None if index is None or bool(old[index].strip()) != bool(line.strip()) else index
        for index, line in zip(found, new, strict=True)
    ]
