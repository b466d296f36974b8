"""``_sentinel``, which made TF1's cross entropies keyword-only, is gone: in v2 since TF 1.13, in all since TF 2.0.

Since TF 2.12 the functions in ``tf.compat.v1.nn`` have none either, so that a positional argument there is read as the
next parameter.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/sparse_softmax_cross_entropy_with_logits
https://www.tensorflow.org/versions/r1.12/api_docs/python/tf/nn/softmax_cross_entropy_with_logits_v2
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS103"
IN_V1 = InV1.ALWAYS
EXAMPLES = [
    RuleExample(
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(None, ids, logits)\n",
        "loss = nn.sparse_softmax_cross_entropy_with_logits(None, ids, logits)\n",
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
    ),
    RuleExample(
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=logits)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Remove a sentinel that is None; any other is a matter of the rule in `old_order`."""
    sentinel = site.argument("_sentinel")
    if sentinel is not None and sentinel.is_none:
        change.need("TF2 has no `_sentinel`: pass labels and logits by keyword")
        change.dropped.add(sentinel)
