"""Functions that TensorFlow traces, compiles, maps, exports or restores give the same results as direct calls."""

import numpy as np
import pytest
from modes import new_graph

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf, v1

if bindings.VERSION < (1, 15):
    pytest.skip("these tests need features of TensorFlow 2, most of which 1.15 has", allow_module_level=True)

LOGITS = np.array([[2.0, -1.0, 0.5], [0.1, 0.2, 3.0]], np.float32)
LABELS = np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], np.float32)
CLASSES = np.array([0, 2], np.int32)

CALLS = {
    "softmax": lambda labels, classes, logits: nn.softmax(logits),
    "softmax, axis 0": lambda labels, classes, logits: nn.softmax(logits, axis=0),
    "log_softmax": lambda labels, classes, logits: nn.log_softmax(logits),
    "v1": lambda labels, classes, logits: nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits),
    "v1, axis -2": lambda labels, classes, logits: nn.softmax_cross_entropy_with_logits(
        labels=labels, logits=logits, axis=-2
    ),
    "v2": lambda labels, classes, logits: nn.softmax_cross_entropy_with_logits_v2(labels, logits),
    "sparse": lambda labels, classes, logits: nn.sparse_softmax_cross_entropy_with_logits(
        labels=classes, logits=logits
    ),
}
SIGNATURE = [
    tf.TensorSpec([None, 3], tf.float32),
    tf.TensorSpec([None], tf.int32),
    tf.TensorSpec([None, 3], tf.float32),
]
each_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


def all_calls(*arguments):
    return [call(*arguments) for call in CALLS.values()]


def arguments():
    return tf.constant(LABELS), tf.constant(CLASSES), tf.constant(LOGITS)


def assert_same(computed, expected, ulp=4):
    np.testing.assert_array_max_ulp(np.asarray(computed), np.asarray(expected), ulp)


def assert_all_same(computed, expected, ulp=4):
    assert len(computed) == len(expected)
    for one, other in zip(computed, expected):
        assert_same(one, other, ulp)


@each_call
def test_a_function_of_unknown_shapes(call):
    for shape in (None, [None, None]):
        floats = tf.TensorSpec(shape, tf.float32)
        function = tf.function(call, input_signature=[floats, tf.TensorSpec([None], tf.int32), floats])
        assert_same(function(*arguments()), call(*arguments()))


@each_call
def test_a_loop_and_a_branch_of_autograph(call):
    def looping(labels, classes, logits, times):
        total = call(labels, classes, logits)
        for _ in tf.range(times):
            if tf.reduce_sum(logits) > 0:
                total += call(labels, classes, logits)
        return total

    assert_same(tf.function(looping)(*arguments() + (tf.constant(2),)), 3 * call(*arguments()))


def test_a_data_set_is_mapped():
    dataset = tf.data.Dataset.from_tensors(arguments()).map(lambda *one: tuple(all_calls(*one)))
    assert_all_same(next(iter(dataset)), all_calls(*arguments()))


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("vectorized", [False, True])
def test_rows_are_mapped(name, vectorized):
    if vectorized and not hasattr(tf, "vectorized_map"):
        pytest.skip("this release has no tf.vectorized_map")
    if vectorized and name == "sparse" and bindings.VERSION < (2, 2):
        pytest.skip("TensorFlow has no rule yet that vectorizes the sparse loss")
    call, rank3 = CALLS[name], [tf.stack([argument] * 3) for argument in arguments()]
    if vectorized:
        mapped = tf.vectorized_map(lambda one: call(*one), tuple(rank3))
    else:
        mapped = tf.map_fn(lambda one: call(*one), tuple(rank3), dtype=tf.float32)
    assert_same(mapped, np.stack([call(*arguments())] * 3))


def compiled(function):
    """Return `function` compiled by XLA; skip the test if this is not possible."""
    if bindings.VERSION < (2, 1):
        pytest.skip("XLA compiles no function on the CPU in this release")
    option = "jit_compile" if bindings.VERSION >= (2, 5) else "experimental_compile"
    return tf.function(function, **{option: True})


def test_xla_compiles_them():
    for computed, expected in zip(compiled(all_calls)(*arguments()), all_calls(*arguments())):
        np.testing.assert_allclose(computed, expected, rtol=1e-5)


def test_xla_compiles_the_gradient():
    def gradient(labels, classes, logits):
        with tf.GradientTape() as tape:
            tape.watch([labels, logits])
            loss = CALLS["v1"](labels, classes, logits) + CALLS["sparse"](labels, classes, logits)
        return tape.gradient(loss, [labels, logits])

    of_labels, of_logits = compiled(gradient)(*arguments())
    assert of_labels is None
    np.testing.assert_allclose(of_logits, gradient(*arguments())[1], rtol=1e-5)


def test_a_saved_model(tmp_path):
    module = tf.Module()
    module.scale = tf.Variable(2.0)
    module.run = tf.function(
        lambda labels, classes, logits: all_calls(labels, classes, module.scale * logits),
        input_signature=SIGNATURE,
    )
    tf.saved_model.save(module, str(tmp_path))
    loaded = getattr(tf.saved_model, "load_v2", tf.saved_model.load)(str(tmp_path))
    labels, classes, logits = arguments()
    assert_all_same(loaded.run(labels, classes, logits), all_calls(labels, classes, 2 * logits))


def test_a_wrapped_function_of_tf1():
    assert_all_same(v1.wrap_function(all_calls, SIGNATURE)(*arguments()), all_calls(*arguments()))


def test_a_checkpoint_of_tf1_restored_into_a_function(tmp_path):
    with new_graph(), v1.Session() as session:
        kernel = v1.get_variable("dense/kernel", initializer=LOGITS)
        loss = nn.softmax_cross_entropy_with_logits(labels=LABELS, logits=kernel)
        session.run(v1.global_variables_initializer())
        expected = session.run(loss)
        path = v1.train.Saver().save(session, str(tmp_path / "model"))
    restored = tf.Variable(tf.train.load_checkpoint(path).get_tensor("dense/kernel"))
    loss = tf.function(lambda: nn.softmax_cross_entropy_with_logits(labels=LABELS, logits=restored))()
    assert_same(loss, expected)


@pytest.mark.skipif(bindings.VERSION < (2, 2), reason="TensorFlow's converter takes no functions yet")
def test_tflite_still_makes_the_one_softmax_operation():
    def converted(softmax):
        function = tf.function(softmax, input_signature=[tf.TensorSpec([2, 3], tf.float32)]).get_concrete_function()
        return bytes(tf.lite.TFLiteConverter.from_concrete_functions([function]).convert())

    ours = converted(lambda logits: nn.softmax(logits))
    interpreter = tf.lite.Interpreter(model_content=ours)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], LOGITS)
    interpreter.invoke()
    computed = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    np.testing.assert_allclose(computed, nn.softmax(LOGITS), atol=1e-6)
    if hasattr(interpreter, "_get_ops_details"):
        operations = {detail["op_name"] for detail in interpreter._get_ops_details()} - {"DELEGATE"}
        assert operations == {"SOFTMAX"}


class Loss(tf.keras.layers.Layer):
    """A layer that calls the package."""

    def call(self, inputs):
        labels, logits = inputs
        return nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits) + nn.log_softmax(logits)[:, 0]


def test_a_layer_and_the_loss_of_a_model():
    labels, features = tf.keras.layers.Input((3,)), tf.keras.layers.Input((3,))
    logits = tf.keras.layers.Dense(3, use_bias=False, kernel_initializer="zeros")(features)
    model = tf.keras.Model([labels, features], Loss()([labels, logits]))
    np.testing.assert_allclose(model([tf.constant(LABELS), tf.constant(LOGITS)]), np.zeros(2), atol=1e-6)

    dense = tf.keras.layers.Dense(3, use_bias=False, kernel_initializer="zeros")
    model = tf.keras.Sequential([dense])
    model.compile(
        tf.keras.optimizers.SGD(0.5),
        loss=lambda labels, logits: nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits),
    )
    model.fit(LOGITS, LABELS, batch_size=2, epochs=1, verbose=0)
    expected = -0.5 * LOGITS.T.dot(np.full((2, 3), 1 / 3) - LABELS) / 2
    np.testing.assert_allclose(dense.get_weights()[0], expected, atol=1e-6)
