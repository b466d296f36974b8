"""Distances in float32 ULP, the unit in the last place. Plain Python, 3.6 and later."""

import math

_MANTISSA_BITS = 24
_SMALLEST_EXPONENT = -149


def spacing(value: float) -> float:
    """Return the distance from `value`, a finite float32, to the next float32 away from zero: its ULP."""
    exponent = math.frexp(value)[1] - _MANTISSA_BITS if value else _SMALLEST_EXPONENT
    return math.ldexp(1.0, max(exponent, _SMALLEST_EXPONENT))


def spacing_unbounded(value: float) -> float:
    """Return what `spacing` would if there were no smallest float32 but 0; not less than the smallest float64."""
    return max(math.ldexp(1.0, math.frexp(value)[1] - _MANTISSA_BITS), 5e-324) if value else spacing(value)


def nearest(value: float) -> float:
    """Return the float32 nearest to a finite number, as if there were no largest float32."""
    return round(value / spacing(value)) * spacing(value)  # of two that are as near, round() takes the even one
