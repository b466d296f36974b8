"""The causes of numbers that moved, found on real TensorFlow."""

import os
import sys

import pytest
from pythons import python_of
from tools.verify.test_verification import document, example

from tfsoftmax_compat.tools.documents.says import Says
from tfsoftmax_compat.tools.verify.results import DRIFT, EXACT, FAIL
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.tools.verify.verification import verify
from tfsoftmax_compat.worker.causes import (
    AS_IT_COMES,
    NO_ONEDNN,
    NUMPY_2_SUM,
    ONEDNN,
    PRINTING,
    THREADS,
    UNCHANGED,
    narrower_instructions,
    none_found,
    together,
)

SOFTMAX = "import tensorflow as tf\nresult = tf.nn.softmax([1.0, 1.0, 2.0, 2.0, 2.0, 2.0]).numpy()\n"
SUM = SOFTMAX + "print(sum(result))"
ELEMENTS = SOFTMAX + "print(result.tolist())"
# 1.5 divides this sum between its threads.
LARGE = "import numpy as np\nx = np.random.RandomState(0).rand(3000001).astype('float32')\nimport tensorflow as tf\n"
LARGE += "print(float(tf.Session().run(tf.reduce_sum(tf.constant(x)))))"
FLOAT16 = "import numpy as np\nprint(np.float16(0.1))"


def holds(cause):
    return cause.named(holds="it is as documented", fails="it is not")


def printed(started, code, mode, variables=AS_IT_COMES, changes=UNCHANGED, python=sys.executable):
    (outcome,) = started(python, variables).run([example(1, code, "")], mode, changes, 60.0)
    assert outcome.error is None, outcome
    return outcome.output.strip()


def result_of(code, documented, mode, python=sys.executable, **settings):
    (result,) = verify([document(example(1, code, documented))], [python], Settings(modes=(mode,), **settings))
    return result


@pytest.mark.parametrize("setting, cause", [("0", NO_ONEDNN), ("1", ONEDNN)])
def test_onednn_is_switched_the_other_way(started, monkeypatch, setting, cause):
    """A document written where TensorFlow has oneDNN on is verified where it is off, and the other way round."""
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", setting)
    documented = printed(started, ELEMENTS, "eager", cause.variables)
    result = result_of(ELEMENTS, documented, "eager")
    assert (result.status, result.cause) == (DRIFT, holds(cause))


def test_two_causes_together(started, monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    result = result_of(SUM, "1.0000000447034836", "eager")  # the document of 2018
    assert (result.status, result.cause) == (DRIFT, holds(together(NUMPY_2_SUM, ONEDNN)))


def test_other_instructions_are_tried_where_onednn_is_on(monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    result = result_of("print(0.5)", "0.6", "eager")
    (narrower,) = narrower_instructions(result.environment.instructions)
    assert narrower.variables == {"ONEDNN_MAX_CPU_ISA": narrower.tried.partition("=")[2]}
    assert result.cause.endswith(f"oneDNN off, {narrower.tried})")


def test_narrower_instructions_of_the_widest_and_of_the_narrowest():
    (cause,) = narrower_instructions("avx512f")
    assert cause.variables == {"ONEDNN_MAX_CPU_ISA": "AVX2"} and "here avx512f" in cause.what
    assert not narrower_instructions("sse2") and not narrower_instructions("")


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="this machine has one processor")
def test_threads(started):
    python = python_of("1.5")
    documented = printed(started, LARGE, "graph", changes=THREADS.changes, python=python)
    result = result_of(LARGE, documented, "graph", python)
    assert (result.status, result.cause) == (FAIL, holds(THREADS)) and result.ulp < 16


@pytest.mark.parametrize("python", [None, "1.15"])
def test_printing(python):
    executable = python_of(python) if python else sys.executable
    result = result_of(FLOAT16, "0.0999756", "graph", executable)
    assert (result.status, result.cause) == (FAIL, holds(PRINTING))


def test_python_2_text():
    result = result_of("print([u'a', 10, 0.5])", "[u'a', 10L, 0.5]", "eager")
    assert (result.status, result.cause) == (FAIL, "Python 2 prints it so; what it says is as documented")
    assert "Python 2" not in result_of("print([u'a', 10])", "[u'a', 11L]", "eager").cause


def test_sum_is_tried_only_where_the_code_calls_it():
    tried = result_of("print(0.5)", "0.6", "eager").cause
    assert NUMPY_2_SUM.tried not in tried and tried.startswith("no cause found (tried: ")
    assert NUMPY_2_SUM.tried in result_of("print(sum([0.5]))", "0.6", "eager").cause


def test_what_the_document_expects_to_fail_has_no_cause():
    expected = example(1, "print(0.5)", "0.6")
    expected = type(expected)(**{**vars(expected), "says": Says(expects_failure=True)})
    (result,) = verify([document(expected)], [sys.executable], Settings(modes=("eager",)))
    assert (result.status in (EXACT, "equal"), result.cause) == (True, "")


def test_nothing_tried_says_nothing():
    assert none_found([]) == ""
