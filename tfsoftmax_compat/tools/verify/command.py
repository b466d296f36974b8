"""``tfsoftmax-compat verify``.

What it needs is imported when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from tfsoftmax_compat._runtime.files import write_atomically
from tfsoftmax_compat.tools import options
from tfsoftmax_compat.tools.patterns import excludes_none
from tfsoftmax_compat.tools.verify import options as verify_options
from tfsoftmax_compat.tools.verify import reports
from tfsoftmax_compat.tools.verify.accepting import options as accepting
from tfsoftmax_compat.tools.verify.choices import (
    BAD,
    GOOD,
    USAGE,
    UsageError,
    documents_of,
    interpreters_of,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.documents import Document
    from tfsoftmax_compat.tools.verify.results import Result


def add_parser(subparsers: Any) -> None:
    """Add the command to what `argparse.ArgumentParser.add_subparsers` returned.

    It sets `run`, a function that takes the parsed arguments and returns the exit status.
    """
    parser = subparsers.add_parser(
        "verify",
        help="run documented examples and judge the numbers they print",
        description="Run the documented examples of Markdown, reStructuredText, notebooks, HTML, docstrings and plain "
        "text, in graph and in eager mode, and judge every number they print. This runs the documents' code. Exit "
        "status: 0 all good, 1 something failed, 2 wrong usage.",
    )
    verify_options.add_options(parser.add_argument)
    options.add_show_config(parser)
    parser.set_defaults(run=run, parser=parser, sections=["verify"], configured=verify_options.CONFIGURED)


def run(arguments: argparse.Namespace) -> int:
    """Verify, and report."""
    from tfsoftmax_compat.tools.documents import DocumentError
    from tfsoftmax_compat.tools.verify.interpreter import ArchiveError
    from tfsoftmax_compat.tools.verify.isolation import IsolationError

    try:
        wrong = accepting.wrong_usage(arguments)
        if wrong:
            raise UsageError(wrong)
        if arguments.bisect or arguments.watch:
            return _other_command(arguments)
        documents, unreadable = documents_of(arguments.paths, excludes_none(arguments.exclude), arguments.shard)
        for unread in unreadable:
            say(str(unread))
        if unreadable and not documents:
            return USAGE
        if arguments.list:
            _list(documents, arguments)
            return BAD if unreadable else GOOD
        if arguments.shard and not documents:
            say("--shard {}/{}: there are fewer documents than parts".format(*arguments.shard))
            return GOOD
        empty = _named_without_output(documents, arguments.paths)
        _check_output(arguments.output)
        pythons, not_made = interpreters_of(arguments)
        data = _contents(documents) if arguments.accept or arguments.diff else {}
        results, not_started = _verified(documents, pythons, arguments)
        not_run = [*not_made, *not_started]
        for error in not_run:
            is_own = not (arguments.tf or arguments.python or isinstance(error, ArchiveError))
            say(f"{error}; `--tf 2.21` makes one that has it" if is_own else str(error))
        if not_run and not results:
            return USAGE
        if arguments.output or not arguments.diff:
            _report(results, documents, arguments.format, arguments.output)
        would_change = False
        if arguments.accept or arguments.diff:
            if not_run:
                raise UsageError("nothing is accepted, for not all interpreters could run the examples")
            results, would_change = _accepted(documents, data, results, pythons, arguments)
    except (DocumentError, IsolationError, UsageError) as error:
        say(str(error))
        return USAGE
    for path in empty:
        say(f"{path}: no documented output was found in it; `--list` shows what was read")
    is_bad = unreadable or empty or not_run or (would_change and not arguments.accept)
    return GOOD if _all_good(results, arguments.strict) and not is_bad else BAD


def _other_command(arguments: argparse.Namespace) -> int:
    """Carry out an option that makes another command of this one."""
    if arguments.bisect:
        from tfsoftmax_compat.tools.verify.bisecting import command as bisecting

        return bisecting.run(arguments)
    from tfsoftmax_compat.tools.verify import watching

    return watching.run(arguments)


def _named_without_output(documents: Sequence[Document], paths: Sequence[str]) -> list[str]:
    """The files named on the command line in which there is nothing to verify; folders may hold such files."""
    from tfsoftmax_compat.tools.verify.account import without_output

    return [path for path in without_output(documents) if path in paths]


def _list(documents: Sequence[Document], arguments: argparse.Namespace) -> None:
    """Show what would run, and what would not be verified."""
    from tfsoftmax_compat.tools.verify import listing

    if arguments.format not in listing.FORMATS:
        raise UsageError(f"--list writes text or JSON, not {arguments.format}: give --format text or --format json")
    _check_output(arguments.output)
    _write(lambda file: listing.write(documents, arguments.format, file), arguments.output)


def _check_output(output: str | None) -> None:
    """Before anything runs, for the results would be lost."""
    if output is None:
        return
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        raise UsageError(f"--output {output}: there is no folder {folder}")
    if os.path.isdir(output):
        raise UsageError(f"--output {output}: it is a folder")
    if not os.access(folder, os.W_OK):
        raise UsageError(f"--output {output}: no file can be written in {folder}")


def _verified(
    documents: Sequence[Document], pythons: Sequence[str], arguments: argparse.Namespace
) -> tuple[list[Result], list[Exception]]:
    """The results, and why some interpreters have none."""
    from tfsoftmax_compat.tools.verify.account import without_output
    from tfsoftmax_compat.tools.verify.verification import verify

    settings = settings_of(arguments)
    not_started: list[Exception] = []
    empty = set(without_output(documents))
    documents = [document for document in documents if document.path not in empty]
    with _progress(len(documents) * len(pythons)) as advance:
        return verify(documents, pythons, settings, advance, not_started.append), not_started


def _contents(documents: Sequence[Document]) -> dict[str, bytes]:
    """The contents of documents, which their examples may change."""
    from tfsoftmax_compat.tools.verify.accepting.documents import contents_of

    return contents_of(documents)


def _accepted(
    documents: Sequence[Document],
    data: Mapping[str, bytes],
    results: Sequence[Result],
    pythons: Sequence[str],
    arguments: argparse.Namespace,
) -> tuple[list[Result], bool]:
    """Take over outputs; see `accept`."""
    from tfsoftmax_compat.tools.verify.accepting.command import accept

    exact = argparse.Namespace(**{**vars(arguments), "max_ulp": 0.0})

    def verify_again(changed: Sequence[Document]) -> list[Result]:
        found, not_started = _verified(changed, pythons, exact)
        if not_started:
            raise UsageError(f"nothing is accepted: {not_started[0]}")
        return found

    sys.stdout.flush()  # in a pipe, what follows would come before it
    return accept(documents, data, results, arguments, verify_again)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, none in a pipe. Gives the function that takes it one step on."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    from rich.progress import Progress

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("verifying", total=total)
        yield lambda: progress.advance(task)


def _report(results: Sequence[Result], documents: Sequence[Document], report_format: str, output: str | None) -> None:
    report = reports.named(report_format)
    _write(lambda file: report.write(results, documents, file), output)


def _write(write: Callable[[TextIO], None], output: str | None) -> None:
    """Write to a file, completely or not at all, or to standard output."""
    if output is None:
        write(sys.stdout)
        return
    written = io.StringIO()
    write(written)
    try:
        write_atomically(output, written.getvalue().encode())
    except OSError as error:
        raise UsageError(f"--output {output}: can't be written: {error.strerror}") from error


def _all_good(results: Sequence[Result], strict: bool) -> bool:
    """Whether something passed and nothing failed; if strict, whether every documented output passed too."""
    from tfsoftmax_compat.tools.verify.account import not_verified
    from tfsoftmax_compat.tools.verify.results import FAILED, PASSED

    if any(result.status in FAILED for result in results):
        return False
    return any(result.status in PASSED for result in results) and not (strict and any(not_verified(results)))
