"""Verify documents in interpreters: run the examples, judge what they print, find out why a number moved."""

import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tfsoftmax_compat.tools import faults
from tfsoftmax_compat.tools.documents import Document, Example
from tfsoftmax_compat.tools.verify.attempts import Attempts
from tfsoftmax_compat.tools.verify.interpreter import Interpreter, WorkerError
from tfsoftmax_compat.tools.verify.releases import FIRST_WITH_KERAS_3
from tfsoftmax_compat.tools.verify.results import (
    DRIFT,
    EQUAL,
    ERROR,
    EXACT,
    FAIL,
    PASSED,
    SKIPPED,
    Environment,
    Result,
)
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.worker import causes
from tfsoftmax_compat.worker.modes import MODES
from tfsoftmax_compat.worker.styles import TF1, Plan

_WRITTEN_FOR = "it was written for"
_OF_KERAS = re.compile(r"\b(?:keras|layers|rnn_cell)\b")


def _raise(error: WorkerError) -> None:
    raise error


def verify(
    documents: Sequence[Document],
    pythons: Sequence[str],
    settings: Settings = Settings(),  # noqa: B008 (it is frozen)
    progress: Callable[[], None] = lambda: None,
    on_error: Callable[[WorkerError], None] = _raise,
) -> list[Result]:
    """Verify the examples of documents in each of some interpreters.

    Args:
      documents: what was read of each document.
      pythons: the interpreters, each with TensorFlow installed.
      settings: how.
      progress: called after each document in each interpreter, from any thread.
      on_error: called with the error for each interpreter that cannot be started. There are no results for it then. By
        default the error is raised.

    Returns:
      The results: by interpreter, then by document, then by mode. The examples of documents that could not be verified
      have the status ``"error"``.
    """
    with Targets(pythons, settings.isolate) as targets:
        return targets.verify(documents, settings, progress, on_error, and_close=True)


class Targets:
    """Interpreters to verify documents in, which stay open from one verification to the next."""

    def __init__(self, pythons: Sequence[str], isolate: bool = False) -> None:
        """Prepare them; each is started when it is first needed.

        Args:
          pythons: the interpreters, each with TensorFlow installed.
          isolate: whether examples have no network, and only their own folder to write to.
        """
        self._targets = [_Target(python, isolate) for python in pythons]

    def __enter__(self) -> "Targets":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End their processes."""
        for target in self._targets:
            target.close()

    def verify(
        self,
        documents: Sequence[Document],
        settings: Settings,
        progress: Callable[[], None] = lambda: None,
        on_error: Callable[[WorkerError], None] = _raise,
        and_close: bool = False,
    ) -> list[Result]:
        """Verify documents in each of them; see `verify`.

        Args:
          documents: what was read of each document.
          settings: how.
          progress: called after each document in each interpreter.
          on_error: called with the error for each interpreter that cannot be started.
          and_close: whether to close each interpreter as soon as it has run everything, for the memory it uses.
        """
        side_by_side = max(1, min(settings.jobs, len(self._targets)))
        share = replace(settings, jobs=max(1, settings.jobs // side_by_side))

        def verified(target: _Target) -> list[Result]:
            try:
                return _verify_in(target, documents, share, progress, on_error)
            finally:
                if and_close:
                    target.close()

        with ThreadPoolExecutor(side_by_side) as pool:
            try:
                found = list(pool.map(verified, self._targets))
            except BaseException:
                self.close()  # what the threads wait for is ended before they are waited for
                raise
        return _held_elsewhere(_distinct_environments(found))


class _Target:
    """An interpreter as it comes and without a cause, each started when it is first needed."""

    def __init__(self, python: str, isolate: bool) -> None:
        self._python = python
        self._isolate = isolate
        self._started: dict[tuple[tuple[str, str], ...], Interpreter] = {}
        self._closed = False
        self._lock = threading.Lock()

    def close(self) -> None:
        """End its processes."""
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
                self._started[key] = Interpreter(self._python, variables, self._isolate)
            return self._started[key]

    def with_keras_2(self, variables: Mapping[str, str]) -> Interpreter:
        """The interpreter with these variables set, in which TensorFlow 2.16 and later use Keras 2."""
        return self.interpreter({**variables, "TF_USE_LEGACY_KERAS": "1"})

    @property
    def environment(self) -> Environment:
        versions = self.interpreter(causes.AS_IT_COMES).versions
        return Environment(id=f"tensorflow-{versions['tensorflow']}", **versions)


def _verify_in(
    target: _Target,
    documents: Sequence[Document],
    settings: Settings,
    progress: Callable[[], None],
    on_error: Callable[[WorkerError], None],
) -> list[Result]:
    try:
        environment = target.environment
    except WorkerError as error:
        on_error(error)
        return []

    def verified(document: Document) -> list[Result]:
        try:
            return _verify_document(target, document.examples, settings)
        except WorkerError as error:
            return _not_verified(document, environment, str(error))
        except Exception as error:  # what happens with one document must not cost the results of the others
            return _not_verified(document, environment, faults.described(error))
        finally:
            progress()

    with ThreadPoolExecutor(settings.jobs) as pool:
        return [result for results in pool.map(verified, documents) for result in results]


def _not_verified(document: Document, environment: Environment, why: str) -> list[Result]:
    """The results of a document whose examples were not run to the end."""
    documented = (example for example in document.examples if example.documented is not None)
    return [Result(example, environment, MODES[0], ERROR, message=why) for example in documented]


def _verify_document(target: _Target, examples: Sequence[Example], settings: Settings) -> list[Result]:
    """The results of one document, for each documented example in the modes that it was written for.

    Modes that were asked for come instead. Whatever does not pass in a mode that the example was not written for is
    skipped there: it says nothing about the document.
    """
    examples = to_run(examples)
    if not examples:
        return []
    runnable = [example for example in examples if not example.skip]
    as_it_comes = target.interpreter(causes.AS_IT_COMES)
    plans = {
        example: plan._replace(modes=(example.says.mode,), is_decided=True) if example.says.mode else plan
        for example, plan in zip(runnable, as_it_comes.plans(runnable))
    }
    uses_keras_2 = as_it_comes.has_keras_2 and _needs_keras_2(plans, target.environment)
    interpreter = target.with_keras_2 if uses_keras_2 else target.interpreter
    found: list[Result] = []
    for mode in settings.modes or MODES:
        wanted = {
            example.scope
            for example in examples
            if settings.modes or (example.documented is not None and _has_mode(plans.get(example), mode))
        }
        in_mode = [example for example in examples if example.scope in wanted]
        if in_mode:
            results = Attempts(target.environment, interpreter, in_mode, mode, settings).results()
            found += [result for result in results if settings.modes or _has_mode(plans.get(result.example), mode)]
    return _where_it_applies(found, plans)


def _needs_keras_2(plans: Mapping[Example, Plan], environment: Environment) -> bool:
    """Whether some code is written for TF1 and uses what TF1 has from Keras, where TensorFlow has Keras 3."""
    return environment.release >= FIRST_WITH_KERAS_3 and any(
        plan.style == TF1 and _OF_KERAS.search(example.code) for example, plan in plans.items()
    )


def to_run(examples: Sequence[Example]) -> list[Example]:
    """The examples that a reader runs: those of each scope up to its last documented one, one scope after the other."""
    last = {example.scope: index for index, example in enumerate(examples) if example.documented is not None}
    order = {scope: number for number, scope in enumerate(dict.fromkeys(example.scope for example in examples))}
    run = [example for index, example in enumerate(examples) if index <= last.get(example.scope, -1)]
    return sorted(run, key=lambda example: order[example.scope])


def _has_mode(plan: Plan | None, mode: str) -> bool:
    """Whether a plan has a mode; an example that is never run has no plan, and is reported once."""
    return mode == MODES[0] if plan is None else mode in plan.modes


def _where_it_applies(results: Sequence[Result], plans: Mapping[Example, Plan]) -> list[Result]:
    passed = {(result.example, result.mode) for result in results if result.status in PASSED}
    found = []
    for result in results:
        plan = plans.get(result.example)
        is_other_mode = plan is not None and plan.is_decided and result.mode != plan.modes[0]
        if plan is not None and is_other_mode and result.status not in PASSED:
            # An example without state passes in the second mode too. Other numbers there are a failure; anything else
            # that it does there, where it passes in its main mode, says that it cannot be run there.
            cannot_run = (result.example, plan.modes[0]) in passed and not result.ulp
            if result.mode not in plan.modes or cannot_run:
                message = f"{_WRITTEN_FOR} {plan.modes[0]} mode"
                result = replace(result, status=SKIPPED, ulp=0.0, cause="", message=message)
        found.append(result)
    return found


def is_for_other_mode(result: Result) -> bool:
    """Whether an example was skipped because it was written for the other mode."""
    return result.status == SKIPPED and result.message.startswith(_WRITTEN_FOR)


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
        is_explained = result.cause and not result.cause.startswith(causes.NONE_FOUND)
        if result.status not in (DRIFT, FAIL) or is_explained or not releases:
            return result
        cause = result.cause or causes.NONE_FOUND
        return replace(result, cause=f"{cause}; it is as documented under TensorFlow {', '.join(releases)}")

    return list(map(with_releases, results))
