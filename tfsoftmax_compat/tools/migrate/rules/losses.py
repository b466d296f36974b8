"""``softmax_cross_entropy`` and ``sparse_softmax_cross_entropy`` were removed from ``tf.losses`` in TF 2.0.

They are still in ``tf.compat.v1.losses``. TF2's ``tf.losses`` are the Keras losses, which reduce differently: TF1
divides the weighted sum by the number of weights that are not 0, and adds the loss to the graph's collection; Keras
divides by the number of elements, and expects probabilities unless ``from_logits=True`` is passed.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/losses
https://www.tensorflow.org/api_docs/python/tf/compat/v1/losses
"""

from tfsoftmax_compat.tools.migrate.changes import Change
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
]


def apply(site: Site, change: Change) -> None:
    """Move every use of the two functions: only their name changes, so references and star arguments move too."""
    if site.function.module == "losses":
        change.need(
            "TF2's tf.losses has no such function; the Keras losses there reduce differently: TF1's divide by the "
            "number of non-zero weights"
        )
