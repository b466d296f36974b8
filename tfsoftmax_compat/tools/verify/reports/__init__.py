"""Report the results of a verification. The folder `formats` has one module per report format."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from tfsoftmax_compat.tools.verify.reports import formats

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.documents import Document
    from tfsoftmax_compat.tools.verify.results import Result


class ReportFormat(Protocol):
    """What each module in `formats` defines."""

    def write(self, results: Sequence[Result], documents: Sequence[Document], file: TextIO) -> None:
        """Write a report.

        Args:
          results: the results, in any order. The report does not depend on the order.
          documents: what was read, for an account of it.
          file: where to write. A report may use colours if `file.isatty()`.
        """


def names() -> list[str]:
    """Return the names of the report formats, sorted, without importing their modules."""
    return sorted(module.name for module in pkgutil.iter_modules(formats.__path__))


def named(name: str) -> ReportFormat:
    """Return a report format. Only its own module is imported: others may need libraries that are slow to import.

    Args:
      name: one of :func:`names`.
    """
    return cast(ReportFormat, importlib.import_module(f"{formats.__name__}.{name}"))
