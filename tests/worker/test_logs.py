"""What TensorFlow logs, as its releases write it."""

import pytest

from tfsoftmax_compat.worker.logs import RECORD


@pytest.mark.parametrize(
    "line",
    [
        "2018-05-01 12:00:00.123456: I tensorflow/core/platform/cpu_feature_guard.cc:140] Your CPU supports AVX2",
        "W tensorflow/core/platform/cpu_feature_guard.cc:45] The library wasn't compiled to use SSE3",
        "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR",
        "I0000 00:00:1795664738.011022   16621 mlir_graph_optimization_pass.cc:401] MLIR V1 is not enabled",  # TF 2.18
        "W0501 12:00:00.123456 140 deprecation.py:323] From a.py:1: f is deprecated",
        "WARNING:tensorflow:From a.py:1: f is deprecated",
        "INFO:absl:saved",
        "From a.md:1: DatasetV1.f (from tensorflow.python.data.ops) is deprecated and will be removed.",
    ],
)
def test_records_are_no_output(line):
    assert RECORD.sub("", f"{line}\n0.25\n") == "0.25\n"


@pytest.mark.parametrize(
    "line", ["I0000 steps", "WARNING: 3 rows", "2018-05-01 12:00:00", "I 0.25", "00:00:17.5", "From a.md:1: f"]
)
def test_other_lines_are(line):
    assert RECORD.sub("", f"{line}\n") == f"{line}\n"
