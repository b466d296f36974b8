"""Python files: the examples in their docstrings."""

import pytest

from tfsoftmax_compat.tools.documents import PROMPT, SCRIPT, DocumentError, Example, blocks
from tfsoftmax_compat.tools.documents.formats import docstrings
from tfsoftmax_compat.tools.documents.says import Says


def examples(a_format, text, path):
    return blocks.document(a_format.blocks(text, path), path).examples


MODULE = '''\
"""A module.

>>> tf.constant(1)
1
"""

import os


def softmax(x):
    """Softmax.

    For example:

    >>> x = tf.constant([1.0,
    ...                  2.0])
    >>> softmax(x)
    <tf.Tensor: ...>
    >>> softmax(y)  # doctest: +SKIP
    3

    Or:

    ```python
    softmax = f(x)
    print(softmax)  # [0.1 0.9]
    ```

    ```
    softmax[i] = exp(x[i]) / sum(exp(x))
    ```

    Args:
      x: a tensor.

        print(1)  # 1
    """
    print(x)  # 1


class A:
    def f(self):
        r"""\\alpha

        >>> 1
        1
        """

    async def f(self, g):
        """Again.

        >>> 2
        2
        """


def nothing():
    """No examples."""
'''


def test_docstrings():
    def example(line, code, documented, scope, kind=PROMPT, **more):
        return Example("a.py", line, code, documented, kind, scope, "a.py", **more)

    assert examples(docstrings, MODULE, "a.py") == [
        example(3, "tf.constant(1)\n", "1", ""),
        example(15, "x = tf.constant([1.0,\n                 2.0])\n", None, "softmax"),
        example(17, "softmax(x)\n", "<tf.Tensor: ...>", "softmax"),
        example(
            19,
            "softmax(y)  # doctest: +SKIP\n",
            "3",
            "softmax",
            says=Says(frozenset({"SKIP"}), skip="the document says +SKIP"),
        ),
        example(25, "softmax = f(x)\nprint(softmax)  # [0.1 0.9]\n", "[0.1 0.9]", "softmax", SCRIPT),
        example(30, "softmax[i] = exp(x[i]) / sum(exp(x))\n", None, "softmax", SCRIPT),
        example(45, "1\n", "1", "A.f"),
        example(52, "2\n", "2", "A.f, line 50"),
    ]


def test_not_python():
    with pytest.raises(DocumentError, match="a.py: line 2 is not Python 3: "):
        examples(docstrings, "x = 1\nprint x\n", "a.py")


def test_line_of_a_docstring_that_starts_with_a_continuation():
    text = 'def f():\n    """\\\n    Return 1.\n\n    >>> f()\n    1\n    """\n'
    (block,) = docstrings.blocks(text, "a.py")
    assert block.lines[block.text.split("\n").index("    >>> f()")] == 5


def test_output_is_of_no_code_in_another_docstring():
    text = """
def f():
    '''Do it.

    ```
    f(1)
    ```
    '''

def g():
    '''Do it too. The output is:

    ```
    [0.5, 0.25]
    ```
    '''
"""
    assert [each.documented for each in examples(docstrings, text, "a.py")] == [None]


def test_code_blocks_of_restructuredtext():
    text = '''\
"""Double it.

.. code-block:: python
    :linenos:

    def double(x):
        return 2 * x

    print(double(2))  # 4

Then:

>>> double(3)
6

    .. code:: python

        >>> double(4)
        8

.. code-block:: c

    double(x);

.. testcode::

  double(5)  # 10
"""
'''
    assert [(each.line, each.code, each.documented) for each in examples(docstrings, text, "a.py")] == [
        (6, "def double(x):\n    return 2 * x\n\nprint(double(2))  # 4\n", "4"),
        (13, "double(3)\n", "6"),
        (18, "double(4)\n", "8"),
        (27, "double(5)  # 10\n", "10"),
    ]
