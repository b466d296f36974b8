"""Show documented lines above measured lines, and mark where they differ."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tfsoftmax_compat.tools.printable import printable
from tfsoftmax_compat.tools.verify.comparison.judge import Span, differences

_BEFORE = 10  # of a line that is too long, the number of characters to show before its first difference


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


def _line_of(output: str, span: Span) -> Span:
    end = output.find("\n", span[0])
    return output.rfind("\n", 0, span[0]) + 1, end if end >= 0 else len(output)


def _window(line: str, cut: int, width: int) -> str:
    shown = "…" + line[cut + 1 :] if cut else line
    return shown if cell_len(shown) <= width else set_cell_size(shown, width - 1) + "…"
