"""Jupyter notebooks: only the source lines that change are written anew; all else stays byte for byte."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tfsoftmax_compat.migrate.cells import Cell, is_concerned, migrate_cells

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


@dataclass
class _Source:
    """Where in the notebook's text the strings of a cell's source stand."""

    spans: list[tuple[int, int]]
    is_list: bool
    start: int  # of the list or string


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
        sources = list(_code_sources(text))
        texts = ["".join(json.loads(text[a:b]) for a, b in source.spans) for source in sources]
        kinds = [cell["cell_type"] for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a Jupyter notebook of format 4: %s" % error) from None
    if len(sources) != kinds.count("code"):
        raise ValueError("not a Jupyter notebook of format 4: code cells without a source")
    ascii_only = text.isascii()
    cells = migrate_cells(texts, target, edit)
    located = [(cell, _lines(text, source)) for cell, source in zip(cells, sources)]
    for cell, source in reversed(list(zip(cells, sources))):
        if cell.migrated != cell.text:
            text = _written(text, source, cell, ascii_only)
    return text, located


def _written(text: str, source: _Source, cell: Cell, ascii_only: bool) -> str:
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


def _lines(text: str, source: _Source) -> list[int]:
    if not source.is_list:
        return [text.count("\n", 0, source.start) + 1]
    return [text.count("\n", 0, first) + 1 for first, _ in source.spans]


def _code_sources(text: str) -> Iterator[_Source]:
    """The sources of the code cells, found by walking the JSON's tokens with the path that leads to them."""
    path: list[str | int] = []
    cell_type, source = None, None
    expects_key = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        in_cell = len(path) == 3 and path[0] == "cells" and isinstance(path[1], int)
        in_source = path[:1] == ["cells"] and len(path) == 4 and path[2] == "source"
        if token in "{[":
            if token == "[" and in_cell and path[2] == "source":
                source = _Source([], True, match.start())
            path.append("" if token == "{" else 0)
            expects_key = token == "{"
        elif token in "}]":
            path.pop()
            expects_key = False
            if len(path) == 2 and path[0] == "cells":
                if cell_type == "code" and source is not None:
                    yield source
                cell_type, source = None, None
        elif token == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                expects_key = True
        elif token == ":":
            expects_key = False
        elif token.startswith('"'):
            if expects_key:
                path[-1] = json.loads(token)
            elif in_source and source is not None:
                source.spans.append(match.span())
            elif in_cell and path[2] == "source":
                source = _Source([match.span()], False, match.start())
            elif in_cell and path[2] == "cell_type":
                cell_type = json.loads(token)
