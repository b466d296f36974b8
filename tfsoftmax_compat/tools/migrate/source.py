"""Migrate a Python text: return what was found, and the text with TF1's calls rewritten."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.migrate.changes import TO_NATIVE, TO_SHIM, Change, Found
from tfsoftmax_compat.tools.migrate.edits import Edits
from tfsoftmax_compat.tools.migrate.imports import Imports, NoPlaceError
from tfsoftmax_compat.tools.migrate.names import Meanings, ModuleNames
from tfsoftmax_compat.tools.migrate.origins import SHIM, TF2, V1
from tfsoftmax_compat.tools.migrate.others import NOT_KNOWN, Others
from tfsoftmax_compat.tools.migrate.policy import ALL_RULES, TF1, Policy, Silence
from tfsoftmax_compat.tools.migrate.reductions import leave_together
from tfsoftmax_compat.tools.migrate.rules import InV1, LastRule, Rules, SiteRule, all_rules
from tfsoftmax_compat.tools.migrate.sites import Site, find_sites
from tfsoftmax_compat.tools.migrate.styles import style_of
from tfsoftmax_compat.tools.migrate.visible import only_compat_v1


@dataclass(frozen=True)
class Migrated:
    """The migrated text, which is the same as before if nothing changed, and what was found.

    Attributes:
      text: the text.
      findings: what was found, in the order of the lines.
      style: what the text was written for, as in `styles`; empty if it has nothing that depends on it.
    """

    text: str
    findings: list[Found]
    style: str = ""


def migrate_source(
    text: str,
    target: str = TO_SHIM,
    assumed: Mapping[str, Meanings] | None = None,
    edit: bool = True,
    policy: Policy = ALL_RULES,
    of_package: Callable[[], str] = lambda: TF1,
    may_be_imported: Callable[[], bool] = lambda: False,
    others: Others = NOT_KNOWN,
) -> Migrated:
    """Migrate the Python code `text` to `target`, "shim" or "native".

    Args:
      text: a module.
      target: "shim": calls go to `tfsoftmax_compat.nn`, on TF1 and TF2; "native": to plain TF2.
      assumed: what names refer to that nothing in the text binds, such as ``{"tf": frozenset(["tensorflow"])}`` for an
        excerpt.
      edit: whether to change the text, or only to report.
      policy: what the options say about the rules.
      of_package: returns what the text was written for if its names do not tell, as `styles.package_of` does.
      may_be_imported: returns whether other files may take names from the text, as `siblings.may_be_imported` does.
        Then the imports at its top that nothing uses any more stay.
      others: what the other files of its project show about the text, from `siblings.others_of`.

    Raises:
      ValueError: the text is not Python 3.
    """
    try:
        names = ModuleNames(parse(text), assumed, others)
    except RecursionError:
        raise ValueError("nested too deeply to be parsed") from None
    silence = Silence(text, policy)
    judged = []
    style = style_of(names, policy.written_for, of_package)
    depends = False
    for site in find_sites(names, style):
        depends = depends or site.may_be_tf2 or site.origin == TF2
        change = _judge(site, target)
        change.silence(silence)
        judged.append(change)
    leave_together(judged)
    findings = [found for change in judged for found in change.findings]
    changes = [change for change in judged if not change.is_left and _is_to_change(change)]
    for rule in _rules().module:
        findings += [Found(rule.ID, n.lineno, n.col_offset, message, True) for n, message in rule.find(names, target)]
    if changes and edit:
        text, more = _edited(text, names, changes, may_be_imported)
        findings += more
    reported = [found for found in findings if not silence.hides(found.rule, found.line)]
    reported.sort(key=lambda found: (found.line, found.column, found.rule))
    return Migrated(text, reported, style if depends else "")


def _is_to_change(change: Change) -> bool:
    return change.is_needed or (change.site.origin == SHIM and change.target == TO_NATIVE)


def _judge(site: Site, target: str) -> Change:
    """Return what the rules say about one site."""
    change = Change(site, target, _stays_in_v1(site, target))
    if site.origin == SHIM and target == TO_SHIM:
        return change
    for rule in _rules().site:
        if _concerns(rule, change):
            change.rule = rule.ID
            rule.apply(site, change)
    for last in _rules().last:
        if _concerns(last, change):
            change.rule = last.ID
            last.review(site, change)
    if change.is_left:  # what the change would have corrected does not matter
        change.findings = [found for found in change.findings if found.needs_person]
    return change


def _stays_in_v1(site: Site, target: str) -> bool:
    """Return whether the function is one of `tensorflow.compat.v1` and remains one.

    A call with a sentinel has to change. It then moves to plain TF2 if the code has a name for that.
    """
    if site.origin != V1 or target == TO_SHIM or site.argument("_sentinel") is None:
        return site.origin == V1
    return only_compat_v1(site.names, site.node)


def _concerns(rule: SiteRule | LastRule, change: Change) -> bool:
    if change.site.origin == TF2:
        return rule.IN_V1 is InV1.ALWAYS
    in_v1 = {InV1.NEVER: False, InV1.WITH_SENTINEL: change.site.function.takes_sentinel, InV1.ALWAYS: True}
    return not change.as_v1 or in_v1[rule.IN_V1]


def _edited(
    text: str, names: ModuleNames, changes: list[Change], may_be_imported: Callable[[], bool]
) -> tuple[str, list[Found]]:
    """Return the changed text, and which changes turned out to be impossible."""
    edits = Edits(text)
    imports = Imports(names, edits, may_be_imported)
    replaced: list[ast.expr] = []
    left: list[Found] = []
    for change in changes:
        try:
            change.apply(edits, imports)
        except NoPlaceError as error:
            change.leave(f"{error}: add the import that the change needs where this code finds it")
            left += change.findings[-1:]
            continue
        replaced += change.replaced
    imports.insert()
    imports.remove_unused(replaced)
    result = edits.result()
    try:
        parse(result)
    except ValueError as error:
        raise ValueError(f"a bug in tfsoftmax-compat, please report it: its change is not Python: {error}") from None
    return result, left


@functools.cache
def _rules() -> Rules:
    return Rules.of(all_rules())
