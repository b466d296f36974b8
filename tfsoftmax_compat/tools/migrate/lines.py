"""Write changed lines of code into a text that has something before and after each of them.

Such are the indentation of a fence, the mark of a quote, the prompts of a session, the quotes of a docstring.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.replacements import NotWritableError, Replacement, lines_of, origins

_QUOTES = re.compile(r"""\w*(?:\"{3}|'{3}|"|')\Z""")


class Place(NamedTuple):
    """Where something is in a file; all count from 1. In a notebook also the cell, and the line in the cell."""

    line: int
    column: int
    cell: int | None = None
    line_in_cell: int | None = None


class Lines:
    """The lines of a file, whose blocks of code are on lines of their own."""

    def __init__(self, text: str, unclear: Sequence[range] = ()) -> None:
        """Read `text`. Lines in `unclear` are not the same as in the blocks: nothing is written there."""
        found = lines_of(text)
        self._bodies = [body for body, _ in found]
        self._endings = [ending for _, ending in found]
        self._starts = [0, *accumulate(len(body) + len(ending) for body, ending in found)]
        self._newline = next((ending for ending in self._endings if ending), "\n")
        self._unclear = unclear

    def place(self, block: Block, index: int, column: int) -> Place:
        """Return where the character `column`, from 0, of line `index` of a block is."""
        line = block.lines[index]
        unclear = self._unclear_around(line)
        if unclear is not None:
            return Place(unclear.start, 1)
        before = self._bodies[line - 1].rfind(block.text.split("\n")[index])
        return Place(line, before + column + 1 if before >= 0 else 1)

    def replacement(self, block: Block, text: str) -> Replacement:
        """Return the change of the file that makes `text` the text of a block.

        Raises:
          NotWritableError: the lines of the file are not literally those of the block.
        """
        first, end = block.lines[0] - 1, block.lines[-1]
        old, new = block.text.split("\n")[:-1], text.split("\n")[:-1]
        if self._unclear_around(first + 1) is not None or list(block.lines) != list(range(first + 1, end + 1)):
            raise NotWritableError(f"line {first + 1}: the lines of this code are not lines of the file")
        bodies, endings = self._bodies[first:end], self._endings[first:end]
        written = _written(old, new, bodies, first + 1)
        lines = []
        for number, (line, origin) in enumerate(written):
            is_last = number == len(written) - 1
            ending = endings[-1 if is_last else origin]
            lines.append(line + (ending or ("" if is_last else self._newline)))
        return Replacement(self._starts[first], self._starts[end], "".join(lines))

    def _unclear_around(self, line: int) -> range | None:
        return next((unclear for unclear in self._unclear if line in unclear), None)


def _written(old: Sequence[str], new: Sequence[str], bodies: Sequence[str], first: int) -> list[tuple[str, int]]:
    """Return the lines of the file for the lines `new`, each with the index of the old line that it is nearest to.

    What is before the first line and after the last one stays there, such as the quotes of a docstring.
    """

    def around(index: int) -> tuple[str, str]:
        if not old[index]:
            return bodies[index], ""
        before, code, after = bodies[index].rpartition(old[index])
        if not code:
            raise NotWritableError(f"line {first + index}: the file writes this code in another way")
        return before, after

    last = len(old) - 1
    opening, closing = around(0)[0], around(last)[1]
    is_opened, is_closed = not _is_indentation(opening), bool(closing.strip())
    if not new and (is_opened or is_closed):
        raise NotWritableError(f"line {first}: nothing would be left of this code")
    written: list[tuple[str, int]] = []
    found = origins(old, new)
    for number, (code, origin) in enumerate(zip(new, found)):
        is_first, is_last = number == 0, number == len(new) - 1
        near = _nearest(old, found, number) if origin is None else origin
        moves = (is_opened and (origin == 0) != is_first) or (is_closed and (origin == last) != is_last)
        if origin is not None and code == old[origin] and not moves:
            written.append((bodies[origin], origin))
            continue
        before, after = around(near)
        if is_opened and is_first:
            before = opening
        elif origin is None or (is_opened and origin == 0):
            before = _beside(before)
        if is_closed and is_last:
            after = closing
        elif origin is None or (is_closed and origin == last):
            after = ""
        written.append((before + code + after, near))
    return written


def _nearest(old: Sequence[str], found: Sequence[int | None], number: int) -> int:
    """Return the index of the old line with code that is nearest to the new line `number`: above, else below it."""
    around = [*found[:number][::-1], *found[number:]]
    return next((index for index in around if index is not None and old[index].strip()), 0)


def _beside(before: str) -> str:
    """Return what an added line has before it, below one that has `before`: no mark of a list, and no quotes."""
    return re.sub(r"[^\s>]", " ", _QUOTES.sub("", before))


def _is_indentation(text: str) -> bool:
    """Return whether each line may have `text` before it: blanks, and marks of quotes."""
    return not text.strip(" \t>\ufeff")
