"""Show the change of a file."""

from __future__ import annotations

import difflib

from tfsoftmax_compat.tools.migrate.files import FileResult


def diff(result: FileResult) -> str:
    """Return the change of one file, as a unified diff that `patch` accepts."""
    before, after = result.before.splitlines(True), result.after.splitlines(True)
    lines = []
    for line in difflib.unified_diff(before, after, f"a/{result.path}", f"b/{result.path}"):
        lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)
