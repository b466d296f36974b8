"""``sampled_softmax_loss`` and ``nce_loss`` divide sharded weights in another way on TF 2.0, without an error.

TF1's `partition_strategy` has the default "mod": shard number i has every n-th row from row i on. TF2's functions have
no such parameter, and take the shards as "div": each has consecutive rows. The functions in ``tf.compat.v1.nn`` are
TF1's.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/sampled_softmax_loss
https://www.tensorflow.org/api_docs/python/tf/nn/sampled_softmax_loss
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS118"
IN_V1 = InV1.NEVER
EXAMPLES = [
    RuleExample(
        "loss = tf.nn.sampled_softmax_loss(weights, biases, ids, inputs, 64, 10000)\n",
        "loss = nn.sampled_softmax_loss(weights, biases, ids, inputs, 64, 10000)\n",
        "loss = tf.compat.v1.nn.sampled_softmax_loss(weights, biases, ids, inputs, 64, 10000)\n",
    ),
    RuleExample(
        "loss = tf.nn.nce_loss(weights, biases, ids, inputs, 64, 10000, partition_strategy='div')\n",
        "loss = nn.nce_loss(weights, biases, ids, inputs, 64, 10000, partition_strategy='div')\n",
        "loss = tf.compat.v1.nn.nce_loss(weights, biases, ids, inputs, 64, 10000, partition_strategy='div')\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Move every use of the two functions: only their name changes, so references move too."""
    if site.function.module == "nn" and site.function.keeps_v1:
        change.need('TF2\'s function has no `partition_strategy`: it reads sharded weights as "div", TF1\'s as "mod"')
