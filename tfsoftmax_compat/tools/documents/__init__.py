"""Documents: text in, documented examples out. Nothing here runs code."""

from dataclasses import dataclass, field

from tfsoftmax_compat.tools.documents.says import NOTHING, Says

# The kinds of code, by what Python displays of it: nothing but what a script prints, each expression at a prompt,
# the last expression of a notebook's cell.
SCRIPT, PROMPT, CELL = "script", "prompt", "cell"


@dataclass(frozen=True)
class Written:
    """Where and how a document writes a line of output.

    Attributes:
      line: the line of the document, from 1; in a notebook, the line of the cell.
      before: what is before it on the line: a comment's mark, or code and a comment's mark.
      text: the line of output, as it is written.
      after: what is behind it on the line, such as a remark.
      goes_on: what is before a further line of the same output.
    """

    line: int
    before: str
    text: str
    after: str = ""
    goes_on: str = ""


@dataclass(frozen=True)
class Example:
    """Code, and what its document says that it prints.

    Attributes:
      document: the document's path, as it was given.
      line: the line of the document on which the code starts, from 1. In a notebook, a line of the notebook file.
      code: the code.
      documented: the output that the document shows; None for code without any.
      kind: `SCRIPT`, `PROMPT` or `CELL`. The last expression of a script is displayed too, if the script has printed
        nothing: documents show it as a notebook would.
      scope: examples of one document with the same scope share a namespace; a docstring has its own, named by
        what it documents (``"softmax_v2"``).
      module: the path of the Python file whose docstring this is, whose names the code sees; "" for other documents.
      says: what the document says of the example.
      assigned: the name whose value the document shows, for code that ends in an assignment and displays nothing.
      is_python_2: whether the code was converted from Python 2.
      written: where the document writes each line of `documented`, None for lines that it does not write. Empty where
        this is not known, and in a notebook for output that is saved with its cell.
      cell: in a notebook, the number of the code cell, from 0.
      in_words: the names that a comment of its block defines, and no code of it: ``# 'x' is [[1, 2]]``.
    """

    document: str
    line: int
    code: str
    documented: str | None
    kind: str = SCRIPT
    scope: str = ""
    module: str = ""
    says: Says = NOTHING
    assigned: str = ""
    is_python_2: bool = False
    written: tuple[Written | None, ...] = field(default=(), compare=False)
    cell: int | None = None
    in_words: frozenset[str] = frozenset()

    @property
    def options(self) -> frozenset[str]:
        """As in `Says`, with the tolerances of numbers as ``"RTOL=0.001"`` and ``"ATOL=0.001"``."""
        tolerances = (("RTOL", self.says.rtol), ("ATOL", self.says.atol))
        return self.says.options | {f"{name}={value!r}" for name, value in tolerances if value is not None}

    @property
    def skip(self) -> str:
        """As in `Says`."""
        return self.says.skip

    @property
    def skip_if(self) -> str:
        """As in `Says`."""
        return self.says.skip_if


@dataclass(frozen=True)
class Unattributed:
    """A block of a document that could be output, and that belongs to no example.

    Attributes:
      line: the line of the document on which it starts, from 1.
      text: the block.
    """

    line: int
    text: str


@dataclass(frozen=True)
class Document:
    """What was read of a document.

    Attributes:
      path: as it was given.
      examples: its code, in its order, with and without documented output.
      unattributed: the blocks that could be output and belong to no example.
    """

    path: str
    examples: list[Example] = field(default_factory=list)
    unattributed: list[Unattributed] = field(default_factory=list)


class DocumentError(Exception):
    """A document could not be read; the message says which (with the line, if one is to blame) and why."""
