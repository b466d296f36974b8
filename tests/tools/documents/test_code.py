"""Python code that cannot be parsed, and what is said of it."""

import sys

import pytest

from tfsoftmax_compat.tools.documents.code import parse

THIS = "%d.%d" % sys.version_info[:2]


@pytest.mark.parametrize("text", ["type A = int\n", "def f[T](x: T): pass\n", "class A[T]: pass\n"])
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python parses it")
def test_code_of_a_later_python(text):
    with pytest.raises(ValueError, match=f"line 2 needs Python 3.12 or later, and this is Python {THIS}"):
        parse("x = 1\n" + text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("print 'a'\n", "line 1 is not Python 3: Missing parentheses"),
        ("type A\n", "line 1 is not Python 3: "),
        ("x = f'{'\n", f"line 1 is not Python {THIS}: f-string"),
    ],
)
def test_code_of_no_python_3(text, problem):
    with pytest.raises(ValueError, match=problem):
        parse(text)
