"""The results as JSON, for other programs."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any, TextIO

from tfsoftmax_compat.tools.documents import Document
from tfsoftmax_compat.tools.verify.reports.order import counts_of, environments_of, in_order
from tfsoftmax_compat.tools.verify.results import Result

VERSION = 1


def write(results: Sequence[Result], documents: Sequence[Document], file: TextIO) -> None:
    """Write one JSON object: the environments, the examples with their results, and the number of each status.

    The text is ASCII. `ulp` is null where the distance is infinite, because JSON has no infinity.
    """
    examples = [
        {"document": example.document, "line": example.line, "results": [_plain(result) for result in of_example]}
        for example, of_example in groupby(in_order(results), key=lambda result: result.example)
    ]
    report = {
        "version": VERSION,
        "environments": [asdict(environment) for environment in environments_of(results)],
        "documents": [_account(document) for document in documents],
        "examples": examples,
        "summary": counts_of(results),
    }
    file.write(json.dumps(report, indent=2, allow_nan=False) + "\n")


def _account(document: Document) -> dict[str, Any]:
    documented = [example for example in document.examples if example.documented is not None]
    return {
        "document": document.path,
        "documented": len(documented),
        "without_output": len(document.examples) - len(documented),
        "unattributed": [block.line for block in document.unattributed],
        "python_2": any(example.is_python_2 for example in document.examples),
    }


def _plain(result: Result) -> dict[str, Any]:
    return {
        "environment": result.environment.id,
        "mode": result.mode,
        "status": result.status,
        "ulp": result.ulp if math.isfinite(result.ulp) else None,
        "cause": result.cause,
        "message": result.message,
        "documented": result.example.documented,
        "measured": result.measured,
        "seconds": round(result.seconds, 3),
    }
