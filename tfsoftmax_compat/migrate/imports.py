"""The imports that a change needs, and those that it leaves without a use."""

from __future__ import annotations

import ast
from typing import Any

from tfsoftmax_compat.migrate.edits import Edits
from tfsoftmax_compat.migrate.names import Binding, Names, Scope
from tfsoftmax_compat.migrate.sites import SHIM, TF, V1, Site, family_function


class Imports:
    """Finds names for modules in a file: those that are there already, or new ones with their import."""

    def __init__(self, names: Names, edits: Edits) -> None:
        self._names = names
        self._edits = edits
        self._added: dict[tuple[Scope, str], str] = {}
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
        return dotted in (SHIM + ".nn", SHIM + ".losses") or family_function(dotted) is not None

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
        parent = self._names.parents[statement]
        block = next(b for b in (getattr(parent, n, None) for n in _BLOCKS) if isinstance(b, list) and statement in b)
        start, end = edits.start_of_line(first), edits.end_of_line(last)
        shares_line = any(token.src.strip() for token in edits.tokens[start:first] + edits.tokens[last + 1 : end])
        is_alone = len(block) == 1 and not isinstance(parent, ast.Module) and not edits.has_text_after(end)
        if is_alone or shares_line:
            edits.replace(first, last, "pass")
        else:
            edits.replace(start, end, "")

    def _visible(self, site: Site, dotted: str) -> str | None:
        """A name that stands for the module `dotted`, and for nothing else, at the site."""
        scope = self._names.scopes[site.node]
        for place in scope.visible_from():
            for name in place.bindings:
                if self._names.possible_name(name, scope) == {dotted} and self._binds_module(name, scope):
                    return name
            for (added_to, added_module), name in self._added.items():
                if added_to is place and added_module == dotted:
                    return name
        if dotted == TF and self._names.possible_name("tf", scope) == {TF} and not self._names.bindings("tf", scope):
            return "tf"  # an excerpt that does without its import
        return None

    def _binds_module(self, name: str, scope: Scope) -> bool:
        """Whether `name` is bound where the site can rely on it: by an import, or by the module's own assignment."""
        return all(b.imported or b.scope is self._names.module for b in self._names.bindings(name, scope))

    def _add(self, site: Site, statement: str, wanted: str, otherwise: str) -> str:
        name = wanted
        number = 1
        while name in self._taken:
            name = otherwise if number == 1 else "%s_%d" % (otherwise, number)
            number += 1
        plain = statement.split()[-1]
        text = statement if name == plain else "%s as %s" % (statement, name)
        binding = self._import_that_leads_to(site.node)
        self._added[(binding.scope if binding else self._names.module, _dotted(statement))] = name
        self._taken.add(name)
        if binding is None:
            self._insert_before(self._top_statement(site.node), text)
        else:
            self._insert_after(self._anchor(binding), text)
        return name

    def _import_that_leads_to(self, node: ast.AST) -> Binding | None:
        """The last import behind the first name in `node`, through assignments such as ``nn = tf.nn``."""
        while isinstance(node, ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        bindings = self._names.bindings(node.id, self._names.scopes[node])
        imports = [binding for binding in bindings if binding.imported]
        if imports:
            return imports[-1]
        return self._import_that_leads_to(bindings[-1].value) if bindings and bindings[-1].value else None

    def _anchor(self, binding: Binding) -> ast.stmt:
        """The statement to put a new import after."""
        statement: Any = binding.node
        name = next(n for n, all_ in binding.scope.bindings.items() if binding in all_)
        if len({id(b.node) for b in self._names.bindings(name, binding.scope)}) > 1:
            while self._names.parents[statement] is not binding.scope.node:
                statement = self._names.parents[statement]
        parent = self._names.parents[statement]
        while isinstance(parent, ast.stmt) and parent.lineno == statement.lineno:
            statement, parent = parent, self._names.parents[parent]
        return statement

    def _top_statement(self, node: ast.AST) -> ast.AST:
        while not isinstance(self._names.parents[node], ast.Module):
            node = self._names.parents[node]
        decorators = getattr(node, "decorator_list", [])
        return decorators[0] if decorators else node

    def _insert_after(self, statement: ast.AST, text: str) -> None:
        edits = self._edits
        end = edits.end_of_line(edits.last(statement))
        line = edits.indentation(edits.first(statement)) + text
        ending = edits.tokens[end].src
        if ending:
            edits.put_late(end, line + ending)
        else:
            edits.put_late(end, edits.newline() + line)

    def _insert_before(self, statement: ast.AST, text: str) -> None:
        edits = self._edits
        edits.put_before(edits.start_of_line(edits.first(statement)), text + edits.newline())


_BLOCKS = ("body", "orelse", "finalbody")


def _dotted(statement: str) -> str:
    """``from a import b`` or ``import a``: the dotted name that is bound."""
    return ".".join(word for word in statement.split() if word not in ("from", "import"))
