"""``tfsoftmax-compat check`` and ``tfsoftmax-compat migrate``.

What these need is imported when they run, so that ``--help`` answers at once.
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

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.files import FileResult

FORMATS = ("text", "json", "sarif", "github")
_CORES = os.cpu_count() or 1
_JOBS = "processes at work, once there is much of it (default: one a core)"
_SECONDS_ALONE = 0.3  # what one process does first: starting others costs a good part of that


def add_parsers(subparsers: Any) -> None:
    """Add the two commands to what `argparse.ArgumentParser.add_subparsers` returned.

    Each sets `run`, a function that takes the parsed arguments and returns the exit status.
    """
    check = subparsers.add_parser(
        "check",
        help="list the softmax calls of TF1 that TF2 takes otherwise",
        description="List the softmax calls of TF1 that TF2 takes otherwise. Exit status: 0 none, 1 some, 2 wrong "
        "usage.",
    )
    migrate = subparsers.add_parser(
        "migrate",
        help="rewrite them without changing what they compute",
        description="Show, or write, the change that keeps TF1's meaning. Exit status: 0 all decided, 1 something "
        "needs a person, 2 wrong usage.",
    )
    migrate.add_argument(
        "--to",
        choices=("shim", "native"),
        default="shim",
        help="shim: tfsoftmax_compat's functions, for TF1 and TF2; native: plain TF2 (default: shim)",
    )
    migrate.add_argument("--write", action="store_true", help="write the files instead of showing the difference")
    for parser, run in ((check, run_check), (migrate, run_migrate)):
        parser.add_argument("paths", metavar="PATH", nargs="*", default=["."], help="files and folders (default: .)")
        parser.add_argument("--format", choices=FORMATS, default="text", help="of the report (default: text)")
        parser.add_argument("--jobs", type=options.count, default=_CORES, metavar="N", help=_JOBS)
        parser.set_defaults(run=run)


def run_check(arguments: argparse.Namespace) -> int:
    """List the findings."""
    return _run(arguments, "shim", write=False, shows_change=False)


def run_migrate(arguments: argparse.Namespace) -> int:
    """Show or write the changes, and list what needs a person."""
    return _run(arguments, arguments.to, arguments.write, shows_change=True)


def _run(arguments: argparse.Namespace, target: str, write: bool, shows_change: bool) -> int:
    from tfsoftmax_compat import __version__
    from tfsoftmax_compat.tools.migrate import report

    missing = [path for path in arguments.paths if not os.path.exists(path)]
    if missing:
        print("tfsoftmax-compat: no such file or folder: %s" % ", ".join(missing), file=sys.stderr)
        return 2
    status = 0

    def watched(results: Iterator[FileResult]) -> Iterator[FileResult]:
        nonlocal status
        for result in results:
            if result.error or any(f.needs_person or not shows_change for f in result.findings):
                status = 1
            yield result

    results = watched(_results(arguments.paths, target, shows_change, write, arguments.jobs))
    if arguments.format == "json":
        sys.stdout.writelines(report.as_json(results, with_diff=shows_change))
    elif arguments.format == "sarif":
        sys.stdout.write(report.as_sarif(results, __version__))
    else:
        line_of = report.text_line if arguments.format == "text" else report.github_line
        # A diff can be piped into `patch`, so what it leaves open is said on the other stream.
        stream = sys.stderr if shows_change and arguments.format == "text" else sys.stdout
        for result in results:
            if shows_change and arguments.format == "text" and result.after != result.before:
                sys.stdout.write("%s: written\n" % result.path if write else report.diff(result))
            for finding in report.errors(result) + result.findings:
                if finding.needs_person or not shows_change:
                    print(line_of(finding), file=stream)
    return status


def _results(paths: list[str], target: str, edit: bool, write: bool, jobs: int) -> Iterator[FileResult]:
    from tfsoftmax_compat.tools.files import find_files
    from tfsoftmax_compat.tools.migrate.files import SUFFIXES, process

    work = functools.partial(process, target=target, edit=edit, write=write)
    files = find_files(paths, SUFFIXES)
    start = time.monotonic()
    for path in files:
        result = work(path)
        if result:
            yield result
        if jobs > 1 and time.monotonic() - start > _SECONDS_ALONE:
            break
    rest = list(files)
    if rest:
        from multiprocessing import Pool

        with Pool(min(jobs, len(rest))) as pool:
            yield from filter(None, pool.imap(work, rest, chunksize=4))
