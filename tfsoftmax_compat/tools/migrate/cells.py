"""Python in pieces, as notebooks and Markdown hold it: joined, migrated as one module, and taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.documents.magics import is_other_language, set_aside
from tfsoftmax_compat.tools.migrate.changes import Finding
from tfsoftmax_compat.tools.migrate.source import migrate_source

_CELL = "# tfsoftmax-compat cell %d\n"
_MAGIC = "pass  # tfsoftmax-compat magic %d"


@dataclass
class Cell:
    """One piece of Python and what became of it; `lines` numbers a finding's line within the piece."""

    number: int
    text: str
    migrated: str
    findings: list[Finding]
    problem: str | None = None


def is_concerned(text: str) -> bool:
    """Whether `text` can hold anything to find, so that parsing it is worth the time."""
    return "softmax" in text or "cross_entropy_with_logits" in text


def migrate_cells(texts: list[str], target: str, edit: bool = True) -> list[Cell]:
    """Migrate pieces of Python that share their names, in order; `tf` is TensorFlow where none imports it."""
    cells = [Cell(number, text, text, []) for number, text in enumerate(texts, 1)]
    magics: list[str] = []
    used = []
    source = ""
    for cell in cells:
        masked = _masked(cell, magics)
        if masked is None:
            continue
        used.append((cell, source.count("\n") + 1))
        source += _CELL % cell.number + masked + ("" if masked.endswith("\n") else "\n")
    migrated = migrate_source(source, target, assumed={"tf": "tensorflow"}, edit=edit)
    starts = [line for _, line in used]
    for finding in migrated.findings:
        cell, start = used[sum(line <= finding.line for line in starts) - 1]
        here = Finding(finding.rule, finding.line - start, finding.column, finding.message, finding.needs_person)
        cell.findings.append(here)
    pieces = _split(migrated.text, [cell.number for cell, _ in used])
    for (cell, _), piece in zip(used, pieces):
        if not cell.text.endswith("\n"):
            piece = piece[:-1]
        cell.migrated = re.sub(
            re.escape(_MAGIC).replace("%d", r"(\d+)"), lambda match: magics[int(match.group(1))], piece
        )
    return cells


def _split(text: str, numbers: list[int]) -> Iterator[str]:
    for number, following in zip(numbers, [*numbers[1:], 0]):
        text = text.split(_CELL % number, 1)[1]
        yield text.split(_CELL % following, 1)[0] if following else text


def _masked(cell: Cell, magics: list[str]) -> str | None:
    """The cell's text with its magics out of the way, or None if what is left is not Python."""
    if not cell.text.strip() or is_other_language(cell.text):
        return None
    problem = _problem(cell.text)

    def stand_in(magic: str) -> str:
        magics.append(magic)
        return _MAGIC % (len(magics) - 1)

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
