"""Wrap the lines that a change made too long for their file."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from tokenize_rt import NON_CODING_TOKENS, src_to_tokens

_LINE = 79  # PEP 8's limit: a file whose lines are shorter does not ask for less
_INDENT = 4
_COMMA, _OPENS_SEVERAL, _OPENS_ONE = range(3)  # the kinds of places: behind a comma, or a bracket with so many items
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")


class _Place(NamedTuple):
    """Where a line may end: its last column, the depth in brackets, and the column in which the next line goes on."""

    end: int
    kind: int  # one of those above; a lower one is better
    depth: int
    column: int


def wrapped(before: str, after: str) -> str:
    """Return `after` with its changed lines wrapped where they are longer than all lines of `before`.

    A line is wrapped after a comma, and goes on below the content of the bracket; if no comma is early enough, after an
    opening bracket. It stays as it is if it has a comment, which may be about that line, an f-string, or no such place.

    Args:
      before: the text of a module.
      after: the text with its changes.
    """
    old = before.split("\n")
    limit = max(_LINE, *map(len, old))
    lines = after.split("\n")
    long = [number for number, line in enumerate(lines) if len(line) > limit]
    if not long:
        return after
    places = _places(after)
    for number in long:
        line = lines[number].removesuffix("\r")
        newline = lines[number][len(line) :] + "\n"
        lines[number] = newline.join(_pieces(line, places[number + 1], limit)) + newline[:-1]
    result = "\n".join(lines)
    # A break in the wrong place, such as in a string, would be another program.
    return result if _code(result) == _code(after) else after


def _code(text: str) -> list[str]:
    """Return the tokens of a text that are code, and the ends of its statements."""
    return [token.src for token in src_to_tokens(text) if token.name not in NON_CODING_TOKENS]


def _pieces(line: str, places: list[_Place], limit: int) -> list[str]:
    """Return the lines to write for a line that is too long."""
    fitting = [place for place in places if place.end <= limit and line[place.end :].strip(" \t)]}")]
    if len(line) <= limit or not fitting:
        return [line]
    best = min(fitting, key=lambda place: _order(place, line, limit))
    blank = line[: len(line) - len(line.lstrip())][: best.column]  # may be tabs
    rest = blank + " " * (best.column - len(blank)) + line[best.end :].lstrip()
    moved = len(line) - len(rest)
    later = [
        place._replace(end=place.end - moved, column=place.column - (moved if place.column >= best.end else 0))
        for place in places
        if place.end > best.end
    ]
    return [line[: best.end], *_pieces(rest, later, limit)]


def _order(place: _Place, line: str, limit: int) -> tuple[bool, bool, int, int, int]:
    """Return what is less for a better place: if the rest fits, then commas, then outer brackets, then later ones."""
    is_too_long = place.column + len(line[place.end :].strip()) > limit
    return place.kind == _OPENS_ONE, is_too_long, place.kind, place.depth, -place.end


def _places(text: str) -> dict[int, list[_Place]]:
    """Return where each line may end, by its number; nowhere in a line with a comment.

    Nor in one with an f-string: before Python 3.12 its braces must be on one line.
    """
    found: dict[int, list[_Place]] = defaultdict(list)
    left = set()
    brackets: list[tuple[int, int]] = []  # the line of each that is open, and which place of the line it is
    column = indentation = 0
    for token in src_to_tokens(text):
        line, end = token.line or 0, column + len(token.src)
        if column == 0:
            indentation = len(token.src) - len(token.src.lstrip(" \t"))
        if token.name == "COMMENT" or token.name.startswith("FSTRING"):
            left.add(line)
        elif token.name == "OP" and token.src in _OPENING:
            brackets.append((line, len(found[line])))
            found[line].append(_Place(end, _OPENS_ONE, len(brackets), indentation + _INDENT))
        elif token.name == "OP" and token.src in _CLOSING and brackets:
            brackets.pop()
        elif token.name == "OP" and token.src == "," and brackets:
            opened, number = brackets[-1]
            opening = found[opened][number] = found[opened][number]._replace(kind=_OPENS_SEVERAL)
            found[line].append(_Place(end, _COMMA, len(brackets), opening.end if opened == line else indentation))
        column = len(token.src) - token.src.rfind("\n") - 1 if "\n" in token.src else end
    return defaultdict(list, {line: places for line, places in found.items() if line not in left})
