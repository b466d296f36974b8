"""Find code that asks which TensorFlow is installed.

Such code has one part for TF1 and another for TF2, so a change to only one of them may break it.
"""

from __future__ import annotations

import ast
import functools
import itertools
from collections import defaultdict

from tfsoftmax_compat.tools.migrate.names import Binding, ModuleNames
from tfsoftmax_compat.tools.migrate.origins import SHIM_TF1, TF, is_in

LOOK_UPS = {"hasattr", "getattr", "dir"}
_VERSIONS = ("__version__", "VERSION", "GIT_VERSION")
_MAX_DEPTH = 3  # how many assignments are followed from a test such as `if IS_TF2:`
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_FUNCTION_ENDS = (ast.Return, ast.Raise)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Guards:
    """The tests for TensorFlow's release in one module."""

    def __init__(self, names: ModuleNames) -> None:
        """Look for guards in the module that `names` has read."""
        self._names = names
        self._leaving: dict[tuple[ast.AST, tuple[type, ...]], bool] = {}
        self._asking: dict[tuple[ast.AST, int], bool] = {}
        self._first_leaving: dict[int, int] = {}  # by the identity of a block

    def doubt(self, node: ast.AST) -> str | None:
        """Return why the code around `node`, or before it, forbids to change it; None if it does not."""
        for child, parent in itertools.pairwise((node, *self._names.ancestors(node))):
            if isinstance(parent, ast.JoinedStr):
                return "it is inside an f-string"
            if isinstance(parent, (ast.If, ast.IfExp, ast.While)) and child is not parent.test:
                if self._asks_for_release(parent.test):
                    return "the code around it depends on which TensorFlow is installed"
            if isinstance(parent, ast.Subscript) and child is parent.value and self._asks_for_release(parent.slice):
                return "the release that is installed chooses it from others"  # (old, new)[IS_TF2]
            if isinstance(parent, ast.BoolOp) and any(map(self._asks_for_release, _before(parent.values, child))):
                return "the code around it depends on which TensorFlow is installed"
            if isinstance(parent, ast.Try) and any(_catches_missing_name(handler) for handler in parent.handlers):
                return "the code around it catches AttributeError, as if to find out which names TensorFlow has"
            block, index = self._names.place(child)
            if block and self._leaves_at(block) < index:
                return "whether it runs depends on which TensorFlow is installed"
        return None

    def depends_on_release(self, node: ast.AST) -> bool:
        """Return whether nothing but TensorFlow's release decides whether `node` runs, inside its function."""
        for child, parent in itertools.pairwise((node, *self._names.ancestors(node))):
            if isinstance(parent, _DEFINITIONS):
                return True
            if isinstance(parent, (ast.If, ast.IfExp)) and child is not parent.test:
                if not self._asks_for_release(parent.test):
                    return False
            if isinstance(parent, (ast.While, ast.For, ast.match_case)):
                return False
        return True

    def _leaves_at(self, block: list[ast.stmt]) -> int:
        """Return the index of the first statement that may leave `block` by a guard; if there is none, its length."""
        if id(block) not in self._first_leaving:
            leaving = (index for index, statement in enumerate(block) if self._may_leave(statement, _ENDS))
            self._first_leaving[id(block)] = next(leaving, len(block))
        return self._first_leaving[id(block)]

    def _may_leave(self, node: ast.AST, ends: tuple[type, ...]) -> bool:
        """Return whether a guard in `node` may end the block that `node` is in.

        `ends` are the statements that end it: inside an inner loop, `break` and `continue` end only that loop.
        """
        if isinstance(node, _DEFINITIONS):
            return False
        key = (node, ends)
        if key not in self._leaving:
            inner = _FUNCTION_ENDS if isinstance(node, _LOOPS) else ends
            self._leaving[key] = (
                isinstance(node, ast.If) and _leaves(node, ends) and self._asks_for_release(node.test)
            ) or any(
                self._may_leave(child, inner)
                for child in ast.iter_child_nodes(node)
                if isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case))
            )
        return self._leaving[key]

    def _asks_for_release(self, test: ast.expr, depth: int = 0) -> bool:
        return any(self._node_asks(node, depth) for node in ast.walk(test))

    def _node_asks(self, node: ast.AST, depth: int) -> bool:
        if isinstance(node, ast.Attribute):  # tf.__version__
            if node.attr in _VERSIONS and self._leads_to_tensorflow(node):
                return True
            values = self._attributes.get(node.attr, []) if depth < _MAX_DEPTH else []  # self.is_tf2
            return any(self._asks_for_release(value, depth + 1) for value in values)
        if isinstance(node, ast.Call):  # hasattr(tf.nn, "name"), tf.executing_eagerly()
            if self._names.resolve(node.func) == f"{TF}.executing_eagerly":  # false on TF1, true on TF2
                return True
            is_look_up = isinstance(node.func, ast.Name) and node.func.id in LOOK_UPS and bool(node.args)
            return is_look_up and self._leads_to_tensorflow(node.args[0])
        if isinstance(node, ast.Name) and depth < _MAX_DEPTH and node in self._names.scopes:  # IS_TF2
            bindings = self._names.bindings(node.id, self._names.scopes[node])
            return any(self._binding_asks(binding, depth + 1) for binding in bindings)
        return False

    def _binding_asks(self, binding: Binding, depth: int) -> bool:
        if binding.imported:
            return binding.imported.endswith((".__version__", ".VERSION"))
        if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):  # if is_tf2():
            returned = (n.value for n in ast.walk(binding.node) if isinstance(n, ast.Return) and n.value is not None)
            return any(self._asks_for_release(value, depth) for value in returned)
        if isinstance(binding.value, ast.Constant):  # a flag that is set where a guard says so
            return self._is_guarded(binding.node, depth)
        return binding.value is not None and self._asks_for_release(binding.value, depth)

    def _is_guarded(self, node: ast.AST, depth: int) -> bool:
        """Return whether `node` runs, or not, by a test for the release or for a name of TensorFlow."""
        for parent in self._names.ancestors(node):
            if isinstance(parent, ast.If) and self._asks_for_release(parent.test, depth):
                return True
            if isinstance(parent, ast.Try) and self._looks_for_tensorflow(parent):
                return True
        return False

    def _looks_for_tensorflow(self, statement: ast.Try) -> bool:
        """Return whether `statement` finds out which names or modules TensorFlow has."""
        if any(_catches_missing_name(handler) for handler in statement.handlers):
            names = (n for child in statement.body for n in ast.walk(child) if isinstance(n, ast.Attribute))
            return any(self._leads_to_tensorflow(name) for name in names)
        imports = (n for n in statement.body if isinstance(n, (ast.Import, ast.ImportFrom)))
        return any(is_in(dotted, TF) and dotted != TF for node in imports for dotted in _imported(node))

    @functools.cached_property
    def _attributes(self) -> dict[str, list[ast.expr]]:
        """What the module assigns to attributes, of any object, and in classes."""
        found: dict[str, list[ast.expr]] = defaultdict(list)
        for node in self._names.nodes:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                in_class = isinstance(self._names.scopes[node].node, ast.ClassDef)
                name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "") * in_class
                found[name].append(node.value)  # type: ignore[attr-defined]
        return found

    def _leads_to_tensorflow(self, node: ast.AST) -> bool:
        return any(is_in(name, TF, SHIM_TF1) for name in self._names.possible(node))


def _before(values: list[ast.expr], node: ast.AST) -> list[ast.expr]:
    return list(itertools.takewhile(lambda value: value is not node, values))


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    return [module + alias.name for alias in node.names]


def _leaves(statement: ast.If, ends: tuple[type, ...]) -> bool:
    return any(bool(block) and isinstance(block[-1], ends) for block in (statement.body, statement.orelse))


def _catches_missing_name(handler: ast.ExceptHandler) -> bool:
    return handler.type is not None and "AttributeError" in ast.unparse(handler.type)
