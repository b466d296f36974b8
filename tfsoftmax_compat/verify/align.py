"""Put each measured number beside the documented one in its place, if the text around them agrees."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from tfsoftmax_compat.verify.tokens import NUMBER, WILDCARD, Output, Token

Pair = tuple[Token, Token]
IsMet = Callable[[Token, Token], bool]

_ANY_NUMBER = " "  # no token is a blank, nor a line's end
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
    pieces: list[list[Token]] = [[]]
    for token in documented.tokens:
        if token.kind == WILDCARD:
            pieces.append([])
        else:
            pieces[-1].append(token)
    if len(pieces) == 1:
        found = _told_by_shape(_beside(documented.tokens, measured.tokens), documented, measured)
    else:
        found = _in_order(pieces, measured.tokens, is_met)
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


def _in_order(pieces: Sequence[Sequence[Token]], measured: Sequence[Token], is_met: IsMet) -> Alignment:
    """Align what stands before, between and after dots: the start, the rest in its order, and the end."""
    head, *between, tail = pieces
    start, end = len(head), max(len(head), len(measured) - len(tail))
    found = _beside(head, measured[:start])
    if found.difference:
        return found
    pairs = list(found.pairs)
    searched = _Searched(measured)
    for piece in filter(None, between):
        places = islice(searched.places(piece, start, end), _PLACES_TRIED)
        found_there = [(place, _pairs(piece, measured[place : place + len(piece)])) for place in places]
        if not found_there:
            said = f"text '{shortened(' '.join(token.text for token in piece))}' documented and not measured there"
            return Alignment([], said, (piece[0], measured[start] if start < len(measured) else None))
        meant = (found for found in found_there if all(is_met(*pair) for pair in found[1]))
        place, pairs_there = next(meant, found_there[0])
        pairs += pairs_there
        start = place + len(piece)
    found = _beside(tail, measured[end:])
    return found if found.difference else Alignment(pairs + list(found.pairs))


class _Searched:
    """Tokens in which others are looked for, as one string: `str.find` takes linear time."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        keys = _keys(tokens)
        self._text = _joined(keys)
        self._starts = list(accumulate((len(key) + 1 for key in keys), initial=0))

    def places(self, piece: Sequence[Token], start: int, end: int) -> Iterator[int]:
        """Where the tokens from `start` to `end` are like those of `piece`, any number like any other."""
        wanted = _joined(_keys(piece))
        at = self._text.find(wanted, self._starts[start], self._starts[end] + 1)
        while at >= 0:
            yield bisect_left(self._starts, at)
            at = self._text.find(wanted, at + 1, self._starts[end] + 1)


def _joined(keys: Sequence[str]) -> str:
    return "\n" + "".join(key + "\n" for key in keys)


def _told_by_shape(found: Alignment, documented: Output, measured: Output) -> Alignment:
    """Say of a difference that is not in a word, that the numbers are more, or fewer, or nested otherwise."""
    if not found.difference or all(token and token.text[0].isalpha() for token in found.first):
        return found
    keys, others = _keys(documented.tokens), _keys(measured.tokens)
    count, other_count = keys.count(_ANY_NUMBER), others.count(_ANY_NUMBER)
    if count != other_count:
        said = f"{count} number{'s' if count != 1 else ''} documented, {other_count or 'none'} measured"
        return replace(found, difference=said)
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
