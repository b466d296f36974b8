"""An output, split into numbers and the text between them.

What differs between the print styles of TensorFlow's and NumPy's releases is left out: white space, commas inside
brackets, the names around a value (``array(…)``, ``np.float32(…)``), where an object lies, a tensor's ``id=``.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

NUMBER, TEXT, WILDCARD = "number", "text", "wildcard"

# A sign belongs to its number where nothing precedes it ("1-2" has none), and in the imaginary part of "1.+2.j".
# The alternatives never overlap by more than a few characters, so that the time is linear in the text's length.
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
    tokens: list[Token] = []
    dtypes: list[str] = []
    opened: list[str] = []
    shape: int | None = None  # where the name of an array's shape starts
    lists = groups = 0  # how many of the open brackets are square, and how many outermost ones there were
    for match in _TOKEN.finditer(text):
        if most is not None and len(tokens) > most:
            return Output(text, tokens, dtypes, is_cut=True)
        kind, word = match.lastgroup, match[0]
        start, end = match.span()
        if kind == "space":
            continue
        if kind == "number":
            tokens.append(_number(match, groups if lists else 0))
        elif kind == "special":
            tokens.append(Token(NUMBER, word, start, end))
        elif kind == "dtype":
            name = match["dtype_name"].rpartition(".")[2]
            dtypes += [name] if name else []  # none in "dtype=..."
        elif kind == "wildcard":
            if tokens and tokens[-1].text == ",":
                tokens.pop()
            tokens.append(Token(WILDCARD, "...", start, end))
        elif word == ",":
            if not (opened and opened[-1] in ("[", _DROPPED)) and not (tokens and tokens[-1].kind == WILDCARD):
                tokens.append(Token(TEXT, word, start, end))
        elif word == "(" and tokens and tokens[-1].end == start and _AROUND_A_VALUE.fullmatch(tokens[-1].text):
            tokens.pop()
            opened.append(_DROPPED)
        elif word == ")" and opened and opened[-1] == _DROPPED:
            opened.pop()
            if shape is not None:
                del tokens[shape:]
                shape = None
        elif word == ")" and opened[-1:] != ["("] and tokens and tokens[-1].kind == WILDCARD:
            pass  # the dots stand for what it closes: "numpy=..., dtype=float32)>"
        else:
            if word == "shape" and opened[-1:] == [_DROPPED]:  # NumPy 2 names that of an array shown in part
                shape = len(tokens)
            tokens.append(Token(TEXT, _plain(kind, word), start, end))
            if word in ("[", "("):
                opened.append(word)
                if word == "[":
                    lists += 1
                    groups += lists == 1
            elif opened and opened[-1] + word in ("[]", "()"):
                opened.pop()
                lists -= word == "]"
    return Output(text, tokens, dtypes)


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


def _plain(kind: str | None, word: str) -> str:
    if kind == "address":
        return "at 0x"
    if word in ("np.True_", "np.False_"):  # NumPy 2's
        return word[3:-1]
    return word


def padding(output: Output, number: Token) -> int:
    """How many blanks stand where further digits of a number would: NumPy aligns columns, and prints no zeros."""
    spaces, follower = _AFTER_A_NUMBER.match(output.source, number.end).groups()  # type: ignore[union-attr]
    if not number.group or follower in ("", "\n"):
        return 0
    return len(spaces) if follower in (",", "]") else max(len(spaces) - 1, 0)
