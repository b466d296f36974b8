"""The tf1 namespace: unchanged TF1 code, in graph mode and in eager mode."""

import collections

import fresh
import numpy as np
import pytest
from modes import GradientTape, new_graph

from tfsoftmax_compat import losses, nn
from tfsoftmax_compat import tf1 as tf
from tfsoftmax_compat._runtime import bindings

DOCUMENTED = "[0.07768121 0.07768121 0.21115941 0.21115941 0.21115941 0.21115941]"
LOGITS = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]

START = {
    "graph": "bindings.VERSION < (2, 0) or tf.disable_eager_execution()",
    "eager": "bindings.enable_eager_execution()",
}


def run_program(mode, program):
    """Run a program from its start in one mode; its standard output."""
    lines = [
        "from tfsoftmax_compat import tf1 as tf",
        "from tfsoftmax_compat._runtime import bindings",
        "tf.logging.set_verbosity(tf.logging.ERROR)",
        START[mode],
        program,
    ]
    completed = fresh.run("\n".join(lines))
    assert completed.returncode == 0, completed.stderr
    return completed.stdout.strip()


@pytest.mark.parametrize("program_mode", START)
def test_tf1_code_runs_unchanged(program_mode):
    printed = run_program(
        program_mode,
        """
logits = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
res_op = tf.nn.softmax(logits)
sess = tf.Session()
print(sess.run(res_op))
with tf.Session() as sess:
    print(sess.run(res_op))
with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as sess:
    result = sess.run({"a": [tf.nn.softmax(logits)], "b": (res_op,)})
print(result["a"][0])
assert result["a"][0].tobytes() == result["b"][0].tobytes() or abs(result["a"][0] - result["b"][0]).max() < 1e-7
sess.close()
sess = tf.InteractiveSession()
print(sess.run(res_op))
sess.close()
""",
    )
    assert printed.splitlines() == [DOCUMENTED] * 4


def test_training_in_graph_mode():
    """Placeholders, feeds, variables, an optimiser: losses fall, on every release, with the softmax family ours."""
    random = np.random.RandomState(0)
    features = random.randn(30, 4)
    classes = np.eye(3)[random.randint(3, size=30)]
    with new_graph():
        x = tf.placeholder(tf.float32, [None, 4])
        y = tf.placeholder(tf.float32, [None, 3])
        w = tf.Variable(tf.zeros([4, 3]))
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=tf.matmul(x, w)))
        train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            values = [sess.run([train, loss], feed_dict={x: features, y: classes})[1] for _ in range(20)]
    assert values[0] == pytest.approx(np.log(3), rel=1e-6) and values[-1] < values[0]


def test_placeholder_and_feed_in_eager_mode_say_how_to_get_graph_mode():
    for placeholder in (tf.placeholder, tf.sparse_placeholder):
        with pytest.raises(RuntimeError) as caught:
            placeholder(tf.float32, [2])
        assert "needs graph mode" in str(caught.value)
        assert "eager_execution()" in str(caught.value) and "\n" not in str(caught.value)
    eager = tf.nn.softmax(LOGITS)
    with pytest.raises(RuntimeError, match="a feed needs graph mode"):
        tf.Session().run(eager, feed_dict={"x:0": np.zeros(6)})


Pair = collections.namedtuple("Pair", "first second")


def test_eager_fetches_keep_their_structure():
    one = tf.constant(1.0)
    fetches = {"list": [one, (one, Pair(one, [one]))], "ordered": collections.OrderedDict([("a", one)]), "none": None}
    result = tf.Session().run(fetches)
    assert result == {"list": [1.0, (1.0, Pair(1.0, [1.0]))], "ordered": {"a": 1.0}, "none": None}
    assert type(result["ordered"]) is collections.OrderedDict and type(result["list"][1][1]) is Pair
    assert type(result["list"][0]) is np.float32


def test_eager_values_are_what_a_session_gives():
    assert tf.Session().run(tf.constant(b"bytes")) == b"bytes"
    assert isinstance(tf.Session().run(tf.constant([1, 2])), np.ndarray)
    variable = tf.get_variable("fetched", [2], initializer=tf.zeros_initializer(), use_resource=True)
    assert tf.Session().run(variable).tolist() == [0.0, 0.0]
    sparse = tf.Session().run(tf.SparseTensor([[0, 1]], [5.0], [1, 2]))
    assert isinstance(sparse, tf.SparseTensorValue) and sparse.values.tolist() == [5.0]


def test_fetches_of_eager_and_graph_tensors_together():
    eager = tf.constant([1.0, 2.0])
    with new_graph():
        with tf.Session() as session:
            in_graph = tf.constant(3.0)
            result = session.run({"graph": [in_graph, in_graph], "eager": eager})
    assert result["graph"] == [3.0, 3.0] and result["eager"].tolist() == [1.0, 2.0]


def test_graph_sessions_are_tensorflows():
    with new_graph():
        x = tf.placeholder(tf.float32, [2])
        doubled = x * 2
        session = tf.Session()
        assert session.run({"a": [doubled]}, feed_dict={x: [1, 2]})["a"][0].tolist() == [2.0, 4.0]
        assert session.run(doubled.name, {x: [1, 2]}).tolist() == [2.0, 4.0]
        with pytest.raises(TypeError):
            session.run(None)
        session.close()
        with pytest.raises(RuntimeError):
            session.run(doubled, {x: [1, 2]})


def test_sessions_are_instances_of_tensorflows():
    v1 = bindings.v1
    assert isinstance(tf.Session(), v1.Session)
    assert issubclass(tf.InteractiveSession, v1.InteractiveSession)


def test_softmax_family_is_ours_and_the_rest_tensorflows():
    v1 = bindings.v1
    for name in nn.__all__:
        assert getattr(tf.nn, name) is getattr(nn, name)
    for name in losses.__all__:
        assert getattr(tf.losses, name) is getattr(losses, name)
    assert tf.nn.relu is v1.nn.relu
    assert tf.losses.mean_squared_error is v1.losses.mean_squared_error
    assert tf.train.GradientDescentOptimizer is v1.train.GradientDescentOptimizer
    assert tf.__version__ == v1.__version__
    assert "Session" in dir(tf) and "reduce_mean" in dir(tf) and "relu" in dir(tf.nn)


@pytest.mark.parametrize(
    "lookup, right",
    [
        (lambda: tf.sparse_softmax_cross_entropy_with_logits, "tf.nn.sparse_softmax_cross_entropy_with_logits"),
        (lambda: tf.nn.sparse_cross_entropy_with_logits, "tf.nn.sparse_softmax_cross_entropy_with_logits"),
        (lambda: tf.softmax_cross_entropy_with_logits, "tf.nn.softmax_cross_entropy_with_logits"),
        (lambda: tf.nn.sofmax, "tf.nn.softmax"),
    ],
)
def test_misspelt_name_gets_the_right_one(lookup, right):
    with pytest.raises(AttributeError) as caught:
        lookup()
    assert "did you mean %s?" % right in str(caught.value)


def test_unknown_name_says_which_release_lacks_it():
    with pytest.raises(AttributeError) as caught:
        tf.no_such_name
    assert str(caught.value) == "tf, as TensorFlow %s has it, has no attribute 'no_such_name'" % tf.__version__


def test_gradient_tape_of_a_session_program_in_eager_mode():
    x = tf.constant([[1.0, 2.0]])
    with GradientTape() as tape:
        tape.watch(x)
        loss = tf.nn.softmax_cross_entropy_with_logits(labels=[[0.0, 1.0]], logits=x)
    assert tf.Session().run(tape.gradient(loss, [x]))[0].shape == (1, 2)
