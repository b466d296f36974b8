"""Markdown, by the CommonMark rules: fenced code, in lists and quotes too, indented code, and ``<pre>``.

MyST's directives (```` ```{code-cell} ````, ``:::{doctest}``) and Jekyll's ``{% highlight python %}`` are fences too.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tfsoftmax_compat.tools.documents import comments
from tfsoftmax_compat.tools.documents.block import HIDDEN, OUTPUT, PROSE, Block, Comment
from tfsoftmax_compat.tools.documents.code import is_code
from tfsoftmax_compat.tools.documents.directives import in_options, in_words
from tfsoftmax_compat.tools.documents.groups import Grouped, in_groups, with_group
from tfsoftmax_compat.tools.documents.vocabulary import on_lines
from tfsoftmax_compat.tools.documents.wording import has_only_values, value_in

SUFFIXES = (".md", ".markdown")
MOST_BYTES = 10_000_000

_FENCE = "~~~~~~~~"  # for what is a fence in another dialect of Markdown; the code in it may hold shorter ones
_JEKYLL = re.compile(r"([ \t]*)\{%-?\s*(?:highlight\s+([\w+#-]+)[^%]*|(endhighlight)\s*)-?%\}\s*$")
_COLONS = re.compile(r"([ \t]*):{3,}\s*(?:(\{[\w-]+\}[^\n]*))?\s*$")
# A line of a quote that ends any paragraph: a heading or a fence, also in an item of a list, a rule or an empty line.
_NO_PARAGRAPH = re.compile(
    r"(?:> ?)+ {0,3}(?:((?:(?:[-+*]|1[.)]) {1,4}(?:> ?)*)*)(?:#{1,6}(?:\s|$)|(?:`{3,}[^`]*|~{3,}.*)$)"
    r"|(?:(?:-\s*){3,}|(?:_\s*){3,}|(?:\*\s*){3,})?$)"
)
# Code by its indentation, unless there is a paragraph or a list above.
_INDENTED = re.compile(r"(?:> ?)+ {4}")
_NAMES_LANGUAGE = {"code-block", "code", "sourcecode"}
_CODE_DIRECTIVES = {
    "doctest": ("pycon", ""),
    "testcode": ("python", ""),
    "testsetup": ("python", HIDDEN),
    "testcleanup": ("python", HIDDEN),
    "testoutput": ("output", OUTPUT),
    "jupyter-execute": ("jupyter-execute", ""),
    "jupyter-input": ("jupyter-input", ""),
    "jupyter-output": ("output", OUTPUT),
    "code-cell": ("code-cell", ""),
    "ipython": ("ipython", ""),
    "parsed-literal": ("", ""),
}
_DIRECTIVE = re.compile(r"\{([\w-]+)\}\s*(.*)")
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)
_MOST_NESTED = 8
# A statement at a prompt, where Markdown reads quotes in quotes in quotes; of words there are none.
_OUTSIDE_FENCE = re.compile(
    r"[ \t]*>>> (?:import |from |print|(?:for|while|if|with|def|class) .*:|\w[\w.]*(?: ?=|[(\[])|[-+\d.]+ ?[-+*/%(])"
)
_PROMPT_OUTSIDE_FENCE = re.compile(r"[ \t]*>>> \S")


@dataclass(frozen=True)
class Code:
    """Code in a Markdown document.

    Attributes:
      line: the line of the document on which it starts, from 1.
      text: the code.
      language: the first word after the fence, without braces and the like, in lower case; None where it is indented.
      introduction: the prose between the code before it and this.
      info: all that is after the fence.
      comments: the comments of HTML and MyST between the code before it and this.
    """

    line: int
    text: str
    language: str | None
    introduction: str
    info: str = ""
    comments: tuple[Comment, ...] = ()

    def lines(self) -> range:
        """Return the line of the document on which each line of the code is."""
        return range(self.line, self.line + self.text.count("\n"))


def code_in(text: str) -> Iterator[Code]:
    """Yield the code in a Markdown document, in its order; "\\r\\n" in `text` must have been made "\\n"."""
    for part in _parts(text):
        if isinstance(part, Code):
            yield part


@dataclass(frozen=True)
class _Html:
    """A part of a document that is HTML and holds preformatted text."""

    line: int
    text: str
    introduction: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True)
class _Said:
    """A paragraph that shows output, from line `line` on."""

    line: int
    text: str


def _parts(text: str) -> Iterator[Code | _Html | _Said]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable("inline")  # what is inside of paragraphs is of no interest, and slow
    parser.block.ruler.at("html_block", _html, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    lines = text.split("\n")
    is_below_code = False
    introduction: list[str] = []
    comments: list[Comment] = []
    for token in parser.parse(_with_fences(text)):
        line = token.map[0] + 1 if token.map is not None else 1
        if token.type in ("fence", "code_block"):
            is_fence = token.type == "fence"
            words = re.findall(r"[\w+#-]+", token.info.lower())
            language = (words[0] if words else "") if is_fence else None
            # The code starts on the line after the fence.
            code = token.content.removesuffix("\n") + "\n"  # at the end of the document there may be none
            prose = "\n\n".join(introduction)
            yield Code(line + is_fence, code, language, prose, token.info.strip(), tuple(comments))
            introduction = []
            comments = []
            is_below_code = True
        elif token.type == "html_block":
            prose, found = _without_comments(token.content, line)
            comments += found
            if "<pre" in token.content.lower():
                yield _Html(line, token.content, "\n\n".join(introduction), tuple(comments))
                introduction = []
                comments = []
            else:
                introduction.append(re.sub(r"<[^<>]*>", "", prose).strip())
        elif token.content.startswith("% "):  # MyST's comments
            comments += [Comment(line, part.removeprefix("%").strip()) for part in token.content.split("\n")]
        elif token.content:
            if token.map is not None:
                yield from _said(lines[slice(*token.map)], line, is_below_code)
            introduction.append(token.content)
            is_below_code = False


def _quote(state: Any, start: int, end: int, silent: bool) -> bool:
    """Parse a quote as the library does, but do not look below a line after which no paragraph can go on.

    The library looks at all lines down to an empty one, and so takes quadratic time for bare prompts above text.
    """
    from markdown_it.rules_block import blockquote

    if not silent:
        texts = (state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]] for line in range(start, end))
        is_code = True  # up to here
        for line, (text, following) in enumerate(itertools.pairwise(itertools.chain(texts, [""])), start):
            if not text.startswith(">"):
                break
            no_paragraph = _NO_PARAGRAPH.match(text)
            is_outside_lists = no_paragraph is not None and not no_paragraph[1]
            is_code = is_code and (is_outside_lists or _INDENTED.match(text) is not None)
            if (no_paragraph is not None or is_code) and not following.startswith(">"):
                end = line + 1
                break
    return blockquote(state, start, end, silent)


def _html(state: Any, start: int, end: int, silent: bool) -> bool:
    """Parse HTML as the library does, and on to the end of preformatted text that an empty line is in.

    For CommonMark the HTML ends at the empty line, but browsers and kramdown read on to ``</pre>``.
    """
    from markdown_it.rules_block import html_block

    if not html_block(state, start, end, silent):
        return False
    if silent or not _is_open(state.tokens[-1].content, False) or start < state.env.get("unclosed_to", 0):
        return True
    line = state.line
    is_open = True
    while line < end and (is_open or not state.isEmpty(line)):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):  # the item of a list ends
            break
        is_open = _is_open(state.src[state.bMarks[line] : state.eMarks[line]], is_open)
        line += 1
    if is_open:
        state.env["unclosed_to"] = line  # down to here, its end is looked for only once
        return True
    token = state.tokens[-1]
    state.line = line
    token.map = [start, line]
    token.content = state.getLines(start, line, state.blkIndent, True)
    return True


def _is_open(html: str, was_open: bool) -> bool:
    """Return whether preformatted text goes on behind HTML, which starts in such text if `was_open`."""
    tags = _PRE.findall(html)
    return not tags[-1] if tags else was_open


def _said(paragraph: list[str], line: int, is_below_code: bool) -> Iterator[_Said]:
    """Yield what a paragraph shows of output: a session that no fence is around, or a value right below code."""
    for number, each in enumerate(paragraph):
        has_value = number + 1 < len(paragraph) and has_only_values(paragraph[number + 1])
        if _OUTSIDE_FENCE.match(each) or (has_value and _PROMPT_OUTSIDE_FENCE.match(each)):
            yield _Said(line + number, "\n".join(paragraph[number:]))
            return
    code = "\n".join(each.lstrip("> ") for each in paragraph)
    if "#" in code and is_code(code) and _has_output(code):
        yield _Said(line, "\n".join(paragraph))
    elif is_below_code and value_in("\n".join(paragraph)):
        yield _Said(line, "\n".join(paragraph))


def _has_output(code: str) -> bool:
    """Return whether code shows output in comments."""
    pieces = comments.split(code)
    return any(piece.documented is not None for piece in pieces) or any(comments.unread(code, pieces))


def _with_fences(text: str) -> str:
    """Return the document, line by line, with the fences of CommonMark for those of MyST and Jekyll."""
    if ":::" not in text and "{%" not in text:
        return text
    lines = text.split("\n")
    is_open = False  # in a directive of three colons that holds code
    for number, line in enumerate(lines):
        jekyll = _JEKYLL.match(line) if "{%" in line else None
        colons = _COLONS.match(line) if ":::" in line else None
        if jekyll is not None:
            lines[number] = f"{jekyll[1]}{_FENCE}{jekyll[2] or ''}"
        elif colons is not None and (is_open or _holds_code(colons[2] or "")):
            lines[number] = f"{colons[1]}{_FENCE}{colons[2] or ''}"
            is_open = not is_open
    return "\n".join(lines)


def _holds_code(info: str) -> bool:
    match = _DIRECTIVE.match(info)
    return match is not None and (match[1] in _CODE_DIRECTIVES or match[1] in _NAMES_LANGUAGE)


def _without_comments(html: str, line: int) -> tuple[str, list[Comment]]:
    """Return HTML without its comments, and these; `line` is the line on which it starts."""
    rest: list[str] = []
    comments: list[Comment] = []
    position = 0
    while True:
        start = html.find("<!--", position)
        end = html.find("-->", start + 4) if start >= 0 else -1
        if end < 0:
            return "".join([*rest, html[position:]]), comments
        rest.append(html[position:start])
        line += html.count("\n", position, start)
        comments.append(Comment(line, html[start + 4 : end]))
        line += html.count("\n", start, end)
        position = end + 3


def blocks(text: str, path: str) -> list[Block]:
    """Return the blocks of a Markdown document. Each of Sphinx's groups is a separate scope."""
    return in_groups(_blocks(text, 1, 0))


def _blocks(text: str, first: int, depth: int) -> Iterator[Grouped]:
    """Yield the blocks of a part of a document that starts on line `first`, in `depth` directives."""
    for part in _parts(text):
        if isinstance(part, _Html):
            yield from _of_html(part, first)
            continue
        if isinstance(part, _Said):
            start = part.line + first - 1
            said = Block(part.text + "\n", range(start, start + part.text.count("\n") + 1), "", role=PROSE)
            yield with_group(said, "", "")
            continue
        part = replace(
            part,
            line=part.line + first - 1,
            comments=tuple(Comment(each.line + first - 1, each.text) for each in part.comments),
        )
        directive = _DIRECTIVE.match(part.info)
        if directive is None:
            yield _of_fence(part)
        elif _holds_code(part.info):
            yield _of_directive(part, directive[1], directive[2].strip())
        elif depth < _MOST_NESTED:  # a note, a tab or the like
            yield from _blocks(part.text, part.line, depth + 1)


def _of_html(part: _Html, first: int) -> Iterator[Grouped]:
    from tfsoftmax_compat.tools.documents.markup import html

    for number, block in enumerate(html.blocks(part.text, part.line + first - 1)):
        if not number:
            prose = "\n\n".join(each for each in (part.introduction, block.introduction) if each)
            block = replace(block, introduction=prose, comments=part.comments)
        yield with_group(block, "", "")


def _of_fence(code: Code) -> Grouped:
    block = Block(code.text, code.lines(), code.language or "", code.introduction, code.comments)
    with on_lines([code.line - 1]):
        return with_group(block.with_says(in_words(re.findall(r"[\w-]+", code.info)[1:])), "", "")


def _of_directive(code: Code, name: str, argument: str) -> Grouped:
    """Return the block of a MyST directive, without the options at its start."""
    lines = code.text.split("\n")[:-1]
    end, options = _options(lines)
    language, role = _CODE_DIRECTIVES.get(name, (argument.split(" ")[0].lower(), ""))
    body = lines[end:] or [""]
    block = Block(
        "".join(line + "\n" for line in body),
        range(code.line + end, code.line + end + len(body)),
        language,
        code.introduction,
        code.comments,
        role,
    )
    return with_group(block.with_says(in_options(options)), name, argument)


def _options(lines: list[str]) -> tuple[int, dict[str, str]]:
    """Return where the code of a directive starts, and its options: ``:name: value`` lines, or YAML between dashes."""
    options: dict[str, str] = {}
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:]):
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
        name = ""
        for line in lines[1:end]:
            key, colon, value = line.partition(":")
            if colon and not line.startswith((" ", "-")):
                name = key.strip()
                options[name] = value.strip()
            elif name:
                options[name] += " " + line.strip()
        return end + 1, options
    end = 0
    for match in itertools.takewhile(bool, map(_OPTION.match, lines)):
        assert match is not None  # takewhile has seen it
        options[match[1]] = match[2].strip()
        end += 1
    if end and end < len(lines) and not lines[end].strip():
        end += 1
    return end, options
