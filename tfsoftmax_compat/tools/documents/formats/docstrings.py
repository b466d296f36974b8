"""Python files: the sessions in their docstrings, as TensorFlow's own have them, fenced code, and ``code-block``s."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace

from tfsoftmax_compat.tools.documents import DocumentError, prompts
from tfsoftmax_compat.tools.documents.block import PROSE, Block
from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.documents.formats import markdown
from tfsoftmax_compat.tools.documents.says import Says

SUFFIXES = (".py",)
MOST_BYTES = 10_000_000

_DIRECTIVE = re.compile(
    r"(?P<indentation>[ \t]*)\.\. (?:(?:code-block|code|sourcecode)::[ \t]*(?:python3?|py)|testcode::)[ \t]*"
)
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*")
_PROMPT = re.compile(r"[ \t]*>>> \S")
_OPTION = re.compile(r":[\w-]+:")


def blocks(text: str, path: str) -> Iterator[Block]:
    """Yield the sessions, the fenced code and the ``code-block``s in the docstrings of a Python file, in its order.

    Args:
      text: the file; it is parsed, not run.
      path: its path, which is the `module` of the blocks.

    Yields:
      The blocks of each docstring, with the name of what it documents as `scope`. A session in any other string, which
      code may make a docstring of, is a paragraph.

    Raises:
      DocumentError: the file is not Python 3.
    """
    try:
        tree = parse(text)
    except ValueError as error:
        raise DocumentError(f"{path}: {error}") from None
    exempt = _exempt(tree)
    scopes: set[str] = set()
    lines = text.split("\n")
    docstrings = list(_docstrings(tree, ""))
    yield from _in_other_strings(tree, {id(docstring) for _, docstring in docstrings}, lines)
    for name, docstring in docstrings:
        scope = f"{name}, line {docstring.lineno}" if name in scopes else name
        scopes.add(scope)
        skip = "the module says __doctest_skip__" if name in exempt or "*" in exempt else ""
        # A backslash behind the quotes continues the line.
        first = docstring.lineno + lines[docstring.lineno - 1].endswith("\\")
        for block in _of_docstring(str(docstring.value), first, path, scope):
            yield block.with_says(Says(skip=skip))


def _in_other_strings(tree: ast.Module, docstrings: set[int], lines: list[str]) -> Iterator[Block]:
    """Yield the sessions in the strings of several lines that are no docstrings: the ids of those are given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            here = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            first = next((number for number in here if _PROMPT.match(lines[number - 1])), None)
            if first is not None and len(here) > 1:
                shown = lines[first - 1 : here[-1]]
                numbers = range(first, here.stop)
                yield Block("".join(line + "\n" for line in shown), numbers, "", role=PROSE)


def _exempt(tree: ast.Module) -> set[str]:
    """Return the names in the module's ``__doctest_skip__``, which is pytest-doctestplus's."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__doctest_skip__":
            return {
                node.value
                for node in ast.walk(statement.value)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return set()


def _docstrings(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.Constant]]:
    """Yield each docstring in `node`, with the qualified name of what it documents; the module's own has none."""
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            yield prefix.removesuffix("."), first.value
    for child in ast.iter_child_nodes(node):
        name = getattr(child, "name", "") if isinstance(child, ast.stmt) else ""
        yield from _docstrings(child, f"{prefix}{name}." if name else prefix)


def _of_docstring(text: str, first: int, path: str, scope: str) -> Iterator[Block]:
    """Yield the code of a docstring that holds no prompts, and what is between it if that holds prompts.

    Args:
      text: the docstring, which starts on line `first`.
    """
    lines = text.split("\n")
    end = 0
    for code in sorted([*_fences(text), *_directives(lines)], key=lambda code: code.line):
        here = code.lines()
        if here.start < end or prompts.has_prompts(code.text):
            continue
        yield from _session(lines, end, here.start, first, path, scope)
        end = here.stop + (here.stop < len(lines) and _FENCE.fullmatch(lines[here.stop]) is not None)
        numbers = range(first + here.start, first + here.stop)
        yield Block(code.text, numbers, code.language or "", code.introduction, scope=scope, module=path)
    yield from _session(lines, end, len(lines), first, path, scope)


def _fences(text: str) -> Iterator[markdown.Code]:
    """Yield the fenced code in a docstring; lines count from 0, from the docstring's start."""
    if "```" in text:
        # cleandoc drops the empty lines at the start, and nothing else that would move a line.
        start = _empty_lines(text)
        for code in markdown.code_in(inspect.cleandoc(text)):
            if code.language is not None:
                yield replace(code, line=start + code.line - 1)


def _directives(lines: list[str]) -> Iterator[markdown.Code]:
    """Yield the Python in the directives of reStructuredText in a docstring; lines count as those of `_fences`."""
    for number, line in enumerate(lines):
        match = _DIRECTIVE.fullmatch(line)
        if match is None:
            continue
        end = number + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith(match["indentation"] + " ")):
            end += 1
        body = textwrap.dedent("\n".join(lines[number + 1 : end])).split("\n")
        skipped = next((at for at, each in enumerate(body) if each.strip() and not _OPTION.match(each)), len(body))
        code = "\n".join(body[skipped:]).rstrip()
        if code:
            yield markdown.Code(number + 1 + skipped, code + "\n", "python", "")


def _session(lines: list[str], start: int, end: int, first: int, path: str, scope: str) -> Iterator[Block]:
    """Yield the lines of a docstring from `start` to `end` as a block, if they hold prompts."""
    text = "".join(line + "\n" for line in lines[start:end])
    if prompts.has_prompts(text):
        yield Block(text, range(first + start, first + end), "pycon", scope=scope, module=path)


def _empty_lines(text: str) -> int:
    """Return how many empty lines `text` starts with."""
    return text[: len(text) - len(text.lstrip())].count("\n")
