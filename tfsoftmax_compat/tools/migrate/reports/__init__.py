"""The report formats: one module for each choice of ``--format``.

To add a format, add a module to this folder: its name is the choice, and its function `write` prints the report
(`Report`). No other file has to name it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.files import FileResult, Located


class Task(NamedTuple):
    """What the command does with the files.

    Attributes:
      shows_change: whether it shows the change of each file, as ``migrate`` does, or only lists what was found.
      writes: whether it writes the changed files.
    """

    shows_change: bool
    writes: bool

    def is_open(self, finding: Located) -> bool:
        """Return whether the command leaves `finding` to a person: all if it changes nothing."""
        return finding.needs_person or not self.shows_change


class Report(Protocol):
    """What every module for a format has."""

    def write(self, results: Iterable[FileResult], task: Task) -> None:
        """Print the report to standard output. `results` come while the files are read; each may be used once."""


def names() -> list[str]:
    """Return the names of the formats, without importing them, so that ``--help`` is fast."""
    return [module.name for module in pkgutil.iter_modules(__path__)]


def report(name: str) -> Report:
    """Return the module for the format `name`."""
    return cast("Report", importlib.import_module(f"{__name__}.{name}"))
