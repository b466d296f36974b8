"""Set documented lines above measured ones, and mark where they differ."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tfsoftmax_compat.tools.verify.comparison.judge import Span, differences
from tfsoftmax_compat.tools.verify.reports.printable import printable

_BEFORE = 10  # how much of a line too long to show is shown before its first difference


class Marked(NamedTuple):
    """A documented line, the measured one in its place, and carets to print below that."""

    documented: str
    measured: str
    carets: str


def marked(documented: str, measured: str, width: int) -> Iterator[Marked]:
    """The lines that differ, none wider than `width` columns.

    Every number that moved is marked; of outputs whose text differs, the first place.
    """
    lines: dict[tuple[Span, Span], list[tuple[Span, Span]]] = {}
    for one, other in differences(documented, measured):
        lines.setdefault((_line_of(documented, one), _line_of(measured, other)), []).append((one, other))
    for (line, other_line), places in lines.items():
        above, below = printable(documented[slice(*line)]), printable(measured[slice(*other_line)])
        # The mark of a place at a line's end, where nothing is any more, stands after it.
        spans = [(start - other_line[0], max(end, start + 1) - other_line[0]) for _, (start, end) in places]
        cut = 0
        if max(cell_len(above), cell_len(below) + 1) > width:
            cut = max(min(places[0][0][0] - line[0], spans[0][0]) - _BEFORE, 0)
        carets = "".join(
            ("^" if any(start <= at < end for start, end in spans) else " ") * max(cell_len(character), 1)
            for at, character in enumerate(below[cut:] + " ", start=cut)
        )
        yield Marked(_window(above, cut, width), _window(below, cut, width), carets.rstrip()[:width])


def _line_of(output: str, span: Span) -> Span:
    end = output.find("\n", span[0])
    return output.rfind("\n", 0, span[0]) + 1, end if end >= 0 else len(output)


def _window(line: str, cut: int, width: int) -> str:
    shown = "…" + line[cut + 1 :] if cut else line
    return shown if cell_len(shown) <= width else set_cell_size(shown, width - 1) + "…"
