"""The results as plain data: what the JSON report writes, and what the page shows."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from itertools import groupby
from typing import Any

from tfsoftmax_compat.tools.documents import Document, Example
from tfsoftmax_compat.tools.verify.comparison.judge import Span, differences
from tfsoftmax_compat.tools.verify.reports.order import counts_of, environments_of, in_order
from tfsoftmax_compat.tools.verify.results import DRIFT, FAIL, Result

VERSION = 1


def as_data(results: Sequence[Result], documents: Sequence[Document]) -> dict[str, Any]:
    """Return the environments, what was read, the examples with their results, and the number of each status.

    Args:
      results: the results, in any order.
      documents: what was read.

    Returns:
      Dictionaries and lists of strings, numbers, booleans and None. `ulp` is None where the distance is infinite,
      because JSON has no infinity.
    """
    return {
        "version": VERSION,
        "environments": [asdict(environment) for environment in environments_of(results)],
        "documents": [document_data(document) for document in documents],
        "examples": [
            {**example_data(example), "results": [_result(result) for result in of_example]}
            for example, of_example in groupby(in_order(results), key=lambda result: result.example)
        ],
        "summary": counts_of(results),
    }


def document_data(document: Document) -> dict[str, Any]:
    """Return the account of what was read of a document."""
    documented = [example for example in document.examples if example.documented is not None]
    return {
        "document": document.path,
        "documented": len(documented),
        "without_output": len(document.examples) - len(documented),
        "unattributed": [block.line for block in document.unattributed],
        "python_2": any(example.is_python_2 for example in document.examples),
    }


def example_data(example: Example) -> dict[str, Any]:
    """Return where an example is, its code, and the output that its document shows."""
    return {
        "document": example.document,
        "line": example.line,
        "cell": example.cell,
        "namespace": example.scope,
        "code": example.code,
        "documented": example.documented,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "environment": result.environment.id,
        "mode": result.mode,
        "status": result.status,
        "ulp": result.ulp if math.isfinite(result.ulp) else None,
        "cause": result.cause,
        "message": result.message,
        "documented": result.example.documented,
        "measured": result.measured,
        "differences": _differences(result.example, result.measured) if result.status in (DRIFT, FAIL) else [],
        "seconds": round(result.seconds, 3),
    }


@lru_cache(maxsize=1024)  # many releases print the same
def _differences(example: Example, measured: str) -> list[tuple[Span, Span]]:
    """The start and end of what differs, in the documented output and in the measured one, in characters."""
    return differences(example.documented or "", measured, example.options, example.is_python_2)
