"""Jupyter notebooks of format 4: the code cells, and the outputs saved with them."""

import ast
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from tfsoftmax_compat.tools.documents import DocumentError, magics
from tfsoftmax_compat.tools.documents.block import PROSE, Block
from tfsoftmax_compat.tools.documents.code import last_name, try_parse
from tfsoftmax_compat.tools.documents.directives import in_words
from tfsoftmax_compat.tools.documents.formats import markdown
from tfsoftmax_compat.tools.documents.says import NOTHING
from tfsoftmax_compat.tools.documents.vocabulary import on_lines
from tfsoftmax_compat.worker.display import as_seen

SUFFIXES = (".ipynb",)
MOST_BYTES = 200_000_000  # most of it images

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
# Magics that run code, and what they print themselves.
_TIMED = re.compile(r"^%%time\b", re.MULTILINE)
_TIMES = re.compile(r"^(?:CPU times|Wall time): .*(?:\n|$)", re.MULTILINE)
# How a cell ends the kernel, which Jupyter and Colab start anew: what is below it sees nothing of what is above.
_RESTARTS = re.compile(r"^(?:os\._exit\(|os\.kill\(os\.getpid\(\))", re.MULTILINE)
# What preformatted text in Markdown may begin with.
_MAY_QUOTE = re.compile(r"```|~~~|<pre|>>>|^(?: {4}|\t)", re.MULTILINE | re.IGNORECASE)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass
class Source:
    """Where in the notebook's text the strings of a cell's source are, or those of an output."""

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


# What holds a text of a code cell: for an output its number, from 0, and the name of its field.
Holder = tuple[int, str]
_SOURCE = (-1, "source")


@dataclass
class Cell:
    """Where the texts of a cell are: its source, and those of its outputs.

    Attributes:
      kind: its type, such as ``"code"``.
      source: its source.
      outputs: what holds the texts of its outputs.
    """

    kind: str | None
    source: Source
    outputs: dict[Holder, Source]


def _holder(path: list[str | int]) -> Holder | None:
    match path:
        case ["cells", int(), "source"]:
            return _SOURCE
        case ["cells", int(), "outputs", int(number), "text"]:
            return number, "text"
        case ["cells", int(), "outputs", int(number), "data", "text/plain"]:
            return number, "text/plain"
    return None


class _Walker:
    """Finds the texts of cells among the tokens of a notebook's JSON, by the path that leads to each."""

    def __init__(self) -> None:
        self._path: list[str | int] = []
        self._expects_key = False
        self._type: str | None = None
        self._texts: dict[Holder, Source] = {}

    def take(self, token: str, start: int) -> Cell | None:
        """Take the next token, which starts at `start`; return the cell that it ends, if any."""
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

    def _open(self, token: str, start: int) -> None:
        holder = _holder(self._path)
        if token == "[" and holder is not None:
            self._texts[holder] = Source([], True, start)
        self._path.append("" if token == "{" else 0)
        self._expects_key = token == "{"

    def _close(self) -> Cell | None:
        if self._path:
            self._path.pop()
        self._expects_key = False
        if len(self._path) != 2 or self._path[0] != "cells":
            return None
        texts, kind = self._texts, self._type
        self._type, self._texts = None, {}
        source = texts.pop(_SOURCE, None)
        return Cell(kind, source, texts) if source is not None else None

    def _next(self) -> None:
        if self._path and isinstance(self._path[-1], int):
            self._path[-1] += 1
        else:
            self._expects_key = True

    def _string(self, token: str, start: int) -> None:
        if self._expects_key:
            self._path[-1] = json.loads(token)
            return
        span = (start, start + len(token))
        holder, list_holder = _holder(self._path), _holder(self._path[:-1])
        if holder is not None:
            self._texts[holder] = Source([span], False, start)
        elif list_holder is not None and list_holder in self._texts:
            self._texts[list_holder].spans.append(span)
        elif len(self._path) == 3 and self._path[0] == "cells" and self._path[2] == "cell_type":
            self._type = json.loads(token)


def cells_in(text: str) -> Iterator[Cell]:
    """Yield the cells of a notebook, whose text is JSON."""
    walker = _Walker()
    for match in _TOKEN.finditer(text):
        cell = walker.take(match.group(), match.start())
        if cell is not None:
            yield cell


def code_cells(text: str) -> Iterator[Cell]:
    """Yield the code cells of a notebook, whose text is JSON."""
    return (cell for cell in cells_in(text) if cell.kind == "code")


def code_sources(text: str) -> Iterator[Source]:
    """Yield the sources of the code cells of a notebook, whose text is JSON."""
    return (cell.source for cell in code_cells(text))


def blocks(text: str, path: str) -> Iterable[Block]:
    """Return the code cells of a notebook, each with the output saved with it, and the blocks in cells of Markdown.

    Args:
      text: the notebook file.
      path: its path.

    Returns:
      A block for each code cell, and for each block in cells of Markdown; its lines are those of the file on which
      the lines of the cell's source are. What a code cell printed and the value that it displayed are its output,
      images and what went to stderr are not. What magics and shell commands printed is among it. An exception is
      shown by its last line, as doctest writes it.

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
        cells = notebook["cells"]
        is_python_2 = _is_python_2(notebook.get("metadata", {}), [each for each in cells if _is_code(each)])
        sources = [cell.source for cell in cells_in(text)]
        if len(sources) != len(cells):
            raise KeyError("source")
        found: list[Block] = []
        restarts = 0
        number = -1  # of the code cell
        for cell, source in zip(cells, sources):
            code = _joined(cell["source"])
            number += _is_code(cell)
            if _is_code(cell) and (not _has_code(code) or magics.is_other_language(code)):
                found += _without_code(cell, source.lines(text))
            elif cell["cell_type"] == "markdown":
                found += _quoted(code, source.lines(text), path)
            elif _is_code(cell):
                block = _of_cell(cell, code, source.lines(text), is_python_2)
                scope = f"after restart {restarts}" if restarts else ""
                found.append(replace(block, cell=number, scope=scope))
                restarts += _RESTARTS.search(code) is not None
        return found
    except (AttributeError, KeyError, TypeError) as error:
        why = f"no field {error}" if isinstance(error, KeyError) else str(error)
        raise DocumentError(f"{path}: not a notebook of format 4: {why}") from None


def _is_python_2(metadata: dict[str, Any], cells: list[dict[str, Any]]) -> bool:
    """Return whether a notebook was run by Python 2.

    Some editors, such as PyCharm, write a version of Python 2 whatever the kernel is; then the kernel's name decides.
    Where neither is known, a `print` of several values decides, of which only Python 2 prints a tuple.
    """
    version = str(metadata.get("language_info", {}).get("version", ""))
    kernel = metadata.get("kernelspec", {}).get("name")
    if not version and not kernel:
        return any(map(_prints_tuples, cells))
    return kernel != "python3" and (version.startswith("2") or (not version and kernel == "python2"))


def _prints_tuples(cell: dict[str, Any]) -> bool:
    """Return whether all that a cell prints are several values at a time, and each line of its output is a tuple."""
    tree = try_parse(_joined(cell["source"]))
    nodes = list(ast.walk(tree)) if tree is not None else []
    calls = [node for node in nodes if isinstance(node, ast.Call) and last_name(node.func) == "print"]
    lines = (_output(cell["outputs"]) or "").split("\n")
    return (
        bool(calls)
        and all(len(call.args) > 1 for call in calls)
        and all(line.startswith("(") and line.endswith(")") for line in lines)
    )


def _is_code(cell: dict[str, Any]) -> bool:
    return bool(cell["cell_type"] == "code")


def _has_code(source: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in source.split("\n"))


def _without_code(cell: dict[str, Any], lines: list[int]) -> Iterator[Block]:
    """Yield what is saved as the output of a cell without Python: of an exercise, or of another program."""
    output = _output(cell["outputs"])
    if output is not None:
        text = output + "\n"
        yield Block(text, [lines[0]] * text.count("\n"), "", role=PROSE, is_quoted=True)


def _quoted(words: str, lines: list[int], path: str) -> Iterator[Block]:
    """Yield the blocks in a cell of Markdown, whose lines are these of the notebook."""
    if not _MAY_QUOTE.search(words):
        return
    for block in markdown.blocks(words, path):
        numbers = [lines[min(number, len(lines)) - 1] for number in block.lines]
        yield replace(block, lines=numbers, comments=(), scope="", is_quoted=True, says=NOTHING)


def _joined(text: Any) -> str:
    """Return a string of a notebook, which may be a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _of_cell(cell: dict[str, Any], code: str, lines: list[int], is_python_2: bool) -> Block:
    output = _output(cell["outputs"])
    if output is not None and _TIMED.search(code):
        output = _TIMES.sub("", output).removesuffix("\n") or None
    text = code.removesuffix("\n") + "\n" if output is None else code + "\n"
    numbers = [lines[min(number, len(lines) - 1)] for number in range(text.count("\n"))]
    block = Block(text, numbers, "ipython", is_cell=True, output=output, is_python_2=is_python_2)
    with on_lines(numbers):
        return block.with_says(in_words(map(str, cell.get("metadata", {}).get("tags", []))))


def _output(outputs: list[dict[str, Any]]) -> str | None:
    """Return what the outputs of a cell show, one below the other; None if that is nothing."""
    return "".join(shown.text for shown in shown_by(outputs)).removesuffix("\n") or None


def _error(output: dict[str, Any]) -> str:
    """Return the type and the message of an error; only the type where Colab saved "ignored" for a message."""
    name, message = str(output["ename"]), str(output["evalue"])
    shown = _ANSI.sub("", _joined(output.get("traceback", [])))
    return name if message == "ignored" and f"{name}: ignored" not in shown else f"{name}: {message}"


class Shown(NamedTuple):
    """The text that an output shows, and what holds it; None for an error."""

    text: str
    holder: Holder | None


def shown_by(outputs: list[dict[str, Any]]) -> list[Shown]:
    """Return the texts that the outputs of a cell show, each with the end of the line that is due before the next."""
    found: list[Shown] = []
    for number, output in enumerate(outputs):
        kind = output["output_type"]
        text, holder = "", None
        if kind == "stream" and output["name"] == "stdout":
            text, holder = as_seen(_joined(output["text"])), (number, "text")
        elif kind == "execute_result" and not any(each.startswith("image/") for each in output["data"]):
            text, holder = _joined(output["data"].get("text/plain", "")), (number, "text/plain")
        elif kind == "error":
            text = f"Traceback (most recent call last):\n  ...\n{_error(output)}"
        if found and found[-1].text and not found[-1].text.endswith("\n") and kind != "stream":
            found[-1] = Shown(found[-1].text + "\n", found[-1].holder)
        if text:
            found.append(Shown(_ANSI.sub("", text), holder))
    return found
