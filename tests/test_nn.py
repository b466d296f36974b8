"""The functions that apply a softmax: call forms, guards, axes, dtypes and values, against TensorFlow's own."""

import inspect

import numpy as np
import pytest
from modes import new_graph
from outcomes import outcome

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf, v1

SOFTMAXES = ["softmax", "log_softmax"]
DENSE = ["softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits_v2"]
CROSS_ENTROPIES = DENSE + ["sparse_softmax_cross_entropy_with_logits"]
SHAPES = [(4,), (3, 4), (2, 3, 4), (2, 3, 2, 4)]
AXES = [("axis", shape, axis) for shape in SHAPES[:3] for axis in range(-len(shape), len(shape))]
AXES += [("axis", SHAPES[3], axis) for axis in (0, 2, -1, -3)]
AXES += [("dim", SHAPES[2], axis) for axis in (0, 1, -1, -2)]


def distributions(random, shape, axis=-1):
    labels = random.rand(*shape).astype(np.float32)
    return labels / labels.sum(axis, keepdims=True)


def counted_from_front(axis, shape):
    """TensorFlow's own dense losses take only -1 and positive axes; the name `dim` works on every release."""
    return axis if axis == -1 else axis % len(shape)


@pytest.mark.parametrize(
    "name, signature",
    [
        ("softmax", "(logits, axis=None, name=None, dim=None)"),
        ("log_softmax", "(logits, axis=None, name=None, dim=None)"),
        (
            "softmax_cross_entropy_with_logits",
            "(_sentinel=None, labels=None, logits=None, dim=-1, name=None, axis=None)",
        ),
        ("softmax_cross_entropy_with_logits_v2", "(labels, logits, axis=None, name=None, dim=None)"),
        ("sparse_softmax_cross_entropy_with_logits", "(_sentinel=None, labels=None, logits=None, name=None)"),
    ],
)
def test_signature_is_tf1s(name, signature):
    parameters = inspect.signature(getattr(nn, name)).parameters.values()
    plain = inspect.Signature([p.replace(annotation=inspect.Parameter.empty) for p in parameters])
    assert str(plain) == signature


@pytest.mark.parametrize("name", SOFTMAXES)
@pytest.mark.parametrize("keyword, shape, axis", AXES)
def test_softmax_along_every_axis_is_tensorflows(mode, random, name, shape, axis, keyword):
    logits = random.randn(*shape).astype(np.float32)
    own_axis = axis if bindings.SOFTMAX_TAKES_NEGATIVE_AXES else counted_from_front(axis, shape)
    ours = mode.evaluate(lambda x: getattr(nn, name)(x, **{keyword: axis}), logits)
    own = mode.evaluate(lambda x: getattr(tf.nn, name)(x, axis=own_axis), logits)
    assert ours.tobytes() == own.tobytes() and ours.dtype == own.dtype and ours.shape == own.shape


@pytest.mark.parametrize("name", DENSE)
@pytest.mark.parametrize("keyword, shape, axis", AXES)
def test_dense_cross_entropy_along_every_axis_is_tensorflows(mode, random, name, shape, axis, keyword):
    logits, labels = random.randn(*shape).astype(np.float32), distributions(random, shape, axis)
    own_axis = counted_from_front(axis, shape)
    ours = mode.evaluate(lambda y, x: getattr(nn, name)(labels=y, logits=x, **{keyword: axis}), labels, logits)
    own = mode.evaluate(lambda y, x: getattr(v1.nn, name)(labels=y, logits=x, dim=own_axis), labels, logits)
    assert ours.tobytes() == own.tobytes() and ours.dtype == own.dtype and ours.shape == own.shape


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", [np.int32, np.int64])
def test_sparse_cross_entropy_is_tensorflows(mode, random, shape, dtype):
    logits = random.randn(*shape).astype(np.float32)
    labels = random.randint(shape[-1], size=shape[:-1]).astype(dtype)
    ours = mode.evaluate(lambda y, x: nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x), labels, logits)
    own = mode.evaluate(lambda y, x: v1.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x), labels, logits)
    assert ours.tobytes() == own.tobytes() and ours.shape == own.shape == shape[:-1]


@pytest.mark.parametrize("name", SOFTMAXES)
@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_softmax_of_unknown_rank(random, name, axis):
    logits = random.randn(3, 4).astype(np.float32)
    with new_graph(), v1.Session() as session:
        placeholder = v1.placeholder(tf.float32, None)
        ours = session.run(getattr(nn, name)(placeholder, axis=axis), {placeholder: logits})
        own = session.run(getattr(tf.nn, name)(logits, axis=axis % 2))
    np.testing.assert_array_max_ulp(ours, own, 2)  # two kernels may serve the two graphs


@pytest.mark.parametrize("name", DENSE)
@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_dense_cross_entropy_of_unknown_rank(random, name, axis):
    logits, labels = random.randn(3, 4).astype(np.float32), distributions(random, (3, 4), axis)
    with new_graph(), v1.Session() as session:
        placeholders = [v1.placeholder(tf.float32, None), v1.placeholder(tf.float32, None)]
        loss = getattr(nn, name)(labels=placeholders[0], logits=placeholders[1], axis=axis)
        ours = session.run(loss, dict(zip(placeholders, [labels, logits])))
        own = session.run(getattr(v1.nn, name)(labels=labels, logits=logits, dim=axis % 2))
    np.testing.assert_array_max_ulp(ours, own, 2)


def test_sparse_cross_entropy_of_unknown_rank(random):
    logits = random.randn(3, 4).astype(np.float32)
    with new_graph(), v1.Session() as session:
        placeholder = v1.placeholder(tf.float32, None)
        loss = nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1, 2], logits=placeholder)
        own = v1.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1, 2], logits=logits)
        np.testing.assert_array_max_ulp(session.run(loss, {placeholder: logits}), session.run(own), 2)


@pytest.mark.parametrize("axis", [np.int64(-1), np.int32(0), True, np.int64(-2)])
def test_numpy_integers_are_axes(mode, random, axis):
    logits, labels = random.randn(2, 3).astype(np.float32), distributions(random, (2, 3))
    assert outcome(lambda: mode.evaluate(lambda x: nn.softmax(x, axis=axis), logits)) == outcome(
        lambda: mode.evaluate(lambda x: nn.softmax(x, axis=int(axis)), logits)
    )
    for name in DENSE:
        cross_entropy = getattr(nn, name)
        assert outcome(
            lambda: mode.evaluate(lambda y, x: cross_entropy(labels=y, logits=x, axis=axis), labels, logits)
        ) == outcome(
            lambda: mode.evaluate(lambda y, x: cross_entropy(labels=y, logits=x, axis=int(axis)), labels, logits)
        )


@pytest.mark.parametrize("axis", [2, 7, -3, -7])
def test_axis_out_of_range_raises_what_tensorflow_raises(mode, random, axis):
    logits, labels = random.randn(2, 3).astype(np.float32), distributions(random, (2, 3))
    ours = outcome(lambda: mode.evaluate(lambda x: nn.softmax(x, axis=axis), logits))
    assert ours == outcome(lambda: mode.evaluate(lambda x: tf.nn.softmax(x, axis=axis), logits))
    for name in DENSE:
        ours = outcome(
            lambda: mode.evaluate(lambda y, x: getattr(nn, name)(labels=y, logits=x, axis=axis), labels, logits)
        )
        own = outcome(
            lambda: mode.evaluate(lambda y, x: getattr(v1.nn, name)(labels=y, logits=x, dim=axis), labels, logits)
        )
        assert ours == own and isinstance(ours, type)


# The form of 1.5 to 1.12, mixed and by keyword, beside that of 1.13 and later.
V2_FORMS = {
    "labels, logits": lambda f, y, x: f(y, x, 0, None),
    "axis by keyword": lambda f, y, x: f(y, x, axis=0),
    "dim by keyword": lambda f, y, x: f(y, x, dim=0),
    "logits by keyword": lambda f, y, x: f(y, logits=x, axis=0),
    "all by keyword": lambda f, y, x: f(labels=y, logits=x, axis=0, name=None),
    "sentinel, positional": lambda f, y, x: f(None, y, x, 0, None),
    "sentinel, then keywords": lambda f, y, x: f(None, labels=y, logits=x, dim=0),
    "sentinel, mixed": lambda f, y, x: f(None, y, logits=x, dim=0),
    "sentinel by keyword": lambda f, y, x: f(_sentinel=None, labels=y, logits=x, dim=0),
    "sentinel by keyword, axis": lambda f, y, x: f(_sentinel=None, labels=y, logits=x, axis=0),
}


@pytest.mark.parametrize("form", V2_FORMS.values(), ids=V2_FORMS)
def test_v2_takes_the_forms_of_all_releases(mode, random, form):
    logits, labels = random.randn(2, 3).astype(np.float32), distributions(random, (2, 3), 0)
    ours = mode.evaluate(lambda y, x: form(nn.softmax_cross_entropy_with_logits_v2, y, x), labels, logits)
    own = mode.evaluate(
        lambda y, x: v1.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x, dim=0), labels, logits
    )
    assert ours.tobytes() == own.tobytes()


def test_v2_names_its_operation_in_either_form():
    with new_graph():
        newer = nn.softmax_cross_entropy_with_logits_v2([[0.0, 1.0]], [[1.0, 2.0]], -1, "newer")
        older = nn.softmax_cross_entropy_with_logits_v2(None, [[0.0, 1.0]], [[1.0, 2.0]], -1, "older")
    assert newer.op.name.startswith("newer/") and older.op.name.startswith("older/")


LABELS, LOGITS, INDICES = [[0.0, 1.0]], [[1.0, 2.0]], [1]


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: nn.softmax_cross_entropy_with_logits(LOGITS, LABELS), "labels=..., logits=..."),
        (
            lambda: nn.softmax_cross_entropy_with_logits(LOGITS, labels=LABELS, logits=LOGITS),
            "Only call `softmax_cross",
        ),
        (lambda: nn.sparse_softmax_cross_entropy_with_logits(LOGITS, INDICES), "Only call `sparse_softmax_cross"),
        (lambda: nn.softmax_cross_entropy_with_logits(labels=LABELS), "missing: logits"),
        (lambda: nn.softmax_cross_entropy_with_logits(logits=LOGITS), "missing: labels"),
        (lambda: nn.softmax_cross_entropy_with_logits(), "missing: labels and logits"),
        (lambda: nn.sparse_softmax_cross_entropy_with_logits(labels=INDICES), "missing: logits"),
        (lambda: nn.sparse_softmax_cross_entropy_with_logits(logits=LOGITS), "missing: labels"),
        (lambda: nn.softmax_cross_entropy_with_logits_v2(labels=LABELS), "missing: logits"),
        (lambda: nn.softmax_cross_entropy_with_logits_v2(logits=LOGITS), "missing: labels"),
        (lambda: nn.softmax_cross_entropy_with_logits_v2(LABELS, None), "missing: logits"),
        (lambda: nn.softmax_cross_entropy_with_logits_v2(LABELS, logits=None), "missing: logits"),
        (lambda: nn.softmax_cross_entropy_with_logits_v2(), "missing"),
        (lambda: nn.softmax_cross_entropy_with_logits_v2(LABELS), "Only call `softmax_cross_entropy_with_logits_v2`"),
        (
            lambda: nn.softmax_cross_entropy_with_logits_v2(_sentinel=LABELS, labels=LABELS, logits=LOGITS),
            "Only call `softmax_cross_entropy_with_logits_v2`",
        ),
        (lambda: nn.softmax(LOGITS, axis=0, dim=0), "Cannot specify both"),
        (lambda: nn.log_softmax(LOGITS, axis=-1, dim=-1), "Cannot specify both"),
        (lambda: nn.softmax_cross_entropy_with_logits(labels=LABELS, logits=LOGITS, axis=1, dim=1), "both"),
        (lambda: nn.softmax_cross_entropy_with_logits_v2(LABELS, LOGITS, axis=1, dim=1), "both"),
    ],
)
def test_guards_raise_value_error(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: nn.softmax(LOGITS, axes=0),
        lambda: nn.log_softmax(LOGITS, keepdims=True),
        lambda: nn.softmax_cross_entropy_with_logits(labels=LABELS, logits=LOGITS, classes=2),
        lambda: nn.softmax_cross_entropy_with_logits_v2(LABELS, LOGITS, classes=2),
        lambda: nn.softmax_cross_entropy_with_logits_v2(LABELS, LOGITS, labels=LABELS),
        lambda: nn.sparse_softmax_cross_entropy_with_logits(labels=INDICES, logits=LOGITS, axis=0),
        lambda: nn.softmax(),
    ],
)
def test_wrong_keywords_raise_type_error(call):
    with pytest.raises(TypeError):
        call()


@pytest.mark.parametrize(
    "name, right",
    [
        ("sparse_cross_entropy_with_logits", "sparse_softmax_cross_entropy_with_logits"),
        ("softmax_cross_entropy_with_logit", "softmax_cross_entropy_with_logits"),
        ("sofmax", "softmax"),
        ("logsoftmax", "log_softmax"),
        ("softmax_cross_entropy", "softmax_cross_entropy_with_logits"),
        ("sparse_softmax_cross_entropy", "sparse_softmax_cross_entropy_with_logits"),
    ],
)
def test_misspelt_name_gets_the_right_one(name, right):
    with pytest.raises(AttributeError) as caught:
        getattr(nn, name)
    assert "did you mean %r?" % right in str(caught.value)


def test_unknown_name_gets_no_suggestion():
    with pytest.raises(AttributeError) as caught:
        nn.conv2d
    assert "did you mean" not in str(caught.value)


CALLS = {
    "softmax": (lambda f, y, x: f.softmax(x, name="n"), False),
    "softmax, unnamed": (lambda f, y, x: f.softmax(x), False),
    "log_softmax": (lambda f, y, x: f.log_softmax(x), False),
    "softmax, axis 0": (lambda f, y, x: f.softmax(x, axis=0), False),
    "v1": (lambda f, y, x: f.softmax_cross_entropy_with_logits(labels=y, logits=x), False),
    "v1, dim 0": (lambda f, y, x: f.softmax_cross_entropy_with_logits(labels=y, logits=x, dim=0, name="n"), False),
    "v2": (lambda f, y, x: f.softmax_cross_entropy_with_logits_v2(labels=y, logits=x), False),
    "v2, dim 0": (lambda f, y, x: f.softmax_cross_entropy_with_logits_v2(labels=y, logits=x, dim=0, name="n"), False),
    "sparse": (lambda f, y, x: f.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x, name="n"), True),
}


@pytest.mark.parametrize("call, sparse", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("shape", [(2, 3), (2, 2, 3), None])
def test_graph_has_the_nodes_of_tensorflows_own_call(call, sparse, shape):
    if shape is None and call is CALLS["softmax, axis 0"][0]:
        pytest.skip("TensorFlow's own softmax takes an unknown rank only along the last axis")

    def nodes(functions):
        with new_graph() as graph:
            logits = v1.placeholder(tf.float32, shape)
            if sparse:
                labels = v1.placeholder(tf.int32, None if shape is None else shape[:-1])
            else:
                labels = v1.placeholder(tf.float32, shape)
            call(functions, labels, logits)
            return [(operation.name, operation.type) for operation in graph.get_operations()]

    assert nodes(nn) == nodes(v1.nn)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64", "int32", "bool", "complex64"])
@pytest.mark.parametrize("call, sparse", CALLS.values(), ids=CALLS)
def test_dtypes_are_tensorflows(mode, random, dtype, call, sparse):
    logits, labels = random.randn(2, 3).astype(np.float32), distributions(random, (2, 3))
    if sparse:
        labels = np.array([0, 2])

    def cast(functions):
        def build(y, x):
            typed = tf.cast(x, getattr(tf, dtype))
            result = call(functions, y if sparse else tf.cast(y, getattr(tf, dtype)), typed)
            return tf.cast(result, tf.float64) if result.dtype == typed.dtype else result

        return outcome(lambda: mode.evaluate(build, labels, logits))

    assert cast(nn) == cast(v1.nn)


SOFTMAX_CALLS = [call for name, (call, _) in CALLS.items() if "softmax" in name]

EXTREMES = {
    "inf": [[np.inf, 0.0, 1.0], [-np.inf, 0.0, 1.0]],
    "all -inf": [[-np.inf, -np.inf, -np.inf]],
    "nan": [[np.nan, 0.0, 1.0]],
    "denormal": [[1e-45, 1e-40, 0.0]],
    "huge": [[3e38, -3e38, 0.0], [3e38, 3e38, 3e38]],
    "one class": [[5.0], [-5.0]],
    "no rows": np.zeros((0, 3)),
    "no classes": np.zeros((2, 0)),
    "nothing": np.zeros((0, 0)),
    "scalar": 1.0,
}


@pytest.mark.parametrize("logits", EXTREMES.values(), ids=EXTREMES)
@pytest.mark.parametrize("call, sparse", CALLS.values(), ids=CALLS)
def test_extreme_and_empty_inputs_are_tensorflows(mode, logits, call, sparse):
    logits = np.asarray(logits, np.float32)
    if bindings.VERSION == (2, 16) and 0 in logits.shape and not sparse and call not in SOFTMAX_CALLS:
        pytest.skip("TensorFlow 2.16's own dense losses end the process where there is no class: a segmentation fault")
    labels = np.zeros(logits.shape[:-1], np.int32) if sparse else np.full_like(logits, 1 / 3)
    ours = outcome(lambda: mode.evaluate(lambda y, x: call(nn, y, x), labels, logits))
    assert ours == outcome(lambda: mode.evaluate(lambda y, x: call(v1.nn, y, x), labels, logits))


@pytest.mark.parametrize("labels", [[0, 3], [0, -1], [0.0, 1.0], [[0, 1]], [0]])
def test_wrong_sparse_labels_raise_what_tensorflow_raises(mode, labels):
    logits = np.ones((2, 3), np.float32)

    def call(functions):
        return outcome(
            lambda: mode.evaluate(
                lambda x: functions.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=x), logits
            )
        )

    assert call(nn) == call(v1.nn)


@pytest.mark.parametrize("kind", ["list", "tuple", "array", "tensor", "variable", "list of tensors"])
@pytest.mark.parametrize("call, sparse", CALLS.values(), ids=CALLS)
def test_inputs_of_every_kind(mode, random, kind, call, sparse):
    array = random.randn(2, 3).astype(np.float32)
    labels = np.array([0, 2], np.int32) if sparse else distributions(random, (2, 3))
    make = {
        "list": lambda: array.tolist(),
        "tuple": lambda: tuple(map(tuple, array.tolist())),
        "array": lambda: array,
        "tensor": lambda: tf.constant(array),
        "variable": lambda: v1.get_variable("v", initializer=array, use_resource=True),
        "list of tensors": lambda: [tf.constant(row) for row in array],
    }[kind]

    def build(functions):
        if mode.name == "eager":
            return call(functions, labels, make()).numpy()
        with new_graph(), v1.Session() as session:
            result = call(functions, labels, make())
            session.run(v1.global_variables_initializer())
            return session.run(result)

    ours = outcome(lambda: build(nn))
    assert ours == outcome(lambda: build(v1.nn))
    assert not isinstance(ours, type)


@pytest.mark.skipif(not hasattr(tf, "ragged"), reason="this release has no RaggedTensor")
@pytest.mark.parametrize("name", SOFTMAXES)
def test_ragged_tensors_where_tensorflow_takes_them(name):
    def call(functions):
        try:
            ragged = tf.ragged.constant([[1.0, 2.0], [3.0, 4.0, 5.0]])
            return getattr(functions, name)(ragged).to_list()
        except Exception as error:
            return type(error)

    assert call(nn) == call(tf.nn)


@pytest.mark.parametrize("name", SOFTMAXES)
def test_large_input_is_handed_on_and_not_copied(monkeypatch, name):
    seen = []
    monkeypatch.setattr(bindings, name, lambda logits, *_, **__: seen.append(logits))
    array = np.ones((2, 3), np.float32)
    with new_graph():
        getattr(nn, name)(array)
    assert seen[0] is array
