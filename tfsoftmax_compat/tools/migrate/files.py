"""Find, read, migrate and write files, without changing anything else about them."""

from __future__ import annotations

import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tfsoftmax_compat._runtime.files import write_atomically
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.cells import Cell

PYTHON = (".py", ".pyi")
NOTEBOOK = (".ipynb",)
MARKDOWN = (".md", ".markdown")
SUFFIXES = PYTHON + NOTEBOOK + MARKDOWN
SKIPPED = "TFS000"  # reported like a rule: a file, or code in a file, that was skipped


@dataclass(frozen=True)
class Located:
    """Something found in a file.

    Attributes:
      path: the file.
      line: the line, from 1.
      column: the column in characters, from 1.
      rule: the identifier of the rule.
      message: what was found.
      needs_person: whether a person has to decide.
      cell: in a notebook, the number of the code cell, from 1.
      line_in_cell: in a notebook, the line of the cell, from 1.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    needs_person: bool
    cell: int | None = None
    line_in_cell: int | None = None


@dataclass
class FileResult:
    """The result for one file: its text before and after, and what was found."""

    path: str
    before: str = ""
    after: str = ""
    findings: list[Located] = field(default_factory=list)


def process(path: str, target: str, edit: bool, write: bool) -> FileResult | None:
    """Migrate one file.

    Args:
      path: the file.
      target: "shim" or "native".
      edit: whether to change the text, or only to report.
      write: whether to write the changed file.

    Returns:
      The result; None if there is nothing to find. A file that cannot be read or changed has one finding, which says
      why.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return unreadable(path, error)
    if not is_concerned(data):
        return None
    result = FileResult(path)
    try:
        encoding = _encoding(path, data)
        result.before = data.decode(encoding)
        if path.endswith(NOTEBOOK + MARKDOWN):
            _migrate_document(result, target, edit)
        else:
            _migrate_module(result, target, edit)
        if write and result.after != result.before:
            write_atomically(path, result.after.encode(encoding))
    except UnicodeDecodeError as error:
        return _skipped(path, f"byte {error.start} is not {error.encoding}")
    except OSError as error:
        return _skipped(path, f"can't be written: {error.strerror}")
    except (ValueError, SyntaxError, RecursionError, tokenize.TokenError) as error:
        return _skipped(path, str(error))
    return result


def unreadable(path: str, error: OSError) -> FileResult:
    """Return the result for a file or a folder that cannot be read."""
    return _skipped(path, f"can't be read: {error.strerror}")


def _skipped(path: str, reason: str) -> FileResult:
    return FileResult(path, findings=[Located(path, 1, 1, SKIPPED, f"skipped: {reason}", True)])


def _encoding(path: str, data: bytes) -> str:
    """Return the encoding that gives the same bytes back; a byte order mark stays in the text."""
    if not path.endswith(PYTHON):
        return "utf-8"
    lines = iter(data.splitlines(True)[:2])
    encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
    return "utf-8" if encoding == "utf-8-sig" else encoding


# The two functions import what they need when they run: files without anything to find need none of it.


def _migrate_document(result: FileResult, target: str, edit: bool) -> None:
    is_notebook = result.path.endswith(NOTEBOOK)
    if is_notebook:
        from tfsoftmax_compat.tools.migrate.notebook import migrate_notebook as migrate
    else:
        from tfsoftmax_compat.tools.migrate.markdown import migrate_markdown as migrate

    result.after, located = migrate(result.before, target, edit)
    for cell, lines in located:
        result.findings += _of_cell(result.path, cell, lines, is_notebook)


def _of_cell(path: str, cell: Cell, lines: list[int], is_notebook: bool) -> Iterator[Located]:
    """Yield what was found in one piece of a document; `lines` are the line numbers in the document."""
    for found in cell.findings:
        line = lines[min(found.line, len(lines)) - 1]
        column = _column(cell.text, found.line, found.column)
        where = (cell.number, found.line) if is_notebook else (None, None)
        yield Located(path, line, column, found.rule, found.message, found.needs_person, *where)
    if cell.problem:
        yield Located(path, lines[0], 1, SKIPPED, f"this code was skipped: {cell.problem}", True)


def _migrate_module(result: FileResult, target: str, edit: bool) -> None:
    from tfsoftmax_compat.tools.migrate.source import migrate_source

    mark = "\ufeff" if result.before.startswith("\ufeff") else ""
    code = result.before[len(mark) :]
    migrated = migrate_source(code, target, edit=edit)
    result.after = mark + migrated.text
    result.findings = [
        Located(result.path, f.line, _column(code, f.line, f.column), f.rule, f.message, f.needs_person)
        for f in migrated.findings
    ]


def _column(text: str, line: int, offset: int) -> int:
    """Return the column, from 1 and in characters, of the byte `offset` of a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines[line - 1].encode()[:offset].decode(errors="replace")) + 1
