"""Count what was found, for the summary after the report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tfsoftmax_compat.tools.migrate.policy import TF2

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.files import FileResult
    from tfsoftmax_compat.tools.migrate.reports import Task


@dataclass
class Summary:
    """The numbers of all files together.

    Attributes:
      task: what the command does.
      open: the findings that the command leaves to a person, by rule.
      files: how many files have such findings.
      migratable: how many of the findings `migrate` corrects.
      changed: how many files change.
      tf2: how many files with such calls were taken as written for TF2.
    """

    task: Task
    open: Counter[str] = field(default_factory=Counter)
    files: int = 0
    migratable: int = 0
    changed: int = 0
    tf2: int = 0

    def add(self, result: FileResult) -> None:
        """Count one file."""
        found = [finding for finding in result.findings if self.task.is_open(finding)]
        self.open.update(finding.rule for finding in found)
        self.files += bool(found)
        self.migratable += sum(not finding.needs_person for finding in found)
        self.changed += result.after != result.before
        self.tf2 += result.style == TF2

    def sentence(self) -> str:
        """Return the summary in one line."""
        found = _counted(self.open.total(), "finding")
        where = f"{found} in {_counted(self.files, 'file')}"
        style = f"; {_counted(self.tf2, 'file')} read as TF2's (`--from tf1` reads them as TF1's)" if self.tf2 else ""
        if not self.task.shows_change:
            return f"{where}, {self.migratable} can be migrated{style}"
        changed = f"{_counted(self.changed, 'file')} {'changed' if self.task.writes else 'would change'}"
        return f"{changed}, {where} left to a person{style}"

    def statistics(self) -> str:
        """Return a line for each rule with findings, those with the most first."""
        from tfsoftmax_compat.tools.migrate.explain import summaries

        texts = summaries()
        order = sorted(self.open.items(), key=lambda item: (-item[1], item[0]))
        return "".join(f"{number:6}  {rule}  {texts.get(rule, '')}\n" for rule, number in order)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
