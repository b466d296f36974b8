"""Places where a change would be a guess: code that asks for TensorFlow's release, f-strings, names with two meanings.

Such code has its own idea of TF1 and TF2, and rewriting one half of it may break the other.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

from tfsoftmax_compat.tools.migrate.changes import TO_NATIVE, Change
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import SHIM, Site

ID = "TFS109"
EXAMPLES = [
    Example("y = tf.nn.softmax(x, dim=0) if tf.__version__ < '2' else tf.nn.softmax(x, axis=0)\n", None, None),
    Example("y = tf.nn.softmax(x, depth=0)\n", None, None),
]


def apply(site: Site, change: Change) -> None:
    """A place or arguments that keep the site from being changed."""
    if site.problem:
        change.leave("not a call that TF1 takes: %s" % site.problem)
    elif site.doubt and (change.is_needed or change.is_left or (site.origin == SHIM and change.target == TO_NATIVE)):
        change.leave(site.doubt)
