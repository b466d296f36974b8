"""Functional Keras models built with `losses`: values, gradients, training, and the errors of wrong calls."""

import numpy as np
import pytest
from test_keras import CLASSES, CUBE, KERAS_TENSORS, LABELS, LOGITS, inputs_like, keras  # noqa: F401

from tfsoftmax_compat import losses
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf

if bindings.VERSION < (2, 0):
    pytest.skip("up to TF 1.15 a model has no eager values to compare with", allow_module_level=True)

DENSE, SPARSE, SIGMOID = "softmax_cross_entropy", "sparse_softmax_cross_entropy", "sigmoid_cross_entropy"
TARGETS = {DENSE: LABELS, SPARSE: CLASSES, SIGMOID: LABELS}
BATCH_WEIGHTS = np.array([0.0, 2.5], np.float32)
REDUCTIONS = sorted(set(losses.Reduction.all()))
OPTIONS = [
    {},
    {"weights": 2},
    {"weights": 0.0},
    {"scope": "here", "loss_collection": None},
] + [{"reduction": reduction} for reduction in REDUCTIONS]

needs_sparse = pytest.mark.skipif(not KERAS_TENSORS, reason="before TF 2.4 Keras refuses most calls of the sparse loss")
needs_keras_tensors_for_weights = pytest.mark.skipif(
    not KERAS_TENSORS, reason="before TF 2.4 TensorFlow's losses take no weights of the batch in a model"
)
needs_keras_3 = pytest.mark.skipif(bindings.VERSION < (2, 16), reason="the arguments are TensorFlow's to judge here")
EACH = pytest.mark.parametrize("name", [DENSE, pytest.param(SPARSE, marks=needs_sparse), SIGMOID])


def assert_a_model_computes(keras, call, arrays):  # noqa: F811
    """Assert that a model of the call computes what the call computes."""
    inputs = inputs_like(keras, *arrays)
    tensors = [tf.constant(array) for array in arrays]
    expected = call(*tensors)
    computed = np.asarray(keras.Model(inputs, call(*inputs))(tensors))
    assert computed.dtype == expected.numpy().dtype
    np.testing.assert_allclose(computed, expected.numpy(), rtol=1e-6)


@EACH
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_model_computes_what_the_call_computes(keras, name, options):  # noqa: F811
    assert_a_model_computes(keras, lambda y, x: getattr(losses, name)(y, x, **options), [TARGETS[name], LOGITS])


def weights_of(name):
    return BATCH_WEIGHTS[:, np.newaxis] if name == SIGMOID else BATCH_WEIGHTS


@pytest.mark.skipif(
    not KERAS_TENSORS, reason="before TF 2.4 TensorFlow's losses take no weights that depend on a model"
)
@EACH
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_weights_are_an_input(keras, name, reduction):  # noqa: F811
    call = getattr(losses, name)
    assert_a_model_computes(
        keras, lambda y, x, w: call(y, x, weights=w, reduction=reduction), [TARGETS[name], LOGITS, weights_of(name)]
    )


@pytest.mark.skipif(
    not KERAS_TENSORS, reason="before TF 2.4 TensorFlow's losses need a batch of known size for weights"
)
@EACH
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_weights_are_an_array(keras, name, reduction):  # noqa: F811
    call, weights = getattr(losses, name), weights_of(name)
    assert_a_model_computes(
        keras, lambda y, x: call(y, x, weights=weights, reduction=reduction), [TARGETS[name], LOGITS]
    )


@pytest.mark.parametrize("name", [DENSE, SIGMOID])
@pytest.mark.parametrize("label_smoothing", [0.1, 1])
def test_label_smoothing(keras, name, label_smoothing):  # noqa: F811
    call = getattr(losses, name)
    assert_a_model_computes(keras, lambda y, x: call(y, x, label_smoothing=label_smoothing), [LABELS, LOGITS])


def test_label_smoothing_of_an_unknown_number_of_classes(keras):  # noqa: F811
    labels, logits = keras.layers.Input((None,)), keras.layers.Input((None,))
    model = keras.Model([labels, logits], losses.softmax_cross_entropy(labels, logits, label_smoothing=0.1))
    expected = losses.softmax_cross_entropy(LABELS, LOGITS, label_smoothing=0.1).numpy()
    np.testing.assert_allclose(np.asarray(model([tf.constant(LABELS), tf.constant(LOGITS)])), expected, rtol=1e-6)


@pytest.mark.parametrize("name", [DENSE, SIGMOID])
def test_labels_or_logits_are_given(keras, name):  # noqa: F811
    call = getattr(losses, name)
    features = keras.layers.Input((3,))
    for model_of, array in (
        (lambda x: call(LABELS.astype(int), x), LOGITS),
        (lambda y: call(y, tf.constant(LOGITS)), LABELS),
    ):
        model = keras.Model(features, model_of(features))
        np.testing.assert_allclose(
            np.asarray(model(tf.constant(array))), model_of(tf.constant(array)).numpy(), rtol=1e-6
        )


@needs_sparse
def test_sparse_labels_and_weights_may_have_a_last_axis_of_size_one(keras):  # noqa: F811
    column, weights = CLASSES[:, np.newaxis], BATCH_WEIGHTS[:, np.newaxis]
    assert_a_model_computes(
        keras,
        lambda y, x, w: losses.sparse_softmax_cross_entropy(y, x, weights=w, reduction=losses.Reduction.NONE),
        [column, LOGITS, weights],
    )


@EACH
def test_higher_ranks(keras, name):  # noqa: F811
    labels = np.zeros((2, 4), np.int32) if name == SPARSE else CUBE / 4
    assert_a_model_computes(keras, getattr(losses, name), [labels, CUBE])


@pytest.mark.parametrize("name", [DENSE, SIGMOID])
@pytest.mark.parametrize("weights", [1.0, 0.0])
def test_gradients_are_those_of_the_call(keras, name, weights):  # noqa: F811
    call = getattr(losses, name)
    inputs = inputs_like(keras, LABELS, LOGITS)
    model = keras.Model(inputs, call(*inputs, weights=weights))
    sources = [tf.constant(LABELS), tf.constant(LOGITS)]

    def gradients(function):
        with tf.GradientTape() as tape:
            tape.watch(sources)
            value = function(sources)
        return tape.gradient(value, sources)

    ours, expected = gradients(model), gradients(lambda both: call(*both, weights=weights))
    assert (ours[0] is None) == (expected[0] is None) == (name == DENSE)
    for one, other in zip(ours, expected):
        assert one is None or np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-7) is None


@EACH
def test_a_model_trains_on_its_loss_and_loads_without_this_package(keras, name, tmp_path):  # noqa: F811
    features, targets = inputs_like(keras, LOGITS, TARGETS[name])
    dense = keras.layers.Dense(3, kernel_initializer="zeros")
    loss = getattr(losses, name)(targets, dense(features), reduction=losses.Reduction.NONE)
    model = keras.Model([features, targets], loss)
    model.compile(keras.optimizers.SGD(0.5), loss=lambda _, computed: computed)
    before = np.mean(np.asarray(model([tf.constant(LOGITS), tf.constant(TARGETS[name])])))
    model.fit([LOGITS, TARGETS[name]], np.zeros(2, np.float32), batch_size=2, epochs=5, verbose=0)
    after = np.mean(np.asarray(model([tf.constant(LOGITS), tf.constant(TARGETS[name])])))
    assert after < before
    assert "tfsoftmax_compat" not in str(model.get_config())


@needs_keras_3
@pytest.mark.parametrize(
    "name, labels, options",
    [
        (DENSE, (4,), {}),
        (DENSE, (), {}),
        (SIGMOID, (2,), {}),
        (SPARSE, (2, 2), {}),
        (DENSE, (3,), {"weights": [[1.0], [2.0]]}),
        (DENSE, (3,), {"weights": None}),
        (DENSE, (3,), {"reduction": "no such"}),
    ],
)
def test_wrong_calls_raise_value_error(name, labels, options):
    inputs = [tf.keras.layers.Input(shape, dtype=dtype) for shape, dtype in ((labels, "int32"), ((3,), "float32"))]
    with pytest.raises(ValueError):
        getattr(losses, name)(*inputs, **options)
    with pytest.raises(ValueError):
        getattr(losses, name)(None, inputs[1])
