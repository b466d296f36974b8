"""The report for other programs."""

import json
import math
from dataclasses import replace

import pytest
from sample_results import ONE, ONEDNN, SEVERAL, SOFTMAX, judged, written

from tfsoftmax_compat.tools.documents.says import Says
from tfsoftmax_compat.tools.verify.reports.formats import json as json_report


@pytest.mark.parametrize("order", [1, -1])
def test_json(order):
    report = json.loads(written(json_report, SEVERAL[::order]))
    assert list(report) == ["version", "environments", "documents", "examples", "summary"]
    assert report["version"] == 1
    assert [one["tensorflow"] for one in report["environments"]] == ["1.15.5", "2.9.3", "2.12.1", "2.13.1", "2.21.0"]
    assert report["environments"][-1] == {
        "id": "tensorflow-2.21.0",
        "tensorflow": "2.21.0",
        "numpy": "2.4.6",
        "python": "3.11.7",
        "executable": "/python/2.21.0",
        "onednn": True,
        "instructions": "avx2",
    }
    assert [(one["document"], one["line"]) for one in report["examples"]] == [
        ("docs/guide.md", 8),
        ("docs/guide.md", 25),
        ("docs/other.md", 4),
        ("docs/other.md", 12),
    ]
    example = dict(report["examples"][0])
    assert len(example.pop("results")) == 10
    assert example == {
        "document": "docs/guide.md",
        "line": 8,
        "cell": None,
        "namespace": "",
        "code": SOFTMAX.code,
        "documented": SOFTMAX.documented,
    }
    assert report["examples"][0]["results"][-1] == {
        "environment": "tensorflow-2.21.0",
        "mode": "eager",
        "status": "drift",
        "ulp": 0.125,
        "cause": ONEDNN,
        "message": "number 3: 1.0000000447034836 documented, 1.0000000596046448 measured",
        "documented": SOFTMAX.documented,
        "measured": "[0.07768121 0.21115941]\n1.0000000596046448",
        "differences": [[[24, 42], [24, 42]]],
        "seconds": 0.0,
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
    report = json.loads(written(json_report, [result]).encode("ascii"))
    assert report["examples"][0]["results"][0]["ulp"] is None
    assert report["examples"][0]["results"][0]["measured"] == result.measured
    assert json.loads(written(json_report, []))["examples"] == []


def test_json_names_the_cell_and_the_namespace():
    in_notebook = replace(ONE[0], example=replace(SOFTMAX, cell=3, scope="softmax_v2"))
    (example,) = json.loads(written(json_report, [in_notebook]))["examples"]
    assert (example["cell"], example["namespace"]) == (3, "softmax_v2")


def test_differences_are_compared_as_the_example_says():
    number = replace(SOFTMAX, documented="0.5 ... 1.0", says=Says(options=frozenset({"ELLIPSIS"})))
    moved = judged(number, ONE[0].environment, "eager", "0.5 0.7 0.9 1.5")
    (example,) = json.loads(written(json_report, [moved]))["examples"]
    assert example["results"][0]["differences"] == [[[8, 11], [12, 15]]]
    (example,) = json.loads(written(json_report, [replace(moved, status="error")]))["examples"]
    assert example["results"][0]["differences"] == []
