"""Arguments of any kind, memory, and the functions as Python objects.

``TFSOFTMAX_COMPAT_CASES=10000`` in the environment runs the property test with that many examples; by default it takes
a few seconds.
"""

import copy
import functools
import gc
import inspect
import itertools
import os
import pickle
import pydoc
import weakref

import numpy as np
import pytest
from modes import EAGER, GRAPH, new_graph
from outcomes import outcome

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf, v1

hypothesis = pytest.importorskip("hypothesis")
from hypothesis import strategies as st  # noqa: E402
from hypothesis.extra import numpy as hnp  # noqa: E402

CASES = int(os.environ.get("TFSOFTMAX_COMPAT_CASES", "0"))

V1 = "softmax_cross_entropy_with_logits"
V2 = "softmax_cross_entropy_with_logits_v2"
SPARSE = "sparse_softmax_cross_entropy_with_logits"
FAMILY = ["softmax", "log_softmax", V1, V2, SPARSE]
LOGITS = np.array([[2.0, -1.0, 0.5], [0.1, 0.2, 3.0]], np.float32)
LABELS = np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], np.float32)

# TensorFlow itself crashes on an empty dense loss and on some that broadcast. So no size here is 0 or 1, and
# `ends_tensorflow` excludes empty lists and tuples.
ARRAYS = hnp.array_shapes(min_dims=0, max_dims=5, min_side=2, max_side=3).flatmap(
    lambda shape: st.sampled_from(
        ["float32", "float64", "float16", "int32", "int64", "uint8", "bool", "complex64"]
    ).flatmap(
        lambda dtype: hnp.arrays(np.dtype(dtype), shape, elements=st.sampled_from([0, 1]).map(np.dtype(dtype).type))
    )
)
ODD = st.sampled_from(
    [None, 1, 2.5, True, "text", b"bytes", "", (), [], {}, {"a": 1}, set(), [[1.0], [2.0, 3.0]], [None], [[1.0, None]]]
    + [["a", "b"], object(), object, len, np.float32(3), np.array(["a"]), np.array([None]), np.nan, 2**70, [1j, 2j]]
)
USUAL = st.sampled_from([LOGITS, LABELS, LOGITS.tolist(), LABELS.astype(np.float64), np.array([0, 2])])
AXES = st.one_of(  # not 2**31, because TensorFlow creates a range of that length, which would fill the memory
    st.integers(-7, 7),
    st.sampled_from(
        [None, -1, 0, 1, 2**20, 2**63, -(2**31) - 1, -(2**63), 2**100, -(2**100), 1.0, -2.0, 0.5, "0", [0], ()]
    )
    | st.sampled_from([np.int64(-2), np.int8(1), np.float32(0), True, False, np.array(0), np.array([1]), {}, object()]),
)
NAMES = st.sampled_from([None, "n", "", "a b", "a/b", "/", "é", "n" * 300, 5, b"n", 1.5, ("n",)])


def ends_tensorflow(name, labels, logits):
    return name in (V1, V2) and any(type(value) in (list, tuple) and not value for value in (labels, logits))


def own(name, labels, logits, axis, call_name):
    """Call TensorFlow's own function. Its dense losses, and on 1.5 its softmaxes, take no negative axes except -1."""
    if isinstance(axis, (bool, np.integer)):
        axis = int(axis)
    if type(axis) is int and axis < -1 and (name in (V1, V2) or not bindings.SOFTMAX_TAKES_NEGATIVE_AXES):
        rank = np.ndim(logits)
        axis = axis + rank if -rank <= axis else axis
    if name == SPARSE:
        return v1.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=call_name)
    axis = -1 if axis is None else axis
    if name in (V1, V2):
        return getattr(v1.nn, name)(labels=labels, logits=logits, dim=axis, name=call_name)
    return getattr(tf.nn, name)(logits, axis=axis, name=call_name)


def ours(name, labels, logits, axis, call_name):
    if name == SPARSE:
        return nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=call_name)
    if name in (V1, V2):
        return getattr(nn, name)(labels=labels, logits=logits, axis=axis, name=call_name)
    return getattr(nn, name)(logits, axis=axis, name=call_name)


@hypothesis.settings(
    max_examples=CASES or 150,
    derandomize=not CASES,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
@hypothesis.given(
    st.sampled_from(FAMILY),
    st.one_of(USUAL, ARRAYS, ODD),
    st.one_of(USUAL, USUAL, ARRAYS, ODD),
    AXES,
    st.one_of(st.none(), NAMES),
    st.sampled_from([GRAPH, EAGER]),
)
def test_arguments_of_any_kind_have_tensorflows_value_or_exception(name, labels, logits, axis, call_name, mode):
    def evaluated(function, *arguments):
        def evaluate():
            if mode is EAGER:
                return function(name, *arguments).numpy()
            with new_graph(), v1.Session() as session:
                return session.run(function(name, *arguments))

        return outcome(evaluate)

    hypothesis.assume(not ends_tensorflow(name, labels, logits))
    given = (labels, logits, axis, call_name)
    computed = evaluated(ours, *given)
    if isinstance(axis, str) and name != SPARSE:  # on every release an error; TensorFlow's own depends on the release
        assert isinstance(computed, type)
        return
    expected = evaluated(own, *given)
    if computed != expected:
        # If several arguments are wrong, the two calls may raise different errors, but both raise one.
        assert isinstance(computed, type) and isinstance(expected, type)
        right = ([0, 2] if name == SPARSE else LABELS, LOGITS, -1, None)
        assert any(evaluated(own, *mended) == computed for mended in itertools.product(*zip(given, right)))


def resident():
    """Return the memory that this process holds, in bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.filterwarnings("ignore")  # pytest would keep every warning
@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="no /proc on this system")
def test_calls_leave_no_memory_behind(request):
    labels, logits, classes = tf.constant(LABELS), tf.constant(LOGITS), tf.constant([0, 2])
    calls = [
        lambda: nn.softmax(logits),
        lambda: nn.log_softmax(logits, axis=0),
        lambda: nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits),
        lambda: nn.softmax_cross_entropy_with_logits_v2(labels, LOGITS),
        lambda: nn.sparse_softmax_cross_entropy_with_logits(labels=classes, logits=logits),
    ]

    def growth(times, *calls):
        """Return how many objects and bytes are added by `times` calls: the minimum of three rounds, after a first one.

        If a call leaks memory, every round adds some. Memory that the allocator keeps is not added in every round.
        """
        grown = []
        for left in (times // 5, times, times, times):
            gc.collect()
            objects, size = len(gc.get_objects()), resident()
            for _ in range(left // len(calls)):
                for call in calls:
                    call()
            gc.collect()
            grown.append((len(gc.get_objects()) - objects, resident() - size))
        return tuple(map(min, zip(*grown[1:])))

    if hasattr(gc, "freeze"):  # since Python 3.7; without it, each collection visits all of TensorFlow's objects
        gc.collect()
        gc.freeze()
        request.addfinalizer(gc.unfreeze)
    operations = len(v1.get_default_graph().get_operations())
    more_objects, more_bytes = growth(2500, *calls)
    # In TF 1.7 and 1.8 TensorFlow's own dense losses, and its softmax along axis 0, leak 1.3 kB per call.
    assert more_objects < 100 and (more_bytes < 5e5 or bindings.VERSION in ((1, 7), (1, 8)))
    assert len(v1.get_default_graph().get_operations()) == operations

    with new_graph() as graph, v1.Session() as session:
        fetches = [
            nn.softmax(LOGITS, axis=0),
            nn.softmax_cross_entropy_with_logits(labels=LABELS, logits=LOGITS),
            nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 2], logits=LOGITS),
        ]
        operations = len(graph.get_operations())
        more_objects, more_bytes = growth(500, lambda: session.run(fetches))
        assert more_objects < 100 and more_bytes < 5e5
        assert len(graph.get_operations()) == operations


@pytest.mark.parametrize("name", FAMILY)
def test_no_cycle_holds_a_tensor(name):
    labels, logits = tf.constant([0, 2] if name == SPARSE else LABELS), tf.constant(LOGITS)
    try:
        weakref.ref(logits)
    except TypeError:
        pytest.skip("the eager tensors of this release have no weak references")
    gc.collect()
    gc.disable()
    try:
        result = ours(name, labels, logits, None, None)
        held = [weakref.ref(tensor) for tensor in (labels, logits, result)]
        del labels, logits, result
        assert [reference() for reference in held] == [None] * 3
    finally:
        gc.enable()


@pytest.mark.parametrize("name", nn.__all__)
def test_they_are_plain_functions(name):
    function = getattr(nn, name)
    assert inspect.isfunction(function) and function.__name__ == function.__qualname__ == name
    assert function.__module__ == "tfsoftmax_compat.nn"
    assert pickle.loads(pickle.dumps(function)) is copy.copy(function) is copy.deepcopy(function) is function
    wrapper = functools.wraps(function)(lambda *args, **kwargs: function(*args, **kwargs))
    assert inspect.signature(wrapper) == inspect.signature(function)
    shown = pydoc.plain(pydoc.render_doc(function))
    assert "%s(" % name in shown and "Args:" in shown and "Source:" in shown
    assert all(annotation is not None for annotation in function.__annotations__)
