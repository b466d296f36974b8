"""Document formats, one module each, found by their being in this folder.

A format's module is a `Format`. It is imported by every reading of a document, of whatever format, so it imports the
libraries that it needs in its function. To add a format, add a module.
"""

from collections.abc import Iterable
from typing import Protocol

from tfsoftmax_compat.tools.documents.block import Block


class Format(Protocol):
    """What the module of a format has."""

    # The suffixes of its files, in lower case, each with its dot.
    SUFFIXES: tuple[str, ...]
    # The size of the largest document that is read, so that reading takes seconds.
    MOST_BYTES: int

    def blocks(self, text: str, path: str) -> Iterable[Block]:
        """Return the blocks of preformatted text in a document, in its order.

        Args:
          text: the document; its lines end in newlines.
          path: the document's path.

        Raises:
          DocumentError: the document is not what its suffix says.
        """
