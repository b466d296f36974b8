"""TensorFlow's dense cross entropies fail on negative axes other than -1, from 1.5 to 2.21; the shim's do not.

A non-negative axis works everywhere, but to compute it one needs the rank of the logits, which the code does not show.

https://www.tensorflow.org/api_docs/python/tf/nn/softmax_cross_entropy_with_logits
"""

import ast

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS113"
IN_V1 = InV1.ALWAYS
EXAMPLES = [
    RuleExample(
        "loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, dim=-2)\n",
        "loss = nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, dim=-2)\n",
        None,
    ),
]


def apply(site: Site, change: Change) -> None:
    """Look for a literal axis below -1."""
    if not site.function.is_cross_entropy:
        return
    for argument in (site.argument("axis"), site.argument("dim")):
        value = argument.value if argument else None
        if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
            if isinstance(value.operand, ast.Constant) and value.operand.value != 1:
                change.leave_in_native(
                    "TensorFlow's function fails on negative axes other than -1: use a non-negative axis"
                )
