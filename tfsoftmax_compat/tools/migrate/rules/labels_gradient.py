"""``tf.nn.softmax_cross_entropy_with_logits`` stops the gradient of the labels in TF1, and does not in TF 2.0.

TF 2.0 gave the name to v2. The same call still runs on TF2, and silently trains whatever the labels were computed
from. Plain TF2 code needs ``tf.stop_gradient`` around the labels. A call with ``axis=`` is read as a call of TF2's
function: TF1's has no `axis` before 1.14, and since then raises an error with it.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax_cross_entropy_with_logits
https://www.tensorflow.org/api_docs/python/tf/nn/softmax_cross_entropy_with_logits
"""

import ast

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.origins import SHIM, TF, V1
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS101"
IN_V1 = InV1.NEVER
EXAMPLES = [
    RuleExample(
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)\n",
        "loss = nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
    ),
    RuleExample(
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(labels), logits=logits)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Stop the gradient of the labels in calls of TF1's loss."""
    labels = site.argument("labels")
    if site.function.name != "softmax_cross_entropy_with_logits" or site.call is None:
        return
    if site.argument("axis") and not site.argument("dim") and site.origin != SHIM:
        return
    if labels is None:
        if not site.has_star:
            change.leave_in_native("TF1 stops the gradient of the labels, and the labels are not passed here")
    elif not _is_stopped(site, labels.value):
        change.need("TF2's function of this name backpropagates into the labels, TF1's does not")
        change.wrapped[labels] = "stop_gradient"


def _is_stopped(site: Site, value: ast.expr) -> bool:
    stops = (f"{TF}.stop_gradient", f"{V1}.stop_gradient")
    return isinstance(value, ast.Call) and site.names.resolve(value.func) in stops
