"""Errors of wrong calls: TensorFlow's type, the explanation first, TensorFlow's text after it and as the cause."""

import numpy as np
import pytest
from modes import new_graph

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf

V1 = "softmax_cross_entropy_with_logits"
V2 = "softmax_cross_entropy_with_logits_v2"
SPARSE = "sparse_softmax_cross_entropy_with_logits"

SCORES = np.ones([4, 3], np.float32)
CLASSES = np.array([0, 2, 1, 1])
WHOLE = SCORES.astype(np.int32)

DENSE_CALLS = {
    "class indices": (CLASSES, SCORES, "labels of int64 and shape (4,) are class indices"),
    "integer logits": (SCORES, WHOLE, "logits must be half, bfloat16, float32 or float64, got int32: did you mean"),
    "other shapes": (SCORES[:3], SCORES, "labels (3, 3), logits (4, 3)"),
}
SPARSE_CALLS = {
    "floats": (CLASSES.astype(np.float32), SCORES, "labels must be int32 or int64 class indices, got float32: did you"),
    "integer logits": (CLASSES, WHOLE, "logits must be half, bfloat16, float32 or float64, got int32"),
    "one-hot labels": (WHOLE, SCORES, "have the rank of the logits, as one-hot labels have"),
    "a column": (CLASSES[:, np.newaxis], SCORES, "did you mean tf.squeeze(labels, -1)?"),
    "swapped": (SCORES, CLASSES, "labels of float32 and logits of int64 are swapped"),
    "other shapes": (CLASSES[:3], SCORES, "labels (3,), logits (4, 3)"),
}
CALLS = [(name, DENSE_CALLS[why]) for name in (V1, V2) for why in sorted(DENSE_CALLS)]
CALLS += [(SPARSE, SPARSE_CALLS[why]) for why in sorted(SPARSE_CALLS)]


def error_of(call):
    try:
        call()
    except Exception as error:
        return error
    raise AssertionError("no error")


def check(error, said, own):
    """`own` is the error of TensorFlow's own function."""
    first_line, _, rest = str(error).partition("\n")
    assert said in first_line
    assert type(error) is type(own) is type(error.__cause__)
    assert rest and rest in str(error.__cause__)


@pytest.mark.parametrize("mode_name", ["eager", "graph"])
@pytest.mark.parametrize("name, call", CALLS)
def test_a_wrong_argument_is_explained(name, call, mode_name):
    labels, logits, said = call

    def attempt(function):
        if mode_name == "eager":
            return error_of(lambda: function(labels=tf.constant(labels), logits=tf.constant(logits)))
        with new_graph():
            return error_of(lambda: function(labels=tf.constant(labels), logits=tf.constant(logits)))

    options = {"name": None} if name == SPARSE else {"name": None, "axis": -1}
    own = getattr(bindings, name)
    check(attempt(getattr(nn, name)), said, attempt(lambda **arguments: own(**dict(options, **arguments))))


@pytest.mark.parametrize("label, said", [(-1, "To ignore negative labels"), (3, "with 3 classes, labels must be in")])
def test_a_class_index_out_of_range_is_explained(label, said):
    labels = tf.constant([0, label, 1, 1])
    own = error_of(lambda: bindings.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=SCORES))
    check(error_of(lambda: nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=SCORES)), said, own)


def test_the_advice_for_negative_labels_works():
    labels = tf.constant([0, -1, 1, -1])
    loss = nn.sparse_softmax_cross_entropy_with_logits(labels=tf.maximum(labels, 0), logits=SCORES)
    masked = loss * tf.cast(labels >= 0, loss.dtype)
    np.testing.assert_allclose(masked.numpy(), [np.log(3), 0, np.log(3), 0], rtol=1e-6)


@pytest.mark.parametrize("function", [nn.softmax, nn.log_softmax])
def test_a_name_passed_as_axis_is_explained(mode, function):
    error = error_of(lambda: mode.evaluate(lambda logits: function(logits, "prob"), SCORES))
    assert isinstance(error, TypeError) and str(error) == "the axis is 'prob', which is a name: pass it as name='prob'"


def test_what_is_not_known_stays_tensorflows_error():
    def message(function):
        return str(error_of(lambda: function(tf.constant(SCORES), axis=7)))

    assert message(nn.softmax) == message(bindings.softmax)


def test_a_loss_that_keras_calls_says_how_to_pass_it():
    if bindings.VERSION < (2, 0):
        pytest.skip("Keras's losses are called otherwise in TensorFlow 1")
    model = tf.keras.Sequential([tf.keras.layers.Dense(3)])
    model.compile("sgd", loss=nn.softmax_cross_entropy_with_logits)
    with pytest.raises(
        ValueError, match="named arguments.*Keras calls a loss with positional arguments: pass it `lambda"
    ):
        model.fit(SCORES, SCORES, verbose=0)
    with pytest.raises(ValueError) as caught:
        nn.softmax_cross_entropy_with_logits(SCORES, SCORES)
    assert "Keras" not in str(caught.value)
