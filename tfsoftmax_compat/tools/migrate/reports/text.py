"""Print text for a person: one line for each finding, and the changes as diffs."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tfsoftmax_compat.tools.diffs import diff
from tfsoftmax_compat.tools.migrate.files import FileResult, Located
from tfsoftmax_compat.tools.migrate.reports import Task
from tfsoftmax_compat.tools.printable import printable_line


def write(results: Iterable[FileResult], task: Task) -> None:
    """Print each change, and each finding that a person has to look at."""
    # A diff can be piped into `patch`, so that findings beside it go to standard error.
    stream = sys.stderr if task.shows_change else sys.stdout
    for result in results:
        if task.shows_change and result.after != result.before:
            change = diff(result.path, result.before, result.after)
            sys.stdout.write(f"{printable_line(result.path)}: written\n" if task.writes else change)
        for finding in filter(task.is_open, result.findings):
            print(_line(finding), file=stream)


def _line(finding: Located) -> str:
    """Return ``path:line:column: RULE message``, and for a notebook the cell with the line in it."""
    where = f"{finding.path}:{finding.line}"
    if finding.cell is not None:
        where = f"{finding.path}:cell {finding.cell}:{finding.line_in_cell}"
    return printable_line(f"{where}:{finding.column}: {finding.rule} {finding.message}")
