"""Write changed code cells into Jupyter notebooks; only source lines that change are written again."""

from __future__ import annotations

from collections.abc import Iterable

from tfsoftmax_compat.tools import notebooks
from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.documents.formats.notebook import Source, code_sources
from tfsoftmax_compat.tools.migrate.lines import Place
from tfsoftmax_compat.tools.replacements import NotWritableError, Replacement


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
        try:
            return notebooks.replacement(self._text, source, migrated)
        except NotWritableError as error:
            raise NotWritableError(f"cell {number}: {error}") from None

    def _code(self, source: Source) -> str:
        return notebooks.text_of(self._text, source)


def _is_of(block: Block, code: str) -> bool:
    """Return whether `code` is the source of the cell that a block is; a block's text always ends in a newline."""
    return block.text in (code, code + "\n")
