"""``softmax_cross_entropy_with_logits_v2`` (TF 1.5 to 1.15) lost its ``_v2`` in TF 2.0.

Plain TF2 code gets an explicit ``axis=-1``. That is the default, and it shows that the call is one of TF2's function:
TF1's function of the same name always raised an error with ``axis=``. So a later run does not mistake it for TF1's.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax_cross_entropy_with_logits_v2
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS104"
IN_V1 = InV1.NEVER
EXAMPLES = [
    RuleExample(
        "loss = tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)\n",
        "loss = nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, axis=-1)\n",
    ),
    RuleExample(
        "loss = tf.nn.softmax_cross_entropy_with_logits_v2(None, labels, logits, 1)\n",
        "loss = nn.softmax_cross_entropy_with_logits_v2(None, labels, logits, 1)\n",
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, axis=1)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Rename calls of v2."""
    if site.function.name != "softmax_cross_entropy_with_logits_v2" or site.call is None:
        return
    change.need("in TF2 this function is called softmax_cross_entropy_with_logits")
    if site.argument("axis") is None and site.argument("dim") is None:
        change.added["axis"] = "-1"
