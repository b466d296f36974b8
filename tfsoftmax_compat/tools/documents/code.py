"""Python code as documents hold it: parsed, and told from words."""

import ast
import builtins
import codeop
import contextlib
import functools
import re
import symtable
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.documents import SCRIPT, Written
from tfsoftmax_compat.tools.documents.says import NOTHING, Says

_PARSING = threading.RLock()
_OF_3_12 = re.compile(r"\s*(?:type\s+\w+\s*[=\[]|(?:async\s+)?(?:def|class)\s+\w+\s*\[)")


@dataclass(frozen=True)
class Piece:
    """A part of a block of code, with the output that the block documents for it.

    Attributes:
      offset: the line of the block on which the code starts, from 0.
      code: the code; it ends in a newline.
      documented: its output; None where the block shows none.
      kind: the kind of code, as in an `Example`.
      says: what the document says of it.
      assigned: the name whose value is documented, as in an `Example`.
      written: where the output is written, as in an `Example`; lines count from 0, and are those of the block.
    """

    offset: int
    code: str
    documented: str | None
    kind: str = SCRIPT
    says: Says = NOTHING
    assigned: str = ""
    written: tuple[Written | None, ...] = field(default=(), compare=False)


@contextlib.contextmanager
def _parsing() -> Iterator[None]:
    """Let one thread parse at a time, without the warnings of code, such as invalid escapes in strings.

    In Python 3.11 several threads that make trees mix up how deep these are, a SystemError. The filters of `warnings`
    are those of all threads. The thread itself may parse again meanwhile, in code that the garbage collector runs.
    """
    with _PARSING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def parse(text: str) -> ast.Module:
    """Return the syntax tree of `text`.

    Raises:
      ValueError: not Python 3, and where and why.
    """
    before, null, _ = text.partition("\0")
    if null:  # Python says so without a line, before 3.11.4 in an error of another type
        raise ValueError(f"line {before.count(chr(10)) + 1} is not Python 3: it has a null character")
    try:
        with _parsing():
            return ast.parse(text)
    except SyntaxError as error:
        line = error.text or ""
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        if sys.version_info < (3, 12) and _OF_3_12.match(line):
            raise ValueError(f"line {error.lineno} needs Python 3.12 or later, and this is Python {version}") from None
        # Later releases allow more in f-strings.
        this = version if error.msg.startswith("f-string") else "3"
        raise ValueError(f"line {error.lineno} is not Python {this}: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise ValueError("nested too deeply to be parsed") from None


@functools.lru_cache(32)
def try_parse(text: str) -> ast.Module | None:
    """Return the syntax tree of `text`, or None if it is not Python 3. The tree is shared: do not change it."""
    try:
        return parse(text)
    except ValueError:
        return None


def first_line(statement: ast.stmt) -> int:
    """Return the line on which a statement starts, its decorators included."""
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno] + [decorator.lineno for decorator in decorators])


def last_line(statement: ast.stmt) -> int:
    """Return the line on which a statement ends."""
    assert statement.end_lineno is not None  # the parser sets it
    return statement.end_lineno


def looks_like_code(statement: ast.stmt) -> bool:
    """Return whether a statement is code, and not words that happen to be valid Python.

    Headings ("Example"), numbers, "A is B", "this, that" and "Returns: a" parse too. They call, bind and import
    nothing.
    """
    if isinstance(statement, ast.AnnAssign):
        return statement.value is not None
    if isinstance(statement, ast.Expr):
        return any(isinstance(node, (ast.Call, ast.Await)) for node in ast.walk(statement))
    return not isinstance(statement, ast.Pass)


def are_code(statements: Sequence[ast.stmt]) -> bool:
    """Return whether statements are code; a string over several lines may be between them, as a comment."""
    others = [each for each in statements if not _is_long_string(each)]
    return bool(others) and all(map(looks_like_code, others))


def _is_long_string(statement: ast.stmt) -> bool:
    is_string = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_string and first_line(statement) < last_line(statement)


def is_code(text: str) -> bool:
    """Return whether all of `text` is Python 3, and no words that happen to be."""
    tree = try_parse(text)
    return tree is not None and are_code(tree.body)


def is_incomplete(text: str) -> bool:
    """Return whether `text` is no Python 3 yet, but may be the start of some."""
    if try_parse(text) is not None:
        return False
    try:
        with _parsing():
            return codeop.compile_command(text, symbol="exec") is None
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return False


def last_name(node: ast.AST) -> str:
    """Return the last name of an expression: ``"softmax"`` of ``tf.nn.softmax``; "" where it does not end in one."""
    return getattr(node, "attr", getattr(node, "id", ""))


def root_name(node: ast.expr) -> str:
    """Return the name that a path begins with: ``"x"`` of ``x.T[:3]``; "" where it begins with another value."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def bound_names(text: str) -> set[str]:
    """Return the names that code binds at module level; none where it is not Python 3."""
    try:
        with _parsing():
            table = symtable.symtable(text, "<document>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def prints(node: ast.AST) -> bool:
    """Return whether a statement calls `print`, `tf.print`, `pprint` or the like."""
    return any(isinstance(part, ast.Call) and last_name(part.func).endswith("print") for part in ast.walk(node))


def assigned_name(tree: ast.Module) -> str:
    """Return the name that the last statement assigns to; "" if that is no assignment to one name."""
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Assign) and len(last.targets) == 1 and isinstance(last.targets[0], ast.Name):
        return last.targets[0].id
    if isinstance(last, (ast.AnnAssign, ast.AugAssign)) and isinstance(last.target, ast.Name):
        return last.target.id
    return ""


def computed_name(tree: ast.Module) -> str:
    """Return the name that the last statement assigns to, as `assigned_name`; "" if the value is written out there.

    Below ``x = [[1, 2], [3, 4]]`` a document does not show `x` once more, but the output of code that it describes in
    words.
    """
    last = tree.body[-1] if tree.body else None
    is_written_out = isinstance(last, (ast.Assign, ast.AnnAssign)) and last.value and _is_written_out(last.value)
    return "" if is_written_out else assigned_name(tree)


def _is_written_out(value: ast.expr) -> bool:
    """Return whether an expression is a value with brackets, as Python displays it."""
    try:
        return isinstance(ast.literal_eval(value), (list, tuple, dict, set))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False


def may_show(tree: ast.Module) -> bool:
    """Return whether code may show something: it calls a function as a statement, or ends in an expression.

    A function's own body shows something only where the function is called.
    """
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr) and not isinstance(last.value, ast.Constant):
        return True
    return any(isinstance(node, ast.Expr) and _calls(node) for node in outside_definitions(tree))


def may_print(tree: ast.Module) -> bool:
    """Return whether code calls anything at all outside of definitions, which may print."""
    return any(isinstance(node, (ast.Call, ast.Await)) for node in outside_definitions(tree))


def outside_definitions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of `tree`; of functions and classes only the nodes themselves, of classes also the bodies."""
    waiting = [tree]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            yield child
            if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                waiting.append(child)


def _calls(node: ast.AST) -> bool:
    return any(isinstance(part, (ast.Call, ast.Await)) for part in ast.walk(node))


BUILTINS = frozenset(dir(builtins))


def string_literals(code: str) -> Iterator[str]:
    """Yield the string literals in code; none, if it is not Python 3."""
    tree = try_parse(code)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
