"""A function passed as a value, or held by ``functools.partial``: TF2's of the same name is
called with TF1's arguments.

The shim's functions take TF1's arguments, whoever calls them. For plain TF2 only a partial's own arguments can be
rewritten; what is passed later is out of sight.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS107"
EXAMPLES = [
    Example(
        "loss_fn = tf.nn.softmax_cross_entropy_with_logits\n",
        "loss_fn = nn.softmax_cross_entropy_with_logits\n",
        None,
    ),
    Example(
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
    ),
]
# A layer calls its activation with the logits alone.
_ACTIVATIONS = {"activation", "activation_fn", "hidden_activation", "output_activation"}


def apply(site: Site, change: Change) -> None:
    """A function that is not called here."""
    if change.as_v1 and not site.function.takes_sentinel:
        return
    if site.is_partial and site.function.is_cross_entropy:
        stops_gradient = site.function.name == "softmax_cross_entropy_with_logits"
        if (stops_gradient and not change.as_v1) or any(argument.keyword is None for argument in site.arguments):
            change.leave_in_native("a partial of it: the arguments passed later are out of sight")
    if site.call is not None or site.function.module == "losses":
        return
    parent = site.names.parents[site.node]
    softmax = not site.function.is_cross_entropy
    if softmax and isinstance(parent, ast.keyword) and parent.arg in _ACTIVATIONS:
        return
    change.leave_in_native(
        "passed as a value: whoever calls it may use %s" % ("`dim`, which TF2 has not" if softmax else "TF1's forms")
    )
