"""The results as a page to look at in a browser: one file, which needs no other file and no network."""

from collections.abc import Sequence
from typing import TextIO

from tfsoftmax_compat.tools.documents import Document
from tfsoftmax_compat.tools.verify.reports.data import as_data
from tfsoftmax_compat.tools.verify.reports.page import page
from tfsoftmax_compat.tools.verify.results import Result


def write(results: Sequence[Result], documents: Sequence[Document], file: TextIO) -> None:
    """Write the page: each example with its outputs and a cell for each release and mode. The text is ASCII."""
    file.write(page(as_data(results, documents)))
