"""Files: found, read, migrated and written back without changing anything else about them."""

from __future__ import annotations

import tokenize
from dataclasses import dataclass, field

from tfsoftmax_compat._runtime.files import write_atomically

SUFFIXES = (".py", ".pyi", ".ipynb", ".md", ".markdown")


@dataclass(frozen=True)
class Located:
    """A finding in a file: `line` and `column` count from 1; in a notebook `cell` counts the code cells."""

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
    """What became of one file."""

    path: str
    before: str = ""
    after: str = ""
    findings: list[Located] = field(default_factory=list)
    error: str | None = None


def process(path: str, target: str, edit: bool, write: bool) -> FileResult | None:
    """Migrate one file, or only look if not `edit`, and write it if `write`; None where there is nothing to find."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return FileResult(path, error="can't be read: %s" % error.strerror)
    if b"softmax" not in data and b"cross_entropy_with_logits" not in data:  # nothing to find: not parsed
        return None
    result = FileResult(path)
    try:
        encoding = _encoding(path, data)
        result.before = data.decode(encoding)
        _migrate(result, target, edit)
        if write and result.after != result.before:
            write_atomically(path, result.after.encode(encoding))
    except UnicodeDecodeError as error:
        return FileResult(path, error="byte %d is not %s" % (error.start, error.encoding))
    except OSError as error:
        return FileResult(path, error="can't be written: %s" % error.strerror)
    except (ValueError, SyntaxError, RecursionError, tokenize.TokenError) as error:
        return FileResult(path, error=str(error))
    return result


def _encoding(path: str, data: bytes) -> str:
    """The encoding that gives the same bytes back; a byte order mark stays in the text."""
    if not path.endswith((".py", ".pyi")):
        return "utf-8"
    lines = iter(data.splitlines(True)[:2])
    encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _migrate(result: FileResult, target: str, edit: bool) -> None:
    # Here, and not above: files with nothing to find need none of it.
    if result.path.endswith((".ipynb", ".md", ".markdown")):
        if result.path.endswith(".ipynb"):
            from tfsoftmax_compat.tools.migrate.notebook import migrate_notebook as migrate_document
        else:
            from tfsoftmax_compat.tools.migrate.markdown import migrate_markdown as migrate_document
        result.after, located = migrate_document(result.before, target, edit)
        for cell, lines in located:
            for finding in cell.findings:
                line = lines[min(finding.line, len(lines)) - 1]
                column = _column(cell.text, finding.line, finding.column)
                where = (cell.number, finding.line) if result.path.endswith(".ipynb") else (None, None)
                result.findings.append(
                    Located(result.path, line, column, finding.rule, finding.message, finding.needs_person, *where)
                )
            if cell.problem:
                message = "this piece of code is left alone: %s" % cell.problem
                result.findings.append(Located(result.path, lines[0], 1, "TFS000", message, True))
        return
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
    """The column, from 1 and in characters, of the byte `offset` of a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines[line - 1].encode()[:offset].decode(errors="replace")) + 1
