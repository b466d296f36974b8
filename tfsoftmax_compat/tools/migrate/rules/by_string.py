"""A function fetched by its name, as in ``getattr(tf.nn, "softmax_cross_entropy_with_logits")``: TF 2.0 gives
another one.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS
from tfsoftmax_compat.tools.migrate.names import Names
from tfsoftmax_compat.tools.migrate.rules import Example

ID = "TFS111"
EXAMPLES = [Example("loss_fn = getattr(tf.nn, 'softmax_cross_entropy_with_logits')\n", None, None)]


def find(names: Names, target: str) -> Iterator[tuple[ast.AST, str]]:
    """`getattr` on `tf.nn` or `tf.losses`, by a name of the family or one that shows when it runs."""
    for node in names.nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr"):
            continue
        if len(node.args) < 2 or names.resolve(node.args[0]) not in ("tensorflow.nn", "tensorflow.losses"):
            continue
        module, name = str(names.resolve(node.args[0])).split(".")[1], node.args[1]
        if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
            yield node, "which function of tf.%s this is shows when it runs" % module
        elif "%s.%s" % (module, name.value) in FUNCTIONS:
            yield node, "fetched by its name: TF2's `%s` takes other arguments than TF1's" % name.value
