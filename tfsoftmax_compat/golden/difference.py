"""How far a value is from the recorded one, in units in the last place of its own dtype."""

from typing import List, Tuple

import numpy as np

from tfsoftmax_compat.golden.values import FLOATS, Value

SHOWN = 8  # elements that a message shows; the rest it counts


def compared(recorded: Value, measured: Value, max_ulp: float) -> Tuple[float, List[str]]:
    """How far a value is off, and what is wrong with it.

    Args:
      recorded: what it should be.
      measured: the value.
      max_ulp: the largest distance that is allowed.

    Returns:
      The largest distance of an element, infinity where dtype or shape differ; and lines of text that say what is
      wrong, none if nothing is.
    """
    if (recorded.dtype, recorded.shape) != (measured.dtype, measured.shape):
        sides = ["%s of shape %s" % (value.dtype, list(value.shape)) for value in (recorded, measured)]
        return float("inf"), ["recorded as %s, and this is %s" % (sides[0], sides[1])]
    steps = distances(recorded, measured)
    furthest = float(steps.max()) if steps.size else 0.0
    if furthest <= max_ulp:
        return furthest, []
    summary = "%d of %d elements differ" % ((steps > max_ulp).sum(), steps.size)
    if furthest < float("inf"):
        summary += ", the furthest by %d %s ULP; %g are allowed" % (furthest, recorded.dtype, max_ulp)
    return furthest, [summary, "", *_elements(recorded, measured, steps, max_ulp), ""]


def distances(recorded: Value, measured: Value) -> np.ndarray:
    """The distance of each element, for two values of one dtype and shape.

    Args:
      recorded: the one value.
      measured: the other.

    Returns:
      A flat float64 array: for floats, how many steps from one number of the dtype to the next lie between the two,
      infinity where one of the two is nan or infinite and the other is not the same. Zeros of either sign are equal,
      and so are nans. For integers and booleans 0 or infinity.
    """
    one, other = recorded.elements, measured.elements
    if recorded.dtype not in FLOATS:
        return np.where(one == other, 0.0, np.inf)
    layout = FLOATS[recorded.dtype]
    # Without its sign, a float's bits count the numbers from zero up to it.
    one_steps, other_steps = [(bits & bits.dtype.type(layout.magnitude)).astype(np.uint64) for bits in (one, other)]
    same_sign = (one > layout.magnitude) == (other > layout.magnitude)
    apart = np.maximum(one_steps, other_steps) - np.minimum(one_steps, other_steps)
    steps = np.where(same_sign, apart, one_steps + other_steps).astype(np.float64)
    not_finite = np.maximum(one_steps, other_steps) >= layout.infinity
    both_nan = np.minimum(one_steps, other_steps) > layout.infinity
    steps[not_finite & (steps != 0)] = np.inf
    steps[both_nan] = 0
    return steps


def _elements(recorded: Value, measured: Value, steps: np.ndarray, max_ulp: float) -> List[str]:
    """The elements that are further off than `max_ulp`, recorded above measured, as lines of text."""
    off = np.flatnonzero(steps > max_ulp)
    then, now = recorded.decimals(), measured.decimals()
    lines = []
    for index in off[:SHOWN]:
        place = "[%s]" % ", ".join(str(i) for i in np.unravel_index(index, recorded.shape)) if recorded.shape else ""
        lines.append("%s recorded %s" % (place, then[index]))
        ulp = "   %d ULP" % steps[index] if np.isfinite(steps[index]) else ""
        lines.append("%s measured %s%s" % (" " * len(place), now[index], ulp))
    if len(off) > SHOWN:
        lines.append("and %d more" % (len(off) - SHOWN))
    return lines
