"""Verification on the installed TensorFlow: statuses, causes, what skipped and failed examples mean for others."""

import sys
from importlib import resources

import pytest

from tfsoftmax_compat.tools.documents import Example, reading
from tfsoftmax_compat.tools.verify.results import DRIFT, ERROR, EXACT, FAIL, SKIPPED, Environment, Result
from tfsoftmax_compat.tools.verify.verification import Settings, _held_elsewhere, verify
from tfsoftmax_compat.worker.causes import BOTH, NOT_REPRODUCED, NUMPY_2_SUM


def example(line, code, documented):
    return Example("a.md", line, code, documented)


@pytest.fixture(scope="module")
def packaged():
    with resources.as_file(resources.files("tfsoftmax_compat.tools.verify").joinpath("documented.md")) as path:
        return verify([reading.read(str(path)).examples], [sys.executable])


def test_packaged_document_on_the_installed_release(packaged):
    assert len(packaged) == 8 and [result.mode for result in packaged] == ["graph", "eager"] * 4
    for result in packaged:  # the arrays as documented, the sums not: NumPy 2's stay float32
        assert result.status == DRIFT and result.ulp < 1
        assert result.measured.splitlines()[0] == result.example.documented.splitlines()[0]
    # softmax's sum moved for two reasons where oneDNN's kernels are on, the other three for one.
    softmax_cause = BOTH if packaged[0].environment.onednn else NUMPY_2_SUM
    named = [cause.named("it is as documented", "it is not") for cause in (softmax_cause, NUMPY_2_SUM)]
    assert [result.cause for result in packaged] == named[:1] * 2 + named[1:] * 6


def test_environment_is_the_interpreters(packaged):
    environment = packaged[0].environment
    assert environment.tensorflow.startswith("2.21.") and environment.numpy.startswith("2.")
    assert environment.python == "%d.%d.%d" % sys.version_info[:3]
    assert environment.id == f"tensorflow-{environment.tensorflow}"


JUDGED = [
    example(1, "import tensorflow as tf\nprint(0.5)", "0.5"),
    example(10, "print(0.5)", "0.6"),
    example(20, "y = 1\n\nz = 1 / 0\n", "0"),
    example(30, "print(y, z)", "1"),
    example(40, "x = tf.placeholder(tf.float32)\nprint(tf.Session().run(x, {x: 0.5}))", "0.5"),
    example(50, "w = 2 * x; print(tf.Session().run(w, {x: 0.5}))", "1.0"),
    example(60, "print(w.dtype)", "<dtype: 'float32'>"),
    example(70, "w = 1.5; print(w)", "1.5"),
    example(80, "print(w)", "1.5"),
    example(90, "v = tf.constant(0.25)\nprint(v.numpy())", "0.25"),
    example(100, "print(tf.Session().run(v))", "0.25"),
    example(110, "1 / 0", "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero"),
]


@pytest.fixture(scope="module")
def judged():
    results = verify([JUDGED], [sys.executable])
    return {(result.example.line, result.mode): result for result in results}


@pytest.mark.parametrize("mode", ["graph", "eager"])
@pytest.mark.parametrize(
    "line, status, message",
    [
        (1, EXACT, ""),
        (10, FAIL, "0.6 documented, 0.5 measured"),
        (20, ERROR, "line 22: ZeroDivisionError: division by zero"),
        (
            30,
            ERROR,
            "line 30: NameError: name 'z' is not defined (z is missing: line 22: ZeroDivisionError: division by zero)",
        ),
        (70, EXACT, ""),
        (80, EXACT, ""),
        (100, EXACT, ""),
        (110, EXACT, ""),
    ],
)
def test_status_in_either_mode(judged, mode, line, status, message):
    result = judged[line, mode]
    assert result.status == status and message in result.message


@pytest.mark.parametrize(
    "line, mode, message",
    [
        (40, "eager", "tf.placeholder needs graph mode"),
        (50, "eager", "it uses x of line 40, which was skipped"),
        (60, "eager", "it uses w of line 50, which was skipped"),
        (90, "graph", "has no attribute 'numpy'"),
    ],
)
def test_mode_that_cannot_apply_is_skipped(judged, line, mode, message):
    result = judged[line, mode]
    assert result.status == SKIPPED and message in result.message
    other = judged[line, "graph" if mode == "eager" else "eager"]
    assert other.status == EXACT


def test_failure_that_nothing_explains_says_so(judged):
    assert judged[10, "graph"].cause == NOT_REPRODUCED
    assert judged[20, "graph"].cause == judged[1, "graph"].cause == ""


def test_settings():
    settings = Settings(modes=("eager",), max_ulp=0.0)
    (result,) = verify([[example(1, "print(1.0000001)", "1.0000002")]], [sys.executable], settings)
    assert (result.mode, result.status) == ("eager", FAIL) and 0 < result.ulp < 1


def environment(release):
    return Environment(f"tensorflow-{release}", release, "1.18.5", "3.7.16", "python", False)


def test_number_that_holds_under_another_release_says_which():
    one = example(1, "print(x)", "0.5")
    results = [
        Result(one, environment("1.15.5"), "graph", EXACT),
        Result(one, environment("2.0.4"), "graph", FAIL, cause=NOT_REPRODUCED),
        Result(one, environment("2.0.4"), "eager", FAIL, cause=NOT_REPRODUCED),
    ]
    assert [result.cause for result in _held_elsewhere(results)] == [
        "",
        NOT_REPRODUCED + " here; as documented under TensorFlow 1.15.5",
        NOT_REPRODUCED,
    ]


def test_same_release_twice_is_two_environments():
    results = verify([[JUDGED[0]]], [sys.executable, sys.executable], Settings(modes=("eager",)))
    assert [result.environment.id[-3:] for result in results] == [results[0].environment.id[-3:], "(2)"]
