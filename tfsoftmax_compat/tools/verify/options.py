"""The options of ``verify``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any

from tfsoftmax_compat._runtime.tolerance import MAX_ULP
from tfsoftmax_compat.tools import options
from tfsoftmax_compat.tools.patterns import pattern
from tfsoftmax_compat.tools.verify import reports
from tfsoftmax_compat.tools.verify.accepting import options as accepting
from tfsoftmax_compat.tools.verify.settings import MODES

# The options that a configuration file may set.
CONFIGURED = ["paths", "exclude", "tf", "python", "mode", "max-ulp", "timeout", "jobs", "errors", "isolate", "strict"]
CONFIGURED += ["format"]


def add_options(add: Callable[..., Any]) -> None:
    """Add the options, by `argparse.ArgumentParser.add_argument`."""
    add(
        "paths",
        metavar="PATH",
        nargs="*",
        help="documents, and folders to search for documents (default: a document that comes with this package)",
    )
    add(
        "--exclude",
        action="append",
        type=pattern,
        default=[],
        metavar="PATTERN",
        help="documents and folders to leave out, as a line of .gitignore in the current folder; may be repeated",
    )
    add(
        "--shard",
        type=options.shard,
        metavar="K/N",
        help="verify only the K-th of N parts of the documents, to spread them over N machines",
    )
    add(
        "--tf",
        metavar="VERSION",
        action="append",
        type=_releases,
        default=[],
        help="TensorFlow releases to run the examples with: 1.15, or 1.15,2.21, 1.13..2.21, all, latest or nightly; uv "
        "installs each into an environment, which is kept. May be repeated",
    )
    add(
        "--bisect",
        metavar="DOCUMENT[:LINE]",
        help="find the releases between which the outputs of a document, or of the example at a line, moved, and say "
        "why; --tf names the releases to search (default: all)",
    )
    add(
        "--python",
        metavar="EXE",
        action="append",
        default=[],
        help="a Python interpreter to run the examples with; it needs TensorFlow 1.5 or later. May be repeated "
        "(default: the interpreter that runs this command, unless --tf is given)",
    )
    add(
        "--mode",
        choices=tuple(MODES),
        default="auto",
        help="the mode to run them in; auto: the modes that each document was written for (default: auto)",
    )
    add(
        "--max-ulp",
        type=options.not_negative,
        default=MAX_ULP,
        metavar="N",
        help="the largest difference that is a drift and not a failure, in float32 ULP (default: %(default)g)",
    )
    add("--exact", dest="max_ulp", action="store_const", const=0.0, help="count any drift as a failure: --max-ulp 0")
    add(
        "--timeout",
        type=options.positive,
        default=60.0,
        metavar="SECONDS",
        help="time limit per example (default: %(default)g)",
    )
    add(
        "--jobs",
        type=options.count,
        default=os.cpu_count() or 1,
        metavar="N",
        help="number of runs at the same time (default: one per core)",
    )
    add(
        "--errors",
        choices=("message", "type"),
        default="message",
        help="what a documented error is compared by: its type and message, or its type (default: message)",
    )
    add(
        "--isolate",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="run the examples without network, and with only a temporary folder to write to; needs bubblewrap",
    )
    add(
        "--strict",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="fail if any documented output was not verified",
    )
    add("--format", choices=reports.names(), default="text", help="report format (default: text)")
    add("--output", metavar="FILE", help="file to write the report or the list to (default: standard output)")
    accepting.add_options(add)
    add("--list", action="store_true", help="list the examples that would run, as text or JSON, and run nothing")
    add(
        "--watch",
        action="store_true",
        help="verify the documents, and then each one again as soon as it is saved, until Ctrl-C",
    )


def _releases(text: str) -> tuple[str, ...]:
    """The releases that a value of ``--tf`` names, for `argparse`."""
    from tfsoftmax_compat.tools.verify.releases import releases_named

    try:
        return tuple(releases_named(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
