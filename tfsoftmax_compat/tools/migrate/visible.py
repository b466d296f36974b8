"""Find the names that the code at one place can rely on: bound there, and bound before it runs."""

from __future__ import annotations

import ast
import itertools

from tfsoftmax_compat.tools.migrate.names import ModuleNames, first_name
from tfsoftmax_compat.tools.migrate.origins import TF, V1


def visible_name(names: ModuleNames, node: ast.expr, dotted: str) -> str | None:
    """Return a name that refers to the module `dotted`, and to nothing else, where `node` is; None if there is none."""
    scope = names.scopes[node]
    for around in scope.visible_from():
        for name in names.names_of(dotted, around):
            if names.possible_name(name, scope) == {dotted} and _is_bound(names, name, node):
                return name
    # An excerpt may not show its imports, and `from module import *` shows no names.
    unbound = (name for name in (*names.assumed, first_name(node)) if not names.bindings(name, scope))
    return next((name for name in unbound if names.possible_name(name, scope) == {dotted}), None)


def only_compat_v1(names: ModuleNames, node: ast.expr) -> bool:
    """Return whether the code at `node` can use `tensorflow.compat.v1` but has no name for TensorFlow itself."""
    others = (TF, f"{TF}.nn")
    return bool(visible_name(names, node, V1)) and not any(visible_name(names, node, other) for other in others)


def comes_before(names: ModuleNames, statement: ast.AST, node: ast.AST) -> bool:
    """Return whether `statement` has run whenever `node` runs: it is earlier in a block around `node`."""
    block, index = names.place(names.statement(statement))
    around = (names.place(n) for n in itertools.chain([node], names.ancestors(node)))
    return any(other is block and index < there for other, there in around)


def _is_bound(names: ModuleNames, name: str, node: ast.expr) -> bool:
    """Return whether `node` can rely on `name`.

    It can if it uses `name` already. Otherwise an import must bind `name`, or the module, and that must run before
    `node`, or before the imports that `node` itself relies on.
    """
    used, scope = first_name(node), names.scopes[node]
    if name == used:
        return True
    bindings = names.bindings(name, scope)
    if not all(binding.imported or binding.scope is names.module for binding in bindings):
        return False
    places = [node, *(binding.node for binding in names.bindings(used, scope))]
    return any(comes_before(names, b.node, place) for b in bindings for place in places)
