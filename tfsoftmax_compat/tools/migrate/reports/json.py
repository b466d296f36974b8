"""Print a JSON object with a list of files, each of them as soon as it is known."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from tfsoftmax_compat.tools.diffs import diff
from tfsoftmax_compat.tools.migrate.files import FileResult, Located
from tfsoftmax_compat.tools.migrate.reports import Task


def write(results: Iterable[FileResult], task: Task) -> None:
    """Print all findings, and the diffs of the files if the task changes them."""
    sys.stdout.write('{"files": [')
    separator = "\n"
    for result in results:
        entry: dict[str, Any] = {"path": result.path, "findings": [_plain(finding) for finding in result.findings]}
        if task.shows_change:
            entry["diff"] = diff(result.path, result.before, result.after)
        sys.stdout.write(separator + json.dumps(entry))
        separator = ",\n"
    sys.stdout.write("\n]}\n")


def _plain(finding: Located) -> dict[str, Any]:
    return {name: value for name, value in vars(finding).items() if value is not None and name != "path"}
