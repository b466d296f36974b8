"""The cross entropies' ``_sentinel``, which forced keywords in TF1, is gone: from v2 in TF 1.13, from all in TF 2.0.

Since TF 2.12 ``tf.compat.v1.nn`` has none either, so that a positional call there takes the next argument's place.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/sparse_softmax_cross_entropy_with_logits
https://www.tensorflow.org/versions/r1.12/api_docs/python/tf/nn/softmax_cross_entropy_with_logits_v2
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS103"
EXAMPLES = [
    Example(
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(None, ids, logits)\n",
        "loss = nn.sparse_softmax_cross_entropy_with_logits(None, ids, logits)\n",
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
    ),
    Example(
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """A sentinel that is None; any other is `old_order`'s."""
    sentinel = site.argument("_sentinel")
    if sentinel is not None and sentinel.is_none:
        change.need("TF2 has no `_sentinel`: labels and logits are given by keyword")
        change.dropped.add(sentinel)
