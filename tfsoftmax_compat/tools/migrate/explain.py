"""Describe the rules on the command line, in reports and in the documentation, from their docstrings."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator

from tfsoftmax_compat.tools.migrate.policy import SKIPPED
from tfsoftmax_compat.tools.migrate.rules import Rule, all_rules, summary

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
    return "\n\n".join([identifier, inspect.cleandoc(rule.__doc__), *_examples(rule, _indented)]) + "\n"


def markdown(rule: Rule) -> str:
    """Return what a rule is about, with its examples before and after, in Markdown."""
    text = inspect.cleandoc(rule.__doc__).replace("``", "`")
    with_links = re.sub(r"^(https://\S+)$", r"<\1>  ", text, flags=re.MULTILINE)
    return "\n\n".join([with_links, *_examples(rule, _fenced)]) + "\n"


def _examples(rule: Rule, block: Callable[[str], str]) -> Iterator[str]:
    for example in rule.EXAMPLES:
        yield f"Before:\n\n{block(example.before)}"
        for option, after in (("", example.shim), (" --to native", example.native)):
            is_changed = after not in (None, example.before)
            yield f"After `migrate{option}`:" + (f"\n\n{block(str(after))}" if is_changed else " the same")


def _fenced(code: str) -> str:
    return f"```python\n{code.rstrip()}\n```"


def _indented(code: str) -> str:
    return textwrap.indent(code.rstrip("\n"), "    ")
