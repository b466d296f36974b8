"""Markdown: fenced Python, in lists and quotes too; what is around it stays byte for byte."""

from __future__ import annotations

import difflib

from tfsoftmax_compat.tools.documents.formats.markdown import code_in
from tfsoftmax_compat.tools.migrate.cells import Cell, is_concerned, migrate_cells

_PYTHON = {"python", "python3", "py"}


def migrate_markdown(text: str, target: str, edit: bool = True) -> tuple[str, list[tuple[Cell, list[int]]]]:
    """Migrate the fenced Python in the Markdown `text`.

    Returns:
      The new text, and each fence's code with the line of the text that each of its own lines stands on.

    Raises:
      ValueError: the Python in it can't be changed.
    """
    lines = text.splitlines(True)
    plain = [line.rstrip("\r\n") for line in lines]
    fences = [(code.line - 1, code.text) for code in code_in("\n".join(plain)) if code.language in _PYTHON]
    if not is_concerned("".join(content for _, content in fences)):
        return text, []
    cells = migrate_cells([content for _, content in fences], target, edit)
    located: list[tuple[Cell, list[int]]] = []
    for cell, (start, _) in reversed(list(zip(cells, fences))):
        old, new = cell.text.split("\n")[:-1], cell.migrated.split("\n")[:-1]
        located.insert(0, (cell, [start + number + 1 for number in range(len(old))]))
        if cell.migrated == cell.text:
            continue
        raw = plain[start : start + len(old)]
        if any(not whole.endswith(line) for whole, line in zip(raw, old)):
            raise ValueError("fence at line %d: its lines can't be told from what they are indented by" % start)
        prefix = raw[0][: len(raw[0]) - len(old[0])] if old else ""
        ending = lines[start][len(plain[start]) :]
        written: list[str] = []
        for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                written += lines[start + a : start + b]
            else:
                written += [prefix + line + ending for line in new[c:d]]
        lines[start : start + len(old)] = written
    return "".join(lines), located
