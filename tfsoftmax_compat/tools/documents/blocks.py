"""Examples from a document's blocks of preformatted text, whatever the format that marks them up."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tfsoftmax_compat.tools.documents import PROMPT, Example, comments, magics, prompts
from tfsoftmax_compat.tools.documents.code import Piece, looks_like_code, try_parse
from tfsoftmax_compat.tools.documents.wording import introduces_output, is_prose

PYTHON = {"python", "py", "python2", "python3", "py3", "ipython", "ipython2", "ipython3", "pycon", "code-cell"}
# Blocks in no language at all: code or output, as they read.
_PLAIN = {"", "text", "txt", "plain", "plaintext", "none", "default"}
_OUTPUT = {"output", "console", "stdout", "log"}
_SHELL = re.compile(r"\s*(?:[$%#>] |pip3? install )")


@dataclass(frozen=True)
class Block:
    """A block of preformatted text.

    Attributes:
      text: the text; its lines end in a newline.
      lines: the document's line on which each line of the text stands, from 1.
      language: what the document calls its language, in lower case; "" where it names none.
      introduction: the prose between the block before it and this one.
    """

    text: str
    lines: Sequence[int]
    language: str
    introduction: str


def examples(blocks: Sequence[Block], document: str, scope: str = "") -> list[Example]:
    """The examples in the blocks of a document, in its order.

    A block is code if the document calls it Python, or names no language and it reads as code. Its output is what its
    comments or prompts show; else the block right below it, with nothing but an announcement ("Output:") between, if
    that is in no language and no code.

    Args:
      blocks: the blocks, in order.
      document: the document's path, for the examples to name.
      scope: the scope of the examples.
    """
    found = []
    following = [*blocks[1:], None]
    is_output = False
    for block, below in zip(blocks, following):
        if is_output:
            is_output = False
            continue
        pieces = _pieces(block)
        shows_none = bool(pieces) and all(piece.documented is None for piece in pieces)
        if below is not None and shows_none and _is_output(below):
            is_output = True
            pieces = _with_output(pieces, below.text.strip("\n"))
        for piece in pieces:
            line = block.lines[piece.offset]
            found.append(Example(document, line, piece.code, piece.documented, piece.kind, scope))
    return found


def _pieces(block: Block) -> list[Piece]:
    if block.language not in PYTHON | _PLAIN | _OUTPUT:
        return []
    if _is_session(block.text):
        return prompts.split(block.text)
    if block.language in PYTHON:
        return comments.split(magics.set_aside(block.text))
    return comments.split(block.text) if block.language in _PLAIN and _is_code(block.text) else []


def _with_output(pieces: list[Piece], documented: str) -> list[Piece]:
    """The pieces of a block whose output stands below it: all of a script's, the last statement's at a prompt."""
    *others, last = pieces
    if last.kind == PROMPT:
        return [*others, replace(last, documented=documented)]
    code = ""
    for piece in pieces:  # with the lines between them, so that each stays on its line
        code += "\n" * (piece.offset - pieces[0].offset - code.count("\n")) + piece.code
    return [Piece(pieces[0].offset, code, documented)]


def _is_session(text: str) -> bool:
    """Whether `text` is a session at a prompt. Prompts in the docstrings of code make none."""
    tree = try_parse(text) if prompts.has_prompts(text) else ast.Module([], [])
    return tree is None or any(not looks_like_code(statement) for statement in tree.body)


def _is_code(text: str) -> bool:
    """Whether all of `text` is Python, and no words that happen to be."""
    tree = try_parse(text)
    return tree is not None and bool(tree.body) and all(map(looks_like_code, tree.body))


def _is_output(block: Block) -> bool:
    """Whether the block is output of the code above it."""
    if block.language not in _PLAIN | _OUTPUT or prompts.has_prompts(block.text) or not block.text.strip():
        return False
    if introduces_output(block.introduction):
        return True
    if block.introduction.strip() or _SHELL.match(block.text):
        return False
    return block.language in _OUTPUT or not (_is_code(block.text) or is_prose(block.text.strip().partition("\n")[0]))
