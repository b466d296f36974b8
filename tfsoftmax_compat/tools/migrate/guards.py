"""Find code that asks which TensorFlow is installed.

Such code has one part for TF1 and another for TF2, so a change to only one of them may break it.
"""

from __future__ import annotations

import ast
import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator

from tfsoftmax_compat.tools.documents.code import last_name
from tfsoftmax_compat.tools.migrate.functions import BOTH_LOSSES
from tfsoftmax_compat.tools.migrate.names import Binding, ModuleNames
from tfsoftmax_compat.tools.migrate.origins import SHIM_TF1, TF, is_in

_LOOK_UPS = {"hasattr", "getattr", "dir"}
_VERSIONS = ("__version__", "VERSION", "GIT_VERSION")
_EAGER = (".executing_eagerly", ".executing_eagerly_outside_functions")  # false on TF1, true on TF2
_EAGER_TENSOR = "EagerTensor"
_CHOOSE = ("get", "pop", "setdefault", "__getitem__")
_MAX_DEPTH = 3  # how many assignments are followed from a test such as `if IS_TF2:`
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_FUNCTION_ENDS = (ast.Return, ast.Raise)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_HANDED_ON = (ast.Name, ast.Attribute, ast.Lambda, ast.Tuple, ast.List, ast.Dict, ast.keyword)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Guards:
    """The tests for TensorFlow's release in one module."""

    def __init__(self, names: ModuleNames) -> None:
        """Look for guards in the module that `names` has read."""
        self._names = names
        self._leaving: dict[tuple[ast.AST, tuple[type, ...]], bool] = {}
        self._asking: dict[tuple[ast.AST, int], bool] = {}
        self._first_leaving: dict[int, int] = {}  # by the identity of a block
        self._chosen: dict[ast.AST, bool] = {}  # by what has a name

    def doubt(self, node: ast.AST) -> str | None:
        """Return why the code around `node`, or before it, or where it is used, forbids to change it, or None."""
        why = self._doubt_around(node)
        if why is None and any(map(self._is_chosen, self._named_around(node))):
            why = "the function or class that it is in is used where TensorFlow's release decides"
        return why

    def _doubt_around(self, node: ast.AST) -> str | None:
        """Return why the code around `node`, or before it, forbids to change it, or None."""
        for child, parent in itertools.pairwise((node, *self._names.ancestors(node))):
            why = self._doubt_in(parent, child)
            if why:
                return why
            block, index = self._names.place(child)
            if block and self._leaves_at(block) < index:
                return "whether it runs depends on which TensorFlow is installed"
        return None

    def _doubt_in(self, parent: ast.AST, child: ast.AST) -> str | None:
        """Return why `parent` forbids to change its part `child`, or None."""
        if isinstance(parent, ast.JoinedStr):
            return "it is inside an f-string"
        if any(map(self._asks_for_release, _tests(parent, child))):
            return "the code around it depends on which TensorFlow is installed"
        if any(map(self._asks_for_release, _keys(parent, child))) or self._chooses_in_loop(parent, child):
            return "the release that is installed chooses it from others"
        if isinstance(parent, ast.Try) and any(_catches_missing_name(handler) for handler in parent.handlers):
            return "the code around it catches AttributeError, as if to find out which names TensorFlow has"
        if isinstance(parent, ast.Try) and self._looks_for_tensorflow(parent):
            return "the code around it finds out which modules TensorFlow has"
        return None

    def _chooses_in_loop(self, parent: ast.AST, child: ast.AST) -> bool:
        """Return whether `child` is what a loop goes through until the release fits."""
        if not (isinstance(parent, (ast.For, ast.AsyncFor)) and child is parent.iter):
            return False
        tests = (n.test for statement in parent.body for n in ast.walk(statement) if isinstance(n, ast.If))
        return any(map(self._asks_for_release, tests))

    def _named_around(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the functions, classes and names that `node` is reached by, instead of where it is written."""
        parent = self._names.parents[node]
        is_reached = not (isinstance(parent, ast.Call) and parent.func is node)
        for around in self._names.ancestors(node):
            if isinstance(around, _DEFINITIONS):
                yield around
            elif isinstance(around, ast.Assign) and is_reached:
                yield from (target for target in around.targets if isinstance(target, (ast.Name, ast.Attribute)))
            is_reached = is_reached or isinstance(around, (ast.Lambda, *_DEFINITIONS))

    def _is_chosen(self, definition: ast.AST) -> bool:
        """Return whether TensorFlow's release decides, somewhere in the module, that `definition` is used.

        What uses it is followed to what uses that, and so on.
        """
        users: dict[ast.AST, ast.AST | None] = {definition: None}  # each with what it uses
        pending = [definition]
        while pending:
            current = pending.pop()
            found = self._chosen.get(current)
            if found is None:
                found = self._is_chosen_directly(current)
                around = {name for use in self._uses(current) for name in self._named_around(use)} - users.keys()
                pending += around
                users.update(dict.fromkeys(around, current))
            if found:
                self._chosen.update(dict.fromkeys(_path(users, current), True))
                return True
        self._chosen.update(dict.fromkeys(users, False))
        return False

    def _is_chosen_directly(self, definition: ast.AST) -> bool:
        is_looked_up = any(_name(definition).startswith(start) for start in self._looked_up)
        return is_looked_up or any(map(self._doubt_around, self._uses(definition)))

    @functools.cached_property
    def _looked_up(self) -> set[str]:
        """How the names start that the module looks up by the release: ``getattr(self, "loss_" + RELEASE)``."""
        found = set()
        for node in self._names.nodes:
            name = _looked_up_name(node)
            if name is not None and self._asks_for_release(name):
                texts = [n.value for n in ast.walk(name) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
                found.add(texts[0].partition("%")[0].partition("{")[0] if texts else "")
        return found

    def _uses(self, definition: ast.AST) -> Iterator[ast.AST]:
        """Yield where the module reads the name of a function, class or assigned value."""
        name = _name(definition)
        in_class = isinstance(self._names.scopes[definition].node, ast.ClassDef)
        is_attribute = (in_class and not name.startswith("__")) or isinstance(definition, ast.Attribute)
        for node in self._reads.get(name, ()):
            if isinstance(node, ast.Attribute):
                if is_attribute:
                    yield node
            elif any(b.node is definition for b in self._names.bindings(name, self._names.scopes[node])):
                yield node

    @functools.cached_property
    def _reads(self) -> dict[str, list[ast.Name | ast.Attribute]]:
        """The names and attributes that the module reads, by the identifier."""
        found: dict[str, list[ast.Name | ast.Attribute]] = defaultdict(list)
        for node in self._names.nodes:
            if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
                found[node.id if isinstance(node, ast.Name) else node.attr].append(node)
        return found

    @functools.cached_property
    def serves_both(self) -> bool:
        """Whether the module asks for TensorFlow's release, and names both TF1's `V2` and the loss without `_v2`.

        That loss may then be TF2's, wherever it is called: not every way to choose by the release is followed.
        """
        if not BOTH_LOSSES <= set(filter(None, map(_name_in, self._names.nodes))):
            return False
        return any(
            self._node_asks(node, _MAX_DEPTH) or (isinstance(node, ast.Try) and self._looks_for_tensorflow(node))
            for node in self._names.nodes
        )

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
        if getattr(node, "value", None) == _EAGER_TENSOR or getattr(node, "attr", "") == _EAGER_TENSOR:
            return True  # type(x).__name__ == "EagerTensor", isinstance(x, ops.EagerTensor)
        if isinstance(node, ast.Call):  # hasattr(tf.nn, "name"), tf.executing_eagerly()
            return self._call_asks(node)
        if isinstance(node, ast.Name) and depth < _MAX_DEPTH and node in self._names.scopes:  # IS_TF2
            bindings = self._names.bindings(node.id, self._names.scopes[node])
            return any(self._binding_asks(binding, depth + 1) for binding in bindings)
        return False

    def _call_asks(self, call: ast.Call) -> bool:
        if any(str(dotted).endswith(_EAGER) for dotted in self._names.possible(call.func)):
            return True
        if not (isinstance(call.func, ast.Name) and call.func.id in _LOOK_UPS and call.args):
            return False
        # hasattr(tensor, "numpy") is true on TF2 only
        is_numpy = any(isinstance(a, ast.Constant) and a.value == "numpy" for a in call.args[1:])
        return is_numpy or self._leads_to_tensorflow(call.args[0])

    def _binding_asks(self, binding: Binding, depth: int) -> bool:
        if binding.imported:
            return binding.imported.endswith((".__version__", ".VERSION"))
        if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):  # if is_tf2():
            returned = (n.value for n in ast.walk(binding.node) if isinstance(n, ast.Return) and n.value is not None)
            return any(self._asks_for_release(value, depth) for value in returned)
        if isinstance(binding.node, ast.arg):
            return any(self._asks_for_release(value, depth) for value in self._passed(binding.node))
        if isinstance(binding.value, ast.Constant):  # a flag that is set where a guard says so
            return self._is_guarded(binding.node, depth)
        return binding.value is not None and self._asks_for_release(binding.value, depth)

    def _passed(self, parameter: ast.arg) -> Iterator[ast.expr]:
        """Yield the default of a parameter, and what the module passes for it."""
        arguments = self._names.parents[parameter]
        function = self._names.parents[arguments]
        if not isinstance(arguments, ast.arguments) or not isinstance(function, _DEFINITIONS):
            return
        positional = [*arguments.posonlyargs, *arguments.args]
        with_default = [*positional[len(positional) - len(arguments.defaults) :], *arguments.kwonlyargs]
        yield from (
            default
            for each, default in zip(with_default, arguments.defaults + arguments.kw_defaults)
            if each is parameter and default is not None
        )
        around = self._names.parents[function]
        in_class = isinstance(around, ast.ClassDef)
        index = positional.index(parameter) - in_class if parameter in positional else len(positional)
        called = around.name if isinstance(around, ast.ClassDef) and function.name == "__init__" else function.name
        for read in self._reads.get(called, ()):
            call = self._names.parents[read]
            if isinstance(call, ast.Call) and call.func is read:
                yield from (keyword.value for keyword in call.keywords if keyword.arg == parameter.arg)
                yield from call.args[index : index + 1] if index >= 0 else ()

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


def _tests(parent: ast.AST, child: ast.AST) -> list[ast.expr]:
    """Return the expressions that decide whether the part `child` of `parent` runs."""
    if isinstance(parent, (ast.If, ast.IfExp, ast.While)) and child is not parent.test:
        return [parent.test]
    if isinstance(parent, ast.Match) and child is not parent.subject:
        return [parent.subject]
    if isinstance(parent, _COMPREHENSIONS):
        return [test for generator in parent.generators for test in generator.ifs if child is not generator]
    if isinstance(parent, ast.comprehension) and child is parent.iter:
        return parent.ifs
    return _before(parent.values, child) if isinstance(parent, ast.BoolOp) else []


def _keys(parent: ast.AST, child: ast.AST) -> list[ast.expr]:
    """Return the expressions that choose from `child`, as in ``(old, new)[IS_TF2]`` and ``table.get(release)``."""
    if isinstance(parent, ast.Subscript) and child is parent.value:
        return [parent.slice]
    if isinstance(parent, ast.Call) and child is parent.func:
        return parent.args if getattr(child, "attr", "") in _CHOOSE else []
    if isinstance(parent, ast.Call) and isinstance(child, _HANDED_ON):  # choose(old, new, IS_TF2)
        own = getattr(child, "value", None) if isinstance(child, ast.keyword) else child
        return [a for a in (*parent.args, *(keyword.value for keyword in parent.keywords)) if a is not own]
    return []


def _path(users: dict[ast.AST, ast.AST | None], last: ast.AST) -> Iterator[ast.AST]:
    """Yield `last`, what it uses, what that uses, and so on."""
    step: ast.AST | None = last
    while step is not None:
        yield step
        step = users[step]


def _name_in(node: ast.AST) -> str:
    """Return the last name of what `node` names, in code, an import or a text."""
    name = node.value if isinstance(node, ast.Constant) else _name(node)
    return name.rpartition(".")[2] if isinstance(name, str) else ""


def _name(definition: ast.AST) -> str:
    """Return the name of a function or class, or of what is assigned to."""
    return getattr(definition, "name", last_name(definition))


def _looked_up_name(node: ast.AST) -> ast.expr | None:
    """Return the name in ``getattr(owner, name)`` and ``globals()[name]``, or None."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr" and len(node.args) > 1:
        return None if isinstance(node.args[1], ast.Constant) else node.args[1]
    table = node.value if isinstance(node, ast.Subscript) else None
    return node.slice if isinstance(table, ast.Call) and isinstance(node, ast.Subscript) else None


def _before(values: list[ast.expr], node: ast.AST) -> list[ast.expr]:
    return list(itertools.takewhile(lambda value: value is not node, values))


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    return [module + alias.name for alias in node.names]


def _leaves(statement: ast.If, ends: tuple[type, ...]) -> bool:
    return any(bool(block) and isinstance(block[-1], ends) for block in (statement.body, statement.orelse))


def _catches_missing_name(handler: ast.ExceptHandler) -> bool:
    return handler.type is not None and "AttributeError" in ast.unparse(handler.type)
