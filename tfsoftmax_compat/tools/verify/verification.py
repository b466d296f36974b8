"""Verify documents in interpreters: run the examples, judge what they print, find out why a number moved."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.needed import binds_from, names_of, needed
from tfsoftmax_compat.tools.verify.comparison.judge import MAX_ULP, documents_error, judge, same_error
from tfsoftmax_compat.tools.verify.interpreter import Interpreter, WorkerError
from tfsoftmax_compat.tools.verify.modes import why_not
from tfsoftmax_compat.tools.verify.results import (
    DRIFT,
    EQUAL,
    ERROR,
    EXACT,
    FAIL,
    MODES,
    SKIPPED,
    TIMEOUT,
    Environment,
    Outcome,
    Result,
)
from tfsoftmax_compat.worker import causes


@dataclass(frozen=True)
class Settings:
    """How to verify.

    Attributes:
      modes: those to run in, of ``"graph"`` and ``"eager"``.
      max_ulp: the largest distance that is a drift and no failure, in float32 ULP of the documented number.
      timeout: seconds that one example may take.
      jobs: how many runs of a document go on side by side.
    """

    modes: Sequence[str] = MODES
    max_ulp: float = MAX_ULP
    timeout: float = 60.0
    jobs: int = os.cpu_count() or 1


def verify(
    documents: Sequence[Sequence[Example]],
    pythons: Sequence[str],
    settings: Settings = Settings(),  # noqa: B008 (it is frozen)
    progress: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Verify the examples of documents in each of some interpreters.

    Args:
      documents: the examples of each document, in its order, those without output included.
      pythons: the interpreters, each with TensorFlow installed.
      settings: how.
      progress: called after each document in each interpreter and mode, from any thread.

    Returns:
      The results: by interpreter, then by documented example, then by mode.

    Raises:
      WorkerError: an interpreter cannot run any example.
    """
    documents = [needed(examples) for examples in documents]
    side_by_side = max(1, min(settings.jobs, len(pythons)))
    share = replace(settings, jobs=max(1, settings.jobs // side_by_side))
    # Left in this order: what the threads wait for is ended before they are waited for.
    with ThreadPoolExecutor(side_by_side) as pool, ExitStack() as stack:
        targets = [stack.enter_context(_Target(python)) for python in pythons]
        found = list(pool.map(lambda target: _verify_in(target, documents, share, progress), targets))
    return _held_elsewhere(_distinct_environments(found))


class _Target:
    """An interpreter as it comes and without a cause, each started when it is first needed."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._started: dict[tuple[tuple[str, str], ...], Interpreter] = {}
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> "_Target":
        return self

    def __exit__(self, *error: object) -> None:
        self._closed = True
        for interpreter in list(self._started.values()):
            interpreter.close()

    def interpreter(self, variables: Mapping[str, str]) -> Interpreter:
        """The interpreter with these environment variables set."""
        key = tuple(sorted(variables.items()))
        with self._lock:
            if self._closed:
                raise WorkerError(f"{self._python}: the verification was ended")
            if key not in self._started:
                self._started[key] = Interpreter(self._python, variables)
            return self._started[key]

    @property
    def environment(self) -> Environment:
        versions = self.interpreter(causes.AS_IT_COMES).versions
        return Environment(id=f"tensorflow-{versions['tensorflow']}", **versions)


def _verify_in(
    target: _Target, documents: Sequence[Sequence[Example]], settings: Settings, progress: Callable[[], None]
) -> list[Result]:
    runs = [(examples, mode) for examples in documents for mode in settings.modes]

    def verified(run: tuple[Sequence[Example], str]) -> list[Result]:
        results = _verify_run(target, *run, settings)
        progress()
        return results

    with target, ThreadPoolExecutor(settings.jobs) as pool:
        by_run = iter(list(pool.map(verified, runs)))
    return [
        result
        for _ in documents
        for results in zip(*(next(by_run) for _ in settings.modes))  # one of each mode for each example
        for result in results
    ]


def _verify_run(target: _Target, examples: Sequence[Example], mode: str, settings: Settings) -> list[Result]:
    """The results of one document in one mode, with their causes."""
    environment = target.environment

    def run(variables: Mapping[str, str], sum_of: str) -> list[Result]:
        outcomes = target.interpreter(variables).run(examples, mode, sum_of, settings.timeout)
        return list(_results(examples, outcomes, mode, environment, settings.max_ulp))

    results = run(causes.AS_IT_COMES, causes.INSTALLED_SUM)
    for cause in causes.of(environment.onednn, numpy_2=not environment.numpy.startswith("1.")):
        if any(map(_is_unexplained, results)):
            without = run(cause.variables, cause.sum_of)
            results = [
                replace(result, cause=cause.named(holds="it is as documented", fails="it is not"))
                if _is_unexplained(result) and again.status in (EXACT, EQUAL)
                else result
                for result, again in zip(results, without)
            ]
    return [replace(result, cause=causes.NOT_REPRODUCED) if _is_unexplained(result) else result for result in results]


def _is_unexplained(result: Result) -> bool:
    return result.status in (DRIFT, FAIL) and not result.cause


def _results(
    examples: Sequence[Example], outcomes: Sequence[Outcome], mode: str, environment: Environment, max_ulp: float
) -> Iterator[Result]:
    """The results of the documented examples.

    One that uses a name which a skipped one was to bind is skipped too: what it did instead tells nothing.
    """
    unbound: dict[tuple[str, str], Result] = {}  # a scope and a name: what became of the example that was to bind it
    for example, outcome in zip(examples, outcomes):
        result = Result(example, environment, mode, EXACT, measured=outcome.output)
        names = names_of(example.code)
        name = next((name for name in sorted(names.free) if (example.scope, name) in unbound), "")
        binding = unbound.get((example.scope, name))
        uses_skipped = binding is not None and binding.status == SKIPPED
        if binding is not None and uses_skipped:
            message = f"it uses {name} of line {binding.example.line}, which was skipped"
            result = replace(result, status=SKIPPED, message=message)
        else:
            result = _judged(result, outcome, max_ulp)
            if binding is not None and result.status == ERROR:
                result = replace(result, message=f"{result.message} ({name} is missing: {binding.message})")
        for bound in names.binds:
            unbound.pop((example.scope, bound), None)
        for missing in _not_bound(example, outcome, uses_skipped):
            unbound[example.scope, missing] = result
        if example.documented is not None:
            yield result


def _not_bound(example: Example, outcome: Outcome, used_skipped: bool) -> set[str]:
    """The names that an example was to bind and has not, or has bound to what tells nothing."""
    if used_skipped:
        return binds_from(example.code, 1)
    if outcome.error is None:
        return set()
    return binds_from(example.code, outcome.line - example.line + 1 if outcome.line is not None else 1)


def _judged(result: Result, outcome: Outcome, max_ulp: float) -> Result:
    """What becomes of `result` by the example's own outcome."""
    documented = result.example.documented
    documented_error = documents_error(documented) if documented is not None else None
    if documented_error is not None and outcome.error is not None and same_error(documented_error, outcome.error):
        return replace(result, measured=outcome.error)
    reason = why_not(result.mode, documented, outcome)
    if reason is not None:
        return replace(result, status=SKIPPED, message=reason)
    if outcome.error is not None:
        message = f"line {outcome.line}: {outcome.error}" if outcome.line else outcome.error
        return replace(result, status=TIMEOUT if outcome.timed_out else ERROR, message=message)
    if documented is None:
        return result
    judgement = judge(documented, outcome.output, max_ulp)
    return replace(result, status=judgement.status, ulp=judgement.ulp, message=judgement.message)


def _distinct_environments(by_interpreter: Sequence[Sequence[Result]]) -> list[Result]:
    """All results; of environments that would have the same id, the later ones get a number."""
    count: Counter[str] = Counter()
    found = []
    for results in by_interpreter:
        if results:
            environment = results[0].environment
            count[environment.id] += 1
            if count[environment.id] > 1:
                environment = replace(environment, id=f"{environment.id} ({count[environment.id]})")
            found += [replace(result, environment=environment) for result in results]
    return found


def _held_elsewhere(results: Sequence[Result]) -> list[Result]:
    """The results; one that nothing tried explains names the releases under which it is as documented."""
    holds: dict[tuple[Example, str], dict[str, None]] = {}  # a dict for its order
    for result in results:
        if result.status in (EXACT, EQUAL):
            holds.setdefault((result.example, result.mode), {})[result.environment.tensorflow] = None

    def with_releases(result: Result) -> Result:
        releases = holds.get((result.example, result.mode))
        if result.cause != causes.NOT_REPRODUCED or not releases:
            return result
        return replace(result, cause=f"{result.cause} here; as documented under TensorFlow {', '.join(releases)}")

    return list(map(with_releases, results))
