"""Compare numbers at the digits that a document wrote them with."""

import math
from collections import defaultdict
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

from tfsoftmax_compat.tools.verify.comparison import ulp
from tfsoftmax_compat.tools.verify.comparison.tokens import Output, Token, padding

# No float has more digits, and nothing in a text makes the arithmetic raise.
_ARITHMETIC = Context(prec=2000, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_FLOAT32_DIGITS = 9  # that many tell any float32 from all others


class Digits:
    """The digits that the numbers of a documented output were written with."""

    def __init__(self, documented: Output) -> None:
        self._documented = documented
        self._fractions: dict[int, set[int]] = defaultdict(set)  # by group, how many digits after the point there are
        self._rounded: set[int] = set()  # the groups that have a number such as 0.9
        for token in documented.tokens:
            if token.fraction is not None:
                self._fractions[token.group].add(token.fraction)
                if token.fraction == 1 and not token.text.endswith(".0"):
                    self._rounded.add(token.group)

    def distance(self, number: Token, measured: Token) -> float:
        """How far a measured number is from a documented one, in float32 ULP; 0 if it meets it.

        Infinity for two integers that differ: that is no rounding.
        """
        if number.is_integer and measured.is_integer:
            return 0.0 if Decimal(number.text) == Decimal(measured.text) else math.inf
        if number.text == measured.text or self._is_met(number, measured):
            return 0.0
        expected, actual = float(number.text), float(measured.text)
        if expected == actual:  # they differ in digits that a float does not hold, or both are too large for one
            return math.inf if math.isinf(expected) else 0.0
        if not number.is_integer and _significant(number) <= _FLOAT32_DIGITS and _is_same_float32(expected, actual):
            return 0.0
        return ulp.distance(actual, expected)

    def _is_met(self, number: Token, measured: Token) -> bool:
        expected = _ARITHMETIC.create_decimal(number.text)
        actual = _ARITHMETIC.create_decimal(measured.text)
        if not (expected.is_finite() and actual.is_finite()):
            return expected == actual or (expected.is_nan() and actual.is_nan())
        off = _ARITHMETIC.subtract(actual, expected)
        exponent = expected.as_tuple().exponent
        assert isinstance(exponent, int)
        zeros = self._zeros(number)
        half_unit = Decimal(5).scaleb(exponent - zeros - 1, _ARITHMETIC)
        if number.is_prefix:
            further = -off if number.text.startswith("-") else off
            return -half_unit <= further < 2 * half_unit
        if self._is_whole(number) and not zeros:
            return off == 0
        return abs(off) <= half_unit

    def _is_whole(self, number: Token) -> bool:
        """Whether no digits were left out: ``3``, ``1.``, ``1e-05``; also ``1.0``, unless beside a 0.9."""
        if number.text.endswith(".0"):
            return number.fraction == 1 and not (
                number.group in self._rounded and max(self._fractions[number.group]) == 1
            )
        return not number.fraction

    def _zeros(self, number: Token) -> int:
        """How many zeros NumPy left blank: it aligns the numbers of an array, ``[0.5  0.25]``."""
        if number.fraction is None or "e" in number.text.lower():
            return 0
        return min(padding(self._documented, number), max(self._fractions[number.group]) - number.fraction)


def _significant(number: Token) -> int:
    """How many digits are written, without leading zeros."""
    mantissa = number.text.lower().partition("e")[0]
    return len(mantissa.lstrip("+-0.").replace(".", ""))


def _is_same_float32(one: float, other: float) -> bool:
    return math.isfinite(one) and math.isfinite(other) and ulp.nearest(one) == ulp.nearest(other)
