"""Find the functions that a module replaces in TensorFlow, as a test does: ``tf.nn.softmax = fake``.

A call that moves to another module no longer reaches the replacement.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tfsoftmax_compat.tools.documents.code import last_name
from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import MODULES, TF, V1, family_function, is_in

_SHORT_NAMES = {function.name for function in FUNCTIONS.values()}
_SETTERS = {"setattr", "__setattr__", "delattr", "patch", "object", "multiple"}
_NAMES = "|".join(sorted({*_SHORT_NAMES, "nn", "losses", "stop_gradient"}))
_ASSIGNS = re.compile(rf"\.(?:{_NAMES})\s*=(?!=)|\bsetattr\b|\bpatch\b|\b(?:vars|__dict__)\b".encode())
_LOOK_UPS = ("getattr", "hasattr", "vars", "dir")


def patched_functions(names: ModuleNames) -> set[str]:
    """Return the functions that the module assigns to, or deletes or patches, as in `FUNCTIONS`."""
    return {function for node in names.nodes for function in _patched(names, node)}


def may_assign(data: bytes) -> bool:
    """Return whether the text of a module, which is not parsed, may replace a function of TensorFlow."""
    return bool(_ASSIGNS.search(data))


def assigned_functions(names: ModuleNames) -> frozenset[str]:
    """Return the functions that the module replaces in TensorFlow, for other modules too.

    What a module assigns to a parameter need not be TensorFlow's.
    """
    return frozenset(function for node in names.nodes for function in _assigned(names, node))


def _assigned(names: ModuleNames, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):  # tf.nn.softmax = …
        for dotted in names.possible(node):
            yield from _functions(dotted)
        if isinstance(node.value, ast.Attribute) and node.value.attr in ("nn", "losses"):  # anything.nn.softmax = …
            yield from _functions(f"{TF}.{node.value.attr}.{node.attr}")
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield from _patched(names, node)
    elif isinstance(node, ast.Call) and (
        last_name(node.func) in _SETTERS or getattr(node.func, "attr", "") == "update"
    ):
        yield from _patched_by_call(names, node)


def _patched(names: ModuleNames, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):  # tf.nn.softmax = …, tf.nn = …
        possible = names.possible(node)
        for dotted in possible:
            yield from _functions(dotted)
        # module.softmax = …, where the module is a parameter
        if None in possible and getattr(node.value, "id", "") not in ("self", "cls"):
            yield from (function for function in FUNCTIONS if function.endswith(f".{node.attr}"))
    elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):  # vars(tf.nn)["softmax"] = …
        for module in _modules_in(names, node.value):
            yield from _functions(f"{module}.{getattr(node.slice, 'value', None)}")
        if _has_all_modules(node.value):  # sys.modules["tensorflow"] = …
            yield from _in_module(getattr(node.slice, "value", None))
    elif isinstance(node, ast.Call) and not _is_look_up(node):
        yield from _patched_by_call(names, node)


def _patched_by_call(names: ModuleNames, call: ast.Call) -> Iterator[str]:
    """Yield what ``patch("tensorflow.nn.softmax")`` and ``patch.object(tf.nn, "softmax")`` replace."""
    texts = [text for argument in call.args for text in _texts(names, argument)]
    texts += [keyword.arg for keyword in call.keywords if keyword.arg]
    is_setter = last_name(call.func) in _SETTERS
    for text in texts:
        yield from (function for function in FUNCTIONS if f".{text}".endswith(f".{function}"))
        if is_setter:  # patch("tensorflow.nn")
            yield from _functions(text)
    owners = {dotted for argument in call.args for dotted in names.possible(argument)} | set(texts)
    attributes = [text for text in texts if is_setter or text in _SHORT_NAMES]
    for module in owners & MODULES:
        for attribute in attributes:
            yield from _functions(f"{module}.{attribute}")
        if is_setter and not texts:  # the name is not a literal
            yield from _functions(module)
    yield from _patched_in_dictionary(names, call, texts)


def _patched_in_dictionary(names: ModuleNames, call: ast.Call, texts: list[str]) -> Iterator[str]:
    """Yield what ``patch.dict(vars(tf.nn), …)``, ``vars(tf.nn).update(…)`` and the same of `sys.modules` replace."""
    method = getattr(call.func, "attr", "")
    if method not in ("dict", "update") or not isinstance(call.func, ast.Attribute):
        return
    owners = call.args[:1] if method == "dict" else [call.func.value]
    keys = [_text(key) for a in call.args if isinstance(a, ast.Dict) for key in a.keys]
    for module in {module for owner in owners for module in _modules_in(names, owner)}:
        for name in [*texts, *keys]:
            yield from _functions(f"{module}.{name}")
    if any(map(_has_all_modules, owners)):
        for name in [*texts, *keys]:
            yield from _in_module(name)


def _has_all_modules(node: ast.expr) -> bool:
    """Return whether `node` is `sys.modules`, or names it in a text."""
    return "sys.modules" in (getattr(node, "value", None), ast.unparse(node))


def _in_module(module: object) -> Iterator[str]:
    """Yield the functions that another module in the place of `module` replaces."""
    for function in FUNCTIONS if isinstance(module, str) else ():
        if is_in(f"{TF}.{function}", str(module)):
            yield function


def _texts(names: ModuleNames, node: ast.expr) -> Iterator[str]:
    """Yield the texts that `node` can be: a literal, or a name that is one."""
    bindings = names.bindings(node.id, names.scopes[node]) if isinstance(node, ast.Name) else []
    yield from filter(None, (_text(value) for value in (node, *(binding.value for binding in bindings))))


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _modules_in(names: ModuleNames, node: ast.expr) -> set[str]:
    """Return the modules in an expression for a module's dictionary, such as ``vars(tf.nn)``."""
    found = {dotted for part in ast.walk(node) if isinstance(part, ast.expr) for dotted in names.possible(part)}
    return {module for module in found if module is not None and module in MODULES}


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
