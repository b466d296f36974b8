"""Migrate Python in pieces, as documents contain it.

The pieces are joined, migrated as one module, and separated again.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.documents.magics import set_aside
from tfsoftmax_compat.tools.migrate.changes import Found
from tfsoftmax_compat.tools.migrate.names import Meanings
from tfsoftmax_compat.tools.migrate.policy import ALL_RULES, Policy
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned
from tfsoftmax_compat.tools.migrate.source import migrate_source

_CELL = "# tfsoftmax-compat cell {}\n"
_ANY_CELL = re.compile(re.escape(_CELL.format("\0")).replace("\0", r"\d+"))
_MAGIC = "pass  # tfsoftmax-compat magic {}"
_ANY_MAGIC = re.compile(re.escape(_MAGIC.format("")) + r"(\d+)")


@dataclass
class Cell:
    """One piece of Python and the result.

    Attributes:
      text: its code; it ends in a newline.
      migrated: its migrated code.
      findings: what was found in it; lines count from the first line of the piece.
      problem: why it was skipped, or None.
    """

    text: str
    migrated: str
    findings: list[Found]
    problem: str | None = None


def migrate_cells(
    texts: Sequence[str],
    target: str,
    assumed: Mapping[str, Meanings],
    edit: bool = True,
    policy: Policy = ALL_RULES,
) -> list[Cell]:
    """Migrate pieces of Python that share their names, in order.

    Args:
      texts: the pieces; each ends in a newline.
      target: "shim" or "native".
      assumed: what names refer to that no piece binds.
      edit: whether to change the pieces, or only to report.
      policy: what the options say about the rules.

    Raises:
      ValueError: the pieces cannot be changed.
    """
    cells = [Cell(text, text, []) for text in texts]
    magics: list[str] = []
    used: list[Cell] = []
    starts: list[int] = []
    parts: list[str] = []
    line = 1
    for cell in cells:
        masked = _masked(cell, magics)
        if masked is not None:
            used.append(cell)
            starts.append(line)
            parts.append(_CELL.format(len(used)) + masked)
            line += 1 + masked.count("\n")
    migrated = migrate_source("".join(parts), target, assumed, edit, policy)
    for found in migrated.findings:
        index = sum(start <= found.line for start in starts) - 1
        used[index].findings.append(dataclasses.replace(found, line=found.line - starts[index]))
    for cell, piece in zip(used, _ANY_CELL.split(migrated.text)[1:], strict=True):
        cell.migrated = _ANY_MAGIC.sub(lambda match: magics[int(match.group(1))], piece)
    return cells


def _masked(cell: Cell, magics: list[str]) -> str | None:
    """Return the cell's text with its magics replaced, or None if the rest is not Python."""
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
