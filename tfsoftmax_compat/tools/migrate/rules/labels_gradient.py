"""``tf.nn.softmax_cross_entropy_with_logits`` of TF1 stops the labels' gradient; TF 2.0 gave its
name to v2, which does not.

The same call goes on running on TF2, and quietly trains whatever the labels were computed from. Plain TF2 code needs
``tf.stop_gradient`` around the labels. A call with ``axis=`` is taken for TF2's function: TF1's has no `axis` before
1.14, and since then raises with it.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax_cross_entropy_with_logits
https://www.tensorflow.org/api_docs/python/tf/nn/softmax_cross_entropy_with_logits
"""

import ast

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import SHIM, Site

ID = "TFS101"
EXAMPLES = [
    Example(
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)\n",
        "loss = nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
    ),
    Example(
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """TF1's loss, called with its labels."""
    labels = site.argument("labels")
    if site.function.name != "softmax_cross_entropy_with_logits" or site.call is None or change.as_v1:
        return
    if site.argument("axis") and not site.argument("dim") and site.origin != SHIM:
        return
    if labels is None:
        if not site.has_star:
            change.leave_in_native("the labels, whose gradient TF1 stops, are given elsewhere")
    elif not _is_stopped(site, labels.value):
        change.need("TF2's function of this name sends a gradient into the labels, TF1's did not")
        change.wrapped[labels] = "stop_gradient"


def _is_stopped(site: Site, value: ast.expr) -> bool:
    if not isinstance(value, ast.Call):
        return False
    return str(site.names.resolve(value.func)) in ("tensorflow.stop_gradient", "tensorflow.compat.v1.stop_gradient")
