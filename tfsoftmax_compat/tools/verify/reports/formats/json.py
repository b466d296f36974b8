"""The results as JSON, for other programs."""

import json
from collections.abc import Sequence
from typing import TextIO

from tfsoftmax_compat.tools.documents import Document
from tfsoftmax_compat.tools.verify.reports.data import as_data
from tfsoftmax_compat.tools.verify.results import Result


def write(results: Sequence[Result], documents: Sequence[Document], file: TextIO) -> None:
    """Write one JSON object: the environments, the examples with their results, and the number of each status.

    The text is ASCII. :func:`as_data` describes the object.
    """
    file.write(json.dumps(as_data(results, documents), indent=2, allow_nan=False) + "\n")
