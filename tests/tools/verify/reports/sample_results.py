"""Results that the tests of the reports have in common."""

import io

from hypothesis import strategies as st

from tfsoftmax_compat.tools.documents import Document, Example, Unattributed
from tfsoftmax_compat.tools.verify.comparison.judge import judge
from tfsoftmax_compat.tools.verify.results import DRIFT, FAIL, SKIPPED, Environment, Result

SOFTMAX = Example("docs/guide.md", 8, "code", "[0.07768121 0.21115941]\n1.0000000447034836")
LOSS = Example("docs/guide.md", 25, "code", "loss 0.5")
TABLE = Example("docs/other.md", 4, "code", "[[0.25 0.75]\n [0.5 0.5]]")
FED = Example("docs/other.md", 12, "code", "0.1")
DOCUMENTS = [
    Document("docs/guide.md", [SOFTMAX, LOSS]),
    Document("docs/other.md", [TABLE, FED, Example("docs/other.md", 20, "code", None)], [Unattributed(30, "0.5")]),
]
ONEDNN = "oneDNN's kernels round differently"
NOTHING = "no cause found (tried: oneDNN off)"


def environment(version, onednn=True):
    return Environment(f"tensorflow-{version}", version, "2.4.6", "3.11.7", f"/python/{version}", onednn, "avx2")


def judged(example, environment, mode, measured, cause=""):
    judgement = judge(example.documented, measured)
    cause = cause if judgement.status in (DRIFT, FAIL) else ""
    return Result(example, environment, mode, judgement.status, judgement.ulp, cause, judgement.message, measured)


def results_of(environment):
    sum_of = "1.0000000596046448" if environment.onednn else "1.0000000447034836"
    for mode in ("eager", "graph"):
        yield judged(SOFTMAX, environment, mode, f"[0.07768121 0.21115941]\n{sum_of}", ONEDNN)
        yield judged(LOSS, environment, mode, "loss  0.5")
        yield judged(TABLE, environment, mode, "[[0.25 0.75]\n [0.5 0.9]]", NOTHING)
        yield Result(FED, environment, mode, SKIPPED, message="it takes a placeholder")


ONE = list(results_of(environment("2.21.0")))
SEVERAL = [
    result
    for version in ("2.9.3", "2.21.0", "1.15.5", "2.12.1", "2.13.1")
    for result in results_of(environment(version, onednn=version not in ("1.15.5", "2.9.3")))
]


HOSTILE = st.text(st.sampled_from("ab1. \t\n\x1b\x00\x07語…[]\ud800😀"), max_size=200)


def written(report_format, results):
    """Return what a report format writes."""
    file = io.StringIO()
    report_format.write(results, DOCUMENTS, file)
    return file.getvalue()
