"""The directives of this program: ``<!-- verify: skip -->``, ``.. verify: max-ulp 16``, ``# verify: eager``.

A directive is about the next block of code, or, with the word ``file``, about the whole document.
"""

import difflib
import io
import math
import re
import tokenize
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents import conditions
from tfsoftmax_compat.tools.documents.says import IGNORE_OUTPUT, Says

SETUP, NAMESPACE, NEW_NAMESPACE = "setup", "namespace", "new-namespace"
TAG = "verify-"  # what the tags of a notebook's cells begin with
_DIRECTIVE = re.compile(r"verify:[ \t]*(?P<file>file\b[ \t]*)?(?P<name>[\w-]*)[ \t]*(?P<argument>[^\n]*)")
_COMMENT = re.compile(r"[ \t]*#[ \t]*(verify:[^\n]*)")
_AT_END = re.compile(r"[^\n]*?#[ \t]*(verify:[^\n]*)$", re.MULTILINE)


class DirectiveError(Exception):
    """A directive is wrong; the message says what is.

    Attributes:
      offset: its line in the text that it was found in, from 0.
      line: its line of the document, from 1; 0 if it is not known yet.
    """

    offset = 0
    line = 0


@contextmanager
def at_offset(offset: int) -> Iterator[None]:
    """Add to the offset of errors: `offset` is the line of a larger text on which the smaller one starts."""
    try:
        yield
    except DirectiveError as error:
        error.offset += offset
        raise


@contextmanager
def on_lines(lines: Sequence[int]) -> Iterator[None]:
    """Give errors their line of the document: `lines` are those of the text that offsets are in."""
    try:
        yield
    except DirectiveError as error:
        error.line = error.line or lines[min(error.offset, len(lines) - 1)]
        raise


@dataclass(frozen=True)
class Directive:
    """A directive.

    Attributes:
      name: its name.
      argument: what is behind the name, without white space around it.
      is_of_file: whether it is about the whole document.
    """

    name: str
    argument: str
    is_of_file: bool

    def says(self) -> Says:
        """Return what it says of examples.

        Raises:
          DirectiveError: there is no such directive, or its argument is wrong.
        """
        if self.name in _OF_BLOCKS:
            if self.is_of_file:
                raise DirectiveError(f"verify: {self.name} can't be about the whole file")
            raise DirectiveError(f"verify: {self.name} can't be here; it {_OF_BLOCKS[self.name]}")
        if self.name not in _MEANINGS:
            close = difflib.get_close_matches(self.name, _NAMES, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_NAMES)}"
            raise DirectiveError(f"verify: {self.name or 'nothing'}: there is no such directive; {hint}")
        try:
            return _MEANINGS[self.name](self.argument)
        except ValueError as error:
            raise DirectiveError(f"verify: {self.name}: {error}") from None

    def of_block(self) -> Says:
        """Return what it says of the examples in the block that it is above; nothing, where it is on the namespace.

        Raises:
          DirectiveError: as for `says`.
        """
        if self.name not in (NAMESPACE, NEW_NAMESPACE):
            return self.says()
        if bool(self.argument) != (self.name == NAMESPACE):
            problem = "it needs a name" if self.name == NAMESPACE else f"nothing can be behind it: {self.argument}"
            raise DirectiveError(f"verify: {self.name}: {problem}")
        return Says()


def in_markup(comment: str) -> Directive | None:
    """Return the directive that a comment of a document's markup is, or None."""
    match = _DIRECTIVE.match(comment.strip())
    if match is None:
        return None
    return Directive(match["name"], match["argument"].strip(), match["file"] is not None)


def at_head(code: str) -> Iterator[tuple[int, Directive]]:
    """Yield the directives in the comments before the first statement of code, each with its line, from 0."""
    for offset, line in enumerate(code.split("\n")):
        if line.strip() and not line.lstrip().startswith("#"):
            return
        match = _COMMENT.match(line)
        directive = _in_code(match[1]) if match else None
        if directive is not None:
            yield offset, directive


def refuse_in_script(code: str) -> None:
    """Raise an error for a directive below the head of code that is no session: it would be about nothing.

    Args:
      code: a block of code.

    Raises:
      DirectiveError: there is one.
    """
    if "verify:" not in code:
        return
    heads = {offset for offset, _ in at_head(code)}
    for offset, comment in _comments(code):
        directive = _in_code(comment.lstrip("# \t"))
        if directive is not None and offset not in heads:
            error = DirectiveError(
                f"verify: {directive.name} can't be below the first statement of a block; put it above that, or put "
                "the code that it is about into a block of its own"
            )
            error.offset = offset
            raise error


def refuse_in_session(lines: Sequence[str]) -> None:
    """Raise an error for a directive on a line of its own in a session: it would be about nothing.

    Args:
      lines: what is below a statement at a prompt, or typed without a statement.

    Raises:
      DirectiveError: there is one.
    """
    for offset, line in enumerate(lines):
        match = _COMMENT.match(line)
        directive = _in_code(match[1]) if match else None
        if directive is not None:
            error = DirectiveError(
                f"verify: {directive.name} is behind no statement; put it behind the one at a prompt that it is about"
            )
            error.offset = offset
            raise error


def _comments(code: str) -> Iterator[tuple[int, str]]:
    """Yield the comments in code, each with its line, from 0; of what can't be read as Python, those on own lines."""
    last = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            last = token.end[0]
            if token.type == tokenize.COMMENT:
                yield token.start[0] - 1, token.string
    except (tokenize.TokenError, SyntaxError):
        for offset, line in enumerate(code.split("\n")[last:], last):
            if line.lstrip().startswith("#"):
                yield offset, line.strip()


def at_prompt(code: str) -> Iterator[tuple[int, Directive]]:
    """Yield the directives in the comments of a statement at a prompt, each with its line, from 0."""
    for match in _AT_END.finditer(code):
        directive = _in_code(match[1])
        if directive is not None:
            yield code.count("\n", 0, match.start()), directive


def of_tag(tag: str) -> Says:
    """Return what a tag of a notebook's cell, or a word behind a fence, says: ``verify-skip``, ``verify-max-ulp-16``.

    Raises:
      DirectiveError: there is no such directive, or its argument is wrong.
    """
    rest = tag.removeprefix(TAG)
    longest_first = sorted(_NAMES, key=len, reverse=True)
    name = next((name for name in longest_first if rest == name or rest.startswith(f"{name}-")), rest)
    return Directive(name, rest.removeprefix(name).removeprefix("-"), False).says()


def _in_code(text: str) -> Directive | None:
    """Return the directive that a comment in code is; None if it is prose that begins in the same way."""
    directive = in_markup(text)
    if directive is None or directive.name in _NAMES or directive.is_of_file:
        return directive
    is_misspelt = difflib.get_close_matches(directive.name, _NAMES, 1, cutoff=0.75)
    return directive if is_misspelt or "-" in directive.name else None


def _skip(reason: str) -> Says:
    return Says(skip="the document says skip" + (f": {reason}" if reason else ""))


def _condition(text: str) -> str:
    module = re.fullmatch(r"(no-)?module\s+([\w.]+)", text)
    if module is not None:
        return conditions.is_missing(module[2]) if module[1] else f"not ({conditions.is_missing(module[2])})"
    condition = conditions.release_is(text)
    if condition is None:
        raise ValueError(f"it needs a condition such as tf<2.4, numpy>=2 or no-module keras, not {text or 'nothing'}")
    return condition


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"it needs a number, not {text or 'nothing'}") from None
    if not 0 <= number < math.inf:
        raise ValueError(f"it needs a number that is 0 or more, not {text}")
    return number


def _seconds(text: str) -> float:
    if not _number(text):
        raise ValueError("it needs a number of seconds above 0")
    return _number(text)


def _plain(says: Says) -> Callable[[str], Says]:
    def meaning(argument: str) -> Says:
        if argument:
            raise ValueError(f"nothing can be behind it: {argument}")
        return says

    return meaning


_MEANINGS: dict[str, Callable[[str], Says]] = {
    "skip": _skip,
    "skip-if": lambda text: Says(skip_if=_condition(text), when=f"skip-if {text}"),
    "only-if": lambda text: Says(skip_if=f"not ({_condition(text)})", when=f"only-if {text}"),
    "expect-failure": _plain(Says(expects_failure=True)),
    "eager": _plain(Says(mode="eager")),
    "graph": _plain(Says(mode="graph")),
    "ignore-output": _plain(Says(frozenset({IGNORE_OUTPUT}))),
    "max-ulp": lambda text: Says(max_ulp=_number(text)),
    "rtol": lambda text: Says(rtol=_number(text)),
    "atol": lambda text: Says(atol=_number(text)),
    "timeout": lambda text: Says(timeout=_seconds(text)),
}
# Directives that say nothing of an example, and where they belong.
_OF_BLOCKS = {
    SETUP: "begins a comment of the document's markup, with code that readers do not see on the lines below it",
    NAMESPACE: "belongs above a block of code",
    NEW_NAMESPACE: "belongs above a block of code",
}
_NAMES = [*_MEANINGS, NAMESPACE, NEW_NAMESPACE, SETUP]
