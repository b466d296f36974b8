"""The results as annotations, which GitHub shows beside the examples.

GitHub shows no more than ten of a level for each step of a workflow, so that what holds for several environments is
said once.
"""

from collections.abc import Sequence

from tfsoftmax_compat.tools.annotations import annotation
from tfsoftmax_compat.tools.verify.reports.findings import findings, unverified
from tfsoftmax_compat.tools.verify.reports.printable import printable
from tfsoftmax_compat.tools.verify.results import DRIFT, Result


def as_github(results: Sequence[Result]) -> str:
    """A workflow command for each thing that was found, failures first; a notice for what no mode could verify."""
    lines = [
        annotation(
            "warning" if finding.status == DRIFT else "error",
            finding.example.document,
            finding.example.line,
            f"{finding.status}: {finding.where}",
            printable("\n".join(filter(None, (finding.message, finding.cause)))),
        )
        for finding in reversed(findings(results))
    ]
    lines += [
        annotation("notice", example.document, example.line, "not verified", "skipped in every mode")
        for example in unverified(results)
    ]
    return "".join(line + "\n" for line in lines)
