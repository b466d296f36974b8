"""The results as annotations, which GitHub shows next to the examples.

GitHub shows at most ten annotations of each level per step of a workflow. So a finding is reported once for all the
environments that have it.
"""

from collections.abc import Sequence
from typing import TextIO

from tfsoftmax_compat.tools.annotations import annotation
from tfsoftmax_compat.tools.documents import Document
from tfsoftmax_compat.tools.verify.reports.findings import findings, unverified
from tfsoftmax_compat.tools.verify.results import DRIFT, Result


def write(results: Sequence[Result], documents: Sequence[Document], file: TextIO) -> None:
    """Write a workflow command for each finding, failures first, and a notice for each example skipped everywhere."""
    lines = [
        annotation(
            "warning" if finding.status == DRIFT else "error",
            finding.example.document,
            finding.example.line,
            f"{finding.status}: {finding.where}",
            "\n".join(filter(None, (finding.message, finding.cause))),
        )
        for finding in reversed(findings(results))
    ]
    lines += [
        annotation("notice", example.document, example.line, "not verified", "skipped in every mode")
        for example in unverified(results)
    ]
    file.writelines(line + "\n" for line in lines)
