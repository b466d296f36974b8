"""A function imported under another name, which other files take: their calls do not show which function they are for.

The calls of the file itself are found, whatever name they use. Others are found by the function's own name only. So is
an imported function that other files take and use as a value, under any name. One of a softmax is reported only if
TF1's arguments are passed.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.offered import alias_of, import_fails_on_tf2, is_taken
from tfsoftmax_compat.tools.migrate.origins import TF, family_function
from tfsoftmax_compat.tools.migrate.passed import passed_on
from tfsoftmax_compat.tools.migrate.rules import RuleExample

ID = "TFS120"
EXAMPLES = [
    RuleExample(
        "from tensorflow.nn import softmax_cross_entropy_with_logits as xent\n__all__ = ['xent']\n",
        None,
        None,
    ),
]


def find(names: ModuleNames, target: str) -> Iterator[tuple[ast.AST, str]]:
    """Yield each import of a function under another name that other files take from the module."""
    for name, bindings in names.module.bindings.items():
        for binding in bindings:
            origin, function = family_function(binding.imported) or ("", None)
            if origin != TF or function is None or import_fails_on_tf2(binding.imported):
                continue
            passed = names.others.use(name)
            if passed is not None and (function.is_cross_entropy or function.keeps_v1 or passed & function.only_tf1):
                yield (
                    alias_of(binding.node, name),
                    f"other files take {function.name} from this one and use it as a value, where it is not found: let "
                    "them import it from TensorFlow",
                )
                continue
            if name == function.name or not is_taken(names, name):
                continue
            if function.is_cross_entropy or function.keeps_v1 or passed_on(names, function):
                yield (
                    alias_of(binding.node, name),
                    f"other files take {function.name} from this one as `{name}`, and their calls are not found by "
                    "that name: import it under its own name",
                )
