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
    ],
)
def test_is_concerned(text, expected):
    assert is_concerned(text) is expected
    assert is_concerned(text.encode("utf-8")) is expected
    assert is_concerned(text.encode("utf-16")) is expected
