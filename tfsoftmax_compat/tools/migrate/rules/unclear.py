"""Code where a change would be a guess: it asks for TensorFlow's release, is in an f-string, or uses ambiguous names.

Such code handles TF1 and TF2 in its own way, and a change to only one part of it may break the other.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

from tfsoftmax_compat.tools.migrate.changes import TO_NATIVE, Change
from tfsoftmax_compat.tools.migrate.origins import SHIM
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS109"
IN_V1 = InV1.ALWAYS
EXAMPLES = [
    RuleExample("y = tf.nn.softmax(x, dim=0) if tf.__version__ < '2' else tf.nn.softmax(x, axis=0)\n", None, None),
    RuleExample("y = tf.nn.softmax(x, depth=0)\n", None, None),
]


def review(site: Site, change: Change) -> None:
    """Leave a site whose place or arguments forbid to change it, if it would be changed."""
    if site.problem:
        change.leave(f"not a valid call in TF1: {site.problem}")
        return
    to_native = change.target == TO_NATIVE
    changes = change.is_needed or (site.origin == SHIM and to_native)
    if site.doubt and (changes or change.is_left):
        change.leave(site.doubt)
    elif site.is_unpacked and to_native and changes and not change.is_left:
        change.leave("its arguments are in a literal after `*` or `**`: write them as arguments of the call")
