"""The eager path of `tf.losses`: the bits, gradients and errors of TensorFlow's own losses."""

import numpy as np
import pytest

hypothesis = pytest.importorskip("hypothesis")
tf = pytest.importorskip("tensorflow")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from hypothesis.extra import numpy as hnp  # noqa: E402

from tfsoftmax_compat import losses  # noqa: E402
from tfsoftmax_compat._runtime import bindings, eager  # noqa: E402

if not (eager.ENABLED and tf.executing_eagerly()):
    pytest.skip("no eager path here: TensorFlow 1, or it is switched off", allow_module_level=True)

from test_eager import CASES, FLOATS, outcome  # noqa: E402

own = tf.compat.v1.losses

DENSE, SPARSE = "softmax_cross_entropy", "sparse_softmax_cross_entropy"
LOGITS = np.array([[2.0, -1.0, 0.5], [0.1, 0.2, 30.0]], np.float32)
LABELS = {DENSE: np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], np.float32), SPARSE: np.array([0, 2])}
FIRST = {DENSE: "onehot_labels", SPARSE: "labels"}
REDUCTIONS = sorted(set(own.Reduction.all()))
WEIGHTS = st.sampled_from([0.0, 1.0, 1.0, 2.5, -0.5, np.nan, np.inf])


@st.composite
def calls(draw):
    """A function's name, its tensors and its options."""
    name = draw(st.sampled_from([DENSE, SPARSE]))
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=4))
    dtype = draw(st.sampled_from(["float32", "float32", "float64", "float16", "bfloat16"]))
    if name == SPARSE and dtype == "bfloat16" and bindings.VERSION == (2, 2):
        dtype = "float16"  # on some processors TF 2.2's own kernel for bfloat16 ends the process, from 17 rows on
    label_shape = draw(st.sampled_from([shape] * 6 + [shape[:-1], shape[:-1] + (1,)]))

    def floats(of_shape, of_dtype, elements=FLOATS):
        with np.errstate(over="ignore"):
            array = draw(hnp.arrays(np.float64, of_shape, elements=elements)).astype(np.float32)
        return tf.cast(tf.constant(array), of_dtype)

    arguments = {"logits": floats(shape, dtype)}
    if name == DENSE:
        label_dtype = draw(st.sampled_from([dtype] * 3 + ["float32", "float64", "int32"]))
        elements = st.sampled_from([0.0, 0.25, 1.0, 1.0])
        arguments["onehot_labels"] = floats(label_shape, label_dtype, elements)
    else:
        label_shape = draw(st.sampled_from([shape[:-1]] * 6 + [shape, shape[:-1] + (1,)]))
        labels = draw(hnp.arrays(np.int64, label_shape, elements=st.integers(0, shape[-1] - 1)))
        arguments["labels"] = tf.constant(labels, draw(st.sampled_from([tf.int32, tf.int64])))
    options = {"reduction": draw(st.sampled_from(REDUCTIONS))}
    if draw(st.booleans()):
        batch = shape[:-1]
        weight_shape = draw(st.sampled_from([(), batch, batch, batch, (1,) * len(batch), batch + (1,), (7,)]))
        arguments["weights"] = floats(weight_shape, draw(st.sampled_from(["float32", "float64", "float16"])), WEIGHTS)
    elif draw(st.booleans()):
        options["weights"] = draw(st.sampled_from([0.0, 1, 2.5, [1.0], True]))
    if name == DENSE and draw(st.booleans()):
        options["label_smoothing"] = draw(st.sampled_from([0, 0.1, 0.5, 1.0, 1, -0.1]))
    return name, arguments, options


@settings(max_examples=CASES or 100, deadline=None, derandomize=not CASES)
@given(calls())
def test_values_and_gradients_are_tensorflows(call):
    name, arguments, options = call
    ours = outcome(getattr(losses, name), arguments, **options)
    assert ours == outcome(getattr(own, name), arguments, **options)


@pytest.fixture
def calls_of_own(monkeypatch):
    """The names of TensorFlow's own losses that were called, in order."""
    called = []
    for short, name in (("_dense", DENSE), ("_sparse", SPARSE)):
        function = getattr(own, name)
        monkeypatch.setitem(
            vars(losses), short, lambda *args, name=name, function=function: called.append(name) or function(*args)
        )
    return called


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("weights", [1.0, 0, -0.0, [2.0, 0.0], np.array([2.0, 0.0]), [3.0]], ids=str)
@pytest.mark.parametrize("name", [DENSE, SPARSE])
def test_usual_calls_go_to_the_kernel(name, weights, reduction, calls_of_own):
    loss = getattr(losses, name)(LABELS[name], LOGITS, weights=weights, reduction=reduction)
    assert calls_of_own == []
    expected = getattr(own, name)(LABELS[name], LOGITS, weights=weights, reduction=reduction)
    assert loss.numpy().tobytes() == expected.numpy().tobytes()


@pytest.mark.parametrize(
    "options", [{"reduction": "no such"}, {"weights": [1.0, 2.0, 3.0]}, {"weights": [[1.0], [2.0]]}]
)
@pytest.mark.parametrize("name", [DENSE, SPARSE])
def test_other_calls_are_tensorflows_to_judge(name, options, calls_of_own):
    arguments = {FIRST[name]: tf.constant(LABELS[name]), "logits": tf.constant(LOGITS)}
    ours = outcome(getattr(losses, name), arguments, **options)
    assert calls_of_own == [name]
    assert ours == outcome(getattr(own, name), arguments, **options)
