"""The tf1 namespace: unchanged TF1 code, in graph mode and in eager mode."""

import collections
import itertools
import os
import subprocess
import sys
import threading

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
        assert "tf1.disable_v2_behavior()" in str(caught.value) and "\n" not in str(caught.value)
    eager = tf.nn.softmax(LOGITS)
    with pytest.raises(RuntimeError, match="a feed needs graph mode"):
        tf.Session().run(eager, feed_dict={"x:0": np.zeros(6)})


Pair = collections.namedtuple("Pair", "first second")


def test_eager_fetches_keep_their_structure():
    one = tf.constant(1.0)
    fetches = {"list": [one, (one, Pair(one, [one]))], "ordered": collections.OrderedDict([("a", one)])}
    result = tf.Session().run(fetches)
    assert result == {"list": [1.0, (1.0, Pair(1.0, [1.0]))], "ordered": {"a": 1.0}}
    assert type(result["ordered"]) is collections.OrderedDict and type(result["list"][1][1]) is Pair
    assert type(result["list"][0]) is np.float32


def test_eager_values_are_what_a_session_gives():
    assert tf.Session().run(tf.constant(b"bytes")) == b"bytes"
    assert isinstance(tf.Session().run(tf.constant([1, 2])), np.ndarray)
    variable = tf.get_variable("fetched", [2], initializer=tf.zeros_initializer(), use_resource=True)
    assert tf.Session().run(variable).tolist() == [0.0, 0.0]
    sparse = tf.Session().run(tf.SparseTensor([[0, 1]], [5.0], [1, 2]))
    assert isinstance(sparse, tf.SparseTensorValue) and sparse.values.tolist() == [5.0]


def variable(value=0.0):
    return tf.get_variable("v%d" % next(NUMBERS), initializer=value, use_resource=True)


NUMBERS = itertools.count()
RANDOM = [
    lambda: tf.random_normal([2]),
    lambda: tf.nn.dropout(tf.ones([2]), keep_prob=0.5),
    lambda: tf.random_shuffle([1.0, 2.0]),
]
OF_VARIABLE = [
    lambda: variable() * 2.0,
    lambda: tf.identity(variable()),
    lambda: variable().read_value(),
]
# Operations on a scalar that must not hide what it was computed from.
THROUGH = {
    "as it is": lambda x: x,
    "softmax": lambda x: tf.nn.softmax([x, 1.0]),
    "loss": lambda x: tf.losses.softmax_cross_entropy([[0.5, 0.5]], [[1.0, x]]),
    "identity": tf.identity,
    "cast": lambda x: tf.cast(x, tf.float64),
    "reshape": lambda x: tf.reshape(x, [1, 1]),
    "stack": lambda x: tf.stack([x, x]),
    "list": lambda x: tf.add([x, x], 1.0),
    "cond": lambda x: tf.cond(tf.constant(True), lambda: x, lambda: x + 1.0),
    "sparse": lambda x: tf.SparseTensor([[0]], tf.reshape(x, [1]), [1]),
    "gradient stopped": tf.stop_gradient,
}


@pytest.mark.parametrize("through", THROUGH)
@pytest.mark.parametrize("source", [lambda: tf.random_normal([]), lambda: variable() + 1.0], ids=["random", "variable"])
def test_a_tensor_that_depends_on_state_needs_graph_mode(source, through):
    with pytest.raises(tf.GraphModeRequired, match="computed from a variable, a random number"):
        tf.Session().run({"a": [THROUGH[through](source())]})


@pytest.mark.parametrize("make", RANDOM + OF_VARIABLE)
def test_what_another_run_would_change_needs_graph_mode(make):
    with pytest.raises(tf.GraphModeRequired):
        tf.Session().run(make())


@pytest.mark.parametrize("assign", ["assign", "assign_add", "assign_sub"])
def test_a_variable_can_be_read_until_it_is_assigned_to(assign):
    session, read, changed = tf.Session(), variable(3.0), variable(3.0)
    operation = getattr(tf, assign)(changed, 1.0)
    assert session.run([read, read]) == [3.0, 3.0]
    for fetched in (changed, operation):
        with pytest.raises(tf.GraphModeRequired):
            session.run(fetched)


def test_a_variable_that_an_optimizer_changed_needs_graph_mode():
    trained = variable(1.0)
    tf.train.GradientDescentOptimizer(0.1).minimize(lambda: trained * trained)
    with pytest.raises(tf.GraphModeRequired, match="assigned to"):
        tf.Session().run(trained)


@pytest.mark.skipif(bindings.VERSION < (2, 0), reason="there is no tf.function")
def test_what_a_tf_function_computes_or_changes_needs_graph_mode():
    state = variable(1.0)
    for function in (lambda: state * 2.0, lambda: state.assign_add(1.0)):
        with pytest.raises(tf.GraphModeRequired):
            tf.Session().run(bindings.tf.function(function)())
    with pytest.raises(tf.GraphModeRequired):
        tf.Session().run(state)


def test_another_thread_that_uses_tf1_is_observed():
    caught = []

    def work():
        try:
            tf.Session().run(tf.random_normal([]))
        except tf.GraphModeRequired as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert caught


def graph_only():
    loss = tf.reduce_sum(tf.constant(LOGITS))
    return {
        "initializer": lambda: tf.Session().run(tf.global_variables_initializer()),
        "None": lambda: tf.Session().run({"a": [None]}),
        "name": lambda: tf.Session().run("prob:0"),
        "feed": lambda: loss.eval({"x:0": 1.0}, tf.Session()),
        "make_callable": lambda: tf.Session().make_callable(loss),
        "minimize": lambda: tf.train.GradientDescentOptimizer(0.1).minimize(loss),
        "gradients": lambda: tf.gradients(loss, [loss]),
        "py_func": lambda: tf.py_func(lambda: 1.0, [], tf.float64),
        "get_total_loss": lambda: tf.losses.get_total_loss(),
        "get_losses": lambda: tf.losses.get_losses(scope="of none"),
        "trainable_variables": lambda: tf.trainable_variables(),
        "get_collection": lambda: tf.get_collection("empty"),
    }


@pytest.mark.parametrize("what", graph_only())
def test_what_needs_graph_mode_says_how_to_get_it(what):
    with pytest.raises(tf.GraphModeRequired) as caught:
        graph_only()[what]()
    assert "tf1.disable_v2_behavior()" in str(caught.value) and "\n" not in str(caught.value)


def test_eval_is_the_sessions_run():
    value, state = tf.nn.softmax(LOGITS), variable(2.0)
    with tf.Session() as session:
        assert value.eval().tolist() == value.eval(session=session).tolist() == value.numpy().tolist()
        assert state.eval() == state.eval(session) == 2.0
        with pytest.raises(tf.GraphModeRequired):
            (state * 2.0).eval()
    for fetched in (value, state):
        with pytest.raises(ValueError, match="eval\\(\\) needs a session"):
            fetched.eval()
    interactive = tf.InteractiveSession()
    assert value.eval().tolist() == value.numpy().tolist()
    interactive.close()
    with new_graph():
        in_graph = variable(5.0)
        with tf.Session() as session:
            session.run(in_graph.initializer)
            assert in_graph.eval() == 5.0


def test_with_session_leaves_eager_mode_as_it_is():
    outside, state = tf.constant(LOGITS), variable(4.0)
    with tf.Session() as session:
        assert bindings.executing_eagerly()
        assert session.run(tf.nn.softmax(outside)).shape == (6,) and session.run(state) == 4.0
        assert bindings.quiet_v1.get_default_session() is session
        with pytest.raises(RuntimeError, match="not re-entrant"):
            with session:
                pass
    assert bindings.quiet_v1.get_default_session() is None
    with pytest.raises(ZeroDivisionError):
        with tf.Session():
            1 / 0


def test_a_session_of_a_given_graph_enters_it_in_eager_mode():
    with new_graph() as graph:
        three = tf.constant(3.0)
    with tf.Session(graph=graph) as session:
        assert session.run(three) == session.run(three.name) == 3.0
        if bindings.GRAPH_ENTERS_GRAPH_MODE:
            assert not bindings.executing_eagerly()


COUNTER = """
v = tf.Variable(0)
inc = tf.assign_add(v, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print([int(sess.run(inc)) for _ in range(3)])
"""


def test_disable_v2_behavior_makes_tf1_code_run_as_on_tf1():
    program = "from tfsoftmax_compat import tf1 as tf\ntf.disable_v2_behavior()\n" + COUNTER
    completed = fresh.run(program)
    assert completed.stdout.strip() == "[1, 2, 3]"


def test_the_same_code_in_eager_mode_raises():
    with pytest.raises(AssertionError, match="GraphModeRequired: running an operation needs graph mode"):
        run_program("eager", COUNTER.replace("Variable(0)", "get_variable('v', initializer=0, use_resource=True)"))


def test_disable_v2_behavior_called_too_late_says_so():
    tf.constant(1.0)
    with pytest.raises(RuntimeError, match="too late"):
        tf.disable_v2_behavior()
    assert bindings.executing_eagerly()


def test_own_calls_print_no_deprecation_and_the_users_do():
    program = """
import sys
from tfsoftmax_compat import nn, losses, tf1
for module in (nn, tf1.nn):
    module.softmax_cross_entropy_with_logits(labels=[[1.0, 0.0]], logits=[[1.0, 2.0]])
for module in (losses, tf1.losses):
    module.softmax_cross_entropy([[1.0, 0.0]], [[1.0, 2.0]])
    module.sparse_softmax_cross_entropy([0], [[1.0, 2.0]])
tf1.Session()
print("the user's", file=sys.stderr)
tf1.to_float([1])
"""
    completed = fresh.run(program)
    own, users = completed.stderr.split("the user's")
    assert "deprecated" not in own
    if bindings.VERSION >= (1, 13):
        assert "to_float" in users and "deprecated" in users


@pytest.mark.parametrize("name", ["contrib", "estimator", "examples"])
def test_a_part_that_is_gone_says_what_to_use(name):
    if name in ("contrib", "estimator") and hasattr(bindings.v1, name):
        assert getattr(tf, name)
    elif bindings.VERSION >= (2, 0):
        with pytest.raises(AttributeError, match="tf.%s is gone since TensorFlow 2" % name) as caught:
            getattr(tf, name)
        assert "--tf 1.15" in str(caught.value)


KERAS_2_PROGRAM = """
import warnings
warnings.simplefilter("ignore")
from tfsoftmax_compat import tf1 as tf
tf.disable_v2_behavior()
print(tf.layers.dense(tf.ones([2, 3]), 4).shape)
tf.nn.rnn_cell.BasicLSTMCell(3)
"""


@pytest.mark.skipif(bindings.VERSION < (2, 16), reason="Keras is version 2")
def test_layers_say_that_they_need_keras_2_and_work_with_it():
    for lookup in (lambda: tf.layers.dense, lambda: tf.nn.rnn_cell.BasicLSTMCell):
        with pytest.raises(AttributeError, match="pip install tf_keras.* TF_USE_LEGACY_KERAS=1 .* before"):
            lookup()
    pytest.importorskip("tf_keras")
    environment = dict(os.environ, TF_USE_LEGACY_KERAS="1")
    printed = subprocess.check_output([sys.executable, "-c", KERAS_2_PROGRAM], env=environment)
    assert printed.decode().strip() == "(2, 4)"


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


def test_the_names_of_a_module_are_those_of_tensorflow_and_ours():
    for module, own, beneath in ((tf.nn, nn, bindings.v1.nn), (tf, None, bindings.v1)):
        names = vars(module)
        assert set(vars(beneath)) - {"__path__"} <= set(names) and "__path__" not in names
        assert not {name for name in set(names) - set(vars(beneath)) if name.startswith("_") and name[1] != "_"}
        assert all(names[name] is getattr(own, name) for name in getattr(own, "__all__", ()))
    assert vars(tf)["nn"] is tf.nn and vars(tf)["Session"] is tf.Session
    if "relu" in vars(bindings.v1.nn):  # not in TF 1.14, which hides it in a wrapper
        assert vars(tf.nn)["relu"] is tf.nn.relu and set(dir(tf.nn)) <= set(vars(tf.nn))


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
        (lambda: tf.nn.softmax_cross_entropy, "tf.losses.softmax_cross_entropy"),
        (lambda: tf.Sesion, "tf.Session"),
        (lambda: tf.nn.reluu, "tf.nn.relu"),
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


def test_sessions_are_displayed_as_tensorflows():
    """Documents show them."""
    assert repr(tf.Session()).startswith("<tensorflow.python.client.session.Session object at 0x")
    assert str(tf.InteractiveSession) == "<class 'tensorflow.python.client.session.InteractiveSession'>"
