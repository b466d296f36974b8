"""The report of a verification, as a table for a person to read."""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tfsoftmax_compat.verify.judge import DRIFT, EQUAL, EXACT, FAIL, judge
from tfsoftmax_compat.verify.run import Environment
from tfsoftmax_compat.verify.verification import ERROR, Result

_STYLES = {EXACT: "green", EQUAL: "green", DRIFT: "yellow", FAIL: "bold red", ERROR: "bold red"}


def write_text(console: Console, environment: Environment, results: Sequence[Result]) -> None:
    """Print the table, a row for each line of output, and below it the causes and a summary.

    Args:
      console: where to print.
      environment: what the examples ran in.
      results: what to report.
    """
    console.print(_headline(environment))
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("example", no_wrap=True)
    table.add_column("mode", no_wrap=True)
    for name in ("documented", "measured"):
        table.add_column(name, no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("verdict", no_wrap=True)
    for result in results:
        _add_rows(table, result)
    console.print(table)
    for text, modes in _explanations(results).items():
        console.print(text.format(modes=", ".join(modes)), markup=False, highlight=False)
    counts = Counter(result.judgement.status for result in results)
    console.print(", ".join(f"{counts[status]} {status}" for status in _STYLES if counts[status]) or "no examples")


def _headline(environment: Environment) -> str:
    return (
        f"TensorFlow {environment.tensorflow} (oneDNN {'on' if environment.onednn else 'off'}), "
        f"NumPy {environment.numpy}, Python {environment.python}"
    )


def _place(result: Result) -> str:
    return f"{Path(result.example.document).name}:{result.example.line}"


def _add_rows(table: Table, result: Result) -> None:
    lines = list(zip_longest(result.example.documented.splitlines(), result.measured.splitlines(), fillvalue=""))
    for number, (documented, measured) in enumerate(lines):
        last = number == len(lines) - 1
        names = (_place(result), result.mode) if number == 0 else ("", "")
        table.add_row(
            *names, Text(documented), Text(measured), _verdict(result, documented, measured), end_section=last
        )


def _verdict(result: Result, documented: str, measured: str) -> Text:
    if result.judgement.status == ERROR:
        return Text(ERROR, _STYLES[ERROR])
    line = judge(documented, measured)
    distance = f" {line.ulp:.2g} ULP" if line.ulp else ""
    return Text(line.status + distance, _STYLES[line.status])


def _explanations(results: Sequence[Result]) -> dict[str, list[str]]:
    """What to say of the results that are not as documented, failures last: a text, and the modes it holds for."""
    found: dict[str, list[str]] = {}
    moved = [result for result in results if result.judgement.status not in (EXACT, EQUAL)]
    for result in sorted(moved, key=lambda result: result.judgement.status in (FAIL, ERROR)):
        lines = [f"{result.judgement.status}: {_place(result)} ({{modes}}): {_escaped(result.judgement.message)}"]
        if result.judgement.status == FAIL:
            lines += [f"    documented: {_indented(result.example.documented)}"]
            lines += [f"    measured:   {_indented(result.measured)}"]
        if result.cause:
            lines += [f"    cause: {result.cause}"]
        found.setdefault("\n".join(lines), []).append(result.mode)
    return found


def _indented(text: str) -> str:
    return _escaped(text.strip().replace("\n", "\n" + " " * 16))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
