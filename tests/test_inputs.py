"""Arguments that are not tensors: what TensorFlow converts gives TensorFlow's value, all else its exception."""

import collections

import numpy as np
import pytest
from modes import new_graph
from outcomes import outcome
from test_nn import CALLS

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf, v1

ARRAY = np.array([[2.0, -1.0, 0.5], [0.1, 0.2, 3.0]], np.float32)
CLASSES = np.array([0, 2], np.int32)


class WithArray:
    """NumPy's protocol."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        return self.array if dtype is None else self.array.astype(dtype)


class WithTensor:
    """TensorFlow's protocol, from 2.11 on."""

    def __init__(self, array):
        self.array = array

    def __tf_tensor__(self, dtype=None, name=None):
        return tf.convert_to_tensor(self.array, dtype=dtype, name=name)


class Registered:
    """A type whose conversion to a tensor is registered below."""

    def __init__(self, array):
        self.array = array


def convert_registered(value, dtype=None, name=None, as_ref=False):
    return tf.convert_to_tensor(value.array, dtype=dtype, name=name)


tf.register_tensor_conversion_function(Registered, convert_registered)


class Subclass(np.ndarray):
    """A subclass of NumPy's array."""


KINDS = {
    "numpy scalars": lambda array: [list(row) if array.ndim == 2 else row for row in array],
    "arrays in a list": list,
    "subclass of ndarray": lambda array: array.view(Subclass),
    "read-only array": lambda array: np.broadcast_to(array, array.shape),
    "array in Fortran's order": np.asfortranarray,
    "array of every other": lambda array: np.repeat(array, 2, axis=0)[::2],
    "big-endian array": lambda array: array.astype(array.dtype.newbyteorder(">")),
    "object array": lambda array: array.astype(object),
    "masked array": np.ma.masked_array,
    "object with __array__": WithArray,
    "object with __tf_tensor__": WithTensor,
    "registered type": Registered,
    "deque": lambda array: collections.deque(array.tolist()),
    "generator": lambda array: (row for row in array.tolist()),
    "memoryview": memoryview,
    "string": lambda array: "logits",
    "bytes": lambda array: b"logits",
    "object": lambda array: object(),
    "SparseTensor": lambda array: v1.SparseTensor([[0, 0]], [1.0], [2, 3]),
    "IndexedSlices": lambda array: v1.IndexedSlices(tf.constant(array), tf.constant([0, 1]), tf.constant(array.shape)),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name, which",
    [
        ("softmax", "logits"),
        ("softmax, axis 0", "logits"),
        ("v1", "labels"),
        ("v1", "logits"),
        ("v2", "both"),
        ("sparse", "labels"),
        ("sparse", "logits"),
    ],
)
def test_it_is_tensorflows_to_convert(mode, name, which, kind):
    if kind == "memoryview" and bindings.VERSION < (1, 10):
        pytest.skip("TensorFlow's own conversion of a memoryview ends the process in the oldest releases")
    call, sparse = CALLS[name]

    def arguments():  # created again in each graph, because a tensor belongs to one graph
        labels, logits = CLASSES if sparse else ARRAY, ARRAY
        if which != "labels":
            logits = KINDS[kind](logits)
        if which != "logits":
            labels = KINDS[kind](labels)
        return labels, logits

    def evaluate(functions):
        if mode.name == "eager":
            return call(functions, *arguments()).numpy()
        with new_graph(), v1.Session() as session:
            return session.run(call(functions, *arguments()))

    assert outcome(lambda: evaluate(nn)) == outcome(lambda: evaluate(v1.nn))


def test_what_is_said_to_convert_does():
    converted = ["numpy scalars", "subclass of ndarray", "registered type"]
    if bindings.VERSION >= (2, 4):
        converted.append("object with __array__")
    if bindings.VERSION >= (2, 16):
        converted.append("object with __tf_tensor__")
    for kind in converted:
        np.testing.assert_array_equal(nn.softmax(KINDS[kind](ARRAY)).numpy(), nn.softmax(ARRAY).numpy())


@pytest.mark.skipif(not hasattr(tf, "RaggedTensor"), reason="this release has no RaggedTensor")
@pytest.mark.parametrize("name", ["v1", "v2", "sparse"])
def test_ragged_labels_and_logits_are_tensorflows_to_judge(name):
    call, sparse = CALLS[name]

    def evaluate(functions):
        logits = tf.ragged.constant([[1.0, 2.0], [3.0, 4.0, 5.0]])
        return call(functions, tf.constant(CLASSES) if sparse else logits, logits).numpy()

    assert outcome(lambda: evaluate(nn)) == outcome(lambda: evaluate(v1.nn))


@pytest.mark.skipif(not hasattr(tf.keras, "Variable"), reason="Keras has no variable class before Keras 3")
def test_variables_of_keras_3():
    variable, labels = tf.keras.Variable(ARRAY), tf.keras.Variable(np.abs(ARRAY) / 4)
    for call, sparse in CALLS.values():
        given = CLASSES if sparse else labels
        assert outcome(lambda: call(nn, given, variable)) == outcome(lambda: call(v1.nn, given, variable))
        assert not isinstance(outcome(lambda: call(nn, given, variable)), type)


@pytest.mark.skipif(bindings.VERSION < (2, 0), reason="these are TensorFlow 2's variables")
def test_a_variable_of_tensorflow_2_gets_its_gradient():
    labels, logits = tf.Variable(np.abs(ARRAY) / 4), tf.Variable(ARRAY)
    with tf.GradientTape(persistent=True) as tape:
        first = nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        second = nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)
    assert tape.gradient(first, labels) is None
    assert tape.gradient(second, labels) is not None
    assert np.abs(tape.gradient(first, logits).numpy()).max() > 0
