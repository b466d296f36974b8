"""The report for GitHub."""

from hypothesis import given, settings
from sample_results import HOSTILE, LOSS, ONE, SEVERAL, written

from tfsoftmax_compat.tools.verify.reports.formats import github
from tfsoftmax_compat.tools.verify.results import ERROR, Result


def test_github():
    lines = written(github, SEVERAL).splitlines()
    assert lines == [
        "::error file=docs/other.md,line=4,title=fail%3A TensorFlow 1.15.5 to 2.21.0 (graph%2C eager)::"
        "number 4: 0.5 documented, 0.9 measured%0Ano cause found (tried: oneDNN off)",
        "::warning file=docs/guide.md,line=8,title=drift%3A TensorFlow 2.12.1 to 2.21.0 (graph%2C eager)::"
        "number 3: 1.0000000447034836 documented, 1.0000000596046448 measured%0AoneDNN's kernels round differently",
        "::notice file=docs/other.md,line=12,title=not verified::skipped in every mode",
    ]
    assert written(github, []) == ""


@settings(deadline=None)
@given(HOSTILE)
def test_a_workflow_command_stays_one_line(text):
    result = Result(LOSS, ONE[0].environment, "graph", ERROR, message=text + "50%\r\n::error::")
    (line,) = written(github, [result]).encode().split(b"\n")[:-1]
    assert line.count(b"::error ") == 1 and line.endswith(b"50%25?%0A::error::")
    assert b"\x1b" not in line
