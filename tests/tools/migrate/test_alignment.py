"""The lines of the result: those that continue a bracket follow it where it moves."""

import pytest

from tfsoftmax_compat.tools.migrate.source import migrate_source

IMPORT = "import tensorflow as tf\n"
V2 = "tf.nn.softmax_cross_entropy_with_logits_v2("
NEW = "nn.softmax_cross_entropy_with_logits_v2("


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # aligned with the bracket, with a comment, and in a bracket that moves itself
        (
            "y = tf.nn.softmax(x,  # the input\n                  # rows\n                  dim=1)\n",
            "y = nn.softmax(x,  # the input\n               # rows\n               dim=1)\n",
        ),
        (
            "y = tf.nn.softmax(tf.nn.softmax(x,\n                                dim=1),\n                  dim=0)\n",
            "y = nn.softmax(nn.softmax(x,\n                          dim=1),\n               dim=0)\n",
        ),
        # a closing bracket under the opening one, or under the arguments
        ("y = tf.nn.softmax(x, dim=1\n                 )\n", "y = nn.softmax(x, dim=1\n              )\n"),
        ("y = tf.nn.softmax(x, dim=1\n                  )\n", "y = nn.softmax(x, dim=1\n               )\n"),
        # indented from the start of a line
        ("y = tf.nn.softmax(\n    x,\n    dim=1,\n)\n", "y = nn.softmax(\n    x,\n    dim=1,\n)\n"),
        (
            "y = tf.nn.softmax(x,\n                  name=g(\n                      1),\n                  dim=0)\n",
            "y = nn.softmax(x,\n               name=g(\n                   1),\n               dim=0)\n",
        ),
        (
            f"y = tf.nn.softmax(x,\n                  dim=1) + {V2}\n    y,\n    x)\n",
            f"y = nn.softmax(x,\n               dim=1) + {NEW}\n    y,\n    x)\n",
        ),
        # what is neither
        ("y = tf.nn.softmax(x,\n      dim=1)\n", "y = nn.softmax(x,\n      dim=1)\n"),
        ("y = tf.nn.softmax(x,\n\t\t\tdim=1)\n", "y = nn.softmax(x,\n\t\t\tdim=1)\n"),
        (
            "y = tf.nn.softmax(f('''\n                  '''),\n                  dim=1)\n",
            "y = nn.softmax(f('''\n                  '''),\n               dim=1)\n",
        ),
        ("y = tf.nn \\\n    .softmax(x,\n             dim=1)\n", "y = nn.softmax(x,\n               dim=1)\n"),
    ],
)
def test_lines_that_continue_a_bracket(before, after):
    """The text before them is changed, so that the bracket moves."""
    assert (
        migrate_source(IMPORT + "f(tf)\n" + before).text == f"{IMPORT}from tfsoftmax_compat import nn\nf(tf)\n{after}"
    )


def test_bracket_that_does_not_move():
    """Nothing else changes, whatever the alignment."""
    text = IMPORT + "y = tf.nn.softmax(x,\n                  dim=1)\nz = f(1,\n  [2,\n       3])\n"
    assert migrate_source(text, "native").text == text.replace("dim", "axis")
