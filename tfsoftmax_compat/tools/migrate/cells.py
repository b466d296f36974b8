"""Migrate Python in pieces, as notebooks and Markdown contain it.

The pieces are joined, migrated as one module, and separated again.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.documents.magics import is_other_language, set_aside
from tfsoftmax_compat.tools.migrate.changes import Found
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned
from tfsoftmax_compat.tools.migrate.source import migrate_source

_CELL = "# tfsoftmax-compat cell {}\n"
_MAGIC = "pass  # tfsoftmax-compat magic {}"
_ANY_MAGIC = re.compile(re.escape(_MAGIC.format("")) + r"(\d+)")


@dataclass
class Cell:
    """One piece of Python and the result.

    Attributes:
      number: its number in the document, from 1.
      text: its code.
      migrated: its migrated code.
      findings: what was found in it; lines count from the first line of the piece.
      problem: why it was skipped, or None.
    """

    number: int
    text: str
    migrated: str
    findings: list[Found]
    problem: str | None = None


def migrate_cells(texts: list[str], target: str, edit: bool = True) -> list[Cell]:
    """Migrate pieces of Python that share their names, in order; `tf` is TensorFlow if nothing imports it."""
    cells = [Cell(number, text, text, []) for number, text in enumerate(texts, 1)]
    magics: list[str] = []
    used = []
    source = ""
    for cell in cells:
        masked = _masked(cell, magics)
        if masked is None:
            continue
        used.append((cell, source.count("\n") + 1))
        source += _CELL.format(cell.number) + masked + ("" if masked.endswith("\n") else "\n")
    migrated = migrate_source(source, target, assumed={"tf": "tensorflow"}, edit=edit)
    starts = [line for _, line in used]
    for found in migrated.findings:
        cell, start = used[sum(line <= found.line for line in starts) - 1]
        cell.findings.append(dataclasses.replace(found, line=found.line - start))
    pieces = _split(migrated.text, [cell.number for cell, _ in used])
    for (cell, _), piece in zip(used, pieces):
        if not cell.text.endswith("\n"):
            piece = piece[:-1]
        cell.migrated = _ANY_MAGIC.sub(lambda match: magics[int(match.group(1))], piece)
    return cells


def rewritten(old: Sequence[str], new: Sequence[str], kept: Sequence[str], write: Callable[[str], str]) -> list[str]:
    """Return how a document writes the lines `new`.

    Args:
      old: the lines before the change.
      new: the lines after the change.
      kept: how the document writes each of `old`: lines that did not change keep this form.
      write: returns how the document writes a new line.
    """
    written: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        written += kept[a:b] if kind == "equal" else map(write, new[c:d])
    return written


def _split(text: str, numbers: list[int]) -> Iterator[str]:
    for number, following in zip(numbers, [*numbers[1:], 0]):
        text = text.split(_CELL.format(number), 1)[1]
        yield text.split(_CELL.format(following), 1)[0] if following else text


def _masked(cell: Cell, magics: list[str]) -> str | None:
    """Return the cell's text with its magics replaced, or None if the rest is not Python."""
    if not cell.text.strip() or is_other_language(cell.text):
        return None
    problem = _problem(cell.text)

    def stand_in(magic: str) -> str:
        magics.append(magic)
        return _MAGIC.format(len(magics) - 1)

    masked = cell.text if problem is None else set_aside(cell.text, stand_in)
    if _problem(masked) is not None:
        if is_concerned(cell.text):
            cell.problem = problem
        return None
    return masked


def _problem(text: str) -> str | None:
    try:
        parse(text)
    except ValueError as error:
        return str(error)
    return None
