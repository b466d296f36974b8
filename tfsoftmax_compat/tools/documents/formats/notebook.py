"""Jupyter notebooks of format 4: the code cells, and the outputs saved with them."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tfsoftmax_compat.tools.documents import DocumentError, magics
from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.documents.directives import in_words
from tfsoftmax_compat.worker.display import as_seen

SUFFIXES = (".ipynb",)
MOST_BYTES = 200_000_000  # most of it images

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# Magics that print nothing; what others print, and shell commands, is among a cell's output.
_SILENT = re.compile(r"\s*pass  # %(?:matplotlib|load_ext|autoreload|config)\b")


@dataclass
class Source:
    """Where in the notebook's text the strings of a cell's source are."""

    spans: list[tuple[int, int]]
    is_list: bool
    start: int  # of the list or string

    def lines(self, text: str) -> list[int]:
        """Return the line of the notebook on which each string of the source is, from 1; at least one."""
        starts = [first for first, _ in self.spans] if self.is_list and self.spans else [self.start]
        ends = _ends_of_lines(text)
        return [bisect_left(ends, start) + 1 for start in starts]


@lru_cache(1)
def _ends_of_lines(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


class _Walker:
    """Finds the sources of code cells among the tokens of a notebook's JSON, by the path that leads to each."""

    def __init__(self) -> None:
        self._path: list[str | int] = []
        self._expects_key = False
        self._type: str | None = None
        self._source: Source | None = None

    def take(self, token: str, start: int) -> Source | None:
        """Take the next token, which starts at `start`; return the source of the code cell that it ends, if any."""
        if token in "{[":
            self._open(token, start)
        elif token in "}]":
            return self._close()
        elif token == ",":
            self._next()
        elif token == ":":
            self._expects_key = False
        elif token.startswith('"'):
            self._string(token, start)
        return None

    def _is_in_cell(self) -> bool:
        return len(self._path) == 3 and self._path[0] == "cells" and isinstance(self._path[1], int)

    def _open(self, token: str, start: int) -> None:
        if token == "[" and self._is_in_cell() and self._path[2] == "source":
            self._source = Source([], True, start)
        self._path.append("" if token == "{" else 0)
        self._expects_key = token == "{"

    def _close(self) -> Source | None:
        if self._path:
            self._path.pop()
        self._expects_key = False
        if len(self._path) != 2 or self._path[0] != "cells":
            return None
        source = self._source if self._type == "code" else None
        self._type, self._source = None, None
        return source

    def _next(self) -> None:
        if self._path and isinstance(self._path[-1], int):
            self._path[-1] += 1
        else:
            self._expects_key = True

    def _string(self, token: str, start: int) -> None:
        if self._expects_key:
            self._path[-1] = json.loads(token)
            return
        is_in_source = len(self._path) == 4 and self._path[0] == "cells" and self._path[2] == "source"
        span = (start, start + len(token))
        if is_in_source and self._source is not None:
            self._source.spans.append(span)
        elif self._is_in_cell() and self._path[2] == "source":
            self._source = Source([span], False, start)
        elif self._is_in_cell() and self._path[2] == "cell_type":
            self._type = json.loads(token)


def code_sources(text: str) -> Iterator[Source]:
    """Yield the sources of the code cells of a notebook, whose text is JSON."""
    walker = _Walker()
    for match in _TOKEN.finditer(text):
        source = walker.take(match.group(), match.start())
        if source is not None:
            yield source


def blocks(text: str, path: str) -> Iterable[Block]:
    """Return the code cells of a notebook, each with the output saved with it.

    Args:
      text: the notebook file.
      path: its path.

    Returns:
      A block for each code cell; its lines are those of the file on which the lines of the cell's source are. What a
      cell printed and the value that it displayed are its output, images and what went to stderr are not. An exception
      is shown by its last line, as doctest writes it. Output that holds that of a magic or a shell command is "".

    Raises:
      DocumentError: not a notebook of format 4.
    """
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise DocumentError(f"{path}: a notebook is JSON, and this is not: line {error.lineno}: {error.msg}") from None
    except ValueError as error:  # such as a number of more digits than Python takes
        raise DocumentError(f"{path}: a notebook is JSON, and this is not: {error}") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("nbformat"), int):
        raise DocumentError(f"{path}: not a notebook of format 4: it is JSON without a field `nbformat`")
    if notebook["nbformat"] != 4:
        raise DocumentError(
            f"{path}: a notebook of format {notebook['nbformat']}; `jupyter nbconvert --to notebook --inplace` "
            "converts it to format 4"
        )
    try:
        is_python_2 = _is_python_2(notebook.get("metadata", {}))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        sources = list(code_sources(text))
        if len(sources) != len(cells):
            raise KeyError("source")
        found = []
        for cell, source in zip(cells, sources):
            code = _joined(cell["source"])
            if code.strip() and not magics.is_other_language(code):
                found.append(_of_cell(cell, code, source.lines(text), is_python_2))
        return found
    except (AttributeError, KeyError, TypeError) as error:
        why = f"no field {error}" if isinstance(error, KeyError) else str(error)
        raise DocumentError(f"{path}: not a notebook of format 4: {why}") from None


def _is_python_2(metadata: dict[str, Any]) -> bool:
    """Return whether a notebook was run by Python 2."""
    version = str(metadata.get("language_info", {}).get("version", ""))
    return version.startswith("2") or (not version and metadata.get("kernelspec", {}).get("name") == "python2")


def _joined(text: Any) -> str:
    """Return a string of a notebook, which may be a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _of_cell(cell: dict[str, Any], code: str, lines: list[int], is_python_2: bool) -> Block:
    output = _output(cell["outputs"])
    if output is not None:
        changed = (now for now, before in zip(magics.set_aside(code).split("\n"), code.split("\n")) if now != before)
        if not all(_SILENT.match(line) for line in changed):
            output = ""
    text = code.removesuffix("\n") + "\n" if output is None else code + "\n"
    numbers = [lines[min(number, len(lines) - 1)] for number in range(text.count("\n"))]
    block = Block(text, numbers, "ipython", is_cell=True, output=output, is_python_2=is_python_2)
    return in_words(map(str, cell.get("metadata", {}).get("tags", []))).of(block)


def _output(outputs: list[dict[str, Any]]) -> str | None:
    """Return what the outputs of a cell show, one below the other; None if that is nothing."""
    text = ""
    for output in outputs:
        kind = output["output_type"]
        if text and not text.endswith("\n") and kind != "stream":
            text += "\n"
        if kind == "stream" and output["name"] == "stdout":
            text += as_seen(_joined(output["text"]))
        elif kind == "execute_result" and not any(each.startswith("image/") for each in output["data"]):
            text += _joined(output["data"].get("text/plain", ""))
        elif kind == "error":
            text += f"Traceback (most recent call last):\n  ...\n{output['ename']}: {output['evalue']}"
    return _ANSI.sub("", text).removesuffix("\n") or None
