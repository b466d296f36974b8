"""Python code that cannot be parsed, and what is said of it."""

import gc
import sys
import threading

import pytest

from tfsoftmax_compat.tools.documents.code import is_code, parse

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
        ("x = 1\ny = '\0'\n", "line 2 is not Python 3: it has a null character"),
        ("x = f'{'\n", f"line 1 is not Python {THIS}: f-string"),
    ],
)
def test_code_of_no_python_3(text, problem):
    with pytest.raises(ValueError, match=problem):
        parse(text)


def test_string_over_several_lines_is_a_comment_in_code():
    assert is_code('"""\nMake the values.\n"""\nx = f()\n')
    assert not is_code('"""\nMake the values.\n"""\n')
    assert not is_code('"Make the values."\nx = f()\n')


def test_several_threads_parse():
    """With a collection every few objects, which lets another thread run: Python 3.11 mixes up their trees."""
    text = "".join(f"x{i} = f(a, [1, 2], k={i})\n" for i in range(200))
    errors = []

    def work():
        try:
            for _ in range(20):
                parse(text)
        except BaseException as error:
            errors.append(error)

    before = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(50)
    sys.setswitchinterval(1e-6)
    gc.callbacks.append(lambda *_: sum(range(100)))
    try:
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        gc.callbacks.pop()
        gc.set_threshold(*before[0])
        sys.setswitchinterval(before[1])
    assert errors == []
