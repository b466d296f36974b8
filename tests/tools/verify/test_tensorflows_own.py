"""TensorFlow's own docstrings, against TensorFlow's own checker in the same interpreter."""

import importlib.util
import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.documents import reading
from tfsoftmax_compat.tools.verify.accepting.documents import contents_of, rewrite_confirmed
from tfsoftmax_compat.tools.verify.accepting.proposals import proposals
from tfsoftmax_compat.tools.verify.results import DRIFT, EQUAL, EXACT, FAILED, PASSED
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.tools.verify.verification import verify

CHECKER = Path(__file__).with_name("checker.py")
PYTHON = Path(importlib.util.find_spec("tensorflow").origin).parent / "python"
FOLDERS = ("ops", "framework", "module", "eager", "types", "util")

MESSAGE = "the error's message has changed; TensorFlow's checker compares types only"
NUMBER = "the number has moved; TensorFlow's checker allows 1e-3"
FORM = "the documented output is not well formed"
DTYPE = "int32 is documented, and the values are float32"
# All that TensorFlow's checker passes and verify does not, by file and by what the docstring documents.
NOT_AS_DOCUMENTED = {
    ("framework/sparse_tensor.py", "SparseTensor.set_shape"): {MESSAGE},
    ("framework/tensor.py", "Tensor.get_shape"): {MESSAGE},
    ("framework/tensor.py", "Tensor.set_shape"): {MESSAGE},
    ("framework/tensor.py", "TensorSpec"): {FORM, MESSAGE},
    ("ops/check_ops.py", "ensure_shape"): {MESSAGE},
    ("ops/image_ops_impl.py", "adjust_jpeg_quality"): {FORM},
    ("ops/init_ops.py", "Constant"): {MESSAGE},
    ("ops/init_ops_v2.py", "Constant"): {MESSAGE},
    ("ops/math_ops.py", "erfcinv"): {NUMBER},
    ("ops/nn_ops.py", "gelu"): {NUMBER},
    ("ops/special_math_ops.py", "bessel_y0"): {NUMBER},
    ("ops/structured/structured_array_ops.py", "zeros_like_v2"): {DTYPE},
    ("ops/structured/structured_array_ops.py", "ones_like_v2"): {DTYPE},
    ("ops/variables.py", "Variable.ref"): {MESSAGE},
}
# Examples without a seed: most of their random values are clipped to the same numbers.
RANDOM = {("ops/image_ops_impl.py", "random_saturation")}


@pytest.fixture(scope="module")
def verified(started, tmp_path_factory):
    """The documents, their results, and what TensorFlow's checker finds in them."""
    found = (path for folder in FOLDERS for path in sorted((PYTHON / folder).rglob("*.py")))
    files = [str(path) for path in found if ">>>" in path.read_text(encoding="utf-8")]
    command = [sys.executable, str(CHECKER), str(PYTHON.parents[1]), *files]
    folder = tmp_path_factory.mktemp("checker")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder) as checker:
        documents = [reading.read(path) for path in files]
        results = verify(documents, [sys.executable])
        checked = json.loads(checker.communicate()[0])
    assert not [result.message for result in results if "a fault of tfsoftmax-compat" in result.message]
    # Some examples depend on the order in which threads run. A verdict that is not expected is said in a warning, and
    # the document is verified once more with no other one beside it: that verdict counts.
    unexpected = [each for each in results if _is_unexpected(each, checked)]
    for result in unexpected:
        warnings.warn(f"{_place(result)}: {result.mode} {result.status}: {result.message}", stacklevel=1)
    again = {result.example.document for result in unexpected}
    repeated = [
        result for document in documents if document.path in again for result in verify([document], [sys.executable])
    ]
    results = [result for result in results if result.example.document not in again] + repeated
    return documents, results, checked


def _is_unexpected(result, checked):
    is_passed = result.example.line in checked[result.example.document]["passed"]
    is_known = _place(result) in NOT_AS_DOCUMENTED or _place(result) in RANDOM
    return is_passed and not is_known and result.status not in PASSED


@pytest.fixture(scope="module")
def compared(verified):
    """The results of the examples that TensorFlow's checker passes."""
    _, results, checked = verified
    return [result for result in results if result.example.line in checked[result.example.document]["passed"]]


def test_what_tensorflows_checker_passes_passes(compared):
    not_passed = [result for result in compared if _place(result) not in RANDOM and result.status not in PASSED]
    others = [result for result in not_passed if _place(result) not in NOT_AS_DOCUMENTED]
    assert not others, [(_place(each), each.mode, each.status, each.message, each.measured) for each in others]
    assert all(result.status in FAILED for result in not_passed)
    assert len(compared) > 1200 and len(not_passed) <= 0.018 * len(compared)


def test_random_values_do_not_fail(verified):
    """They are as documented in most runs, and skipped in the others. What TensorFlow's checker says varies too."""
    _, results, _ = verified
    random = [result for result in results if _place(result) in RANDOM]
    assert {_place(result) for result in random} == RANDOM
    assert not [result for result in random if result.status in FAILED]


def test_it_passes_where_types_of_errors_are_compared(compared):
    """As with ``--errors type``."""
    not_passed = [result for result in compared if _place(result) not in RANDOM and result.status not in PASSED]
    others = [result for result in not_passed if "Traceback" not in result.example.documented]
    assert len(others) <= 0.01 * len(compared)


def test_accepted_outputs_are_exact(verified):
    """As with ``--accept``, but nothing is written: the files are those of an installed package."""
    documents, results, _ = verified
    texts, refused = proposals(results)
    moved = {result.example for result in results if result.status == DRIFT or result.status in FAILED}
    assert texts.keys() | refused.keys() == moved
    again = []

    def verify_again(changed):
        again.extend(verify(changed, [sys.executable], Settings(max_ulp=0)))
        return again

    rewritten = rewrite_confirmed(documents, contents_of(documents), texts, verify_again)
    accepted = {new for each in rewritten for new in each.accepted.values()}
    assert len(accepted) > 0.5 * len(moved) > 30  # the others raise errors, or show what is made of them elsewhere
    assert not [each for each in again if each.example in accepted and each.status not in (EXACT, EQUAL)]
    assert proposals([each for each in again if each.example in accepted]) == ({}, {})  # accepting twice


def _place(result):
    return str(Path(result.example.document).relative_to(PYTHON)), result.example.scope
