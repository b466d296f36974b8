"""Documents in every format, right and wrong and hostile, under four real releases."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"
RELEASES = ["1.5", "1.15", "2.10", "2.21"]

# What becomes of each example, in order: in graph mode and in eager mode.
ONE_DIGIT_WRONG = ONE_ELEMENT_MISSING = ("fail", "fail")
BOTH, GRAPH_ALONE, EAGER_ALONE = ("exact", "exact"), ("exact", "skipped"), ("skipped", "exact")
ERROR, TIMEOUT, NEITHER = ("error", "error"), ("timeout", "timeout"), ("skipped", "skipped")
EAGER_EQUAL = ("skipped", "equal")
HOSTILE = [BOTH, TIMEOUT, ERROR, BOTH, ERROR, ERROR, ERROR, ERROR, ERROR, BOTH, BOTH, ERROR, BOTH, BOTH]
FOR_TF1 = [GRAPH_ALONE] * 6 + [BOTH] * 2
JUDGED = ["judged.html", "judged.ipynb", "judged.md", "judged.rst", "judged.txt"]


def expected(release):
    """The statuses of each document's examples under a release."""
    # NumPy 2's sum(), and oneDNN's softmax where it is on, move the sum on 2.21.
    softmax_sum = ("drift", "drift") if release == "2.21" else BOTH
    found = {document: [softmax_sum, ONE_DIGIT_WRONG, ONE_ELEMENT_MISSING] for document in JUDGED}
    found["judged.py"] = [BOTH, softmax_sum, ONE_DIGIT_WRONG, ONE_ELEMENT_MISSING]
    found["hostile.md"] = HOSTILE
    found["tf1.md"] = FOR_TF1
    if release == "1.5":  # has no disable_v2_behavior, GradientTape or function, and no variables in eager mode
        missing = ("error", "skipped")
        for_tf2 = [NEITHER, EAGER_ALONE, missing, NEITHER, missing, EAGER_EQUAL]
        return {**found, "compat.md": [ERROR], "tf2.md": for_tf2}
    # Only 1.15's repr of an eager tensor shows an id.
    shown = EAGER_EQUAL if release == "1.15" else EAGER_ALONE
    return {**found, "compat.md": [GRAPH_ALONE], "tf2.md": [EAGER_ALONE] * 4 + [shown, EAGER_EQUAL]}


@pytest.fixture(scope="module")
def report():
    releases = [argument for release in RELEASES for argument in ("--tf", release)]
    command = [sys.executable, "-m", "tfsoftmax_compat", "verify", *releases, "--timeout", "15", "--format", "json"]
    completed = subprocess.run([*command, str(CORPUS)], capture_output=True, text=True)
    assert completed.returncode == 1, completed.stderr
    return json.loads(completed.stdout)


def test_environments_are_the_releases_asked_for(report):
    found = [environment["tensorflow"].rpartition(".")[0] for environment in report["environments"]]
    assert found == RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_statuses(report, release):
    (environment,) = [e["id"] for e in report["environments"] if e["tensorflow"].startswith(release + ".")]
    found = {}
    for example in report["examples"]:
        statuses = {
            result["mode"]: result["status"] for result in example["results"] if result["environment"] == environment
        }
        found.setdefault(Path(example["document"]).name, []).append((statuses["graph"], statuses["eager"]))
    assert found == expected(release)


def test_number_that_moved_has_its_cause(report):
    moved = [result for example in report["examples"] for result in example["results"] if result["status"] == "drift"]
    onednn = {environment["id"]: environment["onednn"] for environment in report["environments"]}
    assert moved and all("NumPy 2" in result["cause"] for result in moved)
    # TensorFlow switches oneDNN's kernels on by itself where the processor has certain instructions.
    assert all(("oneDNN" in result["cause"]) == onednn[result["environment"]] for result in moved)
