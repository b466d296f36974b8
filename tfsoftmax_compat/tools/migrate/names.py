"""Find what each name in a module refers to: Python's scopes, and the names of TensorFlow.

Names are resolved, not matched. ``tf``, ``nn`` or any other name counts only where an import or a plain assignment
binds it to TensorFlow, in the scope that Python looks in.
"""

from __future__ import annotations

import ast
import functools
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from tfsoftmax_compat.tools.migrate.origins import MODULES, SHIM, TF, family_function, is_in
from tfsoftmax_compat.tools.migrate.others import NOT_KNOWN, Others

Meanings = frozenset[str | None]  # the dotted names that an expression may refer to; None: anything else

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_PASSED_ON = ("tf", "tensorflow", "nn", "losses", "v1")  # usual names of modules
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass
class Binding:
    """One place that binds a name."""

    node: ast.AST
    scope: Scope
    imported: str | None = None  # the dotted name that an import binds
    value: ast.expr | None = None  # the right-hand side of a plain assignment


@dataclass(eq=False)
class Scope:
    """A module, class, function or comprehension, and the names bound in it."""

    node: ast.AST
    parent: Scope | None = None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    elsewhere: dict[str, Scope] = field(default_factory=dict)  # by `global` and `nonlocal`

    def visible_from(self) -> Iterator[Scope]:
        """Yield this scope and those around it in which Python looks names up: a class only from its own body."""
        yield self
        scope = self.parent
        while scope is not None:
            if not isinstance(scope.node, ast.ClassDef):
                yield scope
            scope = scope.parent


class ModuleNames:
    """The names of one parsed module.

    Attributes:
      module: the scope of the module.
      parents: the parent of each node.
      scopes: the scope in which Python looks up the name that a node is.
      nodes: all nodes, in the order of the text.
      used: every identifier that the module binds or reads.
      stars: the modules of ``from module import *``, each with the last statement that does it.
      imported: the dotted names that each imported name can refer to.
      assumed: what names refer to that nothing in the module binds, as in an excerpt.
      others: what the other files of its project show about it.
    """

    def __init__(
        self, tree: ast.Module, assumed: Mapping[str, Meanings] | None = None, others: Others = NOT_KNOWN
    ) -> None:
        """Read `tree`."""
        self.module = Scope(tree)
        self.parents: dict[ast.AST, ast.AST] = {}
        self.scopes: dict[ast.AST, Scope] = {}
        self.nodes: list[ast.AST] = []
        self.used: set[str] = set()
        self.stars: dict[str, ast.ImportFrom] = {}
        self.imported: dict[str, set[str]] = {}
        self.assumed = assumed or {}
        self.others = others
        self._resolving: set[tuple[Scope, str]] = set()
        self._resolved: dict[tuple[Scope, str], Meanings] = {}
        self._counting: dict[tuple[Scope, str], list[Binding]] = {}
        self._modules: dict[Scope, dict[str, list[str]]] = {}
        self._places: dict[ast.AST, dict[ast.AST, tuple[list[ast.stmt], int]]] = {}
        self._visit_children(tree, self.module)

    def possible(self, node: ast.AST) -> Meanings:
        """Return the dotted names that the expression `node` may refer to; None means anything else."""
        if isinstance(node, ast.Attribute):
            return frozenset(name and f"{name}.{node.attr}" for name in self.possible(node.value))
        if isinstance(node, ast.Name):
            return self.possible_name(node.id, self.scopes[node])
        if isinstance(node, ast.NamedExpr):
            return self.possible(node.value)
        if isinstance(node, ast.IfExp):
            return self.possible(node.body) | self.possible(node.orelse)
        if isinstance(node, ast.BoolOp):
            return frozenset().union(*map(self.possible, node.values))
        if isinstance(node, ast.Call):  # importlib.import_module("tensorflow") and similar calls
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            modules = {a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)} & MODULES
            return frozenset([None, *modules])
        return frozenset([None])

    def resolve(self, node: ast.AST) -> str | None:
        """Return the only dotted name that the expression `node` can refer to, or None."""
        names = self.possible(node)
        return next(iter(names)) if len(names) == 1 else None

    def bindings(self, name: str, scope: Scope) -> list[Binding]:
        """Return what binds `name`, as seen from `scope`."""
        place = self._home(name, scope)
        if place is None:
            return []
        key = (place, name)
        if key not in self._counting:
            self._counting[key] = self._that_count(place.bindings[name])
        return self._counting[key]

    def _all_bindings(self, name: str, scope: Scope) -> list[Binding]:
        place = self._home(name, scope)
        return place.bindings[name] if place else []

    def _home(self, name: str, scope: Scope) -> Scope | None:
        """Return the scope in which Python finds `name`, as seen from `scope`."""
        around = (place.elsewhere.get(name, place) for place in scope.visible_from())
        return next((place for place in around if name in place.bindings), None)

    def names_of(self, dotted: str, scope: Scope) -> list[str]:
        """Return the names bound in `scope` that refer to `dotted` and to nothing else."""
        if scope not in self._modules:
            found: dict[str, list[str]] = {}
            for name in scope.bindings:
                meanings = self.possible_name(name, scope)
                if len(meanings) == 1:
                    found.setdefault(str(*meanings), []).append(name)
            self._modules[scope] = found
        return self._modules[scope].get(dotted, [])

    def possible_name(self, name: str, scope: Scope) -> Meanings:
        """Return the same as `possible`, for the identifier `name` as seen from `scope`."""
        key = (scope, name)
        if key not in self._resolved:
            if key in self._resolving:  # nn = nn
                return frozenset([None])
            self._resolving.add(key)
            self._resolved[key] = frozenset(self._meanings(name, scope))
            self._resolving.discard(key)
        return self._resolved[key]

    def _meanings(self, name: str, scope: Scope) -> Iterator[str | None]:
        bindings = self.bindings(name, scope)
        if not bindings:
            brought = self.brought(name)
            yield from brought - {None}
            if None in brought or not brought:
                yield from self.assumed.get(name, [None])
                yield from [TF] if name == "tf" and self.stars else []
        elif self._may_be_brought(name, scope):
            yield from self.brought(name) - {None}
        for binding in bindings:
            if binding.imported and self._passed_on(binding.imported):
                yield from self._passed_on(binding.imported)
            elif binding.imported:
                yield binding.imported
                if binding.imported.endswith((".tf", ".tensorflow")):  # another module's `tf`: probably TensorFlow
                    yield TF
            elif _is_of_itself(name, binding):
                attributes = ast.unparse(binding.value).partition(".")[2]  # type: ignore[arg-type]
                yield from (f"{b.imported}.{attributes}" for b in self._all_bindings(name, scope) if b.imported)
            elif binding.value is not None:
                yield from self.possible(binding.value)
            else:
                yield None

    def _may_be_brought(self, name: str, scope: Scope) -> bool:
        """Return whether a name that the module binds too may be what ``from module import *`` binds it to.

        It is not if a statement that always runs binds it below all of these, and above all that reads it.
        """
        if not self.stars or self._home(name, scope) is not self.module:
            return False
        lines = [star.lineno for module, star in self.stars.items() if self.others.bring(module, name) - {None}]
        last = max(lines, default=0)
        always = [line for line in self.always_bound(name) if line > last]
        return last > 0 and (not always or self.first_reads.get(name, last) < min(always))

    def always_bound(self, name: str) -> list[int]:
        """Return the lines of the module's statements that bind `name` and always run: in no branch, or in each."""
        statements = [self.statement(binding.node) for binding in self.module.bindings.get(name, [])]
        return [each.lineno for each in statements if self._always_runs(each, statements)]  # type: ignore[attr-defined]

    def _always_runs(self, statement: ast.AST, others: list[ast.AST]) -> bool:
        """Return whether a statement always runs, or one of `others` if another part of its `try` does."""
        parent = self.parents.get(statement)
        if isinstance(parent, ast.Try) and self.parents.get(parent) is self.module.node:
            return all(any(each in handler.body for each in others) for handler in parent.handlers)
        return parent is self.module.node

    @functools.cached_property
    def first_reads(self) -> dict[str, int]:
        """The first line on which each name is read."""
        found: dict[str, int] = {}
        for node in self.nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found[node.id] = min(found.get(node.id, node.lineno), node.lineno)
        return found

    def _passed_on(self, imported: str) -> Meanings:
        """Return the module of TensorFlow that an imported name is, if a file of the project certainly passes it on."""
        module, _, name = imported.rpartition(".")
        may_be_passed_on = name in _PASSED_ON and module and not is_in(module, TF)
        found = self.others.bring(module, name) if may_be_passed_on else frozenset()
        return found if found <= MODULES else frozenset()

    def brought(self, name: str) -> Meanings:
        """Return what each ``from module import *`` may bind `name` to; None: anything else."""
        return frozenset().union(*(self.others.bring(module, name) for module in self.stars))

    def _that_count(self, bindings: list[Binding]) -> list[Binding]:
        """Return the bindings that say what the name refers to.

        Left out are ``tf = None`` beside an import, the fallbacks in except clauses, and an import that
        ``tf = tf.compat.v1`` follows at once.
        """
        if len(bindings) > 1:
            tries = {id(self._try_of(b.node)) for b in bindings if not self._in_handler(b.node)} - {id(None)}
            counting = [
                b
                for b in bindings
                if not (isinstance(b.value, ast.Constant) and b.value.value is None)
                and not self._is_replaced_at_once(b, bindings)
                and not (self._in_handler(b.node) and id(self._try_of(b.node)) in tries)
            ]
            return bindings if not counting or self._hide_tensorflow(counting, bindings) else counting
        return bindings

    def _is_replaced_at_once(self, binding: Binding, bindings: list[Binding]) -> bool:
        """Return whether `binding` is an import, and nothing but imports is between it and ``tf = tf.compat.v1``."""
        if not binding.imported:
            return False
        block, index = self.place(binding.node)
        after = itertools.dropwhile(_is_import, block[index:])
        following = next(after, None)
        return any(
            self.statement(b.node) is following and _is_of_itself(getattr(b.node, "id", ""), b) for b in bindings
        )

    def _hide_tensorflow(self, counting: list[Binding], bindings: list[Binding]) -> bool:
        """Return whether none of `counting` is of the family's modules, although another one of `bindings` is."""
        return not self._lead_to_known(counting) and self._lead_to_known(bindings)

    def _lead_to_known(self, bindings: list[Binding]) -> bool:
        values = (b.value for b in bindings if b.value is not None)
        dotted = {b.imported for b in bindings} | {name for value in values for name in self.possible(value)}
        return any(map(_is_known, dotted))

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the parent of `node`, the parent of that, and so on, up to the module."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def statement(self, node: ast.AST) -> ast.AST:
        """Return the statement that `node` belongs to: the innermost one, and a statement itself."""
        around = itertools.chain([node], self.ancestors(node))
        return next((n for n in around if isinstance(n, ast.stmt)), node)

    def block(self, statement: ast.AST) -> list[ast.stmt]:
        """Return the list of statements that `statement` is an item of, and [] if it is in none.

        It is the body of a module, function, class, loop, `with`, `if`, `try`, except handler or match case, or what
        follows an `else` or a `finally`.
        """
        return self.place(statement)[0]

    def place(self, statement: ast.AST) -> tuple[list[ast.stmt], int]:
        """Return the block of `statement` and its index there; `[]` and 0 if it is in none."""
        parent = self.parents.get(statement)
        if parent is None or not isinstance(statement, ast.stmt):
            return [], 0
        if parent not in self._places:
            blocks = [field for field in vars(parent).values() if isinstance(field, list)]
            self._places[parent] = {item: (block, i) for block in blocks for i, item in enumerate(block)}
        return self._places[parent][statement]

    def attribute_chain(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield `node`, and the attributes of it that are read here: for `tf` also `tf.nn` and `tf.nn.softmax`."""
        yield node
        yield from itertools.takewhile(lambda around: isinstance(around, ast.Attribute), self.ancestors(node))

    def _try_of(self, node: ast.AST) -> ast.AST | None:
        return next((n for n in self._around_in_function(node) if isinstance(n, ast.Try)), None)

    def _in_handler(self, node: ast.AST) -> bool:
        around = self._around_in_function(node)
        return any(isinstance(n, ast.ExceptHandler) for n in itertools.takewhile(_is_no_try, around))

    def _around_in_function(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the ancestors of `node` up to its function."""
        if not isinstance(node, _FUNCTIONS):
            for ancestor in self.ancestors(node):
                yield ancestor
                if isinstance(ancestor, _FUNCTIONS):
                    return

    def _bind(self, name: str, binding: Binding) -> None:
        self.used.add(name)
        if binding.imported:
            self.imported.setdefault(name, set()).add(binding.imported)
        scope = binding.scope.elsewhere.get(name, binding.scope)
        scope.bindings.setdefault(name, []).append(binding)

    def _visit_children(self, node: ast.AST, scope: Scope) -> None:
        # Like ast.iter_child_nodes, but without contexts and operators, which are half of all nodes.
        for field_name in node._fields:
            value = getattr(node, field_name, None)
            if type(value) is list:
                for item in value:
                    if isinstance(item, ast.AST):
                        self._visit(item, node, scope)
            elif isinstance(value, ast.AST) and field_name not in ("ctx", "op"):
                self._visit(value, node, scope)

    def _visit(self, node: ast.AST, parent: ast.AST, scope: Scope) -> None:
        self.parents[node] = parent
        self.scopes[node] = scope
        self.nodes.append(node)
        visit = self._visitors.get(type(node))
        if visit is not None:
            visit(self, node, scope)
        else:
            self._visit_children(node, scope)

    def _visit_name(self, node: ast.Name, scope: Scope) -> None:
        self.used.add(node.id)
        if not isinstance(node.ctx, ast.Load):
            if isinstance(scope.node, _COMPREHENSIONS) and isinstance(self.parents[node], ast.NamedExpr):
                while isinstance(scope.node, _COMPREHENSIONS) and scope.parent is not None:
                    scope = scope.parent
            self._bind(node.id, Binding(node, scope, value=self._assigned(node)))

    def _assigned(self, target: ast.Name) -> ast.expr | None:
        """Return the expression that a plain assignment assigns to `target`, or None."""
        parent = self.parents[target]
        if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
            return parent.value
        if isinstance(parent, ast.Tuple) and isinstance(self.parents[parent], ast.Assign):
            value = self.parents[parent].value  # type: ignore[attr-defined]
            if isinstance(value, ast.Tuple) and len(value.elts) == len(parent.elts):
                return value.elts[parent.elts.index(target)]
        return None

    def _visit_import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            top = alias.name.split(".")[0]
            self._bind(alias.asname or top, Binding(node, scope, imported=alias.name if alias.asname else top))

    def _visit_import_from(self, node: ast.ImportFrom, scope: Scope) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self.stars[module] = node
            else:
                self._bind(alias.asname or alias.name, Binding(node, scope, imported=f"{module}.{alias.name}"))

    def _visit_global(self, node: ast.Global, scope: Scope) -> None:
        scope.elsewhere.update((name, self.module) for name in node.names)

    def _visit_nonlocal(self, node: ast.Nonlocal, scope: Scope) -> None:
        around = [place for place in scope.visible_from() if place not in (scope, self.module)]
        for name in node.names if around else ():
            # A function may bind the name below this statement.
            scope.elsewhere[name] = next((place for place in around if name in place.bindings), around[0])

    def _visit_definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        self._bind(node.name, Binding(node, scope))
        for child in node.decorator_list + ([node.returns] if node.returns else []):
            self._visit(child, node, scope)
        self._visit_function(node, node.args, node.body, scope)

    def _visit_lambda(self, node: ast.Lambda, scope: Scope) -> None:
        self._visit_function(node, node.args, [node.body], scope)

    def _visit_function(self, node: ast.AST, arguments: ast.arguments, body: list, scope: Scope) -> None:
        self._visit(arguments, node, scope)  # defaults and annotations are looked up outside
        inner = Scope(node, scope)
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        for argument in named:
            if argument is not None:
                self._bind(argument.arg, Binding(argument, inner))
        for child in body:
            self._visit(child, node, inner)

    def _visit_class(self, node: ast.ClassDef, scope: Scope) -> None:
        self._bind(node.name, Binding(node, scope))
        for child in [*node.decorator_list, *node.bases, *node.keywords]:
            self._visit(child, node, scope)
        inner = Scope(node, scope)
        for statement in node.body:
            self._visit(statement, node, inner)

    def _visit_comprehension(self, node: ast.AST, scope: Scope) -> None:
        inner = Scope(node, scope)
        first = node.generators[0].iter  # type: ignore[attr-defined]
        for child in ast.iter_child_nodes(node):
            self._visit(child, node, inner)
        for outside in ast.walk(first):  # the first iterable is looked up outside
            if self.scopes.get(outside) is inner:
                self.scopes[outside] = scope

    def _visit_named(self, node: ast.AST, scope: Scope) -> None:
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            self._bind(name, Binding(node, scope))
        self._visit_children(node, scope)

    _visitors: ClassVar[dict[type, Callable[..., None]]] = {
        ast.Name: _visit_name,
        ast.Import: _visit_import,
        ast.ImportFrom: _visit_import_from,
        ast.Global: _visit_global,
        ast.Nonlocal: _visit_nonlocal,
        ast.FunctionDef: _visit_definition,
        ast.AsyncFunctionDef: _visit_definition,
        ast.Lambda: _visit_lambda,
        ast.ClassDef: _visit_class,
        ast.ListComp: _visit_comprehension,
        ast.SetComp: _visit_comprehension,
        ast.DictComp: _visit_comprehension,
        ast.GeneratorExp: _visit_comprehension,
        ast.ExceptHandler: _visit_named,
        ast.MatchAs: _visit_named,
        ast.MatchStar: _visit_named,
        ast.MatchMapping: _visit_named,
    }


def root(node: ast.expr) -> ast.expr:
    """Return the expression that ``expression.attribute.attribute`` starts with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node


def first_name(node: ast.expr) -> str:
    """Return the name that ``name.attribute.attribute`` starts with, or "" if it starts with something else."""
    first = root(node)
    return first.id if isinstance(first, ast.Name) else ""


def _is_of_itself(name: str, binding: Binding) -> bool:
    """Return whether `binding` assigns an attribute of itself, as in ``tf = tf.compat.v1``."""
    return isinstance(binding.value, ast.Attribute) and first_name(binding.value) == name


def _is_known(dotted: str | None) -> bool:
    """Return whether `dotted` is TensorFlow, a module with functions of the family, or one of them."""
    return dotted in MODULES or is_in(dotted, SHIM) or family_function(dotted) is not None


def _is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, (ast.Import, ast.ImportFrom))


def _is_no_try(node: ast.AST) -> bool:
    return not isinstance(node, ast.Try)
