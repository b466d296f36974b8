"""The results as tables and sentences, for people."""

import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tfsoftmax_compat.tools.documents import Document, Example
from tfsoftmax_compat.tools.printable import printable, printable_line
from tfsoftmax_compat.tools.verify.account import account
from tfsoftmax_compat.tools.verify.reports.findings import Finding, findings, label, unverified
from tfsoftmax_compat.tools.verify.reports.marks import marked
from tfsoftmax_compat.tools.verify.reports.order import counts_of, environments_of, in_order
from tfsoftmax_compat.tools.verify.reports.timeline import timelines
from tfsoftmax_compat.tools.verify.results import (
    DRIFT,
    EQUAL,
    ERROR,
    EXACT,
    FAIL,
    FAILED,
    SKIPPED,
    TIMEOUT,
    Environment,
    Result,
)

_STYLES = {
    EXACT: "green",
    EQUAL: "green",
    DRIFT: "yellow",
    SKIPPED: "dim",
    FAIL: "bold red",
    ERROR: "bold red",
    TIMEOUT: "bold red",
}
_PLACE_SHOWN = 36  # columns for the path and line of an example in a table that is 80 columns wide
_DOCUMENTED_SHOWN = 72  # columns for a documented output in a table of any width
_MARKED_SHOWN = 240  # columns of a line that differs
_ANY_WIDTH = 1_000_000  # columns
_ULP_SHOWN = 1e5  # about 1% of a number; beyond it the two numbers say more than their distance
_LINES_SHOWN = 5  # differing lines of one example
_REASONS_SHOWN = 10  # reasons for skipping


def write(results: Sequence[Result], documents: Sequence[Document], file: TextIO) -> None:
    """Write the report, in colour if `file` is a terminal that has colours.

    Lines are as long as what they say, for other programs that read them, unless `file` is a terminal, or the
    environment variable ``COLUMNS`` says how long they may be.
    """
    console = Console(file=file, width=None if file.isatty() or "COLUMNS" in os.environ else _ANY_WIDTH)
    print_report(console, results)
    for sentence in account(documents):
        _write_indented(console, 0, sentence)


def print_report(console: Console, results: Sequence[Result]) -> None:
    """Print a table, then the reasons for skipping, the drifts and failures with their causes, and a summary.

    With one environment the table has a row for each example. With several there is a table of the environments, and
    one of the examples with the releases that have the same verdict.

    Args:
      console: where to print. No line is wider than the console.
      results: what to report.
    """
    ordered = in_order(results)
    environments = environments_of(ordered)
    if len(environments) == 1:
        console.print(Text(_headline(environments[0])))
        console.print(_table_of_examples(ordered, console.width))
    elif environments:
        console.print(_table_of_environments(environments, ordered))
        console.print()
        console.print(_table_of_timelines(ordered, console.width))
        console.print()
    _write_skipped(console, ordered)
    for (status, cause), group in groupby(findings(ordered), key=lambda finding: (finding.status, finding.cause)):
        console.print(Text(printable(f"{status}: {cause}" if cause else status), _STYLES[status]))
        for finding in group:
            _write_finding(console, finding)
        console.print()
    _write_indented(console, 0, _summary(environments, ordered))


def _headline(environment: Environment) -> str:
    return (
        f"TensorFlow {environment.tensorflow}, NumPy {environment.numpy}, Python {environment.python}, "
        f"oneDNN {_on_or_off(environment)}"
    )


def _on_or_off(environment: Environment) -> str:
    return "on" if environment.onednn else "off"


def _table_of_examples(results: Sequence[Result], width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    table.expand = width < _ANY_WIDTH
    modes = list(dict.fromkeys(result.mode for result in results))
    table.add_column("example", no_wrap=True)
    for mode in modes:
        table.add_column(mode, no_wrap=True)
    most = None if table.expand else _DOCUMENTED_SHOWN
    table.add_column("documented", no_wrap=True, overflow="ellipsis", ratio=1, max_width=most)
    for example, group in groupby(results, key=lambda result: result.example):
        by_mode = {result.mode: _verdict(result) for result in group}
        documented = (example.documented or "").strip().partition("\n")
        table.add_row(
            Text(_shortened(_place(example), width)),
            *(by_mode.get(mode, Text()) for mode in modes),
            Text(printable(documented[0] + ("…" if documented[2] else ""))),
        )
    return table


def _table_of_environments(environments: Sequence[Environment], results: Sequence[Result]) -> Table:
    statuses = [status for status, count in counts_of(results).items() if count]
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("TensorFlow", "NumPy", "Python", "oneDNN"):
        table.add_column(name, no_wrap=True)
    for status in statuses:
        table.add_column(status, no_wrap=True, justify="right")
    for environment in environments:
        counts = counts_of([result for result in results if result.environment == environment])
        table.add_row(
            Text(label(environment)),
            environment.numpy,
            environment.python,
            _on_or_off(environment),
            *(Text(str(counts[status]), _STYLES[status]) if counts[status] else "" for status in statuses),
        )
    return table


def _table_of_timelines(results: Sequence[Result], width: int) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("example", no_wrap=True)
    table.add_column("verdicts", overflow="fold")
    for example, verdicts in timelines(results):
        table.add_row(Text(_shortened(_place(example), width)), Text(verdicts))
    return table


def _verdict(result: Result) -> Text:
    distance = f" {result.ulp:.2g} ULP" if result.status == DRIFT else ""
    return Text(result.status + distance, _STYLES[result.status])


def _place(example: Example) -> str:
    return printable_line(f"{example.document}:{example.line}")


def _shortened(place: str, width: int) -> str:
    most = max(_PLACE_SHOWN, width - 80 + _PLACE_SHOWN)
    return place if len(place) <= most else "…" + place[1 - most :]


def _write_skipped(console: Console, results: Iterable[Result]) -> None:
    reasons: dict[str, list[str]] = {}
    for result in results:
        if result.status == SKIPPED:
            reasons.setdefault(result.message, []).append(result.mode)
    by_count = sorted(reasons.items(), key=lambda reason: -len(reason[1]))
    for message, modes in by_count[:_REASONS_SHOWN]:
        _write_indented(console, 0, f"{len(modes)} skipped ({', '.join(dict.fromkeys(modes))}): {message}")
    if by_count[_REASONS_SHOWN:]:
        others = sum(len(modes) for _, modes in by_count[_REASONS_SHOWN:])
        _write_indented(console, 0, f"{others} skipped for other reasons")
    if reasons:
        console.print()


def _write_finding(console: Console, finding: Finding) -> None:
    distance = f" ({finding.ulp:.2g} ULP)" if 0 < finding.ulp < _ULP_SHOWN else ""
    _write_indented(console, 2, f"{_place(finding.example)}: {finding.message}{distance}")
    _write_indented(console, 4, finding.where)
    if finding.status == FAIL:
        _write_marked(console, finding)


def _write_marked(console: Console, finding: Finding) -> None:
    width = min(console.width, _MARKED_SHOWN) - len("    documented: ")
    lines = list(marked(finding.example.documented or "", finding.measured, max(width, 20)))
    for line in lines[:_LINES_SHOWN]:
        for name, text, style in (
            ("documented: ", line.documented, ""),
            ("measured:   ", line.measured, ""),
            ("            ", line.carets, _STYLES[FAIL]),
        ):
            console.print(Text("    " + name).append(text, style), no_wrap=True, overflow="crop")
    if len(lines) > _LINES_SHOWN:
        console.print(Text(f"    and {len(lines) - _LINES_SHOWN} more lines differ"))


def _write_indented(console: Console, indent: int, text: str) -> None:
    for line in Text(printable(text)).wrap(console, max(console.width - indent, 20)):
        line.rstrip()
        console.print(Text(" " * indent) + line)


def _summary(environments: Sequence[Environment], results: Sequence[Result]) -> str:
    if not results:
        return "no examples"
    examples = {result.example for result in results}
    failed = {result.example for result in results if result.status in FAILED}
    nowhere = unverified(results)
    said = f"{len(examples - failed) - len(nowhere)} of {_counted(len(examples), 'example')} passed"
    if nowhere:
        said += f", {len(nowhere)} skipped in every mode ({', '.join(map(_place, nowhere))})"
    counts = ", ".join(f"{count} {status}" for status, count in counts_of(results).items() if count)
    where = f" in {len(environments)} environments" if len(environments) > 1 else ""
    return f"{said}\n{_counted(len(results), 'result')}{where}: {counts}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"
