"""What the rules ask for at one site, and how that becomes edits."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.migrate.edits import Edits
from tfsoftmax_compat.tools.migrate.imports import Imports
from tfsoftmax_compat.tools.migrate.sites import SHIM, TF, TF1, Argument, Site

TO_SHIM = "shim"
TO_NATIVE = "native"
_REDUCTIONS = (TF + ".losses.Reduction", SHIM + ".losses.Reduction", TF1 + ".losses.Reduction")


@dataclass(frozen=True)
class Finding:
    """Something that a rule found at one place. Lines count from 1, columns from 0 and in bytes of UTF-8."""

    rule: str
    line: int
    column: int
    message: str
    needs_person: bool


@dataclass
class Change:
    """Collects what the rules have to say about one site.

    `as_v1` says that the function will be looked up in `tensorflow.compat.v1`, where TF1's meaning goes on.
    """

    site: Site
    target: str
    as_v1: bool
    rule: str = ""  # the one at work
    findings: list[Finding] = field(default_factory=list)
    is_needed: bool = False
    is_left: bool = False
    renamed: dict[Argument, str] = field(default_factory=dict)
    dropped: set[Argument] = field(default_factory=set)
    wrapped: dict[Argument, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    replaced: list[ast.expr] = field(default_factory=list)  # what no longer names a module or function

    def need(self, message: str) -> None:
        """Something that goes wrong on TF2, and that the change puts right."""
        self.is_needed = True
        self._find(message, False)

    def leave(self, message: str) -> None:
        """Something that can't be decided: the site is left as it stands."""
        self.is_left = True
        self._find(message, True)

    def leave_in_native(self, message: str) -> None:
        """Something that the shim decides when the code runs, and that plain TF2 could not."""
        if self.target == TO_SHIM:
            self.need(message)
        else:
            self.leave(message)

    def advise(self, message: str) -> None:
        """Something for a person to look at, which stands in the way of nothing."""
        self._find(message, True)

    def _find(self, message: str, needs_person: bool) -> None:
        node = self.site.node
        self.findings.append(Finding(self.rule, node.lineno, node.col_offset, message, needs_person))

    def apply(self, edits: Edits, imports: Imports) -> None:
        """Make the edits.

        Raises:
          NoPlaceError: an import that they need has no place. Nothing was edited.
        """
        if self.target == TO_SHIM:
            self._write_function("%s.%s" % (imports.shim(self.site), self.site.function.name), edits)
        elif self.as_v1:
            tensorflow = imports.compat_v1(self.site)
            self._write_function("%s.%s.%s" % (tensorflow, self.site.function.module, self.site.function.name), edits)
            self._write_arguments(edits, tensorflow)
        elif self.site.function.module == "losses":
            tensorflow = imports.tensorflow(self.site)
            self._write_function("%s.compat.v1.losses.%s" % (tensorflow, self.site.function.in_tf2), edits)
            self._write_arguments(edits, tensorflow)
        else:
            module = imports.tensorflow_nn(self.site)
            tensorflow = imports.tensorflow(self.site) if self.wrapped else ""
            self._write_function("%s.%s" % (module, self.site.function.in_tf2), edits)
            self._write_arguments(edits, tensorflow)
        if self.site.function.module == "losses":
            self._write_reductions(edits, imports)

    def _write_function(self, text: str, edits: Edits) -> None:
        self._replace(self.site.node, text, edits)

    def _replace(self, node: ast.expr, text: str, edits: Edits) -> None:
        if ast.unparse(node) != text:
            edits.replace_node(node, text)
            self.replaced.append(node)

    def _write_arguments(self, edits: Edits, tensorflow: str) -> None:
        call, function = self.site.call, self.site.function
        if call is None:
            return
        by_position = True
        kept = [argument for argument in self.site.arguments if argument not in self.dropped]
        for argument in self.dropped:
            first, last = edits.argument(call, argument.value)
            edits.remove_item(edits.first(argument.keyword) if argument.keyword else first, last)
        for slot, argument in enumerate(kept):
            name = self.renamed.get(argument, argument.parameter)
            first, last = edits.argument(call, argument.value)
            by_position = by_position and function.tf2_positional[slot : slot + 1] == (name,)
            if argument.keyword is not None:
                if name != argument.parameter:
                    edits.replace(edits.first(argument.keyword), edits.first(argument.keyword), name)
            elif not by_position:
                edits.put_before(first, name + "=")
                if isinstance(argument.value, ast.NamedExpr) and edits.tokens[first].src != "(":  # f(a := b)
                    edits.put_before(first, "(")
                    edits.put_after(last, ")")
            if argument in self.wrapped:
                edits.put_before(first, "%s.%s(" % (tensorflow, self.wrapped[argument]))
                edits.put_after(last, ")")
        if self.added:
            _, last = edits.argument(call, kept[-1].value)
            edits.put_after(last, "".join(", %s=%s" % item for item in self.added.items()))

    def _write_reductions(self, edits: Edits, imports: Imports) -> None:
        """`tf.losses.Reduction` is another class in TF2: within the call it moves with its function."""
        reduction = self.site.argument("reduction")
        if reduction is None:
            return
        if self.target == TO_SHIM:
            losses = imports.shim(self.site)
        elif self.as_v1:
            losses = imports.compat_v1(self.site) + ".losses"
        else:
            losses = imports.tensorflow(self.site) + ".compat.v1.losses"
        for node in ast.walk(reduction.value):
            if isinstance(node, (ast.Name, ast.Attribute)) and self.site.names.resolve(node) in _REDUCTIONS:
                self._replace(node, losses + ".Reduction", edits)
