"""``tfsoftmax-compat verify``.

What it needs is imported when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any, TextIO

from tfsoftmax_compat._runtime.files import write_atomically
from tfsoftmax_compat._runtime.tolerance import MAX_ULP
from tfsoftmax_compat.tools import options
from tfsoftmax_compat.tools.patterns import excludes_none, pattern
from tfsoftmax_compat.tools.printable import printable_line
from tfsoftmax_compat.tools.verify import reports
from tfsoftmax_compat.tools.verify.accepting import options as accepting
from tfsoftmax_compat.tools.verify.settings import MODES, Settings

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.documents import Document, DocumentError
    from tfsoftmax_compat.tools.verify.results import Result

GOOD, BAD, USAGE = 0, 1, 2
_PACKAGED = "documented.md"
# The options that a configuration file may set.
_CONFIGURED = ["paths", "exclude", "tf", "python", "mode", "max-ulp", "timeout", "jobs", "errors", "isolate", "strict"]
_CONFIGURED += ["format"]


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
    add = parser.add_argument
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
    options.add_show_config(parser)
    parser.set_defaults(run=run, parser=parser, sections=["verify"], configured=_CONFIGURED)


def run(arguments: argparse.Namespace) -> int:
    """Verify, and report."""
    from tfsoftmax_compat.tools.documents import DocumentError
    from tfsoftmax_compat.tools.verify.interpreter import ArchiveError
    from tfsoftmax_compat.tools.verify.isolation import IsolationError

    try:
        wrong = accepting.wrong_usage(arguments)
        if wrong:
            raise _UsageError(wrong)
        if arguments.bisect:
            return _bisect(arguments)
        if arguments.watch:
            return _watch(arguments)
        documents, unreadable = _documents(arguments.paths, excludes_none(arguments.exclude), arguments.shard)
        for unread in unreadable:
            _say(str(unread))
        if unreadable and not documents:
            return USAGE
        if arguments.list:
            _list(documents, arguments)
            return BAD if unreadable else GOOD
        if arguments.shard and not documents:
            _say("--shard {}/{}: there are fewer documents than parts".format(*arguments.shard))
            return GOOD
        empty = _named_without_output(documents, arguments.paths)
        _check_output(arguments.output)
        pythons, not_made = _pythons(arguments)
        data = _contents(documents) if arguments.accept or arguments.diff else {}
        results, not_started = _verified(documents, pythons, arguments)
        not_run = [*not_made, *not_started]
        for error in not_run:
            is_own = not (arguments.tf or arguments.python or isinstance(error, ArchiveError))
            _say(f"{error}; `--tf 2.21` makes one that has it" if is_own else str(error))
        if not_run and not results:
            return USAGE
        if arguments.output or not arguments.diff:
            _report(results, documents, arguments.format, arguments.output)
        would_change = False
        if arguments.accept or arguments.diff:
            if not_run:
                raise _UsageError("nothing is accepted, for not all interpreters could run the examples")
            results, would_change = _accepted(documents, data, results, pythons, arguments)
    except (DocumentError, IsolationError, _UsageError) as error:
        _say(str(error))
        return USAGE
    for path in empty:
        _say(f"{path}: no documented output was found in it; `--list` shows what was read")
    is_bad = unreadable or empty or not_run or (would_change and not arguments.accept)
    return GOOD if _all_good(results, arguments.strict) and not is_bad else BAD


def _releases(text: str) -> tuple[str, ...]:
    """The releases that a value of ``--tf`` names, for `argparse`."""
    from tfsoftmax_compat.tools.verify.releases import releases_named

    try:
        return tuple(releases_named(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _say(sentence: str) -> None:
    print(f"tfsoftmax-compat: {printable_line(sentence)}", file=sys.stderr)


class _UsageError(Exception):
    pass


def _documents(
    paths: Sequence[str], is_included: Callable[[str], bool], shard: tuple[int, int] | None
) -> tuple[list[Document], list[DocumentError]]:
    """What was read of each document, and what is wrong with those that cannot be read."""
    from tfsoftmax_compat.tools.documents import Document, DocumentError, reading

    if not paths:
        with resources.as_file(resources.files("tfsoftmax_compat.tools.verify").joinpath(_PACKAGED)) as path:
            packaged = reading.read(str(path)).examples
            return [Document(_PACKAGED, [replace(example, document=_PACKAGED) for example in packaged])], []
    documents: list[Document] = []
    unreadable: list[DocumentError] = []

    def not_searched(error: OSError) -> None:
        if is_included(error.filename):
            unreadable.append(DocumentError(f"{error.filename}: can't be read: {error.strerror}"))

    included = filter(is_included, reading.documents_in(paths, not_searched))
    number, parts = shard or (1, 1)
    for document in itertools.islice(included, number - 1, None, parts):
        try:
            documents.append(reading.read(document))
        except DocumentError as error:
            unreadable.append(error)
    return documents, unreadable


def _named_without_output(documents: Sequence[Document], paths: Sequence[str]) -> list[str]:
    """The files named on the command line in which there is nothing to verify; folders may hold such files."""
    from tfsoftmax_compat.tools.verify.account import without_output

    return [path for path in without_output(documents) if path in paths]


def _list(documents: Sequence[Document], arguments: argparse.Namespace) -> None:
    """Show what would run, and what would not be verified."""
    from tfsoftmax_compat.tools.verify import listing

    if arguments.format not in listing.FORMATS:
        raise _UsageError(f"--list writes text or JSON, not {arguments.format}: give --format text or --format json")
    _check_output(arguments.output)
    _write(lambda file: listing.write(documents, arguments.format, file), arguments.output)


def _check_output(output: str | None) -> None:
    """Before anything runs, for the results would be lost."""
    if output is None:
        return
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        raise _UsageError(f"--output {output}: there is no folder {folder}")
    if os.path.isdir(output):
        raise _UsageError(f"--output {output}: it is a folder")
    if not os.access(folder, os.W_OK):
        raise _UsageError(f"--output {output}: no file can be written in {folder}")


def _pythons(arguments: argparse.Namespace) -> tuple[list[str], list[Exception]]:
    """The interpreters asked for, each once, and why some cannot be had.

    The environments of releases are made if they are not there yet.
    """
    made: list[str] = []
    not_made: list[Exception] = []
    if arguments.tf:
        from concurrent.futures import ThreadPoolExecutor

        from tfsoftmax_compat.tools.verify.environments import NoEnvironmentError, python_with
        from tfsoftmax_compat.tools.verify.releases import release_named

        names = list(dict.fromkeys(itertools.chain(*arguments.tf)))

        def making(name: str) -> None:
            _say(f"making the environment of TensorFlow {name}, {names.index(name) + 1} of {len(names)}")

        with ThreadPoolExecutor(arguments.jobs) as pool:  # each thread waits for uv
            for future in [pool.submit(python_with, release_named(name), making) for name in names]:
                try:
                    made.append(future.result())
                except NoEnvironmentError as error:
                    not_made.append(error)
    asked = list(dict.fromkeys(made + arguments.python))
    return asked or ([] if not_made else [sys.executable]), not_made


def _verified(
    documents: Sequence[Document], pythons: Sequence[str], arguments: argparse.Namespace
) -> tuple[list[Result], list[Exception]]:
    """The results, and why some interpreters have none."""
    from tfsoftmax_compat.tools.verify.account import without_output
    from tfsoftmax_compat.tools.verify.verification import verify

    settings = _settings(arguments)
    not_started: list[Exception] = []
    empty = set(without_output(documents))
    documents = [document for document in documents if document.path not in empty]
    with _progress(len(documents) * len(pythons)) as advance:
        return verify(documents, pythons, settings, advance, not_started.append), not_started


def _settings(arguments: argparse.Namespace) -> Settings:
    """How to verify."""
    from tfsoftmax_compat.tools.verify import isolation

    if arguments.isolate:
        isolation.check()
    return Settings(
        modes=MODES[arguments.mode],
        max_ulp=arguments.max_ulp,
        timeout=arguments.timeout,
        jobs=arguments.jobs,
        error_types_only=arguments.errors == "type",
        isolate=arguments.isolate,
    )


def _bisect(arguments: argparse.Namespace) -> int:
    """Find out between which releases the outputs of a document moved."""
    from tfsoftmax_compat.tools.verify.bisecting.command import BisectError, bisect
    from tfsoftmax_compat.tools.verify.releases import RELEASES

    def show(line: str) -> None:
        print(line, flush=True)

    def making(name: str) -> None:
        _say(f"making the environment of TensorFlow {name}")

    if arguments.paths or arguments.python or arguments.output or arguments.format != "text":
        raise _UsageError(
            "--bisect names the one document, runs releases, and prints text; it takes no other PATH, "
            "no --python, --output or --format"
        )
    releases = list(itertools.chain(*arguments.tf)) or list(RELEASES)
    try:
        return GOOD if bisect(arguments.bisect, releases, _settings(arguments), show, making) else BAD
    except BisectError as error:
        raise _UsageError(str(error)) from error


def _watch(arguments: argparse.Namespace) -> int:
    """Verify documents whenever they are saved."""
    from tfsoftmax_compat.tools.verify.interpreter import WorkerError
    from tfsoftmax_compat.tools.verify.watching import watched

    others = (arguments.list, arguments.accept, arguments.diff, arguments.shard, arguments.output)
    if not arguments.paths or any(others) or arguments.format != "text":
        raise _UsageError(
            "--watch needs the paths of documents or folders, and prints text; it takes no --list, --accept, --diff, "
            "--shard, --output or --format"
        )
    missing = [path for path in arguments.paths if not os.path.exists(path)]
    if missing:
        raise _UsageError(f"{missing[0]}: there is no such file or folder")
    pythons, not_made = _pythons(arguments)
    for error in not_made:
        _say(str(error))
    if not_made:
        return USAGE
    runs = watched(arguments.paths, excludes_none(arguments.exclude), pythons, _settings(arguments), _say)
    try:
        for documents, results in runs:
            if documents:
                _report(results, documents, "text", None)
                sys.stdout.flush()
            _say("watching; Ctrl-C ends it")
    except WorkerError as error:
        raise _UsageError(str(error)) from error
    except KeyboardInterrupt:
        return GOOD
    finally:
        runs.close()
    return GOOD


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
            raise _UsageError(f"nothing is accepted: {not_started[0]}")
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
        raise _UsageError(f"--output {output}: can't be written: {error.strerror}") from error


def _all_good(results: Sequence[Result], strict: bool) -> bool:
    """Whether something passed and nothing failed; if strict, whether every documented output passed too."""
    from tfsoftmax_compat.tools.verify.account import not_verified
    from tfsoftmax_compat.tools.verify.results import FAILED, PASSED

    if any(result.status in FAILED for result in results):
        return False
    return any(result.status in PASSED for result in results) and not (strict and any(not_verified(results)))
