"""TF 0.x took ``(logits, labels)``; TF 1.0 swapped them and put a sentinel first, so that such a call raises.

On TF2 the call runs again, with the two confused. Which one was meant can only be told from the code around it.

https://github.com/tensorflow/tensorflow/releases/tag/v1.0.0
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS106"
EXAMPLES = [
    Example("loss = tf.nn.softmax_cross_entropy_with_logits(logits, labels)\n", None, None),
    Example("loss = tf.nn.sparse_softmax_cross_entropy_with_logits(logits, labels, name='loss')\n", None, None),
]


def apply(site: Site, change: Change) -> None:
    """A sentinel that is not the literal None."""
    sentinel = site.argument("_sentinel")
    if sentinel is not None and not sentinel.is_none:
        change.leave(
            "TF1 raises on positional arguments here, and TF2 takes them for (labels, logits) where TF 0.x had "
            "(logits, labels): write labels= and logits="
        )
