"""Add the imports that a change needs, and remove those that nothing uses after it."""

from __future__ import annotations

import ast
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tfsoftmax_compat.tools.migrate.edits import Edits
from tfsoftmax_compat.tools.migrate.names import Binding, ModuleNames, Scope, first_name, root
from tfsoftmax_compat.tools.migrate.offered import import_fails_on_tf2, is_taken
from tfsoftmax_compat.tools.migrate.origins import MODULES, SHIM, SHIM_TF1, TF, V1, family_function
from tfsoftmax_compat.tools.migrate.rebinding import reads_table
from tfsoftmax_compat.tools.migrate.sites import Site
from tfsoftmax_compat.tools.migrate.untraced import binds_by_text
from tfsoftmax_compat.tools.migrate.visible import comes_before, visible_name

_FROM_SHIM = f"from {SHIM} import "
_WORD = re.compile(r"\w+")


class NoPlaceError(Exception):
    """There is no place for an import where the site finds it."""


@dataclass
class _Added:
    """An import that was added: the name that it binds, and after which statement it is (None: before the site)."""

    name: str
    after: ast.stmt | None


class Imports:
    """Finds names for modules in a file: existing ones, or new ones with their import."""

    def __init__(self, names: ModuleNames, edits: Edits, may_be_imported: Callable[[], bool]) -> None:
        """Work on the module that `names` and `edits` have read.

        Args:
          names: its names.
          edits: its text.
          may_be_imported: returns whether other files may take names from it, as `siblings.may_be_imported` does.
        """
        self._names = names
        self._edits = edits
        self._may_be_imported = may_be_imported
        self._added: dict[tuple[Scope, str], list[_Added]] = defaultdict(list)
        self._given: dict[str, list[tuple[Scope, str]]] = defaultdict(list)  # where each added name is bound, to what
        self._wanted: set[str] = set()  # the names that changed code uses
        self._statements: dict[tuple[ast.AST, bool], list[str]] = defaultdict(list)
        self._taken = set(names.used)
        # These may bind any name, or take it.
        if binds_by_text(names) or names.others.import_all():
            self._taken |= {"nn", "losses", "tf"}
        self._taken |= {name for name in ("nn", "losses", "tf") if names.brought(name)}

    def shim(self, site: Site) -> str:
        """Return the name of this package's `nn` or `losses`, as seen from the site.

        Raises:
          NoPlaceError: an import is missing, and there is no place for it.
        """
        module = site.function.module
        here = self._visible(site, f"{SHIM}.{module}")
        return here or self._add(site, f"from {SHIM} import {module}", module, f"tfsoftmax_{module}")

    def tensorflow(self, site: Site) -> str:
        """Return the name of TensorFlow, as seen from the site.

        Raises:
          NoPlaceError: an import is missing, and there is no place for it.
        """
        return self._visible(site, TF) or self._add(site, f"import {TF}", "tf", TF)

    def tensorflow_nn(self, site: Site) -> str:
        """Return how `tf.nn` is written at the site.

        Raises:
          NoPlaceError: an import is missing, and there is no place for it.
        """
        tensorflow = self._visible(site, TF)
        if tensorflow is None or not self._names.bindings(tensorflow, self._names.scopes[site.node]):
            nn = self._visible(site, f"{TF}.nn")  # rather than a `tf` that an excerpt does not import
            if nn is not None:
                return nn
        return f"{self.tensorflow(site)}.nn"

    def compat_v1(self, site: Site) -> str:
        """Return the name of `tensorflow.compat.v1`, where `only_compat_v1` says that there is one."""
        name = self._visible(site, V1)
        assert name
        return name

    def remove_unused(self, replaced: list[ast.expr]) -> None:
        """Remove the imports of this package, of `tf.nn` and of functions, of which every use was rewritten."""
        gone = {id(node) for expression in replaced for node in ast.walk(expression)}
        imports = [node for node in self._names.nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
        ours = {statement: [a for a in statement.names if self._is_replaceable(statement, a)] for statement in imports}
        used = self._used({a.asname or a.name for aliases in ours.values() for a in aliases}, gone)
        for statement, aliases in ours.items():
            unused = [alias for alias in aliases if not used.get((statement, alias.asname or alias.name), True)]
            if unused and self._names.scopes[statement] is self._names.module and self._may_be_asked():
                unused = [alias for alias in unused if self._only_fails(statement, alias)]
            if unused and len(unused) == len(statement.names):
                self._remove_statement(statement)
            elif unused:
                self._remove_aliases(statement, unused)

    def _may_be_asked(self) -> bool:
        """Return whether any name of the module may be read by a text, or from another file."""
        return reads_table(self._names) or self._may_be_imported()

    def _only_fails(self, statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
        """Return whether the import of a name fails on TF2, and no other file takes the name."""
        name, module = alias.asname or alias.name, getattr(statement, "module", None)
        if reads_table(self._names) or is_taken(self._names, name):
            return False
        return import_fails_on_tf2(f"{module}.{alias.name}")

    def _is_replaceable(self, statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
        """Return whether the import of a name may go when nothing uses it."""
        name = alias.asname or alias.name
        dotted = alias.name if isinstance(statement, ast.Import) else f"{statement.module}.{alias.name}"
        if dotted in MODULES - {TF, V1}:  # not TensorFlow's own: other modules may take it from this one
            is_only = len(self._names.scopes[statement].bindings.get(name, ())) == 1
            return is_only and name not in self._wanted
        is_ours = dotted in (f"{SHIM}.nn", f"{SHIM}.losses", SHIM_TF1) or family_function(dotted) is not None
        return is_ours and isinstance(statement, ast.ImportFrom) and not statement.level

    def _used(self, imported: set[str], gone: set[int]) -> dict[tuple[ast.AST, str], bool]:
        """Return, for each import of a name in `imported` that is read, whether an expression that stays reads it."""
        used: dict[tuple[ast.AST, str], bool] = defaultdict(bool)
        texts = self._words_in_strings()  # __all__, globals()["softmax"]
        for node in self._names.nodes:
            if isinstance(node, ast.Name) and node.id in imported and isinstance(node.ctx, ast.Load):
                for binding in self._names.bindings(node.id, self._names.scopes[node]):
                    used[binding.node, node.id] |= id(node) not in gone or node.id in texts
        return used

    def _words_in_strings(self) -> set[str]:
        """Return the words in all strings that are not docstrings: names by which the module may be asked."""
        constants = (node for node in self._names.nodes if isinstance(node, ast.Constant))
        values = (node.value for node in constants if not isinstance(self._names.parents[node], ast.Expr))
        return {word for value in values if isinstance(value, str) for word in _WORD.findall(value)}

    def _remove_aliases(self, statement: ast.Import | ast.ImportFrom, unused: list[ast.alias]) -> None:
        """Remove some of the names that a statement imports; the last one that stays has no comma after it."""
        last_kept = max(index for index, alias in enumerate(statement.names) if alias not in unused)
        for alias in unused:
            is_at_end = statement.names.index(alias) > last_kept
            self._edits.remove_item(self._edits.first(alias), self._edits.last(alias), is_at_end)

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
        """Return a name for the module `dotted` at the site: one that was there before, or that was added since."""
        name = visible_name(self._names, site.node, dotted) or next(self._added_names(site, dotted), None)
        self._wanted |= {name} if name else set()
        return name

    def _added_names(self, site: Site, dotted: str) -> Iterator[str]:
        for scope in self._names.scopes[site.node].visible_from():
            for added in self._added[scope, dotted]:
                if self._reaches(added, site):
                    yield added.name

    def _reaches(self, added: _Added, site: Site) -> bool:
        if added.after is None or comes_before(self._names, added.after, site.node):
            return True
        return self._place(site) is added.after

    def _add(self, site: Site, statement: str, wanted: str, otherwise: str) -> str:
        """Add an import, and return the name that it binds: `wanted`, or, if that is taken, `otherwise`."""
        place = self._place(site)
        scope = self._names.module if place is None else self._names.scopes[place]
        dotted = _dotted(statement)
        names = (added.name for added in self._added[scope, dotted])
        name = next(names, None) or self._free_name(wanted, otherwise, scope, dotted)
        text = statement if name == statement.split()[-1] else f"{statement} as {name}"
        self._added[scope, dotted].append(_Added(name, place))
        self._given[name].append((scope, dotted))
        if place is None:
            self._statements[self._top_statement(site.node), False].append(text)
        else:
            self._statements[place, True].append(text)
        return name

    def _free_name(self, wanted: str, otherwise: str, scope: Scope, dotted: str) -> str:
        candidates = itertools.chain([wanted, otherwise], (f"{otherwise}_{n}" for n in itertools.count(2)))
        return next(name for name in candidates if self._is_free(name, scope, dotted))

    def _is_free(self, name: str, scope: Scope, dotted: str) -> bool:
        """Return whether an import in `scope` may bind `name`; another function may use it for the same module."""
        if name in self._taken:
            return False
        return all(
            module == dotted and other not in scope.visible_from() and scope not in other.visible_from()
            for other, module in self._given[name]
        )

    def insert(self) -> None:
        """Insert the imports that were added."""
        for (statement, is_after), texts in self._statements.items():
            for text in _merged(texts):
                if is_after:
                    self._insert_after(statement, text)
                else:
                    self._insert_before(statement, text)

    def _place(self, site: Site) -> ast.stmt | None:
        """Return the statement that a new import goes after, so that the site finds it; None: before the site.

        Raises:
          NoPlaceError: there is none.
        """
        found = self._imports_behind(site.node)
        if found is None:
            return self._last_star(site.node)
        name, bindings = found
        if any(name in binding.scope.elsewhere for binding in bindings):
            raise NoPlaceError(f"`{name}` is imported under a `global` or `nonlocal` statement")
        if bindings[0].scope not in self._names.scopes[site.node].visible_from():
            raise NoPlaceError(f"`{name}` is imported in another function")
        statements = [binding.node for binding in bindings if isinstance(binding.node, ast.stmt)]
        if len(statements) == 1:
            return statements[0]
        earlier = [s for s in statements if comes_before(self._names, s, site.node)]
        if earlier:
            return earlier[0]
        # The imports are in branches of one statement: the new one goes after that statement.
        around = self._innermost_around(statements)
        home = bindings[0].scope
        if isinstance(around, ast.stmt) and around is not home.node:
            if self._names.scopes[site.node] is not home or comes_before(self._names, around, site.node):
                return around
        raise NoPlaceError(f"`{name}` is imported in more than one place")

    def _last_star(self, node: ast.expr) -> ast.stmt | None:
        """Return the last ``from module import *``, if that brings the name in `node` and always runs before it."""
        *_, last = (None, *self._names.stars.values())
        if last is None or not self._names.brought(first_name(node)) or not comes_before(self._names, last, node):
            return None
        return last

    def _innermost_around(self, statements: list[ast.stmt]) -> ast.AST:
        """Return the innermost node that contains all `statements`."""
        chains = [[statement, *self._names.ancestors(statement)] for statement in statements]
        return next(node for node in chains[0] if all(node in chain for chain in chains))

    def _imports_behind(self, node: ast.expr) -> tuple[str, list[Binding]] | None:
        """Return the first name in `node` and its imports; assignments such as ``nn = tf.nn`` are followed."""
        first = root(node)
        if not isinstance(first, ast.Name):
            return None
        bindings = self._names.bindings(first.id, self._names.scopes[first])
        if not any(binding.imported for binding in bindings):
            return self._imports_behind(bindings[-1].value) if bindings and bindings[-1].value else None
        # All of them, also those in except clauses, which `bindings` leaves out.
        home = bindings[0].scope.elsewhere.get(first.id, bindings[0].scope)
        return first.id, [binding for binding in home.bindings[first.id] if binding.imported]

    def _top_statement(self, node: ast.AST) -> ast.AST:
        """Return the statement of the module that `node` is in, or the first decorator of that statement."""
        *_, top, _ = (node, *self._names.ancestors(node))  # the last one is the module
        decorators = getattr(top, "decorator_list", [])
        return decorators[0] if decorators else top

    def _insert_after(self, statement: ast.AST, text: str) -> None:
        edits = self._edits
        first, last = edits.first(statement), edits.last(statement)
        end = edits.end_of_line(last)
        if edits.shares_line(first, last):
            edits.put_late(last, f"; {text}")
            return
        line = edits.indentation(first) + text
        ending = edits.tokens[end].src
        edits.put_late(end, line + ending if ending else edits.newline() + line)

    def _insert_before(self, statement: ast.AST, text: str) -> None:
        edits = self._edits
        edits.put_before(edits.start_of_line(edits.first(statement)), text + edits.newline())


def _merged(statements: list[str]) -> list[str]:
    """Return import statements without repetitions, and one for all names from this package."""
    ours = [statement for statement in dict.fromkeys(statements) if statement.startswith(_FROM_SHIM)]
    others = [statement for statement in dict.fromkeys(statements) if statement not in ours]
    names = ", ".join(sorted(statement[len(_FROM_SHIM) :] for statement in ours))
    return [*others, *([_FROM_SHIM + names] if names else [])]


def _dotted(statement: str) -> str:
    """Return the dotted name that ``from a import b`` or ``import a`` binds."""
    return ".".join(word for word in statement.split() if word not in ("from", "import"))
