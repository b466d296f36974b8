"""How a notebook displays a value, and what is seen of a printed text. Python 3.6."""

import inspect
import reprlib
import types
from typing import Any, Callable, Dict, List

_BRACKETS: Dict[Any, Any] = {list: "[]", tuple: "()", set: "{}", frozenset: ("frozenset({", "})")}


def notebook_repr(value: Any) -> str:
    """Return the text that IPython displays for a value: `repr`, but types and functions by their names."""
    if isinstance(value, type) and type(value).__repr__ is type.__repr__:
        return _name(value)
    if isinstance(value, types.FunctionType):
        return "<function %s%s>" % (_name(value), inspect.signature(value))
    kind = type(value)
    if kind in _BRACKETS and value and any(map(_differs, value)):
        return _REPRS[kind](value)
    if kind is dict and any(map(_differs, value.values())):
        return _REPRS[dict](value)
    return repr(value)


def _brackets_repr(value: Any) -> str:
    start, end = _BRACKETS[type(value)]
    comma = "," if type(value) is tuple and len(value) == 1 else ""
    return start + ", ".join(map(notebook_repr, value)) + comma + end


def _dict_repr(value: Dict[Any, Any]) -> str:
    return "{%s}" % ", ".join("%r: %s" % (key, notebook_repr(each)) for key, each in value.items())


# A value that holds itself is displayed with dots there: [[...]], {'a': {...}}.
_REPRS: Dict[Any, Callable[[Any], str]] = {
    kind: reprlib.recursive_repr("%s...%s" % tuple(brackets))(_brackets_repr) for kind, brackets in _BRACKETS.items()
}
_REPRS[dict] = reprlib.recursive_repr("{...}")(_dict_repr)


def as_seen(text: str) -> str:
    """Return what is seen of a text: a carriage return or a backspace lets later characters overwrite earlier ones."""
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(map(_line_as_seen, text.split("\n")))


def _line_as_seen(line: str) -> str:
    seen: List[str] = []
    at = 0
    for character in line:
        if character == "\r":
            at = 0
        elif character == "\b":
            at = max(0, at - 1)
        else:
            seen[at : at + 1] = [character]
            at += 1
    return "".join(seen)


def _differs(value: Any) -> bool:
    """Return whether the display of a value is another one than its `repr`, or may be."""
    return isinstance(value, (type, types.FunctionType)) or type(value) in _BRACKETS or type(value) is dict


def _name(value: Any) -> str:
    if value.__module__ in ("builtins", None):
        return value.__qualname__
    return "%s.%s" % (value.__module__, value.__qualname__)
