"""Documents in every format, right and wrong and hostile, under four real releases."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pythons import python_of

CORPUS = Path(__file__).parent / "corpus"
RELEASES = ["1.5", "1.15", "2.10", "2.21"]

LETTERS = {
    "exact": "x", "equal": "q", "drift": "d", "fail": "f", "error": "e", "timeout": "t", "skipped": "s", None: "-"
}  # fmt: skip
# The directives of this program, on TF2 and on TF1, in graph mode and in eager mode.
DIRECTIVES = (
    ("s---------------s-x-", "-sxsqfqdfqqqxxxx-x-x"),
    ("ssxsqfqdfqqqxxxxsxx-", "-sxsqfqdfqqqxxxx-x-x"),
)
JUDGED = [path.name for path in CORPUS.glob("judged.*") if path.suffix != ".py"]


def expected(release):
    """The statuses of each document's examples under a release: a letter each, in graph and in eager mode."""
    # NumPy 2's sum(), and oneDNN's softmax where it is on, move the sum on 2.21. The others are wrong by one digit and
    # by one element.
    softmax_sum = "d" if release == "2.21" else "x"
    found = {document: (softmax_sum + "ff", softmax_sum + "ff") for document in JUDGED}
    found["judged.py"] = ("x" + softmax_sum + "ff", "x" + softmax_sum + "ff")
    # Documents that do not tell run in the mode of the release; on TF1 in eager mode too, for they have no state.
    hostile = "xtexeexesxxexx"
    found["hostile.md"] = (hostile if release.startswith("1.") else "-" * len(hostile), hostile)
    found["compat.md"] = ("x", "-")
    found["tf1.md"] = ("x" * 8, "-" * 8)
    found["tf2.md"] = ("-" * 6, "xxxx" + ("q" if release == "1.15" else "x") + "q")  # 1.15 shows a tensor's id
    found["kinds_tf1.md"] = ("xfxs", "----")
    found["kinds_tf2.md"] = ("-" * 22 + "s-", "xfxfxfxfxf" + ("q" if release[0] == "1" else "x") + "fdfqfqfxfss-q")
    found["comments.md"] = ("-" * 13, "qfxfxfxfqfsxf")
    found["kinds_python2.md"] = ("qfxqq", "qfxqq")
    # NumPy 2 shows the scalar in the dictionary as np.float32(0.25).
    found["programs_tf1.md"] = ("xxfqf" + ("q" if release == "2.21" else "x") + "fxf", "-" * 9)
    for name, statuses in (("kinds_notebook.ipynb", "xfsxfssqfs"), ("orders.md", "xfsxfqfxfxf")):
        found[name] = (statuses if release.startswith("1.") else "-" * len(statuses), statuses)
    # A document with code for a mode; what it exempts is reported once, in graph mode.
    found["directives.md"] = DIRECTIVES[release.startswith("1.")]
    if release == "1.5":  # has no GradientTape, function or print, and no variables in eager mode
        found["tf2.md"] = ("-" * 6, "exsssq")
        found["kinds_tf2.md"] = ("-" * 22 + "s-", "xfeseexfxfqfdfqfqfxfss-q")
    return found


@pytest.fixture(scope="module")
def report():
    for release in RELEASES:
        python_of(release)
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
        letters = found.setdefault(Path(example["document"]).name, ["", ""])
        for number, mode in enumerate(("graph", "eager")):
            letters[number] += LETTERS[statuses.get(mode)]
    assert {document: tuple(letters) for document, letters in found.items()} == expected(release)


def test_number_that_moved_has_its_cause(report):
    judged = [example for example in report["examples"] if "judged." in example["document"]]
    moved = [result for example in judged for result in example["results"] if result["status"] == "drift"]
    onednn = {environment["id"]: environment["onednn"] for environment in report["environments"]}
    assert moved and all("NumPy 2" in result["cause"] for result in moved)
    # TensorFlow switches oneDNN's kernels on by itself where the processor has certain instructions.
    assert all(("oneDNN" in result["cause"]) == onednn[result["environment"]] for result in moved)
