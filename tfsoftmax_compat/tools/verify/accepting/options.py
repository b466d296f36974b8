"""The options ``--accept``, ``--diff`` and ``--only`` of ``verify``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add_options(add: Callable[..., Any]) -> None:
    """Add the options, by `argparse.ArgumentParser.add_argument`."""
    add(
        "--accept",
        action="store_true",
        help="rewrite the documented outputs that drifted or failed with what the examples print, in the place and "
        "style in which they are written, and list those that were not accepted. Errors, timeouts, skipped examples "
        "and outputs that change from run to run are never accepted, nor are outputs on which several releases or "
        "modes differ. The exit status is that of the documents afterwards",
    )
    add(
        "--diff",
        action="store_true",
        help="show what --accept changes as a unified diff instead of the report; without --accept nothing is written, "
        "and the exit status is 1 if anything would change",
    )
    add("--only", choices=("drift", "fail"), help="with --accept or --diff: take over only drifts, or only failures")


def wrong_usage(arguments: argparse.Namespace) -> str | None:
    """Return what is wrong about the options in a sentence, or None."""
    if not (arguments.accept or arguments.diff):
        return "--only says what --accept or --diff take over: give one of them too" if arguments.only else None
    option = "--accept" if arguments.accept else "--diff"
    if arguments.list:
        return f"{option} needs the outputs of the examples, and --list runs none"
    if not arguments.paths:
        return f"{option} needs the path of a document: the document of this package is not rewritten"
    if arguments.diff and arguments.format != "text" and not arguments.output:
        return "--diff writes to standard output: with --format, name a file for the report with --output"
    return None
