"""Code of Python 2: whether code is, and the same code for Python 3. Lines stay where they are.

The work is done by fissix, which maintains lib2to3. Left out are its fixers that add lines.
"""

import ast
import functools
import logging
import re
from collections.abc import Iterable
from typing import Any

from tfsoftmax_compat.tools.documents.code import bound_names, try_parse

_FIXERS = (
    "apply basestring dict except exec exitfunc filter funcattrs has_key imports input long map methodattrs ne next "
    "numliterals paren print raise raw_input repr standarderror throw types unicode urllib xrange zip"
).split()
# What only Python 2 has, and no Python 3 code calls like that.
_NAMES = {"xrange", "unicode", "raw_input", "unichr", "basestring"}
_METHODS = {"iteritems", "itervalues", "iterkeys", "has_key"}
_MENTIONS = re.compile(r"\b(?:" + "|".join([*sorted(_NAMES), *sorted(_METHODS)]) + r")\b")
# Text that does not parse is tried as Python 2 only if it has one of these. Each is found in linear time.
_SIGNS = re.compile(
    r"""\b(?:print|exec)\b(?![ \t]*[=.,)(]) | \bexcept\b[^:\n]{0,200}, | \braise[ \t]+\w+[ \t]*,
    | <> | ` | \b0[0-7]+\b | \b\d+[lL]\b | \bur["'] | \bdef[ \t]+\w+[ \t]*\(.{0,200}\( | \blambda[ \t]*\( | \t""",
    re.VERBOSE,
)
_LEADING = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
_PRINT = re.compile(r"([ \t]*)print[ \t]+([^\s=(].*)$")
# fissix reads some 20 kB in a second. What is longer is left as it is, and running it says that it is not Python 3.
MOST_CHARACTERS = 100_000


def is_python_2(codes: Iterable[str]) -> bool:
    """Return whether the code of a document is Python 2.

    It is where a block is not Python 3, and is Python 2; or where it uses what only Python 2 has (``xrange``,
    ``d.iteritems()``) and no block binds such a name.

    Args:
      codes: the document's blocks of code.
    """
    codes = list(codes)
    if has_syntax(codes):
        return True
    mentioning = [code for code in codes if _MENTIONS.search(code)]
    if not mentioning:
        return False
    bound = set().union(*map(bound_names, codes))
    return any(_uses_python_2(code, bound) for code in mentioning)


def has_syntax(codes: Iterable[str]) -> bool:
    """Return whether some code is not Python 3, and is Python 2.

    Args:
      codes: blocks of code.
    """
    suspects = [code for code in codes if try_parse(without_tabs(code)) is None]
    return any(converted(code) is not None for code in _no_more_than(suspects, MOST_CHARACTERS))


def imports_print_function(codes: Iterable[str]) -> bool:
    """Return whether a block imports `print_function` from `__future__`, which holds for a notebook's later cells."""
    mentioning = (try_parse(code) for code in codes if "print_function" in code)
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "print_function" for alias in node.names)
        for tree in mentioning
        if tree is not None
        for node in tree.body
    )


def without_tabs(code: str) -> str:
    """Return code with blanks in place of the tabs at the start of its lines.

    A tab ends at the next multiple of eight columns, as in Python 2. Tabs do not show that code is Python 2.
    """
    return _LEADING.sub(lambda match: match.group().expandtabs(8), code) if "\t" in code else code


def _no_more_than(codes: Iterable[str], most: int) -> Iterable[str]:
    for code in codes:
        most -= len(code)
        if most < 0:
            return
        yield code


def _uses_python_2(code: str, bound: set[str]) -> bool:
    tree = try_parse(code)
    return tree is not None and any(
        (isinstance(node, ast.Name) and node.id in _NAMES - bound)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS - bound)
        for node in ast.walk(tree)
    )


def converted(code: str, has_print_function: bool | None = None) -> str | None:
    """Return Python 2 code as Python 3, with as many lines; None if it is no Python 2.

    Args:
      code: the code; it ends in a newline.
      has_print_function: whether `print` is a function; else ``print(a, b)`` prints a tuple. None where that is not
        known: then code that is Python 3 as it is keeps its calls of `print`.
    """
    is_python_3 = try_parse(code) is not None
    if not is_python_3 and not _SIGNS.search(code) or len(code) > MOST_CHARACTERS:
        return None
    if not is_python_3:
        code = without_tabs(code)
    is_function = is_python_3 if has_print_function is None else has_print_function
    ways = (is_function, not is_function)
    return _converted(code, ways)


@functools.lru_cache(1024)
def _converted(code: str, ways: tuple[bool, ...]) -> str | None:
    for has_print_function in ways:
        tool = _tool(has_print_function)
        try:
            text = str(tool.refactor_string(code, "<document>"))
        except Exception:  # many kinds: fissix has no class for all its errors
            continue
        if text.count("\n") == code.count("\n") and try_parse(text) is not None:
            return text
    return None


@functools.lru_cache(2)
def _tool(has_print_function: bool) -> Any:
    from fissix.refactor import RefactoringTool

    logging.getLogger("fissix").setLevel(logging.CRITICAL)
    logging.getLogger("RefactoringTool").setLevel(logging.CRITICAL)
    return RefactoringTool([f"fissix.fixes.fix_{name}" for name in _FIXERS], {"print_function": has_print_function})


def with_print_calls(line: str) -> str:
    """Return a line of code with Python 2's print statement as a call; any other line as it is."""
    match = _PRINT.match(line)
    if match is None:
        return line
    call = f"print({match[2].partition('#')[0].rstrip().removeprefix('>>')})"
    return match[1] + "print()" if try_parse(call) is not None else line
