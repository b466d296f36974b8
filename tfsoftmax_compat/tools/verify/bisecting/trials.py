"""Run the examples of one document under one release, and say whether their outputs are as documented."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from tfsoftmax_compat.tools.documents import Document, Example
from tfsoftmax_compat.tools.verify import environments
from tfsoftmax_compat.tools.verify.bisecting.search import HOLDS, MOVED, UNKNOWN
from tfsoftmax_compat.tools.verify.interpreter import WorkerError
from tfsoftmax_compat.tools.verify.releases import release_named
from tfsoftmax_compat.tools.verify.results import EQUAL, EXACT, SKIPPED, Environment, Result
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.tools.verify.verification import verify

Verify = Callable[[Sequence[Document], Sequence[str], Settings], list[Result]]


class Trials:
    """The runs of a document, one for each release.

    Attributes:
      results: by release, the results of each example.
      problems: by release, why it could not be run.
    """

    def __init__(self, document: Document, settings: Settings, say: Callable[[str], None]) -> None:
        """Prepare them.

        Args:
          document: the document.
          settings: how to run and judge.
          say: called with a sentence before an environment is made.
        """
        self._document = document
        self._settings = settings
        self._say = say
        self.results: dict[str, dict[Example, list[Result]]] = {}
        self.problems: dict[str, str] = {}

    def judge(self, release: str) -> Mapping[Example, str]:
        """Run the document under a release. Return for each example whether it is as documented."""
        self.results[release] = self._run(release)
        return {example: verdict_of(results) for example, results in self.results[release].items()}

    def with_numpy(self, release: str, numpy: str) -> Mapping[Example, str] | None:
        """Return the verdicts under a release with another NumPy, or None if the two cannot be installed together."""
        known = release_named(release)
        changed = replace(known, requirements=(*known.requirements, f"numpy=={numpy}"))
        try:
            results = verify([self._document], [environments.python_with(changed)], self._settings)
        except (environments.NoEnvironmentError, WorkerError):
            return None
        return {example: verdict_of(of_example) for example, of_example in _by_example(results).items()}

    def environment(self, release: str) -> Environment | None:
        """Return what a release was run in; None if it could not be run."""
        return next((each[0].environment for each in self.results[release].values() if each), None)

    def _run(self, release: str) -> dict[Example, list[Result]]:
        try:
            python = environments.python_with(release_named(release), self._say)
            return _by_example(verify([self._document], [python], self._settings))
        except (environments.NoEnvironmentError, WorkerError) as error:
            self.problems[release] = str(error)
            return {}


def _by_example(results: Iterable[Result]) -> dict[Example, list[Result]]:
    ordered = sorted(results, key=lambda result: result.example.line)
    return {example: list(group) for example, group in groupby(ordered, key=lambda result: result.example)}


def verdict_of(results: Sequence[Result]) -> str:
    """Return whether the results of an example under one release say that it is as documented."""
    statuses = {result.status for result in results} - {SKIPPED}
    if not statuses:
        return UNKNOWN
    return HOLDS if statuses <= {EXACT, EQUAL} else MOVED
