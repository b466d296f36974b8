"""Find names of a module that it binds in ways that no statement shows, as ``globals()["tf"] = other``."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.migrate.names import ModuleNames

ANY = ""  # in the names that are bound: which ones, is only known at run time
_TABLES = ("globals()", "vars()", "sys.modules[__name__].__dict__", "vars(sys.modules[__name__])")
_GLOBALS = ("__globals__", "f_globals")  # of a function, and of a frame
_READERS = ("globals", "locals", "eval", "exec")
_THIS_MODULE = "sys.modules[__name__]"
_SETTERS = ("update", "setdefault", "__setitem__")


def may_be_rebound(names: ModuleNames, name: str) -> bool:
    """Return whether the module may bind its `name` to something else by a table of names, or a text that it runs."""
    return not rebound(names).isdisjoint({name, ANY})


@functools.lru_cache(1)
def rebound(names: ModuleNames) -> frozenset[str]:
    """Return the names that the module binds by a table of names or a text; `ANY` for those only known at run time."""
    return frozenset(name for node in names.nodes for name in _bound_by(names, node))


def _bound_by(names: ModuleNames, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Subscript):  # globals()["tf"] = …
        if not isinstance(node.ctx, ast.Load) and _is_table(node.value):
            yield from _texts(names, node.slice)
    elif isinstance(node, ast.Call):
        yield from _bound_by_call(names, node)


def _bound_by_call(names: ModuleNames, call: ast.Call) -> Iterator[str]:
    if isinstance(call.func, ast.Attribute) and call.func.attr in _SETTERS:  # globals().update(tf=…)
        if _is_table(call.func.value):
            yield from (keyword.arg or ANY for keyword in call.keywords)
            yield from _keys(call.args[0]) if call.args else ()
    elif isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) > 1:
        if ast.unparse(call.args[0]) == _THIS_MODULE:
            yield _text(call.args[1])
    elif isinstance(call.func, ast.Name) and call.func.id == "exec" and not _is_own(names, call.func):
        if call.args and (len(call.args) == 1 or _is_table(call.args[1])):
            yield from _bound_in(_text(call.args[0]))


@functools.lru_cache(1)
def reads_table(names: ModuleNames) -> bool:
    """Return whether the module may read any of its names by a text: from a table of all names, or in a code text."""
    return any(_reads_table(names, node) for node in names.nodes)


def _reads_table(names: ModuleNames, node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id in _READERS and not _is_own(names, node)
    if isinstance(node, ast.Call):
        return not node.args and getattr(node.func, "id", "") == "vars"
    return isinstance(node, ast.Attribute) and (node.attr in _GLOBALS or ast.unparse(node) == "sys.modules")


def _is_table(node: ast.expr) -> bool:
    """Return whether `node` is the table of a module's names."""
    return getattr(node, "attr", "") in _GLOBALS or ast.unparse(node) in _TABLES


def _texts(names: ModuleNames, key: ast.expr) -> Iterator[str]:
    """Yield what `key` can be: a literal, or one of those that a loop goes through."""
    bindings = names.bindings(key.id, names.scopes[key]) if isinstance(key, ast.Name) else []
    loops = [names.parents[binding.node] for binding in bindings]
    for loop in loops:
        is_literal = isinstance(loop, ast.For) and isinstance(loop.iter, (ast.Tuple, ast.List))
        yield from map(_text, loop.iter.elts) if is_literal else (ANY,)  # type: ignore[attr-defined]
    if not loops:
        yield _text(key)


def _is_own(names: ModuleNames, name: ast.Name) -> bool:
    return bool(names.bindings(name.id, names.scopes[name]))


def _keys(table: ast.expr) -> Iterator[str]:
    """Yield the keys of a dictionary, or the name that is the first argument of `setdefault`."""
    yield from map(_text, table.keys) if isinstance(table, ast.Dict) else (_text(table),)


def _bound_in(text: str) -> Iterator[str]:
    """Yield what a text binds when it is run."""
    try:
        inner = ModuleNames(parse(text))
    except (ValueError, RecursionError):
        yield ANY
        return
    yield from inner.module.bindings if text else (ANY,)
    yield from (ANY for _ in inner.stars)


def _text(node: ast.expr | None) -> str:
    """Return the text of a literal, or `ANY`."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ANY
