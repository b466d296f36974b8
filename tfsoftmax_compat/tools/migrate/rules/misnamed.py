"""A function under a name that no release has, such as ``tf.nn.sparse_cross_entropy_with_logits`` in tutorials.

It is misspelt, or in the wrong module: ``tf.losses.softmax_cross_entropy_with_logits``.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn
"""

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, intended_function
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF, V1
from tfsoftmax_compat.tools.migrate.rules import RuleExample

ID = "TFS110"
EXAMPLES = [
    RuleExample("loss = tf.nn.sparse_cross_entropy_with_logits(labels=ids, logits=logits)\n", None, None),
    RuleExample("loss = tf.losses.softmax_cross_entropy_with_logits(labels=y, logits=logits)\n", None, None),
    RuleExample("loss = tf.nn.sparse_softmax_cross_entropy(labels=ids, logits=logits)\n", None, None),
]


def find(names: ModuleNames, target: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield each attribute of `tf.nn` and `tf.losses` whose name is similar to that of a function of the family."""
    for node in names.nodes:
        if not isinstance(node, ast.Attribute):
            continue
        if "softmax" not in node.attr and "cross_entropy" not in node.attr:
            continue
        for module in ("nn", "losses"):
            if f"{module}.{node.attr}" in FUNCTIONS:
                continue
            if names.resolve(node.value) not in (f"{TF}.{module}", f"{V1}.{module}"):
                continue
            right = _right_name(module, node.attr)
            if right:
                yield node, f"tf.{module} has no `{node.attr}`: did you mean `{right}`?"


def _right_name(module: str, name: str) -> str | None:
    """Return the full name of the function that ``tf.module.name`` stands for, or None."""
    other = "losses" if module == "nn" else "nn"
    if f"{other}.{name}" in FUNCTIONS:
        return f"tf.{other}.{name}"
    right = intended_function(module, name)
    return right and f"tf.{module}.{right}"
