"""reStructuredText, by docutils: code blocks, literal blocks and doctest blocks, Sphinx's directives among them.

Only docutils' parser is used, without the transformations that follow it: no substitution is expanded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from docutils import frontend, nodes, utils
from docutils.parsers.rst import Directive, Parser, directives, states
from docutils.statemachine import string2lines

from tfsoftmax_compat.tools.documents.block import HIDDEN, OUTPUT, Block, Comment
from tfsoftmax_compat.tools.documents.directives import in_options
from tfsoftmax_compat.tools.documents.groups import in_groups, with_group
from tfsoftmax_compat.tools.documents.says import NOTHING

# Directives that hold code in the language of their argument, and those that name a language by themselves.
_NAMES_LANGUAGE = {"code", "code-block", "sourcecode"}
_IS_LANGUAGE = {
    "doctest": "pycon",
    "ipython": "ipython",
    "testcode": "python",
    "testsetup": "python",
    "testcleanup": "python",
    "testoutput": "output",
    "jupyter-execute": "jupyter-execute",
    "jupyter-input": "jupyter-input",
    "jupyter-output": "jupyter-output",
    "parsed-literal": "",
}
_ROLES = {"testoutput": OUTPUT, "jupyter-output": OUTPUT, "testsetup": HIDDEN, "testcleanup": HIDDEN}
_SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,  # reading a document reads no other file
    "raw_enabled": False,
    "_disable_config": True,
    "smart_quotes": False,
    "line_length_limit": 100_000_000,  # docutils reads no document with a longer line
}


class _AnyOptions(dict[str, Any]):
    """Every option is known: what an option of Sphinx's says is of no matter here."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, name: str) -> Any:
        return str


class _Lenient(Directive):
    """A directive that takes any argument, options and content."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = _AnyOptions()


class _Code(_Lenient):
    """A block of code, in the language that its argument or its own name says."""

    def run(self) -> list[nodes.Node]:
        if not self.content:
            return []
        text = "\n".join(self.content)
        block = nodes.literal_block(text, text)
        argument = self.arguments[0] if self.arguments else ""
        block["language"] = _IS_LANGUAGE.get(self.name, argument.lower())
        block["role"] = _ROLES.get(self.name, "")
        block["directive"] = self.name
        block["argument"] = argument
        block["says"] = in_options({name: str(value or "") for name, value in self.options.items()})
        block.line = self.content_offset + 1
        return [block]


class _Included(_Lenient):
    """Code in another file, which is not read: output below it is not the output of code above it."""

    def run(self) -> list[nodes.Node]:
        block = nodes.literal_block(self.name, self.name)
        block["language"] = block["directive"] = self.name
        block["role"] = block["argument"] = ""
        block["says"] = NOTHING
        block.line = self.lineno
        return [block]


class _Unknown(_Lenient):
    """Any directive that docutils does not know: its content is read as a part of the document."""

    def run(self) -> list[nodes.Node]:
        container = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, container)
        return [container]


def _parser() -> Parser:
    """Return a parser that leaves emphasis, references and the like in the text: no output depends on them."""
    inliner = states.Inliner()
    inliner.parse = lambda text, lineno, memo, parent: ([nodes.Text(text)], [])
    return Parser(inliner=inliner)


@contextmanager
def _known_directives() -> Iterator[None]:
    """Have docutils look directives up here first, as Sphinx does it too."""
    lookup = directives.directive

    def directive(name: str, language: Any, document: Any) -> tuple[Any, list[Any]]:
        if name in _NAMES_LANGUAGE or name in _IS_LANGUAGE:
            return _Code, []
        if name == "literalinclude":
            return _Included, []
        found, _ = lookup(name, language, document)
        return found or _Unknown, []

    directives.directive = directive
    try:
        yield
    finally:
        directives.directive = lookup


def blocks(text: str, path: str) -> list[Block]:
    """Return the blocks of a reStructuredText document. Each of Sphinx's groups is a separate scope.

    Args:
      text: the document.
      path: its path.
    """
    settings = frontend.get_default_settings(Parser)
    settings.__dict__.update(_SETTINGS)
    tree = utils.new_document(path, settings)
    with _known_directives():
        _parser().parse(text, tree)
    source = string2lines(text, 8, convert_whitespace=True)  # the lines as docutils has them
    found = []
    introduction: list[str] = []
    comments: list[Comment] = []
    end = 0  # the line on which the last block ends
    for node in tree.findall():
        if isinstance(node, nodes.comment):
            found_here = _comments(node, source, end)
            comments += found_here
            end = found_here[-1].line
        elif isinstance(node, (nodes.literal_block, nodes.doctest_block)):
            block = _block(node, source, end)
            if block is None:
                continue
            end = block.lines[-1]
            block = replace(block, introduction="\n\n".join(introduction), comments=tuple(comments))
            found.append(with_group(block, node.get("directive", ""), node.get("argument", "")))
            introduction = []
            comments = []
        elif isinstance(node, (nodes.paragraph, nodes.title)):
            introduction.append(node.astext())
    return in_groups(found)


def _comments(node: nodes.comment, source: list[str], end: int) -> list[Comment]:
    """Return a comment, which is below the line `end`; docutils does not say where it starts."""
    text = node.astext()
    return [Comment(_line_that_ends_in(text.partition("\n")[0], source, end), text)]


def _block(node: nodes.Element, source: list[str], end: int) -> Block | None:
    """Return a block of docutils' as one of ours, without what is around it; `end` is the last line of the last one."""
    lines = node.astext().split("\n")
    text = "\n".join(lines) + "\n"
    if isinstance(node, nodes.doctest_block):
        # Before 0.22, docutils doesn't know where it is.
        start = _line_that_ends_in(lines[0], source, end)
        return Block(text, range(start, start + len(lines)), "pycon")
    if node.line is None:  # what docutils quotes in a message
        return None
    here = range(node.line, node.line + len(lines))
    block = Block(text, here, node.get("language", ""), role=node.get("role", ""))
    return block.with_says(node.get("says", NOTHING))


def _line_that_ends_in(text: str, source: list[str], after: int) -> int:
    """Return the first line below the line `after` that ends in `text`; before it, a list's mark may be."""
    return next((index + 1 for index in range(after, len(source)) if source[index].endswith(text)), after + 1)
