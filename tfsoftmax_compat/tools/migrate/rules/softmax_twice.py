"""Softmax applied twice: ``logits=`` gets probabilities. Every release computes it, and nobody intends it.

The cross entropies apply softmax themselves: "WARNING: This op expects unscaled logits, since it performs a softmax on
logits internally for efficiency. Do not call this op with the output of softmax, as it will produce incorrect results."

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax_cross_entropy_with_logits
"""

import ast
import bisect
import functools
from collections import defaultdict

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.names import Binding, ModuleNames
from tfsoftmax_compat.tools.migrate.origins import SHIM, SHIM_TF1, TF, V1
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS112"
IN_V1 = InV1.ALWAYS
EXAMPLES = [
    RuleExample(
        "probabilities = tf.nn.softmax(logits)\n"
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=probabilities)\n",
        None,
        None,
    ),
]
_SOFTMAX = {f"{module}.nn.softmax" for module in (TF, V1, SHIM, SHIM_TF1)}
_SOFTMAX |= {f"{module}.math.softmax" for module in (TF, V1)}
_SOFTMAX |= {f"{TF}.keras.activations.softmax", f"{TF}.keras.layers.Softmax", f"{TF}.keras.softmax"}
# Layers that take the activation by position, and which argument it is.
_ACTIVATION_INDEX = {f"{module}.layers.dense": 2 for module in (TF, V1)}
_ACTIVATION_INDEX |= {f"{module}.layers.Dense": 1 for module in (TF, V1, f"{TF}.keras")}
_SAME_VALUES = {f"{TF}.{name}" for name in ("identity", "reshape", "squeeze", "cast")}
_MAX_DEPTH = 8  # how many local names are followed


def apply(site: Site, change: Change) -> None:
    """Look for logits that come from a softmax, through local names."""
    logits = site.argument("logits")
    is_loss = site.function.is_cross_entropy or site.function.module == "losses"
    if site.call is not None and is_loss and logits is not None and _is_softmax(site.names, logits.value):
        change.advise("softmax is applied twice: `logits` are already probabilities; pass the input of the softmax")


def _is_softmax(names: ModuleNames, value: ast.expr, depth: int = 0) -> bool:
    if isinstance(value, ast.Name) and depth < _MAX_DEPTH:
        binding = _last_binding(names, value)
        return binding is not None and binding.value is not None and _is_softmax(names, binding.value, depth + 1)
    if isinstance(value, ast.Attribute) and depth < _MAX_DEPTH:  # self.probabilities
        assigned = _attributes(names).get((_class_of(names, value), ast.unparse(value)), [])
        return bool(assigned) and all(each is not None and _is_softmax(names, each, depth + 1) for each in assigned)
    if not isinstance(value, ast.Call):
        return False
    function = names.resolve(value.func)
    if function in _SOFTMAX:
        return True
    if function in _SAME_VALUES and value.args:
        return _is_softmax(names, value.args[0], depth + 1)
    layer = value.func if isinstance(value.func, ast.Call) else value  # Dense(…, activation=…)(x) and dense(x, …)
    if names.resolve(layer.func) in _SOFTMAX:
        return True
    index = _ACTIVATION_INDEX.get(str(names.resolve(layer.func)), len(layer.args))
    if index < len(layer.args) and names.resolve(layer.args[index]) in _SOFTMAX:
        return True
    return any(_is_softmax_activation(names, keyword) for keyword in layer.keywords)


def _is_softmax_activation(names: ModuleNames, keyword: ast.keyword) -> bool:
    if keyword.arg not in ("activation", "activation_fn"):
        return False
    by_string = isinstance(keyword.value, ast.Constant) and keyword.value.value == "softmax"
    return by_string or names.resolve(keyword.value) in _SOFTMAX


@functools.lru_cache(1)
def _attributes(names: ModuleNames) -> dict[tuple[ast.AST | None, str], list[ast.expr | None]]:
    """Return what each class assigns to each attribute of `self`; None: what is not known."""
    found: dict[tuple[ast.AST | None, str], list[ast.expr | None]] = defaultdict(list)
    for node in names.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _class_of(names, node):
            parent = names.parents[node]
            value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
            found[_class_of(names, node), ast.unparse(node)].append(value)
    return found


def _class_of(names: ModuleNames, node: ast.Attribute) -> ast.AST | None:
    """Return the class in which `node` is an attribute of `self`, or None."""
    if not (isinstance(node.value, ast.Name) and node.value.id == "self"):
        return None
    return next((around for around in names.ancestors(node) if isinstance(around, ast.ClassDef)), None)


def _last_binding(names: ModuleNames, use: ast.Name) -> Binding | None:
    """Return the binding that `use` certainly reads: the last one before it, if it is in a block around it."""
    bindings = names.bindings(use.id, names.scopes[use])
    if bindings and bindings[0].scope is not names.scopes[use]:
        return bindings[0] if len(bindings) == 1 else None
    start = _start(names.statement(use))
    earlier = bisect.bisect_left(bindings, start, key=lambda binding: _start(names.statement(binding.node)))
    for binding in (bindings[index] for index in reversed(range(earlier))):
        statement = names.statement(binding.node)
        if _end(statement) < start:  # it is not in the same statement
            while isinstance(names.parents.get(statement), (ast.With, ast.AsyncWith)):  # it runs, too
                statement = names.parents[statement]
            block = names.block(statement)
            return binding if any(names.block(node) is block for node in names.ancestors(use)) else None
    return None


def _start(statement: ast.AST) -> tuple[int, int]:
    return statement.lineno, statement.col_offset  # type: ignore[attr-defined]


def _end(statement: ast.AST) -> tuple[int, int]:
    return statement.end_lineno, statement.end_col_offset  # type: ignore[attr-defined]
