"""A misspelt function, such as ``tf.nn.sparse_cross_entropy_with_logits`` in published tutorials: no release has it.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn
"""

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, meant
from tfsoftmax_compat.tools.migrate.names import Names
from tfsoftmax_compat.tools.migrate.rules import Example

ID = "TFS110"
EXAMPLES = [
    Example("loss = tf.nn.sparse_cross_entropy_with_logits(labels=ids, logits=logits)\n", None, None),
]


def find(names: Names, target: str) -> Iterator[tuple[ast.AST, str]]:
    """Attributes of `tf.nn` and `tf.losses` that are nearly a function of the family."""
    for node in names.nodes:
        if not isinstance(node, ast.Attribute):
            continue
        if "softmax" not in node.attr and "cross_entropy" not in node.attr:
            continue
        for module in ("nn", "losses"):
            holders = {"%s.%s" % (origin, module) for origin in ("tensorflow", "tensorflow.compat.v1")}
            if "%s.%s" % (module, node.attr) in FUNCTIONS or names.resolve(node.value) not in holders:
                continue
            right = meant(module, node.attr)
            if right:
                yield node, "tf.%s has no `%s`: did you mean `%s`?" % (module, node.attr, right)
