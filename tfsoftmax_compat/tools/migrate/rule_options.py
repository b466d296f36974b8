"""Types of the options about rules, for `argparse`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tfsoftmax_compat.tools.patterns import pattern

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.policy import PerFile


def beginnings(text: str) -> tuple[str, ...]:
    """Return the beginnings of identifiers of rules that are in `text`, separated by commas.

    Raises:
      argparse.ArgumentTypeError: no rule begins with one of them.
    """
    from tfsoftmax_compat.tools.migrate.explain import summaries

    found = tuple(rule.strip().upper() for rule in text.split(",") if rule.strip())
    unknown = [rule for rule in found if not any(known.startswith(rule) for known in summaries())]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no rule {', '.join(unknown)}; --list-rules prints all")
    return found


def per_file(text: str) -> PerFile:
    """Return the rules that are ignored in some files: ``tests/*:TFS101,TFS112``.

    Raises:
      argparse.ArgumentTypeError: the colon is missing, or what is before or after it is not valid.
    """
    from tfsoftmax_compat.tools.migrate.policy import PerFile

    files, colon, rules = text.rpartition(":")
    if not colon or not beginnings(rules):
        raise argparse.ArgumentTypeError(f"must be a pattern of files, a colon and rules, not {text}")
    return PerFile(pattern(files.strip()), beginnings(rules))
