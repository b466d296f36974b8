"""Run the examples of a document in one mode, and those that fail again, to find out why they fail."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.verify import judging
from tfsoftmax_compat.tools.verify.explaining import explained
from tfsoftmax_compat.tools.verify.interpreter import Interpreter
from tfsoftmax_compat.tools.verify.randomness import depending_on_chance
from tfsoftmax_compat.tools.verify.reasons import NEEDS_DEVICE
from tfsoftmax_compat.tools.verify.results import EXACT, FAIL, FAILED, PASSED, Environment, Outcome, Result
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.worker import causes
from tfsoftmax_compat.worker.causes import Cause
from tfsoftmax_compat.worker.modes import GRAPH

# With another seed strings have other hashes, and so sets another order. Another process has other addresses.
_OTHER_HASHES = {"PYTHONHASHSEED": "12345"}
_RUNS_FOR_CHANCE = 2  # more, of examples that may depend on random numbers: several draws may give the same output


@dataclass
class Attempts:
    """The runs of the examples of one document in one mode.

    Attributes:
      environment: the environment.
      interpreter: returns the interpreter with some environment variables set.
      examples: what to run.
      mode: ``"graph"`` or ``"eager"``.
      settings: how to run and judge.
    """

    environment: Environment
    interpreter: Callable[[Mapping[str, str]], Interpreter]
    examples: Sequence[Example]
    mode: str
    settings: Settings
    _timed_out: dict[Example, Outcome] = field(default_factory=dict)  # what need not take its time again
    _apart: set[Example] = field(default_factory=set)  # those whose results are of runs with graphs of their own

    def results(self) -> list[Result]:
        """Run the examples, and return their results with the causes of those that moved."""
        results = list(self._run({example.scope for example in self.examples}).values())
        if self.mode == GRAPH:
            results = self._with_own_graphs(results)
        repeated = self._repeated_for_chance(self._repeated(results))
        as_expected = [judging.if_expected(result) for result in repeated]
        return explained(as_expected, self.examples, self.environment, self._without)

    def _with_own_graphs(self, results: list[Result]) -> list[Result]:
        """Results, those that failed replaced by better ones in which programs of one document share no graph."""
        # Whether a graph can run may depend on the devices that another program has put parts of it on.
        scopes = {
            result.example.scope for result in results if result.status in FAILED or result.message == NEEDS_DEVICE
        }
        if not scopes:
            return results
        apart = self._run(scopes, new_graphs=True)
        better = [judging.if_apart(result, apart.get(result.example)) for result in results]
        self._apart = {result.example for result, before in zip(better, results) if result is not before}
        return better

    def _repeated(self, results: list[Result]) -> list[Result]:
        """Results; what failed is skipped if it prints something else in another run, or in another process."""
        for variables in (causes.AS_IT_COMES, _OTHER_HASHES):
            failed = {result.example.scope for result in results if result.status == FAIL}
            if failed:
                again = self._run_again(failed, variables, perturbed=True)
                results = [
                    judging.if_repeated(result, again.get(result.example)) if result.status == FAIL else result
                    for result in results
                ]
        return results

    def _repeated_for_chance(self, results: list[Result]) -> list[Result]:
        """Results; what may depend on random numbers is skipped if it prints something else in another run.

        This includes what passed: the largest of fifty random numbers may be the documented one by chance.
        """
        by_chance = depending_on_chance(self.examples)
        for _ in range(_RUNS_FOR_CHANCE):
            scopes = {
                result.example.scope
                for result in results
                if result.example in by_chance and result.status in PASSED | {FAIL}
            }
            if scopes:
                again = self._run_again(scopes, causes.AS_IT_COMES)
                results = [
                    judging.if_repeated(result, again.get(result.example)) if result.example in by_chance else result
                    for result in results
                ]
        return results

    def _without(self, scopes: set[str], cause: Cause) -> dict[Example, Result]:
        """The results of another run without a cause; none if that could not switch oneDNN."""
        if "TF_ENABLE_ONEDNN_OPTS" in cause.variables:
            versions = self.interpreter(cause.variables).versions
            if versions["onednn"] == self.environment.onednn:  # built without it, or for another processor
                return {}
        return self._run_again(scopes, cause.variables, cause.changes)

    def _run_again(
        self,
        scopes: set[str],
        variables: Mapping[str, str],
        changes: Collection[str] = causes.UNCHANGED,
        perturbed: bool = False,
    ) -> dict[Example, Result]:
        """The results of another run, of each example in the kind of graph that its first result is of."""
        results = self._run(scopes, variables, changes, perturbed)
        if any(example.scope in scopes for example in self._apart):
            apart = self._run(scopes, variables, changes, perturbed, new_graphs=True)
            results.update((example, apart[example]) for example in self._apart & apart.keys())
        return results

    def _run(
        self,
        scopes: set[str],
        variables: Mapping[str, str] = causes.AS_IT_COMES,
        changes: Collection[str] = causes.UNCHANGED,
        perturbed: bool = False,
        new_graphs: bool = False,
    ) -> dict[Example, Result]:
        """The results of a run of the examples in some scopes; see `Interpreter.run`."""
        chosen = [example for example in self.examples if example.scope in scopes]
        runnable = [example for example in chosen if not (example.skip or example in self._timed_out)]
        outcomes = iter(
            self.interpreter(variables).run(runnable, self.mode, changes, self.settings.timeout, perturbed, new_graphs)
        )
        pairs = [
            (example, None if example.skip else self._timed_out.get(example) or next(outcomes)) for example in chosen
        ]
        self._timed_out.update((example, outcome) for example, outcome in pairs if outcome and outcome.timed_out)
        judged = judging.judged(pairs, Result(chosen[0], self.environment, self.mode, EXACT), self.settings)
        return {result.example: result for result in judged}
