"""How a notebook displays a value. Python 3.6."""

import inspect
import types
from typing import Any, Dict

_BRACKETS: Dict[Any, Any] = {list: "[]", tuple: "()", set: "{}", frozenset: ("frozenset({", "})")}


def notebook_repr(value: Any) -> str:
    """Return the text that IPython displays for a value: `repr`, but types and functions by their names."""
    if isinstance(value, type) and type(value).__repr__ is type.__repr__:
        return _name(value)
    if isinstance(value, types.FunctionType):
        return "<function %s%s>" % (_name(value), inspect.signature(value))
    kind = type(value)
    if kind in _BRACKETS and value and any(map(_differs, value)):
        start, end = _BRACKETS[kind]
        comma = "," if kind is tuple and len(value) == 1 else ""
        return start + ", ".join(map(notebook_repr, value)) + comma + end
    if kind is dict and any(map(_differs, value.values())):
        return "{%s}" % ", ".join("%r: %s" % (key, notebook_repr(each)) for key, each in value.items())
    return repr(value)


def _differs(value: Any) -> bool:
    """Return whether the display of a value is another one than its `repr`, or may be."""
    return isinstance(value, (type, types.FunctionType)) or type(value) in _BRACKETS or type(value) is dict


def _name(value: Any) -> str:
    if value.__module__ in ("builtins", None):
        return value.__qualname__
    return "%s.%s" % (value.__module__, value.__qualname__)
