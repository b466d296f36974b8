"""``from tfsoftmax_compat import tf1 as tf``: its softmax family moves to plain TF2, and the rest of it stays.

Everything else of `tf1` is `tensorflow.compat.v1`, but for sessions that run eager tensors. Whether code needs those
can't be told from the code.

https://www.tensorflow.org/guide/migrate
"""

import ast
import itertools
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.changes import TO_NATIVE
from tfsoftmax_compat.tools.migrate.names import Names
from tfsoftmax_compat.tools.migrate.rules import Example
from tfsoftmax_compat.tools.migrate.sites import TF1, family_function

ID = "TFS114"
EXAMPLES = [
    Example(
        "from tfsoftmax_compat import tf1\nsession = tf1.Session()\n",
        "from tfsoftmax_compat import tf1\nsession = tf1.Session()\n",
        None,
    ),
]


def find(names: Names, target: str) -> Iterator[tuple[ast.AST, str]]:
    """The first use of each name for `tf1`, or for a part of it, that is no function of the family."""
    seen = set()
    for node in names.nodes if target == TO_NATIVE else ():
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)) or node.id in seen:
            continue
        if not any(dotted and (dotted + ".").startswith(TF1 + ".") for dotted in names.possible(node)):
            continue
        longer = itertools.takewhile(lambda around: isinstance(around, ast.Attribute), names.ancestors(node))
        if not any(_moves(names, expression) for expression in (node, *longer)):
            seen.add(node.id)
            yield node, "still needs `%s`: plain TF2 has this in tf.compat.v1, if at all" % TF1


def _moves(names: Names, node: ast.AST) -> bool:
    """Whether `node` is a function of the family, or the `Reduction` in a call of one."""
    if names.resolve(node) == TF1 + ".losses.Reduction":
        if any(isinstance(around, ast.Call) and _moves(names, around.func) for around in names.ancestors(node)):
            return True
    return any(map(family_function, names.possible(node)))
