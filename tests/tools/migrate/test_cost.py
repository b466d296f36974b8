"""The time to migrate a file is proportional to the number of calls in it."""

import time

import pytest

from tfsoftmax_compat.tools.migrate.source import migrate_source

IMPORT = "import tensorflow as tf\n"
LOSS = "tf.nn.softmax_cross_entropy_with_logits(labels=a, logits="
PARTS = {
    "module": (IMPORT, "y{i} = tf.nn.softmax(x{i}, dim=1)\nl{i} = " + LOSS + "y{i})\n"),
    "one name": (IMPORT, "y = tf.nn.softmax(y, dim=1)\nl = " + LOSS + "y)\n"),
    "function": (IMPORT + "def f(a):\n", "    y = tf.nn.softmax(y, dim=1)\n    l = " + LOSS + "y)\n"),
    "functions": (IMPORT, "def f{i}(a):\n    y = g(a)\n    p = tf.nn.softmax(y, dim=1)\n    return " + LOSS + "y)\n"),
    "imports": (
        "",
        "def f{i}(a):\n    import tensorflow as tf\n    from tensorflow.nn import softmax\n    y = softmax(a, dim=1)\n"
        "    return " + LOSS + "y)\n",
    ),
    "untraced": ("def f(F, a):\n", "    y = F.nn.softmax(a, dim=1)\n    l = F." + LOSS.removeprefix("tf.") + "y)\n"),
}


def seconds(part, parts):
    """The time that a file with so many `parts` takes."""
    head, text = PARTS[part]
    source = head + "".join(text.replace("{i}", str(i)) for i in range(parts))
    start = time.process_time()
    migrate_source(source, "native")
    return time.process_time() - start


@pytest.mark.parametrize("part", PARTS)
def test_cost_is_linear(part):
    """Eight times the calls take about eight times as long; a quadratic cost would be 64 times as long."""
    seconds(part, 10)
    assert seconds(part, 2000) < 20 * seconds(part, 250)
