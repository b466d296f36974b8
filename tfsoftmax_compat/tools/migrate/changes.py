"""What the rules want to change at one site, and how that becomes edits."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass, field, replace

from tfsoftmax_compat.tools.migrate.edits import Edits
from tfsoftmax_compat.tools.migrate.imports import Imports
from tfsoftmax_compat.tools.migrate.policy import Silence
from tfsoftmax_compat.tools.migrate.sites import Argument, Site
from tfsoftmax_compat.tools.migrate.visible import only_compat_v1

TO_SHIM = "shim"
TO_NATIVE = "native"


@dataclass(frozen=True)
class Found:
    """Something that a rule found at one place. Lines count from 1, columns from 0 and in bytes of UTF-8."""

    rule: str
    line: int
    column: int
    message: str
    needs_person: bool


@dataclass
class Change:
    """Collects what the rules say about one site.

    Attributes:
      site: the site.
      target: `TO_SHIM` or `TO_NATIVE`.
      as_v1: whether the function is one of `tensorflow.compat.v1`, which keeps TF1's meaning, and remains one.
      rule: the identifier of the rule that is running.
      findings: what the rules found.
      is_needed: whether the site goes wrong on TF2, so that it has to change.
      is_left: whether a rule forbids to change the site.
      renamed: arguments with the new name of their parameter.
      dropped: arguments to remove.
      wrapped: arguments with the function of TensorFlow to call on them.
      added: parameters, with the text of the argument to add for each.
      replaced: expressions that no longer name a module or function, once `apply` has run.
    """

    site: Site
    target: str
    as_v1: bool
    rule: str = ""
    findings: list[Found] = field(default_factory=list)
    is_needed: bool = False
    is_left: bool = False
    renamed: dict[Argument, str] = field(default_factory=dict)
    dropped: set[Argument] = field(default_factory=set)
    wrapped: dict[Argument, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    replaced: list[ast.expr] = field(default_factory=list)

    def need(self, message: str) -> None:
        """Report something that goes wrong on TF2, and that the change corrects."""
        self.is_needed = True
        self._report(message, False)

    def leave(self, message: str) -> None:
        """Report something that cannot be decided: the site is not changed."""
        self.is_left = True
        self._report(message, True)

    def leave_in_native(self, message: str) -> None:
        """Report something that the shim decides at run time, and that plain TF2 code cannot decide."""
        if self.target == TO_SHIM:
            self.need(message)
        else:
            self.leave(message)

    def advise(self, message: str) -> None:
        """Report something for a person to look at, which does not prevent the change."""
        self._report(message, True)

    def silence(self, silence: Silence) -> None:
        """Leave the site if something that the change corrects is not to be reported.

        A site changes completely or not at all, so what else the change would correct is left to a person. Advice that
        is not to be reported does not prevent the change.
        """
        line = self.site.node.lineno
        corrected = [found.rule for found in self.findings if not found.needs_person]
        silenced = sorted({rule for rule in corrected if silence.hides(rule, line)})
        if silenced or silence.hides_all(line):
            self.is_left = True
            why = f"; not changed, because {', '.join(silenced)} is not reported here"
            self.findings = [
                found if found.needs_person else replace(found, needs_person=True, message=found.message + why)
                for found in self.findings
            ]

    def _report(self, message: str, needs_person: bool) -> None:
        node = self.site.node
        self.findings.append(Found(self.rule, node.lineno, node.col_offset, message, needs_person))

    def apply(self, edits: Edits, imports: Imports) -> None:
        """Make the edits.

        Raises:
          NoPlaceError: there is no place for an import that they need. Nothing was edited.
        """
        function = self.site.function
        if self.target == TO_SHIM:
            module, name = imports.shim(self.site), function.name
        elif only_compat_v1(self.site.names, self.site.node):
            self._keep_v1_arguments()
            module, name = f"{imports.compat_v1(self.site)}.{function.module}", function.name
        elif function.keeps_v1:
            module, name = f"{imports.tensorflow(self.site)}.compat.v1.{function.module}", function.name
        else:
            module, name = imports.tensorflow_nn(self.site), function.in_tf2
        tensorflow = imports.tensorflow(self.site) if self.wrapped and self.target == TO_NATIVE else ""
        self._replace(self.site.node, f"{module}.{name}", edits)
        if self.target == TO_NATIVE and self.site.call is not None and not function.keeps_v1:
            self._write_arguments(self.site.call, edits, tensorflow)

    def _keep_v1_arguments(self) -> None:
        """Keep what `tensorflow.compat.v1` accepts: everything but the sentinel, which it has not since TF 2.12."""
        self.dropped = {argument for argument in self.dropped if argument.parameter == "_sentinel"}
        self.renamed, self.wrapped, self.added = {}, {}, {}

    def _replace(self, node: ast.expr, text: str, edits: Edits) -> None:
        if ast.unparse(node) != text:
            edits.replace_node(node, text)
            self.replaced.append(node)

    def _write_arguments(self, call: ast.Call, edits: Edits, tensorflow: str) -> None:
        for argument in self.dropped:
            first, last = edits.argument(call, argument.value)
            edits.remove_item(edits.first(argument.keyword) if argument.keyword else first, last)
        kept = [argument for argument in self.site.arguments if argument not in self.dropped]
        names = [self.renamed.get(argument, argument.parameter) for argument in kept]
        in_order = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(names, self.site.function.tf2_positional))
        may_be_positional = len(list(in_order))
        for slot, (argument, name) in enumerate(zip(kept, names)):
            first, last = edits.argument(call, argument.value)
            if argument.keyword is not None:
                _rename(argument.keyword, name, edits)
            elif slot >= may_be_positional:
                _pass_by_keyword(argument, name, (first, last), edits)
            if argument in self.wrapped:
                edits.put_before(first, f"{tensorflow}.{self.wrapped[argument]}(")
                edits.put_after(last, ")")
        if self.added:
            _, last = edits.argument(call, kept[-1].value)
            edits.put_after(last, "".join(f", {name}={text}" for name, text in self.added.items()))


def _rename(keyword: ast.keyword, name: str, edits: Edits) -> None:
    if keyword.arg != name:
        edits.replace(edits.first(keyword), edits.first(keyword), name)


def _pass_by_keyword(argument: Argument, name: str, tokens: tuple[int, int], edits: Edits) -> None:
    first, last = tokens
    edits.put_before(first, f"{name}=")
    if isinstance(argument.value, ast.NamedExpr) and edits.tokens[first].src != "(":  # f(a := b)
        edits.put_before(first, "(")
        edits.put_after(last, ")")
