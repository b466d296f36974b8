"""Python files: the sessions and the fenced code in their docstrings, as TensorFlow's own docstrings have them."""

import ast
import inspect
from collections.abc import Iterator

from tfsoftmax_compat.tools.documents import PROMPT, DocumentError, Example, blocks, prompts
from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.documents.formats import markdown

# What TensorFlow's doctests take for granted.
_PREAMBLE = "import numpy as np\nimport tensorflow as tf\n"


def examples(text: str, document: str) -> list[Example]:
    """The examples in the docstrings of a Python file, in its order.

    Args:
      text: the file; it is parsed, not run.
      document: its path, for the examples to name.

    Returns:
      For each docstring with examples, named by what it documents as `scope`: first one that imports ``np`` and
      ``tf``, then what was typed at its prompts and the code in its Markdown fences.

    Raises:
      DocumentError: the file is not Python 3.
    """
    try:
        tree = parse(text)
    except ValueError as error:
        raise DocumentError(f"{document}: {error}") from None
    found = []
    scopes: set[str] = set()
    for name, docstring in _docstrings(tree, ""):
        scope = f"{name}, line {docstring.lineno}" if name in scopes else name
        scopes.add(scope)
        here = sorted(_of_docstring(docstring, document, scope), key=lambda example: example.line)
        if here:
            found += [Example(document, docstring.lineno, _PREAMBLE, None, PROMPT, scope), *here]
    return found


def _docstrings(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.Constant]]:
    """Each docstring in `node`, with the qualified name of what it documents; the module's own has none."""
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            yield prefix.removesuffix("."), first.value
    for child in ast.iter_child_nodes(node):
        name = getattr(child, "name", "") if isinstance(child, ast.stmt) else ""
        yield from _docstrings(child, f"{prefix}{name}." if name else prefix)


def _of_docstring(docstring: ast.Constant, document: str, scope: str) -> Iterator[Example]:
    text = str(docstring.value)
    if "```" in text:
        clean = inspect.cleandoc(text)
        # cleandoc drops the empty lines at the start, and nothing else that would move a line.
        start = docstring.lineno + _empty_lines(text)
        fences = [
            blocks.Block(code.text, [start + line - 1 for line in code.lines()], code.language, code.introduction)
            for code in markdown.code_in(clean)
            if code.language is not None and not prompts.has_prompts(code.text)
        ]
        yield from blocks.examples(fences, document, scope)
    if prompts.has_prompts(text):
        for piece in prompts.split(text):
            line = docstring.lineno + piece.offset
            yield Example(document, line, piece.code, piece.documented, piece.kind, scope)


def _empty_lines(text: str) -> int:
    """How many empty lines `text` starts with."""
    return text[: len(text) - len(text.lstrip())].count("\n")
