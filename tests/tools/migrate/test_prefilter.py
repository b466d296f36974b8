"""Which texts are parsed at all."""

import pytest

from tfsoftmax_compat.tools.migrate.prefilter import is_concerned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y = tf.nn.softmax(x)\n", True),
        ("y = f(x)  # softmax\n", True),  # it may be in a string
        ("# softmax\ny = f(x)\n", False),
        ("if y:\n    # uses softmax_cross_entropy\n    pass\n", False),
        ("# softmax\ny = tf.nn.log_softmax(x)\n", True),
        ("y = f(x)\n", False),
        ("import tensorflow as tf\ny = tf.losses.Reduction.SUM\n", True),
        ("import tensorflow as tf\ny = tf.image.ResizeMethod\n", False),
        # the name may be in pieces
        ("import tensorflow as tf\ny = eval('tf.nn.soft' + 'max')\n", True),
        ("import tensorflow as tf\ny = vars(tf.nn)['soft' + 'max']\n", True),
        ("import tensorflow as tf\ny = tf.abs(x).eval()\n", False),
        ("y = eval('f' + 'g')\n", False),
        ("import builtins, tensorflow as tf\ny = builtins.getattr(tf.nn, name)\n", True),
        ("import tensorflow as tf\ny = object.__getattribute__(tf.nn, name)\n", True),
        # another file may look a name up
        ("import tensorflow as tf\ny = lookup(tf.nn, name)\n", True),
        ("import tensorflow as tf\nops = [tf.losses]\n", True),
        ("import tensorflow as tf\ny = tf.nn.relu(tf.nn .tanh(x))\n", False),
        ("from tensorflow.python.ops import nn\n", False),
    ],
)
def test_is_concerned(text, expected):
    assert is_concerned(text) is expected
    assert is_concerned(text.encode("utf-8")) is expected
    assert is_concerned(text.encode("utf-16")) is expected


def test_names_in_other_forms_of_their_letters():
    text = "y = tf.nn.ｓｏｆｔｍａｘ(x)\n"
    assert is_concerned(text)
    assert is_concerned(text.encode("utf-8"))
    assert not is_concerned("y = tf.nn.ｒｅｌｕ(x)\n")
