"""What an update changes in the records, in words."""

from typing import Any, Dict, Iterator, Tuple

import numpy as np

from tfsoftmax_compat.golden.difference import distances
from tfsoftmax_compat.golden.values import Value

SHOWN = 10  # the number of changed values that are listed; the rest is counted

Tests = Dict[str, Dict[str, Any]]  # as in a file of records, without its version


def described(before: Tests, after: Tests) -> Iterator[str]:
    """Yield how many values are new, changed, unchanged and removed, and then each changed value, the furthest first.

    Args:
      before: the tests in a file of records before the update.
      after: the tests in it now.
    """
    old, new = _values(before), _values(after)
    both = [key for key in new if key in old]
    changed = [(key, _distance(old[key], new[key])) for key in both if old[key] != new[key]]
    counts = [
        ("new", len(new) - len(both)),
        ("changed", len(changed)),
        ("unchanged", len(both) - len(changed)),
        ("removed", len(old) - len(both)),
    ]
    yield ", ".join("%d %s" % (count, name) for name, count in counts)
    changed.sort(key=lambda change: -change[1])
    for (test, name), distance in changed[:SHOWN]:
        yield "%s, %s: %s" % (test, name, _by(old[test, name], new[test, name], distance))
    if len(changed) > SHOWN:
        yield "and %d more" % (len(changed) - SHOWN)


def _values(tests: Tests) -> Dict[Tuple[str, str], Dict[str, Any]]:
    return {(test, name): value for test in sorted(tests) for name, value in sorted(tests[test]["values"].items())}


def _distance(before: Dict[str, Any], after: Dict[str, Any]) -> float:
    if (before["dtype"], before["shape"]) != (after["dtype"], after["shape"]):
        return float("inf")
    return float(np.max(distances(Value.from_json(before), Value.from_json(after))))


def _by(before: Dict[str, Any], after: Dict[str, Any], distance: float) -> str:
    if (before["dtype"], before["shape"]) != (after["dtype"], after["shape"]):
        sides = ["%s of shape %s" % (value["dtype"], value["shape"]) for value in (before, after)]
        return "was %s, is %s" % tuple(sides)
    if np.isfinite(distance):
        return "changed by up to %d %s ULP" % (distance, after["dtype"])
    steps = distances(Value.from_json(before), Value.from_json(after))  # of integers, booleans, nan and infinity
    index = int(np.argmax(steps))
    return "element %d was %s, is %s" % (index, _shown(before, index), _shown(after, index))


def _shown(value: Dict[str, Any], index: int) -> str:
    """Return an element as a decimal number: of ``"0x3e124925 0.14285715"`` it is the second word."""
    return str(value["elements"][index]).split(" ")[-1]
