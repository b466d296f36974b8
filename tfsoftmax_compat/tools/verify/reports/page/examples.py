"""An example on the page: a strip of cells, and each of its outputs once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tfsoftmax_compat.tools.verify.reports.findings import in_words, label
from tfsoftmax_compat.tools.verify.reports.marks import Piece, pieces
from tfsoftmax_compat.tools.verify.reports.page.verdicts import BY_INTEREST, MOVED, SYMBOLS, classes, verdict
from tfsoftmax_compat.tools.verify.reports.timeline import short_names
from tfsoftmax_compat.tools.verify.results import EQUAL, EXACT, Environment
from tfsoftmax_compat.worker.modes import MODES


@dataclass
class Note:
    """What is said of the results of an example with the same output and verdict.

    Attributes:
      number: its number among the example's notes, from 0.
      verdict: the status, with the distance.
      message: the message.
      cause: the cause.
      modes: the modes with such a result, by environment.
      where: the environments and modes, in words.
    """

    number: int
    verdict: str
    message: str
    cause: str
    modes: dict[Environment, list[str]] = field(default_factory=dict)
    where: str = ""


@dataclass
class Output:
    """An output of an example.

    Attributes:
      documented: the documented output.
      measured: the output.
      is_same: whether both are the same text.
      is_shown: whether there is an output: what was not run has none.
      notes: what is said of the results that have it.
    """

    documented: list[Piece]
    measured: list[Piece]
    is_same: bool
    is_shown: bool
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """A result of an example.

    Attributes:
      status: the status.
      classes: the CSS classes of its colour.
      symbol: the character in the cell.
      said: the release, the mode and the verdict, in words.
      note: the number of its note.
      seconds: how long the example took.
    """

    status: str
    classes: str
    symbol: str
    said: str
    note: int
    seconds: float


class ExampleOnPage:
    """What the page shows of an example.

    Args:
      number: its number on the page.
      data: the example, as in the data of the report.
      environments: all environments of the report, in order.

    Attributes:
      number: its number on the page.
      data: the example.
      place: its line, or its cell, in words.
      modes: the modes that it has results in.
      strip: for each environment a short name, and for each mode the cell, None where there is no result.
      shown: the cell whose output is shown first: of those with the most interesting status, that of the newest
        release.
      outputs: its outputs, each once.
    """

    def __init__(self, number: int, data: Mapping[str, Any], environments: Sequence[Environment]) -> None:
        self.number = number
        self.data = data
        self.place = f"line {data['line']}" if data["cell"] is None else f"cell {data['cell']}"
        self.modes = [mode for mode in MODES if any(result["mode"] == mode for result in data["results"])]
        self._outputs: dict[object, Output] = {}
        self._notes: dict[object, Note] = {}
        by_id = {environment.id: environment for environment in environments}
        cells: dict[tuple[Environment, str], Cell] = {}
        for result in data["results"]:
            environment = by_id[result["environment"]]
            cells[environment, result["mode"]] = self._cell(result, environment)
        names = short_names(environments)
        self.strip = [(names[each], [cells.get((each, mode)) for mode in self.modes]) for each in environments]
        self.shown = max(reversed(cells.values()), key=lambda cell: BY_INTEREST.index(cell.status))
        for note in self._notes.values():
            note.where = in_words(note.modes, environments)
        self.outputs = list(self._outputs.values())

    def _cell(self, result: Mapping[str, Any], environment: Environment) -> Cell:
        status = result["status"]
        note = self._note(result)
        note.modes.setdefault(environment, []).append(result["mode"])
        return Cell(
            status=status,
            classes=" ".join(classes(status, result["ulp"])),
            symbol=SYMBOLS[status],
            said=f"{label(environment)} {result['mode']}: {note.verdict}",
            note=note.number,
            seconds=result["seconds"],
        )

    def _note(self, result: Mapping[str, Any]) -> Note:
        """The note on a result. It is added with its output if no result before had it."""
        output = self._output(result)
        said = (verdict(result["status"], result["ulp"]), result["message"], result["cause"])
        key = (id(output), said)
        if key not in self._notes:
            self._notes[key] = Note(len(self._notes), *said)
            output.notes.append(self._notes[key])
        return self._notes[key]

    def _output(self, result: Mapping[str, Any]) -> Output:
        status, measured = result["status"], result["measured"]
        is_same = status == EXACT
        is_shown = bool(measured) or status in (EQUAL, *MOVED)
        key = (measured, is_same, is_shown, status in MOVED)
        if key not in self._outputs:
            both = pieces(self.data["documented"] or "", measured, result["differences"])
            self._outputs[key] = Output(*both, is_same, is_shown)
        return self._outputs[key]
