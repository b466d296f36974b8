"""Compare numbers at the digits that a document wrote them with."""

import math
from collections import defaultdict
from collections.abc import Collection
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

from tfsoftmax_compat.tools.verify.comparison import ulp
from tfsoftmax_compat.tools.verify.comparison.tokens import NUMBER, Output, Token, padding

# No float has more digits, and nothing in a text makes the arithmetic raise.
_ARITHMETIC = Context(prec=2000, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_FLOAT32_DIGITS = 9  # enough to tell any float32 from all others
_OLD_FRACTION = 8  # digits after the point with which NumPy up to 1.13 wrote any float: 20.08553696 for a float32
# The tolerances of pytest-doctestplus' FLOAT_CMP, those of NumPy's isclose.
_FLOAT_CMP = ("RTOL=1e-5", "ATOL=1e-8")


class Digits:
    """The digits that the numbers of a documented output are written with.

    Args:
      documented: the output.
      options: the example's options. ``NUMBER`` (pytest's) allows a whole unit of the last digit written, not half of
        one. ``FLOAT_CMP`` (pytest-doctestplus') also allows numbers that NumPy's `isclose` takes for the same;
        ``RTOL=0.001`` and ``ATOL=0.001`` set the tolerances of that.
    """

    def __init__(self, documented: Output, options: Collection[str] = ()) -> None:
        self._documented = documented
        self._allows_unit = "NUMBER" in options
        tolerances = [*(_FLOAT_CMP if "FLOAT_CMP" in options else ()), *options]
        self._relative, self._absolute = (
            max((Decimal(option[len(name) :]) for option in tolerances if option.startswith(name)), default=Decimal(0))
            for name in ("RTOL=", "ATOL=")
        )
        self._fractions: dict[int, set[int]] = defaultdict(set)  # by group, how many digits after the point there are
        self._rounded: set[int] = set()  # the groups that have a number such as 0.9
        for token in documented.tokens:
            if token.fraction is not None:
                self._fractions[token.group].add(token.fraction)
                if token.fraction == 1 and not token.text.endswith(".0"):
                    self._rounded.add(token.group)
        # The lists that NumPy did not print, or not with aligned numbers.
        self._unaligned = {token.group for token in documented.tokens if not self._is_aligned(token)}

    def distance(self, number: Token, measured: Token) -> float:
        """Return how far a measured number is from the documented one.

        Returns:
          The distance in float32 ULP from the nearest value that rounds to what is written; 0 if the measured number
          rounds to it. Infinity for two integers that differ: these are not rounded.
        """
        if number.is_integer and measured.is_integer:
            return 0.0 if Decimal(number.text) == Decimal(measured.text) else math.inf
        if number.text == measured.text:
            return 0.0
        expected = _ARITHMETIC.create_decimal(number.text)
        actual = _ARITHMETIC.create_decimal(measured.text)
        if not (expected.is_finite() and actual.is_finite()):
            return 0.0 if expected == actual or (expected.is_nan() and actual.is_nan()) else math.inf
        if number.is_prefix and number.fraction is None and measured.text.startswith(number.text):
            return 0.0  # "1..." for 12
        off = _ARITHMETIC.subtract(actual, expected)
        allowed = self._allowed(number, expected, actual)
        too_far = _ARITHMETIC.subtract(off.copy_abs(), allowed)
        if too_far <= 0:
            return 0.0
        one, other = float(number.text), float(measured.text)
        if one == other:  # they differ in digits that a float does not hold, or both are too large for one
            return math.inf if math.isinf(one) else 0.0
        if _is_float32(number) and _is_same_float32(one, other):
            # The measured number may be a float64 near to that float32: it has to round to what is written.
            if _is_float32(measured) or off.copy_abs() <= _unit(expected, half=True):
                return 0.0
        if not math.isfinite(one):
            return math.inf
        # A float64 may be so small that all float32 around it are 0.
        spacing = ulp.spacing(one) if _is_float32(number) else ulp.spacing_unbounded(one)
        if 2 * float(allowed) < spacing:  # there is one float32 at most that rounds to these digits
            return abs(other - one) / spacing
        return float(too_far) / spacing

    def _allowed(self, number: Token, expected: Decimal, actual: Decimal) -> Decimal:
        """Return how far the values that may be written as `number` are from it, in the direction of `actual`."""
        zeros = self._zeros(number)
        unit, half = (_unit(expected, is_half, zeros) for is_half in (False, True))
        allowed = unit if self._allows_unit else half
        if number.is_prefix:  # its digits may be cut too: "0.0776..." for 0.07768
            further = _ARITHMETIC.subtract(actual, expected)
            further = further.copy_negate() if number.text.startswith("-") else further
            allowed = unit if half < further < unit else half
        elif number.is_integer or (self._is_whole(number) and not zeros and not self._allows_unit):
            allowed = Decimal(0)
        return max(allowed, _ARITHMETIC.fma(self._relative, actual.copy_abs(), self._absolute))

    def _is_whole(self, number: Token) -> bool:
        """Return whether all digits are written: ``3``, ``1.``, ``1e-05``; also ``1.0``, unless beside a 0.9."""
        if number.text.endswith(".0"):
            return number.fraction == 1 and not (
                number.group in self._rounded and max(self._fractions[number.group]) == 1
            )
        return not number.fraction

    def _zeros(self, number: Token) -> int:
        """Return how many zeros NumPy left blank behind a number to align an array, ``[0.5  0.25]``."""
        if not number.group or number.group in self._unaligned or number.fraction is None:
            return 0
        return min(padding(self._documented, number) or 0, max(self._fractions[number.group]) - number.fraction)

    def _is_aligned(self, token: Token) -> bool:
        """Return whether NumPy can have printed this number in an array of aligned numbers."""
        if token.kind != NUMBER or not token.text[-1].isdigit() and token.fraction is None:
            return True  # no number, or inf and nan, which have no digits
        if token.fraction is None or token.is_prefix or "e" in token.text.lower():
            return False
        blanks = padding(self._documented, token)
        return blanks is None or token.fraction + blanks >= max(self._fractions[token.group])


def _unit(written: Decimal, half: bool, zeros: int = 0) -> Decimal:
    """Return a unit, or half of one, of the last digit of a finite number, which `zeros` zeros follow."""
    exponent = written.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5 if half else 1).scaleb(exponent - zeros - half, _ARITHMETIC)


def _is_float32(number: Token) -> bool:
    """Return whether the digits of a finite number are those of a float32, rounded.

    1.00000001 are none of any: those nearest to it are 1.00000000 and 1.00000012. Nor are 1e-50 and 0.1234567890123.
    """
    if number.is_integer:
        return False
    if _significant(number) > _FLOAT32_DIGITS and (number.fraction or 0) > _OLD_FRACTION:
        return False
    value = float(number.text)
    if not math.isfinite(value):
        return False
    written = _ARITHMETIC.create_decimal(number.text)
    off = _ARITHMETIC.subtract(written, _ARITHMETIC.create_decimal(ulp.nearest(value)))
    return off.copy_abs() <= _unit(written, half=True)


def _significant(number: Token) -> int:
    """Return how many digits are written, without leading zeros."""
    mantissa = number.text.lower().partition("e")[0]
    return len(mantissa.lstrip("+-0.").replace(".", ""))


def _is_same_float32(one: float, other: float) -> bool:
    return math.isfinite(one) and math.isfinite(other) and ulp.nearest(one) == ulp.nearest(other)
