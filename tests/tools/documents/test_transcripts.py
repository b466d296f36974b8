"""Sessions whose prompts were left out."""

import pytest

from tfsoftmax_compat.tools.documents import blocks
from tfsoftmax_compat.tools.documents.formats import markdown
from tfsoftmax_compat.tools.documents.transcripts import with_prompts

TEXT = """x = tf.constant([1, 4])
tf.stack([x,
          x])
<tf.Tensor: shape=(2, 2), dtype=int32, numpy=
array([[1, 4],
       [1, 4]], dtype=int32)>

for i in range(2):
    print(i)
0
1
x.shape
TensorShape([2])
"""


def test_statements_and_values():
    assert (
        with_prompts(TEXT)
        == """>>> x = tf.constant([1, 4])
>>> tf.stack([x,
...           x])
<tf.Tensor: shape=(2, 2), dtype=int32, numpy=
array([[1, 4],
       [1, 4]], dtype=int32)>

>>> for i in range(2):
...     print(i)
0
1
>>> x.shape
TensorShape([2])
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "x = 3\n5\n",  # nothing shows it
        "f(x)\nand so on\n[1, 2]\n",
        "Example\n[1, 2]\n",
        "f(x)\ny = 3\n",
        "f(x\n[1, 2]\n",
        "[1, 2]\n[3]\n",
        "",
    ],
)
def test_other_texts(text):
    assert with_prompts(text) is None


@pytest.mark.parametrize("language", ["", "python"])
def test_in_a_document(language):
    document = blocks.document(markdown.blocks(f"```{language}\n{TEXT}```\n", "a.md"), "a.md")
    assert [(each.line, each.documented) for each in document.examples] == [
        (2, None),
        (3, "<tf.Tensor: shape=(2, 2), dtype=int32, numpy=\narray([[1, 4],\n       [1, 4]], dtype=int32)>"),
        (9, "0\n1"),
        (13, "TensorShape([2])"),
    ]
    assert document.unattributed == []
