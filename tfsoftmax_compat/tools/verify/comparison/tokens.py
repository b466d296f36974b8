"""An output, split into numbers and the text between them.

What differs between the print styles of TensorFlow's and NumPy's releases is left out: white space, commas inside
brackets, the names around a value (``array(…)``, ``np.float32(…)``), where an object lies, a tensor's ``id=``.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

NUMBER, TEXT, WILDCARD = "number", "text", "wildcard"

# A sign belongs to its number where nothing precedes it ("1-2" has none), and in the imaginary part of "1.+2.j".
# No part of an alternative can match what the part before it can, so that the time is linear in the text's length.
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<wildcard>\.{3,}|…+)
    | (?P<address>\bat\s+0x(?:[0-9a-f]+|\.{3}|…))
    | (?P<dtype>(?:,\s*)?\bdtype\s*=\s*'?[<>|=]?(?P<dtype_name>\w+(?:\.\w+)*|(?=\.{3}|…))'?)
    | (?P<version>\d+(?:\.\d+){2,})
    | (?P<number>
        (?P<mantissa>
            (?:(?<![\w.)\]])[-+]|[-+](?=[\d.]+(?:e[-+]?\d+)?j))?
            (?:\d+(?:\.(?!\.)(?P<fraction>\d*))?|\.(?P<bare_fraction>\d+)))
        (?P<dots>\.{3}|…)?
        (?P<exponent>e[-+]?\d+)?)
    | (?P<special>(?:(?<![\w.)\]])[-+])?(?:inf(?:inity)?|nan)\b)
    | (?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<symbol>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_AROUND_A_VALUE = re.compile(r"array|matrix|Dimension|(?:np|numpy)\.(?:array|bool|bytes|complex|float|int|str|uint)\w*")
_TENSOR_ID = re.compile(r"(?<=<tf\.Tensor: )id=\d+, ")  # TensorFlow 1.x and 2.0
_BLANK_LINE = "<BLANKLINE>"  # doctest's
_AFTER_A_NUMBER = re.compile(r"( *)([^ ]?)")

_DROPPED = ""  # among the open brackets: a parenthesis that is left out, with what is before it


class Token(NamedTuple):
    """A number, a piece of text, or dots that stand for any text.

    Attributes:
      kind: `NUMBER`, `TEXT` or `WILDCARD`.
      text: without what print styles differ in; a number's is one that `float` takes.
      start: where it starts in the output.
      end: where it ends there.
      is_prefix: a number that goes on: ``0.0777...``
      fraction: how many digits a number has after the point; None if it has no point.
      is_integer: a number with neither point nor exponent.
      group: which of the outermost brackets a number is in, by their number; 0 for none.
    """

    kind: str
    text: str
    start: int
    end: int
    is_prefix: bool = False
    fraction: int | None = None
    is_integer: bool = False
    group: int = 0


@dataclass(frozen=True)
class Output:
    """An output's tokens, and the dtypes that it names, which are no tokens; `is_cut` if it has more than these."""

    source: str
    tokens: list[Token]
    dtypes: list[str]
    is_cut: bool = False


def split(source: str, most: int | None = None) -> Output:
    """Split an output into its tokens, or into the first ones, just more than `most`."""
    text = _blanked(source)
    reader = _Reader()
    for match in _TOKEN.finditer(text):
        if most is not None and len(reader.tokens) > most:
            return Output(text, reader.tokens, reader.dtypes, is_cut=True)
        reader.read(match)
    return Output(text, reader.tokens, reader.dtypes)


class _Reader:
    """Makes tokens of matches, one after the other."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.dtypes: list[str] = []
        self._opened: list[str] = []  # the brackets
        self._lists = 0  # how many of them are square
        self._groups = 0  # how many outermost square ones there were
        self._shape: int | None = None  # the token with which the name of an array's shape starts

    def read(self, match: re.Match[str]) -> None:
        kind, word = match.lastgroup, match[0]
        if kind == "number":
            self.tokens.append(_number(match, self._groups if self._lists else 0))
        elif kind == "special":
            self.tokens.append(Token(NUMBER, word, match.start(), match.end()))
        elif kind == "wildcard":
            if self.tokens and self.tokens[-1].text == ",":  # the dots of "a, ..., b" stand for a comma too
                self.tokens.pop()
            self.tokens.append(Token(WILDCARD, "...", match.start(), match.end()))
        elif kind == "dtype":
            name = match["dtype_name"].rpartition(".")[2]
            self.dtypes += [name] if name else []  # none in "dtype=..."
        elif word == ",":
            if self._innermost() not in ("[", _DROPPED) and not self._is_after_dots():
                self._add_text(match)
        elif word in ("(", "["):
            self._open(match)
        elif word in (")", "]"):
            self._close(match)
        elif kind == "address":
            self._add_text(match, "at 0x")
        elif word in ("np.True_", "np.False_"):  # NumPy 2's
            self._add_text(match, word[3:-1])
        elif kind != "space":
            if word == "shape" and self._innermost() == _DROPPED:
                self._shape = len(self.tokens)
            self._add_text(match)

    def _open(self, match: re.Match[str]) -> None:
        before = self.tokens[-1] if self.tokens else None
        if match[0] == "(" and before and before.end == match.start() and _AROUND_A_VALUE.fullmatch(before.text):
            self.tokens.pop()
            self._opened.append(_DROPPED)
            return
        self._opened.append(match[0])
        self._add_text(match)
        if match[0] == "[":
            self._groups += self._lists == 0
            self._lists += 1

    def _close(self, match: re.Match[str]) -> None:
        opened = self._innermost()
        if match[0] == ")" and opened == _DROPPED:
            self._opened.pop()
            if self._shape is not None:  # NumPy 2 adds it to an array that is shown in part
                del self.tokens[self._shape :]
                self._shape = None
            return
        if match[0] == ")" and opened != "(" and self._is_after_dots():
            return  # the dots stand for what it closes: "numpy=..., dtype=float32)>"
        self._add_text(match)
        if opened is not None and opened + match[0] in ("()", "[]"):
            self._opened.pop()
            self._lists -= match[0] == "]"

    def _innermost(self) -> str | None:
        return self._opened[-1] if self._opened else None

    def _is_after_dots(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].kind == WILDCARD

    def _add_text(self, match: re.Match[str], text: str | None = None) -> None:
        self.tokens.append(Token(TEXT, text or match[0], match.start(), match.end()))


def _blanked(source: str) -> str:
    """The output with blanks for what no token should be made of; positions stay."""
    text = source.replace(_BLANK_LINE, " " * len(_BLANK_LINE))
    return _TENSOR_ID.sub(lambda match: " " * len(match[0]), text)


def _number(match: re.Match[str], group: int) -> Token:
    fraction = match["bare_fraction"] or match["fraction"]
    return Token(
        NUMBER,
        match["mantissa"] + (match["exponent"] or ""),
        match.start(),
        match.end(),
        is_prefix=bool(match["dots"]),
        fraction=None if fraction is None else len(fraction),
        is_integer=fraction is None and not match["dots"] and not match["exponent"],
        group=group,
    )


def padding(output: Output, number: Token) -> int:
    """How many blanks stand where further digits of a number would: NumPy aligns columns, and prints no zeros."""
    spaces, follower = _AFTER_A_NUMBER.match(output.source, number.end).groups()  # type: ignore[union-attr]
    if not number.group or not follower.strip():  # at a line's end they may have been stripped
        return 0
    return len(spaces) if follower in (",", "]") else max(len(spaces) - 1, 0)
