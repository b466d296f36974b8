"""The verdicts on an example over the releases: ``1.5–2.11 exact · 2.12–2.21 drift 0.4 ULP``."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.verify.reports.findings import label
from tfsoftmax_compat.tools.verify.reports.order import environments_of, in_order
from tfsoftmax_compat.tools.verify.results import DRIFT, SKIPPED, Environment, Result


def timelines(results: Sequence[Result]) -> Iterator[tuple[Example, str]]:
    """Yield each example with its verdicts: environments in a row with the same verdict are named together.

    A mode in which the example was skipped counts only if it was skipped in all modes.
    """
    environments = environments_of(results)
    names = short_names(environments)
    for example, group in groupby(in_order(results), key=lambda result: result.example):
        by_environment: dict[Environment, list[Result]] = {}
        for result in group:
            by_environment.setdefault(result.environment, []).append(result)
        runs = groupby(environments, key=lambda environment: _verdicts(by_environment.get(environment, [])))
        yield example, " · ".join(_run(names, by_environment, list(there)) for _, there in runs)


def short_names(environments: Sequence[Environment]) -> dict[Environment, str]:
    """Return a short name for each environment: that of the minor release, where no other has the same."""
    minor = {environment: ".".join(environment.tensorflow.split(".")[:2]) for environment in environments}
    count = Counter(minor.values())
    return {each: minor[each] if count[minor[each]] == 1 else label(each) for each in environments}


def _verdicts(results: Sequence[Result]) -> tuple[tuple[str, str], ...]:
    """Return the status in each mode, without modes that say nothing; ``(("", status),)`` if all modes agree."""
    verified = [result for result in results if result.status != SKIPPED] or list(results)
    statuses = {result.status for result in verified}
    if len(statuses) == 1:
        return (("", statuses.pop()),)
    return tuple((result.mode, result.status) for result in verified)


def _run(
    names: dict[Environment, str], results: dict[Environment, list[Result]], environments: Sequence[Environment]
) -> str:
    first, last = names[environments[0]], names[environments[-1]]
    there = [result for environment in environments for result in results.get(environment, [])]
    verdicts = []
    for mode, status in _verdicts(results.get(environments[0], [])):
        ulp = max((result.ulp for result in there if result.status == DRIFT and mode in ("", result.mode)), default=0.0)
        distance = f" {ulp:.2g} ULP" if status == DRIFT else ""
        verdicts.append(f"{mode} {status}{distance}".strip())
    return f"{first if first == last else f'{first}–{last}'} {', '.join(verdicts) or 'not run'}"
