"""Find uses of TF1's functions whose module is not known: ``ops.softmax_cross_entropy_with_logits``.

The module may be TensorFlow's, handed on by a parameter, an attribute, a container or another file. Such a use is
reported unless the code shows that it is another function. Other libraries have functions of some of the names too, so
a use of `softmax` counts only where its arguments are TF1's, in a file that uses TensorFlow.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from tfsoftmax_compat.tools.documents.code import last_name
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
    *("tensorflow_probability", "tf_slim"),
    *(f"{TF}.python.ops.gen_nn_ops", f"{TF}.raw_ops", f"{TF}.compat.v1.raw_ops"),
)
_WITH_DIM = ("torch", "torchvision")  # a parameter of their softmax too
_MODULE_NAMES = {module.rpartition(".")[2] for module in MODULES} - {TF, "v1"}
_SAME_AS_WRITTEN = ("staticmethod", "classmethod", "property")  # decorators that keep what a definition is
_BY_TEXT = ("globals", "exec")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def untraced_function(names: ModuleNames, node: ast.Attribute | ast.Name) -> Function | None:
    """Return the function that `node` may be, as far as its name and its module show."""
    functions = CROSS_ENTROPIES
    if _is_called(names, node):
        functions = BY_NAME if uses_tensorflow(names) or _may_be_handed_on(names, node) else SILENT
    elif _may_be_function(names, node) and uses_tensorflow(names):
        functions = BY_NAME
    found = next((functions[name] for name in sorted(_last_names(names, node)) if name in functions), None)
    if found is None or not isinstance(node.ctx, ast.Load) or leads_away(names, node, found):
        return None
    is_own = _is_own_method(names, node) if isinstance(node, ast.Attribute) else _is_own_function(names, node)
    is_own = is_own or all(dotted and names.others.define(dotted) for dotted in names.possible(node))
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


def _may_be_handed_on(names: ModuleNames, node: ast.Attribute | ast.Name) -> bool:
    """Return whether `node` may be TensorFlow's in a module that does not import it, or imports PyTorch too.

    A method of PyTorch's tensors has a parameter `dim` too, but none for the tensor.
    """
    call = names.parents[node]
    if names.assumed or not isinstance(call, ast.Call):  # an excerpt need not show what its names are
        return False
    if not call.args and all(keyword.arg != "logits" for keyword in call.keywords):
        return False
    module = node.value if isinstance(node, ast.Attribute) else node
    is_named_so = last_name(module) in _MODULE_NAMES  # from common import nn
    # self.ops.softmax(x, dim=0); a name such as `loss_fn` is often bound to a function of each library.
    return is_named_so or (isinstance(node, ast.Attribute) and _is_of_torch(names) and uses_any(names, TF, SHIM))


def uses_any(names: ModuleNames, *libraries: str) -> bool:
    """Return whether the module imports one of `libraries`, or something of them."""
    imported = {dotted for every in names.imported.values() for dotted in every} | set(names.stars)
    return any(is_in(dotted, *libraries) for dotted in imported)


@functools.lru_cache(1)
def _is_of_torch(names: ModuleNames) -> bool:
    return uses_any(names, *_WITH_DIM)


@functools.lru_cache(1)
def uses_tensorflow(names: ModuleNames) -> bool:
    """Return whether the module or its project uses TensorFlow, and the module no library with `dim`."""
    if _is_of_torch(names):
        return False
    texts = (node.value for node in names.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    in_text = any(TF in text for text in texts)  # import_module("tensorflow")
    is_tf = "tf" in names.used and TF in names.assumed.get("tf", {TF})  # an excerpt's `tf` may be something else
    return in_text or is_tf or uses_any(names, TF, SHIM) or names.others.use_tensorflow()


def leads_away(names: ModuleNames, node: ast.AST, function: Function | None = None) -> bool:
    """Return whether `node` is certainly not `function` of TF1, or a cross entropy: another library's, or TF2's."""
    possible = names.possible(node)
    if any(dotted is None or _is_through_added(names, dotted) for dotted in possible):
        return False
    if function is not None and function.name not in SILENT:  # TensorFlow has others of these names
        return all(_is_elsewhere(dotted) or _is_another(dotted) for dotted in possible)
    return all(map(_is_elsewhere, possible))


def _is_through_added(names: ModuleNames, dotted: str) -> bool:
    """Return whether `dotted` is reached through an attribute that the file adds to a module: ``tf.ops = tf.nn``."""
    return not _assigned_attributes(names).isdisjoint(dotted.split(".")[:-1])


def _is_another(dotted: str | None) -> bool:
    return is_in(dotted, TF) and not is_in(dotted, f"{TF}._api")


def _is_elsewhere(dotted: str | None) -> bool:
    if dotted is None:
        return False
    # Names that these modules do not have are a matter of the rule in `misnamed`.
    return is_in(dotted, *_OTHER_LIBRARIES, SHIM, f"{TF}.compat.v2") or dotted.rpartition(".")[0] in MODULES


def _is_own_function(names: ModuleNames, node: ast.Name) -> bool:
    """Return whether the module defines the function, or nothing that it shows binds the name."""
    bindings = names.bindings(node.id, names.scopes[node])
    if not bindings:
        return bool(names.assumed) and not names.stars  # an excerpt, which need not show what it defines
    if binds_by_text(names):
        return False
    return all(_stays_as_defined(names, b.node) or isinstance(b.value, ast.Lambda) for b in bindings)


def defines(names: ModuleNames, name: str) -> bool:
    """Return whether the module defines its `name` as a function or class, and in no other way."""
    bindings = names.bindings(name, names.module)
    return not binds_by_text(names) and all(_stays_as_defined(names, binding.node) for binding in bindings)


def _stays_as_defined(names: ModuleNames, definition: ast.AST) -> bool:
    """Return whether a function or class is what its definition shows: no decorator or metaclass may replace it.

    Those of other modules are taken for decorators that wrap it.
    """
    if not isinstance(definition, _DEFINITIONS) or getattr(definition, "keywords", []):
        return False
    functions = [each.func if isinstance(each, ast.Call) else each for each in definition.decorator_list]
    return all(None not in names.possible(each) or first_name(each) in _SAME_AS_WRITTEN for each in functions)


@functools.lru_cache(1)
def binds_by_text(names: ModuleNames) -> bool:
    """Return whether the module may bind names that it does not show: ``globals()["nn"] = …``, or by a text."""
    return any(
        isinstance(n, ast.Name) and n.id in _BY_TEXT and not names.bindings(n.id, names.module) for n in names.nodes
    )


def _is_own_method(names: ModuleNames, node: ast.Attribute) -> bool:
    """Return whether `node` is a method of a class in the module, as ``self.name`` or ``instance.name``."""
    value = node.value
    if isinstance(value, ast.Call) and first_name(value.func) == "super":
        return True
    if isinstance(value, ast.Name) and value.id in ("self", "cls"):
        classes = [n for n in names.ancestors(node) if isinstance(n, ast.ClassDef)]
        return any(_defines(names, definition, node.attr) for definition in classes)
    first = root(value)
    bindings = names.bindings(first.id, names.scopes[first]) if isinstance(first, ast.Name) else []
    if bindings and all(_is_no_module(names, binding) for binding in bindings):
        return True
    owners = list(_classes(names, value))
    return bool(owners) and all(_defines(names, owner, node.attr) for owner in owners)


def _is_no_module(names: ModuleNames, binding: Binding) -> bool:
    """Return whether `binding` binds a function, or a constant in a function, which has no functions of TensorFlow.

    A constant of a module may be replaced from elsewhere: ``settings.ops = tf.nn``.
    """
    if isinstance(binding.value, ast.Constant):
        return binding.value.value is not None and binding.scope is not names.module
    is_function = isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef))
    return is_function and _stays_as_defined(names, binding.node) and not binds_by_text(names)


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


def _defines(names: ModuleNames, definition: ast.AST | None, name: str) -> bool:
    """Return whether `definition` is a class with a method `name` that nothing in the module removes or bypasses."""
    if not isinstance(definition, ast.ClassDef) or not _stays_as_defined(names, definition):
        return False
    methods = {each.name: each for each in definition.body if isinstance(each, _DEFINITIONS)}
    if name in _assigned_attributes(names) or methods.keys() & {"__new__", "__getattribute__"}:
        return False
    return name in methods and _stays_as_defined(names, methods[name])
