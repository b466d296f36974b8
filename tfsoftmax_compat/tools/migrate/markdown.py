"""Migrate the fenced Python in Markdown, also in lists and quotes; everything else stays the same, byte by byte."""

from __future__ import annotations

from tfsoftmax_compat.tools.documents.formats.markdown import code_in
from tfsoftmax_compat.tools.migrate.cells import Cell, migrate_cells, rewritten
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned

_PYTHON = {"python", "python3", "py"}


def migrate_markdown(text: str, target: str, edit: bool = True) -> tuple[str, list[tuple[Cell, list[int]]]]:
    """Migrate the fenced Python in the Markdown `text`.

    Returns:
      The new text, and the code of each fence with the line number in the text of each of its lines.

    Raises:
      ValueError: the Python in it cannot be changed.
    """
    lines = text.splitlines(True)
    plain = [line.rstrip("\r\n") for line in lines]
    fences = [code for code in code_in("\n".join(plain)) if code.language in _PYTHON]
    if not is_concerned("".join(fence.text for fence in fences)):
        return text, []
    cells = migrate_cells([fence.text for fence in fences], target, edit)
    located = [(cell, list(fence.lines())) for cell, fence in zip(cells, fences)]
    for cell, numbers in reversed(located):  # from the end, so that the line numbers stay right
        if cell.migrated != cell.text:
            first, end = numbers[0] - 1, numbers[-1]
            lines[first:end] = _changed(cell, lines[first:end], numbers[0])
    return "".join(lines), located


def _changed(cell: Cell, lines: list[str], number: int) -> list[str]:
    """Return the `lines` of a fence that starts in line `number`, with its code changed."""
    plain = [line.rstrip("\r\n") for line in lines]
    old, new = cell.text.split("\n")[:-1], cell.migrated.split("\n")[:-1]
    if any(not line.endswith(code) for line, code in zip(plain, old)):
        raise ValueError(f"line {number}: the code cannot be separated from its indentation")
    prefix = plain[0].removesuffix(old[0])
    ending = lines[0].removeprefix(plain[0])
    return rewritten(old, new, lines, lambda code: prefix + code + ending)
