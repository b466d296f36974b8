"""Jupyter notebooks, by nbformat: the outputs saved with their cells."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

from tfsoftmax_compat.tools.documents import CELL, SCRIPT, DocumentError, Example, comments, magics

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# Magics that print nothing; what others print, and shell commands, stands among a cell's output.
_SILENT = re.compile(r"\s*pass  # %(?:matplotlib|load_ext|autoreload|config)\b")


@dataclass
class Source:
    """Where in the notebook's text the strings of a cell's source stand."""

    spans: list[tuple[int, int]]
    is_list: bool
    start: int  # of the list or string

    def lines(self, text: str) -> list[int]:
        """The line of the notebook on which each string of the source stands, from 1; at least one."""
        starts = [first for first, _ in self.spans] if self.is_list and self.spans else [self.start]
        return [text.count("\n", 0, start) + 1 for start in starts]


def code_sources(text: str) -> Iterator[Source]:
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
                source = Source([], True, match.start())
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
                source = Source([match.span()], False, match.start())
            elif in_cell and path[2] == "cell_type":
                cell_type = json.loads(token)


def examples(text: str, document: str) -> list[Example]:
    """The examples of a notebook: its code cells, each with the output saved with it.

    Args:
      text: the notebook file.
      document: its path, for the examples to name.

    Returns:
      An example for each code cell. `line` is that of the file on which the cell's source starts. What a cell printed
      and the value that it displayed are documented, images and what went to stderr are not. An exception is
      documented by its last line, as doctest writes it. A cell without output documents what its comments do; one
      whose output holds that of a magic or a shell command documents none.

    Raises:
      DocumentError: not a notebook of format 4.
    """
    import nbformat.reader  # here: the migration of notebooks needs the places alone

    try:
        notebook = nbformat.reader.reads(text)
        if notebook.nbformat != 4:
            raise DocumentError(
                f"{document}: a notebook of format {notebook.nbformat}; `jupyter nbconvert --to notebook --inplace` "
                "converts it to format 4"
            )
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        found = []
        for cell, source in zip(cells, code_sources(text)):
            if cell.source.strip() and not magics.is_other_language(cell.source):
                found += _of_cell(cell, source.lines(text), document)
        return found
    except nbformat.reader.NotJSONError as error:
        cause = error.__cause__
        why = f"line {cause.lineno}: {cause.msg}" if isinstance(cause, json.JSONDecodeError) else str(cause)
        raise DocumentError(f"{document}: a notebook is JSON, and this is not: {why}") from None
    except (nbformat.ValidationError, AttributeError, KeyError, TypeError, ValueError) as error:
        why = str(error).partition("\n")[0]
        raise DocumentError(f"{document}: not a notebook of format 4: {type(error).__name__}: {why}") from None


def _of_cell(cell: Any, lines: list[int], document: str) -> list[Example]:
    code = magics.set_aside(cell.source)
    documented = _output(cell.outputs)
    if documented is not None:
        aside = [now for now, before in zip(code.split("\n"), cell.source.split("\n")) if now != before]
        prints_more = not all(_SILENT.match(line) for line in aside)
        displays = not code.rstrip().endswith(";")  # Jupyter's way to say that a last value is not to be shown
        return [
            Example(document, lines[0], code + "\n", None if prints_more else documented, CELL if displays else SCRIPT)
        ]
    pieces = comments.split(code)
    if all(piece.documented is None for piece in pieces):
        return [Example(document, lines[0], code + "\n", None, CELL)]
    return [
        Example(document, lines[min(piece.offset, len(lines) - 1)], piece.code, piece.documented, CELL)
        for piece in pieces
    ]


def _output(outputs: list[Any]) -> Optional[str]:
    """What the outputs of a cell show, one below the other; None if that is nothing."""
    text = ""
    for output in outputs:
        if text and not text.endswith("\n") and output.output_type != "stream":
            text += "\n"
        if output.output_type == "stream" and output.name == "stdout":
            text += output.text
        elif output.output_type == "execute_result" and not any(kind.startswith("image/") for kind in output.data):
            text += output.data.get("text/plain", "")
        elif output.output_type == "error":
            text += f"Traceback (most recent call last):\n  ...\n{output.ename}: {output.evalue}"
    return _ANSI.sub("", text).removesuffix("\n") or None
