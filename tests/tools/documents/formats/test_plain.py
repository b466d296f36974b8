"""Plain text, copied from a page."""

from pathlib import Path

from tfsoftmax_compat.tools.documents import Example, blocks
from tfsoftmax_compat.tools.documents.formats import plain


def examples(a_format, text, path):
    return blocks.document(a_format.blocks(text, path), path).examples


BLOG = Path(__file__).with_name("samples") / "blog.txt"
SOFTMAX = """\
import tensorflow as tf

logits = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
res_op = tf.nn.%s(logits)
sess = tf.Session()
result = sess.run(res_op)
print(result)
print(sum(result))
"""


def found(text):
    return [(example.line, example.code, example.documented) for example in examples(plain, text, "a.txt")]


def test_blog():
    found_examples = examples(plain, BLOG.read_text("utf-8"), "a.txt")
    listing = "softmax(\n    logits,\n    axis=None,\n    name=None\n)\n"
    softmax = Example(
        "a.txt",
        39,
        SOFTMAX % "softmax",
        "[0.07768121 0.07768121 0.21115941 0.21115941 0.21115941 0.21115941]\n1.0000000447034836",
    )
    log_softmax = Example(
        "a.txt",
        79,
        SOFTMAX % "log_softmax",
        "[-2.555142  -2.555142  -1.5551419 -1.5551419 -1.5551419 -1.5551419]\n-11.330851554870605",
    )
    assert found_examples == [
        Example("a.txt", 15, listing, None),
        Example("a.txt", 23, "softmax = tf.exp(logits) / tf.reduce_sum(tf.exp(logits), axis)\n", None),
        softmax,
        Example("a.txt", 61, "log_" + listing, None),
        log_softmax,
    ]


def test_numbers_at_the_starts_of_lines():
    text = "Code:\n1 import a\n2 for i in b:\n3     print(i)\n4\n5 # Prints:\n6 # 3\nProse.\n"
    assert found(text) == [(2, "import a\nfor i in b:\n    print(i)\n", "3")]
    assert found("1. x = 1\n2. print(x)  # 1\n") == [(1, "x = 1\nprint(x)  # 1\n", "1")]
    assert found("1\tx = 1\n2\tprint(x)  # 1\n") == [(1, "x = 1\nprint(x)  # 1\n", "1")]
    assert found("1. Install it.\n2. Import it.\n") == []


def test_words_are_no_code():
    assert (
        found("Example\nA is B\nsoftmax, log_softmax\n1.5\nReturns: a tensor\naxis: int\npass\n输出\n(see below)\n")
        == []
    )


def test_prose_ends_code():
    first = "x = 1\nwith tf.Session() as sess:\n    print(x)  # 1\n"
    assert found("We write\n" + first + "This prints one.\n    y = 2\n    print(y)  # 2\nEnd.\n") == [
        (2, first, "1"),
        (6, "y = 2\nprint(y)  # 2\n", "2"),
    ]


def test_signature_listings_stand_apart():
    """This also holds for a line directly above the example."""
    listing = "tf.nn.softmax(logits, axis=None, name=None)\n"
    code = "import tensorflow as tf\nprint(1)\n"
    assert found(listing + code + "# output\n# 1\n") == [(1, listing, None), (2, code, "1")]


def test_an_open_bracket_in_prose():
    assert found("softmax (the function\nis this.\nprint(1)  # 1\n") == [(3, "print(1)  # 1\n", "1")]


def test_sessions():
    text = "Try:\n>>> x = 1\n>>> x\n1\nThat is the end of it.\n>>> x\n1\n\nMore.\n"
    assert found(text) == [(2, "x = 1\n", None), (3, "x\n", "1"), (6, "x\n", "1")]


def test_output_that_is_no_comment():
    assert found("print(x)\n输出：\n1\n2\n[0.1 0.9]\n1.0\nProse.\n") == [(1, "print(x)\n", "[0.1 0.9]\n1.0")]
    assert found("print(x)\n#输出\n[0.1\n 0.9]\nProse.\n") == [(1, "print(x)\n", "[0.1\n 0.9]")]


def test_python_2():
    assert found('x = 1\nprint x\nprint "x: %d" % x\n# output\n# 1\n# x: 1\nprint the result\n') == [
        (1, 'x = 1\nprint(x)\nprint("x: %d" % x)\n', "1\nx: 1")
    ]


def test_spaces_of_web_pages():
    assert found("with\u00a0s:\n\u00a0\u00a0print(x)\u3000# 1\u200b\n") == [(1, "with s:\n  print(x) # 1\n", "1")]


def test_a_notebook_as_text():
    text = "In [13]:\nimport a\nprint(a.b)\n\n\n[[ 0.5  0.4]]\n\nIn [15]:\nx = 1\nx\n\nOut[15]:\n1\n"
    assert found(text) == [(2, "import a\nprint(a.b)\n", "[[ 0.5  0.4]]"), (9, "x = 1\nx\n", "1")]


def test_values_right_below_code():
    assert found("print(x)\n\n[0.5 0.4]\nProse.\n[0.1]\n") == [(1, "print(x)\n", "[0.5 0.4]")]
