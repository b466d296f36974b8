"""Code for TF1 and code for TF2, told apart by the names that it uses."""

import pytest
import tensorflow as tf

from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat.worker import styles
from tfsoftmax_compat.worker.styles import TF1, TF2

if bindings.VERSION < (2, 0):
    pytest.skip("TF1 has nearly all names of TF2, so that most code decides nothing there", allow_module_level=True)

PLAIN = "import tensorflow as tf\nx = tf.nn.softmax([1.0])"
FOR_TF1 = "sess = tf.Session()"
FOR_TF2 = "tf.random.set_seed(1)"


def told(*codes):
    examples = [{"code": code, "scope": "", "documented": None} for code in codes]
    return [plan.style for plan in styles.plans(examples, tf, tf.compat.v1)]


@pytest.mark.parametrize(
    "code",
    [
        FOR_TF1,
        "x = tf.placeholder(tf.float32)",
        "tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x)",
        "import tensorflow as t\nt.global_variables_initializer()",
        "from tensorflow import Session",
        "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()",
        "import tensorflow.compat.v1 as tf1",
        "from tensorflow.compat import v1",
        "from tfsoftmax_compat import tf1 as tf",
        "tf.Session(); tf.random.set_seed(1)",
    ],
)
def test_for_tf1(code):
    assert told(code) == [TF1]


@pytest.mark.parametrize(
    "code",
    [
        FOR_TF2,
        PLAIN,
        "tf.keras.layers.Dense(3)",
        "x.Session()",
        "tf.no.such.name",
        "print 'Python 2'",
        "tf.Session = 1\0",
    ],
)
def test_for_tf2(code):
    assert told(code) == [TF2]


def test_one_that_does_not_tell_is_as_the_one_before():
    assert told(PLAIN, FOR_TF1, PLAIN, FOR_TF2, PLAIN) == [TF1, TF1, TF1, TF2, TF2]


def test_all_is_tf1s_on_tf1():
    examples = [{"code": FOR_TF2, "scope": "", "documented": None}]
    assert [plan.style for plan in styles.plans(examples, tf, tf)] == [TF1]


def modes(*codes, documented=None):
    examples = [{"code": code, "scope": "", "documented": documented} for code in codes]
    return [plan.modes for plan in styles.plans(examples, tf, tf.compat.v1)]


@pytest.mark.parametrize(
    "code, documented, expected",
    [
        ("tf.Session().run(tf.constant(1.0))", "1.0", ("graph", "eager")),
        ("tf.Session().run(tf.random_normal([2]))", "1.0", ("graph",)),
        ("v = tf.Variable(0); tf.Session().run(tf.assign_add(v, 1))", "1.0", ("graph",)),
        ("tf.Session().run(x, feed_dict={x: 1})", "1.0", ("graph",)),
        ("tf.Session(); np.random.RandomState(0)", "1.0", ("graph", "eager")),
        ("tf.enable_eager_execution()", None, ("eager",)),
        ("tf.disable_v2_behavior(); tf.Session()", None, ("graph",)),
        ("tf.compat.v1.disable_eager_execution(); tf.Session()", None, ("graph",)),
        ("tf.constant(1.0)", 'Tensor("Const:0", shape=(), dtype=float32)', ("graph",)),
        ("tf.constant(1.0)", "<tf.Tensor: shape=(), dtype=float32, numpy=1.0>", ("eager",)),
        ("x.numpy()", "1.0", ("eager",)),
        ("print(1)", "1", ("eager",)),
    ],
)
def test_modes(code, documented, expected):
    assert modes(code, documented=documented) == [expected]


def test_code_that_uses_nothing_of_either_style_decides_nothing():
    examples = [{"code": "print(1)", "scope": "", "documented": "1"}]
    (plan,) = styles.plans(examples, tf, tf.compat.v1)
    assert not plan.is_decided


def test_each_scope_has_its_own_modes():
    examples = [
        {"code": "tf.Session()", "scope": "a", "documented": None},
        {"code": "print(1)", "scope": "b", "documented": "1"},
    ]
    assert [plan.modes for plan in styles.plans(examples, tf, tf.compat.v1)] == [("graph", "eager"), ("eager",)]


def test_programs_of_graph_mode_beside_one_that_switches_eager_mode_on():
    codes = [
        "tf.enable_eager_execution()\nprint(x)",
        "with tf.Session() as s:\n    print(s.run(x))",
        "print(tf.placeholder(x))",
    ]
    assert modes(*codes) == [("eager",), ("graph",), ("graph",)]
    assert modes(codes[0], "with tf.Graph().as_default(), tf.Session() as s:\n    print(s.run(y))") == [("eager",)] * 2


def test_graph_tensors_above_the_code_that_switches_eager_mode_on():
    examples = [
        {"code": "print(a + b)", "scope": "", "documented": 'Tensor("add:0", shape=(), dtype=float32)'},
        {"code": "tf.enable_eager_execution()\nprint(x)", "scope": "", "documented": "1.0"},
        {"code": "f(x)", "scope": "", "documented": 'Tensor("x:0", shape=(), dtype=float32)'},
    ]
    plans = styles.plans(examples, tf, tf.compat.v1)
    assert [plan.modes for plan in plans] == [("graph",), ("eager",), ("eager",)]


@pytest.mark.parametrize("tf_named", [tf, tf.compat.v1])
def test_graph_tensors_that_a_function_prints_while_it_is_traced(tf_named):
    shown = 'Tensor("x:0", shape=(), dtype=int32)'
    codes = ["@tf.function\ndef f(x):\n  print(x)\nf(1)", "f(2)", "g(2)"]
    examples = [{"code": code, "scope": str(code == codes[2]), "documented": shown} for code in codes]
    plans = styles.plans(examples, tf_named, tf.compat.v1)
    assert [plan.modes for plan in plans] == [("eager",), ("eager",), ("graph",)]


def test_code_that_needs_graph_mode_beside_eager_output_on_tf1():
    codes = ["x = tf.placeholder(tf.float32)\nprint(x.shape)", "print(y)"]
    examples = [
        {"code": code, "scope": "", "documented": shown} for code, shown in zip(codes, ["(3,)", "tf.Tensor(1)"])
    ]
    plans = styles.plans(examples, tf.compat.v1, tf.compat.v1)
    assert [plan.modes for plan in plans] == [("graph",), ("eager",)]


def test_error_of_eager_mode_that_a_document_shows():
    """It comes from the program that switches eager mode on, whatever else it uses."""
    examples = [
        {"code": "tf.enable_eager_execution()", "scope": "", "documented": None},
        {
            "code": "tf.placeholder(tf.float32)",
            "scope": "",
            "documented": "RuntimeError: tf.placeholder() is not compatible with eager execution.",
        },
    ]
    assert [plan.modes for plan in styles.plans(examples, tf, tf.compat.v1)] == [("eager",), ("eager",)]
