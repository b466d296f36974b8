"""Sessions whose prompts were left out: statements, and below each one the values that it shows.

Pages that are made of the reference of TensorFlow write sessions so. Every line must be a part of a statement or hold
only values, and values must be below a statement that shows something; else the text is no session.
"""

import ast
import re
from collections.abc import Sequence

from tfsoftmax_compat.tools.documents.code import (
    BUILTINS,
    bound_names,
    is_incomplete,
    looks_like_code,
    may_show,
    try_parse,
)
from tfsoftmax_compat.tools.documents.wording import has_only_values, without_arrow

_MOST_LINES = 50  # of a statement
_ASSIGNS = re.compile(r"\w+\s*=(?!=)")
_GIVEN = BUILTINS | {"tf", "np"}


def with_prompts(text: str) -> str | None:
    """Return a session without prompts with them; None for a text that is none.

    Args:
      text: a block of a document. No line is added or removed.
    """
    lines = text.rstrip("\n").split("\n")
    found: list[str] = []
    bound = set(_GIVEN)
    shows = has_values = False
    while len(found) < len(lines):
        line = lines[len(found)]
        statement = _statement(lines[len(found) :])
        if not line.strip():
            found.append(line)
        elif shows and _is_value(line):
            has_values = True
            found.append(line)
        elif statement and _is_code("\n".join(statement), bound):
            code = "\n".join(statement)
            bound |= bound_names(code)
            tree = try_parse(code)
            shows = tree is not None and may_show(tree)
            found += [">>> " + statement[0], *("... " + each for each in statement[1:])]
        else:
            return None
    return "\n".join(found) + "\n" if has_values else None


def _is_value(line: str) -> bool:
    return has_only_values(line) and not _ASSIGNS.match(line) and without_arrow(line.lstrip()) == line.lstrip()


def _statement(lines: Sequence[str]) -> list[str]:
    """Return the lines of the statement that begins on the first line; none, if no statement does."""
    for count in range(1, min(len(lines), _MOST_LINES) + 1):
        code = "\n".join(lines[:count])
        if try_parse(code) is not None:
            while count < len(lines) and lines[count].startswith((" ", "\t")) and not _is_value(lines[count]):
                count += 1
            return list(lines[:count])
        if not is_incomplete(code):
            return []
    return []


def _is_code(code: str, bound: set[str]) -> bool:
    """Return whether a text is statements, of which those that only name something name what is bound."""
    tree = try_parse(code)
    return tree is not None and all(
        looks_like_code(each)
        or (isinstance(each, ast.Expr) and {n.id for n in ast.walk(each) if isinstance(n, ast.Name)} & bound)
        for each in tree.body
    )
