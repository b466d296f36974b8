"""Find, read, migrate and write files, without changing anything else about them."""

from __future__ import annotations

import functools
import os
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tfsoftmax_compat.tools import faults
from tfsoftmax_compat.tools.contents import PYTHON, UnreadableError, decoded, is_python, read_bytes
from tfsoftmax_compat.tools.documents import reading
from tfsoftmax_compat.tools.migrate.policy import ALL_RULES, SKIPPED, Policy
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned
from tfsoftmax_compat.tools.writing import NotWrittenError, replace_content

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.documents import InDocument

DOCUMENTS = reading.SUFFIXES
SUFFIXES = (*PYTHON, *(suffix for suffix in DOCUMENTS if suffix not in PYTHON))


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
    """The result for one file.

    Attributes:
      path: the file.
      before: its text.
      after: its text with the changes.
      findings: what was found.
      encoding: its encoding.
      style: what it was written for, as in `source.Migrated`.
    """

    path: str
    before: str = ""
    after: str = ""
    findings: list[Located] = field(default_factory=list)
    encoding: str = "utf-8"
    style: str = ""


def process(
    path: str,
    target: str,
    edit: bool,
    write: bool,
    policy: Policy = ALL_RULES,
    folders: Sequence[str] = (os.sep,),
) -> FileResult | None:
    """Migrate one file.

    Args:
      path: the file.
      target: "shim" or "native".
      edit: whether to change the text, or only to report.
      write: whether to write the changed file.
      policy: what the options say about the rules.
      folders: where files may be written, from `writing.folders_of`.

    Returns:
      The result; None if there is nothing to find. A file that cannot be read or changed has one finding, which says
      why. So has a file for which the tool fails in a way that nobody thought of.
    """
    policy = policy.of_file(path)
    try:
        result = _processed(path, target, edit, policy)
        if result and write and result.after != result.before:
            before, after = (text.encode(result.encoding) for text in (result.before, result.after))
            replace_content(path, before, after, folders)
    except OSError as error:
        result = unreadable(path, error)
    except (UnreadableError, NotWrittenError, ValueError, SyntaxError, RecursionError, tokenize.TokenError) as error:
        result = _skipped(path, str(error))
    except ModuleNotFoundError:  # of what all files need
        raise
    except Exception as error:
        result = _skipped(path, faults.described(error))
    if result:
        result.findings = [finding for finding in result.findings if policy.reports(finding.rule)]
    return result


def _processed(path: str, target: str, edit: bool, policy: Policy) -> FileResult | None:
    if not _has_suffix(path, SUFFIXES):
        return _skipped(path, f"files with this suffix are not read; these are: {', '.join(SUFFIXES)}")
    data = read_bytes(path)
    if not is_concerned(data):
        return None
    text, encoding = decoded(path, data)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    result = FileResult(path, text, encoding=encoding)
    _migrate(result, text.removeprefix(mark), target, edit, policy)
    result.after = mark + result.after
    return result


def unreadable(path: str, error: OSError) -> FileResult:
    """Return the result for a file or a folder that cannot be read."""
    return _skipped(path, f"can't be read: {error.strerror}")


def lost(path: str) -> FileResult:
    """Return the result for a file at which the process ended that read it."""
    return _skipped(path, "the process that read it was ended, perhaps because memory ran out")


def _skipped(path: str, reason: str) -> FileResult:
    return FileResult(path, findings=[Located(path, 1, 1, SKIPPED, f"skipped: {reason}", True)])


def _has_suffix(path: str, suffixes: tuple[str, ...]) -> bool:
    return os.path.splitext(path)[1].lower() in suffixes


def _migrate(result: FileResult, text: str, target: str, edit: bool, policy: Policy) -> None:
    """Migrate a module, and the code in documents: docstrings too."""
    # What is needed is imported here: files without anything to find need none of it.
    path = result.path
    in_python = is_python(path)
    result.after = text
    if in_python:
        from tfsoftmax_compat.tools.migrate.siblings import may_be_imported, others_of
        from tfsoftmax_compat.tools.migrate.source import migrate_source
        from tfsoftmax_compat.tools.migrate.styles import package_of
        from tfsoftmax_compat.tools.migrate.wrapping import wrapped

        migrate = functools.partial(
            migrate_source,
            target=target,
            policy=policy,
            of_package=package_of(path),
            may_be_imported=functools.partial(may_be_imported, path),
            others=others_of(path),
        )
        migrated = migrate(text, edit=edit)
        result.after, result.style = wrapped(text, migrated.text), migrated.style
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        result.findings = [
            Located(path, f.line, _column(lines[f.line - 1], f.column), f.rule, f.message, f.needs_person)
            for f in migrated.findings
        ]
    if _has_suffix(path, DOCUMENTS):
        from tfsoftmax_compat.tools.migrate.documents import migrate_document

        changed, found = migrate_document(path, text, target, edit, policy)
        if changed != text:  # the change of a module's code is the same, whatever its docstrings are
            result.after = changed
            if in_python:
                result.after = wrapped(text, migrate(changed).text)
        result.findings += [_located(path, each) for each in found]
        result.findings.sort(key=lambda found: (found.line, found.column))


def _located(path: str, found: InDocument) -> Located:
    line, column, *cell = found.place
    return Located(path, line, column, found.rule or SKIPPED, found.message, found.needs_person, *cell)


def _column(line: str, offset: int) -> int:
    """Return the column, from 1 and in characters, of the byte `offset` of a line."""
    return len(line.encode()[:offset].decode(errors="replace")) + 1
