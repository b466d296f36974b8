"""Migrate the code cells of Jupyter notebooks; only source lines that change are written again."""

from __future__ import annotations

import json

from tfsoftmax_compat.tools.documents.formats.notebook import Source, code_sources
from tfsoftmax_compat.tools.migrate.cells import Cell, migrate_cells, rewritten
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned


def migrate_notebook(text: str, target: str, edit: bool = True) -> tuple[str, list[tuple[Cell, list[int]]]]:
    """Migrate the code cells of the notebook `text`.

    Returns:
      The new text of the notebook, and each code cell with the line number in the notebook of each of its lines.

    Raises:
      ValueError: not a notebook, or one whose strings cannot be written back in the same form.
    """
    try:
        notebook = json.loads(text)
        if not is_concerned("".join(line for cell in notebook["cells"] for line in cell["source"])):
            return text, []
        sources = list(code_sources(text))
        texts = ["".join(json.loads(text[a:b]) for a, b in source.spans) for source in sources]
        kinds = [cell["cell_type"] for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a Jupyter notebook of format 4: {error}") from None
    if len(sources) != kinds.count("code"):
        raise ValueError("not a Jupyter notebook of format 4: code cells without a source")
    ascii_only = text.isascii()
    cells = migrate_cells(texts, target, edit)
    located = [(cell, source.lines(text)) for cell, source in zip(cells, sources)]
    for cell, source in reversed(list(zip(cells, sources))):  # from the end, so that the positions stay right
        if cell.migrated != cell.text:
            text = _written(text, source, cell, ascii_only)
    return text, located


def _written(text: str, source: Source, cell: Cell, ascii_only: bool) -> str:
    """Return the notebook `text` with the migrated source of one cell."""

    def write(line: str) -> str:
        return json.dumps(line, ensure_ascii=ascii_only)

    spans = source.spans
    if not source.is_list:
        first, last = spans[0]
        if write(cell.text) != text[first:last]:
            raise ValueError(f"cell {cell.number}: its source has JSON escapes that would not stay the same")
        return text[:first] + write(cell.migrated) + text[last:]
    old, new = cell.text.splitlines(True), cell.migrated.splitlines(True)
    if [json.loads(text[a:b]) for a, b in spans] != old:
        raise ValueError(f"cell {cell.number}: its source is not a list of lines")
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else "," + text[source.start + 1 : spans[0][0]]
    written = rewritten(old, new, [text[first:last] for first, last in spans], write)
    return text[: spans[0][0]] + between.join(written) + text[spans[-1][1] :]
