"""What documents say to the tools that test them: options, and what is not to be run.

Read are the directives of doctest, pytest, pytest-doctestplus, xdoctest and scipy_doctest (comments in the code), nbval
and Jupyter (comments and tags of cells), Sybil, phmdoctest and pytest-codeblocks (comments of the document),
pytest-markdown-docs (words after a fence's language) and Sphinx (options of its directives).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tfsoftmax_compat.tools.documents.block import HIDDEN, OUTPUT, Block, Comment

IGNORE_OUTPUT = "IGNORE_OUTPUT"


@dataclass(frozen=True)
class Says:
    """What a document says of an example; the attributes are those of an `Example`."""

    options: frozenset[str] = frozenset()
    skip: str = ""
    skip_if: str = ""

    def and_also(self, other: "Says") -> "Says":
        """Return what both say."""
        either = [f"({each})" for each in (self.skip_if, other.skip_if) if each]
        skip_if = " or ".join(either) if len(either) == 2 else self.skip_if or other.skip_if
        return Says(self.options | other.options, self.skip or other.skip, skip_if)

    def of(self, block: Block) -> Block:
        """Return the block with this said of it too."""
        both = Says(block.options, block.skip, block.skip_if).and_also(self)
        return replace(block, options=both.options, skip=both.skip, skip_if=both.skip_if)


_NOTHING = Says()

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
        return _NOTHING
    says = _NOTHING
    for directive in _DIRECTIVE.findall(code):
        for sign, name, argument in _OPTION.findall(directive):
            if sign != "-":
                says = says.and_also(_option(name.upper(), argument))
    if _RANDOM.search(code if is_session else code.rstrip().rpartition("\n")[2]):
        says = says.and_also(Says(frozenset({IGNORE_OUTPUT})))
    return says


def in_cell(code: str) -> Says:
    """Return what nbval's comments in a block of code say of all of it: ``#NBVAL_SKIP``."""
    return in_words(_NBVAL.findall(code)) if "#" in code else _NOTHING


def _option(name: str, argument: str) -> Says:
    if name in ("SKIP", "DISABLE", "REMOTE_DATA"):
        return Says(frozenset({name}), f"the document says +{name}")
    if name == "REQUIRES":  # xdoctest's
        kind, _, module = argument.partition(":")
        if kind == "module" and re.fullmatch(r"[\w.]+", module):
            return Says(frozenset({name}), "", _is_missing(module))
        return Says(frozenset({name}), f"the document says +{name}({argument})")
    return Says(frozenset({name}))


def _is_missing(module: str) -> str:
    return f"__import__('importlib.util').util.find_spec({module.partition('.')[0]!r}) is None"


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
    says = _NOTHING
    for word in words:
        if word in _EXEMPTS:
            says = says.and_also(Says(frozenset({word}), f"the document says {word}"))
        elif word in _IGNORES_OUTPUT:
            says = says.and_also(Says(frozenset({word, IGNORE_OUTPUT})))
        elif word in ("raises-exception", "NBVAL_RAISES_EXCEPTION"):
            says = says.and_also(Says(frozenset({"raises-exception"})))
    return says


def in_options(options: Mapping[str, str]) -> Says:
    """Return what the options of a directive of Sphinx, MyST or jupyter-sphinx say."""
    says = _NOTHING
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
    conditions = []
    for specifier in specifiers.split(","):
        match = re.fullmatch(r"\s*(<=|>=|==|!=|<|>)?\s*(\d+(?:\.\d+)*)\s*", specifier)
        if match is None:
            return Says(skip=f"the document says :pyversion: {specifiers}, which is no version of Python")
        numbers = tuple(map(int, match[2].split(".")))
        conditions.append(f"__import__('sys').version_info[:{len(numbers)}] {match[1] or '=='} {numbers!r}")
    return Says(skip_if="not (" + " and ".join(conditions) + ")")


_SYBIL = re.compile(r"skip:\s*(next|start|end)\b\s*(?:if\s*\((?P<condition>.*)\))?\s*(?:[\"'](?P<why>[^\"']*)[\"'])?")
_REASON = re.compile(r",\s*reason\s*=\s*([\"'])(?P<why>.*?)\1\s*$")
_INVISIBLE = re.compile(r"(?:invisible-code(?:-block)?)\b[:\s]*(\w*)[^\n]*\n")
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
    """
    all_next = _NOTHING
    cleared = 0
    for block in blocks:
        says = _NOTHING
        for comment in block.comments:
            text = comment.text.strip()
            sybil = _SYBIL.match(text)
            if text == "clear-namespace":
                cleared += 1
            elif _INVISIBLE.match(text):
                yield _in_scope(all_next.of(_invisible(comment, block)), cleared)
            elif sybil is None:
                block, said = _said(text, block)
                says = says.and_also(said)
            elif sybil[1] == "next":
                says = says.and_also(_skip(sybil))
            else:
                all_next = _skip(sybil) if sybil[1] == "start" else _NOTHING
        yield _in_scope(says.and_also(all_next).of(block), cleared)


def _in_scope(block: Block, cleared: int) -> Block:
    return replace(block, scope=f"{block.scope}, cleared {cleared}".removeprefix(", ")) if cleared else block


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
    return Block(text, lines, match[1].lower() or "python", role=HIDDEN, scope=block.scope, module=block.module)


def _said(text: str, block: Block) -> tuple[Block, Says]:
    """Return the block, with its role, and what a comment above it says."""
    match = _CODEBLOCKS.match(text)
    if match is None:
        return block, in_words([text]) if text in _EXEMPTS else _NOTHING
    name, rest = match[1], match[2].strip()
    if name.startswith("expected-output"):
        return replace(block, role=OUTPUT), _NOTHING
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
        return block, Says(skip_if=_is_missing((condition[1] or "").strip("\"' ")))
    return block, _NOTHING
