"""The eager path: the bits, gradients and errors of TensorFlow's own functions, which are called here directly.

``TFSOFTMAX_COMPAT_CASES=10000`` in the environment makes the long run of the property; else it takes a few seconds.
"""

import os
import re

import fresh
import numpy as np
import pytest

hypothesis = pytest.importorskip("hypothesis")
tf = pytest.importorskip("tensorflow")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from hypothesis.extra import numpy as hnp  # noqa: E402

from tfsoftmax_compat import nn  # noqa: E402
from tfsoftmax_compat._runtime import bindings, eager  # noqa: E402

if not (eager.ENABLED and tf.executing_eagerly()):
    pytest.skip("no eager path here: TensorFlow 1, or it is switched off", allow_module_level=True)

CASES = int(os.environ.get("TFSOFTMAX_COMPAT_CASES", "0"))

V1 = "softmax_cross_entropy_with_logits"
V2 = "softmax_cross_entropy_with_logits_v2"
SPARSE = "sparse_softmax_cross_entropy_with_logits"
ALONG_AXIS = ("softmax", "log_softmax")

# Straight from TensorFlow, and not by way of bindings.py. (Its v1 loss refuses `axis` and takes `dim`.)
OWN = {
    "softmax": tf.nn.softmax,
    "log_softmax": tf.nn.log_softmax,
    V1: lambda labels, logits, axis=-1, name=None: tf.compat.v1.nn.softmax_cross_entropy_with_logits(
        labels=labels, logits=logits, dim=axis, name=name
    ),
    V2: tf.nn.softmax_cross_entropy_with_logits,
    SPARSE: tf.nn.sparse_softmax_cross_entropy_with_logits,
}

LOGITS = np.array([[2.0, -1.0, 0.5], [0.1, 0.2, 30.0]], np.float32)
DENSE = np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], np.float32)
CLASSES = np.array([0, 2])
TENSORS = (tf.Tensor, tf.Variable)


def arguments_of(name, logits=LOGITS, dense=DENSE, classes=CLASSES):
    """The arguments of the function of that name, as tensors."""
    if name in ALONG_AXIS:
        return {"logits": tf.constant(logits)}
    return {"labels": tf.constant(classes if name == SPARSE else dense), "logits": tf.constant(logits)}


def bits(tensor):
    """A tensor as what equality can compare to the bit, NaN and the sign of zero included."""
    if tensor is None:
        return None
    if isinstance(tensor, tf.IndexedSlices):
        tensor = tf.convert_to_tensor(tensor)
    array = tensor.numpy()
    return tensor.dtype.name, array.shape, array.tobytes()


def attempt(function, *args):
    """What `function` returns, and None; or None, and the type of what it raises."""
    try:
        return function(*args), None
    except Exception as error:
        return None, type(error)


def outcome(function, arguments, **options):
    """The bits of the value and of the gradients of first and second order, or the type of the error in their place."""
    sources = [a for a in arguments.values() if isinstance(a, TENSORS) and a.dtype.is_floating]

    def gradients(tape, targets):
        upstream = [tf.cast(tf.reshape(tf.range(tf.size(t)), tf.shape(t)), t.dtype) - 1.5 for t in targets]
        return [tape.gradient(t, sources, output_gradients=u) for t, u in zip(targets, upstream)]

    with tf.GradientTape(persistent=True) as outer:
        outer.watch(sources)
        with tf.GradientTape(persistent=True) as inner:
            inner.watch(sources)
            value, error = attempt(lambda: function(**arguments, **options))
        if error:
            return error
        first, first_error = attempt(gradients, inner, [value])
    reached = [g for g in (first or [[]])[0] if g is not None]
    second, second_error = attempt(gradients, outer, reached)
    return (
        bits(value),
        first_error or [[bits(g) for g in row] for row in first],
        second_error or [[bits(g) for g in row] for row in second],
    )


FLOATS = st.one_of(
    st.floats(-50, 50, width=16, allow_subnormal=False),
    st.sampled_from([0.0, -0.0, 1.0, np.inf, -np.inf, np.nan, 1e-40, -1e-45, 5e-324, 3e38, -3e38, 88.8, -104.0]),
)


@st.composite
def calls(draw):
    """A function's name, its arguments and its options; most are calls as programs make them, some are wrong."""
    name = draw(st.sampled_from(sorted(OWN)))
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=5, min_side=draw(st.sampled_from([1, 1, 0])), max_side=4))
    if draw(st.integers(0, 9)) == 0:
        shape = draw(st.sampled_from([(), (3, 37), (2, 3, 17), (33, 10), (1, 1)]))
    rank = len(shape)
    dtype = draw(st.sampled_from(["float32", "float32", "float64", "float16", "bfloat16"]))

    def floats(of_shape, of_dtype):
        values = draw(hnp.arrays(np.float64, of_shape, elements=FLOATS))
        with np.errstate(over="ignore", under="ignore"):
            return tf.cast(tf.constant(values.astype(np.float32 if of_dtype != "float64" else np.float64)), of_dtype)

    arguments = {"logits": floats(shape, dtype)}
    options = {}
    if name == SPARSE:
        classes = max(shape[-1], 1) if shape else 1
        highest = classes if draw(st.integers(0, 9)) == 0 else classes - 1
        lowest = -1 if draw(st.integers(0, 9)) == 0 else 0
        label_shape = draw(st.sampled_from([shape[:-1]] * 9 + [shape, shape[:-2], (2,)]))
        label_dtype = draw(st.sampled_from([np.int64, np.int32, np.int64, np.int32, np.int16, np.float32]))
        values = draw(hnp.arrays(np.int64, label_shape, elements=st.integers(lowest, highest)))
        arguments["labels"] = tf.constant(values.astype(label_dtype))
    elif name not in ALONG_AXIS:
        label_shape = draw(st.sampled_from([shape] * 9 + [(1,) + shape[1:], shape[:-1], (2, 3)]))
        label_dtype = draw(st.sampled_from([dtype] * 6 + ["float32", "float64", "int32"]))
        arguments["labels"] = (
            tf.constant(draw(hnp.arrays(np.int32, label_shape, elements=st.integers(0, 1))))
            if label_dtype == "int32"
            else floats(label_shape, label_dtype)
        )
    if name != SPARSE and draw(st.booleans()):
        options["axis"] = draw(st.integers(-rank - 1, rank)) if draw(st.integers(0, 9)) == 0 else -1
        if rank and draw(st.booleans()):
            options["axis"] = draw(st.integers(-rank, rank - 1))
    if draw(st.integers(0, 4)) == 0:
        options["name"] = "named"
    for key in sorted(arguments):
        given_as = draw(st.sampled_from(["tensor"] * 6 + ["array", "list", "variable"]))
        if given_as == "variable":
            arguments[key] = tf.Variable(arguments[key])
        elif given_as != "tensor" and arguments[key].dtype != tf.bfloat16:
            array = arguments[key].numpy()
            arguments[key] = array if given_as == "array" else array.tolist()
    return name, arguments, options


def own_options(name, logits, options):
    """`options` as TensorFlow's own function understands them: its losses fail on negative axes other than -1."""
    axis, rank = options.get("axis", -1), len(np.shape(logits))
    if name in (V1, V2) and -rank <= axis < -1:
        return dict(options, axis=axis + rank)
    return options


def crashes_tensorflow(name, arguments, options):
    """Whether TensorFlow itself ends the process, on some releases, instead of raising."""
    if name not in (V1, V2):
        # A segmentation fault on TF 2.2: tf.nn.softmax(tf.ones([33, 10], tf.bfloat16)). The dense losses cast.
        logits = arguments["logits"]
        return bindings.VERSION == (2, 2) and isinstance(logits, TENSORS) and logits.dtype == tf.bfloat16
    logits, labels = np.shape(arguments["logits"]), np.shape(arguments["labels"])
    no_class = 0 in labels[-1:] + logits[-1:] or 0 in logits[options.get("axis", -1) :][:1]
    one_broadcast = labels != logits and 1 in (np.prod(labels), np.prod(logits))  # a failed check on TF 2.0
    return no_class or one_broadcast


# The short run draws the same cases each time, so that the result depends only on the code.
@settings(
    max_examples=CASES or 100,
    derandomize=not CASES,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
@given(calls())
def test_the_bits_the_gradients_and_the_errors_are_tensorflows(call):
    name, arguments, options = call
    hypothesis.assume(not crashes_tensorflow(name, arguments, options))
    ours = outcome(getattr(nn, name), arguments, **options)
    assert ours == outcome(OWN[name], arguments, **own_options(name, arguments["logits"], options))


@pytest.fixture
def calls_of_own(monkeypatch):
    """The names of TensorFlow's own functions that were called, in order."""
    called = []

    def record(name, function):
        def recording(*args, **kwargs):
            called.append(name)
            return function(*args, **kwargs)

        monkeypatch.setattr(bindings, name, recording)

    for name in OWN:
        record(name, getattr(bindings, name))
    return called


@pytest.mark.parametrize("name", sorted(OWN))
@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 2, 3), (1, 1, 1, 1, 3)])
def test_plain_tensors_arrays_lists_and_variables_go_to_the_kernel(name, shape, calls_of_own):
    logits, dense = np.ones(shape, np.float32), np.ones(shape, np.float32)
    tensors = arguments_of(name, logits, dense, np.zeros(shape[:-1], np.int32))
    getattr(nn, name)(**tensors)
    getattr(nn, name)(name="named", **tensors)
    arrays = {key: value.numpy() if value.shape.rank else value for key, value in tensors.items()}
    getattr(nn, name)(**arrays)
    getattr(nn, name)(
        **{key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in arrays.items()}
    )
    getattr(nn, name)(**{key: tf.Variable(value) for key, value in tensors.items()})
    if name != SPARSE:
        for axis in range(-len(shape), len(shape)):
            getattr(nn, name)(axis=axis, **tensors)
    assert calls_of_own == []


# Calls that TensorFlow casts, broadcasts or reads a variable for.
CONVERTED = {
    "half logits": lambda: (tf.constant(DENSE, tf.float16), tf.constant(LOGITS, tf.float16)),
    "bfloat16 logits": lambda: (tf.cast(DENSE, tf.bfloat16), tf.cast(LOGITS, tf.bfloat16)),
    "labels to cast": lambda: (tf.constant(DENSE, tf.float64), tf.constant(LOGITS)),
    "integer labels": lambda: (tf.constant([[0, 1, 0], [0, 0, 1]]), tf.constant(LOGITS)),
    "labels to broadcast": lambda: (tf.constant(DENSE[:1]), tf.constant(LOGITS)),
    "mirrored variables": lambda: (mirrored_variable(DENSE), mirrored_variable(LOGITS)),
}
REFUSED = {
    "an empty batch": lambda: (tf.constant(DENSE[:0]), tf.constant(LOGITS[:0])),
    "labels of other rank": lambda: (tf.constant(DENSE[0]), tf.constant(LOGITS)),
    "boolean labels": lambda: (tf.constant(DENSE > 0.4), tf.constant(LOGITS)),
}


def mirrored_variable(value):
    with tf.distribute.MirroredStrategy(["CPU:0"]).scope():
        return tf.Variable(value)


@pytest.mark.parametrize("why", sorted(CONVERTED))
@pytest.mark.parametrize("name", [V1, V2])
def test_what_is_cast_or_broadcast_goes_to_the_kernel(name, why, calls_of_own):
    labels, logits = CONVERTED[why]()
    ours = outcome(getattr(nn, name), {"labels": labels, "logits": logits})
    assert calls_of_own == []
    assert ours == outcome(OWN[name], {"labels": labels, "logits": logits})


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("shape", [(2, 3), (1, 2, 3)])
def test_sparse_losses_of_half_and_bfloat16_go_to_the_kernel(dtype, shape, calls_of_own):
    arguments = {"labels": tf.reshape(CLASSES, shape[:-1]), "logits": tf.cast(tf.reshape(LOGITS, shape), dtype)}
    ours = outcome(nn.sparse_softmax_cross_entropy_with_logits, arguments)
    assert calls_of_own == [] and ours == outcome(OWN[SPARSE], arguments)


@pytest.mark.parametrize("why", sorted(REFUSED))
@pytest.mark.parametrize("name", [V1, V2])
def test_what_is_not_plain_goes_to_tensorflow(name, why, calls_of_own):
    labels, logits = REFUSED[why]()
    ours = outcome(getattr(nn, name), {"labels": labels, "logits": logits})
    assert calls_of_own == [name]
    assert ours == outcome(OWN[name], {"labels": labels, "logits": logits})


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_name_that_is_no_string_is_tensorflows_to_judge(name):
    for options in ({}, {"axis": 0}) if name != SPARSE else ({},):
        options["name"] = 5
        assert outcome(getattr(nn, name), arguments_of(name), **options) == outcome(
            OWN[name], arguments_of(name), **options
        )


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_function_builds_tensorflows_graph_node_for_node(name, calls_of_own):
    def graph_of(function, **inputs):
        graph = tf.Graph()
        with graph.as_default():
            function(**{key: tf.constant(value.numpy()) for key, value in inputs.items()})
        traced = tf.function(lambda **inputs: function(**inputs)).get_concrete_function(**inputs)
        captured = tf.function(lambda: function(**inputs)).get_concrete_function()  # eager tensors from outside
        # What is captured has a running number for its name.
        return [re.sub(r'\b\d+"', '"', str(g.as_graph_def())) for g in (graph, traced.graph, captured.graph)]

    arguments = arguments_of(name)
    assert graph_of(getattr(nn, name), **arguments) == graph_of(OWN[name], **arguments)
    assert calls_of_own == [name] * 3


@pytest.mark.parametrize("name", [V1, V2])
def test_only_the_second_loss_lets_a_gradient_reach_the_labels(name):
    arguments = arguments_of(name)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(list(arguments.values()))
        first = getattr(nn, name)(**arguments)
        with tape.stop_recording():
            unrecorded = getattr(nn, name)(**arguments)
        again = getattr(nn, name)(**arguments)
    for loss in (first, again):
        assert (tape.gradient(loss, arguments["labels"]) is None) == (name == V1)
        assert tape.gradient(loss, arguments["logits"]) is not None
    assert tape.gradient(unrecorded, arguments["logits"]) is None


@pytest.mark.parametrize("name", sorted(OWN))
def test_variables_and_what_is_computed_from_them_get_their_gradients(name):
    def gradients(function):
        logits, labels = tf.Variable(LOGITS), tf.Variable(DENSE)
        arguments = arguments_of(name)
        with tf.GradientTape() as tape:
            arguments["logits"] = logits * 2.0
            if name in (V1, V2):
                arguments["labels"] = labels * 0.5
            value = function(**arguments) + function(**dict(arguments, logits=logits))
        return [bits(g) for g in tape.gradient(value, [logits, labels])]

    assert gradients(getattr(nn, name)) == gradients(OWN[name])


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_tape_computes_the_jacobian(name):
    def jacobian(function):
        arguments = arguments_of(name)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(arguments["logits"])
            value = function(**arguments)
        return bits(tape.jacobian(value, arguments["logits"], experimental_use_pfor=False))

    assert jacobian(getattr(nn, name)) == jacobian(OWN[name])


@pytest.mark.skipif(not hasattr(tf, "autodiff"), reason="TensorFlow has no forward accumulator yet")
@pytest.mark.parametrize("rank", [2, 3])
@pytest.mark.parametrize("name", sorted(OWN))
def test_forward_accumulators_see_the_same(name, rank):
    def forward(function):
        arguments = arguments_of(name)
        if rank == 3:
            arguments = {key: value[tf.newaxis] for key, value in arguments.items()}
        results = []
        for key in [k for k in arguments if arguments[k].dtype.is_floating]:
            primal = arguments[key]
            with tf.autodiff.ForwardAccumulator(primal, tf.ones_like(primal) * 0.3) as accumulator:
                with tf.GradientTape() as tape:  # forward over backward: a Hessian times a vector
                    tape.watch(primal)
                    value = function(**arguments)
                gradient = tape.gradient(value, primal)
            results += [bits(accumulator.jvp(value)), gradient is None or bits(accumulator.jvp(gradient))]
            with tf.autodiff.ForwardAccumulator(primal, tf.ones_like(primal)) as accumulator:
                value = function(**arguments)  # no tape, only the accumulator
            results.append(bits(accumulator.jvp(value)))
        return results

    assert attempt(forward, getattr(nn, name)) == attempt(forward, OWN[name])


@pytest.mark.parametrize("name", sorted(OWN))
def test_inside_custom_gradient(name):
    def gradient(function):
        @tf.custom_gradient
        def tripled(logits):
            with tf.GradientTape() as tape:
                tape.watch(logits)
                value = function(**dict(arguments_of(name), logits=logits))
            return value, lambda upstream: 3.0 * tape.gradient(value, logits, output_gradients=upstream)

        logits = tf.constant(LOGITS)
        with tf.GradientTape() as tape:
            tape.watch(logits)
            value = tripled(logits)
        return bits(value), bits(tape.gradient(value, logits))

    assert gradient(getattr(nn, name)) == gradient(OWN[name])


@pytest.mark.parametrize("name", sorted(OWN))
def test_inside_vectorized_map(name):
    def mapped(function):
        arguments = {key: tf.stack([value, value]) for key, value in arguments_of(name).items()}
        return bits(tf.vectorized_map(lambda one: function(**one), arguments))

    assert attempt(mapped, getattr(nn, name)) == attempt(mapped, OWN[name])


@pytest.mark.parametrize("name", sorted(OWN))
def test_inside_a_distribution_strategy_and_on_a_named_device(name):
    strategy = tf.distribute.MirroredStrategy(["/cpu:0"])
    run = getattr(strategy, "run", None) or strategy.experimental_run_v2

    def values(function):
        arguments = {key: value[tf.newaxis] for key, value in arguments_of(name).items()}
        with tf.device("/cpu:0"):
            on_device = function(**arguments)
        return bits(run(lambda: function(**arguments))), bits(on_device)

    assert values(getattr(nn, name)) == values(OWN[name])


def run_python(program, **environment):
    """The lines that `program` prints in a process that has not imported this package."""
    completed = fresh.run(program, **environment)
    assert completed.returncode == 0, completed.stderr
    return completed.stdout.split()


PRINT_OWN_CALLS = """
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat import nn
import tensorflow as tf

def printing(name, own):
    return lambda *args, **kwargs: print(name) or own(*args, **kwargs)

for name in nn.__all__[:5]:
    setattr(bindings, name, printing(name, getattr(bindings, name)))

def call_each():
    labels, logits = tf.constant([[0.25, 0.75]]), tf.constant([[1.0, 2.0]])
    nn.softmax(logits)
    nn.log_softmax(logits)
    nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    nn.softmax_cross_entropy_with_logits_v2(labels, logits)
    nn.sparse_softmax_cross_entropy_with_logits(labels=[1], logits=logits)

call_each()
"""


def test_the_switch_sends_every_call_to_tensorflow():
    assert run_python(PRINT_OWN_CALLS, TFSOFTMAX_COMPAT_EAGER="tf") == nn.__all__[:5]  # those that apply a softmax


# With labels that get a gradient, and logits of which one is far from the others.
DETERMINISTIC = """
def bits(function, labels):
    logits = tf.constant([[1.0, 2.0, 0.5], [0.5, 90.0, -3.0]])
    with tf.GradientTape() as tape:
        tape.watch([labels, logits])
        loss = function(labels=labels, logits=logits)
    of_logits, of_labels = tape.gradient(loss, [logits, labels])
    return [None if tensor is None else tensor.numpy().tobytes() for tensor in (loss, of_logits, of_labels)]

print("bits:")
dense, classes = tf.constant([[0.25, 0.75, 0.0], [0.0, 1.0, 0.0]]), tf.constant([2, 0])
for name, own, labels in (
    ("softmax_cross_entropy_with_logits", tf.compat.v1.nn.softmax_cross_entropy_with_logits, dense),
    ("softmax_cross_entropy_with_logits_v2", tf.nn.softmax_cross_entropy_with_logits, dense),
    ("sparse_softmax_cross_entropy_with_logits", tf.nn.sparse_softmax_cross_entropy_with_logits, classes),
):
    assert bits(getattr(nn, name), labels) == bits(own, labels), name
"""


@pytest.mark.skipif(
    not hasattr(tf.config.experimental, "enable_op_determinism"), reason="TensorFlow has no switch for determinism yet"
)
def test_determinism_switched_on_after_import_sends_the_losses_to_tensorflow():
    program = PRINT_OWN_CALLS + "tf.config.experimental.enable_op_determinism()\ncall_each()\n" + DETERMINISTIC
    assert run_python(program) == [V1, V2, SPARSE, "bits:"] + [V1, V2, SPARSE]
