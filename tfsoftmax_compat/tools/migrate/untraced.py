"""Find uses of TF1's losses whose module is not known: ``ops.softmax_cross_entropy_with_logits``.

The module may be TensorFlow's, handed on by a parameter, an attribute, a container or another file. Such a use may
compute something else on TF2 without an error, so it is reported unless the code shows that it is another function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, Function
from tfsoftmax_compat.tools.migrate.names import ModuleNames, first_name
from tfsoftmax_compat.tools.migrate.origins import MODULES, SHIM, TF, is_in

CROSS_ENTROPIES = {function.name: function for function in FUNCTIONS.values() if function.is_cross_entropy}
# These are reported only where they are called: a variable may have such a name too.
SAMPLED = {f.name: f for f in FUNCTIONS.values() if f.module == "nn" and f.keeps_v1}
# What may silently compute something else on TF2.
SILENT = CROSS_ENTROPIES | SAMPLED
# Libraries that have their own functions of these names, or none, and do not pass on TensorFlow's modules.
_OTHER_LIBRARIES = ("mesh_tensorflow", "torch", "jax", "flax", "optax", "mxnet", "chainer", "cupy", "paddle", "numpy")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def untraced_function(names: ModuleNames, node: ast.Attribute | ast.Name) -> Function | None:
    """Return the loss that `node` may be, as far as its name and its module show."""
    parent = names.parents[node]
    losses = SILENT if isinstance(parent, ast.Call) and parent.func is node else CROSS_ENTROPIES
    last = node.attr if isinstance(node, ast.Attribute) else node.id
    called = {dotted.rpartition(".")[2] if dotted else last for dotted in names.possible(node)}
    found = next(iter(called & losses.keys()), None)
    if found is None or not isinstance(node.ctx, ast.Load) or leads_away(names, node):
        return None
    is_own = _is_own_method(names, node) if isinstance(node, ast.Attribute) else _is_own_function(names, node)
    return None if is_own else losses[found]


def leads_away(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is certainly not a cross entropy of TF1: another library's, or TF2's."""
    possible = names.possible(node)
    return all(_is_elsewhere(dotted) for dotted in possible)


def _is_elsewhere(dotted: str | None) -> bool:
    if dotted is None:
        return False
    # Names that these modules do not have are a matter of the rule in `misnamed`.
    return is_in(dotted, *_OTHER_LIBRARIES, SHIM, f"{TF}.compat.v2") or dotted.rpartition(".")[0] in MODULES


def _is_own_function(names: ModuleNames, node: ast.Name) -> bool:
    """Return whether the module defines the function, or nothing that it shows binds the name."""
    bindings = names.bindings(node.id, names.scopes[node])
    if not bindings:
        return bool(names.assumed) and not names.star_imports  # an excerpt, which need not show what it defines
    return all(isinstance(b.node, _DEFINITIONS) or isinstance(b.value, ast.Lambda) for b in bindings)


def _is_own_method(names: ModuleNames, node: ast.Attribute) -> bool:
    """Return whether `node` is a method of a class in the module, as ``self.name`` or ``instance.name``."""
    value = node.value
    if isinstance(value, ast.Call) and first_name(value.func) == "super":
        return True
    if isinstance(value, ast.Name) and value.id in ("self", "cls"):
        classes = [n for n in names.ancestors(node) if isinstance(n, ast.ClassDef)]
        return any(_defines(definition, node.attr) for definition in classes)
    owners = list(_classes(names, value))
    return bool(owners) and all(_defines(owner, node.attr) for owner in owners)


def _classes(names: ModuleNames, value: ast.expr) -> Iterator[ast.AST]:
    """Yield what defines `value` if that is a class, or an instance of one, or may be."""
    if isinstance(value, ast.Call):
        value = value.func
    for binding in names.bindings(value.id, names.scopes[value]) if isinstance(value, ast.Name) else ():
        if isinstance(binding.value, ast.Call) and isinstance(binding.value.func, ast.Name):
            function = binding.value.func
            yield from (each.node for each in names.bindings(function.id, names.scopes[function]))
        else:
            yield binding.node


def _defines(definition: ast.AST | None, name: str) -> bool:
    if not isinstance(definition, ast.ClassDef):
        return False
    return any(isinstance(statement, _DEFINITIONS) and statement.name == name for statement in definition.body)
