"""HTML: ``<pre>``, and what blog engines write for code."""

from collections.abc import Iterable

from tfsoftmax_compat.tools.documents.block import Block

SUFFIXES = (".html", ".htm")
MOST_BYTES = 10_000_000


def blocks(text: str, path: str) -> Iterable[Block]:
    """Return the blocks of an HTML document; a block's lines are those of the HTML file, each with much on it."""
    from tfsoftmax_compat.tools.documents.markup import html

    return html.blocks(text)
