"""The rules: one module for each thing that changed between TF1 and TF2.

A rule module has

* a docstring: what changed, in which release, and where that is written down;
* ``ID``: how reports name it;
* ``EXAMPLES``: code before, and after ``--to shim`` and ``--to native`` (None: left as it stands and reported);
* either ``apply(site, change)``, which looks at one use of one function and tells `change` what is to be done, or
  ``find(names, target)``, which yields ``(node, message)`` for what is reported only.

A new rule is a new module here and touches no other file.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, NamedTuple


class Example(NamedTuple):
    """A rule's effect on a piece of code."""

    before: str
    shim: str | None
    native: str | None


def all_rules() -> list[Any]:
    """The rule modules, in the order of their identifiers."""
    modules = [importlib.import_module("%s.%s" % (__name__, m.name)) for m in pkgutil.iter_modules(__path__)]
    return sorted(modules, key=lambda module: module.ID)
