"""``tfsoftmax-compat check`` and ``tfsoftmax-compat migrate``.

What these need is imported when they run, so that ``--help`` is fast.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tfsoftmax_compat.tools import options
from tfsoftmax_compat.tools.migrate import reports

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.files import FileResult

_CORES = os.cpu_count() or 1
_SECONDS_IN_ONE_PROCESS = 0.3  # what takes less than this is done before other processes have started


def add_parsers(subparsers: Any) -> None:
    """Add the two commands to what `argparse.ArgumentParser.add_subparsers` returned.

    Each sets `run`, a function that takes the parsed arguments and returns the exit status.
    """
    check = subparsers.add_parser(
        "check",
        help="list softmax calls whose meaning changed in TF2",
        description="List softmax calls whose meaning changed in TF2. Exit status: 0: none, 1: some, 2: wrong usage.",
    )
    migrate = subparsers.add_parser(
        "migrate",
        help="rewrite these calls so that they compute the same as in TF1",
        description="Show, or write, the changes that keep the meaning of TF1. Exit status: 0: done, 1: a person has "
        "to decide something, 2: wrong usage.",
    )
    migrate.add_argument(
        "--to",
        choices=("shim", "native"),
        default="shim",
        help="shim: functions of tfsoftmax_compat, for TF1 and TF2; native: plain TF2 (default: shim)",
    )
    migrate.add_argument("--write", action="store_true", help="write the files instead of showing the changes")
    for parser, run in ((check, run_check), (migrate, run_migrate)):
        parser.add_argument("paths", metavar="PATH", nargs="*", default=["."], help="files and folders (default: .)")
        parser.add_argument("--format", choices=reports.names(), default="text", help="report format (default: text)")
        parser.add_argument(
            "--jobs",
            type=options.count,
            default=_CORES,
            metavar="N",
            help="number of processes (default: one per core)",
        )
        parser.set_defaults(run=run)


def run_check(arguments: argparse.Namespace) -> int:
    """List the findings, and return the exit status."""
    return _run(arguments, "shim", reports.Task(shows_change=False, writes=False))


def run_migrate(arguments: argparse.Namespace) -> int:
    """Show or write the changes, list what a person has to decide, and return the exit status."""
    return _run(arguments, arguments.to, reports.Task(shows_change=True, writes=arguments.write))


def _run(arguments: argparse.Namespace, target: str, task: reports.Task) -> int:
    missing = [path for path in arguments.paths if not os.path.exists(path)]
    if missing:
        print(f"tfsoftmax-compat: no such file or folder: {', '.join(missing)}", file=sys.stderr)
        return 2
    status = 0

    def watched(results: Iterator[FileResult]) -> Iterator[FileResult]:
        nonlocal status
        for result in results:
            if any(map(task.is_open, result.findings)):
                status = 1
            yield result

    results = watched(_results(arguments.paths, target, task, arguments.jobs))
    reports.report(arguments.format).write(results, task)
    return status


def _results(paths: list[str], target: str, task: reports.Task, jobs: int) -> Iterator[FileResult]:
    from tfsoftmax_compat.tools.files import find_files
    from tfsoftmax_compat.tools.migrate.files import SUFFIXES, process, unreadable

    work = functools.partial(process, target=target, edit=task.shows_change, write=task.writes)
    not_searched: list[OSError] = []
    files = find_files(paths, SUFFIXES, on_error=not_searched.append)
    start = time.monotonic()
    for path in files:
        result = work(path)
        if result:
            yield result
        if jobs > 1 and time.monotonic() - start > _SECONDS_IN_ONE_PROCESS:
            break
    rest = list(files)
    if rest:
        from multiprocessing import Pool

        with Pool(min(jobs, len(rest))) as pool:
            yield from filter(None, pool.imap(work, rest, chunksize=4))
    for error in not_searched:
        yield unreadable(error.filename, error)
