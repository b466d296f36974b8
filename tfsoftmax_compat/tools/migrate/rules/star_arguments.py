"""``*args`` or ``**kwargs`` into a function whose parameters changed in TF 2.0: what they hold shows when it runs.

The shim sorts them out then. For plain TF2 the call is left as it stands.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS108"
EXAMPLES = [
    Example("y = tf.nn.softmax(x, **options)\n", "y = nn.softmax(x, **options)\n", None),
    Example(
        "loss = tf.nn.softmax_cross_entropy_with_logits(**arguments)\n",
        "loss = nn.softmax_cross_entropy_with_logits(**arguments)\n",
        None,
    ),
]


def apply(site: Site, change: Change) -> None:
    """Star arguments, except into tf.losses.*, whose parameters did not change."""
    if change.as_v1 and not site.function.takes_sentinel:
        return
    if site.has_star and site.function.module == "nn":
        change.leave_in_native("star arguments may hold what TF2's function does not take")
