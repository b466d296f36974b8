"""Sessions at a prompt."""

from tfsoftmax_compat.tools.documents.prompts import split, unread


def pieces(text, is_whole=False):
    return [(piece.offset, piece.code, piece.documented) for piece in split(text, is_whole)]


def test_the_end_of_a_fence_is_no_output():
    assert pieces("```\n>>> 1 + 1\n2\n```\n") == [(1, "1 + 1\n", "2")]


def test_a_prompt_for_each_line():
    text = ">>> for i in x:\n>>>     # all\n>>>     print(i)\n1\n>>> y\n"
    assert pieces(text) == [(0, "for i in x:\n    # all\n    print(i)\n", "1"), (4, "y\n", None)]


def test_values_after_an_empty_line():
    """Output in a block that is a session as a whole, such as an array of three dimensions; prose is none."""
    text = ">>> print(x)\n[[[1]\n  [2]]\n\n [[3]\n  [4]]]\n\nThat was an array\n"
    assert pieces(text, True) == [(0, "print(x)\n", "[[[1]\n  [2]]\n\n [[3]\n  [4]]]")]
    assert pieces(text) == [(0, "print(x)\n", "[[[1]\n  [2]]")]


def test_prose_that_is_less_indented():
    assert pieces("  >>> 1\n  1\nReturns: the number of it all.\n") == [(0, "1\n", "1")]


def test_code_without_a_prompt_in_a_session():
    text = "x = f(\n  3)\ny = x\n>>> y\n3\ndef g():\n  return 4\n>>> g()\n4\n"
    assert pieces(text, True) == [
        (0, "x = f(\n  3)\n", None),
        (2, "y = x\n", None),
        (3, "y\n", "3"),
        (5, "def g():\n  return 4\n", None),
        (7, "g()\n", "4"),
    ]
    assert pieces(">>> x\n3\nx.f(2)\n>>> y\n4\n", True) == [
        (0, "x\n", "3"),
        (2, "x.f(2)\n", None),
        (3, "y\n", "4"),
    ]
    assert pieces(">>> x\nDense\nx.f(2)\n", True) == [(0, "x\n", "Dense\nx.f(2)")]
    shown = ">>> print(source)\ndef g():\n  return 4\n"  # the output
    assert pieces(shown, True) == [(0, "print(source)\n", "def g():\n  return 4")]
    assert pieces("Some words\n>>> y\n3\n", True) == [(1, "y\n", "3")]


def test_output_behind_dots():
    assert pieces(">>> for i in x:\n>>>     print(i)\n... [[1]\n...  [2]]\n") == [
        (0, "for i in x:\n    print(i)\n", "[[1]\n [2]]")
    ]
    assert pieces(">>> print(x)\n... <A shapes: (), types: b>\n") == [(0, "print(x)\n", "<A shapes: (), types: b>")]
    assert pieces(">>> if x: f(x)\n... else: g(x)\n") == [(0, "if x: f(x)\nelse: g(x)\n", None)]
    assert pieces(">>> f(x)\n... g(x)\n") == [(0, "f(x)\ng(x)\n", None)]


def test_value_in_a_comment_behind_what_was_typed_is_listed():
    assert unread(">>> x = f(2)  # array([0, 1])\n>>> x  # array([0, 1])\narray([0, 1])\n") == [(0, "array([0, 1])")]


def test_output_of_a_command_of_ipython_is_listed():
    assert unread(">>> a = 1\n>>> %timeit a\n10 loops: 24.3 us\n>>> a\n1\n") == [(2, "10 loops: 24.3 us")]


def test_comments_alone():
    assert pieces(">>> # Then:\n>>> 1\n1\n") == [(1, "1\n", "1")]


def test_lines_that_go_on_without_dots_are_code():
    text = ">>> with open('x') as f:\n    a = 1\n    b = 2\n>>> b\n2\n>>> max(\n    1, 2)\n2\n"
    assert [(piece.code, piece.documented) for piece in split(text)] == [
        ("with open('x') as f:\n    a = 1\n    b = 2\n", None),
        ("b\n", "2"),
        ("max(\n    1, 2)\n", "2"),
    ]


def test_output_below_an_unmarked_block_is_output():
    (piece,) = split(">>> for i in range(2):\n    print(i)\n0\n1\n")
    assert (piece.code, piece.documented) == ("for i in range(2):\n    print(i)\n", "0\n1")


def test_a_remark_between_prompts_is_no_output():
    first, second = split(">>> a[0:1]\n# or\n>>> a[:1]\n[1]\n")
    assert (first.documented, second.documented) == (None, "[1]")


def test_completion_is_no_python():
    completes, other = split(">>> x.<TAB>\nx.append  x.copy\n>>> y<TAB\n1\n")
    assert (completes.documented, completes.says.skip) == ("x.append  x.copy", "it shows what the prompt completes")
    assert (other.documented, other.says.skip) == ("1", "")


def test_first_value_after_an_empty_line():
    """Programs that make Markdown of a book leave one between the code and its output."""
    text = ">>> with a as b:\n        f(b)\n\narray([0.5])\n\narray([0.25])\n\n>>>x = 1\n\n[2]\n"
    assert pieces(text, True) == [
        (0, "with a as b:\n        f(b)\n", "array([0.5])\n\narray([0.25])"),
        (7, "x = 1\n", None),
    ]


def test_values_after_an_empty_line_between_fences():
    """A fence in a docstring holds a session as a whole; what is in another fence is no output of it."""
    text = "Words.\n\n```python\n>>> f(x)\n\n[1, 2]\n```\n\n[3]\n\n```\n[4]\n\n[5]\n```\n"
    assert pieces(text) == [(3, "f(x)\n", "[1, 2]")]


def test_text_and_values_after_an_empty_line():
    text = ">>> f(x)\n  first:\n[1, 2]\n\n  second:\n[[3, 4]\n [5, 6]]\n>>> g(x)\n7\n"
    output = "  first:\n[1, 2]\n\n  second:\n[[3, 4]\n [5, 6]]"
    assert pieces(text, True) == [(0, "f(x)\n", output), (7, "g(x)\n", "7")]
    assert pieces(f"Words.\n\n```\n{text}```\n")[0] == (3, "f(x)\n", output)
    assert pieces(text)[0] == (0, "f(x)\n", "  first:\n[1, 2]")


def test_values_that_are_no_output_are_unread():
    text = ">>> x = f(y)\n\n[1, 2]\n[3, 4]\n\n>>> x\n[5]\n\nSo it is.\n\n[6]\n"
    assert [documented for _, _, documented in pieces(text, True)] == [None, "[5]"]
    assert unread(text, True) == [(2, "[1, 2]\n[3, 4]"), (10, "[6]")]
    assert unread(text) == []


def test_a_comment_between_a_statement_and_its_output():
    assert pieces(">>> f(1)\n>>> # output: two\n[2]\n>>> x = 1\n>>> # nothing\n[3]\n") == [
        (0, "f(1)\n", "[2]"),
        (3, "x = 1\n", None),
    ]
    assert unread(">>> x = 1\n>>> # nothing\n[3]\n>>> y\n") == [(2, "[3]")]


def test_values_behind_dots_are_output():
    text = ">>> print(x)\n... tf.Tensor(\n... [[1]\n...  [2]])\n>>> for i in x:\n...     print(i)\n... 1\n... 2\n"
    assert pieces(text) == [
        (0, "print(x)\n", "tf.Tensor(\n[[1]\n [2]])"),
        (4, "for i in x:\n    print(i)\n", "1\n2"),
    ]
    (first, *_) = split(text)[0].written
    assert (first.before, first.text, first.goes_on) == ("... ", "tf.Tensor(", "... ")


def test_code_behind_dots_is_code():
    text = ">>> with a:\n...     b\n... c = 1\n>>> f(1,\n... 2)\n2\n>>> x = 1\n... 2\n"
    assert [code for _, code, _ in pieces(text)] == ["with a:\n    b\nc = 1\n", "f(1,\n2)\n", "x = 1\n2\n"]


def test_what_is_above_the_first_prompt_is_unread():
    error = 'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nNameError: x'
    assert unread(f"{error}\n>>> 1\n1\n", True) == [(0, error)]
    assert unread("[1, 2]\n>>> 1\n1\n", True) == [(0, "[1, 2]")]
    assert unread("In Python:\n>>> 1\n1\n", True) == unread("[1, 2]\n>>> 1\n1\n") == []
