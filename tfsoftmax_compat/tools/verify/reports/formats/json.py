"""The results as JSON, for other programs."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any, TextIO

from tfsoftmax_compat.tools.verify.reports.order import counts_of, environments_of, in_order
from tfsoftmax_compat.tools.verify.results import Result

VERSION = 1


def write(results: Sequence[Result], file: TextIO) -> None:
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
        "examples": examples,
        "summary": counts_of(results),
    }
    file.write(json.dumps(report, indent=2, allow_nan=False) + "\n")


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
    }
