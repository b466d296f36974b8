"""Find softmax functions that a module has as values: what it compares them with, and under which names they are."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, Function
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import family_function

_SOFTMAX = {function.name: name for name, function in FUNCTIONS.items() if function.is_activation}
_MAY_BE_FUNCTION = (ast.Name, ast.Attribute, ast.IfExp, ast.BoolOp)
_KEEPING = ("staticmethod", "functools.partial")  # calls that return a function for one


def qualified(function: Function) -> str:
    """Return the name of a function with its module, as in `FUNCTIONS`."""
    return f"{function.module}.{function.name}"


def is_compared(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is compared with what may be a function, also in a tuple, or is a key."""
    parent = names.parents[node]
    if isinstance(parent, ast.Dict):
        return node in parent.keys
    if isinstance(parent, ast.Subscript):
        return parent.slice is node
    around = itertools.dropwhile(lambda n: isinstance(n, (ast.Tuple, ast.List, ast.Set)), names.ancestors(node))
    comparison = next(around, None)
    if not isinstance(comparison, ast.Compare):
        return False
    operands = (comparison.left, *comparison.comparators)
    return not any(isinstance(each, ast.Constant) for each in operands)  # f is None


def compared(names: ModuleNames) -> Iterator[str]:
    """Yield the softmax functions, as in `FUNCTIONS`, that a module compares or has as keys."""
    for node in names.nodes:
        if _is_read(node) and is_compared(names, node):
            yield from _softmax(names, node)
        elif isinstance(node, ast.Compare):  # f is getattr(tf.nn, "softmax")
            calls = (each for value in (node.left, *node.comparators) for each in ast.walk(value))
            arguments = (argument for call in calls if isinstance(call, ast.Call) for argument in call.args)
            texts = (argument.value for argument in arguments if isinstance(argument, ast.Constant))
            yield from (_SOFTMAX[text] for text in texts if text in _SOFTMAX)


def held(names: ModuleNames) -> Iterator[str]:
    """Yield the softmax functions, as in `FUNCTIONS`, that a module has as values, and not only passes or compares."""
    for node in names.nodes:
        if _is_read(node) and not isinstance(names.parents[node], (ast.Call, ast.keyword, ast.arguments, ast.Compare)):
            yield from _softmax(names, node)


def names_of_values(names: ModuleNames) -> frozenset[str]:
    """Return the attributes, keys and keywords under which a module may have a softmax: "act" of `self.act`."""
    values = (node for node in names.nodes if _is_read(node) and any(_softmax(names, node)))
    if all(getattr(names.parents[node], "func", None) is node for node in values):  # it only calls them
        return frozenset()
    return frozenset(name for node in names.nodes for name in _names_in(names, node))


def _names_in(names: ModuleNames, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign) and _may_be_function(names, node.value):
        for target in node.targets:
            if isinstance(target, ast.Attribute):
                yield target.attr
            elif isinstance(target, ast.Subscript):
                yield from _texts([target.slice])
            elif isinstance(target, ast.Name) and isinstance(names.scopes[node].node, ast.ClassDef):
                yield target.id
    elif isinstance(node, ast.keyword) and node.arg and any(_softmax(names, node.value)):
        yield node.arg
    elif isinstance(node, ast.Dict):
        yield from _texts([key for key, value in zip(node.keys, node.values) if key and any(_softmax(names, value))])


def _may_be_function(names: ModuleNames, value: ast.expr) -> bool:
    return isinstance(value, _MAY_BE_FUNCTION) or (
        isinstance(value, ast.Call) and bool({names.resolve(value.func), ast.unparse(value.func)} & set(_KEEPING))
    )


def _texts(keys: list[ast.expr]) -> Iterator[str]:
    yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def _is_read(node: ast.AST) -> bool:
    return isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load)


def _softmax(names: ModuleNames, node: ast.AST) -> Iterator[str]:
    """Yield the softmax functions that `node` may be, as in `FUNCTIONS`."""
    for found in filter(None, map(family_function, names.possible(node))):
        if found[1].is_activation:
            yield qualified(found[1])
