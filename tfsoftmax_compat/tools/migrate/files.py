"""Find, read, migrate and write files, without changing anything else about them."""

from __future__ import annotations

import os
import tokenize
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tfsoftmax_compat._runtime.files import write_atomically
from tfsoftmax_compat.tools.documents import reading
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.documents import InDocument

PYTHON = (".py", ".pyi")
DOCUMENTS = reading.SUFFIXES
SUFFIXES = (*PYTHON, *(suffix for suffix in DOCUMENTS if suffix not in PYTHON))
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
    if not _has_suffix(path, SUFFIXES):
        return _skipped(path, f"files with this suffix are not read; these are: {', '.join(SUFFIXES)}")
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
        result.before = _decoded(data, encoding)
        mark = "\ufeff" if result.before.startswith("\ufeff") else ""
        _migrate(result, result.before[len(mark) :], target, edit)
        result.after = mark + result.after
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


def _has_suffix(path: str, suffixes: tuple[str, ...]) -> bool:
    return os.path.splitext(path)[1].lower() in suffixes


def _encoding(path: str, data: bytes) -> str:
    """Return the encoding that gives the same bytes back; a byte order mark stays in the text."""
    if not _has_suffix(path, PYTHON):
        return "utf-8"
    lines = iter(data.splitlines(True)[:2])
    encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _decoded(data: bytes, encoding: str) -> str:
    """Return the text of a file.

    Raises:
      ValueError: the text does not give the bytes back: more than one sequence of bytes stands for the same characters.
    """
    text = data.decode(encoding)
    try:
        is_same = text.encode(encoding) == data
    except UnicodeEncodeError:
        is_same = False
    if not is_same:
        raise ValueError(f"its bytes in {encoding} cannot be restored from its text: convert it to UTF-8")
    return text


def _migrate(result: FileResult, text: str, target: str, edit: bool) -> None:
    """Migrate a module, and the code in documents: docstrings too."""
    # What is needed is imported here: files without anything to find need none of it.
    path = result.path
    is_python = _has_suffix(path, PYTHON)
    result.after = text
    if is_python:
        from tfsoftmax_compat.tools.migrate.source import migrate_source

        migrated = migrate_source(text, target, edit=edit)
        result.after = migrated.text
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        result.findings = [
            Located(path, f.line, _column(lines[f.line - 1], f.column), f.rule, f.message, f.needs_person)
            for f in migrated.findings
        ]
    if _has_suffix(path, DOCUMENTS):
        from tfsoftmax_compat.tools.migrate.documents import migrate_document

        changed, found = migrate_document(path, text, target, edit)
        if changed != text:  # the change of a module's code is the same, whatever its docstrings are
            result.after = migrate_source(changed, target).text if is_python else changed
        result.findings += [_located(path, each) for each in found]
        result.findings.sort(key=lambda found: (found.line, found.column))


def _located(path: str, found: InDocument) -> Located:
    line, column, *cell = found.place
    return Located(path, line, column, found.rule or SKIPPED, found.message, found.needs_person, *cell)


def _column(line: str, offset: int) -> int:
    """Return the column, from 1 and in characters, of the byte `offset` of a line."""
    return len(line.encode()[:offset].decode(errors="replace")) + 1
