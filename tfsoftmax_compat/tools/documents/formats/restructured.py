"""reStructuredText, by docutils: code blocks, literal blocks and doctest blocks, Sphinx's directives among them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import core, nodes
from docutils.parsers.rst import Directive, directives
from docutils.statemachine import string2lines

from tfsoftmax_compat.tools.documents import Example, blocks

# Directives that hold code in the language of their argument, and those that name a language by themselves.
_NAMES_LANGUAGE = {"code", "code-block", "sourcecode"}
_IS_LANGUAGE = {
    "doctest": "pycon",
    "ipython": "ipython",
    "testcode": "python",
    "testsetup": "python",
    "testoutput": "output",
    "parsed-literal": "",
}
_QUIET = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,  # reading a document reads no other file
    "raw_enabled": False,
    "_disable_config": True,
    "smart_quotes": False,
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
        named = self.arguments[0].lower() if self.arguments else ""
        block["language"] = _IS_LANGUAGE.get(self.name, named)
        block.line = self.content_offset + 1
        return [block]


class _Unknown(_Lenient):
    """Any directive that docutils does not know: what stands in it is read as a part of the document."""

    def run(self) -> list[nodes.Node]:
        container = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, container)
        return [container]


@contextmanager
def _known_directives() -> Iterator[None]:
    """Have docutils look directives up here first, as Sphinx does it too."""
    lookup = directives.directive

    def directive(name: str, language: Any, document: Any) -> tuple[Any, list[Any]]:
        if name in _NAMES_LANGUAGE or name in _IS_LANGUAGE:
            return _Code, []
        found, _ = lookup(name, language, document)
        return found or _Unknown, []

    directives.directive = directive
    try:
        yield
    finally:
        directives.directive = lookup


def examples(text: str, document: str) -> list[Example]:
    """The examples of a reStructuredText document, in its order.

    Args:
      text: the document.
      document: its path, for the examples to name.
    """
    with _known_directives():
        tree = core.publish_doctree(text, source_path=document, settings_overrides=_QUIET)
    source = string2lines(text, 8, convert_whitespace=True)  # the lines as docutils has them
    found: list[blocks.Block] = []
    introduction: list[str] = []
    end = 0  # the line that the last block ends on
    for node in tree.findall():
        if isinstance(node, (nodes.literal_block, nodes.doctest_block)):
            lines = node.astext().split("\n")
            if isinstance(node, nodes.doctest_block):
                # Before 0.22, docutils doesn't know where it stands.
                start, language = _line_that_ends_in(lines[0], source, end), "pycon"
            elif node.line is not None:
                start, language = node.line, node.get("language", "")
            else:  # what docutils quotes in a message
                continue
            end = start + len(lines) - 1
            found.append(
                blocks.Block("\n".join(lines) + "\n", range(start, end + 1), language, "\n".join(introduction))
            )
            introduction = []
        elif isinstance(node, (nodes.paragraph, nodes.title)):
            introduction.append(node.astext())
    return blocks.examples(found, document)


def _line_that_ends_in(text: str, source: list[str], after: int) -> int:
    """The first line below the line `after` that ends in `text`; before it, a list's mark may stand."""
    return next((number for number, line in enumerate(source, 1) if number > after and line.endswith(text)), after + 1)
