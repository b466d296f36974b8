"""``softmax_cross_entropy_with_logits_v2`` (TF 1.5 to 1.15) lost its ``_v2`` in TF 2.0.

Plain TF2 code gets an explicit ``axis``: it is the default's value, and it tells TF2's function from TF1's of the same
name, which always raised with ``axis=``. So the call is not mistaken for TF1's later.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax_cross_entropy_with_logits_v2
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS104"
EXAMPLES = [
    Example(
        "loss = tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)\n",
        "loss = nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, axis=-1)\n",
    ),
    Example(
        "loss = tf.nn.softmax_cross_entropy_with_logits_v2(None, labels, logits, 1)\n",
        "loss = nn.softmax_cross_entropy_with_logits_v2(None, labels, logits, 1)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, axis=1)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """A call of v2 by its TF1 name."""
    if site.function.name != "softmax_cross_entropy_with_logits_v2" or site.call is None or change.as_v1:
        return
    change.need("TF2 calls this function softmax_cross_entropy_with_logits")
    if site.argument("axis") is None and site.argument("dim") is None:
        change.added["axis"] = "-1"
