"""A function that is looked up by its name, as in ``getattr(tf.nn, "softmax_cross_entropy_with_logits")``.

Since TF 2.0 the name belongs to a function with other parameters.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF
from tfsoftmax_compat.tools.migrate.rules import RuleExample

ID = "TFS111"
EXAMPLES = [RuleExample("loss_fn = getattr(tf.nn, 'softmax_cross_entropy_with_logits')\n", None, None)]
_MODULES = {f"{TF}.{module}": module for module in ("nn", "losses")}


def find(names: ModuleNames, target: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield each `getattr` on `tf.nn` or `tf.losses` whose name is in the softmax family or only known at run time."""
    for node in names.nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr"):
            continue
        module = _MODULES.get(str(names.resolve(node.args[0]))) if len(node.args) > 1 else None
        if module is None:
            continue
        name = node.args[1]
        if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
            yield node, f"which function of tf.{module} this is, is only known at run time"
        elif f"{module}.{name.value}" in FUNCTIONS:
            yield node, f"looked up by its name: TF2's `{name.value}` has other parameters than TF1's"
