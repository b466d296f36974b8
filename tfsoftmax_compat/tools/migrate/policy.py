"""What the options say about rules and code, and which findings are reported: ``# noqa`` too."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass, replace

from tfsoftmax_compat.tools.patterns import Pattern

SKIPPED = "TFS000"  # reported like a rule: a file, or code in a file, that was skipped
AUTO, TF1, TF2 = "auto", "tf1", "tf2"  # what code was written for; `AUTO`: what its names tell
_NOQA = re.compile(r"#\s*noqa\b(?:\s*:\s*(?P<codes>[A-Z]+\d+(?:[\s,]+[A-Z]+\d+)*))?", re.IGNORECASE)


@dataclass(frozen=True)
class PerFile:
    """The rules not to report in some files, by the beginnings of their identifiers."""

    files: Pattern
    rules: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.files}: {','.join(self.rules)}"

    def in_folder(self, folder: str) -> PerFile:
        """Return the same for the files in another folder."""
        return replace(self, files=self.files.in_folder(folder))


@dataclass(frozen=True)
class Policy:
    """What the options say about the rules and the code.

    Attributes:
      select: the rules to report, by the beginning of their identifiers; all if there are none. `SKIPPED` is reported
        whatever is selected, since what was not read may have anything in it.
      ignore: the rules not to report, in the same way.
      written_for: `TF1`, `TF2` or `AUTO`.
      per_file: rules not to report in some files.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    written_for: str = AUTO
    per_file: tuple[PerFile, ...] = ()

    def of_file(self, path: str) -> Policy:
        """Return what the options say about the file `path`."""
        ignored = tuple(rule for each in self.per_file if each.files.matches(path) for rule in each.rules)
        return replace(self, ignore=self.ignore + ignored) if ignored else self

    def reports(self, rule: str) -> bool:
        """Return whether findings of `rule` are reported."""
        is_selected = not self.select or rule == SKIPPED or rule.startswith(self.select)
        return is_selected and not (self.ignore and rule.startswith(self.ignore))


ALL_RULES = Policy()


class Silence:
    """The findings in one text that are not reported."""

    def __init__(self, text: str, policy: Policy) -> None:
        """Find the ``# noqa`` comments in `text`, which is Python."""
        self._policy = policy
        self._codes = _noqa_comments(text) if "noqa" in text.lower() else {}

    def hides(self, rule: str, line: int) -> bool:
        """Return whether a finding of `rule` on `line` is not reported."""
        codes = self._codes.get(line, ())
        return self.hides_all(line) or rule.startswith(codes) or not self._policy.reports(rule)

    def hides_all(self, line: int) -> bool:
        """Return whether `line` has a ``# noqa`` without codes."""
        return self._codes.get(line) == ("",)


def _noqa_comments(text: str) -> dict[int, tuple[str, ...]]:
    """Return the codes in the comments by line: the beginnings of identifiers, ``("",)`` for all of them."""
    found: dict[int, tuple[str, ...]] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            comment = _NOQA.search(token.string) if token.type == tokenize.COMMENT else None
            if comment:
                found[token.start[0]] = tuple(re.split(r"[\s,]+", (comment["codes"] or "").upper()))
    except (tokenize.TokenError, SyntaxError):  # the parser takes some texts that the tokenizer refuses
        pass
    return found
