"""Group equal results, so that a report says a thing once, with all the environments and modes that have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.verify.reports.order import environments_of, in_order
from tfsoftmax_compat.tools.verify.results import DRIFT, FAILED, SKIPPED, STATUSES, Environment, Result


@dataclass(frozen=True)
class Finding:
    """Results of one example with the same status, cause and message.

    Attributes:
      example: the example.
      status: the status.
      cause: the cause.
      message: the message.
      measured: the output of the example in the first of the results.
      ulp: the largest distance of the results.
      where: the environments and modes of the results, in words.
    """

    example: Example
    status: str
    cause: str
    message: str
    measured: str
    ulp: float
    where: str


def findings(results: Sequence[Result]) -> list[Finding]:
    """Return the drifts, then the failures, errors and timeouts. Those with the same cause follow one another."""
    environments = environments_of(results)
    alike: dict[tuple[object, ...], list[Result]] = {}
    for result in in_order(results):
        if result.status == DRIFT or result.status in FAILED:
            alike.setdefault((result.example, result.status, result.cause, result.message), []).append(result)
    found = [
        Finding(
            example=group[0].example,
            status=group[0].status,
            cause=group[0].cause,
            message=group[0].message,
            measured=group[0].measured,
            ulp=max(result.ulp for result in group),
            where=where(group, environments),
        )
        for group in alike.values()
    ]
    causes = list(dict.fromkeys(finding.cause for finding in found))
    return sorted(found, key=lambda finding: (STATUSES.index(finding.status), causes.index(finding.cause)))


def unverified(results: Sequence[Result]) -> list[Example]:
    """Return the examples that were skipped in every environment and mode."""
    verified = {result.example for result in results if result.status != SKIPPED}
    return list(dict.fromkeys(result.example for result in in_order(results) if result.example not in verified))


def label(environment: Environment) -> str:
    """Return the name of an environment, to follow the word TensorFlow. It is unique within a verification."""
    return environment.id.removeprefix("tensorflow-")


def where(results: Sequence[Result], environments: Sequence[Environment]) -> str:
    """Return the environments and modes of results, in words: ``"TensorFlow 2.12.0 to 2.21.0 (graph, eager)"``.

    Args:
      results: results of one example, in order.
      environments: all environments of the report, in order. Three or more that follow one another are named by the
        first and the last.
    """
    modes: dict[Environment, list[str]] = {}
    for result in results:
        modes.setdefault(result.environment, []).append(result.mode)
    return "TensorFlow " + in_words(modes, environments)


def in_words(modes: Mapping[Environment, Sequence[str]], environments: Sequence[Environment]) -> str:
    """Return environments with their modes, in words: ``"2.12.0 to 2.21.0 (graph, eager)"``.

    Args:
      modes: the modes in each environment to name.
      environments: as for `where`.
    """
    parts = []
    for modes_there, group in groupby(environments, key=lambda environment: modes.get(environment)):
        names = [label(environment) for environment in group]
        if modes_there:
            named = f"{names[0]} to {names[-1]}" if len(names) > 2 else ", ".join(names)
            parts.append(f"{named} ({', '.join(modes_there)})")
    return ", ".join(parts)
