"""Python 2: whether code is, and the same code for Python 3."""

import pytest

from tfsoftmax_compat.tools.documents.python2 import converted, imports_print_function, is_python_2, with_print_calls


@pytest.mark.parametrize(
    "code, expected",
    [
        ("print x  # 3\n", "print(x)  # 3\n"),
        ('print "a %d" % x,\n', "print(\"a %d\" % x, end=' ')\n"),
        (
            "try:\n    f()\nexcept ValueError, e:\n\tprint e\n",
            "try:\n    f()\nexcept ValueError as e:\n        print(e)\n",
        ),
        ("for i in xrange(3):\n    pass\n", "for i in range(3):\n    pass\n"),
        ("d.iteritems()\n", "iter(d.items())\n"),
        ("x = 10L + 0777\n", "x = 10 + 0o777\n"),
        ("if a <> b: print `a`\n", "if a != b: print(repr(a))\n"),
        ("import cPickle as pickle\n", "import pickle as pickle\n"),
        ('print("a", b)\n', 'print("a", b)\n'),
    ],
)
def test_converted(code, expected):
    assert converted(code) == expected


def test_print_of_a_tuple():
    """Only where the document says that it is Python 2: elsewhere `print` may be a function."""
    assert converted('print("a", b)\n', has_print_function=False) == 'print(("a", b))\n'


@pytest.mark.parametrize("code", ["A is B, and C.\n", "x = = 1\n", "print the result\n", "foo(\n" * 100, "x = 1 +\n"])
def test_not_python_2(code):
    assert converted(code) is None
    assert not is_python_2([code])


def test_is_python_2():
    assert is_python_2(["x = 1\n", "print x\n"])
    assert is_python_2(["for i in xrange(3): pass\n"])
    assert not is_python_2(["for i in xrange(3): pass\n", "xrange = range\n"])
    assert not is_python_2(["from six.moves import xrange\n", "xrange(3)\n"])
    assert not is_python_2(["print(x)\n", "nonsense here\n"])


def test_with_print_calls():
    assert with_print_calls("  print x, y") == "  print()"
    assert with_print_calls("print the result") == "print the result"
    assert with_print_calls("print(x)") == "print(x)"


def test_imports_print_function():
    assert imports_print_function(["import os\n", "from __future__ import division, print_function\n"])
    assert not imports_print_function(["print_function = 1\n", "from __future__ import division\n"])
