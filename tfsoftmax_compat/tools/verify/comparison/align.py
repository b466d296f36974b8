"""Put each measured number beside the documented one in its place, if the text around them agrees."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from tfsoftmax_compat.tools.verify.comparison.tokens import NUMBER, TEXT, WILDCARD, Output, Token

Pair = tuple[Token, Token]
IsMet = Callable[[Token, Token], bool]

_ANY_NUMBER = " "  # no token's text is a blank
_LIMIT = "\n"  # between the texts of tokens, none of which has a line's end
_PLACES_TRIED = 1000  # so that hostile output costs no more than this many comparisons with what is looked for


@dataclass(frozen=True)
class Alignment:
    """Two outputs, side by side.

    Attributes:
      pairs: each documented number with the measured one in its place; none if the text differs.
      difference: how the outputs differ apart from the numbers' values; empty if they agree.
      first: the tokens at which they do so first, None where an output has ended.
    """

    pairs: Sequence[Pair]
    difference: str = ""
    first: tuple[Token | None, Token | None] = (None, None)


def align(documented: Output, measured: Output, is_met: IsMet) -> Alignment:
    """Align two outputs.

    Args:
      documented: the output as the document has it; its dots stand for any text, or none.
      measured: what the example printed.
      is_met: whether a documented number is met by a measured one. Where that which stands between dots is measured
        more than once, the first place with such numbers is meant.
    """
    if any(token.kind == WILDCARD for token in documented.tokens):
        found = _in_order(_pieces(documented), measured.tokens, is_met)
    else:
        found = _told_by_shape(_beside(documented.tokens, measured.tokens), documented, measured)
    if not found.difference and len(documented.dtypes) == len(measured.dtypes):
        for one, other in zip(documented.dtypes, measured.dtypes):
            if one != other:
                return Alignment([], f"dtype {other} measured where {one} is documented")
    return found


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [_ANY_NUMBER if token.kind == NUMBER else token.text for token in tokens]


def _pairs(documented: Sequence[Token], measured: Sequence[Token]) -> list[Pair]:
    return [(one, other) for one, other in zip(documented, measured) if one.kind == NUMBER]


def _beside(documented: Sequence[Token], measured: Sequence[Token]) -> Alignment:
    keys, others = _keys(documented), _keys(measured)
    if keys == others:
        return Alignment(_pairs(documented, measured))
    at = next((at for at, (one, other) in enumerate(zip(keys, others)) if one != other), min(len(keys), len(others)))
    first = (documented[at] if at < len(keys) else None, measured[at] if at < len(others) else None)
    return Alignment([], _difference(*first), first)


@dataclass
class _Piece:
    """Tokens without dots among them.

    Attributes:
      tokens: at least one.
      source: as they are written.
      is_start: nothing may be before them.
      is_end: nothing may be after them.
      goes_on_before: dots touch the first word, which may be the end of a longer one.
      goes_on_after: dots touch the last word, which may be the start of a longer one.
    """

    tokens: list[Token]
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
                    documented.source[first.start : last.end],
                    is_start=before < 0,
                    is_end=after == len(tokens),
                    goes_on_before=before >= 0 and first.kind == TEXT and tokens[before].end == first.start,
                    goes_on_after=after < len(tokens) and last.kind == TEXT and tokens[after].start == last.end,
                )
            )
    return pieces


def _in_order(pieces: Sequence[_Piece], measured: Sequence[Token], is_met: IsMet) -> Alignment:
    """Find each piece after the one before it."""
    searched = _Searched(measured)
    pairs: list[Pair] = []
    start = 0
    for piece in pieces:
        places = [
            (_pairs(piece.tokens, measured[at : at + len(piece.tokens)]), end)
            for at, end in islice(searched.places(piece, start), _PLACES_TRIED)
        ]
        if not places:
            return _not_found(piece, measured, searched.token_at(start))
        pairs_there, start = next((place for place in places if all(is_met(*pair) for pair in place[0])), places[0])
        pairs += pairs_there
    return Alignment(pairs)


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
    """Tokens in which others are looked for, as one string: `str.find` takes linear time."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        keys = _keys(tokens)
        self._text = _LIMIT + "".join(key + _LIMIT for key in keys)
        self._starts = list(accumulate((len(key) + 1 for key in keys), initial=0))

    def token_at(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def places(self, piece: _Piece, start: int) -> Iterator[tuple[int, int]]:
        """Where the piece is, any number like any other: the first token, and the position of the end."""
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


def _told_by_shape(found: Alignment, documented: Output, measured: Output) -> Alignment:
    """Say of a difference that is not in a word, that the numbers are more, or fewer, or nested otherwise."""
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
    """A piece of output, short enough for a message."""
    return text if len(text) <= 40 else text[:36] + "..."
