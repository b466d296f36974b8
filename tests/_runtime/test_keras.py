"""Functional Keras models built with the five functions: shapes, values, gradients and training.

In TensorFlow 2.4 to 2.15 the symbolic tensors are Keras 2's, from 2.16 on Keras 3's, and before 2.4 graph tensors.
"""

import importlib

import numpy as np
import pytest

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf

if bindings.VERSION < (1, 15):
    pytest.skip("up to TF 1.14 Keras takes a function into a model only by Lambda", allow_module_level=True)

KERAS_TENSORS = bindings.VERSION >= (2, 4)  # before, they are graph tensors

V1 = "softmax_cross_entropy_with_logits"
V2 = "softmax_cross_entropy_with_logits_v2"
SPARSE = "sparse_softmax_cross_entropy_with_logits"

LOGITS = np.array([[2.0, -1.0, 0.5], [0.1, 0.2, 3.0]], np.float32)
LABELS = np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], np.float32)
CLASSES = np.array([0, 2], np.int32)
CUBE = np.arange(24, dtype=np.float32).reshape(2, 4, 3) % 5


@pytest.fixture(params=["tf.keras", "tf_keras"], scope="module")
def keras(request):
    """TensorFlow's Keras, and Keras 2 beside it."""
    if request.param == "tf.keras":
        return tf.keras
    try:
        return importlib.import_module("tf_keras")
    except ImportError:
        pytest.skip("tf_keras is not installed")


def inputs_like(keras, *arrays):
    return [keras.layers.Input(array.shape[1:], dtype=array.dtype.name) for array in arrays]


# What to call, and with which arrays: the symbolic tensors of a model, or the arrays as they are.
CALLS = {
    "softmax": (lambda x: nn.softmax(x), [LOGITS]),
    "softmax, axis 1 by keyword": (lambda x: nn.softmax(logits=x, axis=1, name="named"), [CUBE]),
    "softmax, dim -2": (lambda x: nn.softmax(logits=x, dim=-2), [CUBE]),
    "log_softmax": (lambda x: nn.log_softmax(x), [LOGITS]),
    "log_softmax, axis -2": (lambda x: nn.log_softmax(logits=x, axis=-2), [CUBE]),
    "v1": (lambda y, x: nn.softmax_cross_entropy_with_logits(labels=y, logits=x), [LABELS, LOGITS]),
    "v1, axis 1": (lambda y, x: nn.softmax_cross_entropy_with_logits(labels=y, logits=x, dim=1), [CUBE, CUBE]),
    "v1, axis -2": (lambda y, x: nn.softmax_cross_entropy_with_logits(labels=y, logits=x, axis=-2), [CUBE, CUBE]),
    "v1, labels given": (
        lambda x: nn.softmax_cross_entropy_with_logits(labels=LABELS.tolist(), logits=x, name="named"),
        [LOGITS],
    ),
    "v1, labels broadcast": (lambda x: nn.softmax_cross_entropy_with_logits(labels=LABELS[:1], logits=x), [LOGITS]),
    "v1, logits given": (lambda y: nn.softmax_cross_entropy_with_logits(labels=y, logits=LOGITS), [LABELS]),
    "v1, integer labels": (
        lambda y, x: nn.softmax_cross_entropy_with_logits(labels=y, logits=x),
        [(LABELS > 0.4).astype(np.int32), LOGITS],
    ),
    "v2": (lambda y, x: nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x), [LABELS, LOGITS]),
    "v2, positional": (lambda y, x: nn.softmax_cross_entropy_with_logits_v2(y, x, -1, "named"), [LABELS, LOGITS]),
    "v2, older form": (lambda y, x: nn.softmax_cross_entropy_with_logits_v2(None, y, x, -1), [LABELS, LOGITS]),
    "v2, axis -2": (lambda y, x: nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x, axis=-2), [CUBE, CUBE]),
    "v2, labels given": (
        lambda x: nn.softmax_cross_entropy_with_logits_v2(labels=tf.constant(LABELS), logits=x),
        [LOGITS],
    ),
    "v2, logits given": (lambda y: nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=LOGITS), [LABELS]),
    "v2 of a softmax": (
        lambda y, x: nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=nn.softmax(x)),
        [LABELS, LOGITS],
    ),
    "sparse": (
        lambda y, x: nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x, name="named"),
        [CLASSES, LOGITS],
    ),
    "sparse, rank 3": (
        lambda y, x: nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x),
        [np.zeros((2, 4), np.int64), CUBE],
    ),
    "sparse, labels given": (
        lambda x: nn.sparse_softmax_cross_entropy_with_logits(labels=CLASSES.tolist(), logits=x),
        [LOGITS],
    ),
    "sparse, one label given": (
        lambda x: nn.sparse_softmax_cross_entropy_with_logits(labels=[2], logits=x),
        [LOGITS[:1]],
    ),
    "sparse, logits given": (
        lambda y: nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=LOGITS),
        [CLASSES],
    ),
    "sparse of a softmax": (
        lambda y, x: nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=nn.softmax(x)),
        [CLASSES, LOGITS],
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_model_and_its_clone_compute_what_the_call_computes(keras, name):
    call, arrays = CALLS[name]
    if "sparse" in name:
        skip_what_this_keras_refuses(arrays[-1])
    inputs = inputs_like(keras, *arrays)
    model = keras.Model(inputs, call(*inputs))
    tensors = [tf.constant(array) for array in arrays]
    expected = call(*tensors).numpy()
    for each in (model, keras.models.clone_model(model)):
        computed = np.asarray(each(tensors if len(tensors) > 1 else tensors[0]))
        np.testing.assert_array_max_ulp(computed, expected, 2)
    static = tuple(getattr(size, "value", size) for size in model.outputs[0].shape)
    assert len(static) == expected.ndim
    if KERAS_TENSORS:
        assert static[1:] == expected.shape[1:]


def skip_what_this_keras_refuses(logits):
    if bindings.VERSION in ((2, 1), (2, 2)):
        pytest.skip(
            "in TF 2.1 and 2.2 Keras takes every operation whose name starts with Sparse for one on SparseTensors"
        )
    if not KERAS_TENSORS and logits.ndim == 3:
        pytest.skip("before TF 2.4 TensorFlow's own sparse loss of rank 3 takes Keras's graph tensors for eager ones")


@pytest.mark.parametrize("classes", [3, None])
@pytest.mark.parametrize("rank", [2, 3])
def test_a_layer_takes_the_sparse_loss_on_every_release(keras, rank, classes):
    sizes = (None,) * (rank - 2)
    labels, logits = keras.layers.Input(sizes, dtype="int32"), keras.layers.Input(sizes + (classes,))
    layer = keras.layers.Lambda(
        lambda pair: nn.sparse_softmax_cross_entropy_with_logits(labels=pair[0], logits=pair[1]),
        output_shape=sizes,
    )
    model = keras.Model([labels, logits], layer([labels, logits]))
    pair = [tf.constant(CLASSES), tf.constant(LOGITS)] if rank == 2 else [tf.zeros([2, 4], tf.int32), tf.constant(CUBE)]
    expected = nn.sparse_softmax_cross_entropy_with_logits(labels=pair[0], logits=pair[1])
    np.testing.assert_array_max_ulp(np.asarray(model(pair)), np.asarray(expected), 2)


@pytest.mark.parametrize("name", [V1, V2])
def test_only_the_second_loss_lets_a_gradient_reach_the_labels(keras, name):
    inputs = inputs_like(keras, LABELS, LOGITS)
    model = keras.Model(inputs, getattr(nn, name)(labels=inputs[0], logits=inputs[1]))
    labels, logits = tf.constant(LABELS), tf.constant(LOGITS)
    with tf.GradientTape() as tape:
        tape.watch([labels, logits])
        loss = model([labels, logits])
    of_labels, of_logits = tape.gradient(loss, [labels, logits])
    assert (of_labels is None) == (name == V1)
    np.testing.assert_allclose(of_logits, np.asarray(nn.softmax(LOGITS)) - LABELS, atol=1e-6)


@pytest.mark.parametrize("name", [V1, V2, SPARSE])
def test_a_model_trains_on_its_loss(keras, name):
    labels = LABELS
    if name == SPARSE:
        skip_what_this_keras_refuses(LOGITS)
        labels = CLASSES
    features, targets = inputs_like(keras, LOGITS, labels)
    dense = keras.layers.Dense(3, use_bias=False, kernel_initializer="zeros")
    loss = getattr(nn, name)(labels=targets, logits=dense(features))
    model = keras.Model([features, targets], loss)
    model.compile(keras.optimizers.SGD(0.5), loss=lambda _, computed: computed)
    model.fit([LOGITS, labels], np.zeros(2, np.float32), batch_size=2, epochs=1, verbose=0)
    one_hot = np.eye(3)[CLASSES] if name == SPARSE else LABELS
    # One step down the mean gradient, from where softmax gives a third to each class.
    expected = -0.5 * LOGITS.T.dot(np.full((2, 3), 1 / 3) - one_hot) / 2
    np.testing.assert_allclose(dense.get_weights()[0], expected, atol=1e-6)


@pytest.fixture(params=["float16", "bfloat16"])
def half(request, keras):
    """The dtype that layers compute in, while their variables stay float32."""
    if not hasattr(keras, "mixed_precision") or not hasattr(keras.mixed_precision, "set_global_policy"):
        pytest.skip("Keras has no public policy yet")
    dtype = getattr(tf, request.param)
    try:
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=CLASSES, logits=tf.cast(LOGITS, dtype))
    except tf.errors.NotFoundError:
        pytest.skip("TensorFlow has no kernel of the sparse loss for %s yet" % request.param)
    keras.mixed_precision.set_global_policy("mixed_" + request.param)
    yield dtype
    keras.mixed_precision.set_global_policy("float32")


def test_half_precision_policy(keras, half):
    features, labels = keras.layers.Input((3,)), keras.layers.Input((), dtype="int32")
    logits = keras.layers.Dense(3, kernel_initializer="identity")(features)
    scores = nn.softmax(logits)
    loss = nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    model = keras.Model([features, labels], [scores, loss])
    scores, loss = model([tf.constant(LOGITS), tf.constant(CLASSES)])
    assert scores.dtype == loss.dtype == half
    tolerance = 2e-3 if half == tf.float16 else 2e-2
    np.testing.assert_allclose(np.asarray(scores, np.float32), np.asarray(nn.softmax(LOGITS)), atol=tolerance)


@pytest.mark.parametrize("name", [V1, V2, SPARSE])
def test_training_under_a_half_precision_policy_is_tensorflows(keras, half, name):
    """The loss is scaled under float16; steps and rounding are those with TensorFlow's own function."""

    def trained(loss):
        dense = keras.layers.Dense(3, use_bias=False, kernel_initializer="zeros")
        model = keras.Sequential([dense])
        labels = CLASSES[:, np.newaxis] if name == SPARSE else LABELS
        model.compile(
            keras.optimizers.SGD(0.5),
            loss=lambda y, x: loss(labels=tf.cast(y[:, 0], tf.int32) if name == SPARSE else y, logits=x),
        )
        model.fit(LOGITS, labels, batch_size=2, epochs=2, verbose=0)
        return dense.get_weights()[0]

    own = tf.compat.v1.nn.softmax_cross_entropy_with_logits if name == V1 else getattr(tf.nn, name.replace("_v2", ""))
    weights = trained(getattr(nn, name))
    assert weights.any() and weights.tobytes() == trained(own).tobytes()


@pytest.mark.skipif(bindings.VERSION < (2, 16), reason="the labels are TensorFlow's to judge before Keras 3")
@pytest.mark.parametrize(
    "labels, logits, error, said",
    [
        (((), "float32"), (3,), TypeError, "int32 or int64 as labels, not float32"),
        (((1,), "int32"), (3,), ValueError, "one rank less"),
        (((2, 2), "int32"), (3,), ValueError, "one rank less"),
    ],
)
def test_wrong_symbolic_class_indices_are_told(labels, logits, error, said):
    shape, dtype = labels
    with pytest.raises(error) as caught:
        nn.sparse_softmax_cross_entropy_with_logits(
            labels=tf.keras.layers.Input(shape, dtype=dtype), logits=tf.keras.layers.Input(logits)
        )
    assert said in str(caught.value)


@pytest.mark.skipif(bindings.VERSION < (2, 16), reason="the shapes are TensorFlow's to judge before Keras 3")
@pytest.mark.parametrize("name", [V1, V2])
@pytest.mark.parametrize("shape, axis", [((), -1), ((2, 3), -1), ((4,), -1), ((3,), 2)])
def test_wrong_symbolic_shapes_and_axes_raise_value_error(name, shape, axis):
    with pytest.raises(ValueError):
        getattr(nn, name)(labels=tf.keras.layers.Input(shape), logits=tf.keras.layers.Input((3,)), axis=axis)
