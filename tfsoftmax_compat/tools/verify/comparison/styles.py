"""Rewrite outputs so that print styles that say the same become the same text.

Everything here keeps the length of a text, and so the positions in it: what is left out becomes blanks.
"""

import re
from collections.abc import Iterator

from tfsoftmax_compat.tools.documents.wording import has_only_values, is_prose
from tfsoftmax_compat.tools.verify.comparison.errors import SHOWN_NODE
from tfsoftmax_compat.worker.logs import RECORD

_BLANK_LINE = "<BLANKLINE>"  # doctest's
_LEFT_OUT = re.compile(r"\[(?:\.{3}|…)\]")  # what books write for a part that they leave out
_TENSOR_ID = re.compile(r"(?<=<tf\.Tensor: )id=\d+, ")  # TensorFlow 1.x and 2.0
_COMMENT = re.compile(r"(?:(?<=\S)[ \t]+|^[ \t]*)#[^\n]*", re.MULTILINE)
_LINE_SIGNS = (
    re.compile(r"^[ \t]*##(?=[ \t]|$)", re.MULTILINE),
    re.compile(r"^[ \t]*>(?!>)", re.MULTILINE),
    re.compile(r"^[ \t]*\.\.\.[ \t]+(?=[^\s.])", re.MULTILINE),
)
_ESCAPED_POINT = re.compile(r"\d\\\.\d*")
_ANY_OUTPUT = re.compile(  # NumPy's and scipy_doctest's
    r"#[ \t]*(?:may vary|random|uninitialized)[ \t]*(?:$|[.,:;(])", re.IGNORECASE | re.MULTILINE
)

# A tensor as TensorFlow displays and as it prints it. Neither looks past the next one's beginning: time stays linear.
_TENSOR = re.compile(
    r"<tf\.(?:Tensor|Variable)\b(?:(?!numpy=)[^<>])*numpy=(?P<displayed>[^<>]*)>"
    r"|<tf\.RaggedTensor (?P<ragged>[^<>]*)>"
    r"|\btf\.Tensor\((?P<printed>(?:(?!tf\.Tensor\().)*?),\s+shape=\([^()]*\)(?P<dtype>, dtype=\w+)\)",
    re.DOTALL,
)
_SHAPE = re.compile(r"\bshape=\([^()]*\)")
_NAMES_TENSOR = re.compile(r"\btf\.(?:(?:Ragged)?Tensor|Variable)\b|\bnumpy=")
_NAMES_TF_DTYPE = re.compile(r"\btf\.\w|<dtype:")
_CLASS_OF_TF = re.compile(r"\btf\.(?=(?P<name>[A-Z]\w*)\()")
_CLASS_SHOWN = re.compile(r"(?<![\w.])[A-Z]\w*(?=\()")
_TF_DTYPE = re.compile(r"<dtype: '(?P<shown>\w+)'>|\btf\.(?P<named>bfloat16|bool|(?:complex|float|u?int)\d+|string)\b")
_VARIABLE_NAME = re.compile(r"(?<=<tf\.Variable )'[^'\n]*' ?")
# Symbolic tensors, and the specifications of tensors. A match ends before the next one's beginning.
_SYMBOLIC = re.compile(
    r"<(?P<shown>KerasTensor|tf\.Tensor)\b[^<>]*>|\b(?P<called>Tensor|(?:tf\.)?TensorSpec)\((?:[^()]|\([^()]*\))*\)"
)
_FIELD = re.compile(r"(?:, ?| )(?P<name>\w+)=(?:\([^()]*\)|\[[^\[\]]*\]|'[^']*'|[^\s,()<>\[\]]+)")
_FIELD_NAME = re.compile(r"\b(\w+)=")
_VALUES = frozenset({"numpy", "value"})  # the fields that are never left out: they hold the numbers

# A variable of Keras 3, and one of TensorFlow or Keras 2. Of both, the fields that say the same are kept.
_VARIABLE = re.compile(
    r"<(?:tf\.)?Variable\b(?:(?!shape=)[^<>])*(?P<shape>shape=\([^()]*\)),? (?P<dtype>dtype=\w+),? "
    r"(?:numpy|value)=(?P<value>[^<>]*)>"
)
_KERAS_3_VARIABLE = re.compile(r"<Variable path=")
# Where an error was raised, which newer releases write into its message: a program may print that.
_NODE = re.compile(r"\{\{(?:function_node|node) [^{}\n]*\}\}|(?<=\]) name: *$", re.MULTILINE)
# A number that a graph adds to a name that it has already: "Neg_3:0", "dense_1/bias:0".
_COUNT = re.compile(r"(?<=\w)_\d+(?=[:/']|$)")
_GRAPH_NAME = re.compile(
    r"(?:\bTensor\(\"|<tf\.(?:Tensor|Variable|Operation) '|\bname: \"(?=[^\"\n]*\"\n *op: \")|^ *input: \"\^?)"
    r"[^'\"\n]+",
    re.MULTILINE,
)
# A function of a graph, whose name has a number that counts those that the process made: "__inference_f_98".
_GRAPH_FUNCTION = re.compile(r"\b(?P<name>__(?:inference|forward|backward)_\w*?)_\d+\b")
# Where code is that an error is about. A notebook names the file of a cell by its session.
_LINE_OF_CODE = re.compile(r'\bFile "[^"\n]*", line \d+')
_LINE_OF_CELL = re.compile(r'\bFile "[^"\n]*\bipy(?:thon-input|kernel)[^"\n]*", line \d+')
# What tf.Print writes: its message, and in brackets the values of each tensor, with blanks between them.
_PRINTED_BY_OPERATION = re.compile(r"[^\[\]]*(?:\[[^,\[\]]*\])+")
# An array of Windows, where NumPy 1 does not name the type int32, because it is the type of int.
_INT_OF_WINDOWS = re.compile(r"(?<=dtype=)int32(?=, numpy=array\((?:(?!dtype=)[^<>])*>)")
_MORE_INSTRUCTIONS = re.compile(r"[ \t]*(?:Future major versions of TensorFlow\b|See [`@]?\{?tf\.)")
_INSTRUCTIONS = re.compile(r"[ \t]*Instructions for updating:[ \t]*\n?")
_NO_TEXT = re.compile(r"^(?:DEBUG|INFO|WARNING|ERROR):\w+:\s*$")  # behind the name of the logger
# What TensorFlow 1 says of a variable or summary that it can't write to a file, on three lines.
_NOT_SERIALIZED = re.compile(r"Issue encountered when serializing ")
_LINES_OF_NOT_SERIALIZED = 3
_MOST_LINES = 100  # of one record
_FEWEST_WORDS = 3  # in a line of instructions below the first

# What Python's `warnings` and `logging` write to standard error, which a prompt shows among the output.
_TO_STANDARD_ERROR = re.compile(
    r"^[ \t]*(?:(?:<[\w -]+>|__main__|[^\s:]*\.py):\d+: \w*Warning: |(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[\w.]+:)",
)
_SOURCE_LINE = re.compile(r"  [A-Za-z_].*")

# A type and a function as Python shows them, and as IPython does.
_CLASS = re.compile(r"<class '(?P<name>[\w.]+)'>")
_FUNCTION = re.compile(
    r"(?P<start><function )(?:__main__\.)?(?P<name>[\w.]+)(?:\((?:[^()\n]|\([^()\n]*\))*\)| at 0x[0-9a-f]+)?(?P<end>>)"
)
_IPYTHON_FUNCTION = re.compile(r"<function __main__\.")

# An object by its address, which is another one each time, as Python shows it and as IPython does.
_ADDRESS = re.compile(r"(?P<start><[\w.]+) (?:object )?(?P<end>at) 0x[0-9a-fA-F]+(?=>)")
_IPYTHON_ADDRESS = re.compile(r"<[\w.]+ at 0x[0-9a-fA-F]+>")

# Where a module is installed.
_MODULE_FILE = re.compile(r"(?P<start><module '[\w.]+' from )'[^'\n]*'(?P<end>>)")

_CURLY = re.compile("[“”‘’]")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # a blog engine may write curly quotes in code too

_BYTES = re.compile(r"""(?<![\w'"])b(?:'(?P<single>[^'\\\n]*)'|"(?P<double>[^"\\\n]*)")""")
_QUOTED = re.compile(r"""'([^'\n]*)'|"([^"\n]*)\"""")
_STRING = re.compile(r"""(?P<quote>['"])(?P<text>[^'"\\\n]*)(?P=quote)""")
_PREFIX = re.compile(r"""(?<![\w'"])[bBuU](?=['"])""")
_LONG = re.compile(r"(?<=\d)L\b")
_TYPE = re.compile(r"<(?:type|class) +(?=')")
_VIEW = re.compile(r"\bdict_(?:keys|values|items)\((\[[^()]*\])\)")


def accepts_any(documented: str, measured: str) -> bool:
    """Return whether a documented output is one of many, by its comment: ``array([0.1])  # may vary``."""
    return bool(_ANY_OUTPUT.search(documented)) and not _ANY_OUTPUT.search(measured)


def is_of_kind(documented: str, measured: str) -> bool:
    """Return whether an output is of the kind of the documented one: it has any, and only values where that does."""
    is_value = has_only_values(without_comments(documented, measured))
    return bool(measured.strip()) and (not is_value or has_only_values(measured))


def without_comments(documented: str, measured: str) -> str:
    """Return a documented output without the comments behind its values and between them.

    An output that has nothing else is returned as it is; so are all if the measured output has comments too.
    """
    if _COMMENT.search(measured):
        return documented
    without = _COMMENT.sub(_blanked, documented)
    return documented if without.isspace() else without


def without_line_signs(documented: str, measured: str) -> str:
    """Return a documented output without the sign that marks each of its lines: ``##``, which knitr writes, or ``>``.

    ``...`` is one too where there are several lines; on one line it is dots for any text. If a line of the measured
    output has the sign, or one of the documented output has none, it is returned as it is.
    """
    lines = [line for line in documented.split("\n") if line.strip()]
    for sign in _LINE_SIGNS if len(lines) > 1 else _LINE_SIGNS[:2]:
        if lines and all(map(sign.match, lines)) and not sign.search(measured):
            return sign.sub(_blanked, documented)
    return documented


def without_module(documented: str, measured: str) -> str:
    """Return a documented output without the ``tf.`` of classes that are measured without it: ``tf.TensorSpec(…)``."""
    bare = set(_CLASS_SHOWN.findall(measured))
    return _CLASS_OF_TF.sub(lambda match: _blanked(match) if match["name"] in bare else match[0], documented)


def without_escapes(documented: str, measured: str) -> str:
    """Return a documented output without the backslashes of Markdown in its numbers: ``0.`` for ``0\\.``.

    Programs that make Markdown of a page write them in code too, where Markdown shows them.
    """
    if "\\" in measured:
        return documented
    return _ESCAPED_POINT.sub(lambda number: number[0].replace("\\", "") + " ", documented)


def shows_only_logs(documented: str, measured: str) -> bool:
    """Return whether a documented output holds log lines that are not measured, and nothing else."""
    shown = without_standard_error(without_logs(documented, measured), measured)
    return not shown.strip() and bool(documented.strip())


def without_logs(output: str, other: str = "") -> str:
    """Return an output without what TensorFlow logs.

    Args:
      output: an output, documented or measured.
      other: the one that it is compared with. A line that it has too is no part of a message.
    """
    if not RECORD.search(output):
        return output
    lines = output.splitlines(keepends=True)
    logged = set(_logged(lines, {line.strip() for line in other.split("\n")}))
    return "".join(_blanks(line[:-1]) + "\n" if at in logged else line for at, line in enumerate(lines))


def _logged(lines: list[str], others: set[str]) -> Iterator[int]:
    """Yield the numbers of the lines that TensorFlow logs."""
    at = 0
    while at < len(lines):
        end = at
        if RECORD.match(lines[at]):
            end = _end_of_record(lines, at)
        elif _INSTRUCTIONS.fullmatch(lines[at]):
            end = _end_of_instructions(lines, at + 1, others)
        yield from range(at, end)
        at = max(end, at + 1)


def _end_of_record(lines: list[str], at: int) -> int:
    """Return the number of the line behind a record.

    It goes on until its brackets are closed, as the configuration of an estimator does; one that has no text on its
    first line goes on to the next empty line, as the one about tf.contrib does.
    """
    if _NOT_SERIALIZED.search(lines[at]):
        return min(at + _LINES_OF_NOT_SERIALIZED, len(lines))
    if _NO_TEXT.search(lines[at]):
        return next((number for number in range(at, len(lines)) if not lines[number].strip()), at + 1)
    depth = 0
    for number in range(at, min(at + _MOST_LINES, len(lines))):
        depth += sum(map(lines[number].count, "([{")) - sum(map(lines[number].count, ")]}"))
        if depth <= 0:
            return number + 1
    return at + 1


def _end_of_instructions(lines: list[str], start: int, others: set[str]) -> int:
    """Return the number of the line behind the words on what to use instead of a deprecated function.

    For the first softmax loss, there are empty lines among them.
    """
    at = start
    while at < len(lines):
        following = next((number for number in range(at, len(lines)) if lines[number].strip()), len(lines))
        if following > at:
            if following == len(lines) or not _MORE_INSTRUCTIONS.match(lines[following]):
                break
            at = following
        elif RECORD.match(lines[at]) or _INSTRUCTIONS.fullmatch(lines[at]) or not _is_words(lines[at]):
            break
        elif at > start and _may_be_printed(lines[at], others):
            break
        at += 1
    return at


def _may_be_printed(line: str, others: set[str]) -> bool:
    return line.strip() in others or len(line.split()) < _FEWEST_WORDS


def without_standard_error(documented: str, measured: str) -> str:
    """Return a documented output without warnings and log records, unless the measured output has some too.

    Both go to standard error, and a session at a prompt shows it. Below a warning is the line of code that it is about.
    """
    if any(map(_TO_STANDARD_ERROR.match, measured.split("\n"))):
        return documented
    kept = []
    is_warning = False
    for line in documented.split("\n"):
        is_source = is_warning and _SOURCE_LINE.fullmatch(line) is not None and not has_only_values(line)
        is_written = _TO_STANDARD_ERROR.match(line) is not None
        is_warning = is_written and "Warning: " in line
        kept.append(_blanks(line) if is_source or is_written else line)
    return "\n".join(kept)


def without_print_operation(measured: str, documented: str) -> str:
    """Return a measured output without lines that ``tf.Print`` may have written, and that are not documented.

    It writes to standard error from within TensorFlow, which a notebook does not show.
    """
    lines = {line.strip() for line in documented.split("\n")}
    return "\n".join(
        _blanks(line) if _PRINTED_BY_OPERATION.fullmatch(line.strip()) and line.strip() not in lines else line
        for line in measured.split("\n")
    )


def _is_words(line: str) -> bool:
    return is_prose(line) or re.fullmatch(r"[\s\w.,`*()-]*[A-Za-z][\s\w.,`*()-]*\.?\s*", line) is not None


def without_marks(output: str, other: str) -> str:
    """Return an output without doctest's mark of empty lines, the ids of tensors, and what TensorFlow logs.

    `other` is the one that it is compared with.
    """
    output = _TENSOR_ID.sub(_blanked, output.replace(_BLANK_LINE, _blanks(_BLANK_LINE)))
    return without_logs(output, other)


def forms(documented: str, measured: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a documented and a measured output that can mean the same, the likeliest first."""
    if not _CURLY.search(measured):
        documented = documented.translate(_STRAIGHT)
    for each in _measured_forms(documented, measured):
        yield documented, each
    if _LEFT_OUT.search(documented) and not _LEFT_OUT.search(measured):
        with_dots = _with_dots(documented)
        yield from ((with_dots, each) for each in _measured_forms(with_dots, measured))
    if _IPYTHON_FUNCTION.search(documented):
        yield _FUNCTION.sub(_kept, documented), _FUNCTION.sub(_kept, measured)
    if _IPYTHON_ADDRESS.search(documented):
        yield _ADDRESS.sub(_kept, documented), _ADDRESS.sub(_kept, measured)
    if _MODULE_FILE.search(documented):
        yield _MODULE_FILE.sub(_kept, documented), _MODULE_FILE.sub(_kept, measured)
    if _KERAS_3_VARIABLE.search(measured):
        yield _VARIABLE.sub(_kept, documented), _VARIABLE.sub(_kept, measured)
    if SHOWN_NODE.search(documented) and SHOWN_NODE.search(measured):
        yield SHOWN_NODE.sub(_blanked, documented), SHOWN_NODE.sub(_blanked, measured)
    # As `print` shows a tensor, and as a prompt does.
    is_printed = "tf.Tensor(" in documented and "<tf.Tensor" in measured
    if is_printed and _SHAPE.findall(documented) == _SHAPE.findall(measured):
        yield _TENSOR.sub(_kept, documented), _TENSOR.sub(_kept, measured)
    if _GRAPH_NAME.search(documented):
        yield _without_counts(documented), _without_counts(measured)
    if _GRAPH_FUNCTION.search(documented):
        yield _GRAPH_FUNCTION.sub(_kept, documented), _GRAPH_FUNCTION.sub(_kept, measured)
    if _LINE_OF_CELL.search(documented):
        yield _LINE_OF_CODE.sub(_blanked, documented), _LINE_OF_CODE.sub(_blanked, measured)
    if _INT_OF_WINDOWS.search(documented):
        yield _INT_OF_WINDOWS.sub("int64", documented), measured


def _with_dots(documented: str) -> str:
    """Return an output with dots, which stand for any text, for each ``[...]`` that is in no list.

    In a list it stands for a list; so it does where it is all that is documented.
    """
    with_dots, at, depth = "", 0, 0
    for match in _LEFT_OUT.finditer(documented):
        before = documented[at : match.start()]
        depth += before.count("[") - before.count("]")
        with_dots += before + (match[0] if depth > 0 else match[0].replace("[", " ").replace("]", " "))
        at = match.end()
    return with_dots + documented[at:] if _LEFT_OUT.sub("", documented).strip() else documented


def _without_counts(output: str) -> str:
    """Return an output without the numbers that tell operations of the same name apart.

    They count how often the code of a notebook has run.
    """
    return _GRAPH_NAME.sub(lambda name: _COUNT.sub(_blanked, name[0]), output)


def _measured_forms(documented: str, measured: str) -> Iterator[str]:
    """Yield the forms of a measured output that a documented one can mean, the likeliest first."""
    as_documented = _without_added_fields(documented, measured)
    if not _NODE.search(documented):
        as_documented = _NODE.sub(_blanked, as_documented)
    if "<class" not in documented and "<type" not in documented:
        as_documented = _CLASS.sub(_kept, as_documented)
    if not _NAMES_TENSOR.search(documented):
        values = measured if _NAMES_TF_DTYPE.search(documented) else _TF_DTYPE.sub(_kept, measured)
        values = _TENSOR.sub(_kept, values)
        yield values
        if values == as_documented:
            return
    yield as_documented


def value_of_tensor(documented: str, measured: str) -> str | None:
    """Return the value of a tensor that is measured where the document shows only a value; None for other outputs."""
    match = _TENSOR.fullmatch(measured.strip())
    if match is None or _NAMES_TENSOR.search(documented):
        return None
    return (match["displayed"] or match["ragged"] or match["printed"]).strip()


def _kept(match: re.Match[str]) -> str:
    """Return the named groups of a match in their places, with blanks around them."""
    spans = [match.span(name) for name, text in match.groupdict().items() if text is not None]
    kept, at = "", match.start()
    for start, end in spans:
        kept += " " * (start - at) + match.string[start:end]
        at = end
    return kept + " " * (match.end() - at)


def _without_added_fields(documented: str, measured: str) -> str:
    """Return a measured output without the fields that newer releases show and that are not documented.

    Keras 3 adds ``sparse=False`` to the display of its tensors, TensorFlow 2 ``name=None`` to that of a specification.
    """
    named: dict[str, set[str]] = {}
    for match in _SYMBOLIC.finditer(documented):
        named.setdefault(match[match.lastgroup or 0], set()).update(_FIELD_NAME.findall(match[0]))

    def without(symbolic: re.Match[str]) -> str:
        kept = named.get(symbolic[symbolic.lastgroup or 0])
        if not kept:
            return symbolic[0]
        return _FIELD.sub(lambda field: field[0] if field["name"] in kept | _VALUES else _blanks(field[0]), symbolic[0])

    measured = _SYMBOLIC.sub(without, measured)
    if not _VARIABLE_NAME.search(documented):
        measured = _VARIABLE_NAME.sub(_blanked, measured)
    return measured


def without_quotes_around(output: str) -> str:
    """Return the display of a string without its quotes; any other output as it is. Positions stay."""
    match = _STRING.fullmatch(output.rstrip())
    return output if match is None else f" {match['text']} "


def documented_by_python_2(documented: str) -> Iterator[str]:
    """Yield the forms of an output documented with Python 2: as it is, and with printed tuples as arguments.

    Python 2 shows ``print ("loss", 0.5)`` as a tuple, Python 3 as two values.
    """
    yield _by_any_python(documented)
    arguments = "\n".join(map(_as_arguments, documented.split("\n")))
    if arguments != documented:
        yield _by_any_python(arguments)


def measured_for_python_2(documented: str, measured: str) -> str:
    """Return a measured output as Python 2 would print it: ``Hello`` for ``b'Hello'``, unless that has quotes."""
    quoted = {match[1] or match[2] for match in _QUOTED.finditer(documented)}
    if "'str'>" in documented:  # bytes are Python 2's str
        measured = measured.replace("<class 'bytes'>", "<class 'str'>  ")

    def unquoted(literal: re.Match[str]) -> str:
        text = literal[literal.lastgroup or 0]
        return literal[0] if text in quoted else f"  {text} "

    return _by_any_python(_BYTES.sub(unquoted, measured))


def _by_any_python(output: str) -> str:
    """Return an output without what Python 2 and 3 show differently."""
    output = _PREFIX.sub(" ", output)
    output = _LONG.sub(" ", output)
    output = _VIEW.sub(lambda view: view[1].rjust(len(view[0]) - 1) + " ", output)
    return _TYPE.sub(_blanked, output)


def _as_arguments(line: str) -> str:
    """Return a line that is one tuple as its elements, strings without quotes; any other line as it is."""
    text = line.strip()
    if not (text.startswith("(") and text.endswith(")")):
        return line
    found = list(line)
    depth = 0
    quote = ""
    is_escaped = False
    for at, character in enumerate(line):
        if quote:
            if character == quote and not is_escaped:
                if depth == 1:
                    found[at] = " "
                quote = ""
            is_escaped = character == "\\" and not is_escaped
        elif character in "'\"":
            quote = character
            if depth == 1:
                found[at] = " "
                if at and line[at - 1] in "bu":
                    found[at - 1] = " "
        elif character in "([{":
            depth += 1
            if depth == 1:
                if line[:at].strip():
                    return line  # a second tuple
                found[at] = " "
        elif character in ")]}":
            depth -= 1
            if depth == 0:
                found[at] = " "
        elif character == "," and depth == 1:
            found[at] = " "
    return "".join(found) if depth == 0 else line


def _blanks(text: str) -> str:
    return " " * len(text)


def _blanked(match: re.Match[str]) -> str:
    return _blanks(match[0])
