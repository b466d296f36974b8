"""Judge what an example printed by what its document says it prints.

Both texts are split into numbers and the text between them. The text must agree, white space and NumPy's print
styles aside, and each number is compared at the digits that the document wrote.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from tfsoftmax_compat._runtime.tolerance import MAX_ULP
from tfsoftmax_compat.tools.verify.comparison.align import Alignment, align, shortened
from tfsoftmax_compat.tools.verify.comparison.digits import Digits
from tfsoftmax_compat.tools.verify.comparison.tokens import WILDCARD, Token, split
from tfsoftmax_compat.tools.verify.results import DRIFT, EQUAL, EXACT, FAIL

Span = tuple[int, int]

_HEADER = re.compile(
    r"^(?P<margin>[ \t]*)(?:(?P<type>\w+?)[ \t]*)?Traceback \((?:most recent call last|innermost last)\):?[ \t]*$",
    re.MULTILINE,
)
# A tensor as TensorFlow displays and as it prints it. Neither looks past the next one's beginning: time stays linear.
_TENSOR = re.compile(
    r"<tf\.(?:Tensor|Variable)\b(?:(?!numpy=)[^<>])*numpy=(?P<displayed>[^<>]*)>"
    r"|\btf\.Tensor\((?P<printed>(?:(?!tf\.Tensor\().)*?),\s+shape=\([^()]*\), dtype=\w+\)",
    re.DOTALL,
)
_NAMES_TENSOR = re.compile(r"\btf\.(?:Tensor|Variable)\b|\bnumpy=")
# The module before an exception's name, and what TensorFlow adds to a message of where the error came from.
_NOT_COMPARED = re.compile(r"\A\s*(?:\w+\.)+(?=\w)|\{\{function_node \S+?\}\}|\[Op:\w+\](?: name:.*)?")


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

    A number is met by one that rounds to it at the digits written; ``0.0777...`` also by one that begins so. One
    that leaves no digit out (``3``, ``1.``, ``1e-05``) is met by the same float32, an integer by that integer
    alone. Dots on their own stand for any text. A tensor is met by its value alone: ``tf.shape(x)  # [2, 3]``.

    Args:
      documented: the output as the document has it.
      measured: what the example printed.
      max_ulp: the largest distance that is a drift and no failure, in float32 ULP of the documented number.

    Returns:
      The judgement. Its message names the first number that differs; of a failure, the first that differs too much.
    """
    if _lines(documented) == _lines(measured):
        return Judgement(EXACT)
    found, moved = _compared(documented, measured)
    if found.difference:
        return Judgement(FAIL, message=found.difference)
    if not moved:
        return Judgement(EQUAL)
    too_far = [number for number in moved if number.distance > max_ulp]
    first = (too_far or moved)[0]
    message = "number {}: {} documented, {} measured".format(
        first.position,
        shortened(documented[first.documented.start : first.documented.end]),
        shortened(measured[first.measured.start : first.measured.end]),
    )
    return Judgement(FAIL if too_far else DRIFT, max(number.distance for number in moved), message)


def differences(documented: str, measured: str) -> list[tuple[Span, Span]]:
    """Where two outputs differ: from which position to which in the documented one, and in the measured one.

    Every number that moved; of outputs whose text differs, the first place. Where an output has ended, from its end
    to its end.
    """
    found, moved = _compared(documented, measured)
    if found.difference:
        one, other = found.first
        return [(_span(one, documented), _span(other, measured))]
    return [(_span(number.documented, documented), _span(number.measured, measured)) for number in moved]


def documents_error(documented: str) -> str | None:
    """The error that a documented traceback ends with, ``"ValueError: the message"``; None if it is no traceback.

    Python's form is understood, also with the frames left out, and IPython's, whose header names the error too. A
    message may go on over further lines.
    """
    headers = list(_HEADER.finditer(documented))
    if not headers:
        return None
    header = headers[-1]  # the others are of errors while whose handling it was raised
    name = re.escape(header["type"]) + r"\b" if header["type"] else r"\w"
    error = re.compile(rf"^{header['margin']}(?:\w+\.)*{name}.*", re.MULTILINE | re.DOTALL)
    found = error.search(documented, header.end())
    return found[0].strip() if found else None


def same_error(documented: str, measured: str) -> bool:
    """Whether an error is the documented one.

    Args:
      documented: what `documents_error` returned.
      measured: the exception's type and message, as a traceback ends. The message's first line is enough.

    Returns:
      Whether both agree as outputs do, without drift; the module before the type's name, and the node's, do not count.
    """
    documented, measured = (_NOT_COMPARED.sub("", error) for error in (documented, measured))
    forms = (measured, measured.partition("\n")[0])
    return any(judge(documented, form, max_ulp=0).status in (EXACT, EQUAL) for form in forms)


class _Moved(NamedTuple):
    position: int
    documented: Token
    measured: Token
    distance: float


def _compared(documented: str, measured: str) -> tuple[Alignment, list[_Moved]]:
    if not _NAMES_TENSOR.search(documented):
        measured = _TENSOR.sub(_value_alone, measured)
    expected = split(documented)
    # No more of a long output needs to be looked at than tells that it is longer, unless dots may stand for it.
    most = None if any(token.kind == WILDCARD for token in expected.tokens) else 2 * len(expected.tokens) + 1000
    actual = split(measured, most)
    digits = Digits(expected)
    found = align(expected, actual, lambda one, other: digits.distance(one, other) == 0)
    distances = [
        _Moved(position, one, other, digits.distance(one, other))
        for position, (one, other) in enumerate(found.pairs, start=1)
    ]
    return found, [number for number in distances if number.distance]


def _value_alone(tensor: re.Match[str]) -> str:
    """The value of a displayed tensor where it stands, with blanks around it."""
    start, end = tensor.span(tensor.lastgroup or 0)
    return " " * (start - tensor.start()) + tensor.string[start:end] + " " * (tensor.end() - end)


def _span(token: Token | None, output: str) -> Span:
    end = len(output.rstrip())
    return (token.start, token.end) if token else (end, end)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
