"""Find out why a number moved: run the example again without one possible cause, then without two."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.names import names_of
from tfsoftmax_compat.tools.verify.comparison.judge import judge
from tfsoftmax_compat.tools.verify.results import DRIFT, EQUAL, EXACT, FAIL, Environment, Result
from tfsoftmax_compat.worker import causes
from tfsoftmax_compat.worker.causes import Cause

_FIRST_WITH_ONEDNN = (2, 9)  # the first release that switches oneDNN's kernels on by itself, on some processors
_PYTHON_2 = "Python 2 prints it so; what it says is as documented"


def explained(
    results: Sequence[Result],
    examples: Sequence[Example],
    environment: Environment,
    run: Callable[[set[str], Cause], Mapping[Example, Result]],
) -> list[Result]:
    """Return the results, with the causes of those that moved.

    Args:
      results: the results of one document in one mode.
      examples: all examples of the document.
      environment: what they ran in.
      run: runs the examples of some scopes without a cause, and returns their results; none if the interpreter cannot
        run without it.
    """
    found = {result.example: replace(result, cause=_of_python_2(result)) for result in results}
    tried: dict[Example, list[str]] = defaultdict(list)
    moved_by: dict[str, set[Example]] = {}  # by what was tried, the examples that print something else then
    with_sum = {example.scope for example in examples if "sum" in names_of(example.code).reads}

    def try_without(cause: Cause, wanted: set[Example]) -> None:
        scopes = {example.scope for example in wanted}
        again = run(scopes, cause) if scopes else {}
        moved = moved_by[cause.tried] = set()
        for example in wanted & again.keys():
            tried[example].append(cause.tried)
            if again[example].measured != found[example].measured:
                moved.add(example)
            if again[example].status in (EXACT, EQUAL):
                text = cause.named(holds="it is as documented", fails="it is not")
                found[example] = replace(found[example], cause=text)

    single = list(_possible(environment))
    for cause in single:
        try_without(cause, {e for e, result in found.items() if _may_have_moved(result, cause, with_sum)})
    of_numbers = [cause for cause in single if cause is not causes.PRINTING]
    for one, other in causes.pairs(of_numbers):
        moved = moved_by[one.tried] | moved_by[other.tried]  # a sum can hide what moved its terms
        try_without(causes.together(one, other), {e for e in moved if _is_unexplained(found[e])})
    return [
        replace(result, cause=causes.none_found(tried[result.example])) if _is_unexplained(result) else result
        for result in found.values()
    ]


def _possible(environment: Environment) -> Iterator[Cause]:
    """The causes that an environment can run without, those first that need no new interpreter."""
    if not environment.numpy.startswith("1."):
        yield causes.NUMPY_2_SUM
    yield causes.PRINTING
    if causes.can_change_threads():
        yield causes.THREADS
    if environment.onednn:
        yield causes.ONEDNN
        yield from causes.narrower_instructions(environment.instructions)
    elif environment.release >= _FIRST_WITH_ONEDNN:
        yield causes.NO_ONEDNN


def _may_have_moved(result: Result, cause: Cause, with_sum: set[str]) -> bool:
    if not _is_unexplained(result):
        return False
    return cause is not causes.NUMPY_2_SUM or result.example.scope in with_sum


def _is_unexplained(result: Result) -> bool:
    return result.status in (DRIFT, FAIL) and not result.cause and not result.example.says.expects_failure


def _of_python_2(result: Result) -> str:
    """The cause that Python 2 printed the documented output, if a careful reader of Python 2 takes it as the same."""
    if not _is_unexplained(result) or result.status != FAIL or result.raised or result.example.is_python_2:
        return result.cause
    documented = result.example.documented or ""
    same = judge(documented, result.measured, 0.0, result.example.options, is_python_2=True)
    return _PYTHON_2 if same.status in (EXACT, EQUAL) else result.cause
