"""``from tfsoftmax_compat import tf1 as tf``: its softmax family moves to plain TF2, and everything else stays.

Everything else in `tf1` is `tensorflow.compat.v1`, except for sessions that run eager tensors. The code does not show
whether it needs those.

https://www.tensorflow.org/guide/migrate
"""

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.changes import TO_NATIVE
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import SHIM_TF1, family_function, is_in
from tfsoftmax_compat.tools.migrate.rules import RuleExample

ID = "TFS114"
EXAMPLES = [
    RuleExample(
        "from tfsoftmax_compat import tf1\nsession = tf1.Session()\n",
        "from tfsoftmax_compat import tf1\nsession = tf1.Session()\n",
        None,
    ),
]


def find(names: ModuleNames, target: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield, for each name of `tf1` or of a part of it, its first use that is no function of the family."""
    seen = set()
    for node in names.nodes if target == TO_NATIVE else ():
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)) or node.id in seen:
            continue
        if not any(is_in(dotted, SHIM_TF1) for dotted in names.possible(node)):
            continue
        if not any(_moves(names, expression) for expression in names.attribute_chain(node)):
            seen.add(node.id)
            yield node, f"still needs `{SHIM_TF1}`: plain TF2 has this only in tf.compat.v1, or not at all"


def _moves(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is a function of the family, or their `Reduction`."""
    return any(map(family_function, names.possible(node)))
