"""Print GitHub's workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from tfsoftmax_compat.tools.annotations import annotation
from tfsoftmax_compat.tools.migrate.files import FileResult
from tfsoftmax_compat.tools.migrate.reports import Task


def write(results: Iterable[FileResult], task: Task) -> None:
    """Print an annotation for each finding that a person has to look at."""
    for result in results:
        for finding in filter(task.is_open, result.findings):
            level = "error" if finding.needs_person else "warning"
            print(annotation(level, finding.path, finding.line, finding.rule, finding.message, finding.column))
