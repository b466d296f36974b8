"""Conditions under which an example is skipped, as Python expressions for the interpreter under test."""

import re

_VERSION = re.compile(r"\s*(<=|>=|==|!=|<|>)?\s*(\d+(?:\.\d+)*)\s*")
_MODULES = {"tf": "tensorflow", "tensorflow": "tensorflow", "numpy": "numpy", "np": "numpy", "keras": "keras"}
_OF_RELEASE = re.compile(r"([A-Za-z]*)\s*(.*)")


def is_missing(module: str) -> str:
    """Return the condition that a module is not installed."""
    return f"__import__('importlib.util').util.find_spec({module.partition('.')[0]!r}) is None"


def python_is(specifiers: str) -> str | None:
    """Return the condition that Python's version is one of ``>= 3.3, < 4``; None if these are no versions."""
    return _is_version("__import__('sys').version_info", specifiers)


def release_is(text: str) -> str | None:
    """Return the condition ``tf<2.4``, ``tf>=2.1, <2.4`` or ``numpy>=2, python==3.12``; None if it is none.

    Versions are compared as far as the condition gives them: TensorFlow 2.4.1 is ``tf==2.4``.
    """
    conditions = []
    name = ""
    for part in text.split(","):
        match = _OF_RELEASE.fullmatch(part.strip())
        if match is None or not match[2]:
            return None
        name = match[1].lower() or name
        version = f"__import__({_MODULES[name]!r}).__version__" if name in _MODULES else ""
        numbers = f"tuple(map(int, __import__('re').findall(r'\\d+', {version})))"
        condition = python_is(match[2]) if name == "python" else _is_version(numbers, match[2]) if version else None
        if condition is None:
            return None
        conditions.append(condition)
    return " and ".join(conditions)


def _is_version(numbers: str, specifiers: str) -> str | None:
    conditions = []
    for specifier in specifiers.split(","):
        match = _VERSION.fullmatch(specifier)
        if match is None:
            return None
        wanted = tuple(map(int, match[2].split(".")))
        conditions.append(f"{numbers}[:{len(wanted)}] {match[1] or '=='} {wanted!r}")
    return " and ".join(conditions)
