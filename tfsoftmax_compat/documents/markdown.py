"""Markdown: examples in fenced Python blocks, their output after ``# output`` in the same block."""

from markdown_it import MarkdownIt

from tfsoftmax_compat.documents import Example, comments

_LANGUAGES = {"python", "py", "python3"}


def examples(text: str, document: str) -> list[Example]:
    """The examples of a Markdown document, in its order.

    Args:
      text: the document.
      document: its path, for the examples to name.

    Returns:
      One example for each fenced Python block that shows its output.
    """
    found = []
    for token in MarkdownIt().parse(text):
        if token.type != "fence" or token.info.strip().lower() not in _LANGUAGES or token.map is None:
            continue
        code, documented = comments.split_output(token.content)
        if documented is not None:
            # The code starts on the line after the fence; map counts from 0.
            found.append(Example(document, token.map[0] + 2, code, documented))
    return found
