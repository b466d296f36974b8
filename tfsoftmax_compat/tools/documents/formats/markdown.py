"""Markdown, by the CommonMark rules: fenced code, in lists and quotes too, and indented code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.blocks import Block
from tfsoftmax_compat.tools.documents.blocks import examples as examples_of


@dataclass(frozen=True)
class Code:
    """Code in a Markdown document.

    Attributes:
      line: the line of the document on which it starts, from 1.
      text: the code.
      language: the first word after the fence, without braces and the like, in lower case; None where it is indented.
      introduction: the prose between the code before it and this.
    """

    line: int
    text: str
    language: str | None
    introduction: str

    def lines(self) -> range:
        """The line of the document on which each line of the code stands."""
        return range(self.line, self.line + self.text.count("\n"))


def code_in(text: str) -> Iterator[Code]:
    """The code in a Markdown document, in its order; "\\r\\n" in `text` must have been made "\\n"."""
    introduction: list[str] = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type in ("fence", "code_block") and token.map is not None:
            is_fence = token.type == "fence"
            words = re.findall(r"[\w+#-]+", token.info.lower())
            language = (words[0] if words else "") if is_fence else None
            # The code starts on the line after the fence; map counts from 0.
            code = token.content.removesuffix("\n") + "\n"  # at the end of the document there may be none
            yield Code(token.map[0] + 1 + is_fence, code, language, "\n".join(introduction))
            introduction = []
        elif token.type == "html_block":
            introduction.append(re.sub(r"<!--.*?-->|<[^>]*>", "", token.content, flags=re.DOTALL).strip())
        elif token.content:
            introduction.append(token.content)


def examples(text: str, document: str) -> list[Example]:
    """The examples of a Markdown document, in its order.

    Args:
      text: the document.
      document: its path, for the examples to name.
    """
    blocks = [Block(code.text, code.lines(), code.language or "", code.introduction) for code in code_in(text)]
    return examples_of(blocks, document)
