"""Find the output that the comments of a block of code document.

Output is found in these places:

- Comment lines after a marker, such as ``# output``, ``# Output:``, ``# prints`` or ``# 输出：``. A value may follow
  the marker on its line. The first comment line after the marker is always output. The lines after it are output up
  to the first line that reads as prose.
- All lines after a marker, up to the end of the block, if the lines before the marker are Python and the lines after it
  are not.
- A trailing comment that is a value: ``print(x)  # [0.1 0.9]``, ``x.numpy()  # array(...)``, ``print(x)  # => 0.5``. A
  remark in parentheses may follow (``# 0.5 (the mean)``). The value may continue in comment lines that start in the
  same column, or inside an open bracket. It is the output of that statement only.
- Text in quotes that a comment says is printed: ``hello("Bob")  # Prints "Hello, Bob"``. It may go on in the comment
  lines below, to the end of the quotes.
- Comment lines that are values, directly after a statement that shows something. At the end of a block, empty lines may
  be between the two.
- A value behind an arrow in a comment on an assignment or below it: ``y = f(x)  # => 0.5``. It is the value assigned.
  What may be a shape, as in ``x = pool(x)  # => (14, 14, 32)``, is none.
- A string that is a statement by itself and begins with a marker. Without one, a string in three quotes on the lines
  below a statement that shows something, if it holds only values.
- Values below an empty line at the end of a block that is no cell, where the statement above them shows something.

Output in a trailing comment belongs to its statement. All other output is what the code has shown since the previous
output. If the code shows nothing and ends in an assignment, it is the value assigned. The module `wording` decides what
a marker, a value and prose are.
"""

import ast
import io
import itertools
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tfsoftmax_compat.tools.documents import Written
from tfsoftmax_compat.tools.documents.code import (
    Piece,
    are_code,
    assigned_name,
    first_line,
    is_code,
    last_line,
    looks_like_code,
    may_show,
    prints,
    try_parse,
)
from tfsoftmax_compat.tools.documents.directives import in_comments
from tfsoftmax_compat.tools.documents.says import IN_QUOTES, Says
from tfsoftmax_compat.tools.documents.wording import (
    Known,
    after_marker,
    before_quotes,
    begins_with_value,
    behind_arrow,
    end_of_brackets,
    has_only_values,
    introduces_output,
    is_error,
    is_marker,
    is_prose,
    is_value,
    names_dtype,
    open_brackets,
    without_arrow,
    without_full_stop,
    without_label,
    without_note,
    without_remark,
)

_IN_WORDS = re.compile(
    r"^[ \t]*#\s*(?:tensor\s+)?(?P<quote>['\"`]?)(?P<name>\w+)(?P=quote)(?:\s+tensor)?\s+is\s+[\[\d-]", re.MULTILINE
)
_TRACEBACK = "Traceback (most recent call last):"
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_MOST_MARKERS_TRIED = 10
# The parts of a string literal that are not printed as they are.
_LITERAL = re.compile(r"^\w*['\"]+|['\"]{1,3}$|\{[^{}]*\}|%[-\d.]*\w|\\n")

# A comment behind code, such as "# [3] contains one element" and "# => 0.5 at first".
_BEGINS_WITH_VALUE = re.compile(
    r"(?P<code>[^#\n]*\S)\s*#\s*(?P<comment>(?:[=-]+>|→|⇒)?\s*(?P<value>\[[-+\d.,\s\[\]e]*\d[-+\d.,\s\[\]e]*\]"
    r"|\[[\s\[]*(?:True|False)\b[^#\n]{0,200}\]|[-+]?\d+\.\d+|[-+]?\d+(?=[,;] \D)|tf\.Tensor\([^#\n]*\)"
    r"|(?:array|[A-Z]\w*)\([^#\n]*[=\[][^#\n]*\))"
    r"(?:[\s,;:(].*|$))"
)
# A call in what else are values: of a class or a function, and not what the display of an array or a shape begins with.
_CALL = re.compile(r"\b(?!(?:array|tensor|matrix|masked_array|TensorShape|Dimension|dtype)\()(?<!\btf\.)[A-Za-z_]\w*\(")
# Texts in double quotes, with a full stop or a remark in parentheses behind them: "1", "2" (one by one).
_QUOTED_TEXT = re.compile(r'"([^"]*)"')
_QUOTED_TEXTS = re.compile(r'(?P<texts>"[^"]*"(?:,?\s+(?:and\s+)?"[^"]*"){0,99})\s*[.,;]?\s*(?:\([^()]*\))?\s*')
# What a comment says of a value at its end: "should be 3", "expected: [1, 2]".
_ENDS_WITH_VALUE = re.compile(
    r"(?:\b(?:is|are|be|equals)(?:\s+\w+)?|[:=为是])\s+(?P<value>(?:[-+\d\[({'\"<]|array\(|tf\.).*)$"
)
_NUMBER = re.compile(r"(?<![\w.])[-+]?\d+\.?\d*(?![\w.])")
_LABELLED = re.compile(r"\w[\w ]{0,30}[:=] ?[-+]?\d+\.\d+(?:e[-+]?\d+)?")  # loss: 0.314
# Elsewhere the name of a type may be a remark on an argument.
_PRINTS_DTYPE = re.compile(r"\bdtype\s*\)\s*#")
_PRINTS_VALUE = re.compile(r"\bprints\s+[-+\d\[('\"]")  # Get a slice; prints [0, 1]
_CONSTANT = re.compile(r"(?:(?:True|False|None)\b|\(\))(?=\s|[,;，])|=+>")
_KERAS_SUMMARY = re.compile(r"Layer \(type\)")
_BRACKET = re.compile(r"[\[({<]")
_BODIES = ("body", "handlers", "orelse", "finalbody", "cases")  # the fields that hold statements


@dataclass
class _Shown:
    """A statement that can show something: in the group `top` of top-level statements, from line `first`."""

    top: int
    first: int
    last: int
    prints: bool
    once: bool  # not in a loop, whose body may show more than one output
    is_assigned: bool = False  # it shows nothing, and a comment shows the value that it assigns
    label: frozenset[str] = frozenset()  # words that it prints, whatever it computes


class _Text(NamedTuple):
    """Text in comments, where each of its lines is written, as in a `Piece`, and whether it was in quotes."""

    text: str
    written: tuple[Written | None, ...] = ()
    in_quotes: bool = False

    def and_below(self, other: "_Text") -> "_Text":
        """Return both as one, `other` below this one."""
        is_known = self.written and other.written
        return _Text(f"{self.text}\n{other.text}", self.written + other.written if is_known else ())


_NO_TEXT = _Text("")


class _Part(NamedTuple):
    """A part of a line's comment, from `start` to `end`; the line counts from 1."""

    number: int
    start: int
    end: int


@dataclass
class _Output:
    """Output that comments document; `after` is the line of the code that they follow."""

    after: int
    text: _Text
    covers_all: bool
    is_announced: bool = True


def split(code: str, is_cell: bool = False) -> list[Piece]:
    """Split a block of code by the output that its comments document.

    Args:
      code: the text of a block, without prompts.
      is_cell: whether it is a cell of a notebook, which displays a value at its end.

    Returns:
      The pieces, in order, cut at top-level statements: after each one that documents output, and between one that
      could show something and a later one whose output is documented by itself. Code that is not Python 3 is cut
      after the output below its markers.
    """
    above, values = ("", _NO_TEXT) if is_cell else _above_values(code)
    if values.text:
        *others, last = _split(above, is_cell)
        if last.documented is None:
            return [*others, replace(last, documented=values.text, written=values.written)]
    return _split(code, is_cell)


def _above_values(code: str) -> tuple[str, _Text]:
    """Return code that shows something, and the values below an empty line at its end; no text where it has none.

    A program in which a value is a statement by itself computes nothing with it. A page made of a notebook may show
    the output of a cell so.
    """
    lines = code.rstrip().split("\n")
    top = len(lines)
    while top and (not lines[top - 1].strip() or is_displayed(lines[top - 1])):
        top -= 1
    gap = next((number for number in range(top, len(lines)) if not lines[number].strip()), len(lines))
    above = "\n".join(lines[:gap]) + "\n"
    tree = try_parse(above)
    written = _without_empty_ends([Written(at, "", lines[at]) for at in range(gap, len(lines))])
    text = "\n".join(each.text for each in written)
    if tree is None or not tree.body or not is_value(text) or not may_show(ast.Module(tree.body[-1:], [])):
        return code, _NO_TEXT
    return above, _Text(text, written)


def with_whole_values(code: str) -> str:
    """Return code with the lines as comments that go on with a value in the comment above them: ``x  # tf.Tensor(``."""
    lines = []
    depth = 0
    for line in code.split("\n"):
        if depth > 0 and has_only_values(without_note(line)):
            depth += open_brackets(without_note(line))
            line = f"# {line}"
        else:
            before, _, comment = line.partition("#")
            comment = without_note(comment)
            depth = open_brackets(comment) if before.strip() and has_only_values(comment) else 0
        lines.append(line)
    return "\n".join(lines)


def is_code_above_values(text: str) -> bool:
    """Return whether a text is code that shows something, and below an empty line the values that it shows."""
    above, values = _above_values(text)
    tree = try_parse(above) if values.text else None
    # The last statement may be a name, of which the value is displayed.
    return tree is not None and looks_like_code(tree.body[0]) and all(map(looks_like_code, tree.body[:-1]))


def names_in_words(code: str) -> set[str]:
    """Return the names of which comments say the value: ``# 'x' is [[1, 2]]``, as in the reference of TensorFlow 1."""
    return {match["name"] for match in _IN_WORDS.finditer(code)}


def is_displayed(text: str) -> bool:
    """Return whether a text holds only values as they are displayed, and no call that a program could make."""
    return has_only_values(text) and not _CALL.search(text)


def _split(code: str, is_cell: bool) -> list[Piece]:
    lines = code.split("\n")
    tree = try_parse(code)
    # All that is in a cell has run.
    if not is_cell and (tree is None or not are_code(tree.body)):
        raw = _with_raw_output(lines, _inside_statements(tree))
        if raw is not None:
            return [raw]
    if tree is None:
        columns = {n: len(line) - len(line.lstrip()) for n, line in enumerate(lines, 1) if line.lstrip()[:1] == "#"}
        return _split_by_markers(lines, _Comments(lines, columns, []).outputs([], set()))
    groups, strings = _without_output_strings(_groups(tree.body), lines)
    if not groups:
        return []
    comments = _Comments(lines, *_comments_and_strings(code))
    shown = [
        each
        for top, group in enumerate(groups)
        for each in (_assigned(group, top) if comments.have_arrow(last_line(group[-1])) else _all_shown(group, top))
    ]
    starts = [first_line(group[0]) for group in groups]
    ends = [last_line(group[-1]) for group in groups]
    later = {
        line
        for group, start, end in zip(groups, starts, [*starts[1:], len(lines) + 1])
        if isinstance(group[-1], _DEFINITIONS)
        for line in range(start, end)
    }
    outputs = sorted([*comments.outputs(shown, later), *strings], key=lambda output: output.after)
    documented, cuts = _attributed(shown, outputs, starts)
    showing = {each.top for each in shown if not each.is_assigned}
    pieces = []
    start = 0
    for top in range(len(groups)):
        if top in documented or top in cuts or top + 1 == len(groups):
            text = "\n".join(lines[starts[start] - 1 : ends[top]]) + "\n"
            shows = any(each in showing for each in range(start, top + 1))
            assigned = "" if shows or top not in documented else assigned_name(ast.Module(groups[top], []))
            pieces.append(_piece(starts[start] - 1, text, documented.get(top), assigned))
            start = top + 1
    return pieces


def unread(code: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, str]]:
    """Yield the comments that are read as no output, and begin with a value: ``y = x * x  # 9.0 (x squared)``.

    So are those behind code that say what is printed, as a value, or in quotes that do not end: ``print(x)  # 3``,
    ``print(x)  # prints "[1,``, ``print(x)  # should be 3``; and values in brackets or behind an arrow on the lines
    below code.

    Args:
      code: a block of code.
      pieces: what `split` returned for it.

    Yields:
      The number of a line of the block, from 0, and the comment on it, with the lines below that go on with it.
    """
    read = {written.line for piece in pieces for written in piece.written if written is not None}
    starts = [piece.offset for piece in pieces]
    is_below = False  # whether there is code above
    lines = code.split("\n")
    end = 0  # of what has been yielded
    for number, line in enumerate(lines):
        if number < end:
            continue
        before, _, comment = line.partition("#")
        is_own_line = not before.strip()
        found = ""
        if number not in read:
            comment = comment.strip()
            piece = pieces[max(0, bisect_right(starts, number) - 1)]
            match = _BEGINS_WITH_VALUE.match(line)
            if match and match["value"] not in (piece.documented or "") and _computes(match["code"]):
                found = match["comment"]
            elif is_own_line and (is_below and may_show_value(comment) or _goes_on(comment, number - 1 in read)):
                found = comment
            elif not is_own_line and _is_unread(before, comment, piece):
                found = comment
        if found:
            below = itertools.takewhile(lambda each: each not in read, range(number + 1, len(lines)))
            texts = list(_texts_below([lines[each] for each in below], open_brackets(found), not is_own_line))
            end = number + 1 + len(texts)
            yield number, "\n".join([found, *texts]).rstrip()
        is_below = is_below or not is_own_line


def _texts_below(lines: Iterable[str], depth: int, is_behind: bool) -> Iterator[str]:
    """Yield the text of the lines that continue a comment: the comments right below it, or all to its last bracket.

    Args:
      lines: the lines below the comment.
      depth: how many brackets are open at its end.
      is_behind: whether it is behind code. Then it continues only while brackets are open.
    """
    for line in lines:
        comment = line.lstrip()
        is_comment = comment.startswith("#")
        text = comment[1:].removeprefix(" ") if is_comment else line
        is_gap = not text.strip() and depth > 0
        if not (is_comment and not is_behind) and not is_gap and not (depth > 0 and has_only_values(text)):
            return
        depth += open_brackets(text)
        yield text


def _is_unread(code: str, comment: str, piece: Piece) -> bool:
    """Return whether the comment behind code says what it prints, and is not in the output that is read of it."""
    said = _ENDS_WITH_VALUE.search(comment)
    value = said["value"] if said else comment
    tree = try_parse(code.strip()) if is_value(value) and value not in (piece.documented or "") else None
    says_so = before_quotes(comment) is not None or _PRINTS_VALUE.search(comment) is not None
    if piece.documented is None and (says_so or _prints_value_before(code, comment)):
        return True
    if tree is None:
        return False
    is_named = said is not None and comment[: said.start()].strip() == assigned_name(tree) != ""
    return is_named or any(map(prints, tree.body)) or (is_value(comment) and _computes(code))


def _prints_value_before(code: str, comment: str) -> bool:
    """Return whether the comment behind a call that prints begins with a value or an arrow: ``# None, as before``."""
    tree = try_parse(code.strip())
    is_constant = _CONSTANT.match(comment) is not None
    return tree is not None and any(map(prints, tree.body)) and (is_constant or begins_with_value(comment))


def _goes_on(comment: str, is_below_output: bool) -> bool:
    """Return whether a comment may go on with the output on the line above it: it has a number, and is no prose."""
    return is_below_output and not is_prose(comment) and _NUMBER.search(comment) is not None


def may_show_value(comment: str) -> bool:
    """Return whether a comment below code is or holds a value (``loss: 0.5``, ``[1 2] as before``), or names an error.

    A bare number is none: it may be the number of a section. So is the table of a model of Keras.
    """
    value = without_arrow(comment)
    is_shown = value != comment or _BRACKET.search(value) is not None
    is_labelled = _LABELLED.fullmatch(comment) or _KERAS_SUMMARY.match(comment)
    is_marked = is_labelled is not None or is_error(comment) or begins_with_value(comment)
    return is_marked or (is_value(value) and is_shown)


def _computes(code: str) -> bool:
    """Return whether code, a part of a line, computes a value that a comment could show."""
    tree = try_parse(code.strip())
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], (ast.Assign, ast.AnnAssign, ast.Expr)):
        return False
    return not isinstance(tree.body[0].value, ast.Constant)


def _piece(offset: int, code: str, documented: _Text | None, assigned: str) -> Piece:
    says = in_comments(code, is_session=False)
    text, written, in_quotes = documented or (None, (), False)
    if in_quotes:
        says = says.and_also(Says(frozenset({IN_QUOTES})))
    return Piece(
        offset,
        code,
        text,
        says=says,
        assigned=assigned,
        written=written,
    )


def _without_output_strings(
    groups: list[list[ast.stmt]], lines: list[str]
) -> tuple[list[list[ast.stmt]], list["_Output"]]:
    """Return the groups of statements without the strings that hold output, and these outputs."""
    left: list[list[ast.stmt]] = []
    outputs = []
    for group in groups:
        only = group[0] if len(group) == 1 else None
        text = only.value.value if isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant) else None
        output = _in_string(text) if isinstance(text, str) and left else ""
        is_announced = bool(output)
        if not output and isinstance(text, str) and left and may_show(ast.Module(left[-1], [])):
            output = _values_in_string(text, lines[first_line(group[0]) - 1])
        if output:
            outputs.append(_Output(last_line(left[-1][-1]), _Text(output), True, is_announced))
        else:
            left.append(group)
    return left, outputs


def _in_string(text: str) -> str:
    """Return the output in a string that begins with a marker; "" where it holds none."""
    first, _, below = text.strip().partition("\n")
    rest = after_marker(first.lstrip("# "))
    if rest is None or (rest and not is_value(rest)):
        return ""
    return "\n".join(part for part in (rest, below.strip("\n")) if part)


def _values_in_string(text: str, line: str) -> str:
    """Return the output in a string in three quotes that holds only values; "" where it holds more.

    Args:
      text: the string.
      line: the line of code on which it begins.
    """
    is_block = line.lstrip("rR").startswith(("'''", '"""'))
    return text.strip("\n").rstrip() if is_block and is_value(text.strip()) else ""


def _announces(line: str) -> bool:
    """Return whether a line is a marker only, or a comment that announces output."""
    text = line.lstrip("# ").rstrip()
    return after_marker(text) == "" or (line.lstrip().startswith("#") and introduces_output(text))


def _inside_statements(tree: ast.Module | None) -> set[int]:
    """Return the lines inside of statements, without the first of each; a comment there is on a part of one."""
    statements = tree.body if tree is not None else []
    return {line for each in statements for line in range(first_line(each) + 1, last_line(each) + 1)}


def _with_raw_output(lines: list[str], inside: set[int]) -> Piece | None:
    """Return the piece that is Python down to a marker, with the output below that, which is no code.

    Args:
      lines: the lines of the block.
      inside: those, counted from 1, that no output can follow.
    """
    markers = (number for number, line in enumerate(lines) if number + 1 not in inside and _announces(line))
    for tries, number in enumerate(markers):
        if tries < _MOST_MARKERS_TRIED:
            above = try_parse("\n".join(lines[:number]))
            written = _without_empty_ends([Written(at, "", lines[at]) for at in range(number + 1, len(lines))])
            output = "\n".join(each.text for each in written)
            if above is not None and above.body and output and not _begins_as_code(output):
                start = first_line(above.body[0]) - 1
                return Piece(start, "\n".join(lines[start:number]).rstrip() + "\n", output, written=written)
    return None


def _begins_as_code(text: str) -> bool:
    """Return whether a text is code, or begins with a comment or a line of code, whatever is wrong further down."""
    first = text.partition("\n")[0]
    is_header = first.rstrip().endswith(":") and try_parse(f"{first} pass") is not None
    return first.startswith("#") or is_code(text) or is_header or (is_code(first) and not has_only_values(first))


def _without_empty_ends(written: Sequence[Written]) -> tuple[Written, ...]:
    """Return lines of output without the empty ones at the start and at the end."""
    filled = [at for at, each in enumerate(written) if each.text]
    return tuple(written[filled[0] : filled[-1] + 1]) if filled else ()


def _split_by_markers(lines: list[str], outputs: list[_Output]) -> list[Piece]:
    """Return the pieces of code that does not parse."""
    pieces = []
    start = 0
    for end, documented in [(output.after, output.text) for output in outputs] + [(len(lines), None)]:
        while start < end and (not lines[start].strip() or lines[start].lstrip().startswith("#")):
            start += 1
        if start < end:
            text, written, _ = documented or (None, (), False)
            pieces.append(Piece(start, "\n".join(lines[start:end]).rstrip() + "\n", text, written=written))
        start = end
    return pieces


def _groups(statements: list[ast.stmt]) -> list[list[ast.stmt]]:
    """Return the top-level statements, those that share a line together: there is no cutting between these."""
    groups: list[list[ast.stmt]] = []
    for statement in statements:
        if groups and first_line(statement) <= last_line(groups[-1][-1]):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    return groups


def _all_shown(group: list[ast.stmt], top: int) -> Iterator[_Shown]:
    """Yield the statements that can show something: at the top level expressions, further in those that print."""

    def walk(node: ast.AST, once: bool) -> Iterator[_Shown]:
        if isinstance(node, ast.Expr):
            is_printed = prints(node)
            if is_printed or (node in group and not isinstance(node.value, ast.Constant)):
                yield _Shown(top, first_line(node), last_line(node), is_printed, once, label=_label(node))
        elif not isinstance(node, _DEFINITIONS):
            for child in (child for name in _BODIES for child in getattr(node, name, ())):
                yield from walk(child, once and not isinstance(node, _LOOPS))

    for statement in group:
        yield from walk(statement, True)


def _assigned(group: list[ast.stmt], top: int) -> Iterator[_Shown]:
    """Yield a statement that assigns a value to a name, for a comment that shows the value; else what can show any."""
    if len(group) == 1 and assigned_name(ast.Module(group, [])):
        yield _Shown(top, first_line(group[0]), last_line(group[0]), False, True, is_assigned=True)
    else:
        yield from _all_shown(group, top)


def _label(statement: ast.Expr) -> frozenset[str]:
    """Return the words of the strings that a call of `print` prints as they are; none for another statement."""
    call = statement.value
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print"):
        return frozenset()
    strings = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return frozenset(word for text in strings for word in text.split() if any(map(str.isalpha, word)))


def _covered(before: list[_Shown], output: _Output) -> list[_Shown]:
    """Return which of the statements above an output it is of.

    Values below several calls of `print`, of which one prints a label that they do not show, are of the last. So is a
    single line: each call prints one at least.
    """
    last = before[-1:]
    if not output.covers_all or any(each.top == last[0].top for each in before[:-1]):
        return before if output.covers_all else last
    if "\n" not in output.text.text and all(each.prints for each in before):
        return last
    if output.is_announced:
        return before
    shows_labels = all(not each.label or any(word in output.text.text for word in each.label) for each in before[:-1])
    return _right_above(before) if shows_labels else last


def _right_above(before: list[_Shown]) -> list[_Shown]:
    """Return the last statements, back to the first one that has an empty line or other code above it.

    If the output is not theirs, it is compared with what all the code above prints (see `judging`).
    """
    start = len(before) - 1
    while start > 0 and before[start].first == before[start - 1].last + 1:
        start -= 1
    return before[start:]


def _attributed(shown: list[_Shown], outputs: list[_Output], starts: list[int]) -> tuple[dict[int, _Text], set[int]]:
    """Return the output that each top-level group documents, and the other groups to cut after."""
    documented: dict[int, _Text] = {}
    cuts: set[int] = set()
    unclear: set[int] = set()  # groups of which a part is documented
    lasts = [each.last for each in shown]
    position = 0
    for output in outputs:
        end = max(position, bisect_right(lasts, output.after))
        before = shown[position:end]
        position = end
        covered = _covered(before, output)
        top = bisect_right(starts, output.after) - 1
        # The code above a marker may print by a call that does not look like it, such as tf.app.run().
        if not covered and (not output.covers_all or top in documented):
            continue
        for each in before[: len(before) - len(covered)]:
            if each.top == top or each.top in documented:
                unclear.add(each.top)
            else:
                cuts.add(each.top)
        documented[top] = documented[top].and_below(output.text) if top in documented else output.text
    unclear.update(each.top for each in shown[position:] if each.top in documented)
    return {top: text for top, text in documented.items() if top not in unclear}, cuts | unclear


def _comments_and_strings(code: str) -> tuple[dict[int, int], list[tuple[int, str]]]:
    """Return the column of each line's comment; the string literals' text, with their lines. Lines count from 1."""
    comments = {}
    strings = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            comments[token.start[0]] = token.start[1]
        elif token.type == tokenize.STRING or tokenize.tok_name[token.type] == "FSTRING_MIDDLE":
            strings.append((token.start[0], _LITERAL.sub(" ", token.string)))
    return comments, strings


class _Comments:
    """The comments of a block; its lines count from 1."""

    def __init__(self, lines: list[str], columns: dict[int, int], strings: list[tuple[int, str]]) -> None:
        self._lines = lines
        self._columns = columns
        self._strings = strings[::-1]  # those whose words are not known yet, the next one last
        self._known = Known()

    def outputs(self, shown: list[_Shown], later: set[int]) -> list[_Output]:
        """Return the outputs that they document, in order.

        Args:
          shown: the statements that can show something.
          later: the lines of functions and classes, where comments are on what these do when they are used.
        """
        ends = {each.last for each in shown}
        assigned = {each.last for each in shown if each.is_assigned}
        trailed = {each.last: each for each in shown if each.once}
        labels = {each.last: each.label for each in shown}
        codes = [n for n, line in enumerate(self._lines, 1) if line.strip() and not self._is_own_line(n)]
        final = codes[-1] if codes else 0
        outputs: list[_Output] = []
        last_code = taken = 0
        is_below = False  # whether only empty lines are between the line above and the code
        for number in range(1, len(self._lines) + 1):
            self._learn(number)
            if not self._is_own_line(number):
                if self._lines[number - 1].strip():
                    last_code = number
                    is_below = True
                if number in self._columns and number in trailed:
                    text, taken = self._in_quotes(number) or self._value(number, trailed[number])
                    if text.text:
                        outputs.append(_Output(number, text, False))
            elif number > taken and last_code and not (number in later and self._columns[number]):
                rest = _after_marker(self._text(number).strip(), labels.get(last_code, frozenset()))
                text = _NO_TEXT
                quoted = self._in_quotes(number)
                if quoted is not None:
                    text, taken = quoted
                elif rest is not None:
                    text, taken = self._after_marker(number, rest)
                elif number - 1 in ends or (is_below and last_code == final and final in ends):
                    text, taken = self._values(number)
                if text.text:
                    covers_all = rest is not None or last_code not in assigned
                    outputs.append(_Output(last_code, text, covers_all, rest is not None or text.in_quotes))
                is_below = False
        return outputs

    def have_arrow(self, number: int) -> bool:
        """Return whether a comment on line `number`, or one below it, has an arrow before a value that is no shape."""
        lines = [number] if number in self._columns else [number + 1] if self._is_own_line(number + 1) else []
        return any(behind_arrow(self._text(line).strip()) for line in lines)

    def _learn(self, number: int) -> None:
        """Add the words of the string literals down to a line: the code may print them."""
        while self._strings and self._strings[-1][0] <= number:
            self._known.add(self._strings.pop()[1])

    def _is_own_line(self, number: int) -> bool:
        """Return whether the line holds a comment and nothing before it."""
        return number in self._columns and not self._lines[number - 1][: self._columns[number]].strip()

    def _text(self, number: int) -> str:
        part = self._whole(number)
        return self._lines[number - 1][part.start : part.end]

    def _whole(self, number: int) -> _Part:
        """Return a line's comment without its mark, and without a comment on it."""
        line = self._lines[number - 1]
        text = line[self._columns[number] :].lstrip("#").removeprefix(" ")
        start = len(line) - len(text)
        text = text.rstrip()
        return _Part(number, start, start + len(without_note(text)))

    def _end(self, number: int, text: str) -> _Part:
        """Return the part of a line's comment that ends in `text`."""
        whole = self._whole(number)
        end = whole.start + len(self._text(number).rstrip())
        return _Part(number, end - len(text), end)

    def _written(self, part: _Part) -> Written:
        line = self._lines[part.number - 1]
        column = self._columns[part.number]
        goes_on = (line[:column] if self._is_own_line(part.number) else " " * column) + "# "
        text, after = line[part.start : part.end], line[part.end :].rstrip()
        return Written(part.number - 1, line[: part.start], text, after, goes_on)

    def _joined(self, parts: Sequence[_Part], start: int = 0, end: int | None = None) -> _Text:
        """Return the text of parts, one below the other, or what is from `start` to `end` of it."""
        written = []
        position = 0
        for part in parts:
            after = position + part.end - part.start
            if start <= after and (end is None or position <= end):
                first = max(start - position, 0)
                last = part.end if end is None else min(part.end, part.start + end - position)
                written.append(self._written(_Part(part.number, part.start + first, last)))
            position = after + 1
        return _Text("\n".join(each.text for each in written), tuple(written))

    def _in_quotes(self, number: int) -> tuple[_Text, int] | None:
        """Return the text in quotes that the comment on line `number` says is printed, and its last line.

        Several texts behind each other are lines of it: ``# Prints "1", "2"``. There is no text where the quotes do not
        end at the end of a comment. Returns None where the comment says no such thing.
        """
        comment = self._text(number)
        start = before_quotes(comment)
        # A comment on a line of its own may describe the code below it: # the next line prints "1"
        if start is None or (self._is_own_line(number) and not is_marker(comment[:start])):
            return None
        parts = [self._end(number, comment[start + 1 :])]
        while '"' not in self._joined(parts[-1:]).text:
            if not self._is_own_line(parts[-1].number + 1):
                return _NO_TEXT, parts[-1].number
            parts.append(self._whole(parts[-1].number + 1))
        texts = _QUOTED_TEXTS.fullmatch(f'"{self._joined(parts).text}')
        if texts is None:
            return _NO_TEXT, number
        last = parts[-1].number
        lines = _QUOTED_TEXT.findall(texts["texts"])
        if len(lines) > 1:
            return _Text("\n".join(lines), in_quotes=True), last
        return self._joined(parts, 0, len(lines[0]))._replace(in_quotes=True), last

    def _value(self, number: int, shown: _Shown) -> tuple[_Text, int]:
        """Return the value in the comment behind a statement, and its last line; "" where it is no value."""
        is_printed = shown.prints
        text = self._text(number).strip()
        parts = [self._end(number, without_arrow(_after_marker(text, shown.label) or text))]
        depth = open_brackets(self._joined(parts).text)
        last = number
        while self._is_own_line(last + 1):
            below = self._text(last + 1)
            is_aligned = self._columns[last + 1] == self._columns[number] and is_value(below, self._known)
            if not (depth > 0 or is_aligned) or after_marker(below.strip()) is not None:
                break
            last += 1
            parts.append(self._whole(last))
            depth += open_brackets(below)
        bare = without_full_stop(without_remark(self._joined(parts).text))
        text = without_label(bare)
        start, end = len(bare) - len(text), len(bare)
        if is_error(text) and not is_printed:
            return _documented(self._joined(parts, start, end)), last
        quoted = re.fullmatch(r"(['\"])((?:(?!\1)[^\\]|\\.)*)\1", text)
        if quoted and is_printed:  # print writes no quotes around all
            text, start, end = quoted[2], start + 1, end - 1
        is_dtype = is_printed and _PRINTS_DTYPE.search(self._lines[shown.last - 1]) and names_dtype(text)
        is_output = is_value(text, self._known) or quoted or is_dtype
        return (self._joined(parts, start, end), last) if is_output else (_NO_TEXT, number)

    def _values(self, number: int) -> tuple[_Text, int]:
        """Return the values in comment lines that start at `number`, and the last line that they take.

        There are none where a bracket is opened that no line closes.
        """
        parts: list[_Part] = []
        depth = 0
        last = number - 1
        while self._is_own_line(last + 1):
            text = self._text(last + 1)
            if depth <= 0 and not is_value(without_arrow(text.lstrip()), self._known):
                break
            last += 1
            bare_part = self._before_words(last, depth)
            if depth > 0 and bare_part is not None:
                return self._joined([*parts, bare_part]), last
            depth += open_brackets(text)
            bare = without_arrow(text.lstrip())
            parts.append(self._end(last, text if bare == text.lstrip() else bare))
        return (self._joined(parts), last) if depth <= 0 else (_NO_TEXT, number)

    def _before_words(self, number: int, depth: int) -> _Part | None:
        """Return the part of a line's comment down to where brackets are closed, if only words are behind it.

        Args:
          number: the line.
          depth: how many brackets are open before it. Where none are, two blanks tell words from output.
        """
        text, whole = self._text(number), self._whole(number)
        end = end_of_brackets(text, depth)
        rest = text[end:] if end is not None else ""
        is_apart = rest[:1].isspace() if depth > 0 else rest.startswith("  ")
        if end is None or not is_apart or is_value(rest, self._known) or is_value(text, self._known):
            return None
        return whole._replace(end=whole.start + end)

    def _after_marker(self, number: int, rest: str) -> tuple[_Text, int]:
        """Return the output after the marker on line `number`, of which `rest` is on that line, and its last line."""
        value = without_full_stop(rest)
        if rest and not is_value(value, self._known):
            return _NO_TEXT, number
        whole = self._end(number, rest)
        parts = [whole._replace(end=whole.start + len(value))] if rest else []
        last = number if parts else self._before_values(number)
        depth = open_brackets(value) if rest else 0
        while self._is_own_line(last + 1):
            text = self._text(last + 1)
            # Right below the marker even words are output: the marker says so.
            is_end = bool(parts) and is_prose(text, self._known) and not is_error(text)
            if is_end or after_marker(text.strip()) is not None:
                break
            last += 1
            bare = self._before_words(last, depth)
            if bare is not None and has_only_values(self._lines[last - 1][bare.start : bare.end]):
                parts.append(bare)
                break
            depth += open_brackets(text)
            parts.append(self._whole(last))
        written = _without_empty_ends([self._written(part) for part in parts])
        return _documented(_Text("\n".join(each.text for each in written), written)), last if parts else number

    def _before_values(self, number: int) -> int:
        """Return the last of the empty lines below a marker that values follow; its own line where none do."""
        last = number
        while last < len(self._lines) and not self._lines[last].strip():
            last += 1
        return last if self._is_own_line(last + 1) and is_value(self._text(last + 1), self._known) else number


def _after_marker(comment: str, label: frozenset[str]) -> str | None:
    """Return what `after_marker` does; None for a word that the code above prints itself: ``print("result", x)``."""
    rest = after_marker(comment)
    marker = comment if rest is None else comment.removesuffix(rest).strip()
    return None if label and set(marker.split()) <= label else rest


def _documented(output: _Text) -> _Text:
    """Return output as an `Example` documents it: an exception with the head of its traceback, as doctest writes it."""
    text, written, _ = output
    *printed, last = text.split("\n")
    if is_error(last) and not text.startswith(_TRACEBACK):
        return _Text("\n".join([*printed, _TRACEBACK, "  ...", last]), (*written[:-1], None, None, *written[-1:]))
    return output
