"""Plain text copied from a page: code between prose, with the line numbers of its gutter, and without any fences.

Code is found greedily: from a line that looks like code as far as the lines, taken together, are Python that does
something. Before that, line numbers are taken out: columns of them (``1``, ``2``, ``3`` on lines of their own), which
also end the code above, and those at the starts of lines. Code at prompts goes on to the next empty line or prose. A
signature listing, which calls what nothing above binds, is kept apart from the code that follows it.
"""

import ast
import builtins
import codeop
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Optional

from tfsoftmax_compat.tools.documents import Example, blocks, prompts
from tfsoftmax_compat.tools.documents.code import looks_like_code, try_parse
from tfsoftmax_compat.tools.documents.names import names_of
from tfsoftmax_compat.tools.documents.wording import introduces_output, is_prose, is_value

_START = re.compile(
    r"""(?:import|from)\s+[A-Za-z_]
    | (?:async\s+)?(?:with|for|while|if|def|class|try)\b.*[:(\[{,\\]\s*(?:\#.*)?$
    | @\w | print\b | [A-Za-z_][\w.]*\s*\(
    | [A-Za-z_(\[][\w.,\s()\[\]:'"-]*?\s*(?:[-+*/@%&|^]|//|\*\*)?=(?!=)""",
    re.VERBOSE,
)
_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b")
_OPERAND = r"""(?:[\w.]+(?:\(.*\)|\[.*\])*|"[^"]*"|'[^']*')"""
_PRINT_STATEMENT = re.compile(rf"(\s*)print\s+{_OPERAND}(?:\s*[,%]\s*\S+)*\s*(?:#.*)?$")  # Python 2's
_NUMBERED = re.compile(r"\s*(\d+)(?:[.:|)]?\s|[.:|])?(.*)$")
_LONGEST_STATEMENT = 200  # lines; what opens a bracket in prose doesn't make all that follows a statement

# A line; None for one that held a line number alone.
Line = Optional[str]


def examples(text: str, document: str) -> list[Example]:
    """The examples of a plain text, in its order.

    Args:
      text: the text.
      document: its path, for the examples to name.
    """
    # What pages hold instead of spaces, or for no eye to see.
    text = re.sub("[\u200b\ufeff]", "", re.sub("[\u00a0\u3000]", " ", text)).expandtabs()
    lines = [line.rstrip() for line in text.split("\n")]
    return blocks.examples(list(_blocks(_without_numbers(_without_columns(lines)))), document)


def _without_columns(lines: Sequence[str]) -> list[Line]:
    """The lines, without the columns of line numbers: 1, 2, … each on a line of its own."""
    left: list[Line] = list(lines)
    expected = 1
    is_session = False
    for number, line in enumerate(lines):
        text = line.strip()
        is_session = bool(text) and (is_session or prompts.has_prompts(line))
        if is_session:  # there it is output
            expected = 1
        elif text in ("1", str(expected)):
            expected = int(text) + 1
            left[number] = None
        elif text:
            expected = 1
    return left


def _without_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines, without the numbers that consecutive ones start with, if there is code behind these."""
    left = list(lines)
    number = 0
    while number < len(lines):
        bare: list[str] = []
        for line in lines[number:]:
            match = _NUMBERED.match(line or "")
            if match is None or int(match[1]) != len(bare) + 1:
                break
            bare.append(match[2])
        if any(_START.match(text.lstrip()) for text in bare):
            left[number : number + len(bare)] = bare
        number += len(bare) or 1
    return left


def _blocks(lines: Sequence[Line]) -> Iterator[blocks.Block]:
    """The blocks of code, and of output that is announced as such."""
    introduction: list[str] = []
    bound = set(dir(builtins))
    number = 0
    while number < len(lines):
        line = lines[number] or ""
        end, language = number, ""
        if prompts.has_prompts(line):
            end, language = _end_of_session(lines, number), "pycon"
        elif _START.match(line.lstrip()):
            end, language = _end_of_code(lines, number, bound), "python"
        elif is_value(line) and introduces_output("\n".join(introduction)):
            end, language = _end_of_values(lines, number), "output"
        if end == number:
            introduction.append(line)
            number += 1
            continue
        indentation = len(line) - len(line.lstrip())
        text = "".join((part or "")[indentation:] + "\n" for part in lines[number:end])
        bound |= names_of(_text(lines[number:end], indentation)).binds
        yield blocks.Block(text, range(number + 1, end + 1), language, "\n".join(introduction))
        last = (lines[end - 1] or "").lstrip("# ")
        introduction = [last] if introduces_output(last) else []  # output may follow a marker without being comments
        number = end


def _end_of_session(lines: Sequence[Line], start: int) -> int:
    end = start
    while end < len(lines):
        line = lines[end]
        if not line or (is_prose(line) and not prompts.has_prompts(line) and not line.lstrip().startswith("...")):
            break
        end += 1
    return end


def _end_of_values(lines: Sequence[Line], start: int) -> int:
    end = start
    while end < len(lines) and is_value(lines[end] or ""):
        end += 1
    return end


def _end_of_code(lines: Sequence[Line], start: int, bound: set[str]) -> int:
    """The line after the code that starts on line `start`; `start` itself if that is no code."""
    first = lines[start] or ""
    indentation = len(first) - len(first.lstrip())
    statement = end = start  # where the last statement starts, and the line after the last one that is complete
    is_complete = True
    for number in range(start, len(lines)):
        line = lines[number]
        if line is None or line[:indentation].strip() or number - statement > _LONGEST_STATEMENT:
            break
        if is_complete and line[indentation : indentation + 1].strip() and not _GOES_ON.match(line[indentation:]):
            bound = bound | names_of(_text(lines[statement:number], indentation)).binds
            statement = number
        code = _text(lines[statement : number + 1], indentation)
        tree = try_parse(code)
        if (tree is None and not _is_incomplete(code)) or (tree and not all(map(looks_like_code, tree.body))):
            break
        if tree and _is_listing(tree, bound):
            return number + 1 if statement == start else end
        is_complete = tree is not None
        if is_complete and line:
            end = number + 1
    return end


def _text(lines: Sequence[Line], indentation: int) -> str:
    """Lines of code, with Python 2's print statements as calls."""
    return "".join(_PRINT_STATEMENT.sub(r"\1print()", (line or "")[indentation:]) + "\n" for line in lines)


def _is_incomplete(code: str) -> bool:
    """Whether `code` could be the start of Python code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return codeop.compile_command(code, symbol="exec") is None
        except (SyntaxError, ValueError, OverflowError):
            return False


def _is_listing(tree: ast.Module, bound: set[str]) -> bool:
    """Whether code lists a function's signature: a call, of what nothing binds, with names and their defaults."""
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return False
    call = tree.body[0].value
    if not isinstance(call, ast.Call):
        return False
    root = call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    passed = [*call.args, *(keyword.value for keyword in call.keywords)]
    return (
        isinstance(root, ast.Name)
        and root.id not in bound
        and all(isinstance(argument, (ast.Name, ast.Constant, ast.UnaryOp, ast.Attribute)) for argument in passed)
    )
