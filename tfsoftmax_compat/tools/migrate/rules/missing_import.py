"""An import of a function that TF2 does not have, which stays because other files may take the function from this one.

Such an import fails on TF2, where nothing can be imported from ``tensorflow.losses``. `migrate` removes the import if
only code that it has changed used the name, and no other file takes it. An import in an `if` or a `try` is not
reported.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.changes import TO_SHIM
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.offered import alias_of, import_fails_on_tf2, is_taken
from tfsoftmax_compat.tools.migrate.rebinding import reads_table
from tfsoftmax_compat.tools.migrate.rules import RuleExample

ID = "TFS121"
EXAMPLES = [
    RuleExample(
        "from tensorflow.nn import softmax_cross_entropy_with_logits_v2\n"
        "__all__ = ['softmax_cross_entropy_with_logits_v2']\n",
        None,
        None,
    ),
]


def find(names: ModuleNames, target: str) -> Iterator[tuple[ast.AST, str]]:
    """Yield each import of such a function that stays."""
    for name, bindings in names.module.bindings.items():
        for binding in bindings:
            is_conditional = not isinstance(names.parents[binding.node], ast.Module)
            if is_conditional or not import_fails_on_tf2(binding.imported):
                continue
            if is_taken(names, name) or reads_table(names) or name not in names.first_reads:
                function = str(binding.imported).rpartition(".")[2]
                module = str(binding.imported).split(".")[1]
                where = f"tfsoftmax_compat.{module}" if target == TO_SHIM else f"tensorflow.compat.v1.{module}"
                yield alias_of(binding.node, name), f"TF2 has no {function} to import: it is in {where}"
