"""The text that documents a measured output in the style of the documented one."""

import re
from collections.abc import Collection, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from itertools import takewhile

from tfsoftmax_compat.tools.verify.accepting import NotAcceptedError
from tfsoftmax_compat.tools.verify.comparison import orders, styles
from tfsoftmax_compat.tools.verify.comparison.errors import documents_error, read_error
from tfsoftmax_compat.tools.verify.comparison.judge import judge, moved_numbers, same_error
from tfsoftmax_compat.tools.verify.comparison.tokens import Token
from tfsoftmax_compat.tools.verify.results import EQUAL, EXACT
from tfsoftmax_compat.worker.main import MOST_OUTPUT

_FEW_WORDS = 3
_DOTS = re.compile(r"\s*(?:\.{3,}|…+)\s*")
_ARRAY = re.compile(r"array\((\[.*\])(?:, dtype=\w+)?\)", re.DOTALL)
_ADDRESS = re.compile(r"(?<=\bat 0x)[0-9a-f]+")


class Judge:
    """Judges the outputs of one example.

    Args:
      options: the example's options.
      is_python_2: whether its document was written with Python 2.
    """

    def __init__(self, options: Collection[str] = frozenset(), is_python_2: bool = False) -> None:
        self._options = options
        self.is_python_2 = is_python_2

    def passes(self, documented: str, measured: str) -> bool:
        """Return whether a measured output is the documented one at the digits written."""
        return judge(documented, measured, 0, self._options, self.is_python_2).status in (EXACT, EQUAL)

    def moved(self, documented: str, measured: str) -> list[tuple[Token, Token]] | None:
        """Return the numbers that differ; None where the outputs differ in anything else."""
        return moved_numbers(documented, measured, self._options, self.is_python_2)


def new_text(documented: str, measured: str, judged: Judge) -> str:
    """Return the text that documents a measured output.

    What is as documented stays as it is written: numbers keep their digits, and dots stay where they match. If only
    numbers differ, only these change. If lines differ in more, they are as measured.

    Args:
      documented: the output as the document shows it.
      measured: what the example prints.
      judged: judges outputs of the example.

    Raises:
      NotAcceptedError: the output cannot be documented.
    """
    printed = "\n".join(line.rstrip() for line in measured.split("\n")).strip("\n")
    if not printed.strip():
        raise NotAcceptedError("it prints nothing")
    if len(measured) >= MOST_OUTPUT:
        raise NotAcceptedError("it prints more than is kept of an output")
    if not all(character.isprintable() or character in "\n\t" for character in printed):
        raise NotAcceptedError("it prints control characters")
    for candidate in _candidates(documented, printed, judged):
        if judged.passes(candidate, measured):
            return candidate
    raise NotAcceptedError("Python 3 prints it in another way than the Python 2 of the document")


def new_error(documented: str, raised: str) -> str:
    """Return the text that documents an error whose message has changed.

    Args:
      documented: the output as the document shows it, which documents an error.
      raised: the type and the message of the error.

    Raises:
      NotAcceptedError: the error is of another type.
    """
    shown = documents_error(documented)
    assert shown is not None
    old, new = read_error(shown), read_error(raised)
    if old.type != new.type:
        raise NotAcceptedError(f"it raises {new.type}, and {old.type} is documented")
    message = "\n".join(new.message.split("\n")[: old.message.count("\n") + 1])
    if old.message.endswith("..."):
        message = _beginning(old.message, message) or message
    error = f"{shown.partition(':')[0].strip()}: {message}"
    before, _, after = documented.rpartition(shown)
    text = f"{before}{error}{after}"
    if documents_error(text) != error or not same_error(error, raised):
        raise NotAcceptedError("the message of its error cannot be written as the document writes it")
    return text


def _beginning(old: str, new: str) -> str:
    """Return the words at the start of both messages, and dots for the rest; "" where they are few."""
    same = [one for one, other in takewhile(lambda pair: pair[0] == pair[1], zip(old.split(), new.split()))]
    return " ".join([*same, "..."]) if len(same) >= _FEW_WORDS else ""


def _candidates(documented: str, printed: str, judged: Judge) -> Iterator[str]:
    """Yield texts that may document an output, the most similar to the documented text first."""
    for each in (printed, orders.as_documented(documented, printed)):
        numbers = None if each is None else _with_numbers(documented, each, judged)
        if numbers is not None:
            yield numbers
    if judged.is_python_2 and styles.measured_for_python_2(documented, printed) != printed:
        return
    stable = _ADDRESS.sub("...", printed)  # another run has another address
    value = styles.value_of_tensor(documented, stable)
    if value is not None:
        yield _as_list(value) if "array(" not in documented else value
    yield _by_lines(documented, stable, judged)
    yield stable


def _as_list(value: str) -> str:
    """Return the display of an array as a list."""
    match = _ARRAY.fullmatch(value)
    return match[1].replace("\n" + " " * len("array("), "\n") if match else value


def _with_numbers(documented: str, printed: str, judged: Judge) -> str | None:
    """Return the documented text with the measured numbers; None where the outputs differ in anything else."""
    moved = judged.moved(documented, printed)
    if moved is None:
        return None
    text = documented
    is_wider = False
    for number, measured in reversed(moved):
        new = _as_written(number, measured, documented)
        is_wider = is_wider or len(new) != number.end - number.start
        text = text[: number.start] + new + text[number.end :]
    lines, printed_lines = documented.split("\n"), printed.split("\n")
    if "" not in lines:  # those between the matrices of an array, where an empty line would end the output
        printed_lines = [line for line in printed_lines if line]
    if is_wider and "".join(text.split()) == "".join(printed.split()) and len(lines) == len(printed_lines):
        # The blanks between aligned numbers change too, also on the lines without these numbers.
        return "\n".join(
            one if one.rstrip() == other.rstrip() else other for one, other in zip(lines, printed_lines, strict=True)
        )
    return text


def _as_written(number: Token, measured: Token, documented: str) -> str:
    """Return a measured number with as many digits after the point as the documented one has."""
    source = documented[number.start : number.end]
    dots = source[len(number.text) :] if number.is_prefix else ""
    mantissa, exponent = _parts(measured.text)
    is_longer = (measured.fraction or 0) > (number.fraction or 0) > 0
    if not is_longer or bool(exponent) != bool(_parts(number.text)[1]):
        return measured.text + dots
    unit = Decimal(1).scaleb(-(number.fraction or 0))
    rounded = Decimal(mantissa).quantize(unit, ROUND_DOWN if dots else ROUND_HALF_EVEN)
    return f"{rounded:f}{exponent}{dots}"


def _parts(number: str) -> tuple[str, str]:
    """Return the mantissa and the exponent of a number, which may be ``inf`` or ``nan``."""
    match = re.fullmatch(r"([-+.\d]*)(e[-+]?\d+)", number, re.IGNORECASE)
    return (match[1], match[2]) if match else (number, "")


def _by_lines(documented: str, printed: str, judged: Judge) -> str:
    """Return the measured text, with the documented lines that are as measured."""
    old, new = documented.split("\n"), printed.split("\n")

    def line(one: str, other: str) -> str:
        if judged.passes(one, other):
            return one
        with_numbers = _with_numbers(one, other, judged)
        is_met = with_numbers is not None and judged.passes(with_numbers, other)
        return with_numbers if is_met and with_numbers is not None else other

    dots = [at for at, each in enumerate(old) if _DOTS.fullmatch(each)]
    if len(dots) == 1 and len(new) >= len(old) - 1:  # for the lines between those at the start and those at the end
        start, end = dots[0], len(old) - dots[0] - 1
        first = map(line, old[:start], new)
        last = map(line, old[len(old) - end :], new[len(new) - end :])
        return "\n".join([*first, old[start], *last])
    if len(old) == len(new):
        return "\n".join(map(line, old, new))
    same = 0
    while same < min(len(old), len(new)) and judged.passes(old[same], new[same]):
        same += 1
    end = 0
    while end < min(len(old), len(new)) - same and judged.passes(old[-1 - end], new[-1 - end]):
        end += 1
    return "\n".join(old[:same] + new[same : len(new) - end] + old[len(old) - end :])
