"""Distances in float32 ULP, the unit in the last place. Plain Python, 3.6 and later."""

import math

_MANTISSA_BITS = 24
_SMALLEST_EXPONENT = -149


def spacing(value: float) -> float:
    """The distance from `value` to the next float32 away from zero, if `value` is a finite one: its ULP."""
    exponent = math.frexp(value)[1] - _MANTISSA_BITS if value else _SMALLEST_EXPONENT
    return math.ldexp(1.0, max(exponent, _SMALLEST_EXPONENT))


def nearest(value: float) -> float:
    """The float32 nearest to a finite number, as if its exponent had no bound above."""
    return round(value / spacing(value)) * spacing(value)  # round() takes the even one of two that are as near


def distance(measured: float, expected: float) -> float:
    """How many float32 ULP of `expected` lie between the two numbers.

    Args:
      measured: any number.
      expected: the number whose ULP is the unit.

    Returns:
      0 where both are equal, or both nan; infinity where just one of them is nan or infinite.
    """
    if measured == expected or (math.isnan(measured) and math.isnan(expected)):
        return 0.0
    if not (math.isfinite(measured) and math.isfinite(expected)):
        return math.inf
    return abs(measured - expected) / spacing(expected)
