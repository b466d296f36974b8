"""Lines that a change makes too long."""

import ast

import pytest

from tfsoftmax_compat.tools.migrate.files import process
from tfsoftmax_compat.tools.migrate.wrapping import wrapped

LOSS = "tf.nn.softmax_cross_entropy_with_logits"
WRAPPED = {
    "before the arguments": (
        f"loss = tf.reduce_mean({LOSS}(logits=self.logits, labels=tf.stop_gradient(self.labels)))",
        f"loss = tf.reduce_mean({LOSS}(\n    logits=self.logits, labels=tf.stop_gradient(self.labels)))",
    ),
    "after a comma": (
        f"loss = {LOSS}(logits=self.logits, labels=tf.stop_gradient(y))",
        f"loss = {LOSS}(logits=self.logits,\n{' ' * 47}labels=tf.stop_gradient(y))",
    ),
    "the outer comma": (
        f"loss = f(first_argument[1, 2], {LOSS}(logits=x, labels=y), last)",
        f"loss = f(first_argument[1, 2],\n         {LOSS}(logits=x, labels=y), last)",
    ),
    "several times": (
        f"a, b = 1, {LOSS}(labels=tf.stop_gradient(self.all_labels[index]), logits=self.all_logits[index])",
        f"a, b = 1, {LOSS}(\n    labels=tf.stop_gradient(self.all_labels[index]),\n    logits=self.all_logits[index])",
    ),
    "in a bracket of an earlier line": (
        f"loss = f(\n    {LOSS}(labels=y, logits=self.logits), the_second)",
        f"loss = f(\n    {LOSS}(labels=y, logits=self.logits),\n    the_second)",
    ),
    "behind tabs": (
        f"if a:\n\tloss = tf.reduce_mean({LOSS}(logits=x, labels=tf.stop_gradient(y)))",
        f"if a:\n\tloss = tf.reduce_mean({LOSS}(\n\t    logits=x, labels=tf.stop_gradient(y)))",
    ),
    "with Windows' line ends": (
        f"x = 1\r\nloss = {LOSS}(logits=self.logits, labels=tf.stop_gradient(y))\r\n",
        f"x = 1\r\nloss = {LOSS}(logits=self.logits,\r\n{' ' * 47}labels=tf.stop_gradient(y))\r\n",
    ),
}
LEFT = {
    "a comment": f"loss = {LOSS}(logits=self.logits, labels=tf.stop_gradient(self.labels))  # noqa",
    "no place": f"a_name_that_leaves_no_place_for_the_function_and_its_bracket = {LOSS}(self.labels_and_logits)",
    "in a string": f"loss = 'a string that is long, and has commas, (brackets, too), and {LOSS}(logits=x, labels=y)'",
    "not in brackets": f"first_name_of_a_tuple, second_name, third_name = {LOSS}, tf.nn.softmax, tf.nn.log_softmax",
}


@pytest.mark.parametrize("case", WRAPPED)
def test_wrapped(case):
    before, after = WRAPPED[case]
    assert wrapped("x = 1\n", before) == after
    assert ast.dump(ast.parse(before)) == ast.dump(ast.parse(after))
    assert max(map(len, after.splitlines())) <= 79 < max(map(len, before.splitlines()))


@pytest.mark.parametrize("case", LEFT)
def test_left(case):
    assert wrapped("x = 1\n", LEFT[case]) == LEFT[case]


def test_longest_line_of_the_file_is_the_limit():
    before, _ = WRAPPED["after a comma"]
    assert wrapped(f"# {'-' * len(before)}\n", before) == before


def test_migrated_file(tmp_path):
    path = tmp_path / "a.py"
    call = f"def f(self):\n    return {LOSS}(labels=self.labels, logits=self.logits)\n"
    path.write_text(f"import tensorflow as tf\n{call}")
    result = process(str(path), "native", edit=True, write=True)
    assert path.read_text() == result.after
    assert f"{LOSS}(labels=tf.stop_gradient(self.labels),\n{' ' * 51}logits=self.logits)\n" in result.after


def test_deeply_nested_code_is_wrapped_too():
    """The sum is nested deeper than Python's recursion limit lets a tree be walked."""
    before, after = WRAPPED["before the arguments"]
    total = "total = (" + " +\n".join(["1"] * 2000) + ")\n"
    assert wrapped(total, total + before) == total + after
