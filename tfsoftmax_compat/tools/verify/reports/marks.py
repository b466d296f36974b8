"""Show documented lines above measured lines, and mark where they differ."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tfsoftmax_compat.tools.printable import printable
from tfsoftmax_compat.tools.verify.comparison.judge import Span, differences

_BEFORE = 10  # of a line that is too long, the number of characters to show before its first difference
_SHOWN = 20_000  # characters of an output that a page shows


class Marked(NamedTuple):
    """A documented line, the measured line that corresponds to it, and the carets to print below both."""

    documented: str
    measured: str
    carets: str


def marked(documented: str, measured: str, width: int) -> Iterator[Marked]:
    """Return the lines that differ, cut to `width` columns.

    Every number that differs is marked. Where the text between numbers differs, only the first place is marked.
    """
    lines: dict[tuple[Span, Span], list[tuple[Span, Span]]] = {}
    for one, other in differences(documented, measured):
        lines.setdefault((_line_of(documented, one), _line_of(measured, other)), []).append((one, other))
    for (line, other_line), places in lines.items():
        above, below = printable(documented[slice(*line)]), printable(measured[slice(*other_line)])
        # Where the measured line ends too early, the mark is one column after its end.
        spans = [(start - other_line[0], max(end, start + 1) - other_line[0]) for _, (start, end) in places]
        cut = 0
        if max(cell_len(above), cell_len(below) + 1) > width:
            cut = max(min(places[0][0][0] - line[0], spans[0][0]) - _BEFORE, 0)
        carets = "".join(
            ("^" if any(start <= at < end for start, end in spans) else " ") * max(cell_len(character), 1)
            for at, character in enumerate(below[cut:] + " ", start=cut)
        )
        yield Marked(_window(above, cut, width), _window(below, cut, width), carets.rstrip()[:width])


class Piece(NamedTuple):
    """A piece of an output.

    Attributes:
      text: the text; of something that one of the outputs does not have, "".
      mark: "digits" for what differs: of a number, its digits from the first that differs on. "number" for the digits
        before these, "cut" for a note on what is not shown, "" for the rest.
    """

    text: str
    mark: str


def pieces(documented: str, measured: str, places: Sequence[tuple[Span, Span]]) -> tuple[list[Piece], list[Piece]]:
    """Return both outputs in pieces. Of a very long output, the part with the first difference is returned.

    Args:
      documented: the documented output.
      measured: the measured one.
      places: where they differ, as `differences` returns it.
    """
    same = [len(os.path.commonprefix([documented[slice(*one)], measured[slice(*other)]])) for one, other in places]
    return (
        _part(documented, [(*one, one[0] + length) for (one, _), length in zip(places, same)]),
        _part(measured, [(*other, other[0] + length) for (_, other), length in zip(places, same)]),
    )


def _part(text: str, places: Sequence[tuple[int, int, int]]) -> list[Piece]:
    first = places[0][0] if places else 0
    at = begin = text.rfind("\n", 0, first) + 1 if first > _SHOWN // 2 else 0
    end = min(begin + _SHOWN, len(text))
    found = [Piece(f"({begin:,} characters are not shown here)\n", "cut")] if begin else []
    for start, stop, differs in places:
        if stop <= end:
            found += [Piece(text[at:start], ""), Piece(text[start:differs], "number")]
            found.append(Piece(text[differs:stop], "digits"))
            at = stop
    found.append(Piece(text[at:end], ""))
    if end < len(text):
        found.append(Piece(f"\n({len(text) - end:,} more characters are not shown)", "cut"))
    return [piece for piece in found if piece.text or piece.mark == "digits"]


def _line_of(output: str, span: Span) -> Span:
    end = output.find("\n", span[0])
    return output.rfind("\n", 0, span[0]) + 1, end if end >= 0 else len(output)


def _window(line: str, cut: int, width: int) -> str:
    shown = "…" + line[cut + 1 :] if cut else line
    return shown if cell_len(shown) <= width else set_cell_size(shown, width - 1) + "…"
