"""Sessions at a prompt: Python's (``>>> ``) or IPython's (``In [1]: ``).

The rules are doctest's, and those of the tools that extend it: pytest-doctestplus, scipy_doctest and xdoctest. Other
than doctest, one line that breaks the rules does not cost the rest of the text:

- any option is taken (``# doctest: +NUMBER``), not only those that doctest knows;
- a prompt needs no space after it;
- the end of a fence ends the output;
- in a block that is a session as a whole, lines with a value after an empty line are output too; also between two
  fences.
"""

import itertools
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tfsoftmax_compat.tools.documents import PROMPT, Written, comments, magics
from tfsoftmax_compat.tools.documents.code import (
    Piece,
    first_line,
    is_code,
    is_incomplete,
    last_line,
    may_show,
    try_parse,
)
from tfsoftmax_compat.tools.documents.directives import in_comments, without_random_marks
from tfsoftmax_compat.tools.documents.says import MAY_VARY
from tfsoftmax_compat.tools.documents.vocabulary import at_offset, refuse_in_session
from tfsoftmax_compat.tools.documents.wording import has_only_values, is_prose, open_brackets

_PYTHON = re.compile(r"^[ \t]*>>>[ \t]*\S", re.MULTILINE)
_EMPTY = re.compile(r"[ \t]*>{2,3}[ \t]*")
_IN_COMMENT = re.compile(r"#+ ?(?=>>> ?\S)")
_RESTART = re.compile(r"={3,} ?RESTART")  # IDLE, between two runs of a program
_IPYTHON = re.compile(r"^[ \t]*In ?\[\d+\]:[ \t]*\S", re.MULTILINE)
_PROMPT = re.compile(r"(?P<indentation>[ \t]*)(?:>>>|In ?\[\d+\]:) ?(?P<code>.*)")
_GOES_ON = re.compile(r"[ \t]*\.\.\.(?:$| (?P<code>.*))")
_IPYTHON_GOES_ON = re.compile(r"[ \t]*\.{3,}: ?(?P<code>.*)")
_OUT = re.compile(r"[ \t]*Out ?\[\d+\]: ?")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
# What defines something, and is no output of what a session displays.
_DEFINES = re.compile(r"(?:def|class) +\w+ *[(:]|@\w|import +\w|from +[\w.]+ +import\b")
_CALL = re.compile(r"[a-z_]\w*(?:\.\w+)*\(")
_COMPLETION = re.compile(r"<tab>", re.IGNORECASE)
_MOST_LINES_JOINED = 50
_TRACEBACK = "Traceback (most recent call last)"


@dataclass
class _Typed:
    """What was typed at one prompt, and the lines of its output."""

    offset: int
    indentation: int
    is_ipython: bool
    code: list[str]
    output: list[str]
    written: list[Written]
    left: list[tuple[int, str]] = field(default_factory=list)  # the lines below that are no output of it
    is_unmarked: bool = False  # whether a line goes on without ``...``
    has_dots: bool = False  # whether the output is behind ``...``


def has_prompts(text: str) -> bool:
    """Return whether `text` holds a session at a prompt; prompts in front of output make none."""
    if _PYTHON.search(text) is None:
        return _IPYTHON.search(text) is not None
    return outputs_as_comments(text) is None


def between_empty(text: str) -> str | None:
    """Return the output that a shell shows between empty prompts, where it runs a program; None for any other text.

    IDLE does so: ``>>>`` on a line of its own, and below it what the program prints. The lines of the prompts, and
    those of IDLE's banner, are left empty.

    Args:
      text: a block of a document.
    """
    lines = text.split("\n")
    prompts = [number for number, line in enumerate(lines) if _EMPTY.fullmatch(line)]
    if not prompts or has_prompts(_RESTART.split(text)[-1]):
        return None
    has_banner = any(map(_RESTART.search, lines[: prompts[0]]))
    shown = [
        "" if number in prompts or (has_banner and number < prompts[0]) else line for number, line in enumerate(lines)
    ]
    output = "\n".join(shown)
    is_output = output.strip() and (has_only_values(output) or not is_code(output))
    return output if is_output else None


def sessions_in_comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the sessions in comments at the start of a line, as in ``# >>> f(1)`` and ``# 2``.

    Args:
      text: a block of code.

    Yields:
      The first line from 0, the line behind the last one, and what is before each line.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        match = _IN_COMMENT.match(lines[at])
        end = at + 1
        if match is not None:
            while end < len(lines) and lines[end].startswith("#"):
                end += 1
            yield at, end, match[0]
        at = end


def outputs_as_comments(text: str) -> str | None:
    """Return code that has prompts in front of what it shows, and in front of no code, with what it shows as comments.

    ``print(x)`` is on one line and ``>>> [1, 2]`` on the next. Returns None for any other text.
    """
    first = _PYTHON.search(text)
    if first is None or not text[: first.start()].strip():
        return None
    lines = []
    before, depth = "", 0  # what is before the prompt above, and how many brackets are open below it
    for line in text.split("\n"):
        value = line
        if _PYTHON.match(line):
            before, _, value = line.partition(">>>")
            lines.append(f"{before}# => {value.strip()}")
        elif depth > 0:
            lines.append(f"{before}# {value.strip()}")
        else:
            lines.append(line)
            continue
        if not has_only_values(value):
            return None
        depth += open_brackets(value)
    code = "\n".join(lines)
    return code if is_code(code) else None


def split(text: str, is_whole: bool = False) -> list[Piece]:
    """Return the statements typed at the prompts in `text`, each with the output below it.

    Args:
      text: sessions, and what is around them.
      is_whole: whether `text` is one session from its start to its end, without prose.

    Returns:
      A piece for each statement; one without output has none documented. IPython's magics, and comments without code,
      are left out.

    Raises:
      DirectiveError: a directive of this program is behind no statement, or wrong.
    """
    found = _joined(_typed(text.split("\n"), is_whole))
    for typed in found:
        _refuse_directives(typed)
    return [_piece(typed) for typed in found if not _is_left_out(typed)]


def unread(text: str, is_whole: bool = False) -> list[tuple[int, str]]:
    """Return the values in sessions that are in no output, such as those below a statement that shows nothing.

    Args:
      text: sessions, and what is around them.
      is_whole: whether `text` is one session from its start to its end, without prose.

    Returns:
      For each run of lines that hold only values its first line, from 0, and the lines. So are values and errors above
      the first prompt, what commands of IPython show, and comments that show values.
    """
    runs: list[list[tuple[int, str]]] = []
    head = list(itertools.takewhile(lambda line: _PROMPT.match(line) is None, text.split("\n")))
    if is_whole and (any(_TRACEBACK in line for line in head) or has_only_values("\n".join(head))):
        runs.append([(number, line) for number, line in enumerate(head) if line.strip()])
    for typed in _typed(text.split("\n"), is_whole):
        if not (typed.output or _is_left_out(typed)):
            code = "\n".join(typed.code)
            for number, comment in comments.unread(code, [Piece(0, code, None)]):
                runs.append([(typed.offset + number, comment)])
        if typed.output and _is_left_out(typed):
            runs.append([(each.line, line) for each, line in zip(typed.written, typed.output)])
        for number, line in typed.left:
            if not has_only_values(line):
                continue
            if runs and runs[-1][-1][0] == number - 1:
                runs[-1].append((number, line))
            else:
                runs.append([(number, line)])
    return [(run[0][0], "\n".join(line for _, line in run)) for run in runs]


def _refuse_directives(typed: _Typed) -> None:
    """Raise an error for a directive of this program that is behind no statement."""
    with at_offset(typed.offset):
        if _is_left_out(typed):
            refuse_in_session(typed.code)
    for line, written in zip(typed.output, typed.written):
        with at_offset(written.line):
            refuse_in_session([line])


def _typed(lines: list[str], is_whole: bool) -> list[_Typed]:
    found = list(_above_prompts(lines)) if is_whole else []
    is_open = False  # whether the line above belongs to what was typed last, or to its output
    fence: int | None = None  # the line of the fence that is open, in a docstring
    for number, line in enumerate(lines):
        if found and number < found[-1].offset + len(found[-1].code):
            continue
        if _FENCE.match(line):
            fence = number if fence is None else None
        match = _PROMPT.match(line)
        if match is not None:
            is_ipython = ">>>" not in line[: match.start("code")]
            found.append(_Typed(number, match.end("indentation"), is_ipython, [match["code"]], [], []))
            is_open = True
        elif is_whole and found and _is_without_prompt(found[-1], line):
            found.append(_Typed(number, 0, found[-1].is_ipython, [line], [], [], is_unmarked=True))
            is_open = True
        elif found and (is_open or is_whole or (fence is not None and found[-1].offset > fence)):
            is_open = _takes(found[-1], number, lines, is_open)
            if not is_open and line.strip() and not _FENCE.match(line):
                found[-1].left.append((number, line))
    for above, comment in itertools.pairwise(found):
        if comment.output and _is_comment(comment):
            _give_output(above, comment)
    return found


def _above_prompts(lines: list[str]) -> Iterator[_Typed]:
    """Yield the statements above the first prompt, where a document has left out their prompts."""
    head = list(itertools.takewhile(lambda line: _PROMPT.match(line) is None, lines))
    tree = try_parse("\n".join(head)) if is_code("\n".join(head)) else None
    for statement in tree.body if tree is not None else ():
        first = first_line(statement) - 1
        yield _Typed(first, 0, False, head[first : last_line(statement)], [], [])


def _is_without_prompt(typed: _Typed, line: str) -> bool:
    """Return whether a line below what was typed is code without a prompt, and no output.

    Nothing more can be output of what was typed: it shows nothing, or has its value.
    """
    is_call = _CALL.match(line) is not None and is_code(line) and not has_only_values(line)
    if typed.output:
        return (is_call or _DEFINES.match(line) is not None) and has_only_values("\n".join(typed.output))
    return _DEFINES.match(line) is not None and not _shows(typed)


def _give_output(above: _Typed, comment: _Typed) -> None:
    """Give the output below a comment at a prompt to the statement right above, if that shows something."""
    if not above.output and comment.offset == above.offset + len(above.code) and _shows(above):
        above.output, above.written = comment.output, comment.written
    else:
        comment.left += ((each.line, line) for line, each in zip(comment.output, comment.written))
    comment.output, comment.written = [], []


def _takes(typed: _Typed, number: int, lines: list[str], is_open: bool) -> bool:
    """Return whether the line below what was typed belongs to it; add it if so."""
    line = lines[number]
    goes_on = (_IPYTHON_GOES_ON if typed.is_ipython else _GOES_ON).match(line)
    is_behind_dots = goes_on is not None and is_open and not typed.is_ipython
    if is_behind_dots and (typed.has_dots or _shows_behind_dots(typed, lines[number:])):
        assert goes_on is not None
        text = goes_on["code"] or ""
        before = line.removesuffix(text)
        typed.output.append(text)
        typed.written.append(Written(number, before, text, goes_on=before))
        typed.has_dots = True
        return True
    if goes_on is not None and is_open and not typed.output:
        typed.code.append(goes_on["code"] or "")
        return True
    if not line.strip() or _FENCE.match(line):
        return False
    if is_open and not typed.output and _goes_on_without_mark(typed, line):
        typed.code.append(line[typed.indentation :] if not line[: typed.indentation].strip() else line)
        typed.is_unmarked = True
        return True
    if not is_open:  # after an empty line
        is_output = typed.output or _OUT.match(line) or _shows(typed)
        if typed.left or not is_output or not _has_values(lines, number):
            return False
        if typed.output:
            typed.output.append("")
            typed.written.append(Written(number - 1, "", ""))
    if line[: typed.indentation].strip() and is_prose(line):  # less indented than the prompt: prose goes on there
        return False
    text = _OUT.sub("", line) if typed.is_ipython else line
    text = text[typed.indentation :] if not text[: typed.indentation].strip() else text.lstrip()
    typed.output.append(text)
    typed.written.append(Written(number, line.removesuffix(text), text, goes_on=line[: typed.indentation]))
    return True


def _shows_behind_dots(typed: _Typed, lines: list[str]) -> bool:
    """Return whether what was typed is complete, and the lines below it behind ``...`` are what it shows.

    They are only values, or no code that goes on with it.
    """
    below = list(itertools.takewhile(bool, map(_GOES_ON.match, lines)))
    values = [match["code"] or "" for match in below if match is not None]
    is_indented = values[0][:1].isspace()
    if typed.output or is_indented or not _shows(typed):
        return False
    return has_only_values("\n".join(values)) or try_parse(textwrap.dedent("\n".join([*typed.code, *values]))) is None


def _has_values(lines: list[str], first: int) -> bool:
    """Return whether a line between here and the next empty one holds only values, and the lines are no code."""
    below = itertools.takewhile(
        lambda line: line.strip() and not (_FENCE.match(line) or _PROMPT.match(line)),
        (lines[number] for number in range(first, len(lines))),
    )
    paragraph = [_OUT.sub("", line) for line in below]
    return has_only_values(paragraph[0]) or (any(map(has_only_values, paragraph)) and not is_code("\n".join(paragraph)))


def _goes_on_without_mark(typed: _Typed, line: str) -> bool:
    """Return whether a line without ``...`` belongs to the code above it: that is incomplete, or its block goes on."""
    if typed.is_unmarked and line[typed.indentation :].startswith((" ", "\t")):
        return True
    return len(typed.code) < _MOST_LINES_JOINED and is_incomplete("\n".join(typed.code))


def _shows(typed: _Typed) -> bool:
    """Return whether what was typed may show something."""
    tree = try_parse(textwrap.dedent("\n".join(typed.code)))  # each line of a loop may have a prompt
    return tree is not None and may_show(tree)


def _joined(typed: list[_Typed]) -> list[_Typed]:
    """Join statements of which each line was written behind a prompt of its own (``>>> for i in x:``)."""
    found: list[_Typed] = []
    for each in typed:
        if found and len(found[-1].code) < _MOST_LINES_JOINED:
            last = found[-1]
            is_indented = each.code[0].startswith((" ", "\t"))
            is_comment = each.code[0].lstrip().startswith("#")
            if not last.output and is_indented and (is_comment or try_parse(each.code[0]) is None):
                # The lines between two prompts can only be empty ones.
                gap = each.offset - last.offset - len(last.code)
                found[-1] = _Typed(
                    last.offset,
                    last.indentation,
                    last.is_ipython,
                    last.code + [""] * gap + each.code,
                    each.output,
                    each.written,
                )
                continue
        found.append(each)
    return found


def _is_left_out(typed: _Typed) -> bool:
    """Return whether what was typed is a magic, or comments only."""
    code = "\n".join(typed.code)
    return _is_comment(typed) or magics.set_aside(code) != code


def _is_comment(typed: _Typed) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in typed.code)


def _piece(typed: _Typed) -> Piece:
    code = "\n".join(typed.code) + "\n"
    with at_offset(typed.offset):
        says = in_comments(code)
    if _COMPLETION.search(code) and try_parse(code) is None:
        says = replace(says, skip="it shows what the prompt completes")
    output: str | None = None
    if typed.output:
        lines = ["" if line == "<BLANKLINE>" else line for line in typed.output]
        output, is_random = without_random_marks("\n".join(lines))
        output = "\n".join(map(_without_note, output.split("\n")))
        if output.strip() and all(line.lstrip().startswith("#") for line in output.split("\n") if line.strip()):
            output = None  # a remark between two prompts
        if is_random:
            says = replace(says, options=says.options | {MAY_VARY})
    written = tuple(map(_written_without_note, typed.written))
    return Piece(typed.offset, code, output, PROMPT, says, written=written)


def _written_without_note(written: Written) -> Written:
    text = _without_note(written.text)
    return replace(written, text=text, after=written.text.removeprefix(text))


def _without_note(line: str) -> str:
    """Return a line of output without a comment on it, as in ``array(1234)  # 0d array``."""
    if "  # " not in line:
        return line
    bare = line[: line.index("  # ")].rstrip()
    return bare if has_only_values(bare) else line
