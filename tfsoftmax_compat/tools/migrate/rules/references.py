"""A function that is passed as a value, or held by ``functools.partial``: TF2's function gets TF1's arguments.

The shim's functions accept TF1's arguments from every caller. For plain TF2 only the arguments of the partial itself
can be rewritten; those that are passed later are not known. A softmax that is an argument of another call is called
with the logits only, unless the module passes `dim` to a function that is not known.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast
import functools
import itertools

from tfsoftmax_compat.tools.migrate.changes import TO_SHIM, Change
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import family_function
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

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
    if site.call is not None or not (softmax or site.function.is_cross_entropy):
        return
    if softmax and _is_compared(site.names, site.node):
        if change.target == TO_SHIM:
            change.leave(
                "compared, or a key: a softmax that is only passed to a call stays TensorFlow's, and is not equal to "
                "this package's"
            )
        return
    if softmax and _is_called_with_logits(site.names, site.node):
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


def _apply_to_partial(site: Site, change: Change) -> None:
    """Look for arguments that are passed later, and that do not fit what the partial becomes."""
    function = site.function
    has_axis = site.argument("axis") is not None or site.argument("dim") is not None
    if function.is_activation:
        is_open = not has_axis and _passes_dim(site.names)
    elif function.keeps_v1:
        is_open = False
    else:
        stops_gradient = function.name == "softmax_cross_entropy_with_logits" and not change.as_v1
        takes_axis = function.name == "softmax_cross_entropy_with_logits_v2" and not has_axis
        passes_by_position = any(argument.keyword is None for argument in site.arguments)
        may_shift = passes_by_position and (function.is_cross_entropy or function.takes_sentinel)
        is_open = stops_gradient or takes_axis or may_shift
    if is_open:
        change.leave_in_native("a partial: the arguments that are passed later are not known")


def _is_compared(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is compared with something, also in a tuple, or is a key."""
    parent = names.parents[node]
    if isinstance(parent, ast.Dict):
        return node in parent.keys
    if isinstance(parent, ast.Subscript):
        return parent.slice is node
    around = itertools.dropwhile(lambda n: isinstance(n, (ast.Tuple, ast.List, ast.Set)), names.ancestors(node))
    return isinstance(next(around, None), ast.Compare)


def _is_called_with_logits(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is passed to a call, or is a default, and is called there with the logits only."""
    parent = names.parents[node]
    if isinstance(parent, ast.keyword) and parent.arg and "activation" in parent.arg:
        return True
    is_argument = isinstance(parent, ast.Call) and node in parent.args
    return (is_argument or isinstance(parent, (ast.keyword, ast.arguments))) and not _passes_dim(names)


@functools.lru_cache(1)
def _passes_dim(names: ModuleNames) -> bool:
    """Return whether the module passes `dim`, by name or as the fourth argument, to a function that is not known."""
    calls = (node for node in names.nodes if isinstance(node, ast.Call) and _may_call_softmax(names, node))
    is_key = any(isinstance(node, ast.Constant) and node.value == "dim" for node in names.nodes)
    return is_key or any(_has_dim(call) for call in calls)


def _may_call_softmax(names: ModuleNames, call: ast.Call) -> bool:
    """Return whether `call` calls a function that is not known, or is a partial of one."""
    if names.resolve(call.func) in ("functools.partial", "functools.partialmethod") and call.args:
        return not any(map(family_function, names.possible(call.args[0])))
    return names.possible(call.func) == {None}


def _has_dim(call: ast.Call) -> bool:
    axis_is_none = len(call.args) > 3 and isinstance(call.args[1], ast.Constant) and call.args[1].value is None
    return axis_is_none or any(keyword.arg == "dim" for keyword in call.keywords)


def _is_compiled(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is the loss in ``model.compile(loss=…)``, also in a list or a dictionary."""
    around = itertools.dropwhile(lambda n: isinstance(n, (ast.keyword, ast.List, ast.Dict)), names.ancestors(node))
    call = next(around, None)
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "compile"
