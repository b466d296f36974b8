"""``tf.nn.softmax_cross_entropy_with_logits`` stops the gradient of the labels in TF1, and does not in TF 2.0.

TF 2.0 gave the name to v2. The same call still runs on TF2, and silently trains whatever the labels were computed
from. Plain TF2 code needs ``tf.stop_gradient`` around the labels. A call with ``axis=`` is read as a call of TF2's
function: TF1's has no `axis` before 1.14, and since then raises an error with it.

``tf_upgrade_v2`` writes calls of TF1's function with ``tf.stop_gradient``, and calls of v2 like TF1's. So in a module
with names of both releases, a call without it is reported and not changed.

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
    if site.function.name != "softmax_cross_entropy_with_logits":
        return
    labels = site.argument("labels")
    if labels is not None and _is_stopped_none(site, labels.value):
        change.leave(
            "tf_upgrade_v2 has misread the arguments (None, labels, logits): pass labels and logits by keyword"
        )
        return
    if site.argument("axis") and not site.argument("dim") and site.origin != SHIM:
        return
    if labels is not None and _is_stopped(site, labels.value):
        return
    if site.may_be_tf2 and site.origin == TF:
        change.leave(
            "TF2's function of this name backpropagates into the labels, TF1's does not, and the module has names of "
            "both, as after tf_upgrade_v2: write labels=tf.stop_gradient(…) for TF1's, axis=-1 for TF2's"
        )
    elif labels is not None:
        change.need("TF2's function of this name backpropagates into the labels, TF1's does not")
        change.wrapped[labels] = "stop_gradient"
    elif site.call is not None and not site.has_star:
        change.leave_in_native("TF1 stops the gradient of the labels, and the labels are not passed here")


def _is_stopped_none(site: Site, value: ast.expr) -> bool:
    if not (isinstance(value, ast.Call) and _is_stopped(site, value) and value.args):
        return False
    return isinstance(value.args[0], ast.Constant) and value.args[0].value is None


def _is_stopped(site: Site, value: ast.expr) -> bool:
    stops = (f"{TF}.stop_gradient", f"{V1}.stop_gradient")
    return isinstance(value, ast.Call) and site.names.resolve(value.func) in stops
