import io
import json
import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.verify.comparison.judge import judge
from tfsoftmax_compat.tools.verify.reports.as_json import as_json
from tfsoftmax_compat.tools.verify.reports.github import as_github
from tfsoftmax_compat.tools.verify.reports.junit import as_junit
from tfsoftmax_compat.tools.verify.reports.marks import marked
from tfsoftmax_compat.tools.verify.reports.text import write_text
from tfsoftmax_compat.tools.verify.results import (
    DRIFT,
    ERROR,
    FAIL,
    FAILED,
    SKIPPED,
    STATUSES,
    TIMEOUT,
    Environment,
    Result,
)

SOFTMAX = Example("docs/guide.md", 8, "code", "[0.07768121 0.21115941]\n1.0000000447034836")
LOSS = Example("docs/guide.md", 25, "code", "loss 0.5")
TABLE = Example("docs/other.md", 4, "code", "[[0.25 0.75]\n [0.5 0.5]]")
FED = Example("docs/other.md", 12, "code", "0.1")
ONEDNN = "oneDNN's kernels round differently"
NOTHING = "not reproduced by anything tried"


def environment(version, onednn=True):
    return Environment(f"tensorflow-{version}", version, "2.4.6", "3.11.7", f"/python/{version}", onednn)


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


def text_of(results, width=80, terminal=False):
    output = io.StringIO()
    write_text(Console(file=output, width=width, force_terminal=terminal), results)
    return output.getvalue()


def test_text_of_one_environment():
    lines = [line.rstrip() for line in text_of(ONE).splitlines()]
    assert lines == [
        "TensorFlow 2.21.0, NumPy 2.4.6, Python 3.11.7, oneDNN on",
        "",
        " example           graph           eager           documented",
        " ──────────────────────────────────────────────────────────────────────────────",
        " docs/guide.md:8   drift 0.12 ULP  drift 0.12 ULP  [0.07768121 0.21115941]…",
        " docs/guide.md:25  equal           equal           loss 0.5",
        " docs/other.md:4   fail            fail            [[0.25 0.75]…",
        " docs/other.md:12  skipped         skipped         0.1",
        "",
        "2 skipped (graph, eager): it takes a placeholder",
        "",
        "drift: oneDNN's kernels round differently",
        "  docs/guide.md:8: number 3: 1.0000000447034836 documented, 1.0000000596046448",
        "  measured (0.12 ULP)",
        "    TensorFlow 2.21.0 (graph, eager)",
        "",
        "fail: not reproduced by anything tried",
        "  docs/other.md:4: number 4: 0.5 documented, 0.9 measured",
        "    TensorFlow 2.21.0 (graph, eager)",
        "    documented:  [0.5 0.5]]",
        "    measured:    [0.5 0.9]]",
        "                      ^^^",
        "",
        "2 of 4 examples passed, 1 verified in no mode (docs/other.md:12)",
        "8 results: 2 equal, 2 drift, 2 skipped, 2 fail",
    ]


def test_text_of_several_environments():
    lines = [line.rstrip() for line in text_of(SEVERAL).splitlines()]
    assert lines == [
        "TensorFlow NumPy Python oneDNN exact equal drift skipped fail",
        "1.15.5     2.4.6 3.11.7 off        2     2             2    2",
        "2.9.3      2.4.6 3.11.7 off        2     2             2    2",
        "2.12.1     2.4.6 3.11.7 on               2     2       2    2",
        "2.13.1     2.4.6 3.11.7 on               2     2       2    2",
        "2.21.0     2.4.6 3.11.7 on               2     2       2    2",
        "",
        "10 skipped (graph, eager): it takes a placeholder",
        "",
        "drift: oneDNN's kernels round differently",
        "  docs/guide.md:8: number 3: 1.0000000447034836 documented, 1.0000000596046448",
        "  measured (0.12 ULP)",
        "    TensorFlow 2.12.1 to 2.21.0 (graph, eager)",
        "",
        "fail: not reproduced by anything tried",
        "  docs/other.md:4: number 4: 0.5 documented, 0.9 measured",
        "    TensorFlow 1.15.5 to 2.21.0 (graph, eager)",
        "    documented:  [0.5 0.5]]",
        "    measured:    [0.5 0.9]]",
        "                      ^^^",
        "",
        "2 of 4 examples passed, 1 verified in no mode (docs/other.md:12)",
        "40 results in 5 environments: 4 exact, 10 equal, 6 drift, 10 skipped, 10 fail",
    ]


def test_text_of_nothing():
    assert text_of([]) == "no examples\n"


def test_text_has_colours_on_a_terminal_alone(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in text_of(ONE, terminal=True)
    assert "\x1b[" not in text_of([replace(result, measured="\x1b[31m", message="\x1b[31m") for result in ONE])


def test_every_status_fits_eighty_columns():
    results = [replace(ONE[0], status=status) for status in STATUSES] + list(results_of(environment("2.10.1")))
    header = text_of(results).splitlines()[0]
    assert header.split() == ["TensorFlow", "NumPy", "Python", "oneDNN", *STATUSES]


HOSTILE = st.text(st.sampled_from("ab1. \t\n\x1b\x00\x07語…[]\ud800😀"), max_size=200)


@settings(deadline=None)
@given(HOSTILE, HOSTILE, st.sampled_from(sorted(FAILED | {SKIPPED, DRIFT})), st.integers(50, 130), st.booleans())
def test_no_line_is_wider_than_the_console(documented, text, status, width, is_one):
    environments = [environment("2.21.0")] if is_one else [environment("2.21.0"), environment("1.15.5")]
    example = Example("docs/" + "long/" * 12 + "guide.md", 8, "code", documented)
    results = [Result(example, one, "graph", status, 1.0, text, text, text) for one in environments]
    printed = text_of(results, width)
    assert all(cell_len(line) <= width for line in printed.split("\n"))
    assert "\x1b" not in printed


def test_a_long_line_is_shown_where_it_differs():
    documented = " ".join(f"0.{number:03d}" for number in range(200))
    (line,) = marked(f"[{documented}]", f"[{documented}]".replace("0.150", "0.950"), width=60)
    assert len(line.documented) == len(line.measured) == 60
    start, end = line.carets.index("^"), line.carets.rindex("^") + 1
    assert (line.documented[start:end], line.measured[start:end]) == ("0.150", "0.950")


def test_carets_stand_below_wide_characters():
    (line,) = marked("損失 0.5", "損失 0.7", width=60)
    assert line.carets == "     ^^^"


@pytest.mark.parametrize("order", [1, -1])
def test_json(order):
    report = json.loads(as_json(SEVERAL[::order]))
    assert list(report) == ["version", "environments", "examples", "summary"]
    assert report["version"] == 1
    assert [one["tensorflow"] for one in report["environments"]] == ["1.15.5", "2.9.3", "2.12.1", "2.13.1", "2.21.0"]
    assert report["environments"][-1] == {
        "id": "tensorflow-2.21.0",
        "tensorflow": "2.21.0",
        "numpy": "2.4.6",
        "python": "3.11.7",
        "executable": "/python/2.21.0",
        "onednn": True,
    }
    assert [(one["document"], one["line"]) for one in report["examples"]] == [
        ("docs/guide.md", 8),
        ("docs/guide.md", 25),
        ("docs/other.md", 4),
        ("docs/other.md", 12),
    ]
    assert len(report["examples"][0]["results"]) == 10
    assert report["examples"][0]["results"][-1] == {
        "environment": "tensorflow-2.21.0",
        "mode": "eager",
        "status": "drift",
        "ulp": 0.125,
        "cause": ONEDNN,
        "message": "number 3: 1.0000000447034836 documented, 1.0000000596046448 measured",
        "documented": SOFTMAX.documented,
        "measured": "[0.07768121 0.21115941]\n1.0000000596046448",
    }
    assert report["summary"] == {
        "exact": 4,
        "equal": 10,
        "drift": 6,
        "skipped": 10,
        "fail": 10,
        "error": 0,
        "timeout": 0,
    }


def test_json_has_no_infinity_and_takes_any_text():
    result = replace(ONE[0], ulp=math.inf, measured="\x00\x1b語\ud800")
    report = json.loads(as_json([result]).encode("ascii"))
    assert report["examples"][0]["results"][0]["ulp"] is None
    assert report["examples"][0]["results"][0]["measured"] == result.measured
    assert json.loads(as_json([]))["examples"] == []


def test_junit():
    ended = [Result(FED, ONE[0].environment, "graph", status, message="why\x00") for status in (ERROR, TIMEOUT)]
    report = ElementTree.fromstring(as_junit(ONE + ended).encode())
    assert {name: report.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "10",
        "failures": "2",
        "errors": "2",
        "skipped": "2",
    }
    (suite,) = report
    assert suite.get("name") == "tensorflow-2.21.0"
    properties = {one.get("name"): one.get("value") for one in suite.find("properties")}
    assert properties["numpy"] == "2.4.6" and properties["onednn"] == "True"
    cases = suite.findall("testcase")
    assert (cases[0].get("name"), cases[0].get("classname")) == ("docs/guide.md:8 [graph]", "docs/guide.md")
    assert (cases[0].get("file"), cases[0].get("line")) == ("docs/guide.md", "8")
    assert cases[0].find("failure") is None and ONEDNN in cases[0].find("system-out").text
    failure = suite.find("testcase/failure")
    assert failure.get("message") == f"number 4: 0.5 documented, 0.9 measured\n{NOTHING}"
    assert TABLE.documented in failure.text and "[0.5 0.9]" in failure.text
    assert suite.find("testcase/skipped").get("message") == "it takes a placeholder"
    assert suite.find("testcase/error").get("message") == "why\ufffd"


@settings(deadline=None)
@given(HOSTILE, st.sampled_from(STATUSES))
def test_junit_is_xml_whatever_was_printed(text, status):
    result = Result(replace(LOSS, documented=text), ONE[0].environment, "graph", status, 1.0, text, text, text)
    ElementTree.fromstring(as_junit([result]).encode())


def test_github():
    lines = as_github(SEVERAL).splitlines()
    assert lines == [
        "::error file=docs/other.md,line=4,title=fail%3A TensorFlow 1.15.5 to 2.21.0 (graph%2C eager)::"
        "number 4: 0.5 documented, 0.9 measured%0Anot reproduced by anything tried",
        "::warning file=docs/guide.md,line=8,title=drift%3A TensorFlow 2.12.1 to 2.21.0 (graph%2C eager)::"
        "number 3: 1.0000000447034836 documented, 1.0000000596046448 measured%0AoneDNN's kernels round differently",
        "::notice file=docs/other.md,line=12,title=not verified::skipped in every mode",
    ]
    assert as_github([]) == ""


@settings(deadline=None)
@given(HOSTILE)
def test_a_workflow_command_stays_one_line(text):
    result = Result(LOSS, ONE[0].environment, "graph", ERROR, message=text + "50%\r\n::error::")
    (line,) = as_github([result]).encode().split(b"\n")[:-1]
    assert line.count(b"::error ") == 1 and line.endswith(b"50%25?%0A::error::")
    assert b"\x1b" not in line


def test_environments_not_in_a_row_are_named_apart():
    there = [result for result in SEVERAL if result.environment.tensorflow in ("1.15.5", "2.12.1", "2.21.0")]
    elsewhere = [result for result in SEVERAL if result not in there and result.status not in FAILED]
    assert "TensorFlow 1.15.5 (graph, eager), 2.12.1 (graph, eager), 2.21.0 (graph, eager)" in " ".join(
        text_of(there + elsewhere, width=120).split()
    )
