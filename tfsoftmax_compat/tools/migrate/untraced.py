"""Find uses of TF1's functions whose module is not known: ``ops.softmax_cross_entropy_with_logits``.

The module may be TensorFlow's, handed on by a parameter, an attribute, a container or another file. Such a use is
reported unless the code shows that it is another function. Other libraries have functions of some of the names too, so
a use of `softmax` counts only where its arguments are TF1's, in a file that uses TensorFlow.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, Function
from tfsoftmax_compat.tools.migrate.names import Binding, ModuleNames, first_name, root
from tfsoftmax_compat.tools.migrate.origins import MODULES, SHIM, TF, is_in

BY_NAME = {function.name: function for function in FUNCTIONS.values()}
CROSS_ENTROPIES = {function.name: function for function in FUNCTIONS.values() if function.is_cross_entropy}
# These are reported only where they are called: a variable may have such a name too.
SAMPLED = {f.name: f for f in FUNCTIONS.values() if f.module == "nn" and f.keeps_v1}
# What may silently compute something else on TF2.
SILENT = CROSS_ENTROPIES | SAMPLED
# Libraries that have their own functions of these names, or none, and do not pass on TensorFlow's modules.
_OTHER_LIBRARIES = (
    *("mesh_tensorflow", "torch", "jax", "flax", "optax", "mxnet", "chainer", "cupy", "paddle", "numpy"),
    *(f"{TF}.python.ops.gen_nn_ops", f"{TF}.raw_ops", f"{TF}.compat.v1.raw_ops"),
)
_WITH_DIM = ("torch", "torchvision")  # a parameter of their softmax too
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def untraced_function(names: ModuleNames, node: ast.Attribute | ast.Name) -> Function | None:
    """Return the function that `node` may be, as far as its name and its module show."""
    functions = CROSS_ENTROPIES
    if _is_called(names, node):
        functions = BY_NAME if uses_tensorflow(names) else SILENT
    elif _may_be_function(names, node) and uses_tensorflow(names):
        functions = BY_NAME
    found = next((functions[name] for name in sorted(_last_names(names, node)) if name in functions), None)
    if found is None or not isinstance(node.ctx, ast.Load) or leads_away(names, node, found):
        return None
    is_own = _is_own_method(names, node) if isinstance(node, ast.Attribute) else _is_own_function(names, node)
    return None if is_own else found


def _is_called(names: ModuleNames, node: ast.Attribute | ast.Name) -> bool:
    """Return whether `node` is called, or is held by a partial."""
    parent = names.parents[node]
    if not isinstance(parent, ast.Call):
        return False
    return parent.func is node or (parent.args[:1] == [node] and names.resolve(parent.func) == "functools.partial")


def _may_be_function(names: ModuleNames, node: ast.Attribute | ast.Name) -> bool:
    """Return whether `node`, which is not called, may be a function of a module, and not an attribute of an object."""
    if not isinstance(node, ast.Attribute) or first_name(node.value) in ("self", "cls"):
        return False
    return node.attr not in _assigned_attributes(names) and not isinstance(names.parents[node], ast.Attribute)


@functools.lru_cache(1)
def _assigned_attributes(names: ModuleNames) -> frozenset[str]:
    attributes = (node for node in names.nodes if isinstance(node, ast.Attribute))
    return frozenset(node.attr for node in attributes if not isinstance(node.ctx, ast.Load))


def _last_names(names: ModuleNames, node: ast.Attribute | ast.Name) -> set[str]:
    """Return the names under which `node` may be found in its module: those of ``f`` after ``f = ops.softmax`` too."""
    last = {node.attr} if isinstance(node, ast.Attribute) else {node.id}
    if isinstance(node, ast.Name):
        values = (binding.value for binding in names.bindings(node.id, names.scopes[node]))
        last |= {value.attr for value in values if isinstance(value, ast.Attribute)}
    possible = names.possible(node)
    return {dotted.rpartition(".")[2] for dotted in possible if dotted} | (last if None in possible else set())


@functools.lru_cache(1)
def uses_tensorflow(names: ModuleNames) -> bool:
    """Return whether the module uses TensorFlow, by its own import or another's, and no library with `dim`."""
    imported = {dotted for every in names.imported.values() for dotted in every} | set(names.star_imports)
    if any(is_in(dotted, *_WITH_DIM) for dotted in imported):
        return False
    texts = (node.value for node in names.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    in_text = any(TF in text for text in texts)  # import_module("tensorflow")
    is_tf = "tf" in names.used and TF in names.assumed.get("tf", {TF})  # an excerpt's `tf` may be something else
    return in_text or is_tf or any(is_in(dotted, TF, SHIM) for dotted in imported)


def leads_away(names: ModuleNames, node: ast.AST, function: Function | None = None) -> bool:
    """Return whether `node` is certainly not `function` of TF1, or a cross entropy: another library's, or TF2's."""
    possible = names.possible(node)
    if function is not None and function.name not in SILENT:  # TensorFlow has others of these names
        return all(_is_elsewhere(dotted) or _is_another(names, dotted) for dotted in possible)
    return all(_is_elsewhere(dotted) for dotted in possible)


def _is_another(names: ModuleNames, dotted: str | None) -> bool:
    """Return whether `dotted` is TensorFlow's, and not from a module that the file adds: ``tf.ops = tf.nn``."""
    if dotted is None or not is_in(dotted, TF):
        return False
    return not is_in(dotted, f"{TF}._api") and _assigned_attributes(names).isdisjoint(dotted.split(".")[:-1])


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
    first = root(value)
    bindings = names.bindings(first.id, names.scopes[first]) if isinstance(first, ast.Name) else []
    if bindings and all(map(_is_no_module, bindings)):
        return True
    owners = list(_classes(names, value))
    return bool(owners) and all(_defines(owner, node.attr) for owner in owners)


def _is_no_module(binding: Binding) -> bool:
    """Return whether `binding` binds a function or a constant, which has no functions of TensorFlow."""
    if isinstance(binding.value, ast.Constant):
        return binding.value.value is not None  # None may be replaced from elsewhere
    return isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef))


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
