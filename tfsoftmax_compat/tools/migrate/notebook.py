"""Jupyter notebooks: only the source lines that change are written anew; all else stays byte for byte."""

from __future__ import annotations

import difflib
import json

from tfsoftmax_compat.tools.documents.formats.notebook import Source, code_sources
from tfsoftmax_compat.tools.migrate.cells import Cell, is_concerned, migrate_cells


def migrate_notebook(text: str, target: str, edit: bool = True) -> tuple[str, list[tuple[Cell, list[int]]]]:
    """Migrate the code cells of the notebook `text`.

    Returns:
      The notebook's new text, and each code cell with the line of the notebook that each of its own lines stands on.

    Raises:
      ValueError: not a notebook, or not one whose strings can be written back as they were.
    """
    try:
        notebook = json.loads(text)
        if not is_concerned("".join(line for cell in notebook["cells"] for line in cell["source"])):
            return text, []
        sources = list(code_sources(text))
        texts = ["".join(json.loads(text[a:b]) for a, b in source.spans) for source in sources]
        kinds = [cell["cell_type"] for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a Jupyter notebook of format 4: %s" % error) from None
    if len(sources) != kinds.count("code"):
        raise ValueError("not a Jupyter notebook of format 4: code cells without a source")
    ascii_only = text.isascii()
    cells = migrate_cells(texts, target, edit)
    located = [(cell, source.lines(text)) for cell, source in zip(cells, sources)]
    for cell, source in reversed(list(zip(cells, sources))):
        if cell.migrated != cell.text:
            text = _written(text, source, cell, ascii_only)
    return text, located


def _written(text: str, source: Source, cell: Cell, ascii_only: bool) -> str:
    old, new = cell.text.splitlines(True), cell.migrated.splitlines(True)
    spans = source.spans
    if not source.is_list:
        first, last = spans[0]
        if json.dumps(cell.text, ensure_ascii=ascii_only) != text[first:last]:
            raise ValueError("cell %d: its source is escaped in a way that can't be kept" % cell.number)
        return text[:first] + json.dumps(cell.migrated, ensure_ascii=ascii_only) + text[last:]
    if [json.loads(text[a:b]) for a, b in spans] != old:
        raise ValueError("cell %d: its source is not a list of lines" % cell.number)
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else "," + text[source.start + 1 : spans[0][0]]
    written: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            written += [text[first:last] for first, last in spans[a:b]]
        else:
            written += [json.dumps(line, ensure_ascii=ascii_only) for line in new[c:d]]
    return text[: spans[0][0]] + between.join(written) + text[spans[-1][1] :]
