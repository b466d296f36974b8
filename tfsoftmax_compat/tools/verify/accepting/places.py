"""Write a new output where a document writes the old one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tfsoftmax_compat.tools import notebooks
from tfsoftmax_compat.tools.documents import PROMPT, Example, Written
from tfsoftmax_compat.tools.documents.formats.notebook import Cell, code_cells, shown_by
from tfsoftmax_compat.tools.replacements import NotWritableError, Replacement, lines_of, replaced

_BLANK_LINE = "<BLANKLINE>"  # doctest's


def rewritten(text: str, texts: Mapping[Example, str]) -> str:
    """Return a document with new outputs.

    Args:
      text: the document, with its ends of lines.
      texts: the new output of examples of it.

    Raises:
      NotWritableError: an output cannot be written where it is.
    """
    if any(example.cell is not None for example in texts):
        return _in_notebook(text, texts)
    return _in_lines(text, texts)


def _in_lines(text: str, texts: Mapping[Example, str]) -> str:
    """Return a text whose lines hold outputs with these replaced."""
    lines = lines_of(text)
    newline = next((ending for _, ending in lines if ending), "\n")
    bodies = [body for body, _ in lines]
    changed: dict[int, list[str]] = {}
    for example, new in texts.items():
        for number, written in _changed_lines(bodies, example, new).items():
            if changed.setdefault(number, written) != written:
                raise NotWritableError("another example documents other output on the same lines")
    parts = []
    for number, (body, ending) in enumerate(lines, 1):
        written = changed.get(number, [body])
        parts += [newline.join(written), ending] if written else []
    return "".join(parts)


def _in_notebook(text: str, texts: Mapping[Example, str]) -> str:
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    places = list(code_cells(text))
    replacements: list[Replacement] = []
    in_source: dict[int, dict[Example, str]] = {}
    for example, new in texts.items():
        assert example.cell is not None
        if example.written:
            in_source.setdefault(example.cell, {})[example] = new
        else:
            replacements += _in_outputs(text, cells[example.cell]["outputs"], places[example.cell], new)
    for number, of_cell in in_source.items():
        source = places[number].source
        code = _in_lines(notebooks.text_of(text, source), of_cell)
        replacements.append(notebooks.replacement(text, source, code))
    return replaced(text, replacements)


@dataclass(frozen=True)
class _Located:
    """A line of a text that holds a line of output: what is before it, and what is behind it."""

    before: str
    after: str
    goes_on: str | None  # what is before a further line; None where that is not known


def _located(bodies: Sequence[str], written: Written) -> _Located:
    body = bodies[written.line - 1] if written.line <= len(bodies) else ""
    outer, whole, after = body.rpartition(written.before + written.text + written.after)
    if whole:
        return _Located(outer + written.before, written.after + after, outer + written.goes_on)
    before, whole, after = body.rpartition(written.text + written.after)  # of code that was converted
    if not whole:
        raise NotWritableError("the document writes its output in another way")
    return _Located(before, written.after + after, None)


def _changed_lines(bodies: Sequence[str], example: Example, new: str) -> dict[int, list[str]]:
    """Return the lines of a text that change, by their number, each with the lines that come in its place."""
    written = example.written
    if not written or len(written) != len((example.documented or "").split("\n")):
        raise NotWritableError("where its output is written is not known")
    lines = new.split("\n")
    if example.kind == PROMPT and all(each is None or each.text for each in written):
        lines = [line or _BLANK_LINE for line in lines]  # an empty line would end the output
    return _Change(bodies, example, lines).changed()


class _Change:
    """The change of the lines of a text that hold one output."""

    def __init__(self, bodies: Sequence[str], example: Example, lines: Sequence[str]) -> None:
        self._bodies = bodies
        self._documented = (example.documented or "").split("\n")
        self._written = example.written
        self._lines = lines
        self._located = [_located(bodies, each) if each and each.text else None for each in example.written]

    def changed(self) -> dict[int, list[str]]:
        old, new = self._written, self._lines
        if len(old) != len(new):
            self._check_places()
        found: dict[int, list[str]] = {}
        for at, (written, line) in enumerate(zip(old, new)):
            if written is None:
                if line != self._documented[at]:
                    raise NotWritableError("the document writes its error without a traceback")
            elif line != written.text:
                found[written.line] = [self._line(at, line)]
        for written in old[len(new) :]:
            assert written is not None  # _check_places has seen it
            found[written.line] = []
        last = old[min(len(old), len(new)) - 1]
        further = [self._further(len(old) - 1, line) for line in new[len(old) :]]
        if last is not None and len(old) != len(new):
            here = found.get(last.line, [self._bodies[last.line - 1]])
            found[last.line] = [*here, *further]
        return found

    def _check_places(self) -> None:
        """Check that lines may be added or removed at the end of the output."""
        numbers = [each.line for each in self._written if each is not None]
        if numbers != list(range(numbers[0], numbers[0] + len(self._written))):
            raise NotWritableError("its output is in several places, and has another number of lines now")
        if any(each is not None and each.after.strip() for each in self._located):
            raise NotWritableError("something is written behind its output, which has another number of lines now")

    def _line(self, at: int, line: str) -> str:
        place = self._located[at]
        if place is None:
            return self._further(at, line)
        if not line and _is_code(place.before):
            raise NotWritableError("its output starts with an empty line, and is written behind code")
        return place.before + line + place.after if line else (place.before + place.after).rstrip()

    def _further(self, at: int, line: str) -> str:
        """Return a line in the place of an empty one, or of none: it begins as the lines of output near it go on."""
        near = [place for place in [*self._located[at::-1], *self._located[at:]] if place is not None]
        if not near or near[0].goes_on is None:
            raise NotWritableError("its output has more lines now, and where to write them is not known")
        return (near[0].goes_on + line).rstrip()


def _is_code(before: str) -> bool:
    return bool(before.strip(" \t>#"))


def _in_outputs(text: str, outputs: list[dict[str, object]], place: Cell, new: str) -> list[Replacement]:
    """Return the changes of a notebook that make `new` the output that is saved with a cell."""
    shown = shown_by(outputs)
    parts = _divided([each.text for each in shown], new)
    replacements = []
    for each, part in zip(shown, parts):
        if part == each.text:
            continue
        if each.holder is None:
            raise NotWritableError("an error is saved as its output")
        number, field = each.holder
        data = outputs[number].get("data", {})
        others = sorted(set(data if isinstance(data, dict) else ()) - {field})
        if others:
            raise NotWritableError(f"its output is saved as {', '.join(others)} too")
        source = place.outputs[each.holder]
        saved = notebooks.text_of(text, source)
        if each.text.removesuffix("\n") != saved.removesuffix("\n"):
            raise NotWritableError("control characters are saved in its output")
        part = part.removesuffix("\n") + ("\n" if saved.endswith("\n") else "")
        replacements.append(notebooks.replacement(text, source, part))
    return replacements


def _divided(parts: Sequence[str], new: str) -> list[str]:
    """Divide new output among the outputs of a cell.

    Args:
      parts: what the outputs show now, one below the other.
      new: the new text.
    """
    if parts[-1].endswith("\n"):
        new += "\n"
    if len(parts) == 1:
        return [new]
    lines = new.splitlines(True)
    counts = [part.count("\n") for part in parts[:-1]]
    if len(lines) != len("".join(parts).splitlines()) or not all(part.endswith("\n") for part in parts[:-1]):
        raise NotWritableError("it has several outputs, and which of them has changed is not clear")
    ends = list(accumulate(counts))
    return ["".join(lines[start:end]) for start, end in zip([0, *ends], [*ends, len(lines)])]
