"""``softmax_cross_entropy``, its sparse form and ``sigmoid_cross_entropy`` were removed from ``tf.losses`` in TF 2.0.

They are still in ``tf.compat.v1.losses``. TF2's ``tf.losses`` are the Keras losses, which reduce differently: TF1
divides the weighted sum by the number of weights that are not 0, and adds the loss to the graph's collection; Keras
divides by the number of elements, and expects probabilities unless ``from_logits=True`` is passed.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/losses
https://www.tensorflow.org/api_docs/python/tf/compat/v1/losses
"""

import ast
import functools

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, REDUCTION
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS105"
IN_V1 = InV1.NEVER
EXAMPLES = [
    RuleExample(
        "loss = tf.losses.softmax_cross_entropy(labels, logits)\n",
        "loss = losses.softmax_cross_entropy(labels, logits)\n",
        "loss = tf.compat.v1.losses.softmax_cross_entropy(labels, logits)\n",
    ),
    RuleExample(
        "loss = tf.losses.sparse_softmax_cross_entropy(ids, logits, reduction=tf.losses.Reduction.NONE)\n",
        "loss = losses.sparse_softmax_cross_entropy(ids, logits, reduction=losses.Reduction.NONE)\n",
        "loss = tf.compat.v1.losses.sparse_softmax_cross_entropy("
        "ids, logits, reduction=tf.compat.v1.losses.Reduction.NONE)\n",
    ),
    RuleExample(
        "total = tf.losses.Reduction.SUM\nloss = tf.losses.softmax_cross_entropy(labels, logits, reduction=total)\n",
        "total = losses.Reduction.SUM\nloss = losses.softmax_cross_entropy(labels, logits, reduction=total)\n",
        "total = tf.compat.v1.losses.Reduction.SUM\n"
        "loss = tf.compat.v1.losses.softmax_cross_entropy(labels, logits, reduction=total)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Move every use of the functions and of `Reduction`: only their name changes, so references move too."""
    if site.function is REDUCTION:
        if _uses_losses(site.names):
            change.need("TF2's tf.losses.Reduction has other keys than TF1's")
        elif not _uses_others(site.names):
            change.leave("TF2's tf.losses.Reduction has other values than TF1's, and this file does not show its use")
    elif site.function.module == "losses":
        change.need(
            "TF2's tf.losses has no such function; the Keras losses there reduce differently: TF1's divide by the "
            "number of non-zero weights"
        )


@functools.lru_cache(1)
def _uses_losses(names: ModuleNames) -> bool:
    """Return whether the module uses one of the losses: otherwise its `Reduction` is not for them."""
    known = {function.name for function in FUNCTIONS.values() if function.module == "losses"}
    attributes = {node.attr for node in names.nodes if isinstance(node, ast.Attribute)}
    imported = {dotted.rpartition(".")[2] for every in names.imported.values() for dotted in every}
    return bool(known & (attributes | imported))


@functools.lru_cache(1)
def _uses_others(names: ModuleNames) -> bool:
    """Return whether the module uses other losses, which its `Reduction` is for."""
    attributes = [node for node in names.nodes if isinstance(node, ast.Attribute) and node.attr != REDUCTION.name]
    return any(str(dotted).endswith(".losses") for node in attributes for dotted in names.possible(node.value))
