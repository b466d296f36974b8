"""What becomes of each documented example, from what the examples of its document printed and raised."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tfsoftmax_compat.tools.documents import SCRIPT, Example
from tfsoftmax_compat.tools.documents.code import try_parse
from tfsoftmax_compat.tools.documents.names import CodeNames, may_change, names_of, undefined_name
from tfsoftmax_compat.tools.verify.comparison.errors import documents_error, without_stack
from tfsoftmax_compat.tools.verify.comparison.judge import judge, same_error
from tfsoftmax_compat.tools.verify.comparison.styles import shows_only_logs, without_print_operation
from tfsoftmax_compat.tools.verify.reasons import MADE_BY_SHELL, Told, needs_module
from tfsoftmax_compat.tools.verify.results import (
    DRIFT,
    EQUAL,
    ERROR,
    EXACT,
    FAIL,
    FAILED,
    PASSED,
    SKIPPED,
    TIMEOUT,
    Outcome,
    Result,
)
from tfsoftmax_compat.tools.verify.settings import Settings

_PREFERENCE = {EXACT: 0, EQUAL: 0, DRIFT: 0, FAIL: 1}  # a failure says more than an error that ended the program
_GRAPH_TENSOR = re.compile(r"\bTensor\(\"|<tf\.Tensor '")


@dataclass
class _Report:
    """Whether an error of the document is still to be reported; not due where it is none, or where a result says so."""

    is_due: bool


@dataclass(frozen=True)
class _Gap:
    """Code that did not define what it was to define.

    Attributes:
      line: the line of the document on which it starts.
      why: what happened to it, or to code that it depends on, in words.
      report: of the error behind it, which it shares with all code that depends on the same.
    """

    line: int
    why: str
    report: _Report


def judged(pairs: Sequence[tuple[Example, Outcome | None]], template: Result, settings: Settings) -> Iterator[Result]:
    """Yield the results of the documented examples of a document.

    An example that reads a name which an earlier one was to bind, and did not, is skipped, whatever it printed: the
    name may still have an older value. The error behind it is reported once, by the first example that it concerns.

    Args:
      pairs: the examples that were run, in order, with their outcomes; None for those that the document exempts.
      template: a result with the environment and the mode.
      settings: how to judge.
    """
    gaps: dict[tuple[str, str], _Gap] = {}
    unfinished: dict[tuple[str, str], _Gap] = {}  # by scope and name, the code that was to change what it holds
    objects: dict[str, set[str]] = defaultdict(set)  # by scope, the names that code has bound, and not to modules
    told = Told([example for example, _ in pairs])
    printed: dict[str, str] = defaultdict(str)  # by scope, since the last documented example
    seconds = 0.0  # since the last documented example
    for example, outcome in pairs:
        told.read(example)
        names = names_of(example.code)
        result = replace(template, example=example)
        if outcome is not None:
            result = replace(result, measured=outcome.output)
            seconds += outcome.seconds
        name, gap = _first_gap(example, names, outcome, gaps)
        is_late = gap is not None and outcome is not None and _needs_it_last(example, outcome, gaps)
        if outcome is None or outcome.skipped:
            condition = f"the document says {example.says.when}" if example.says.when else ""
            why = condition or outcome.skipped if outcome is not None and outcome.skipped else example.skip
            result = replace(result, status=SKIPPED, message=why)
        elif gap is not None and not told.undefined(example, outcome) and not (is_late and _raises(example, outcome)):
            result = _behind(gap, f"it uses `{name}`, which line {gap.line} did not define", result)
        else:
            result = _without_files(_of_example(result, outcome, told, settings), told)
            result = _of_program(result, outcome, printed[example.scope], settings)
            result = _of_changed(result, names, unfinished)
        if outcome is None or outcome.skipped or outcome.error is not None or gap is not None:
            told.read_unfinished(example)
        inherited = next(_all_unfinished(example.scope, names, unfinished), None)
        for each in names.binds:
            gaps.pop((example.scope, each), None)
            unfinished.pop((example.scope, each), None)
        if inherited is not None:  # what was computed from the name is not what it was to be either
            unfinished.update(((example.scope, each), inherited[1]) for each in names.binds)
        behind = replace(gap, line=example.line) if gap is not None else _gap_of(result)
        for each in _not_bound(example, names, outcome, result, None if is_late else gap):
            gaps[example.scope, each] = behind
        if outcome is not None and outcome.error is not None:
            changed = may_change(example.code) & (objects[example.scope] | names.binds - names.imports)
            unfinished.update(((example.scope, each), behind) for each in changed)
        objects[example.scope] = (objects[example.scope] | names.binds) - names.imports
        for each, module in (outcome.missing if outcome else {}).items():
            gaps[example.scope, each] = _Gap(example.line, needs_module(module), _Report(is_due=False))
        if example.documented is not None:
            yield replace(result, seconds=seconds)
            seconds = 0.0
            printed[example.scope] = ""
        elif outcome is not None:
            printed[example.scope] += outcome.output


def _of_program(result: Result, outcome: Outcome, before: str, settings: Settings) -> Result:
    """The result of an example, given what the code between it and the documented example before it printed.

    A program may be shown in several blocks, and all of its output below the last one. If neither output is as
    documented, the number of documented lines tells which one the document means.
    """
    example = result.example
    if result.status != FAIL or outcome.error is not None or example.kind != SCRIPT or not before:
        return result
    whole = _compared(result, before + outcome.output, settings)
    lines = len((example.documented or "").strip().split("\n"))
    is_meant = lines == len(whole.measured.strip().split("\n")) > len(outcome.output.strip().split("\n"))
    return whole if whole.status in PASSED or is_meant else result


def _of_changed(result: Result, names: CodeNames, unfinished: Mapping[tuple[str, str], _Gap]) -> Result:
    """The result of an example; if it fails or raises, the reason is that unfinished code was to change what it uses.

    ``model.load_weights(path)`` changes the model, and binds no name.
    """
    if result.status not in (FAIL, ERROR) or result.raised:
        return result
    for name, gap in _all_unfinished(result.example.scope, names, unfinished):
        return _behind(gap, f"it uses `{name}`, which line {gap.line} did not change to the end", result)
    return result


def _all_unfinished(
    scope: str, names: CodeNames, unfinished: Mapping[tuple[str, str], _Gap]
) -> Iterator[tuple[str, _Gap]]:
    """Yield the names that code reads and that unfinished code was to change, each with why it did not."""
    return ((name, unfinished[scope, name]) for name in sorted(names.reads) if (scope, name) in unfinished)


def _without_files(result: Result, told: Told) -> Result:
    """The result of an example; skipped if it fails without a file that a shell command makes.

    One that fails by the numbers it computes has what it needs.
    """
    why = told.made_by_shell(result.example) if result.status in FAILED and not result.ulp else ""
    return replace(result, status=SKIPPED, message=why) if why else result


def if_expected(result: Result) -> Result:
    """The result of an example, given that its document may expect it to fail."""
    if not result.example.says.expects_failure or result.status == SKIPPED:
        return result
    if result.status in FAILED:
        return replace(result, status=EQUAL, ulp=0.0, message=f"it fails, as the document expects: {result.message}")
    return replace(result, status=FAIL, ulp=0.0, message="it is as documented, and the document expects it to fail")


def if_apart(result: Result, apart: Result | None) -> Result:
    """The result of an example, given how it did where each block that needs nothing of the others had its own graph.

    A document may hold several programs, of which a reader runs one.
    """
    return min(result, apart or result, key=lambda each: _PREFERENCE.get(each.status, len(_PREFERENCE)))


def if_repeated(result: Result, again: Result | None) -> Result:
    """The result of an example, given how it did when it was run once more.

    An example that prints other values each time has no output that could be verified. One that passed both times is
    as documented, whatever of its output the document leaves open. Messages of errors are not judged so: they may name
    objects by numbers that are counted.
    """
    if again is None or documents_error(result.example.documented or "") is not None:
        return result
    if result.status != FAIL and not (result.status in PASSED and again.status == FAIL):
        return result
    if judge(result.measured, again.measured, 0).status in (EXACT, EQUAL):
        return result
    return replace(result, status=SKIPPED, ulp=0.0, message="it prints other values each time")


def _first_gap(
    example: Example, names: CodeNames, outcome: Outcome | None, gaps: dict[tuple[str, str], _Gap]
) -> tuple[str, _Gap | None]:
    """The first name that an example needs and that is missing, and why."""
    needed = names.reads
    missing = undefined_name(outcome.error) if outcome and outcome.error else None
    if outcome is not None and missing is not None and missing not in outcome.missing:
        needed |= {missing}  # a function may read it
    for name in sorted(needed):
        if (example.scope, name) in gaps:
            return name, gaps[example.scope, name]
    return "", None


def _needs_it_last(example: Example, outcome: Outcome, gaps: Mapping[tuple[str, str], _Gap]) -> bool:
    """Return whether an example ended where it read a missing name, and has read none of them above that line."""
    if undefined_name(outcome.error or "") is None or outcome.line is None:
        return False
    above = "\n".join(example.code.split("\n")[: outcome.line - example.line])
    return try_parse(above) is not None and not any((example.scope, name) in gaps for name in names_of(above).reads)


def _raises(example: Example, outcome: Outcome) -> bool:
    """Return whether an example raised the error that it documents."""
    expected = documents_error(example.documented or "")
    return expected is not None and outcome.error is not None and same_error(expected, outcome.error)


def _behind(gap: _Gap, missing: str, result: Result) -> Result:
    """The result of an example that needs what other code was to do: an error if it is the first to say so.

    Args:
      gap: what happened to that code.
      missing: what the example needs, in words.
      result: what is known of the example.
    """
    status = ERROR if gap.report.is_due else SKIPPED
    if result.example.documented is not None:
        gap.report.is_due = False
    return replace(result, status=status, ulp=0.0, message=f"{missing}: {gap.why}")


def _not_bound(
    example: Example, names: CodeNames, outcome: Outcome | None, result: Result, gap: _Gap | None
) -> frozenset[str]:
    """The names that an example was to bind and has not, or has bound to what tells nothing."""
    if outcome is None or outcome.skipped:
        return names.binds
    if result.message.startswith(MADE_BY_SHELL):
        return names.binds
    if gap is not None:  # it may have computed something from an older value
        return names.binds - names.imports
    if outcome.error is None:
        return frozenset()
    if outcome.line is None:
        return names.binds
    return names_of(example.code, outcome.line - example.line + 1).binds


def _gap_of(result: Result) -> _Gap:
    is_due = result.status in FAILED and result.example.documented is None
    return _Gap(result.example.line, result.message or "it raised the error that it documents", _Report(is_due))


def _of_example(result: Result, outcome: Outcome, told: Told, settings: Settings) -> Result:
    """The result of an example that has all the names it needs."""
    documented = result.example.documented
    documented_error = documents_error(documented) if documented is not None else None
    types_only = settings.error_types_only or "IGNORE_EXCEPTION_DETAIL" in result.example.options
    if outcome.error is not None:
        if documented_error is not None and same_error(documented_error, outcome.error, types_only):
            return replace(result, measured=outcome.error, raised=True)
        raised = without_stack(outcome.error)
        missing = told.missing(result.example, outcome)
        if missing:
            return replace(result, status=SKIPPED, message=missing)
        if documented_error is not None and not outcome.timed_out:
            message = f"the error documented is: {documented_error}; the error raised is: {raised}"
            return replace(result, status=FAIL, measured=outcome.error, message=message, raised=True)
        message = f"line {outcome.line}: {raised}" if outcome.line else raised
        return replace(result, status=TIMEOUT if outcome.timed_out else ERROR, message=message)
    if documented is None:
        return result
    if shows_only_logs(documented, outcome.output):
        return replace(result, status=SKIPPED, message="it shows only log messages")
    result = _compared(result, outcome.output, settings)
    if result.status == FAIL and told.calls_print_operation(result.example):
        other = _compared(result, without_print_operation(outcome.output, documented), settings)
        result = replace(other, measured=outcome.output) if other.status in PASSED else result
    if result.status == FAIL:
        if outcome.missing:
            return _skipped(result, needs_module(next(iter(outcome.missing.values()))))
        why = told.why_failed(result.example, documented, outcome.output)
        if why:
            return _skipped(result, why)
        if _GRAPH_TENSOR.search(outcome.output) and not _GRAPH_TENSOR.search(documented):
            return _skipped(
                result, "it displays a graph tensor, and the document shows a value: only a Session computes it"
            )
    return result


def _skipped(result: Result, why: str) -> Result:
    return replace(result, status=SKIPPED, ulp=0.0, message=why)


def _compared(result: Result, measured: str, settings: Settings) -> Result:
    """The result of an example that has output, given what it printed."""
    example = result.example
    max_ulp = settings.max_ulp if example.says.max_ulp is None else example.says.max_ulp
    judgement = judge(example.documented or "", measured, max_ulp, example.options, example.is_python_2)
    return replace(result, measured=measured, status=judgement.status, ulp=judgement.ulp, message=judgement.message)
