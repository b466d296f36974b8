"""Find names of a module that other files may take from it."""

from __future__ import annotations

import ast

from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF, family_function


def is_taken(names: ModuleNames, name: str) -> bool:
    """Return whether another file takes `name`, or ``__all__`` offers it."""
    return names.others.take(name) or any(
        isinstance(node, ast.Constant) and node.value == name
        for binding in names.module.bindings.get("__all__", [])
        for node in ast.walk(names.statement(binding.node))
    )


def import_fails_on_tf2(dotted: str | None) -> bool:
    """Return whether `dotted` is a function of the family that TF2 does not have at all, so that its import fails."""
    origin, function = family_function(dotted) or ("", None)
    return origin == TF and function is not None and (function.module == "losses" or function.in_tf2 != function.name)


def alias_of(statement: ast.AST, name: str) -> ast.AST:
    """Return the part of an import that binds `name`."""
    parts = [each for each in getattr(statement, "names", ()) if name == (each.asname or each.name)]
    return parts[0] if parts else statement
