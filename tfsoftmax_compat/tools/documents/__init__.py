"""Documents: text in, documented examples out. One module a format; nothing here runs code."""

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Example:
    """Code, and what its document says that it prints.

    Attributes:
      document: the document's path, as it was given.
      line: the line of the document on which the code starts, from 1. In a notebook, a line of the notebook file.
      code: the code.
      documented: the output that the document shows; None for code without any, which is run only where a later
        example needs what it defines.
      interactive: typed at a prompt or in a notebook's cell, where the value of a last expression is displayed.
      scope: examples of one document with the same scope share a namespace; a docstring has its own, named by
        what it documents (``"softmax_v2"``).
    """

    document: str
    line: int
    code: str
    documented: Optional[str]
    interactive: bool = False
    scope: str = ""


class DocumentError(Exception):
    """A document could not be read; the message says which (with the line, if one is to blame) and why."""
