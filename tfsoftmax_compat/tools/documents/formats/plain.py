"""Read plain text that was copied from a page: code between prose, without fences, sometimes with line numbers.

Line numbers are removed first: columns of them (``1``, ``2``, ``3``, each on its own line), which also end the code
above them, and numbers at the starts of lines. Code starts at a line that looks like code. It ends where the lines
since then are no longer Python. Code at prompts ends at the next empty line or prose. A signature listing is a call of
a function that the text does not define; it is kept separate from the code after it. In the text of a notebook, the
line ``In [1]:`` comes before the code of a cell, and the values after that code are its output.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.documents import prompts
from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.documents.code import BUILTINS, bound_names, looks_like_code, try_parse
from tfsoftmax_compat.tools.documents.python2 import with_print_calls
from tfsoftmax_compat.tools.documents.wording import has_only_values, introduces_output, is_prose, is_value

SUFFIXES = (".txt",)
MOST_BYTES = 10_000_000

_START = re.compile(
    r"""(?:import|from)\s+[A-Za-z_]
    | (?:async\s+)?(?:with|for|while|if|def|class|try)\b.*[:(\[{,\\]\ {0,9}(?:\#.*)?$
    | @\w | print\b | [A-Za-z_][\w.]*\s*\(
    | [A-Za-z_(\[][^=\n+*/@%&|^<>!#]*(?:[-+*/@%&|^]|//|\*\*)?=(?!=)""",
    re.VERBOSE,
)
_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b")
_NUMBERED = re.compile(r"\s*(\d+)(?:[.:|)]?\s|[.:|])?(.*)$")
_CELL = re.compile(r"\s*In ?\[[\d ]*\]:?\s*$")
_OUT = re.compile(r"\s*Out ?\[\d+\]:")
_TELLING = re.compile(r"[\[(]|\d\.\d")  # a value that is no number of a page or the like
_BRACKETS_AND_STRINGS = re.compile(r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\#.*|[()\[\]{}]""")
# What opens a bracket in prose doesn't make all that follows a statement.
_LONGEST_STATEMENT = 200  # lines
_DEEPEST = 12  # brackets

# A line; None for one that held only a line number.
Line = str | None


def blocks(text: str, path: str) -> Iterator[Block]:
    """Return the blocks of code, and of output, in a plain text."""
    # What pages hold instead of spaces, or for no eye to see.
    text = re.sub("[\u200b\ufeff]", "", re.sub("[\u00a0\u3000]", " ", text)).expandtabs()
    lines = [line.rstrip() for line in text.split("\n")]
    return _blocks(_without_numbers(_without_columns(lines)))


def _without_columns(lines: Sequence[str]) -> list[Line]:
    """Return the lines without columns of line numbers, where each line holds only a number: 1, 2, …"""
    left: list[Line] = list(lines)
    expected = 1
    is_session = False
    for number, line in enumerate(lines):
        text = line.strip()
        is_session = bool(text) and (is_session or prompts.has_prompts(line) or _OUT.match(line) is not None)
        if is_session:  # there it is output
            expected = 1
        elif text in ("1", str(expected)):
            expected = int(text) + 1
            left[number] = None
        elif text:
            expected = 1
    return left


def _without_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, without the numbers that consecutive ones start with, if there is code behind these."""
    left = list(lines)
    number = 0
    while number < len(lines):
        bare: list[str] = []
        while number + len(bare) < len(lines):
            match = _NUMBERED.match(lines[number + len(bare)] or "")
            if match is None or match[1] != str(len(bare) + 1):
                break
            bare.append(match[2])
        if any(_START.match(text.lstrip()) for text in bare):
            left[number : number + len(bare)] = bare
        number += len(bare) or 1
    return left


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the blocks of code, and of output."""
    introduction: list[str] = []
    bound = set(BUILTINS)
    is_cell = is_below_code = False
    number = 0
    while number < len(lines):
        line = lines[number] or ""
        end, language = number, ""
        if _CELL.match(line):
            is_cell, is_below_code, introduction = True, False, []
            number += 1
            continue
        if prompts.has_prompts(line):
            end, language = _end_of_session(lines, number), "pycon"
        elif _START.match(line.lstrip()):
            end, language = _end_of_code(lines, number, bound, is_cell), "python"
        if end == number and _is_output(line, introduction, is_below_code, is_cell):
            end, language = _end_of_values(lines, number), "output"
        if end == number:
            introduction.append(line)
            is_below_code = is_below_code and not line
            number += 1
            continue
        indentation = len(line) - len(line.lstrip())
        text = "".join((part or "")[indentation:] + "\n" for part in lines[number:end])
        bound |= bound_names(_text(lines[number:end], indentation))
        yield Block(text, range(number + 1, end + 1), language, "\n".join(introduction).strip("\n"))
        is_below_code = language == "python"
        last = (lines[end - 1] or "").lstrip("# ")
        introduction = [last] if introduces_output(last) else []  # output may follow a marker without being comments
        number = end


def _is_output(line: str, introduction: list[str], is_below_code: bool, is_cell: bool) -> bool:
    """Return whether a line that is no code starts the output of the code above it."""
    if is_below_code and has_only_values(line) and (is_cell or _TELLING.search(line)):
        return True
    return is_value(line) and introduces_output("\n".join(introduction[-5:]))


def _end_of_session(lines: Sequence[Line], start: int) -> int:
    end = start
    while end < len(lines):
        line = lines[end]
        if not line or (is_prose(line) and not prompts.has_prompts(line) and not line.lstrip().startswith("...")):
            break
        end += 1
    return end


def _end_of_values(lines: Sequence[Line], start: int) -> int:
    """Return the line after the values; empty lines may be between them, as in an array of three dimensions."""
    end = start
    for number in range(start, len(lines)):
        line = lines[number]
        if line and has_only_values(line):
            end = number + 1
        elif line or line is None:
            break
    return end


def _end_of_code(lines: Sequence[Line], start: int, bound: set[str], is_cell: bool) -> int:
    """Return the line after the code that starts on line `start`; `start` itself if that is no code.

    In a cell of a notebook, what is right below code is code, if only a name.
    """
    first = lines[start] or ""
    indentation = len(first) - len(first.lstrip())
    here: set[str] = set()
    number = end = start
    while number < len(lines):
        line = lines[number]
        if line is None or line[:indentation].strip():
            break
        if not line:
            number += 1
            continue
        stop = _end_of_statement(lines, number, indentation)
        code = _text(lines[number:stop], indentation)
        tree = try_parse(code)
        if stop == number or tree is None:
            break
        is_displayed = is_cell and number == end > start and not has_only_values(code)
        if not is_displayed and not all(map(looks_like_code, tree.body)):
            break
        if _is_listing(tree, bound, here):
            return stop if number == start else end
        here |= bound_names(code)
        number = end = stop
    return end


def _end_of_statement(lines: Sequence[Line], start: int, indentation: int) -> int:
    """Return the line after the statement that starts on line `start`; `start` itself if that is not Python."""
    ends: list[int] = []  # where no bracket and no string is open
    depth, quote, is_continued = 0, "", False
    for number in range(start, min(len(lines), start + _LONGEST_STATEMENT)):
        line = lines[number]
        if line is None or line[:indentation].strip() or depth > _DEEPEST:
            break
        text = line[indentation:]
        if ends and ends[-1] == number and not is_continued and text and not text[0].isspace():
            above = (lines[number - 1] or "")[indentation:]
            if not (_GOES_ON.match(text) or above.startswith("@")):
                break
        elif ends and not line:  # an empty line between statements
            following = next((each for each in lines[number : number + 3] if each), "")
            if not following[indentation : indentation + 1].isspace() and not _GOES_ON.match(following[indentation:]):
                break
        depth, quote = _open(text, depth, quote)
        is_continued = text.endswith("\\")
        if text and depth <= 0 and not quote and not is_continued:
            ends.append(number + 1)
        elif not text and ends and ends[-1] == number:
            ends[-1] = number + 1 if depth <= 0 and not quote else ends[-1]
    return next((end for end in reversed(ends) if _is_python(lines[start:end], indentation)), start)


def _open(line: str, depth: int, quote: str) -> tuple[int, str]:
    """Return how many brackets are open after a line, and the quotes of the string that is."""
    position = 0
    while position < len(line):
        if quote:
            end = line.find(quote, position)
            if end < 0:
                return depth, quote
            position, quote = end + 3, ""
            continue
        match = _BRACKETS_AND_STRINGS.search(line, position)
        if match is None:
            break
        token = match.group()
        position = match.end()
        if token in ('"' * 3, "'" * 3):
            quote = token
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
    return depth, quote


def _is_python(lines: Sequence[Line], indentation: int) -> bool:
    return try_parse(_text(lines, indentation)) is not None


def _text(lines: Sequence[Line], indentation: int) -> str:
    """Return lines of code, with Python 2's print statements as calls."""
    return "".join(with_print_calls((line or "")[indentation:]) + "\n" for line in lines)


def _is_listing(tree: ast.Module, bound: set[str], here: set[str]) -> bool:
    """Return whether code lists a function's signature: a call of what nothing binds, with names and defaults."""
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
        and root.id not in here
        and all(isinstance(argument, (ast.Name, ast.Constant, ast.UnaryOp, ast.Attribute)) for argument in passed)
    )
