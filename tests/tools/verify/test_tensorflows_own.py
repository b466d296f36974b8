"""TensorFlow's own documentation: the docstrings of the module that the softmax family comes from."""

import importlib.util
import shutil
import sys
from pathlib import Path

from tfsoftmax_compat.tools.documents import reading
from tfsoftmax_compat.tools.verify.results import FAILED, PASSED
from tfsoftmax_compat.tools.verify.verification import verify

# Its documented numbers are those of another erf: 400 ULP away from what 2.21 computes on a CPU.
NOT_REPRODUCED = {"gelu"}


def test_docstrings_of_nn_ops(tmp_path):
    tensorflow = Path(importlib.util.find_spec("tensorflow").origin).parent
    copy = shutil.copy(tensorflow / "python" / "ops" / "nn_ops.py", tmp_path)
    results = verify([reading.read(str(copy))], [sys.executable])
    failed = {result.example for result in results if result.status in FAILED}
    passed = {result.example for result in results if result.status in PASSED} - failed
    assert len(passed) >= 45
    assert len(passed) >= 0.9 * len({result.example for result in results})
    assert {example.scope for example in failed} == NOT_REPRODUCED
    assert {"softmax_v2", "softmax_cross_entropy_with_logits_v2"} <= {example.scope for example in passed}
