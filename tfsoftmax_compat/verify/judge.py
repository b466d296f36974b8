"""Judge what an example printed by what its document says it prints.

Both texts are split into numbers and the text between them. The text must agree, white space and NumPy's print
styles aside, and each number is compared at the digits that the document wrote.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from tfsoftmax_compat.verify import ulp
from tfsoftmax_compat.verify.results import DRIFT, EQUAL, EXACT, FAIL

MAX_ULP = 4.0

_SCALAR_REPR = re.compile(r"\bnp\.float(?:16|32|64)\(([^()]*)\)")  # NumPy 2 prints a scalar inside a list so
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|inf|nan)(?![\w.])", re.IGNORECASE)


@dataclass(frozen=True)
class Judgement:
    """What comparing two texts found.

    Attributes:
      status: ``"exact"``, the same text; ``"equal"``, the same at the digits written; ``"drift"``, off by no more
        than the float32 ULP allowed; ``"fail"``.
      ulp: the largest distance between two numbers, in float32 ULP of the documented one; 0 unless drift or fail.
      message: what differs, where they differ.
    """

    status: str
    ulp: float = 0.0
    message: str = ""


def judge(documented: str, measured: str, max_ulp: float = MAX_ULP) -> Judgement:
    """Compare a documented output with a measured one.

    Args:
      documented: the output as the document has it.
      measured: what the example printed.
      max_ulp: the largest distance that is a drift and no failure, in float32 ULP of the documented number.

    Returns:
      The judgement.
    """
    if _lines(documented) == _lines(measured):
        return Judgement(EXACT)
    documented_text, documented_numbers = _split(documented)
    measured_text, measured_numbers = _split(measured)
    if len(documented_numbers) != len(measured_numbers):
        return Judgement(
            FAIL, message=f"{len(documented_numbers)} numbers documented, {len(measured_numbers)} measured"
        )
    if documented_text != measured_text:
        return Judgement(FAIL, message="the text around the numbers differs")
    largest = 0.0
    first = ""
    for position, (expected, actual) in enumerate(zip(documented_numbers, measured_numbers), start=1):
        if not _same_digits(expected, actual):
            largest = max(largest, ulp.distance(float(actual), float(expected)))
            first = first or f"number {position}: {expected} documented, {actual} measured"
    if not first:
        return Judgement(EQUAL)
    return Judgement(DRIFT if largest <= max_ulp else FAIL, largest, first)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _split(text: str) -> tuple[list[str], list[str]]:
    """The text between the numbers, without white space, and the numbers."""
    text = _SCALAR_REPR.sub(r"\1", text)
    between = [re.sub(r"\s+", "", part) for part in _NUMBER.split(text)]
    return between, _NUMBER.findall(text)


def _same_digits(documented: str, measured: str) -> bool:
    """Whether the measured number, rounded to the digits that the documented one has, is that number."""
    expected, actual = Decimal(documented), Decimal(measured)
    if not (expected.is_finite() and actual.is_finite()):
        return ulp.distance(float(actual), float(expected)) == 0
    exponent = expected.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= 0:  # "3" and "1." leave no digit out
        return expected == actual
    return abs(expected - actual) <= Decimal(5).scaleb(exponent - 1)
