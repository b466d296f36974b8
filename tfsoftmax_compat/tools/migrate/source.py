"""A Python text in; what was found in it, and the text with TF1's calls migrated, out."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from typing import Any

from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.migrate.changes import TO_NATIVE, TO_SHIM, Change, Finding
from tfsoftmax_compat.tools.migrate.edits import Edits
from tfsoftmax_compat.tools.migrate.imports import Imports, NoPlaceError
from tfsoftmax_compat.tools.migrate.names import Names
from tfsoftmax_compat.tools.migrate.rules import all_rules
from tfsoftmax_compat.tools.migrate.sites import SHIM, V1, Site, find_sites


@dataclass(frozen=True)
class Migrated:
    """The migrated text, the same as before where nothing changed, and what was found."""

    text: str
    findings: list[Finding]


def migrate_source(
    text: str, target: str = TO_SHIM, assumed: dict[str, str] | None = None, edit: bool = True
) -> Migrated:
    """Migrate the Python code `text` to `target`, "shim" or "native".

    Args:
      text: a module.
      target: "shim": calls go to `tfsoftmax_compat.nn`, on TF1 and TF2; "native": to plain TF2.
      assumed: what names mean that nothing in the text binds, such as ``{"tf": "tensorflow"}`` for an excerpt.
      edit: whether to change the text, or to find only.

    Raises:
      ValueError: not Python 3.
    """
    try:
        names = Names(parse(text), assumed)
    except RecursionError:
        raise ValueError("nested too deeply to be parsed") from None
    changes, findings = [], []
    for site in find_sites(names):
        change = _judge(site, target, site.origin == V1)
        findings += change.findings
        if not change.is_left and (change.is_needed or (site.origin == SHIM and target == TO_NATIVE)):
            changes.append(change)
    for rule in _rules("find"):
        findings += [Finding(rule.ID, n.lineno, n.col_offset, m, True) for n, m in rule.find(names, target)]
    if changes and edit:
        text, more = _edited(text, names, changes, target)
        findings += more
    findings.sort(key=lambda finding: (finding.line, finding.column, finding.rule))
    return Migrated(text, findings)


def _judge(site: Site, target: str, as_v1: bool) -> Change:
    """What the rules say about one site."""
    change = Change(site, target, as_v1)
    if site.origin == SHIM and target == TO_SHIM:
        return change
    for rule in _rules("apply"):
        change.rule = rule.ID
        rule.apply(site, change)
    if change.is_left:  # what else the change would have put right is beside the point
        change.findings = [finding for finding in change.findings if finding.needs_person]
    return change


def _edited(text: str, names: Names, changes: list[Change], target: str) -> tuple[str, list[Finding]]:
    """The changed text, and what turned out not to be decided after all."""
    edits = Edits(text)
    imports = Imports(names, edits)
    replaced: list[ast.expr] = []
    left: list[Finding] = []
    for change in changes:
        if target == TO_NATIVE:
            change = _judge(change.site, target, imports.only_compat_v1(change.site))
        if change.is_left:
            left += change.findings
            continue
        try:
            change.apply(edits, imports)
        except NoPlaceError as error:
            change.leave("%s: put the import that the change needs where this code finds it" % error)
            left += change.findings[-1:]
            continue
        replaced += change.replaced
    imports.remove_unused(replaced)
    result = edits.result()
    parse(result)
    return result, left


@functools.cache
def _rules(kind: str) -> list[Any]:
    rules = [rule for rule in all_rules() if hasattr(rule, kind)]
    return sorted(rules, key=lambda rule: rule.ID == "TFS109")  # last: it looks at what the others said
