"""``tfsoftmax-compat check`` and ``tfsoftmax-compat migrate``.

What these need is imported when they run, so that ``--help`` is fast.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tfsoftmax_compat.tools import options
from tfsoftmax_compat.tools.migrate import reports, rule_options
from tfsoftmax_compat.tools.patterns import pattern

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.files import FileResult
    from tfsoftmax_compat.tools.migrate.summary import Summary

_CORES = os.cpu_count() or 1
_SECONDS_IN_ONE_PROCESS = 0.3  # what takes less than this is done before other processes have started
_STANDARD_INPUT = "-"
_USAGE = 2
# The options that a configuration file may set.
_CONFIGURED = ["paths", "exclude", "select", "ignore", "per-file-ignores", "from", "format", "jobs"]


class _UsageError(Exception):
    """The options, or the files that they name, cannot be used."""


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
    what = migrate.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="write the files instead of showing the changes")
    what.add_argument("--check", action="store_true", help="write nothing; exit status 1 if something would change")
    for parser, run in ((check, run_check), (migrate, run_migrate)):
        _add_files(parser)
        _add_rules(parser)
        _add_report(parser)
        options.add_show_config(parser)
        parser.set_defaults(run=run)
    check.set_defaults(parser=check, sections=["check"], configured=_CONFIGURED)
    migrate.set_defaults(parser=migrate, sections=["check", "migrate"], configured=[*_CONFIGURED, "to"])


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        default=["."],
        help="files and folders, or - for standard input (default: .)",
    )
    parser.add_argument(
        "--exclude",
        action="append",
        type=pattern,
        default=[],
        metavar="PATTERN",
        help="files and folders to leave out, as a line of .gitignore in the current folder; may be repeated",
    )
    parser.add_argument(
        "--stdin-filename",
        default=_STANDARD_INPUT,
        metavar="NAME",
        help="the name of standard input in reports; its suffix says what the input is (default: Python)",
    )
    parser.add_argument(
        "--jobs", type=options.count, default=_CORES, metavar="N", help="number of processes (default: one per core)"
    )


def _add_rules(parser: argparse.ArgumentParser) -> None:
    for option, what in (("--select", "rules to report"), ("--ignore", "rules not to report")):
        parser.add_argument(
            option,
            action="append",
            type=rule_options.beginnings,
            default=[],
            metavar="RULES",
            help=f"{what}, or the beginnings of their names, separated by commas; may be repeated",
        )
    parser.add_argument(
        "--per-file-ignores",
        action="append",
        type=rule_options.per_file,
        default=[],
        metavar="PATTERN:RULES",
        help="rules not to report in files, which are named as for --exclude; may be repeated",
    )
    parser.add_argument(
        "--from",
        dest="written_for",
        choices=("tf1", "tf2", "auto"),
        default="auto",
        help="what the code was written for; auto: TF2 if it uses names that only TF2 has, and none that only TF1 has "
        "(default: auto)",
    )
    parser.add_argument("--explain", metavar="RULE", help="print what a rule is about, and exit")
    parser.add_argument("--list-rules", action="store_true", help="print all rules, and exit")


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=reports.names(), default="text", help="report format (default: text)")
    parser.add_argument("--output", metavar="FILE", help="write the report to FILE instead of standard output")
    parser.add_argument("--statistics", action="store_true", help="print the number of findings of each rule")
    parser.add_argument("--quiet", action="store_true", help="print no summary")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever was found")


def run_check(arguments: argparse.Namespace) -> int:
    """List the findings, and return the exit status."""
    return _run(arguments, "shim", reports.Task(shows_change=False, writes=False))


def run_migrate(arguments: argparse.Namespace) -> int:
    """Show or write the changes, list what a person has to decide, and return the exit status."""
    return _run(arguments, arguments.to, reports.Task(shows_change=True, writes=arguments.write))


def _run(arguments: argparse.Namespace, target: str, task: reports.Task) -> int:
    try:
        if arguments.list_rules or arguments.explain:
            sys.stdout.write(_described(arguments.explain))
            return 0
        return _run_on_files(arguments, target, task)
    except _UsageError as error:
        print(f"tfsoftmax-compat: {error}", file=sys.stderr)
        return _USAGE


def _described(rule: str | None) -> str:
    from tfsoftmax_compat.tools.migrate import explain

    text = explain.explanation(rule) if rule else explain.list_of_rules()
    if text is None:
        raise _UsageError(f"there is no rule {rule}; --list-rules prints all")
    return text


def _run_on_files(arguments: argparse.Namespace, target: str, task: reports.Task) -> int:
    from tfsoftmax_compat.tools.migrate.files import process
    from tfsoftmax_compat.tools.migrate.policy import Policy
    from tfsoftmax_compat.tools.migrate.summary import Summary
    from tfsoftmax_compat.tools.writing import folders_of

    select, ignore = (tuple(itertools.chain(*given)) for given in (arguments.select, arguments.ignore))
    policy = Policy(select, ignore, arguments.written_for, tuple(arguments.per_file_ignores))
    work = functools.partial(process, target=target, edit=task.shows_change, write=task.writes, policy=policy)
    summary = Summary(task)
    if _STANDARD_INPUT in arguments.paths:
        policy = policy.of_file(arguments.stdin_filename)
        _run_on_standard_input(arguments, functools.partial(work, policy=policy), summary)
    else:
        missing = [path for path in arguments.paths if not os.path.exists(path)]
        if missing:
            raise _UsageError(f"no such file or folder: {', '.join(missing)}")
        work = functools.partial(work, folders=folders_of(arguments.paths))
        _report(arguments, _results(arguments, work), summary)
    sys.stdout.flush()  # in a pipe, what follows would come before it
    if arguments.statistics:
        sys.stderr.write(summary.statistics())
    if not arguments.quiet:
        print(summary.sentence(), file=sys.stderr)
    would_change = getattr(arguments, "check", False) and summary.changed
    return int(bool(summary.open or would_change) and not arguments.exit_zero)


def _run_on_standard_input(
    arguments: argparse.Namespace, work: Callable[[str], FileResult | None], summary: Summary
) -> None:
    """Process standard input. With ``--write`` the text goes to standard output, changed or not."""
    from tfsoftmax_compat.tools.migrate.standard_input import process_standard_input

    if len(arguments.paths) > 1:
        raise _UsageError("- is standard input, and can't be combined with files")
    if summary.task.writes and (arguments.format != "text" or arguments.output):
        raise _UsageError("with --write and -, the changed text goes to standard output: no --format and no --output")
    result, after = process_standard_input(arguments.stdin_filename, work)
    results = iter([result] if result else [])
    if summary.task.writes:
        sys.stdout.buffer.write(after)
        with contextlib.redirect_stdout(io.StringIO()):  # findings go to standard error
            _report(arguments, results, summary)
    else:
        _report(arguments, results, summary)


def _report(arguments: argparse.Namespace, results: Iterator[FileResult], summary: Summary) -> None:
    """Print the results, or write them to a file, and count them."""

    def counted() -> Iterator[FileResult]:
        for result in results:
            summary.add(result)
            yield result

    report = reports.report(arguments.format)
    if not arguments.output:
        report.write(counted(), summary.task)
        return
    from tfsoftmax_compat._runtime.files import write_atomically

    with contextlib.redirect_stdout(io.StringIO()) as written:
        report.write(counted(), summary.task)
    try:
        write_atomically(arguments.output, written.getvalue().encode(errors="surrogateescape"))
    except OSError as error:
        raise _UsageError(f"--output {arguments.output}: can't be written: {error.strerror}") from error


def _results(arguments: argparse.Namespace, work: Callable[[str], FileResult | None]) -> Iterator[FileResult]:
    from tfsoftmax_compat.tools.files import find_files
    from tfsoftmax_compat.tools.migrate.files import SUFFIXES, unreadable
    from tfsoftmax_compat.tools.patterns import excludes_none

    not_searched: list[OSError] = []
    is_included = excludes_none(arguments.exclude)
    files = filter(is_included, find_files(arguments.paths, SUFFIXES, on_error=not_searched.append))
    start = time.monotonic()
    for path in files:
        result = work(path)
        if result:
            yield result
        if arguments.jobs > 1 and time.monotonic() - start > _SECONDS_IN_ONE_PROCESS:
            break
    rest = list(files)
    if rest:
        from tfsoftmax_compat.tools.migrate.processes import results_in_processes

        yield from filter(None, results_in_processes(work, rest, arguments.jobs))
    for error in not_searched:
        if is_included(error.filename):
            yield unreadable(error.filename, error)
