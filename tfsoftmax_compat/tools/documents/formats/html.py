"""HTML: ``<pre>`` and ``<pre><code>``, and the tables of line numbers and code that blog engines write.

Such are the two columns of Hexo (``td.gutter``, ``td.code``), Rouge, Pygments and highlight.js, and the ``<div>`` for
each line of WordPress's plugins SyntaxHighlighter and Crayon.
"""

import re
from collections.abc import Iterator
from typing import Optional

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from tfsoftmax_compat.tools.documents import Example, blocks

# Columns of line numbers, and second copies of the code.
_NO_CODE = set(
    "gutter linenos lineno linenodiv lnt ln rouge-gutter line-numbers-rows hljs-ln-numbers crayon-nums "
    "crayon-plain-wrap toolbar".split()
)
_CODE_WITHOUT_PRE = {"crayon-pre", "syntaxhighlighter"}
_NOT_SHOWN = {"script", "style", "template", "head", "button", "textarea"}
_ENDS_LINE = {"div", "li", "p", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_LANGUAGE = re.compile(r"(?<!\S)(?:language|lang|highlight(?:-source)?|brush|hl)[-:]\s*([\w+#-]+)")
# Languages that stand among the classes without a prefix.
_BARE = blocks.PYTHON | set("bash sh shell console output c cpp java javascript js json".split())
_END = "end"  # of a line that may have ended already


def examples(text: str, document: str) -> list[Example]:
    """The examples of an HTML document, in its order.

    Args:
      text: the document.
      document: its path, for the examples to name.

    Returns:
      The examples; a line is that of the HTML file, on which many lines of code may stand.
    """
    found = []
    introduction: list[str] = []
    for part in _parts(BeautifulSoup(text, "html.parser")):
        if isinstance(part, Tag):
            lines = _lines(part)
            if not lines:  # a column of line numbers
                continue
            code = "".join(line + "\n" for line, _ in lines)
            numbers = [number for _, number in lines]
            found.append(blocks.Block(code, numbers, _language(part), "".join(introduction).strip()))
            introduction = []
        else:
            introduction.append(part)
    return blocks.examples(found, document)


def _parts(tag: Tag) -> Iterator[Tag | str]:
    """The elements that hold preformatted text, and the text between them."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in _NOT_SHOWN or _NO_CODE.intersection(_classes(child)):
                continue
            if _is_preformatted(child):
                yield child
            else:
                yield from _parts(child)
                if child.name in _ENDS_LINE:
                    yield "\n"
        elif not isinstance(child, PreformattedString):  # comments and the like
            yield str(child)


def _is_preformatted(tag: Tag) -> bool:
    return tag.name == "pre" or (bool(_CODE_WITHOUT_PRE.intersection(_classes(tag))) and tag.find("pre") is None)


def _classes(tag: Tag) -> list[str]:
    return [str(name) for name in tag.get_attribute_list("class") if name]


def _lines(preformatted: Tag) -> list[tuple[str, int]]:
    """The lines of preformatted text, each with the line of the file that it starts on; no empty ones at either end."""
    lines = []
    text = ""
    start = preformatted.sourceline or 1
    for piece, number in [*_pieces(preformatted, start, preformatted.name == "pre"), (_END, 0)]:
        if piece == "\n" or (piece == _END and text):
            lines.append((text.replace("\xa0", " ").rstrip(), start))
            text = ""
            start = number
        elif piece != _END:
            start = start if text else number
            text += piece
    full = [index for index, (line, _) in enumerate(lines) if line]
    return lines[full[0] : full[-1] + 1] if full else []


def _pieces(tag: Tag, number: int, is_pre: bool) -> Iterator[tuple[str, int]]:
    """The text in `tag` piece by piece, and "\\n" or `_END` where a line ends, each with the line of the file.

    Of a tag, the parser tells the line; within text the lines are counted from there. In what is no ``<pre>``, ends of
    lines in the file mean nothing.
    """
    for child in tag.children:
        if isinstance(child, Tag):
            number = child.sourceline or number
            if child.name == "br":
                yield "\n", number
            elif child.name not in _NOT_SHOWN and not _NO_CODE.intersection(_classes(child)):
                for piece, last in _pieces(child, number, is_pre):
                    yield piece, last
                    number = last
                if child.name in _ENDS_LINE:
                    yield _END, number
        elif not isinstance(child, PreformattedString):
            for index, piece in enumerate(str(child).split("\n")):
                if index:
                    number += 1
                    if is_pre:
                        yield "\n", number
                if piece:
                    yield piece, number


def _language(preformatted: Tag) -> str:
    """The language that the markup around preformatted text names, in lower case; "" where it names none."""
    code = preformatted.find("code")
    around: Optional[Tag] = code if isinstance(code, Tag) else preformatted
    while around is not None and around.name != "body" and len(around.find_all("pre")) <= 2:  # numbers and code
        classes = " ".join(_classes(around))
        named = [around.get("data-lang"), around.get("data-language"), *_LANGUAGE.findall(classes)]
        named += [word for word in classes.split() if word.lower() in _BARE]
        if around.name in ("pre", "code"):
            named.append(around.get("lang"))
        if around.name == "figure" and "highlight" in classes.split():  # Hexo's
            named += [word for word in classes.split() if word not in ("highlight", "hljs")]
        for name in named:
            if name:
                return str(name).lower()
        around = around.parent
    return ""
