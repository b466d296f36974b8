"""Write changed code cells into Jupyter notebooks; only source lines that change are written again."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.documents.formats.notebook import Source, code_sources
from tfsoftmax_compat.tools.migrate.lines import NotWritableError, Place, Replacement, origins


class Notebook:
    """The text of a notebook, and where its code cells are."""

    def __init__(self, text: str, blocks: Iterable[Block]) -> None:
        """Find the cells that the `blocks` are, in order. Cells without Python are in none."""
        self._text = text
        self._cells: dict[int, tuple[int, Source]] = {}  # by the identity of the block: number, source
        cells = enumerate(code_sources(text), 1)
        for block in blocks:
            found = ((number, source) for number, source in cells if _is_of(block, self._code(source)))
            cell = next(found, None)
            if cell is None:
                raise ValueError("the cells of the notebook are not those that were read")
            self._cells[id(block)] = cell

    def place(self, block: Block, index: int, column: int) -> Place:
        """Return where the character `column`, from 0, of line `index` of a cell is; the column is that in the cell."""
        number, _ = self._cells[id(block)]
        return Place(block.lines[index], column + 1, number, index + 1)

    def replacement(self, block: Block, text: str) -> Replacement:
        """Return the change of the notebook that makes `text` the text of a cell.

        Raises:
          NotWritableError: its strings cannot be written back in the same form.
        """
        number, source = self._cells[id(block)]
        code = self._code(source)
        migrated = text if block.text == code else text.removesuffix("\n")
        spans = source.spans
        whole = slice(spans[0][0], spans[-1][1])
        if not source.is_list:
            if self._string(code) != self._text[whole]:
                raise NotWritableError(f"cell {number}: its source has JSON escapes that would not stay the same")
            return Replacement(whole.start, whole.stop, self._string(migrated))
        old, new = code.splitlines(True), migrated.splitlines(True)
        if [json.loads(self._text[a:b]) for a, b in spans] != old:
            raise NotWritableError(f"cell {number}: its source is not a list of lines")
        between = "," + self._text[source.start + 1 : spans[0][0]]
        if len(spans) > 1:
            between = self._text[spans[0][1] : spans[1][0]]
        written = [
            self._text[slice(*spans[origin])] if origin is not None and old[origin] == line else self._string(line)
            for line, origin in zip(new, origins(old, new))
        ]
        return Replacement(whole.start, whole.stop, between.join(written))

    def _code(self, source: Source) -> str:
        return "".join(json.loads(self._text[a:b]) for a, b in source.spans)

    def _string(self, line: str) -> str:
        return json.dumps(line, ensure_ascii=self._text.isascii())


def _is_of(block: Block, code: str) -> bool:
    """Return whether `code` is the source of the cell that a block is; a block's text always ends in a newline."""
    return block.text in (code, code + "\n")
