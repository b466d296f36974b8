"""Find the functions that a module replaces in TensorFlow, as a test does: ``tf.nn.softmax = fake``.

A call that moves to another module no longer reaches the replacement.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import MODULES, TF, V1, family_function

_SHORT_NAMES = {function.name for function in FUNCTIONS.values()}
_LOOK_UPS = ("getattr", "hasattr", "vars", "dir")


def patched_functions(names: ModuleNames) -> set[str]:
    """Return the functions that the module assigns to, or deletes or patches, as in `FUNCTIONS`."""
    return {function for node in names.nodes for function in _patched(names, node)}


def _patched(names: ModuleNames, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):  # tf.nn.softmax = …, tf.nn = …
        for dotted in names.possible(node):
            yield from _functions(dotted)
    elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):  # vars(tf.nn)["softmax"] = …
        for module in {dotted for part in ast.walk(node.value) for dotted in names.possible(part)} & MODULES:
            yield from _functions(f"{module}.{getattr(node.slice, 'value', None)}")
    elif isinstance(node, ast.Call) and not _is_look_up(node):
        yield from _patched_by_call(names, node)


def _patched_by_call(names: ModuleNames, call: ast.Call) -> Iterator[str]:
    """Yield what ``patch("tensorflow.nn.softmax")`` and ``patch.object(tf.nn, "softmax")`` replace."""
    texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    texts += [keyword.arg for keyword in call.keywords if keyword.arg]
    for text in texts:
        yield from (function for function in FUNCTIONS if f".{text}".endswith(f".{function}"))
    by_name = [text for text in texts if text in _SHORT_NAMES]
    is_setter = getattr(call.func, "attr", getattr(call.func, "id", "")) == "setattr"
    if by_name or is_setter:
        modules = {dotted for argument in call.args for dotted in names.possible(argument)}
        modules |= {text for text in texts if text in MODULES}
        for module in modules & MODULES:
            yield from _functions(f"{module}.{by_name[0]}" if by_name else module)


def _functions(dotted: str | None) -> Iterator[str]:
    """Yield the function that `dotted` refers to, or all functions of the module that it refers to."""
    found = family_function(dotted)
    if dotted in (f"{TF}.stop_gradient", f"{V1}.stop_gradient"):  # a changed call may use it
        yield "nn.softmax_cross_entropy_with_logits"
    elif found:
        yield f"{found[1].module}.{found[1].name}"
    elif dotted in MODULES - {TF, V1}:
        yield from (name for name in FUNCTIONS if name.startswith(f"{dotted.rpartition('.')[2]}."))


def _is_look_up(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in _LOOK_UPS
