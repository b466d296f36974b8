"""A function that is passed as a value, or held by ``functools.partial``: TF2's function gets TF1's arguments.

The shim's functions accept TF1's arguments from every caller. For plain TF2 only the arguments of the partial itself
can be rewritten; those that are passed later are not known. A softmax that is an argument of another call is called
with the logits only, unless the module passes `dim` to a function that is not known. It moves to the shim if another
value of the module does that is the same function, so that the two stay equal. It is left where the module compares the
name of a function with its name, because TF2's function has another one.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast
import functools
import itertools

from tfsoftmax_compat.tools.migrate.changes import TO_SHIM, Change
from tfsoftmax_compat.tools.migrate.functions import Function
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF, family_function, is_in
from tfsoftmax_compat.tools.migrate.passed import passed_on
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site
from tfsoftmax_compat.tools.migrate.values import compared, is_compared, qualified

ID = "TFS107"
IN_V1 = InV1.WITH_SENTINEL
EXAMPLES = [
    RuleExample(
        "loss_fn = tf.nn.softmax_cross_entropy_with_logits\n",
        "loss_fn = nn.softmax_cross_entropy_with_logits\n",
        None,
    ),
    RuleExample("model.compile(loss=tf.nn.sparse_softmax_cross_entropy_with_logits)\n", None, None),
    RuleExample(
        "layer = tf.layers.dense(x, 10, tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, tf.nn.softmax)\n",
    ),
    RuleExample(
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Look for a function that is not called here."""
    if site.is_partial:
        _apply_to_partial(site, change)
    softmax = site.function.is_activation
    if site.call is not None or not (softmax or _may_be_called_as_in_tf1(site)):
        return
    if softmax and is_compared(site.names, site.node):
        if change.target == TO_SHIM:
            change.leave(
                "compared, or a key: a softmax that is only passed to a call stays TensorFlow's, and is not equal to "
                "this package's"
            )
        return
    if softmax and _compares_name(site.names, site.function.name):
        change.leave("the module reads a function's `__name__` or `__module__`, which may be another one on TF2")
        return
    may_be_compared = softmax and change.target == TO_SHIM and _may_be_compared(site.names, site.function)
    if softmax and _is_called_with_logits(site.names, site.node, site.function):
        if change.target == TO_SHIM and _has_to_move_too(site.names, site.node, site.function) and not may_be_compared:
            change.need("another use of it in this project moves to this package, and may be compared with this one")
        return
    if may_be_compared:
        change.leave("this project compares the function with such values: this package's is not equal to TensorFlow's")
        return
    if site.function.takes_sentinel and _is_compiled(site.names, site.node):
        function = ast.unparse(site.node)
        change.leave(
            "Keras passes labels and logits by position, which TF1's function does not accept: write loss=lambda "
            f"labels, logits: {function}(labels=labels, logits=logits)"
        )
        return
    arguments = "`dim`, which TF2 does not have" if softmax else "the arguments of TF1's function"
    change.leave_in_native(f"passed as a value: whoever calls it may pass {arguments}")


def _may_be_called_as_in_tf1(site: Site) -> bool:
    """Return whether a loss of `tf.nn` may be called, where this shows nothing of it, in a way that TF2 refuses.

    The arguments of the sigmoid's are the same in TF2, except for a sentinel, which the module must pass.
    """
    function = site.function
    if function.module != "nn" or function.keeps_v1:
        return False
    return function.only_tf1 != {"_sentinel"} or function.is_cross_entropy or bool(passed_on(site.names, function))


def _apply_to_partial(site: Site, change: Change) -> None:
    """Look for arguments that are passed later, and that do not fit what the partial becomes."""
    function = site.function
    has_axis = site.argument("axis") is not None or site.argument("dim") is not None
    bound = {argument.parameter for argument in site.arguments} | ({"dim"} if has_axis else set())
    if site.argument("dim") is not None:  # becomes `axis`, beside which nobody may pass another `dim`, or look for it
        bound.discard("dim")
    later = passed_on(site.names, function) - bound
    if function.is_activation:
        is_open = bool(later)
    elif function.keeps_v1:
        is_open = False
    else:
        stops_gradient = function.name == "softmax_cross_entropy_with_logits" and not change.as_v1
        takes_axis = function.name == "softmax_cross_entropy_with_logits_v2" and not has_axis
        passes_by_position = any(argument.keyword is None for argument in site.arguments)
        may_shift = passes_by_position and (function.is_cross_entropy or function.takes_sentinel)
        is_open = stops_gradient or takes_axis or may_shift or bool(later)
    if is_open:
        change.leave_in_native("a partial: the arguments that are passed later are not known")


@functools.lru_cache(4)
def _compares_name(names: ModuleNames, name: str) -> bool:
    """Return whether the module has the text `name` and reads a ``__name__``, or has a part of ``str(function)``.

    The same for "tensorflow" and ``__module__``.
    """
    values = {node.value for node in names.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    read = {node.attr for node in names.nodes if isinstance(node, ast.Attribute)} | values
    if any(f"<function {name}" in value or f"function {name} at" in value for value in values):
        return True
    if "__module__" in read and any(is_in(value, TF) for value in values):
        return True
    return name in values and bool(read & {"__name__", "__qualname__"})


def _is_called_with_logits(names: ModuleNames, node: ast.AST, function: Function) -> bool:
    """Return whether `node` is passed to a call, or is a default, and is called there with the logits only."""
    parent = names.parents[node]
    if isinstance(parent, ast.keyword) and parent.arg and "activation" in parent.arg:
        call = names.parents[parent]
        if isinstance(call, ast.Call) and _is_of_library(names, call.func):  # a layer
            return True
    is_argument = isinstance(parent, ast.Call) and node in parent.args
    return (is_argument or isinstance(parent, (ast.keyword, ast.arguments))) and not passed_on(names, function)


def _has_to_move_too(names: ModuleNames, node: ast.AST, function: Function) -> bool:
    """Return whether `node`, which may stay, is to remain equal to another use of `function`, which moves, in any file.

    A library does not compare it, and a name such as `f` after ``f = tf.nn.softmax`` is what was assigned to it.
    """
    parent = names.parents[node]
    call = names.parents[parent] if isinstance(parent, ast.keyword) else parent
    if isinstance(call, ast.Call) and _is_of_library(names, call.func):
        return False
    is_assigned = isinstance(node, ast.Name) and any(b.value for b in names.bindings(node.id, names.scopes[node]))
    return not is_assigned and (qualified(function) in names.others.hold() or _others_move(names, function))


def _may_be_compared(names: ModuleNames, function: Function) -> bool:
    """Return whether this module or another one of the project compares `function` with values that may be it."""
    return qualified(function) in _compared(names) or qualified(function) in names.others.compare()


@functools.lru_cache(1)
def _compared(names: ModuleNames) -> frozenset[str]:
    return frozenset(compared(names))


@functools.lru_cache(4)
def _others_move(names: ModuleNames, function: Function) -> bool:
    """Return whether a value that is `function` moves to this package."""
    values = [node for node in names.nodes if _is_value(names, node, function)]
    return any(not _is_called_with_logits(names, node, function) for node in values)


def _is_value(names: ModuleNames, node: ast.AST, function: Function) -> bool:
    """Return whether `node` is `function`, of TensorFlow, and is not called."""
    if not isinstance(node, (ast.Attribute, ast.Name)) or not isinstance(node.ctx, ast.Load):
        return False
    parent = names.parents[node]
    if isinstance(parent, ast.Call) and parent.func is node:
        return False
    return (TF, function) in map(family_function, names.possible(node))


def _is_of_library(names: ModuleNames, function: ast.expr) -> bool:
    return all(dotted and not names.others.have(dotted) for dotted in names.possible(function))


def _is_compiled(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is the loss in ``model.compile(loss=…)``, also in a list or a dictionary."""
    around = itertools.dropwhile(lambda n: isinstance(n, (ast.keyword, ast.List, ast.Dict)), names.ancestors(node))
    call = next(around, None)
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "compile"
