"""The distance of a value from the recorded one, in units in the last place (ULP) of its dtype."""

from typing import List, Tuple

import numpy as np

from tfsoftmax_compat.golden.values import FLOATS, Value

SHOWN = 8  # the number of elements that a message shows; it counts the rest


def compared(recorded: Value, measured: Value, max_ulp: float) -> Tuple[float, List[str]]:
    """Compare a value with the recorded one.

    Args:
      recorded: what it should be.
      measured: the value.
      max_ulp: the largest distance that is allowed.

    Returns:
      The largest distance of an element, infinity if dtype or shape differ; and lines of text that say what is wrong,
      none if nothing is wrong.
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
    """Return the distance of each element, for two values of the same dtype and shape.

    Returns:
      A flat float64 array. For floats: the number of steps from one number of the dtype to the next between the two,
      or infinity if one of them is nan or infinite and the other is not the same. 0.0 and -0.0 are equal, and so are
      all nans. For integers and booleans: 0 or infinity.
    """
    one, other = recorded.elements, measured.elements
    if recorded.dtype not in FLOATS:
        return np.where(one == other, 0.0, np.inf)
    layout = FLOATS[recorded.dtype]
    # Without the sign bit, the bits of a float, read as an integer, are the number of steps from zero to it.
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
    """Return lines of text with the elements that are further off than `max_ulp`, recorded above measured."""
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
