"""A function that is passed as a value, or held by ``functools.partial``: TF2's function gets TF1's arguments.

The shim's functions accept TF1's arguments from every caller. For plain TF2 only the arguments of the partial itself
can be rewritten; those that are passed later are not known.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast

from tfsoftmax_compat.tools.migrate.changes import Change
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
    RuleExample(
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
        "layer = tf.layers.dense(x, 10, activation=tf.nn.softmax)\n",
    ),
]
# A layer calls its activation with only the logits.
_ACTIVATIONS = {"activation", "activation_fn", "hidden_activation", "output_activation"}


def apply(site: Site, change: Change) -> None:
    """Look for a function that is not called here."""
    if site.is_partial and site.function.is_cross_entropy:
        stops_gradient = site.function.name == "softmax_cross_entropy_with_logits"
        if (stops_gradient and not change.as_v1) or any(argument.keyword is None for argument in site.arguments):
            change.leave_in_native("a partial: the arguments that are passed later are not known")
    if site.call is not None or site.function.module == "losses":
        return
    parent = site.names.parents[site.node]
    softmax = not site.function.is_cross_entropy
    if softmax and isinstance(parent, ast.keyword) and parent.arg in _ACTIVATIONS:
        return
    arguments = "`dim`, which TF2 does not have" if softmax else "the arguments of TF1's function"
    change.leave_in_native(f"passed as a value: whoever calls it may pass {arguments}")
