"""Judge a measured output by the documented one.

Both texts are split into numbers and the text between them. The text must agree, except for white space and NumPy's
print styles. Each number is compared at the digits that the document shows.
"""

import doctest
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tfsoftmax_compat._runtime.tolerance import MAX_ULP
from tfsoftmax_compat.tools.documents.says import IGNORE_OUTPUT, IN_QUOTES, MAY_VARY
from tfsoftmax_compat.tools.verify.comparison import orders, styles
from tfsoftmax_compat.tools.verify.comparison.align import Alignment, align, shortened
from tfsoftmax_compat.tools.verify.comparison.digits import Digits
from tfsoftmax_compat.tools.verify.comparison.errors import read_error, without_full_stop
from tfsoftmax_compat.tools.verify.comparison.tokens import WILDCARD, Token, split
from tfsoftmax_compat.tools.verify.results import DRIFT, EQUAL, EXACT, FAIL

Span = tuple[int, int]

_MOST_OF_A_MESSAGE = 10_000  # characters of an error's message whose numbers are compared
# Python 2.2 showed True as 1; this flag makes doctest tell them apart.
_DOCTEST = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.DONT_ACCEPT_TRUE_FOR_1


@dataclass(frozen=True)
class Judgement:
    """The result of comparing two outputs.

    Attributes:
      status: ``"exact"``, the same text; ``"equal"``, the same at the digits written; ``"drift"``, off by no more
        than the allowed distance; ``"fail"``.
      ulp: the largest distance of a number, in float32 ULP of the documented one; 0 unless drift or fail.
      message: what differs, or why nothing was compared; empty if the outputs agree.
    """

    status: str
    ulp: float = 0.0
    message: str = ""


def judge(
    documented: str,
    measured: str,
    max_ulp: float = MAX_ULP,
    options: Collection[str] = frozenset(),
    is_python_2: bool = False,
) -> Judgement:
    """Compare a documented output with a measured one.

    A documented number is met by a number that rounds to it at the digits written; ``0.0777...`` also by a number that
    begins with these digits. A number with all its digits (``3``, ``1.``, ``1e-05``) is met by the same float32, an
    integer only by that integer. Dots stand for any text, as in doctest: what doctest accepts with ELLIPSIS and
    NORMALIZE_WHITESPACE is accepted here. A tensor is met if the document shows its value only:
    ``tf.shape(x)  # [2, 3]``. A comment behind a documented value does not count, nor does the order of a dictionary or
    a set, nor a warning or a log record that goes to standard error.

    Args:
      documented: the output as the document shows it.
      measured: what the example printed.
      max_ulp: the largest distance that is a drift and not a failure, in float32 ULP of the documented number.
      options: the names of the example's directives. ``IGNORE_OUTPUT`` accepts any output, ``MAY_VARY`` any of the same
        kind. ``IN_QUOTES`` accepts a text with the quotes with which Python displays it. ``NUMBER`` (pytest) and
        ``FLOAT_CMP`` (pytest-doctestplus) set the tolerance of numbers, as ``RTOL=0.001`` and ``ATOL=0.001`` do.
        Others do not change anything.
      is_python_2: whether the document was written with Python 2: ``Hello`` is met by ``b'Hello'``, ``10L`` by 10.

    Returns:
      The judgement. Its message names the first number that differs; of a failure, the first that differs too much.
    """
    if IN_QUOTES in options:
        measured = styles.without_quotes_around(measured)
    if _lines(documented) == _lines(measured):
        return Judgement(EXACT)
    if IGNORE_OUTPUT in options:
        return Judgement(EQUAL, message="not compared: IGNORE_OUTPUT")
    may_vary = MAY_VARY in options or styles.accepts_any(documented, measured)
    if may_vary and styles.is_of_kind(documented, measured):
        return Judgement(EQUAL, message="not compared: the document says that the output may vary")
    found = _compared(documented, measured, options, is_python_2)
    if found.alignment.difference or found.distance > max_ulp:
        reordered = orders.as_documented(documented, measured)
        if reordered is not None:
            return judge(documented, reordered, max_ulp, options, is_python_2)
    if found.alignment.difference:
        return Judgement(FAIL, message=found.alignment.difference)
    if not found.moved:
        return Judgement(EQUAL)
    too_far = [number for number in found.moved if number.distance > max_ulp]
    first = (too_far or found.moved)[0]
    documented_number = documented[first.documented.start : first.documented.end]
    measured_number = measured[first.measured.start : first.measured.end]
    message = (
        f"number {first.position}: {shortened(documented_number)} documented, {shortened(measured_number)} measured"
    )
    return Judgement(FAIL if too_far else DRIFT, found.distance, message)


def differences(
    documented: str, measured: str, options: Collection[str] = frozenset(), is_python_2: bool = False
) -> list[tuple[Span, Span]]:
    """Return where two outputs differ: the start and end in the documented output, and in the measured one.

    All numbers that moved are returned. If the text differs, only its first difference is. For an output that has
    ended, start and end are its end.

    Args:
      documented: the output as the document shows it.
      measured: what the example printed.
      options: as for `judge`.
      is_python_2: as for `judge`.
    """
    found = _compared(documented, measured, options, is_python_2)
    if found.alignment.difference:
        one, other = found.alignment.first
        return [(_span(one, documented), _span(other, measured))]
    return [(_span(number.documented, documented), _span(number.measured, measured)) for number in found.moved]


def moved_numbers(
    documented: str, measured: str, options: Collection[str] = frozenset(), is_python_2: bool = False
) -> list[tuple[Token, Token]] | None:
    """Return the numbers that moved, documented and measured, in their order; None where the outputs differ in more.

    Args:
      documented: the output as the document shows it.
      measured: what the example printed.
      options: as for `judge`.
      is_python_2: as for `judge`.
    """
    found = _compared(documented, measured, options, is_python_2)
    return None if found.alignment.difference else [(number.documented, number.measured) for number in found.moved]


def same_error(documented: str, measured: str, types_only: bool = False) -> bool:
    """Return whether an error is the documented one.

    The type and the message decide. The module of the type, a full stop at the end of the message, and what
    TensorFlow adds of where the error was raised (``[[Node: …]]``, ``[Op:…]``, stack traces) do not. The numbers in a
    message are compared as those of an output. Of a message longer than 10,000 characters only the beginning counts.

    Args:
      documented: what `documents_error` returned. The first lines of the message are enough; without any message, the
        type is.
      measured: the exception's type and message, as a traceback ends.
      types_only: whether only the types are compared, as doctest does with IGNORE_EXCEPTION_DETAIL.
    """
    expected, actual = read_error(documented), read_error(measured)
    if judge(expected.type, actual.type).status not in (EXACT, EQUAL):
        return False
    if types_only or not expected.message:
        return True
    lines = actual.message.split("\n")
    forms = {form.strip() for form in (actual.message, lines[0], "\n".join(lines[: expected.message.count("\n") + 1]))}
    is_met = doctest.OutputChecker().check_output
    if any(is_met(expected.message, form, _DOCTEST) for form in forms):
        return True
    documented = _beginning(without_full_stop(expected.message), _MOST_OF_A_MESSAGE)
    beginnings = {_beginning(without_full_stop(form), 2 * _MOST_OF_A_MESSAGE) for form in forms}
    return any(judge(documented, beginning, max_ulp=0).status in (EXACT, EQUAL) for beginning in beginnings)


def _beginning(message: str, most: int) -> str:
    """Return a message; of one that is longer than `most`, the beginning, and dots for the rest."""
    return message if len(message) <= most else message[:most].rsplit(maxsplit=1)[0] + " ..."


class _Moved(NamedTuple):
    position: int
    documented: Token
    measured: Token
    distance: float


class _Comparison(NamedTuple):
    """Two outputs side by side, and the numbers that moved."""

    alignment: Alignment
    moved: list[_Moved]

    @property
    def same_to(self) -> float:
        """Where the text of the documented output differs first; infinity where it does not, or not before its end."""
        first = self.alignment.first[0] if self.alignment.difference else None
        return first.start if first else math.inf

    @property
    def distance(self) -> float:
        return max((number.distance for number in self.moved), default=0.0)


def _compared(documented: str, measured: str, options: Collection[str], is_python_2: bool) -> _Comparison:
    """Compare two outputs in the forms that they may be meant in, and return the best comparison."""
    if _is_met_by_doctest(documented, measured):
        return _Comparison(Alignment([]), [])
    comparisons = []
    # A dict, because most outputs have one form only.
    for one, other in dict.fromkeys(_forms(styles.without_comments(documented, measured), measured, is_python_2)):
        comparisons.append(_aligned(one, other, options))
        if not comparisons[-1].alignment.difference and not comparisons[-1].moved:
            break
    return min(comparisons, key=lambda found: (bool(found.alignment.difference), -found.same_to, found.distance))


def _is_met_by_doctest(documented: str, measured: str) -> bool:
    documented = documented.replace("…", "...")
    return doctest.OutputChecker().check_output(documented.strip() + "\n", measured.strip() + "\n", _DOCTEST)


def _forms(documented: str, measured: str, is_python_2: bool) -> Iterator[tuple[str, str]]:
    """Yield the documented and the measured output in the forms that may be meant; positions stay."""
    documented, measured = styles.without_marks(documented, measured), styles.without_marks(measured, documented)
    documented = styles.without_line_signs(documented, measured)
    documented = styles.without_module(documented, measured)
    documented = styles.without_standard_error(styles.without_escapes(documented, measured), measured)
    for one, other in styles.forms(documented, measured):
        if not is_python_2:
            yield one, other
            continue
        for by_python_2 in styles.documented_by_python_2(one):
            yield by_python_2, styles.measured_for_python_2(by_python_2, other)


def _aligned(documented: str, measured: str, options: Collection[str]) -> _Comparison:
    expected = split(documented)
    # A few more tokens than documented tell that an output is longer, unless dots may stand for the others.
    most = None if any(token.kind == WILDCARD for token in expected.tokens) else 2 * len(expected.tokens) + 1000
    actual = split(measured, most, by_numpy=True)
    digits = Digits(expected, options)
    found = align(expected, actual, lambda one, other: digits.distance(one, other) == 0)
    distances = [
        _Moved(position, one, other, digits.distance(one, other))
        for position, (one, other) in enumerate(found.pairs, start=1)
    ]
    return _Comparison(found, [number for number in distances if number.distance])


def _span(token: Token | None, output: str) -> Span:
    end = len(output.rstrip())
    return token.span if token else (end, end)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
