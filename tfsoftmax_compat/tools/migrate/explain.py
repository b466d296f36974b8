"""Describe the rules on the command line, from their docstrings."""

from __future__ import annotations

import inspect
import textwrap

from tfsoftmax_compat.tools.migrate.policy import SKIPPED
from tfsoftmax_compat.tools.migrate.rules import all_rules, summary

_SKIPPED = "A file, or code in a file, was skipped. The finding says why, and its code has to be looked at."


def summaries() -> dict[str, str]:
    """Return one line for each rule, by its identifier."""
    return {SKIPPED: _SKIPPED, **{rule.ID: summary(rule) for rule in all_rules()}}


def list_of_rules() -> str:
    """Return one line for each rule."""
    return "".join(f"{identifier}  {text}\n" for identifier, text in summaries().items())


def explanation(identifier: str) -> str | None:
    """Return what a rule is about, with its examples before and after; None if there is no such rule."""
    if identifier == SKIPPED:
        return f"{SKIPPED}\n\n{_SKIPPED}\n"
    rule = next((rule for rule in all_rules() if rule.ID == identifier), None)
    if rule is None:
        return None
    parts = [identifier, inspect.cleandoc(rule.__doc__)]
    for example in rule.EXAMPLES:
        parts.append(f"Before:\n\n{_indented(example.before)}")
        for option, after in (("", example.shim), (" --to native", example.native)):
            is_changed = after not in (None, example.before)
            parts.append(f"After `migrate{option}`:" + (f"\n\n{_indented(str(after))}" if is_changed else " the same"))
    return "\n\n".join(parts) + "\n"


def _indented(code: str) -> str:
    return textwrap.indent(code.rstrip("\n"), "    ")
