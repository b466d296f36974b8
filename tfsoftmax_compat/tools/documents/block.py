"""The blocks of preformatted text in a document. Every format is read into these."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tfsoftmax_compat.tools.documents.says import NOTHING, Says

# What a block is known to be, where the document says so by more than a language.
OUTPUT, HIDDEN, PRINTED, PROSE = "output", "hidden", "printed", "prose"


@dataclass(frozen=True)
class Comment:
    """A comment of the document's markup, which readers do not see: a tool's directive may be in it.

    Attributes:
      line: the line of the document on which its text starts, from 1.
      text: the comment, without the marks around it.
    """

    line: int
    text: str


@dataclass(frozen=True)
class Block:
    """A block of preformatted text.

    Attributes:
      text: the text; each of its lines ends in a newline.
      lines: the line of the document on which each line of the text is, from 1.
      language: what the document calls its language, in lower case; "" where it names none.
      introduction: the prose between the block before it and this one.
      comments: the comments between the block before it and this one.
      role: `OUTPUT` where the document's markup says that the block is output, `PRINTED` where its text shows that a
        program printed it, `HIDDEN` for code that readers do not see, `PROSE` for no block but a paragraph that
        shows output, else "".
      is_cell: whether it is a cell of a notebook, of which the last expression is displayed.
      is_quoted: whether it is in a Markdown cell of a notebook, or the output of a cell without code. Its code does
        not run.
      output: what is saved as its output, in a notebook; None where nothing is.
      is_python_2: whether the document says that its code is Python 2.
      before: what is before each line of the text in the document, such as the mark of a comment.
      cell: as in an `Example`.
      scope: as in an `Example`.
      module: as in an `Example`.
      says: what the document says of the block.
    """

    text: str
    lines: Sequence[int]
    language: str
    introduction: str = ""
    comments: Sequence[Comment] = ()
    role: str = ""
    is_cell: bool = False
    is_quoted: bool = False
    output: str | None = None
    is_python_2: bool = False
    before: str = ""
    cell: int | None = None
    scope: str = ""
    module: str = ""
    says: Says = NOTHING

    def with_says(self, says: Says) -> "Block":
        """Return the block, of which the document says this too."""
        return replace(self, says=self.says.and_also(says))
