"""``tf.losses.softmax_cross_entropy`` and ``sparse_softmax_cross_entropy`` left ``tf.losses`` in TF 2.0.

They live on as ``tf.compat.v1.losses.*``. TF2's ``tf.losses`` are the Keras losses, which differ in how they reduce:
TF1 divides the weighted sum by the number of weights that are not 0 and adds the loss to the graph's collection; Keras
divides by the number of elements, and takes probabilities unless told ``from_logits=True``.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/losses
https://www.tensorflow.org/api_docs/python/tf/compat/v1/losses
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS105"
EXAMPLES = [
    Example(
        "loss = tf.losses.softmax_cross_entropy(labels, logits)\n",
        "loss = losses.softmax_cross_entropy(labels, logits)\n",
        "loss = tf.compat.v1.losses.softmax_cross_entropy(labels, logits)\n",
    ),
    Example(
        "loss = tf.losses.sparse_softmax_cross_entropy(ids, logits, reduction=tf.losses.Reduction.NONE)\n",
        "loss = losses.sparse_softmax_cross_entropy(ids, logits, reduction=losses.Reduction.NONE)\n",
        "loss = tf.compat.v1.losses.sparse_softmax_cross_entropy("
        "ids, logits, reduction=tf.compat.v1.losses.Reduction.NONE)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Any use of the two: their name is all that changes, so references and star arguments move too."""
    if site.function.module == "losses" and not change.as_v1:
        change.need(
            "not in TF2's tf.losses; the Keras losses there reduce differently: TF1's divide by the number of "
            "non-zero weights"
        )
