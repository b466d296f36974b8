"""Find code that hands TensorFlow's modules on, as in ``lookup(tf.nn, name)``: what they are asked for is elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.look_ups import GETTERS, called_name
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF

_WITH_FUNCTIONS = (f"{TF}.nn", f"{TF}.losses")
_ASKED = (*GETTERS, "hasattr", "dir", "vars", "reload")  # functions that a module is not handed on to
_NOT_HANDED_ON = (ast.Attribute, ast.Compare, ast.Expr, ast.Assert, ast.If, ast.While)
_ALTERNATIVES = (ast.IfExp, ast.BoolOp)
_IN_TEXT = re.compile(rf"{TF}[.:](?:nn|losses)\b[\w.:]*")
_ALIAS = re.compile(rb"\bimport\s+tensorflow(?:\.\w+)*\s+as\s+(\w+)")
_FROM_IMPORT = re.compile(rb"^\s*from\s+tensorflow[\w.]*\s+import\b[^\n]*\b(?:nn|losses)\b", re.MULTILINE)
# A module by the name {}, where an expression may end, or a text for one.
_IN_DATA = (
    r"""(?<!as )(?<!import )\b(?:{})(?:\.nn|\.losses)?\s*(?:[,)\]}}]|$)"""
    r"""|["']tensorflow(?:["']|[.:](?:nn|losses)\b)"""
)


def may_hand_on(data: bytes) -> bool:
    """Return whether the text of a module, which is not parsed, may hand on a module of TensorFlow."""
    if TF.encode() not in data:
        return False
    names = "|".join(sorted({TF, *(alias.decode() for alias in _ALIAS.findall(data) if alias.isascii())}))
    return bool(_FROM_IMPORT.search(data) or re.search(_IN_DATA.format(names).encode(), data, re.MULTILINE))


def hands_on(names: ModuleNames) -> bool:
    """Return whether other files may get a module of TensorFlow from this one: as an object, or by its name."""
    modules = (TF, *_WITH_FUNCTIONS)
    return any(_is_handed_on(names, n, modules, names.module) or _is_name_of_module(names, n) for n in names.nodes)


def handed_on(names: ModuleNames) -> Iterator[ast.expr]:
    """Yield where a module hands on `tf.nn` or `tf.losses`, and not only assigns it to a name."""
    for node in names.nodes:
        if isinstance(node, (ast.Name, ast.Attribute)) and _is_handed_on(names, node, _WITH_FUNCTIONS):
            yield node


def _is_handed_on(names: ModuleNames, node: ast.AST, modules: tuple[str, ...], visible: object = None) -> bool:
    """Return whether `node` is one of `modules`, and something else gets it than a name outside the scope `visible`."""
    if not isinstance(node, (ast.Name, ast.Attribute)) or not isinstance(node.ctx, ast.Load):
        return False
    if names.possible(node).isdisjoint(modules):
        return False
    parent = next(around for around in names.ancestors(node) if not isinstance(around, _ALTERNATIVES))
    if isinstance(parent, ast.Assign) and all(isinstance(target, ast.Name) for target in parent.targets):
        scope = names.scopes[parent]
        return scope is visible or isinstance(scope.node, ast.ClassDef)
    is_asked = isinstance(parent, ast.Call) and called_name(names, parent) in _ASKED
    return not is_asked and not isinstance(parent, _NOT_HANDED_ON)


def _is_name_of_module(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is a text such as "tensorflow.nn.softmax", or "tensorflow" that a function gets."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return bool(_IN_TEXT.fullmatch(node.value)) or (node.value == TF and _is_given_to_unknown(names, node))


def _is_given_to_unknown(names: ModuleNames, node: ast.Constant) -> bool:
    """Return whether a function that is the module's own, or another one's of the project, may get `node`."""
    parent = names.parents[node]
    if not isinstance(parent, ast.Call):
        return False
    return any(dotted is None or names.others.have(dotted) for dotted in names.possible(parent.func))
