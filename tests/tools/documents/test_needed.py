"""What is run: documented examples, and what they need."""

import pytest

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.needed import names_of, needed


def kept(*codes):
    """The positions of the examples that are needed; the code of documented ones starts with "!"."""
    examples = [Example("a", i, code.lstrip("!"), "1" if code[0] == "!" else None) for i, code in enumerate(codes)]
    return [example.line for example in needed(examples)]


def test_what_is_not_needed():
    assert kept("print(1)", "y = 2", "while True: pass", "raise SystemExit", "!print(3)", "z = 4") == [4]
    assert kept("import sys", "sys.exit()", "import os", "os._exit(1)", "!print(3)") == [4]
    assert kept("softmax(\n  logits,\n  axis=None,\n)", "!print(1)") == [1]
    assert kept("logits = [1.0]", "softmax(logits, axis=None)", "!print(logits)") == [0, 2]
    assert kept("x = 1", "print(x)") == []


def test_names():
    assert kept("import a", "x = a.b", "y = x", "!print(y)") == [0, 1, 2, 3]
    assert kept("x = 1", "!x = 2\nprint(x)") == [1]
    assert kept("x = 1", "x = 2", "!print(x)") == [0, 1, 2]
    assert kept("x = 1", "!def f():\n  return x\nf()") == [0, 1]
    assert kept("x = 1", "!x += 1\nprint(x)") == [0, 1]
    assert kept("if a: x = 1", "x: int = 2", "for x in y: pass", "!print(x)") == [0, 1, 2, 3]
    assert kept("filter = 1", "!print(filter)") == [0, 1]
    assert kept("class A: pass", "def f(): global b; b = 1", "!print(A, b)") == [0, 1, 2]


def test_star_imports():
    assert kept("from a import *", "!print(1)") == [0, 1]
    assert kept("!print(1)", "from a import *") == [0]


def test_python_2_binds_nothing():
    assert kept("x = 1\nprint x", "x = 1", "!print(x)") == [1, 2]


def test_sessions_of_tf1():
    with_session = "import tensorflow as tf\nwith tf.Session() as sess:\n  %s\n"
    assert kept(with_session % "a = sess.run(x)", "!" + with_session % "print(sess.run(1))") == [1]
    assert kept(
        "import tensorflow as tf",
        "sess = tf.Session()",
        "v = tf.Variable(1)",
        "init = tf.global_variables_initializer()",
        "sess.run(init)",
        "unused = tf.constant(1)",
        "!print(sess.run(v))",
    ) == [0, 1, 2, 3, 4, 6]


@pytest.mark.parametrize(
    "act",
    [
        "x.append(1)",
        "x[0] = 1",
        "x.y = 1",
        "del x[0]",
        "y = x.pop()",
        "change(x)",
        "y = change(x)",
        "for i in range(3):\n  x.append(i)",
        "with tf.device('cpu'):\n  x.append(1)",
        "np.random.shuffle(x)",
        "part[0] = 1",
        "other.append(1)",
        "act()",
        "y = act()",
    ],
)
def test_acts(act):
    """On the thing, a part of it, the same by another name, or through a function."""
    above = [
        "import numpy as np, tensorflow as tf",
        "x = [[1]]",
        "other = x",
        "part = x[0]",
        "def change(y):\n  y.append(1)",
        "def act():\n  x.append(1)",
    ]
    assert 6 in kept(*above, act, "!print(x)")
    assert 6 not in kept(*above, act, "!print(0)")


@pytest.mark.parametrize(
    "switch",
    [
        "np.set_printoptions(precision=3)",
        "np.random.seed(0)",
        "tf.enable_eager_execution()",
        "tf.compat.v1.disable_v2_behavior()",
        "tf.reset_default_graph()",
        "with open('a', 'w') as f:\n  f.write('a')",
    ],
)
def test_switches(switch):
    imports = "import numpy as np\nimport tensorflow as tf"
    assert 1 in kept(imports, switch, "!print(x)")
    assert 2 not in kept(imports, "!print(x)", switch)
    assert kept(switch.replace("open", "np.open"), "!print(x)") == [1]  # it can't run


def test_seeds_and_names_of_ops():
    """Each op made before counts."""
    assert kept("import a", "a.seed(1)", "b = a.rand()", "!print(a.rand())") == [0, 1, 2, 3]
    examples = [Example("a", 1, "import a", None), Example("a", 2, "b = a.c()", None)]
    documented = Example("a", 3, "print(a.c())", 'Tensor("c_1:0", shape=())')
    assert needed([*examples, documented]) == [*examples, documented]


def test_scopes():
    first = Example("a", 1, "x = 1", None, scope="f")
    other = Example("a", 2, "x = 1", None, scope="g")
    last = Example("a", 3, "print(x)", "1", scope="f")
    assert needed([first, other, last]) == [first, last]


def test_code_that_only_parses():
    assert names_of("return 1").binds == set()
