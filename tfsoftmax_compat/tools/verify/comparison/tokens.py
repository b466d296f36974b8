"""Split an output into numbers and the text between them.

What differs between the print styles of TensorFlow's and NumPy's releases is left out: white space, commas inside
brackets, the names around a value (``array(…)``, ``np.float32(…)``), the address of an object. Positions in the output
are kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

NUMBER, TEXT, WILDCARD = "number", "text", "wildcard"

# A sign belongs to its number where nothing precedes it ("1-2" has none), and in an imaginary part ("1.+2.j").
# No part of an alternative can match what the part before it can, so that the time is linear in the text's length.
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<wildcard>\.{3,}|…+)
    | (?P<address>\bat\s+0x(?:[0-9a-f]+|\.{3}|…))
    | (?P<tf_dtype><dtype:\ '(?P<tf_dtype_name>\w+)'>)
    | (?P<np_dtype>\bdtype\('(?P<np_dtype_name>\w+)'\))
    | (?P<dtype>
        (?:,\s*)?\bdtype\s*[=:]\s*(?P<is_object><dtype:\s*)?
        '?[<>|=]?(?P<dtype_name>\w+(?:\.\w+)*|(?=\.{3}|…))'?(?(is_object)>))
    | (?P<version>\d+(?:\.\d+){2,})
    | (?P<number>
        (?P<mantissa>
            (?:(?<![\w.)\]])[-+]|[-+]\s?(?=[\d.]+(?:e[-+]?\d+)?j))?
            (?:\d+(?:\.(?!\.)(?P<fraction>\d*))?|\.(?P<bare_fraction>\d+)))
        (?P<dots>\.{3}|…)?
        (?P<exponent>e[-+]?\d+)?)
    | (?P<special>(?:(?<![\w.)\]])[-+])?(?:inf(?:inity)?|nan)\b)
    | (?P<shape>\bTensorShape\(\[)
    | (?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<comma>,)
    | (?P<opening>[(\[]|<(?=[^\W\d]))
    | (?P<closing>[)\]]|(?<![-=])>)
    | (?P<symbol>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_AROUND_A_VALUE = re.compile(
    r"[aA]rray|matrix|Dimension"
    r"|(?:np|numpy)\.(?:array|bool|bytes|c?longdouble|complex|datetime64|float|int|str|timedelta64|uint)\w*"
)
_KERAS_TENSOR = re.compile(r"keras_tensor_\d+")  # Keras counts the tensors of a process
_PAIRS = {"(": ")", "[": "]", "<": ">"}
_AFTER_A_NUMBER = re.compile(r"( *)([^ ]?)")

# What else may be open: a parenthesis that is left out with the name before it (an array's, or another), and the list
# of a TensorShape.
_ARRAY, _DROPPED, _SHAPE = "array", "dropped", "shape"


class Token(NamedTuple):
    """A number, a piece of text, or dots that stand for any text.

    Attributes:
      kind: `NUMBER`, `TEXT` or `WILDCARD`.
      text: the text without differences of print style; that of a number can be given to `float`.
      start: where it starts in the output.
      end: where it ends there.
      is_prefix: whether dots follow the number's digits: ``0.0777...``
      fraction: how many digits a number has after the point; None if it has no point.
      is_integer: whether a number has neither point nor exponent.
      group: the number of the outermost list that a number is in, from 1; 0 if it is in none.
    """

    kind: str
    text: str
    start: int
    end: int
    is_prefix: bool = False
    fraction: int | None = None
    is_integer: bool = False
    group: int = 0

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True)
class Output:
    """An output in tokens.

    Attributes:
      source: the output.
      tokens: its tokens, or the first of them.
      named: what NumPy shows only sometimes, and what therefore is no token: the ``"dtype"`` and the ``"shape"`` of
        an array, the ``"type"`` of a number. By the index of the token that follows, and the name.
      is_cut: whether there are more tokens.
    """

    source: str
    tokens: list[Token]
    named: dict[tuple[int, str], str]
    is_cut: bool = False


def split(source: str, most: int | None = None, by_numpy: bool = False) -> Output:
    """Split an output into its tokens.

    Args:
      source: the output.
      most: about how many tokens are enough; None for all.
      by_numpy: whether NumPy has printed the arrays. It leaves a dtype out if that is its default, so an array without
        a dtype is named by this default. In a document the author may have left it out.
    """
    reader = _Reader(by_numpy)
    for match in _TOKEN.finditer(source):
        if match.lastgroup == "space":
            continue
        if most is not None and len(reader.tokens) > most:
            return Output(source, reader.tokens, reader.named, is_cut=True)
        reader.read(match)
    return Output(source, reader.tokens, reader.named)


class _Reader:
    """Make tokens of matches, one after the other."""

    def __init__(self, by_numpy: bool) -> None:
        self._by_numpy = by_numpy
        self.tokens: list[Token] = []
        self.named: dict[tuple[int, str], str] = {}
        self._opened: list[tuple[str, int]] = []  # the open brackets, and how many tokens there were before each
        self._lists = 0  # how many of them are square
        self._groups = 0  # how many outermost lists there were
        self._array_shape: int | None = None  # the token with which the name of an array's shape starts
        self._read: dict[str, Callable[[re.Match[str]], None]] = {
            "wildcard": self._read_wildcard,
            "address": lambda match: self._add_text(match, "at 0x"),
            "tf_dtype": lambda match: self._add_text(match, "tf." + match["tf_dtype_name"]),
            "np_dtype": lambda match: self._add_text(match, match["np_dtype_name"]),
            "dtype": self._read_dtype,
            "version": self._add_text,
            "number": self._read_number,
            "special": lambda match: self.tokens.append(Token(NUMBER, match[0], match.start(), match.end())),
            "shape": self._read_shape,
            "word": self._read_word,
            "comma": self._read_comma,
            "opening": self._read_opening,
            "closing": self._read_closing,
            "symbol": self._read_symbol,
        }

    def read(self, match: re.Match[str]) -> None:
        self._read[match.lastgroup or ""](match)

    def _read_wildcard(self, match: re.Match[str]) -> None:
        if self.tokens and self.tokens[-1].text == ",":  # the dots of "a, ..., b" stand for a comma too
            self.tokens.pop()
        self._add_wildcard(match.start(), match.end())

    def _read_dtype(self, match: re.Match[str]) -> None:
        name = match["dtype_name"].rpartition(".")[2]
        if name:  # none in "dtype=..."
            self._name("dtype", name.removesuffix("_ref"))  # TensorFlow 1's variables have "float32_ref"

    def _read_number(self, match: re.Match[str]) -> None:
        mantissa, bare_fraction, fraction, exponent, dots = match.group(
            "mantissa", "bare_fraction", "fraction", "exponent", "dots"
        )
        fraction = bare_fraction or fraction
        is_integer = fraction is None and not exponent
        text = "".join(mantissa.split()) if mantissa[0] in "+-" else mantissa  # "- 2j" has a blank in it
        self.tokens.append(
            Token(
                NUMBER,
                text + exponent if exponent else text,
                match.start(),
                match.end(),
                is_prefix=bool(dots),
                fraction=None if fraction is None else len(fraction),
                is_integer=is_integer and not dots,
                group=self._groups if self._lists else 0,
            )
        )
        if dots and is_integer:  # "[1...]" can be a list's beginning
            self._add_wildcard(match.end("dots"), match.end("dots"))

    def _read_shape(self, match: re.Match[str]) -> None:
        """Read ``TensorShape([2, 3])`` as ``(2, 3)``, which TensorFlow 1 and `print` show."""
        self._add_text(match, "(")
        self._opened.append((_SHAPE, len(self.tokens)))

    def _read_word(self, match: re.Match[str]) -> None:
        word = match[0]
        if word in ("np.True_", "np.False_"):  # NumPy 2's
            word = word[3:-1]
        elif word == "shape" and self._innermost() == _ARRAY:
            self._array_shape = len(self.tokens)
        elif _KERAS_TENSOR.fullmatch(word):
            word = "keras_tensor"
        self._add_text(match, word)

    def _read_comma(self, match: re.Match[str]) -> None:
        if self._innermost() not in ("[", _ARRAY, _DROPPED) and not self._is_after_dots():
            self._add_text(match)

    def _read_opening(self, match: re.Match[str]) -> None:
        before = self.tokens[-1] if self.tokens else None
        if match[0] == "(" and before and before.end == match.start() and _AROUND_A_VALUE.fullmatch(before.text):
            self.tokens.pop()
            self._opened.append((_ARRAY if before.text in ("array", "Array") else _DROPPED, len(self.tokens)))
            scalar = before.text.partition(".")[2]  # none in "array"
            if scalar:
                self._name("type", scalar)
            return
        self._add_text(match)
        self._opened.append((match[0], len(self.tokens)))
        if match[0] == "[":
            self._groups += self._lists == 0
            self._lists += 1

    def _read_closing(self, match: re.Match[str]) -> None:
        opened, count = self._opened[-1] if self._opened else ("", 0)
        if match[0] == ")" and opened in (_ARRAY, _DROPPED):
            self._opened.pop()
            self._drop_array_shape()
            if opened == _ARRAY and self._by_numpy and (len(self.tokens), "dtype") not in self.named:
                default = _default_dtype(self.tokens[count:])
                if default:
                    self._name("dtype", default)
        elif match[0] == ")" and opened != "(" and self._is_after_dots():
            pass  # the dots stand for what it closes: "numpy=..., dtype=float32)>"
        elif match[0] == "]" and opened == _SHAPE:
            self._opened[-1] = (_DROPPED, count)  # the parenthesis that follows
            if len(self.tokens) == count + 1 and self.tokens[-1].kind != WILDCARD:
                self._add_text(match, ",")
            self._add_text(match, ")")
        elif match[0] == ")" and opened == "(" and _is_complex(self.tokens[count:]):
            self._opened.pop()
            del self.tokens[count - 1]  # Python shows "(1+2j)" where NumPy shows "1.+2.j"
        else:
            self._add_text(match)
            if _PAIRS.get(opened) == match[0]:
                self._opened.pop()
                self._lists -= match[0] == "]"

    def _read_symbol(self, match: re.Match[str]) -> None:
        # TensorFlow 1 shows an unknown size as "?".
        is_size = match[0] == "?" and self._innermost() == "(" and self.tokens[-1].text in ("(", ",")
        self._add_text(match, "None" if is_size else None)

    def _drop_array_shape(self) -> None:
        """Drop the shape that NumPy 2 adds to an array that it shows in part."""
        if self._array_shape is None:
            return
        index, self._array_shape = self._array_shape, None
        shape = "".join(token.text for token in self.tokens[index:])
        dtype = self.named.pop((len(self.tokens), "dtype"), None)
        del self.tokens[index:]
        self._name("shape", shape)
        if dtype:
            self._name("dtype", dtype)

    def _name(self, name: str, value: str) -> None:
        self.named[len(self.tokens), name] = value

    def _innermost(self) -> str:
        return self._opened[-1][0] if self._opened else ""

    def _is_after_dots(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].kind == WILDCARD

    def _add_text(self, match: re.Match[str], text: str | None = None) -> None:
        self.tokens.append(Token(TEXT, text or match[0], match.start(), match.end()))

    def _add_wildcard(self, start: int, end: int) -> None:
        self.tokens.append(Token(WILDCARD, "...", start, end))


def _is_complex(tokens: list[Token]) -> bool:
    """Return whether the tokens are one complex number with both its parts."""
    return [token.kind for token in tokens] == [NUMBER, NUMBER, TEXT] and tokens[-1].text == "j"


def _default_dtype(tokens: list[Token]) -> str:
    """Return the dtype of an array that NumPy prints without naming it; "" if the tokens do not tell."""
    if any(token.text == "j" for token in tokens):
        return "complex128"
    if any(token.text in ("True", "False") for token in tokens):
        return "bool"
    numbers = [token for token in tokens if token.kind == NUMBER]
    if not numbers:
        return ""
    return "int64" if all(number.is_integer for number in numbers) else "float64"


def padding(output: Output, number: Token) -> int | None:
    """Return how many blanks are in the place of further digits of a number; None if the line ends there.

    NumPy aligns the numbers of an array, ``[0.5  0.25]``. At the end of a line blanks may have been stripped.
    """
    spaces, follower = _AFTER_A_NUMBER.match(output.source, number.end).groups()  # type: ignore[union-attr]
    if not follower.strip():
        return None
    return len(spaces) if follower in (",", "]") else max(len(spaces) - 1, 0)
