"""What documents say to the tools that test them: options, and what is not to be run.

Read are the directives of doctest, pytest, pytest-doctestplus, xdoctest and scipy_doctest (comments in the code), nbval
and Jupyter (comments and tags of cells), Sybil, phmdoctest and pytest-codeblocks (comments of the document),
pytest-markdown-docs (words after a fence's language) and Sphinx (options of its directives). This program's own are in
`vocabulary`.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tfsoftmax_compat.tools.documents import vocabulary
from tfsoftmax_compat.tools.documents.block import HIDDEN, OUTPUT, Block, Comment
from tfsoftmax_compat.tools.documents.conditions import is_missing, python_is
from tfsoftmax_compat.tools.documents.says import IGNORE_OUTPUT, MAY_VARY, NOTHING, Says
from tfsoftmax_compat.tools.documents.vocabulary import NAMESPACE, NEW_NAMESPACE, SETUP, Directive

_DIRECTIVE = re.compile(r"#[ \t]*(?:x?doctest|xdoc):[ \t]*([^\n]*)")
_OPTION = re.compile(r"([+-])?[ \t]*(\w+)(?:\(([^)\n]*)\))?")
_RANDOM = re.compile(r"(?:^|[ \t]+)#[ \t]*(?:may vary|random|uninitialized)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NBVAL = re.compile(r"^[ \t]*#[ \t]*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)", re.MULTILINE)

# The words of cells' tags, of comments and of fences' information strings that exempt code from running.
_EXEMPTS = {"skip-execution", "nbval-skip", "NBVAL_SKIP", "notest", "phmdoctest-skip", "doctest-skip"}
_IGNORES_OUTPUT = {"nbval-ignore-output", "NBVAL_IGNORE_OUTPUT", "PYTEST_VALIDATE_IGNORE_OUTPUT"}


def in_comments(code: str, is_session: bool = True) -> Says:
    """Return what the comments of code say: ``# doctest: +NUMBER, +SKIP``, ``# random``.

    Args:
      code: the code of one example.
      is_session: whether it was typed at a prompt. Of other code, which may print much more, only a comment on its last
        line says that its output is random.
    """
    if "#" not in code:
        return NOTHING
    says = NOTHING
    for directive in _DIRECTIVE.findall(code):
        for sign, name, argument in _OPTION.findall(directive):
            if sign != "-":
                says = says.and_also(_option(name.upper(), argument))
    if is_session:
        for offset, directive in vocabulary.at_prompt(code):
            with vocabulary.at_offset(offset):
                says = says.and_also(directive.says())
    if _RANDOM.search(code if is_session else code.rstrip().rpartition("\n")[2]):
        says = says.and_also(Says(frozenset({MAY_VARY})))
    return says


def in_cell(code: str) -> Says:
    """Return what nbval's comments in a block of code say of all of it: ``#NBVAL_SKIP``."""
    return in_words(_NBVAL.findall(code)) if "#" in code else NOTHING


def _option(name: str, argument: str) -> Says:
    if name in ("SKIP", "DISABLE", "REMOTE_DATA"):
        return Says(frozenset({name}), f"the document says +{name}")
    if name == "REQUIRES":  # xdoctest's
        kind, _, module = argument.partition(":")
        if kind == "module" and re.fullmatch(r"[\w.]+", module):
            return Says(frozenset({name}), "", is_missing(module))
        return Says(frozenset({name}), f"the document says +{name}({argument})")
    return Says(frozenset({name}))


def without_random_marks(output: str) -> tuple[str, bool]:
    """Return output without the comments that say that it differs each time, and whether there are any.

    They are scipy_doctest's, at the end of a line: ``array([0.1, 0.2])  # may vary``.
    """
    if "#" not in output:
        return output, False
    bare, marks = _RANDOM.subn("", output)
    return bare, marks > 0


def in_words(words: Iterable[str]) -> Says:
    """Return what the tags of a cell, or the words after a fence's language, say."""
    says = NOTHING
    for word in words:
        if word.startswith(vocabulary.TAG):
            says = says.and_also(vocabulary.of_tag(word))
        elif word in _EXEMPTS:
            says = says.and_also(Says(frozenset({word}), f"the document says {word}"))
        elif word in _IGNORES_OUTPUT:
            says = says.and_also(Says(frozenset({word, IGNORE_OUTPUT})))
        elif word in ("raises-exception", "NBVAL_RAISES_EXCEPTION"):
            says = says.and_also(Says(frozenset({"raises-exception"})))
    return says


def in_options(options: Mapping[str, str]) -> Says:
    """Return what the options of a directive of Sphinx, MyST or jupyter-sphinx say."""
    says = NOTHING
    if options.get("options"):
        says = in_comments(f"# doctest: {options['options']}")
    if options.get("skipif"):
        says = says.and_also(Says(skip_if=options["skipif"]))
    if options.get("pyversion"):
        says = says.and_also(_other_version(options["pyversion"]))
    if "raises" in options:
        says = says.and_also(in_words(["raises-exception"]))
    return says.and_also(in_words(re.findall(r"[\w-]+", options.get("tags", ""))))


def _other_version(specifiers: str) -> Says:
    """Return what ``:pyversion: >= 3.3, < 4`` says: the code is for these versions of Python."""
    condition = python_is(specifiers)
    if condition is None:
        return Says(skip=f"the document says :pyversion: {specifiers}, which is no version of Python")
    return Says(skip_if=f"not ({condition})")


_SYBIL = re.compile(r"skip:\s*(next|start|end)\b\s*(?:if\s*\((?P<condition>.*)\))?\s*(?:[\"'](?P<why>[^\"']*)[\"'])?")
_REASON = re.compile(r",\s*reason\s*=\s*([\"'])(?P<why>.*?)\1\s*$")
_INVISIBLE = re.compile(r"(?:invisible-code(?:-block)?)\b[:\s]*(\w*)[^\n]*\n|verify:[ \t]*setup[ \t]*\n")
_CODEBLOCKS = re.compile(
    r"(?:pytest-codeblocks:|pytest\.mark\.|phmdoctest-mark\.|phmdoctest-|pytest-)([\w-]+)(.*)", re.DOTALL
)


def apply(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of a document, with what the document's comments say of them.

    Args:
      blocks: the blocks, in order.

    Yields:
      The blocks, and the code that comments hold ("invisible-code-block"). After a comment "clear-namespace" they have
      another scope.

    Raises:
      vocabulary.DirectiveError: a directive of this program is wrong.
    """
    reader = _Reader(_of_file(blocks))
    for block in blocks:
        yield from reader.take(block)


class _Reader:
    """Reads the blocks of a document one after the other.

    Args:
      of_file: what is said of all of them.
    """

    def __init__(self, of_file: Says) -> None:
        self._of_file = of_file
        self._skipped = NOTHING  # between "skip: start" and "skip: end"
        self._cleared = 0

    def take(self, block: Block) -> Iterator[Block]:
        """Yield the code in the comments above a block, and the block."""
        says = NOTHING
        namespace = ""
        for comment in block.comments:
            text = comment.text.strip()
            sybil = _SYBIL.match(text)
            own = _own(comment)
            if text == "clear-namespace" or (own is not None and own.name == NEW_NAMESPACE):
                self._cleared += 1
            elif _INVISIBLE.match(text):
                yield self._in_scope(_invisible(comment, block).with_says(self._of_file.and_also(self._skipped)))
            elif own is not None:
                namespace = own.argument if own.name == NAMESPACE else namespace
                says = says.and_also(_said_by(own, comment.line))
            elif sybil is None:
                block, said = _said(text, block)
                says = says.and_also(said)
            elif sybil[1] == "next":
                says = says.and_also(_skip(sybil))
            else:
                self._skipped = _skip(sybil) if sybil[1] == "start" else NOTHING
        for line, directive in _at_head(block):
            self._cleared += directive.name == NEW_NAMESPACE
            namespace = directive.argument if directive.name == NAMESPACE else namespace
            says = says.and_also(_said_by(directive, line))
        block = block.with_says(self._of_file.and_also(self._skipped).and_also(says))
        yield replace(block, scope=namespace) if namespace else self._in_scope(block)

    def _in_scope(self, block: Block) -> Block:
        if not self._cleared:
            return block
        return replace(block, scope=f"{block.scope}, cleared {self._cleared}".removeprefix(", "))


def _of_file(blocks: Sequence[Block]) -> Says:
    """Return what this program's directives say of a whole document."""
    says = NOTHING
    for block in blocks:
        above = ((comment.line, _own(comment)) for comment in block.comments)
        for line, directive in itertools.chain(above, _at_head(block)):
            if directive is not None and directive.is_of_file:
                with vocabulary.on_lines([line]):
                    says = says.and_also(directive.says())
    return says


def _said_by(directive: Directive, line: int) -> Says:
    """Return what a directive says of the next block."""
    with vocabulary.on_lines([line]):
        return NOTHING if directive.is_of_file else directive.of_block()


def _own(comment: Comment) -> Directive | None:
    """Return the directive of this program that a comment of the markup is, or None."""
    directive = vocabulary.in_markup(comment.text)
    if directive is not None and directive.name == SETUP and not _INVISIBLE.match(comment.text.strip()):
        with vocabulary.on_lines([comment.line]):
            raise vocabulary.DirectiveError("verify: setup needs code on the lines below it, in the comment")
    return directive


def _at_head(block: Block) -> Iterator[tuple[int, Directive]]:
    """Yield the directives of this program at the head of a block's code, each with its line of the document."""
    for offset, directive in vocabulary.at_head(block.text):
        yield block.lines[min(offset, len(block.lines) - 1)], directive


def _skip(match: re.Match[str]) -> Says:
    """Return what Sybil's ``skip: next if(condition, reason="…")`` says."""
    condition = match["condition"] or ""
    reason = _REASON.search(condition)
    if reason is not None:
        condition = condition[: reason.start()]
    why = match["why"] or (reason["why"] if reason is not None else "")
    skip = f"the document says skip: {match[1]}" + (f" ({why})" if why else "")
    return Says(skip_if=condition) if condition else Says(skip=skip)


def _invisible(comment: Comment, block: Block) -> Block:
    start = len(comment.text) - len(comment.text.lstrip())
    match = _INVISIBLE.match(comment.text, start)
    assert match is not None  # its caller has seen it
    text = comment.text[match.end() :].rstrip() + "\n"
    indentation = min((len(line) - len(line.lstrip()) for line in text.split("\n") if line.strip()), default=0)
    text = "".join(line[indentation:] + "\n" for line in text.split("\n")[:-1])
    first = comment.line + comment.text.count("\n", 0, match.end())
    lines = range(first, first + text.count("\n"))
    language = (match[1] or "").lower() or "python"
    return Block(text, lines, language, role=HIDDEN, scope=block.scope, module=block.module)


def _said(text: str, block: Block) -> tuple[Block, Says]:
    """Return the block, with its role, and what a comment above it says."""
    match = _CODEBLOCKS.match(text)
    if match is None:
        return block, in_words([text]) if text in _EXEMPTS else NOTHING
    name, rest = match[1], match[2].strip()
    if name.startswith("expected-output"):
        return replace(block, role=OUTPUT), NOTHING
    if name == "skip":
        return block, Says(skip=f"the document says {text.partition('(')[0]}")
    if name == "expect-error":
        return block, in_words(["raises-exception"])
    condition = re.match(r"\((.*)\)$|<([\d.]+)>?$", rest, re.DOTALL)
    if name == "skipif" and condition is not None:
        if condition[2] is not None:  # phmdoctest's: a version of Python below which the code is not run
            return block, _other_version(f">= {condition[2]}")
        return block, Says(skip_if=_REASON.sub("", condition[1]))
    if name == "importorskip" and condition is not None:
        return block, Says(skip_if=is_missing((condition[1] or "").strip("\"' ")))
    return block, NOTHING
