"""The rules: one module for each thing that changed between TF1 and TF2.

To add a rule, add a module to this folder. No other file has to name it. The module has

* a docstring: what changed, in which release, and a link to the page that documents it;
* ``ID``: the name of the rule in reports;
* ``EXAMPLES``: code before, and after ``--to shim`` and ``--to native``;
* one of three functions:

  * ``apply(site, change)`` looks at one use of one function and tells `change` what to do (`SiteRule`);
  * ``review(site, change)`` does the same, after `apply` of all other rules (`LastRule`);
  * ``find(names, target)`` yields ``(node, message)`` for what is only reported (`ModuleRule`);

* with `apply` or `review` also ``IN_V1``: which functions of ``tensorflow.compat.v1`` the rule concerns.
"""

from __future__ import annotations

import ast
import enum
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast, runtime_checkable

from tfsoftmax_compat.tools.plugins import modules_in

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.changes import Change
    from tfsoftmax_compat.tools.migrate.names import ModuleNames
    from tfsoftmax_compat.tools.migrate.sites import Site


class RuleExample(NamedTuple):
    """The effect of a rule on a piece of code; None: the code is reported and not changed."""

    before: str
    shim: str | None
    native: str | None


class InV1(enum.Enum):
    """Which functions of `tensorflow.compat.v1` a rule concerns.

    They are TF1's functions, but since TF 2.12 they have no sentinel.
    """

    NEVER = enum.auto()
    WITH_SENTINEL = enum.auto()
    ALWAYS = enum.auto()


class Rule(Protocol):
    """What every rule module has."""

    __doc__: str
    __name__: str
    ID: str
    EXAMPLES: list[RuleExample]


@runtime_checkable
class SiteRule(Rule, Protocol):
    """A rule about one use of a function."""

    IN_V1: InV1

    def apply(self, site: Site, change: Change) -> None:
        """Tell `change` what to do with `site`."""


@runtime_checkable
class LastRule(Rule, Protocol):
    """A rule that needs to know what the other rules found."""

    IN_V1: InV1

    def review(self, site: Site, change: Change) -> None:
        """Tell `change` what to do with `site`, when all `apply` functions have run."""


@runtime_checkable
class ModuleRule(Rule, Protocol):
    """A rule about a whole module, which only reports."""

    def find(self, names: ModuleNames, target: str) -> Iterator[tuple[ast.expr, str]]:
        """Yield each node to report, with the message."""


class Rules(NamedTuple):
    """The rules by kind."""

    site: list[SiteRule]
    last: list[LastRule]
    module: list[ModuleRule]

    @classmethod
    def of(cls, rules: list[Rule]) -> Rules:
        """Sort `rules` by their kind."""
        return cls(
            [rule for rule in rules if isinstance(rule, SiteRule)],
            [rule for rule in rules if isinstance(rule, LastRule)],
            [rule for rule in rules if isinstance(rule, ModuleRule)],
        )


def all_rules() -> list[Rule]:
    """Return the rule modules, in the order of their identifiers."""
    rules = cast("list[Rule]", modules_in(sys.modules[__name__]))
    return sorted(rules, key=lambda rule: rule.ID)


def summary(rule: Rule) -> str:
    """Return the first paragraph of the rule's docstring, on one line."""
    return rule.__doc__.split("\n\n")[0].replace("\n", " ").strip()


def page(rule: Rule) -> str:
    """Return the address of the page that documents the change."""
    return re.findall(r"https://\S+", rule.__doc__)[0]
