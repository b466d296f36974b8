"""Examples from a document's blocks of preformatted text, whatever the format that marks them up.

A block is code if the document calls it Python, or names no language and it reads as code. The output of code is what
its comments or prompts show; else the block right below it, if that is in no language and is not code, and there is
no prose between that says something else. Values are output also where they could be code: ``array([0.25, 0.75])``
below code that shows something.
"""

import ast
import functools
import itertools
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tfsoftmax_compat.tools.documents import (
    CELL,
    PROMPT,
    SCRIPT,
    Document,
    Example,
    Unattributed,
    Written,
    comments,
    directives,
    magics,
    prompts,
    python2,
    transcripts,
)
from tfsoftmax_compat.tools.documents.block import HIDDEN, OUTPUT, PRINTED, PROSE, Block
from tfsoftmax_compat.tools.documents.code import (
    BUILTINS,
    Piece,
    are_code,
    bound_names,
    computed_name,
    first_line,
    is_code,
    may_print,
    may_show,
    prints,
    root_name,
    string_literals,
    try_parse,
)
from tfsoftmax_compat.tools.documents.names import names_of
from tfsoftmax_compat.tools.documents.says import MAY_VARY, NOTHING, Says
from tfsoftmax_compat.tools.documents.vocabulary import on_lines, refuse_in_script
from tfsoftmax_compat.tools.documents.wording import (
    Known,
    before_arrow,
    below_marker,
    calls_in,
    has_only_values,
    introduces_output,
    is_marker,
    is_prose,
    may_introduce_output,
    names_in,
    shows_array,
    shows_picture,
)
from tfsoftmax_compat.worker.logs import RECORD

SHOWS_NOTHING = "the code shows nothing"

_PYTHON = {"python", "py", "python2", "python3", "py2", "py3", "pycon", "pycon3", "doctest"}
_CELLS = {"ipython", "ipython2", "ipython3", "code-cell", "jupyter-execute", "jupyter-input"}
# Blocks in no language at all: code or output, as they read.
_PLAIN = {"", "text", "txt", "plain", "plaintext", "none", "default", "prettyprint"}
_OUTPUT = {"output", "console", "stdout", "log", "pytb", "py3tb", "testoutput", "jupyter-output"}
# A shell's commands, and what is shown of them: values are output of the code above.
_SHELLS = {"bash", "sh", "shell", "zsh", "shell-session", "bat", "cmd", "powershell"}
_SHELL = re.compile(r"\s*(?:[$%#>] |pip3? install |!\w)")
_COMMAND = re.compile(r"\s*[a-z][\w.-]*(?: [\w./:=-]+)* --?[a-z]")  # of a shell, with an option
_GIVEN = {"tf", "np", "tensorflow", "numpy"}  # what documents use without importing it
_STATEMENT = re.compile(r"^(?:print\(|import \w|from \w[\w.]* import )", re.MULTILINE)  # of code with an error in it
_PRINTS = re.compile(r"^print\(", re.MULTILINE)
_CALLS = re.compile(r"[a-z_]\w*\(")
_RUN = (ast.For, ast.While, ast.With, ast.If, ast.Import, ast.ImportFrom)
_OUT = re.compile(r"\s*Out\s*\[\s*\d*\s*\]:?\s*")  # before the value that a cell displays, below what it printed
_TRACEBACK = re.compile(r"\s*(?:-{20,}\s*)?(?:Traceback \(most recent call last\)|\w+Error\s+Traceback )")


def is_python(language: str) -> bool:
    """Return whether a document that names this language, in lower case, means Python."""
    return language in _PYTHON or language in _CELLS


@dataclass
class Code:
    """A block of code, and what is known of it.

    Attributes:
      block: the block, with its code as the document has it.
      is_session: whether the block is a session at a prompt.
      pieces: its statements at prompts; else all of it as one piece, with IPython's magics set aside.
      whole: all of the code, as Python 3 and with IPython's magics set aside.
      output: the blocks that are its output.
      written: where each line of these blocks is, as in an `Example`.
      says: what the document says of this output.
      assigned: the name whose value these show; "" where the code displays something.
      not_shown: a block that is announced as output, while the code shows nothing.
      known: the words that the code may print: those of the document's string literals down to its end.
    """

    block: Block
    is_session: bool
    pieces: list[Piece]
    whole: str = ""
    output: list[str] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    says: Says = NOTHING
    assigned: str = ""
    not_shown: str = ""
    known: Known = field(default_factory=Known)

    def add_output(self, block: Block) -> None:
        """Add a block that is output of this code."""
        text = block.text.strip("\n")
        first = len(block.text) - len(block.text.lstrip("\n"))
        self.output.append(text)
        self.written += [
            Written(line, block.before, each, goes_on=block.before)
            for line, each in zip(block.lines[first:], text.split("\n"), strict=False)
        ]

    @functools.cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree of the code that is above a block below: all of a script, a session's last statement."""
        return try_parse(self.pieces[-1].code)

    @functools.cached_property
    def in_words(self) -> frozenset[str]:
        """The names that a comment defines, and no code here."""
        names = comments.names_in_words(self.block.text)
        return frozenset(names.difference(*(bound_names(piece.code) for piece in self.pieces)) if names else ())

    def literals(self) -> Iterator[str]:
        """Yield the text of the string literals, which the code may print."""
        return (re.sub(r"%[-\d.]*\w", " ", value) for value in string_literals(self.pieces[-1].code))

    @property
    def is_documented(self) -> bool:
        """Whether a comment or a prompt shows its output, or it is saved with it."""
        if self.is_session:
            return self.pieces[-1].documented is not None
        return self.block.output is not None or any(piece.documented is not None for piece in self.pieces)

    @property
    def may_show(self) -> bool:
        """Whether the code may show something as it is written."""
        return self.tree is None or may_show(self.tree)

    @property
    def may_raise(self) -> bool:
        """Whether the code does anything but define functions, whose calls may be commented out."""
        return self.tree is None or not all(isinstance(statement, ast.FunctionDef) for statement in self.tree.body)

    @property
    def may_print(self) -> bool:
        """Whether the code calls anything, which may print."""
        return self.tree is None or may_print(self.tree)


def document(blocks: Iterable[Block], path: str) -> Document:
    """Return what the blocks of a document hold.

    Args:
      blocks: the blocks, in order.
      path: the document's path.
    """
    every = [_with_prompts(_with_first_line_at_margin(block)) for block in _read(blocks)]
    codes = list(_codes(every))
    texts = [piece.code for code in codes if code is not None for piece in code.pieces]
    is_python_2 = any(block.is_python_2 for block in every)
    converted = _python_2_scopes(every, codes, is_python_2)
    has_print_function = python2.imports_print_function(texts) or (False if is_python_2 else None)
    for code in codes:
        if code is not None:
            if not code.is_session:
                code.pieces = [replace(piece, code=_as_program(piece.code)) for piece in code.pieces]
            if code.block.scope in converted:
                code.pieces = _converted(code.pieces, has_print_function)
            code.whole = magics.set_aside(code.block.text)
            if not code.is_session and code.pieces:
                code.whole = code.pieces[0].code
                code.pieces = comments.split(code.whole, code.block.is_cell)
    found, unattributed = _attributed(every, codes)
    unattributed += [
        Unattributed(code.block.lines[number], comment)
        for code in found
        if not code.is_session
        for number, comment in comments.unread(code.whole, _read_of(code))
        if number < len(code.block.lines)
    ]
    unattributed += [
        Unattributed(code.block.lines[number], text)
        for code in found
        if code.is_session
        for number, text in prompts.unread(code.block.text, is_whole=not code.block.module)
    ]
    unattributed.sort(key=lambda block: block.line)
    examples = [example for code in found for example in _examples(code, path)]
    examples = [replace(example, is_python_2=True) if example.scope in converted else example for example in examples]
    return Document(path, examples, unattributed)


def _read_of(code: Code) -> list[Piece]:
    """Return the pieces of code with the output that is read of them: what is saved with a cell, else its comments."""
    saved = code.block.output
    return code.pieces if saved is None else [Piece(0, code.whole, saved)]


def _python_2_scopes(blocks: Sequence[Block], codes: Sequence[Code | None], is_python_2: bool) -> set[str]:
    """Return the scopes whose code is Python 2: those of docstrings one by one, else all of a document or none.

    `is_python_2` says that the document itself tells so.

    The file of a docstring is Python 3, and may define what has a name of Python 2: only the syntax counts there.
    """
    texts: dict[str, list[str]] = {block.scope: [] for block in blocks}
    for code in codes:
        if code is not None:
            texts[code.block.scope] += [piece.code for piece in code.pieces]
    if any(block.module for block in blocks):
        return {scope for scope, each in texts.items() if python2.has_syntax(each)}
    return set(texts) if is_python_2 or python2.is_python_2(sum(texts.values(), [])) else set()


def _as_program(code: str) -> str:
    """Return code as a program, with values behind arrows and prompts as comments."""
    if try_parse(code) is not None:
        return code
    if try_parse(python2.without_tabs(code)) is not None:
        return python2.without_tabs(code)
    code = prompts.outputs_as_comments(code) or comments.with_whole_values(code)
    if try_parse(code) is not None:
        return code
    lines = (_with_comment(line) for line in code.split("\n"))
    with_comments = comments.with_whole_values("\n".join(lines))
    return with_comments if try_parse(with_comments) is not None else code


def _with_comment(line: str) -> str:
    before, arrow, value = before_arrow(line)
    return f"{before}  # {arrow} {value}" if arrow and try_parse(before.lstrip()) is not None else line


def code_in(blocks: Iterable[Block]) -> Iterator[Code]:
    """Yield the blocks of a document that are code, as the document has it; their output is not looked for."""
    every = _read(blocks)
    yield from _attributed(every, list(_codes(every)))[0]


def _read(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks of a document with what its comments say of them, and with the role of each."""
    every = (part for block in directives.apply(list(blocks)) for part in _with_sessions(block))
    return [_below_marker(_between_empty_prompts(_of_comments(block))) for block in every]


def _with_sessions(block: Block) -> Iterator[Block]:
    """Yield the parts of a block: code, and the sessions that are in comments between it, as blocks of their own."""
    start = 0
    lines = block.text.split("\n")
    for first, end, before in prompts.sessions_in_comments(block.text) if _is_script(block) else ():
        if try_parse("\n".join(lines[start:first])) is None:
            continue
        if any(line.strip() for line in lines[start:first]):
            yield _part(block, start, first)
        session = _part(block, first, end)
        text = "".join(line.removeprefix(before.rstrip()).removeprefix(" ") + "\n" for line in lines[first:end])
        yield replace(session, text=text, before=before, introduction="" if start or first else block.introduction)
        start = end
    if any(line.strip() for line in lines[start:]) or not start:
        yield replace(_part(block, start, len(lines)), introduction="") if start else block


def _is_script(block: Block) -> bool:
    return is_python(block.language) and not (block.is_cell or block.role or block.output is not None)


def _part(block: Block, start: int, end: int) -> Block:
    """Return the lines of a block from `start` to `end`."""
    lines = block.text.removesuffix("\n").split("\n")[start:end]
    return replace(block, text="".join(line + "\n" for line in lines), lines=block.lines[start : start + len(lines)])


def _of_comments(block: Block) -> Block:
    """Return a block of Python that has only values in comments without their marks, as output; any other as it is."""
    lines = block.text.removesuffix("\n").split("\n")
    if not _is_script(block) or not all(line.startswith("#") for line in lines):
        return block
    before = "# " if all(line.startswith("# ") for line in lines) else "#"
    text = "".join(line.removeprefix(before) + "\n" for line in lines)
    return replace(block, text=text, language="", before=before) if comments.is_displayed(text) else block


def _below_marker(block: Block) -> Block:
    """Return a block that begins with a marker in brackets, such as ``[Output]``, as printed; any other as it is."""
    found = below_marker(block.text) if not block.role and not block.is_cell else None
    if found is None:
        return block
    start, end = found
    text = "".join(line + "\n" for line in block.text.removesuffix("\n").split("\n")[start:end])
    return replace(block, text=text, lines=block.lines[start:end], role=PRINTED) if text.strip() else block


def _between_empty_prompts(block: Block) -> Block:
    """Return a block that shows what a program printed between empty prompts as such; any other as it is."""
    if block.role or not (is_python(block.language) or block.language in _PLAIN | _OUTPUT):
        return block
    output = prompts.between_empty(block.text)
    if output is None:
        return block
    # Code may be above an empty prompt, and below it the values that the code shows.
    return replace(block, text=output, role="" if comments.is_code_above_values(output) else PRINTED)


def _with_first_line_at_margin(block: Block) -> Block:
    """Return a block of code without the indentation that only its first line has; any other as it is."""
    text = block.text.lstrip(" ")
    if block.role or text == block.text or try_parse(block.text) is not None or not is_code(text):
        return block
    return replace(block, text=text)


def _with_prompts(block: Block) -> Block:
    """Return a block that is a session without its prompts with them; any other as it is."""
    is_plain = not block.role and not block.is_cell and (is_python(block.language) or block.language in _PLAIN)
    if not is_plain or _is_value(block) or prompts.has_prompts(block.text):
        return block
    if try_parse(comments.with_whole_values(block.text)) is not None:
        return block
    text = transcripts.with_prompts(block.text)
    return block if text is None or comments.is_code_above_values(block.text) else replace(block, text=text)


def _codes(blocks: Sequence[Block]) -> Iterator[Code | None]:
    """Yield each block as code; None for one that can't be any.

    A block in no language may be code because of what is above it: it displays names that are defined there.
    """
    bound: dict[str, set[str]] = defaultdict(set)  # by scope
    above: Code | None = None
    for block in blocks:
        code = _code(block) if not block.is_quoted else None
        if code is None and _displays_names(block, bound[block.scope], above):
            code = Code(block, False, [Piece(0, block.text, None)])
        if code is not None and _is_displayed_array(block, bound[block.scope]):
            code = None
        if code is not None:
            above = code
            for piece in code.pieces:
                bound[block.scope] |= bound_names(piece.code)
        yield code


def _is_displayed_array(block: Block, bound: set[str]) -> bool:
    """Return whether a block in no language is a value that is displayed as a call of what no code above binds."""
    if block.language not in _PLAIN or not _is_value(block) or not comments.is_displayed(block.text):
        return False
    tree = try_parse(block.text)
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree is not None else []
    return bool(calls) and not any(isinstance(call, ast.Name) and call.id in bound for call in calls)


def _displays_names(block: Block, bound: set[str], above: Code | None) -> bool:
    """Return whether a block is code of which some statements only display what it or code above binds.

    They are names, or parts of their values: ``x[:3]``, ``x.shape``. A block that has only names is output if the code
    right above shows anything.
    """
    tree = try_parse(block.text) if block.language in _PLAIN and not block.role else None
    if tree is None or not tree.body:
        return False
    others = [each for each in tree.body if not (isinstance(each, ast.Expr) and root_name(each.value))]
    names = {root_name(each.value) for each in tree.body if isinstance(each, ast.Expr)} - {""}
    is_known = names <= bound | bound_names(block.text)
    is_shown = bool(others) or (above is not None and not above.may_show)
    return is_known and (not others or are_code(others)) and is_shown


def _code(block: Block) -> Code | None:
    """Return the block as code; None if it can't be any."""
    if block.role in (OUTPUT, PRINTED, PROSE) or not (is_python(block.language) or block.language in _PLAIN | _OUTPUT):
        return None
    if is_python(block.language):
        block = replace(block, text=_dedented(block.text))  # a fragment of a program
    text = block.text
    if _is_session(text):
        with on_lines(block.lines):
            pieces = prompts.split(text, is_whole=not block.module)
        return Code(block, True, pieces) if pieces else None
    with on_lines(block.lines):
        refuse_in_script(text)
    if is_python(block.language):
        if magics.is_other_language(text):
            return None
        return Code(block.with_says(directives.in_cell(text)), False, [Piece(0, magics.set_aside(text), None)])
    if block.language in _PLAIN and _reads_as_code(text):
        return Code(block, False, [Piece(0, text, None)])
    if block.language in _PLAIN and _is_code_with_commands(text):
        return Code(block, False, [Piece(0, magics.set_aside(text), None)])
    return None


def _dedented(text: str) -> str:
    """Return `text` without the indentation of all its lines; if they have none, as it is.

    `textwrap.dedent` also removes the spaces of lines that have nothing else, and the document has them.
    """
    return text if re.search(r"^\S", text, re.MULTILINE) else textwrap.dedent(text)


def _is_session(text: str) -> bool:
    """Return whether `text` is a session at a prompt. Prompts in the docstrings of code make none."""
    return prompts.has_prompts(text) and not is_code(text)


def _is_whole_behind_arrows(text: str) -> bool:
    """Return whether `text` is code with values behind arrows that needs no names of other blocks.

    Other names may be those of the words around it: ``# 'x' is [1, 2]``.
    """
    code = _as_program(text)
    return code != text and is_code(code) and names_of(code).reads <= BUILTINS | _GIVEN


def _reads_as_code(text: str) -> bool:
    text = prompts.outputs_as_comments(text) or text
    return (
        is_code(text) or _is_python_2_code(text) or _is_whole_behind_arrows(text) or comments.is_code_above_values(text)
    )


def _is_code_with_commands(text: str) -> bool:
    """Return whether a text is code in which some lines are commands for IPython: ``!ls``."""
    code = magics.set_aside(text)
    tree = try_parse(code) if code != text else None
    others = [each for each in tree.body if not isinstance(each, ast.Pass)] if tree is not None else []
    return are_code(others)


def _is_python_2_code(text: str) -> bool:
    if try_parse(text) is not None:
        return False
    converted = python2.converted(text)
    return converted is not None and is_code(converted)


def _converted(pieces: list[Piece], has_print_function: bool | None) -> list[Piece]:
    return [replace(piece, code=python2.converted(piece.code, has_print_function) or piece.code) for piece in pieces]


def _attributed(blocks: Sequence[Block], codes: Sequence[Code | None]) -> tuple[list[Code], list[Unattributed]]:
    """Return the blocks that are code, each with its output, and those that could be output and are of no code."""
    labels = any(is_python(block.language) for block in blocks)
    found: list[Code] = []
    unattributed: list[Unattributed] = []
    above: Code | None = None
    known = Known()
    for block, code in zip(blocks, codes):
        if block.is_quoted:
            unattributed += _quoted(block)
            continue
        if above is not None and above.block.scope != block.scope:  # another docstring
            above = None
        if block.role == HIDDEN:
            if code is not None:
                found.append(code)
        elif block.role == PROSE:
            unattributed.append(Unattributed(block.lines[0], block.text.rstrip("\n")))
        elif above is not None and _take(above, block, code):
            continue
        elif code is not None and code.pieces and not _is_only_output(block, above, labels):
            if _may_be_output(block, code, above):
                unattributed.append(Unattributed(block.lines[0], block.text.rstrip("\n")))
            found.append(code)
            above = code
            above.known = known
            for literal in code.literals():
                known.add(literal)
            unattributed += _behind_arrows(block, code)
            unattributed += _below_statements(code)
        else:
            if _could_be_output(block, code, above, known):
                unattributed.append(Unattributed(block.lines[0], block.text.rstrip("\n")))
            else:
                in_code = [*_behind_arrows(block, None), *_in_comments(block)]
                in_code += _only_comments(block, known)
                unattributed += in_code or _beside_code(block, code)
            above = None
    return found, unattributed


def _quoted(block: Block) -> Iterator[Unattributed]:
    """Yield the output in a block of a notebook's Markdown: what code in it documents, or the whole block."""
    code = _code(block)
    is_whole = block.role == PROSE or _is_value(block)
    if is_whole or (code is None and _could_be_output(block, None, None, Known())):
        yield Unattributed(block.lines[0], block.text.rstrip("\n"))
        return
    if code is None:
        yield from _behind_arrows(block, None)
        yield from _in_comments(block)
        return
    whole = block.text if code.is_session else _as_program(code.pieces[0].code)
    pieces = code.pieces if code.is_session else comments.split(whole)
    for number, comment in () if code.is_session else comments.unread(whole, pieces):
        yield Unattributed(block.lines[min(number, len(block.lines) - 1)], comment)
    for piece in pieces:
        if piece.documented is not None:
            first = min((each.line for each in piece.written if each is not None), default=piece.offset)
            yield Unattributed(block.lines[min(first, len(block.lines) - 1)], piece.documented)


def _is_only_output(block: Block, above: Code | None, labels: bool) -> bool:
    """Return whether a block that could be code holds values, and belongs to no code above.

    Args:
      block: the block.
      above: the code above it.
      labels: whether the document labels code as Python. Then values without a label are no code.
    """
    return _is_value(block) and (labels and not is_python(block.language) or _is_of_other_code(block, above))


def _is_of_other_code(block: Block, above: Code | None) -> bool:
    """Return whether the words above a block say that it is of calls which the code above does not have."""
    calls = ["".join(call.split()) for call in calls_in(block.introduction)]
    if not calls or above is None or not introduces_output(block.introduction):
        return False
    code = "".join(above.block.text.split())
    return not any(call in code for call in calls)


def _is_value(block: Block) -> bool:
    return has_only_values(block.text) and not prompts.has_prompts(block.text)


def _may_be_output(block: Block, code: Code, above: Code | None) -> bool:
    """Return whether a block, which its fence says to be Python, may be output all the same."""
    if block.is_cell or code.is_documented:
        return False
    is_below = above is not None and (not block.introduction.strip() or introduces_output(block.introduction))
    evidence = (is_below, code.tree is None, _is_value(block))
    return sum(evidence) >= 2


def _could_be_output(block: Block, code: Code | None, above: Code | None, known: Known) -> bool:
    if block.role in (OUTPUT, PRINTED) or (_is_value(block) and _is_of_other_code(block, above)):
        return True
    if block.output and code is None:  # a cell without Python, such as one with a command for a shell
        return True
    if block.language in _SHELLS:  # perhaps with the command that runs a program
        return any(has_only_values(known.replaced_in(line)) for line in block.text.split("\n"))
    if not block.text.strip() or is_python(block.language) or block.language not in _PLAIN | _OUTPUT:
        return False
    lines = [] if code is not None else block.text.split("\n")
    is_below = above is not None and (introduces_output(block.introduction) or _is_right_below(block))
    is_value = has_only_values(known.replaced_in(block.text)) and not prompts.has_prompts(block.text)
    is_shown = is_below or is_value or any(map(shows_array, lines))
    return is_shown or _TRACEBACK.match(block.text) is not None


def _is_right_below(block: Block) -> bool:
    return not (
        block.introduction.strip() or _SHELL.match(block.text) or _COMMAND.match(block.text) or is_code(block.text)
    )


def _behind_arrows(block: Block, code: Code | None) -> list[Unattributed]:
    """Return the first value that a block which is no Python shows behind an arrow: ``tf.reduce_sum(x) ==> 6``.

    The reference of TensorFlow 1 is written like this. Where its names come from is said in words, so it is not run.
    """
    is_text = is_python(block.language) or block.language in _PLAIN
    if not is_text or (code is not None and (code.is_session or code.tree is not None)):
        return []
    lines = block.text.split("\n")
    for number, line in enumerate(lines):
        before, arrow, _ = before_arrow(line)
        shown = before.strip() or (lines[number - 1].strip() if number else "")
        if arrow and shown and try_parse(shown) is not None:
            return [Unattributed(block.lines[number], "\n".join(lines[number:]).rstrip("\n"))]
    return []


def _beside_code(block: Block, code: Code | None) -> Iterator[Unattributed]:
    """Yield a block in no language that prints something and is no code: perhaps it has output among its lines."""
    if code is None and block.language in _PLAIN and not block.role and _PRINTS.search(block.text):
        yield Unattributed(block.lines[0], block.text.rstrip("\n"))


def _only_comments(block: Block, known: Known) -> Iterator[Unattributed]:
    """Yield the comments of a block that has only comments, if they show values among words that code may print."""
    lines = [line.lstrip() for line in block.text.rstrip("\n").split("\n")]
    if not _is_script(block) or not all(line.startswith("#") for line in lines if line):
        return
    texts = [line.removeprefix("#").removeprefix(" ") for line in lines]
    if any(comments.may_show_value(known.replaced_in(text)) for text in texts):
        yield Unattributed(block.lines[0], "\n".join(texts))


def _below_statements(code: Code) -> Iterator[Unattributed]:
    """Yield the output at the end of a block that Python reads as code: ``w1:0``, ``np.r_[0:2] = [0, 1]``."""
    block = code.block
    if code.tree is None or code.is_session or block.is_cell or code.is_documented:
        return
    found = list(itertools.takewhile(_shows_value, reversed(code.tree.body)))
    if found and (len(found) < len(code.tree.body) or not _is_annotated_by_value(found[-1])):
        first = first_line(found[-1]) - 1
        yield Unattributed(block.lines[first], "\n".join(block.text.split("\n")[first:]).rstrip("\n"))


def _shows_value(statement: ast.stmt) -> bool:
    """Return whether a statement shows a value: as an annotation, or as what a part of a module is set to."""
    if not isinstance(statement, ast.Assign):
        return _is_annotated_by_value(statement)
    roots = {root_name(each) for each in statement.targets if isinstance(each, ast.Subscript)}
    return bool(roots & _GIVEN) and has_only_values(ast.unparse(statement.value))


def _is_annotated_by_value(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.AnnAssign) and isinstance(statement.annotation, ast.Constant)


def _in_comments(block: Block) -> Iterator[Unattributed]:
    """Yield what a block in no language shows in comments behind code, where it is no code as a whole."""
    if block.language in _PLAIN and not block.role:
        for number, comment in comments.unread(block.text, [Piece(0, block.text, None)]):
            yield Unattributed(block.lines[number], comment)


def _take(above: Code, block: Block, code: Code | None) -> bool:
    """Return whether a block is output of the code above it; if so, add it to the code."""
    is_announced = is_marker(block.introduction) or introduces_output(block.introduction)
    if above.is_documented or above.not_shown:
        return False
    if not (block.role in (OUTPUT, PRINTED) or _is_output(above, block, code)):
        return False
    text = block.text.strip("\n")
    above.says = above.says.and_also(block.says)
    if above.output:
        is_below = not block.introduction.strip() and has_only_values(above.known.replaced_in(text))
        is_more = is_below or _OUT.fullmatch(block.introduction) is not None
        if is_more:
            above.add_output(block)
        return is_more
    if above.may_show or block.role == OUTPUT or (_TRACEBACK.match(text) and above.may_raise):
        above.add_output(block)
        return True
    assert above.tree is not None  # else it may show something
    name = computed_name(above.tree)
    names = names_in(block.introduction)
    if name and (not names or name in names) and has_only_values(text):
        above.assigned = name
        above.add_output(block)
    elif above.may_print and not names:
        above.add_output(block)
    elif is_announced or block.role == PRINTED or _TRACEBACK.match(text):
        above.not_shown = text
    else:
        return False
    return True


def _is_output(above: Code, block: Block, code: Code | None) -> bool:
    """Return whether a block reads as output of the code above it, and the prose between does not say otherwise."""
    text = block.text
    if prompts.has_prompts(text) or not text.strip() or _is_of_other_code(block, above):
        return False
    if shows_picture(block.introduction) and introduces_output(block.introduction):  # perhaps of other code
        return False
    if is_python(block.language):  # values are not code, whatever the fence says
        is_below = not block.introduction.strip() and (not is_code(text) or comments.is_displayed(text))
        return _is_value_here(above, block) and (is_below or introduces_output(block.introduction))
    if block.language in _SHELLS:
        is_value = has_only_values(above.known.replaced_in(text))
        return is_value and (not block.introduction.strip() or introduces_output(block.introduction))
    if block.language not in _PLAIN | _OUTPUT:
        return False
    is_other_code = code is not None and not _is_value_here(above, block)
    if is_marker(block.introduction):
        return not (is_other_code and _is_program(text))
    if introduces_output(block.introduction):
        return not (is_other_code or _COMMAND.match(text) or _is_broken_code(text))
    if may_introduce_output(block.introduction) and has_only_values(above.known.replaced_in(text)):
        return True
    if block.introduction.strip() or _SHELL.match(text) or _COMMAND.match(text) or is_other_code:
        return False
    if block.language in _PLAIN and _STATEMENT.search(text):
        return False
    shown = RECORD.sub("", text).strip()
    return block.language in _OUTPUT or not is_prose(shown.partition("\n")[0], above.known)


def _is_broken_code(text: str) -> bool:
    """Return whether a text is code with an error in it: it is no Python, and has lines that call something."""
    if try_parse(text) is not None or _TRACEBACK.match(text):
        return False
    return any(is_code(line) and _CALLS.search(line) and not has_only_values(line) for line in text.split("\n"))


def _is_program(text: str) -> bool:
    """Return whether a text is code that runs something, and no source that a program could have printed."""
    tree = try_parse(text) or try_parse(python2.converted(text) or "")
    return tree is not None and any(isinstance(each, _RUN) or prints(each) for each in tree.body)


def _assigns(statement: ast.stmt) -> bool:
    """Return whether a statement is an assignment, and not output such as ``loss: 0.5``."""
    is_annotation = isinstance(statement, ast.AnnAssign) and not _is_annotated_by_value(statement)
    return is_annotation or isinstance(statement, ast.Assign)


def _is_value_here(above: Code, block: Block) -> bool:
    """Return whether a block that is Python is a value that the code above shows, and no code."""
    if not has_only_values(above.known.replaced_in(block.text)):
        return False
    if is_python(above.block.language) and not is_python(block.language):
        return True
    # Both are in the same language, or in none. An assignment is code then, and a call if there is nothing that it
    # could be output of.
    tree = try_parse(block.text)
    assigns = tree is not None and any(map(_assigns, tree.body))
    return not assigns and (above.may_show or (above.tree is not None and bool(computed_name(above.tree))))


def _examples(code: Code, path: str) -> Iterator[Example]:
    """Yield the examples in a block of code."""
    block = code.block
    pieces = [replace(piece, written=_located(piece.written, block)) for piece in code.pieces]
    if block.output is not None:
        text = code.whole
        displays = not text.rstrip().endswith(";")  # Jupyter's way to say that a last value is not to be shown
        says = directives.in_comments(text, is_session=False)
        pieces = [Piece(0, text, block.output or None, CELL if displays else SCRIPT, says)]
    elif code.output:
        pieces = _with_output(pieces, code)
    elif block.is_cell and all(piece.documented is None for piece in pieces):
        pieces = [replace(pieces[0], offset=0, code=code.whole)] if len(pieces) > 1 else pieces
    is_cell = block.is_cell or block.language in _CELLS
    for piece in pieces:
        kind = CELL if is_cell and piece.kind == SCRIPT and block.output is None else piece.kind
        yield _example(code, replace(piece, kind=kind), path)
    if code.not_shown:
        yield _not_shown(code, path)


def _example(code: Code, piece: Piece, path: str) -> Example:
    block = code.block
    of_block = block.says if piece.documented is None else block.says.and_also(code.says)
    return Example(
        document=path,
        line=block.lines[min(piece.offset, len(block.lines) - 1)],
        code=piece.code,
        documented=piece.documented,
        kind=piece.kind,
        scope=block.scope,
        module=block.module,
        says=of_block.and_also(piece.says),
        assigned=piece.assigned,
        written=piece.written if piece.documented is not None else (),
        cell=block.cell,
        in_words=code.in_words,
    )


def _located(written: tuple[Written | None, ...], block: Block) -> tuple[Written | None, ...]:
    """Return the lines of output, with the line of the document for that of the block; in a cell, with that of it."""
    lines = block.lines if block.cell is None else range(1, len(block.lines) + 1)
    return tuple(
        each
        and replace(
            each,
            line=lines[min(each.line, len(lines) - 1)],
            before=block.before + each.before,
            goes_on=block.before + each.goes_on,
        )
        for each in written
    )


def _not_shown(code: Code, path: str) -> Example:
    """Return the example of output that code does not show: its last statement, which is not run a second time."""
    last = code.pieces[-1]
    assert code.tree is not None
    start = first_line(code.tree.body[-1]) - 1
    statement = "".join(line + "\n" for line in last.code.split("\n")[start:-1])
    offset = last.offset + start
    piece = Piece(offset, statement, code.not_shown, last.kind, replace(last.says, skip=SHOWS_NOTHING))
    return _example(code, piece, path)


def _with_output(pieces: list[Piece], code: Code) -> list[Piece]:
    """Return the pieces of a block whose output is below it: all of a script's, the last statement's at a prompt."""
    *others, last = pieces
    documented, is_random = directives.without_random_marks("\n".join(code.output))
    written = tuple(code.written)
    random = Says(frozenset({MAY_VARY} if is_random else ()))
    if last.kind == PROMPT:
        says = last.says.and_also(random)
        return [*others, replace(last, documented=documented, assigned=code.assigned, says=says, written=written)]
    text = ""
    for piece in pieces:  # with the lines between them, so that each stays on its line
        text += "\n" * (piece.offset - pieces[0].offset - text.count("\n")) + piece.code
    says = functools.reduce(Says.and_also, (piece.says for piece in pieces), random)
    return [Piece(pieces[0].offset, text, documented, SCRIPT, says, assigned=code.assigned, written=written)]
