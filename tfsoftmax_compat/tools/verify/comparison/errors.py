"""Read the error that a document shows, and what of it the exception's author wrote."""

import re
from typing import NamedTuple

_HEADER = re.compile(
    r"^(?P<margin>[ \t]*)(?:(?P<type>\w+?)[ \t]*)?Traceback \((?:most recent call last|innermost last)\):?[ \t]*$",
    re.MULTILINE,
)
_FRAME = r"File \"[^\"\n]*\", line \d"
# How a traceback ends. Some documents show no more of it.
_LAST_LINE = re.compile(r"(?:\w+\.)*[^\W\d]\w*(?:Error|Exception|Exit|Interrupt|Iteration|Warning)(?::|\s*$)")
# A syntax error, which has no traceback: where it is, the code, and the error.
_SYNTAX_ERROR = re.compile(
    r"\s*File \"[^\"\n]*\", line \d+.*\n(?:.*\n)*?[ \t]*(?P<error>(?:Syntax|Indentation|Tab)Error(?::.*)?)\s*"
)
# A traceback of which a book leaves out all but the type and a part of the message.
_ABRIDGED = re.compile(
    r"\s*Traceback\s*\[(?:\.{3}|…)\]\s*(?P<type>(?:\w+\.)*\w+(?:Error|Exception))\b(?P<message>.*)", re.DOTALL
)
# What TensorFlow and Keras write before the message of an error that was raised inside a graph or a layer.
_GRAPH = "Graph execution error:"
_AUTOGRAPH = "in user code:"
_FRAME_OR_NODE = re.compile(r"^(?:Node: |[ \t]+File \").*\n", re.MULTILINE)
_INNER_ERROR = re.compile(r"^[ \t]+(?:\w+\.)*\w+: ", re.MULTILINE)
_BEFORE = re.compile(
    r"\A(?:Exception encountered when calling [^\n]*\n|\d+ root error\(s\) found\.\s*\(0\) [\w ]+:)\s*"
)
# What they write behind it.
_BEHIND = re.compile(
    r"\n\s*(?:Original stack trace|Errors may have originated|Caused by op|Function call stack:"
    r"|Call arguments received by|Arguments received by|Input Source operations|\(1\) [\w ]+: )"
    r"|\s+Originally defined at:\s*\n"
)
# The node at which an error was raised; each release shows more or less of it.
SHOWN_NODE = re.compile(r"\[\[(?:Node: |node |\{\{node )(?:(?!\[\[).)*?\]\]", re.DOTALL)
# What TensorFlow writes into a message of where the error came from. Every one ends before the next one's beginning.
_ORIGIN = re.compile(
    rf"{SHOWN_NODE.pattern}"
    r"|\{\{(?:function_node|node) [^{}]*\}\}"
    r"|\[Op:\w+\](?: name:[^\n]*)?"
    r"|\(defined at [^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"
    r"|\x1b\[\d*m",
    re.DOTALL,
)


class Error(NamedTuple):
    """An exception, as a traceback ends.

    Attributes:
      type: the name of its class, without the module.
      message: what the exception's author wrote, without what TensorFlow added of where it was raised.
    """

    type: str
    message: str


def documents_error(documented: str) -> str | None:
    """Return the error that a documented traceback ends with, ``"ValueError: the message"``.

    Python's form is understood, also without its frames, and IPython's, whose header names the error too. The error
    may also be shown without any traceback, or with ``[...]`` for what is left out of it. A message may have several
    lines.

    Returns:
      The error; None if the output shows none.
    """
    abridged = _ABRIDGED.fullmatch(documented)
    if abridged:
        return f"{abridged['type']}: {abridged['message'].lstrip(': ')}".strip(": \n")
    headers = list(_HEADER.finditer(documented))
    if not headers:
        syntax_error = _SYNTAX_ERROR.fullmatch(documented)
        shown = syntax_error["error"].strip() if syntax_error else documented.strip()
        return shown if _LAST_LINE.match(shown) else None
    header = headers[-1]  # earlier headers belong to exceptions that were being handled when this one was raised
    name = re.escape(header["type"]) + r"\b" if header["type"] else r"\w"
    # A page may have lost the indentation of the frames.
    error = re.compile(rf"^{header['margin']}(?!{_FRAME})(?:\w+\.)*{name}.*", re.MULTILINE | re.DOTALL)
    found = error.search(documented, header.end())
    return found[0].strip() if found else None


def read_error(error: str) -> Error:
    """Read an exception's type and message.

    Args:
      error: how a traceback ends: ``"tensorflow.errors.InvalidArgumentError: the message"``.
    """
    name, message = _read(error)
    return Error(name.rpartition(".")[2], _ORIGIN.sub(" ", message).strip())


def without_stack(error: str) -> str:
    """Return how a traceback ends, without the stack that TensorFlow writes into the message of an error in a graph."""
    if not re.search(_FRAME, error):
        return error
    name, message = _read(error)
    return f"{name}: {message.strip()}"


def _read(error: str) -> tuple[str, str]:
    """Return the name of an exception's class, with the module, and what the exception's author wrote."""
    first_line, line_end, others = error.strip().partition("\n")
    name, _, message = first_line.partition(":")
    message = (message + line_end + others).lstrip()
    behind = _BEHIND.search(message)
    return name.strip(), _from_author(message[: behind.start()] if behind else message)


def _from_author(message: str) -> str:
    """Return a message from the place on where the text of the exception's author starts."""
    start = None
    if message.startswith(_GRAPH):
        start = max((match.end() for match in _FRAME_OR_NODE.finditer(message)), default=None)
    elif message.startswith(_AUTOGRAPH):
        start = max((match.end() for match in _INNER_ERROR.finditer(message)), default=None)
    return _BEFORE.sub("", message[start or 0 :].lstrip())


def without_full_stop(message: str) -> str:
    """Return a message without the full stop at its end. Dots that stand for its end stay."""
    return message[:-1] if message.endswith(".") and not message.endswith("..") else message
