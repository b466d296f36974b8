"""The imports that a change needs, and those that it leaves without a use."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from tfsoftmax_compat.tools.migrate.edits import Edits
from tfsoftmax_compat.tools.migrate.names import Binding, Names, Scope
from tfsoftmax_compat.tools.migrate.sites import SHIM, TF, TF1, V1, Site, family_function, first_name


class NoPlaceError(Exception):
    """There is no place for an import that the site would find."""


@dataclass
class _Added:
    """An import that was added: what it binds, in which scope, and after which statement (None: at the top)."""

    dotted: str
    name: str
    scope: Scope
    after: ast.stmt | None


class Imports:
    """Finds names for modules in a file: those that are there already, or new ones with their import."""

    def __init__(self, names: Names, edits: Edits) -> None:
        self._names = names
        self._edits = edits
        self._added: list[_Added] = []
        self._taken = set(names.used)
        if names.star_imports:  # what they bind is out of sight
            self._taken |= {"nn", "losses", "tf"}

    def shim(self, site: Site) -> str:
        """The name of this package's `nn` or `losses`, as seen from the site."""
        module = site.function.module
        here = self._visible(site, "%s.%s" % (SHIM, module))
        return here or self._add(site, "from %s import %s" % (SHIM, module), module, "tfsoftmax_" + module)

    def tensorflow(self, site: Site) -> str:
        """The name of TensorFlow, as seen from the site."""
        return self._visible(site, TF) or self._add(site, "import tensorflow", "tf", "tensorflow")

    def tensorflow_nn(self, site: Site) -> str:
        """How `tf.nn` is written at the site."""
        if not self._visible(site, TF):
            nn = self._visible(site, TF + ".nn")
            if nn:
                return nn
        return self.tensorflow(site) + ".nn"

    def compat_v1(self, site: Site) -> str:
        """The name of `tensorflow.compat.v1`, where `only_compat_v1` says that there is one."""
        name = self._visible(site, V1)
        assert name
        return name

    def only_compat_v1(self, site: Site) -> bool:
        """Whether what the site sees of TensorFlow is `tensorflow.compat.v1` alone."""
        return bool(self._visible(site, V1)) and not self._visible(site, TF) and not self._visible(site, TF + ".nn")

    def remove_unused(self, replaced: list[ast.expr]) -> None:
        """Take out the imports of this package, and of functions, whose every use has been rewritten."""
        gone = {id(node) for expression in replaced for node in ast.walk(expression)}
        for statement in self._names.nodes:
            if not isinstance(statement, ast.ImportFrom) or statement.level or not statement.module:
                continue
            ours = [alias for alias in statement.names if self._is_replaceable(statement.module, alias)]
            unused = [alias for alias in ours if not self._is_used(alias.asname or alias.name, statement, gone)]
            if unused and len(unused) == len(statement.names):
                self._remove_statement(statement)
            else:
                for alias in unused:
                    self._edits.remove_item(self._edits.first(alias), self._edits.last(alias))

    def _is_replaceable(self, module: str, alias: ast.alias) -> bool:
        dotted = "%s.%s" % (module, alias.name)
        return dotted in (SHIM + ".nn", SHIM + ".losses", TF1) or family_function(dotted) is not None

    def _is_used(self, name: str, statement: ast.ImportFrom, gone: set[int]) -> bool:
        uses = rewritten = 0
        for node in self._names.nodes:
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
                if any(b.node is statement for b in self._names.bindings(name, self._names.scopes[node])):
                    uses += id(node) not in gone
                    rewritten += id(node) in gone
            elif isinstance(node, ast.Constant) and node.value == name:  # __all__
                uses += 1
        return bool(uses) or not rewritten

    def _remove_statement(self, statement: ast.stmt) -> None:
        edits = self._edits
        first, last = edits.first(statement), edits.last(statement)
        parent, block = self._names.parents[statement], self._names.block(statement)
        start, end = edits.start_of_line(first), edits.end_of_line(last)
        is_alone = len(block) == 1 and not isinstance(parent, ast.Module) and not edits.has_text_after(end)
        if is_alone or edits.shares_line(first, last):
            edits.replace(first, last, "pass")
        else:
            edits.replace(start, end, "")

    def _visible(self, site: Site, dotted: str) -> str | None:
        """A name that stands for the module `dotted`, and for nothing else, at the site."""
        scope = self._names.scopes[site.node]
        for place in scope.visible_from():
            for name in place.bindings:
                if self._names.possible_name(name, scope) == {dotted} and self._is_bound(name, site):
                    return name
            for added in self._added:
                if added.scope is place and added.dotted == dotted and self._reaches(added, site):
                    return added.name
        if dotted == TF and self._names.possible_name("tf", scope) == {TF} and not self._names.bindings("tf", scope):
            return "tf"  # an excerpt that does without its import
        return None

    def _reaches(self, added: _Added, site: Site) -> bool:
        return added.after is None or self._comes_before(added.after, site.node) or self._place(site) is added.after

    def _is_bound(self, name: str, site: Site) -> bool:
        """Whether the site can rely on `name`: an import or the module binds it, before what the site relies on now."""
        used, scope = first_name(site.node), self._names.scopes[site.node]
        bindings = self._names.bindings(name, scope)
        if not all(b.imported or b.scope is self._names.module for b in bindings):
            return False
        places = [site.node, *(b.node for b in self._names.bindings(used, scope))]
        return name == used or any(self._comes_before(b.node, place) for b in bindings for place in places)

    def _add(self, site: Site, statement: str, wanted: str, otherwise: str) -> str:
        place = self._place(site)
        scope = self._names.module if place is None else self._names.scopes[place]
        dotted = _dotted(statement)
        again = [added.name for added in self._added if (added.scope, added.dotted) == (scope, dotted)]
        name = again[0] if again else wanted
        number = 1
        while not again and name in self._taken:
            name = otherwise if number == 1 else "%s_%d" % (otherwise, number)
            number += 1
        plain = statement.split()[-1]
        text = statement if name == plain else "%s as %s" % (statement, name)
        self._added.append(_Added(dotted, name, scope, place))
        self._taken.add(name)
        if place is None:
            self._insert_before(self._top_statement(site.node), text)
        else:
            self._insert_after(place, text)
        return name

    def _place(self, site: Site) -> ast.stmt | None:
        """The statement that a new import goes after, so that the site finds it; None: before the site.

        Raises:
          NoPlaceError: there is none.
        """
        found = self._imports_that_lead_to(site.node)
        if found is None:
            return None
        name, bindings = found
        if any(name in binding.scope.elsewhere for binding in bindings):
            raise NoPlaceError("`%s` is imported under a `global` or `nonlocal` statement" % name)
        statements = [binding.node for binding in bindings if isinstance(binding.node, ast.stmt)]
        for statement in statements:
            if len(statements) == 1 or self._comes_before(statement, site.node):
                return statement
        shared = set.intersection(*({s, *self._names.ancestors(s)} for s in statements))
        around = next(node for node in (statements[0], *self._names.ancestors(statements[0])) if node in shared)
        in_function = self._names.scopes[site.node] is not bindings[0].scope
        if isinstance(around, ast.stmt) and around is not bindings[0].scope.node:
            if in_function or self._comes_before(around, site.node):
                return around
        raise NoPlaceError("`%s` is imported in more than one place" % name)

    def _comes_before(self, statement: ast.AST, node: ast.AST) -> bool:
        """Whether whatever runs `node` has run `statement`: an earlier one in a block around it."""
        statement = self._names.statement(statement)
        block: list[Any] = self._names.block(statement)
        around = next((n for n in (node, *self._names.ancestors(node)) if n in block), None)
        return around is not None and block.index(statement) < block.index(around)

    def _imports_that_lead_to(self, node: ast.AST) -> tuple[str, list[Binding]] | None:
        """The imports behind the first name in `node`, through assignments such as ``nn = tf.nn``, and the name."""
        while isinstance(node, ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        bindings = self._names.bindings(node.id, self._names.scopes[node])
        if not any(binding.imported for binding in bindings):
            return self._imports_that_lead_to(bindings[-1].value) if bindings and bindings[-1].value else None
        # All of them, with those in except clauses, which `Names` leaves aside.
        home = bindings[0].scope.elsewhere.get(node.id, bindings[0].scope)
        return node.id, [binding for binding in home.bindings[node.id] if binding.imported]

    def _top_statement(self, node: ast.AST) -> ast.AST:
        *_, node, _ = (node, *self._names.ancestors(node))  # the last one is the module
        decorators = getattr(node, "decorator_list", [])
        return decorators[0] if decorators else node

    def _insert_after(self, statement: ast.stmt, text: str) -> None:
        edits = self._edits
        first, last = edits.first(statement), edits.last(statement)
        end = edits.end_of_line(last)
        if edits.shares_line(first, last):
            edits.put_late(last, "; " + text)
            return
        line = edits.indentation(first) + text
        ending = edits.tokens[end].src
        if ending:
            edits.put_late(end, line + ending)
        else:
            edits.put_late(end, edits.newline() + line)

    def _insert_before(self, statement: ast.AST, text: str) -> None:
        edits = self._edits
        edits.put_before(edits.start_of_line(edits.first(statement)), text + edits.newline())


def _dotted(statement: str) -> str:
    """``from a import b`` or ``import a``: the dotted name that is bound."""
    return ".".join(word for word in statement.split() if word not in ("from", "import"))
