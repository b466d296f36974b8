"""Python in a block of a document: the block itself, or what is typed at its prompts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.documents.blocks import Code
from tfsoftmax_compat.tools.documents.code import first_line, try_parse
from tfsoftmax_compat.tools.migrate.cells import Cell
from tfsoftmax_compat.tools.migrate.lines import origins

_PYTHON_PROMPT = re.compile(r"(?P<indentation>\s*)>>>")


@dataclass(frozen=True)
class Excerpt:
    """A piece of Python in a document.

    Attributes:
      block: the block that it is in.
      start: the index of the line of the block on which it starts.
      text: the code, without prompts.
      is_typed: whether it is at a prompt.
    """

    block: Block
    start: int
    text: str
    is_typed: bool

    def column(self, line: int, column: int) -> int:
        """Return the column, in the line of the block, of the UTF-8 byte `column` of a line; all from 0."""
        code = self.text.split("\n")[line]
        before = len(self.block.text.split("\n")[self.start + line]) - len(code)
        return before + len(code.encode()[:column].decode(errors="replace"))


def excerpts_in(code: Code) -> Iterator[Excerpt]:
    """Yield the pieces of Python in a block of code."""
    if code.is_session:
        for piece in code.pieces:
            yield Excerpt(code.block, piece.offset, piece.code, True)
    else:
        yield Excerpt(code.block, 0, code.block.text, False)


def migrated_block(block: Block, found: Iterable[tuple[Excerpt, Cell]]) -> str:
    """Return the text of a block with its excerpts migrated; what is between them, such as output, stays."""
    lines = block.text.split("\n")[:-1]
    for excerpt, cell in sorted(found, key=lambda pair: pair[0].start, reverse=True):
        if cell.migrated != cell.text:
            old, new = cell.text.split("\n")[:-1], cell.migrated.split("\n")[:-1]
            here = slice(excerpt.start, excerpt.start + len(old))
            lines[here] = _typed(lines[here], old, new) if excerpt.is_typed else new
    return "".join(line + "\n" for line in lines)


def _typed(lines: list[str], old: list[str], new: list[str]) -> list[str]:
    """Return the lines of a session that type `new`, where `lines` type `old`.

    At Python's prompt each new statement has a prompt. IPython takes many statements at one prompt, so there an added
    line goes on with the statement that it is added to, and no prompt has to be numbered again.
    """
    marks = [line.removesuffix(code) for line, code in zip(lines, old)]
    python = _PYTHON_PROMPT.match(marks[0])
    if python is not None:
        goes_on = python["indentation"] + "... "
        tree = try_parse("".join(line + "\n" for line in new)) or ast.Module([], [])
        starts = {first_line(statement) - 1 for statement in tree.body}
    else:
        # A line of the document that has no prompt gets no mark.
        goes_on = "...: ".rjust(len(marks[0])) if marks[0].strip() else marks[0]
        starts = set()
    typed = []
    for number, (code, origin) in enumerate(zip(new, origins(old, new))):
        if number == 0:
            mark = marks[0]
        elif origin:
            mark = marks[origin]
        else:
            mark = marks[0] if number in starts else goes_on
        typed.append(mark + code)
    return typed
