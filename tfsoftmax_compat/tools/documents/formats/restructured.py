"""reStructuredText: code blocks, literal blocks and doctest blocks, Sphinx's directives among them."""

from collections.abc import Iterable

from tfsoftmax_compat.tools.documents.block import Block

SUFFIXES = (".rst",)
MOST_BYTES = 10_000_000


def blocks(text: str, path: str) -> Iterable[Block]:
    """Return the blocks of a reStructuredText document. Each of Sphinx's groups is a separate scope."""
    from tfsoftmax_compat.tools.documents.markup import restructured

    return restructured.blocks(text, path)
