"""Division as Python 2 has it, for code that was converted from Python 2: of integers, it gives an integer.

Python 3.6 and later.
"""

import ast
import operator
from typing import Any

NAME = "__division_of_python_2__"  # among the builtins of the code
NAME_IN_PLACE = "__division_of_python_2_in_place__"


def divided(one: Any, other: Any) -> Any:
    """Return ``one / other`` as in Python 2. Arrays and tensors of integers are integers too."""
    return one // other if _is_integer(one) and _is_integer(other) else one / other


def divided_in_place(one: Any, other: Any) -> Any:
    """Return the new value of `one` behind ``one /= other`` in Python 2."""
    are_integers = _is_integer(one) and _is_integer(other)
    return operator.ifloordiv(one, other) if are_integers else operator.itruediv(one, other)


BUILTINS = {NAME: divided, NAME_IN_PLACE: divided_in_place}


def is_true_division(tree: ast.Module) -> bool:
    """Return whether code imports division as Python 3 has it: ``from __future__ import division``."""
    return any(
        isinstance(statement, ast.ImportFrom)
        and statement.module == "__future__"
        and any(name.name == "division" for name in statement.names)
        for statement in tree.body
    )


class Divisions(ast.NodeTransformer):
    """Replaces each ``/`` in code by a call of `divided`, and each ``/=`` by one of `divided_in_place`."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Replace a division; look into any other calculation."""
        self.generic_visit(node)
        return _call(NAME, node.left, node.right, node) if isinstance(node.op, ast.Div) else node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """Replace a division in place; look into any other one."""
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        value = _call(NAME_IN_PLACE, _loaded(node.target), node.value, node)
        assigned = ast.Assign(targets=[node.target], value=value, type_comment=None)
        return ast.copy_location(assigned, node)


def _is_integer(value: Any) -> bool:
    dtype = getattr(value, "dtype", None)
    return isinstance(value, int) or getattr(dtype, "kind", "") in tuple("iub") or getattr(dtype, "is_integer", False)


def _loaded(target: ast.expr) -> ast.expr:
    """Return what is assigned to, as the expression of its value."""
    loaded = type(target)(**{name: getattr(target, name) for name in target._fields if hasattr(target, name)})
    loaded.ctx = ast.Load()  # type: ignore[attr-defined]
    return ast.copy_location(loaded, target)


def _call(name: str, one: ast.expr, other: ast.expr, where: ast.AST) -> ast.Call:
    function = ast.copy_location(ast.Name(id=name, ctx=ast.Load()), where)
    return ast.copy_location(ast.Call(func=function, args=[one, other], keywords=[]), where)
