"""Put each measured number beside the documented number in its place, if the text around them agrees."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from tfsoftmax_compat.tools.verify.comparison.tokens import NUMBER, TEXT, WILDCARD, Output, Token

Pair = tuple[Token, Token]
IsMet = Callable[[Token, Token], bool]

_ANY_NUMBER = " "  # no token's text is a blank
_LIMIT = "\n"  # between the texts of tokens, none of which contains a line end
_PLACES_TRIED = 20_000  # in one comparison, so that hostile output cannot make it slow


@dataclass(frozen=True)
class Alignment:
    """Two outputs, side by side.

    Attributes:
      pairs: each documented number with the measured one in its place; empty if the text differs.
      difference: how the outputs differ apart from the numbers' values; empty if they agree.
      first: the first tokens that differ; None for an output that has ended.
    """

    pairs: Sequence[Pair]
    difference: str = ""
    first: tuple[Token | None, Token | None] = (None, None)


def align(documented: Output, measured: Output, is_met: IsMet) -> Alignment:
    """Align two outputs.

    Args:
      documented: the output as the document shows it; its dots stand for any text, or none.
      measured: what the example printed.
      is_met: whether a measured number is as documented. If the tokens between two wildcards occur more than once in
        the measured output, they are put beside the first occurrence whose numbers are all met.

    Returns:
      The alignment. Where both outputs name a dtype in the same place and the names differ, that is its difference;
      also where they name the shape of an array or NumPy's type of a number.
    """
    if any(token.kind == WILDCARD for token in documented.tokens):
        found, places = _in_order(_pieces(documented), measured.tokens, is_met)
        places.append((len(documented.tokens), len(measured.tokens), 0))  # a dtype may follow the last token
    else:
        found, places = _beside(documented.tokens, measured.tokens), [(0, 0, len(documented.tokens))]
        found = _described_by_shape(found, documented, measured)
    return found if found.difference else _with_named(found, documented, measured, places)


def _with_named(
    found: Alignment, documented: Output, measured: Output, places: Sequence[tuple[int, int, int]]
) -> Alignment:
    """Return the alignment; of outputs that name something differently in the same place, with that difference."""
    if not documented.named or not measured.named:
        return found
    for start, other_start, count in places:
        for index in range(count + 1):
            for name in ("dtype", "shape", "type"):
                one = documented.named.get((start + index, name))
                other = measured.named.get((other_start + index, name))
                if one and other and one != other:
                    return Alignment([], f"{name} {other} measured where {one} is documented")
    return found


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [_ANY_NUMBER if token.kind == NUMBER else token.text for token in tokens]


def _pairs(documented: Sequence[Token], measured: Sequence[Token]) -> list[Pair]:
    return [(one, other) for one, other in zip(documented, measured) if one.kind == NUMBER]


def _beside(documented: Sequence[Token], measured: Sequence[Token]) -> Alignment:
    """Align outputs without wildcards: token by token."""
    keys, others = _keys(documented), _keys(measured)
    if keys == others:
        return Alignment(_pairs(documented, measured))
    at = next((at for at, (one, other) in enumerate(zip(keys, others)) if one != other), min(len(keys), len(others)))
    first = (documented[at] if at < len(keys) else None, measured[at] if at < len(others) else None)
    return Alignment([], _difference(*first), first)


@dataclass
class _Piece:
    """Consecutive tokens of a documented output, none of them a wildcard.

    Attributes:
      tokens: at least one.
      index: the index of the first of them in the output.
      source: their text in the output.
      is_start: whether nothing may come before them.
      is_end: whether nothing may come after them.
      goes_on_before: whether dots touch the first word, which may be the end of a longer one.
      goes_on_after: whether dots touch the last word, which may be the start of a longer one.
    """

    tokens: list[Token]
    index: int
    source: str
    is_start: bool
    is_end: bool
    goes_on_before: bool
    goes_on_after: bool


def _pieces(documented: Output) -> list[_Piece]:
    tokens = documented.tokens
    dots = [-1, *(at for at, token in enumerate(tokens) if token.kind == WILDCARD), len(tokens)]
    pieces = []
    for before, after in zip(dots, dots[1:]):
        between = tokens[before + 1 : after]
        if between:
            first, last = between[0], between[-1]
            pieces.append(
                _Piece(
                    between,
                    before + 1,
                    documented.source[first.start : last.end],
                    is_start=before < 0,
                    is_end=after == len(tokens),
                    goes_on_before=before >= 0 and first.kind == TEXT and tokens[before].end == first.start,
                    goes_on_after=after < len(tokens) and last.kind == TEXT and tokens[after].start == last.end,
                )
            )
    return pieces


def _in_order(
    pieces: Sequence[_Piece], measured: Sequence[Token], is_met: IsMet
) -> tuple[Alignment, list[tuple[int, int, int]]]:
    """Find each piece after the one before it.

    Returns:
      The alignment; and for each piece the index of its first token in both outputs, and how many tokens it has.
    """
    searched = _Searched(measured)
    pairs: list[Pair] = []
    found: list[tuple[int, int, int]] = []
    start = 0
    left = _PLACES_TRIED
    for piece in pieces:
        first: tuple[int, int] | None = None
        for place in searched.places(piece, start):
            first = first or place
            if left <= 0:
                place = first
                break
            left -= 1
            if all(is_met(*pair) for pair in _pairs(piece.tokens, measured[place[0] : place[0] + len(piece.tokens)])):
                break
        else:
            if first is None:
                return _not_found(piece, measured, searched.token_at(start)), []
            place = first
            left = 0  # the outputs differ; the first places of the other pieces are good enough to say where
        index, start = place
        pairs += _pairs(piece.tokens, measured[index : index + len(piece.tokens)])
        found.append((piece.index, index, len(piece.tokens)))
    return Alignment(pairs), found


def _not_found(piece: _Piece, measured: Sequence[Token], after: int) -> Alignment:
    count = len(piece.tokens)
    if piece.is_start or piece.is_end:
        found = _beside(
            piece.tokens, measured[:count] if piece.is_start else measured[max(after, len(measured) - count) :]
        )
        if found.difference:
            return found
    said = f"text '{shortened(piece.source)}' is documented, and not measured in its place"
    return Alignment([], said, (piece.tokens[0], measured[after] if after < len(measured) else None))


class _Searched:
    """Tokens in which others are searched, as one string: `str.find` takes linear time."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        keys = _keys(tokens)
        self._text = _LIMIT + "".join(key + _LIMIT for key in keys)
        self._starts = list(accumulate((len(key) + 1 for key in keys), initial=0))

    def token_at(self, position: int) -> int:
        """Return the index of the token at a position of the string."""
        return bisect_right(self._starts, position) - 1

    def places(self, piece: _Piece, start: int) -> Iterator[tuple[int, int]]:
        """Yield where the piece occurs: the index of its first token, and the position of its end.

        All numbers count as the same here.
        """
        wanted = _LIMIT.join(_keys(piece.tokens))
        wanted = ("" if piece.goes_on_before else _LIMIT) + wanted + ("" if piece.goes_on_after else _LIMIT)
        if piece.is_end:
            at = len(self._text) - len(wanted)
            at = at if at >= start and self._text.endswith(wanted) else -1
        elif piece.is_start:
            at = 0 if self._text.startswith(wanted) else -1
        else:
            at = self._text.find(wanted, start)
        while at >= 0:
            yield self.token_at(at), at + len(wanted) - (not piece.goes_on_after)  # two pieces may share a limit
            if piece.is_start or piece.is_end:
                return
            at = self._text.find(wanted, at + 1)


def _described_by_shape(found: Alignment, documented: Output, measured: Output) -> Alignment:
    """Describe a difference outside words by the count of the numbers, or by their nesting, if these differ."""
    if not found.difference or all(token and token.text[0].isalpha() for token in found.first):
        return found
    keys, others = _keys(documented.tokens), _keys(measured.tokens)
    count, other_count = keys.count(_ANY_NUMBER), others.count(_ANY_NUMBER)
    if count != other_count:
        others_said = f"{'at least ' if measured.is_cut else ''}{other_count or 'none'}"
        return replace(
            found, difference=f"{count} number{'s' if count != 1 else ''} documented, {others_said} measured"
        )
    nesting, other_nesting = _nesting(keys), _nesting(others)
    if nesting != other_nesting:
        said = f"nested as {shortened(nesting)} documented, as {shortened(other_nesting)} measured"
        return replace(found, difference=said)
    return found


def _nesting(keys: Sequence[str]) -> str:
    return "".join(key for key in keys if key in ("[", "]")) or "no list"


def _difference(documented: Token | None, measured: Token | None) -> str:
    if measured is None:
        return f"nothing more measured where {_quoted(documented)} is documented"
    kind = "" if measured.kind == NUMBER else "text "
    return f"{kind}{_quoted(measured)} measured where {_quoted(documented)} is documented"


def _quoted(token: Token | None) -> str:
    if token is None:
        return "nothing more"
    return f"number {shortened(token.text)}" if token.kind == NUMBER else f"'{shortened(token.text)}'"


def shortened(text: str) -> str:
    """Return a piece of output, short enough for a message."""
    return text if len(text) <= 40 else text[:36] + "..."
