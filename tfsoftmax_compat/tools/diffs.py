"""Show the change of a file."""

from __future__ import annotations

import difflib


def diff(path: str, before: str, after: str) -> str:
    """Return the change of one file, as a unified diff that `patch` accepts.

    Args:
      path: the file.
      before: its text.
      after: its new text.
    """
    lines = []
    for line in difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{path}", f"b/{path}"):
        lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)
