"""Documents: text in, documented examples out. One module a format; nothing here runs code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """Code, and what its document says that it prints.

    Attributes:
      document: the document's path, as it was given.
      line: the line of the document on which the code starts, from 1.
      code: the code.
      documented: the output that the document shows.
    """

    document: str
    line: int
    code: str
    documented: str
