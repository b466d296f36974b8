"""HTML: ``<pre>`` and ``<pre><code>``, and the tables of line numbers and code that blog engines write.

Such are the two columns of Hexo (``td.gutter``, ``td.code``), Rouge, Pygments and highlight.js, and the ``<div>`` for
each line of WordPress's plugins SyntaxHighlighter and Crayon.
"""

import re
from collections.abc import Collection, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment as HtmlComment
from bs4.element import PreformattedString

from tfsoftmax_compat.tools.documents.block import Block, Comment
from tfsoftmax_compat.tools.documents.blocks import is_python

# Columns of line numbers, and second copies of the code.
_NO_CODE = set(
    "gutter linenos lineno linenodiv lnt ln rouge-gutter line-numbers-rows hljs-ln-numbers crayon-nums "
    "crayon-plain-wrap toolbar".split()
)
_CODE_WITHOUT_PRE = {"crayon-pre", "syntaxhighlighter"}
_NOT_SHOWN = {"script", "style", "template", "head", "button", "textarea"}
_STANDARD_ERROR = {"output_stderr"}  # of a notebook's cell, in nbconvert's classic pages
_ENDS_LINE = {"div", "li", "p", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_LANGUAGE = re.compile(r"(?<!\S)(?:language|lang|highlight(?:-source)?|brush|hl)[-:]\s*([\w+#-]+)")
# Languages that are among the classes without a prefix.
_OTHERS = set("bash sh shell console output c cpp java javascript js json".split())
_OF_TOOL_BAR = {"copy", "copy code", "复制", "复制代码"}
_END = "end"  # of a line that may have ended already


def blocks(text: str, first_line: int = 1) -> list[Block]:
    """Return the blocks of preformatted text in HTML, in its order.

    Args:
      text: the HTML.
      first_line: the line of the document on which it starts.
    """
    found = []
    introduction: list[str] = []
    comments: list[Comment] = []
    for part in _parts(BeautifulSoup(_without_unclosed(text), "html.parser")):
        if isinstance(part, Comment):
            comments.append(part)
        elif isinstance(part, str):
            introduction.append(part)
        else:
            lines = _lines(part)
            if not lines:  # a column of line numbers
                continue
            code = "".join(line + "\n" for line, _ in lines)
            numbers = [number + first_line - 1 for _, number in lines]
            language = _language(part)
            prose = _paragraphs("".join(introduction), {*_OF_TOOL_BAR, language})
            found.append(Block(code, numbers, language, prose, tuple(comments)))
            introduction = []
            comments = []
    return found


def _without_unclosed(text: str) -> str:
    """Return HTML in which every tag and comment that is opened has an end somewhere below it.

    The parser reads to the end of the file for each one without, which takes quadratic time.
    """
    for start, end in (("<", ">"), ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", ">")):
        last = text.rfind(end) + 1
        text = text[:last] + text[last:].replace(start, "&lt;" + start[1:])
    return text


def _paragraphs(prose: str, tool_bar: Collection[str]) -> str:
    """Return prose with an empty line between its paragraphs, each of which the markup has ended with a newline.

    At the end it has no words of a `tool_bar` above the block, such as the name of the block's language.
    """
    paragraphs = [line.strip() for line in prose.split("\n") if line.strip()]
    while paragraphs and paragraphs[-1].lower() in tool_bar:
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def _parts(tag: Tag) -> Iterator[Tag | str | Comment]:
    """Yield the elements that hold preformatted text, and the text and comments between them."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in _NOT_SHOWN or _is_standard_error(child) or _NO_CODE.intersection(_classes(child)):
                continue
            if _is_preformatted(child):
                yield child
            else:
                yield from _parts(child)
                if child.name in _ENDS_LINE:
                    yield "\n"
        elif isinstance(child, HtmlComment):
            yield Comment(1, str(child))
        elif not isinstance(child, PreformattedString):  # declarations and the like
            yield str(child)


def _is_standard_error(tag: Tag) -> bool:
    is_of_lab = tag.get("data-mime-type") == "application/vnd.jupyter.stderr"  # nbconvert's pages as JupyterLab's
    return is_of_lab or bool(_STANDARD_ERROR.intersection(_classes(tag)))


def _is_preformatted(tag: Tag) -> bool:
    return tag.name == "pre" or (bool(_CODE_WITHOUT_PRE.intersection(_classes(tag))) and tag.find("pre") is None)


def _classes(tag: Tag) -> list[str]:
    return [str(name) for name in tag.get_attribute_list("class") if name]


def _lines(preformatted: Tag) -> list[tuple[str, int]]:
    """Return the lines of preformatted text, each with its line of the file; no empty ones at either end."""
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
    """Yield the text in `tag` piece by piece, and "\\n" or `_END` where a line ends, each with the line of the file.

    Of a tag, the parser tells the line; within text the lines are counted from there. In what is no ``<pre>``, ends of
    lines in the file mean nothing.
    """
    around = [(tag, iter(tag.children))]  # no recursion, which would pass each piece through all tags around it
    while around:
        current, children = around[-1]
        child = next(children, None)
        if child is None:
            around.pop()
            if around and current.name in _ENDS_LINE:
                yield _END, number
        elif isinstance(child, Tag):
            number = child.sourceline or number
            if child.name == "br":
                yield "\n", number
            elif child.name not in _NOT_SHOWN and not _NO_CODE.intersection(_classes(child)):
                around.append((child, iter(child.children)))
        elif not isinstance(child, PreformattedString):
            for index, piece in enumerate(str(child).split("\n")):
                if index:
                    number += 1
                    if is_pre:
                        yield "\n", number
                if piece:
                    yield piece, number


def _language(preformatted: Tag) -> str:
    """Return the language that the markup around preformatted text names, in lower case; "" where it names none."""
    code = preformatted.find("code")
    around: Tag | None = code if isinstance(code, Tag) else preformatted
    while (
        around is not None and around.name != "body" and len(around.find_all("pre", limit=3)) <= 2
    ):  # numbers and code
        classes = " ".join(_classes(around))
        named = [around.get("data-lang"), around.get("data-language"), *_LANGUAGE.findall(classes)]
        named += [word for word in classes.split() if word.lower() in _OTHERS or is_python(word.lower())]
        if around.name in ("pre", "code"):
            named.append(around.get("lang"))
        if around.name == "figure" and "highlight" in classes.split():  # Hexo's
            named += [word for word in classes.split() if word not in ("highlight", "hljs")]
        for name in named:
            if name:
                return str(name).lower()
        around = around.parent
    return ""
