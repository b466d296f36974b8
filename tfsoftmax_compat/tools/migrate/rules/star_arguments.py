"""``*args`` or ``**kwargs`` for a function whose parameters changed in TF 2.0.

What they contain is only known at run time. The shim handles it then; for plain TF2 the call is not changed.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS108"
IN_V1 = InV1.WITH_SENTINEL
EXAMPLES = [
    RuleExample("y = tf.nn.softmax(x, **options)\n", "y = nn.softmax(x, **options)\n", None),
    RuleExample(
        "loss = tf.nn.softmax_cross_entropy_with_logits(**arguments)\n",
        "loss = nn.softmax_cross_entropy_with_logits(**arguments)\n",
        None,
    ),
]


def apply(site: Site, change: Change) -> None:
    """Look for star arguments, except for tf.losses.*, whose parameters did not change."""
    if site.has_star and site.function.module == "nn":
        change.leave_in_native("star arguments may contain an argument that TF2's function does not have")
