"""Check the recorded values of this release, the recorded values of TensorFlow 1.15, and the documented outputs."""

import contextlib
import json
import os
import subprocess
import sys

import fresh
import numpy as np
import pytest
from modes import GRAPH, new_graph

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf, v1
from tfsoftmax_compat.golden import records
from tfsoftmax_compat.worker import provenance

FOLDER = os.path.dirname(os.path.abspath(__file__))
RELEASE = "%d.%d" % bindings.VERSION
sys.path.insert(0, FOLDER)
import values as golden_values  # noqa: E402

LOGITS = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
# From a document of 2018 that shows the outputs of TensorFlow 1.
DOCUMENTED = {
    "softmax": ("[0.07768121 0.07768121 0.21115941 0.21115941 0.21115941 0.21115941]", 1.0000000447034836),
    "log_softmax": ("[-2.555142  -2.555142  -1.5551419 -1.5551419 -1.5551419 -1.5551419]", -11.330851554870605),
}
ONEDNN_SOFTMAX_SINCE = (2, 12)  # differs by 1 ULP in some elements


def recorded(setting):
    path = os.path.join(FOLDER, "tf-%s.json" % RELEASE)
    if not os.path.exists(path):
        pytest.skip("no golden values were recorded for TensorFlow %s: tox -e record -- %s" % (RELEASE, RELEASE))
    with open(path) as file:
        return json.load(file)[setting]


def array(value):
    bits = np.array([int(word, 16) for word in value["float32_bits"]], np.uint32)
    return bits.view(np.float32).reshape(value["shape"])


@pytest.mark.parametrize("name", sorted(golden_values.CASES))
def test_value_is_the_recorded_one(name):
    # To 2 ULP, because the kernels for another CPU may round differently from those of the recording machine.
    value = GRAPH.evaluate(lambda: golden_values.CASES[name](nn))
    np.testing.assert_array_max_ulp(value, array(recorded("as it comes")["values"][name]), 2)


@pytest.fixture
def functions(request):
    """Return this package's functions, or TensorFlow's own when values are recorded."""
    return v1.nn if request.config.getoption("golden_update") else nn


# The values of the next two tests are those of TensorFlow 1.15's own functions, recorded by
# `tox -e py37-tf115 -- --golden-update -k tensorflow_1 tests/golden/test_golden.py`.
@pytest.mark.parametrize("name", sorted(golden_values.CASES))
def test_value_is_that_of_tensorflow_1(golden, functions, mode, name):
    with new_graph() if mode is GRAPH else contextlib.ExitStack():
        golden.check("value", golden_values.CASES[name](functions), max_ulp=2)


@pytest.mark.parametrize("name", ["softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits_v2"])
def test_gradients_are_those_of_tensorflow_1(golden, functions, mode, name):
    def loss(labels, logits):
        return getattr(functions, name)(labels=labels, logits=logits)

    arguments = np.array([golden_values.LABELS, golden_values.LOGITS], np.float32)
    labels_gradient, logits_gradient = mode.gradients(loss, *arguments)
    golden.check("logits' gradient", logits_gradient)
    golden.check("labels have a gradient", labels_gradient is not None)


def test_record_is_of_1_15_and_whole():
    tests = records.read(records.path_for(__file__))
    assert len(tests) == 2 * (len(golden_values.CASES) + 2)  # in two modes
    assert {test["provenance"]["tensorflow"] for test in tests.values()} == {"1.15.5"}


def printed(value):
    """Return the array as printed, without the padding that changed in NumPy 1.14."""
    return " ".join(str(value).replace("[", "[ ").split()).replace("[ ", "[")


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_documented_output(mode, name):
    array_text, documented_sum = DOCUMENTED[name]
    value = mode.evaluate(getattr(nn, name), np.array(LOGITS, np.float32))
    assert printed(value) == printed(array_text)
    measured_sum = sum(value.tolist())
    assert abs(measured_sum - documented_sum) <= np.spacing(np.float32(abs(documented_sum)))
    if bindings.VERSION < ONEDNN_SOFTMAX_SINCE:
        assert measured_sum == documented_sum


def measured_with_onednn_off():
    """Return what values.py prints. TensorFlow reads the variable when it is imported, if it has oneDNN's kernels."""
    program = os.path.join(FOLDER, "values.py")
    if provenance.onednn():
        environment = dict(os.environ, TF_ENABLE_ONEDNN_OPTS="0")
        output = subprocess.check_output([sys.executable, program], env=environment, stderr=subprocess.DEVNULL)
        return json.loads(output.decode())
    return json.loads(fresh.run("import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')", program).stdout)


def test_documented_sums_to_the_bit_with_onednn_off():
    measured = measured_with_onednn_off()["values"]
    for name, (_, documented_sum) in DOCUMENTED.items():
        assert float(measured[name]["float64_sum"]) == documented_sum
        assert measured[name]["float32_bits"] == recorded("oneDNN off")["values"][name]["float32_bits"]


def test_recorded_provenance_is_this_release():
    origin = recorded("as it comes")["provenance"]
    assert origin["tensorflow"].startswith(RELEASE + ".")
    assert sorted(origin) == ["instructions", "machine", "numpy", "onednn", "python", "tensorflow"]
    assert tf.__version__.startswith(RELEASE + ".")
