"""The order of results in every report."""

import re
from collections import Counter
from collections.abc import Sequence

from tfsoftmax_compat.tools.verify.results import STATUSES, Environment, Result
from tfsoftmax_compat.worker.modes import MODES


def in_order(results: Sequence[Result]) -> list[Result]:
    """Return the results sorted by document, line, TensorFlow release, and mode."""
    return sorted(results, key=_key)


def environments_of(results: Sequence[Result]) -> list[Environment]:
    """Return the environments, from the oldest TensorFlow release to the newest."""
    return sorted({result.environment for result in results}, key=_environment_key)


def counts_of(results: Sequence[Result]) -> dict[str, int]:
    """Return the number of results of each status."""
    counts = Counter(result.status for result in results)
    return {status: counts[status] for status in STATUSES}


def _key(result: Result) -> tuple[object, ...]:
    example = result.example
    place = (example.document, example.line, example.scope, example.code)
    return place, _environment_key(result.environment), MODES.index(result.mode)


def _environment_key(environment: Environment) -> tuple[object, ...]:
    return [int(number) for number in re.findall(r"\d{1,9}", environment.tensorflow)], environment.id
