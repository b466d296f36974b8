"""``tf.nn.softmax(logits, "name")``: TF 0.x took the name second; since TF 1.5 the second parameter is the axis.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax
"""

import ast

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS116"
IN_V1 = InV1.ALWAYS
EXAMPLES = [RuleExample('p = tf.nn.softmax(logits, "prob")\n', None, None)]


def apply(site: Site, change: Change) -> None:
    """Look for a text as the axis."""
    axis = site.argument("axis")
    if axis and isinstance(axis.value, ast.Constant) and isinstance(axis.value.value, str):
        change.leave("the second argument is the axis, not the name: write name=")
