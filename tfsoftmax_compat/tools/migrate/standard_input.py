"""Migrate what standard input has, as editors pass it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.files import FileResult


def process_standard_input(name: str, work: Callable[[str], FileResult | None]) -> tuple[FileResult | None, bytes]:
    """Process standard input as if it was a file.

    Args:
      name: the name to report; its suffix says what the input is.
      work: processes the file that it gets the path of, and may change it.

    Returns:
      What `work` returns, with `name` in place of the path; and what the file has then.
    """
    suffix = os.path.splitext(name)[1] or ".py"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"input{suffix}")
        with open(path, "wb") as file:
            file.write(sys.stdin.buffer.read())
        result = work(path)
        with open(path, "rb") as file:
            after = file.read()
    if result is not None:
        result.path = name
        result.findings = [replace(finding, path=name) for finding in result.findings]
    return result, after
