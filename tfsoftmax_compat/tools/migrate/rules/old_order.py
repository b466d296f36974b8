"""TF 0.x took ``(logits, labels)``; TF 1.0 swapped them and put a sentinel first, so that such a call raises an error.

On TF2 the call runs again, with the two confused. Only the code around it can show which order was meant.

https://github.com/tensorflow/tensorflow/releases/tag/v1.0.0
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS106"
IN_V1 = InV1.ALWAYS
EXAMPLES = [
    RuleExample("loss = tf.nn.softmax_cross_entropy_with_logits(logits, labels)\n", None, None),
    RuleExample("loss = tf.nn.sparse_softmax_cross_entropy_with_logits(logits, labels, name='loss')\n", None, None),
]


def apply(site: Site, change: Change) -> None:
    """Look for a sentinel that is not the literal None."""
    sentinel = site.argument("_sentinel")
    if sentinel is not None and not sentinel.is_none:
        change.leave(
            "positional arguments: TF 0.x reads them as (logits, labels), TF2 as (labels, logits), and TF1 raises an "
            "error: write labels= and logits="
        )
