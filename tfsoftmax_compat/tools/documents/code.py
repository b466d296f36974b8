"""Python code as documents hold it: parsed, and told from words."""

import ast
import warnings
from dataclasses import dataclass
from typing import Optional

from tfsoftmax_compat.tools.documents import SCRIPT


@dataclass(frozen=True)
class Piece:
    """A part of a block of code, with the output that the block documents for it.

    Attributes:
      offset: the line of the block on which the code starts, from 0.
      code: the code; it ends in a newline.
      documented: its output; None where the block shows none.
      kind: the kind of code, as in an `Example`.
    """

    offset: int
    code: str
    documented: Optional[str]
    kind: str = SCRIPT


def parse(text: str) -> ast.Module:
    """The syntax tree of `text`.

    Raises:
      ValueError: not Python 3, and where and why.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as invalid escapes in strings: not this program's business
            return ast.parse(text)
    except SyntaxError as error:
        raise ValueError("line %s is not Python 3: %s" % (error.lineno, error.msg)) from None
    except (RecursionError, MemoryError):
        raise ValueError("nested too deeply to be parsed") from None


def try_parse(text: str) -> Optional[ast.Module]:
    """The syntax tree of `text`, or None if it is not Python 3."""
    try:
        return parse(text)
    except ValueError:
        return None


def first_line(statement: ast.stmt) -> int:
    """The line on which a statement starts, its decorators included."""
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno] + [decorator.lineno for decorator in decorators])


def last_line(statement: ast.stmt) -> int:
    """The line on which a statement ends."""
    assert statement.end_lineno is not None  # the parser sets it
    return statement.end_lineno


def looks_like_code(statement: ast.stmt) -> bool:
    """Whether a statement is code, and not words that happen to be valid Python.

    Headings ("Example"), numbers, "A is B", "this, that" and "Returns: a" parse too. They call, bind and import
    nothing.
    """
    if isinstance(statement, ast.AnnAssign):
        return statement.value is not None
    if isinstance(statement, ast.Expr):
        return any(isinstance(node, (ast.Call, ast.Await)) for node in ast.walk(statement))
    return not isinstance(statement, ast.Pass)
