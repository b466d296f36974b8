"""reStructuredText: docutils' blocks and Sphinx's directives."""

from tfsoftmax_compat.tools.documents import PROMPT, Example, blocks
from tfsoftmax_compat.tools.documents.formats import restructured


def examples(a_format, text, path):
    return blocks.document(a_format.blocks(text, path), path).examples


DOCUMENT = """\
Title
=====

.. code-block:: python
   :linenos:
   :caption: An option of Sphinx's

   print(0.5)
   # output
   # 0.5

A literal block::

    x = 1
    print(x)

Output::

    1

>>> x + 1
2
>>> y = 2

.. code:: bash

   print(1)  # 1

.. unknown:: argument
   :option: value

   .. tab:: Python

      .. sourcecode:: python

         print(4)  # 4

   A :role:`that docutils does not know`.

   >>> 5
   5

* >>> 5
  5

.. testcode::

   print(6)

.. testoutput::

   6

.. code-block:: python

   print(7)

.. code-block:: text

   7

.. ipython::

   In [1]: 8
   Out[1]: 8

.. include:: /etc/hostname
"""


def test_blocks(capfd):
    assert examples(restructured, DOCUMENT, "a.rst") == [
        Example("a.rst", 8, "print(0.5)\n", "0.5"),
        Example("a.rst", 14, "x = 1\nprint(x)\n", "1"),
        Example("a.rst", 21, "x + 1\n", "2", PROMPT),
        Example("a.rst", 23, "y = 2\n", None, PROMPT),
        Example("a.rst", 36, "print(4)  # 4\n", "4"),
        Example("a.rst", 40, "5\n", "5", PROMPT),
        Example("a.rst", 43, "5\n", "5", PROMPT),
        Example("a.rst", 48, "print(6)\n", "6"),
        Example("a.rst", 56, "print(7)\n", "7"),
        Example("a.rst", 64, "8\n", "8", PROMPT),
    ]
    assert capfd.readouterr() == ("", "")


def test_docutils_is_left_as_it_was():
    """Sphinx may run in the same process."""
    from docutils.parsers.rst import directives

    lookup = directives.directive
    examples(restructured, DOCUMENT, "a.rst")
    assert directives.directive is lookup


def test_output_of_included_code_is_not_that_of_the_code_above():
    text = (
        ".. code-block:: python\n\n    y = 1\n    print(y)\n\n.. literalinclude:: other.py\n\n"
        "Output::\n\n    tf.Tensor(1.0, shape=(), dtype=float32)\n"
    )
    document = blocks.document(restructured.blocks(text, "a.rst"), "a.rst")
    assert [example.documented for example in document.examples] == [None]
    assert [block.line for block in document.unattributed] == [10]
