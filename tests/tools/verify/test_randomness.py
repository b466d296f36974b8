import pytest

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.verify.randomness import depending_on_chance


@pytest.mark.parametrize(
    "codes, depending",
    [
        (["x = np.random.rand(2)", "y = x + 1", "print(y)", "print(1)"], "1110"),
        (["np.random.seed(0)\nx = np.random.rand(2)", "print(x)"], "00"),
        (["np.random.seed(0)\nx = tf.random.normal([2])", "print(x)"], "11"),
        (["r = np.random.RandomState(0)", "x = r.rand(2)", "print(x)"], "000"),
        (["x = tf.random_normal([2], seed=1)", "print(x)"], "00"),
        (["x = np.random.rand(2)", "x = 1", "print(x)"], "100"),
        (["def f():\n    return random.random()", "print(f())"], "11"),
        (["layer = tf.keras.layers.Dense(2)", "print(layer)"], "11"),
        (["x = tf.constant(1)", "print(x)"], "00"),
        (["x = (", "print(x)"], "00"),
        (["i = tf.random_uniform_initializer()", "print(i)"], "11"),
        (["i = tf.zeros_initializer()", "print(i)"], "00"),
        (["i = tf.global_variables_initializer()", "sess.run(i)", "print(sess.run(x))"], "000"),
        (["i = [tf.compat.v1.local_variables_initializer(), tf.tables_initializer()]", "print(i)"], "00"),
    ],
)
def test_examples_that_depend_on_chance(codes, depending):
    examples = [Example("a.md", line, code, None) for line, code in enumerate(codes)]
    found = depending_on_chance(examples)
    assert "".join(str(int(example in found)) for example in examples) == depending


def test_what_a_seed_fixes_counts_if_asked_for():
    examples = [Example("a.md", 1, "np.random.seed(0)\nx = np.random.rand(2)", None), Example("a.md", 5, "1", "1")]
    assert depending_on_chance(examples, also_seeded=True) == {examples[0]}
