"""Output documented in the comments of a block of code.

- After a marker: ``# output``, ``# Output:``, ``# prints``, ``# 输出：`` and the like. A value may stand on the
  marker's own line. The comment line below a marker alone is output whatever it says, and those that follow up to the
  first that reads as prose.
- Below a marker, ``#`` or not, to the end of the block, where the block is Python above it and is not below.
- In a trailing comment: ``print(x)  # [0.1 0.9]``, ``x.numpy()  # array(...)``, ``print(x)  # => 0.5``, if it is a
  value and nothing else. Comment lines that go on in its column, or inside its open bracket, belong to it. It is what
  that statement shows.
- In comment lines right below a statement that shows something, if they are values and nothing else.

Output after a marker or in lines of its own is all that the code has shown since the output before it. `wording` says
what a marker, a value and prose are.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents.code import Piece, first_line, last_line, try_parse
from tfsoftmax_compat.tools.documents.wording import after_marker, is_error, is_prose, is_value, without_arrow

_TRACEBACK = "Traceback (most recent call last):"
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


@dataclass
class _Shown:
    """A statement that can show something: in the group `top` of top-level statements, from line `first`."""

    top: int
    first: int
    last: int
    prints: bool
    once: bool  # not in a loop, whose body may show more than one output


@dataclass
class _Output:
    """Output that comments document; `after` is the line of the code that they follow."""

    after: int
    text: str
    covers_all: bool


def split(code: str) -> list[Piece]:
    """Split a block of code by the output that its comments document.

    Args:
      code: the text of a block, without prompts.

    Returns:
      The pieces, in order, cut at top-level statements: after each one that documents output, and between one that
      could show something and a later one whose output is documented by itself. Code that is not Python 3 is cut
      after the output below its markers.
    """
    lines = code.split("\n")
    tree = try_parse(code)
    if tree is None:
        raw = _with_raw_output(lines)
        if raw is not None:
            return [raw]
        columns = {n: len(line) - len(line.lstrip()) for n, line in enumerate(lines, 1) if line.lstrip()[:1] == "#"}
        return _split_by_markers(lines, _Comments(lines, columns, []).outputs([], set()))
    groups = _groups(tree.body)
    shown = [each for top, group in enumerate(groups) for each in _all_shown(group, top)]
    comments = _Comments(lines, *_comments_and_strings(code))
    starts = [first_line(group[0]) for group in groups]
    ends = [last_line(group[-1]) for group in groups]
    later = {
        line
        for group, start, end in zip(groups, starts, [*starts[1:], len(lines) + 1])
        if isinstance(group[-1], _DEFINITIONS)
        for line in range(start, end)
    }
    documented, cuts = _attributed(shown, comments.outputs(shown, later), starts)
    pieces = []
    start = 0
    for top in range(len(groups)):
        if top in documented or top in cuts or top + 1 == len(groups):
            text = "\n".join(lines[starts[start] - 1 : ends[top]]) + "\n"
            pieces.append(Piece(starts[start] - 1, text, documented.get(top)))
            start = top + 1
    return pieces


def _with_raw_output(lines: list[str]) -> Piece | None:
    """The piece that is Python down to a marker, with the output below that, which is none."""
    for number, line in enumerate(lines):
        if after_marker(line.lstrip("# ").rstrip()) == "":
            above = try_parse("\n".join(lines[:number]))
            output = "\n".join(lines[number + 1 :]).strip("\n")
            if above is not None and above.body and output and not output.startswith("#"):
                start = first_line(above.body[0]) - 1
                return Piece(start, "\n".join(lines[start:number]).rstrip() + "\n", output)
    return None


def _split_by_markers(lines: list[str], outputs: list[_Output]) -> list[Piece]:
    """The pieces of code that does not parse."""
    pieces = []
    start = 0
    for end, documented in [(output.after, output.text) for output in outputs] + [(len(lines), None)]:
        while start < end and (not lines[start].strip() or lines[start].lstrip().startswith("#")):
            start += 1
        if start < end:
            pieces.append(Piece(start, "\n".join(lines[start:end]).rstrip() + "\n", documented))
        start = end
    return pieces


def _groups(statements: list[ast.stmt]) -> list[list[ast.stmt]]:
    """Top-level statements, those that share a line together: there is no cutting between these."""
    groups: list[list[ast.stmt]] = []
    for statement in statements:
        if groups and first_line(statement) <= last_line(groups[-1][-1]):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    return groups


def _all_shown(group: list[ast.stmt], top: int) -> Iterator[_Shown]:
    """The statements that can show something: at the top level expressions, further in those that print."""

    def walk(node: ast.AST, once: bool) -> Iterator[_Shown]:
        if isinstance(node, ast.Expr):
            prints = _prints(node)
            if prints or (node in group and not isinstance(node.value, ast.Constant)):
                yield _Shown(top, first_line(node), last_line(node), prints, once)
        elif not isinstance(node, _DEFINITIONS):
            for child in ast.iter_child_nodes(node):
                yield from walk(child, once and not isinstance(node, _LOOPS))

    for statement in group:
        yield from walk(statement, True)


def _prints(statement: ast.Expr) -> bool:
    """Whether it calls `print`, `tf.print`, `pprint` or the like."""
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")).endswith("print")
        for node in ast.walk(statement)
    )


def _attributed(shown: list[_Shown], outputs: list[_Output], starts: list[int]) -> tuple[dict[int, str], set[int]]:
    """The output that each top-level group documents, and the other groups to cut after."""
    documented: dict[int, str] = {}
    cuts: set[int] = set()
    unclear: set[int] = set()  # groups of which a part is documented
    waiting = list(shown)
    for output in outputs:
        before = [each for each in waiting if each.last <= output.after]
        waiting = waiting[len(before) :]
        covered = before if output.covers_all else before[-1:]
        top = sum(start <= output.after for start in starts) - 1
        # Below a marker stands the output of whatever prints it: tf.app.run() may.
        if not covered and (not output.covers_all or top in documented):
            continue
        for each in before[: len(before) - len(covered)]:
            if each.top == top or each.top in documented:
                unclear.add(each.top)
            else:
                cuts.add(each.top)
        documented[top] = documented[top] + "\n" + output.text if top in documented else output.text
    unclear.update(each.top for each in waiting if each.top in documented)
    return {top: text for top, text in documented.items() if top not in unclear}, cuts | unclear


def _comments_and_strings(code: str) -> tuple[dict[int, int], list[tuple[int, str]]]:
    """The column of each line's comment; the string literals' text, with their lines. Lines count from 1."""
    comments = {}
    strings = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            comments[token.start[0]] = token.start[1]
        elif token.type == tokenize.STRING or tokenize.tok_name[token.type] == "FSTRING_MIDDLE":
            strings.append((token.start[0], re.sub(r"^\w*['\"]+|['\"]+$|\{.*?\}|%[-\d.]*\w|\\n", " ", token.string)))
    return comments, strings


class _Comments:
    """The comments of a block; its lines count from 1."""

    def __init__(self, lines: list[str], columns: dict[int, int], strings: list[tuple[int, str]]) -> None:
        self._lines = lines
        self._columns = columns
        self._strings = strings

    def outputs(self, shown: list[_Shown], later: set[int]) -> list[_Output]:
        """The outputs that they document, in order.

        Args:
          shown: the statements that can show something.
          later: the lines of functions and classes, where comments are on what these do when they are used.
        """
        ends = {each.last for each in shown}
        trailed = {each.last: each for each in shown if each.once}
        outputs: list[_Output] = []
        last_code = taken = 0
        for number in range(1, len(self._lines) + 1):
            if not self._is_own_line(number):
                if self._lines[number - 1].strip():
                    last_code = number
                if number in self._columns and number in trailed:
                    text, taken = self._value(number, trailed[number].prints)
                    if text:
                        outputs.append(_Output(number, text, False))
            elif number > taken and last_code and not (number in later and self._columns[number]):
                rest = after_marker(self._text(number).strip())
                if rest is not None:
                    text, taken = self._after_marker(number, rest)
                elif number - 1 in ends:
                    text, taken = self._values(number)
                else:
                    continue
                if text:
                    outputs.append(_Output(last_code, text, True))
        return outputs

    def _is_own_line(self, number: int) -> bool:
        """Whether the line holds a comment and nothing before it."""
        return number in self._columns and not self._lines[number - 1][: self._columns[number]].strip()

    def _text(self, number: int) -> str:
        text = self._lines[number - 1][self._columns[number] :].lstrip("#").removeprefix(" ").rstrip()
        return re.sub(r"\s{2,}#.*", "", text)  # "[1., 0.],  # the first row" comments on its output

    def _known(self, number: int) -> str:
        """What the string literals above a line hold: words that the code may print."""
        return " ".join(text for line, text in self._strings if line <= number)

    def _value(self, number: int, is_printed: bool) -> tuple[str, int]:
        """The value in a trailing comment, and the last line that it takes; "" where it is no value."""
        known = self._known(number)
        text = self._text(number).strip()
        parts = [without_arrow(after_marker(text) or text)]
        last = number
        while self._is_own_line(last + 1) and after_marker(self._text(last + 1).strip()) is None:
            is_open = _depth("\n".join(parts)) > 0
            is_aligned = self._columns[last + 1] == self._columns[number] and is_value(self._text(last + 1), known)
            if not (is_open or is_aligned):
                break
            last += 1
            parts.append(self._text(last))
        text = "\n".join(parts)
        if is_error(text) and not is_printed:
            return _documented(text), last
        quoted = re.fullmatch(r"(['\"])(.*)\1", text)
        if quoted and is_printed and quoted[1] not in quoted[2]:  # print writes no quotes around all
            text = quoted[2]
        return (text, last) if is_value(text, known) or quoted else ("", number)

    def _values(self, number: int) -> tuple[str, int]:
        """The values in comment lines that start at `number`, and the last line that they take."""
        known = self._known(number)
        parts = []
        last = number - 1
        while self._is_own_line(last + 1) and is_value(without_arrow(self._text(last + 1).lstrip()), known):
            last += 1
            parts.append(without_arrow(self._text(last)))
        return "\n".join(parts), last

    def _after_marker(self, number: int, rest: str) -> tuple[str, int]:
        """The output after the marker on line `number`, `rest` of which stands on that line, and its last line."""
        known = self._known(number)
        if rest and not is_value(rest, known):
            return "", number
        parts = [rest] if rest else []
        last = number
        while self._is_own_line(last + 1):
            text = self._text(last + 1)
            # Right below the marker even words are output: the marker says so.
            is_end = bool(parts) and is_prose(text, known) and not is_error(text)
            if is_end or after_marker(text.strip()) is not None:
                break
            last += 1
            parts.append(text)
        return _documented("\n".join(parts).strip("\n")), last


def _depth(text: str) -> int:
    """How many brackets are open at the end of `text`."""
    return sum(text.count(bracket) for bracket in "([{") - sum(text.count(bracket) for bracket in ")]}")


def _documented(text: str) -> str:
    """Output as an `Example` documents it: an exception with the head of its traceback, as doctest writes it."""
    *printed, last = text.split("\n")
    if is_error(last) and not text.startswith(_TRACEBACK):
        return "\n".join([*printed, _TRACEBACK, "  ...", last])
    return text
