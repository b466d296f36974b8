"""Output in comments: what is, what is not, and of which code."""

import pytest

from tfsoftmax_compat.tools.documents.code import Piece
from tfsoftmax_compat.tools.documents.comments import split, unread


def outputs(code):
    return [(piece.offset, piece.documented) for piece in split(code)]


@pytest.mark.parametrize(
    "marker",
    "# output|# Output:|# OUTPUT|# outputs|# prints|# Prints:|# This prints:|# printed:|# result|# The result is:|"
    "# Out:|# Out[3]:|# expected output:|#output|## Output|# 输出|# 输出：|# 输出结果为：|# 运行结果:|# 结果".split(
        "|"
    ),
)
def test_markers(marker):
    code = "x = [0.5, 0.5]\nprint(x)\n%s\n# [0.5 0.5]\n# 1.0\n" % marker
    assert split(code) == [Piece(0, "x = [0.5, 0.5]\nprint(x)\n", "[0.5 0.5]\n1.0")]


@pytest.mark.parametrize(
    "comment",
    [
        "# output: [0.5 0.5]",
        "# Output => [0.5 0.5]",
        "# prints [0.5 0.5]",
        "# 输出：[0.5 0.5]",
        "# [0.5 0.5]",
        "# => [0.5 0.5]",
        "# ==> [0.5 0.5]",
        "# -> [0.5 0.5]",
    ],
)
def test_output_on_one_line(comment):
    """Comments below the code, and comments behind it."""
    assert split("print(x)\n%s\n" % comment) == [Piece(0, "print(x)\n", "[0.5 0.5]")]
    assert outputs("print(x)  %s\n" % comment) == [(0, "[0.5 0.5]")]


@pytest.mark.parametrize(
    "value",
    [
        "0.5",
        "-1.5e-05",
        "1.",
        "0.0777…",
        "-11.33...",
        "nan",
        "True",
        "'text'",
        "b'text'",
        "(?, 10)",
        "[[1 2] [3 4]]",
        "{'a': 1.5, 'b': inf}",
        "array([0.1, 0.9], dtype=float32)",
        'Tensor("Softmax:0", shape=(2,), dtype=float32)',
        "tf.Tensor(0.5, shape=(), dtype=float32)",
        "<tf.Tensor: shape=(2,), dtype=float32, numpy=array([0.5, 0.5], dtype=float32)>",
        "<class 'int'>",
        "1+2j",
        "np.float32(0.5)",
        "TensorShape([2, 3])",
        "{1, 2}",
        "dict_keys(['a'])",
        "1E-05",
    ],
)
def test_values(value):
    assert outputs("show(x)  # %s\n" % value) == [(0, value)]


@pytest.mark.parametrize(
    "comment",
    [
        "prints the sum",
        "0.5 (approximately)",
        "0.5, since the logits are equal",
        "about 0.5",
        "5 elements",
        "[batch, 10]",
        "axis=1",
        "noqa: E501",
        "type: ignore",
        "pylint: disable=E1101",
        "initialise all",
        "output of the layer",
        "output: a tensor of shape [2, 3]",
        "result",
        "sess.close()",
        "f(1)",
        "tf.Session()",
        "self.x=1",
        "x[0] = 1",
        "3x3 kernel",
        "-----",
    ],
)
def test_no_output(comment):
    """Such comments are no output, neither behind the code nor below it."""
    assert outputs("show(x)  # %s\n" % comment) == [(0, None)]
    assert outputs("show(x)\n# %s\n" % comment) == [(0, None)]


@pytest.mark.parametrize(
    "prose",
    [
        "the exponentials make it not an integer",
        "softmax over 6 logits sums to 1",
        "因为浮点数有误差，和不等于 1",
    ],
)
def test_prose_ends_the_output(prose):
    code = "print(x)\n# output\n# [0.5 0.5]\n# %s\n# 2\ny = 1\n" % prose
    assert split(code) == [Piece(0, "print(x)\n", "[0.5 0.5]"), Piece(5, "y = 1\n", None)]


def test_words_that_the_code_prints():
    """Words of the code's string literals are not prose."""
    assert outputs("print('loss', x)\n# output\n# loss 0.41703\n") == [(0, "loss 0.41703")]
    assert outputs("print('the loss of the model is', x)\n# output\n# the loss of the model is 0.4\n") == [
        (0, "the loss of the model is 0.4")
    ]
    assert outputs("print('loss', x)  # loss 0.41703\n") == [(0, "loss 0.41703")]
    assert outputs("print(f'loss={x}')  # loss=0.41703\n") == [(0, "loss=0.41703")]
    assert outputs("print('和：', x)\n# 输出\n# 和： 1.0\n") == [(0, "和： 1.0")]


def test_several_outputs_in_a_block():
    code = """\
x = 1
print(x)
print(x + 1)
# output
# 1
# 2

# Then:
y = 2
print(y)
# output
# 2
z = 3
"""
    assert split(code) == [
        Piece(0, "x = 1\nprint(x)\nprint(x + 1)\n", "1\n2"),
        Piece(8, "y = 2\nprint(y)\n", "2"),
        Piece(12, "z = 3\n", None),
    ]


def test_cut_only_where_something_else_prints():
    """A trailing comment documents its own statement only."""
    code = """\
x = 1
print(x)
y = 2
print(y)  # 2
x.numpy()  # array([[1, 2],
           #        [3, 4]])
z = f(x)  # [1, 2]
print(z,
      sep='')  # 3
"""
    assert split(code) == [
        Piece(0, "x = 1\nprint(x)\n", None),
        Piece(2, "y = 2\nprint(y)  # 2\n", "2"),
        Piece(4, "x.numpy()  # array([[1, 2],\n", "array([[1, 2],\n       [3, 4]])"),
        Piece(6, "z = f(x)  # [1, 2]\nprint(z,\n      sep='')  # 3\n", "3"),
    ]


def test_output_inside_a_statement():
    """The comment must cover everything that the statement prints. A loop prints more than once."""
    assert outputs("with s:\n    print(a)  # 1\n    print(b)\n    # 2\n") == [(0, "1\n2")]
    assert outputs("with s:\n    print(a)\n    print(b)  # 2\n") == [(0, None)]
    assert outputs("with s:\n    print(a)  # 1\n    print(b)\nprint(c)  # 3\n") == [(0, None), (3, "3")]
    assert outputs("for i in x:\n    print(i)  # 1\n") == [(0, None)]
    assert outputs("for i in x:\n    print(i)\n# output\n# 1\n# 2\n") == [(0, "1\n2")]
    assert outputs("def f():\n    print(1)  # 1\n    # output\n    # 1\n") == [(0, None)]


def test_statements_on_one_line_are_not_cut():
    assert outputs("x = 1; print(x)\n# output\n# 1\n") == [(0, "1")]
    assert outputs("print(a); print(b)  # 2\n") == [(0, None)]


def test_decorators_and_comments_above():
    code = "# Above.\n\n@tf.function\ndef f():\n    return 1\n\nf()  # 1\n"
    assert split(code) == [Piece(2, code[10:], "1")]


def test_exceptions():
    """As doctest writes them, unless they are printed."""
    traceback = "Traceback (most recent call last):\n  ...\nValueError: Dimensions must be equal, but are 2 and 3"
    last = "# " + traceback.splitlines()[-1]
    assert outputs("f(x)  %s\n" % last) == [(0, traceback)]
    assert outputs("f(x)\n# output\n%s\n" % last) == [(0, traceback)]
    written = "".join("# %s\n" % line for line in traceback.splitlines())
    assert outputs("f(x)\n# output\n%s" % written) == [(0, traceback)]
    assert outputs("print(e)  %s\n" % last) == [(0, None)]


def test_quotes_around_what_is_printed():
    """TensorFlow 1's guide writes printed values so."""
    assert outputs('print(x)  # ==> "[1.0, 4.0]"\nx  # "a"\n') == [(0, "[1.0, 4.0]"), (1, '"a"')]


def test_notes_on_output():
    code = "print(x)\n# output\n# [[1, 0],  # the first row\n#  [0, 1]]\n"
    assert outputs(code) == [(0, "[[1, 0],\n [0, 1]]")]


def test_a_marker_alone_is_none():
    assert outputs("# output\nprint(x)\n") == [(1, None)]
    assert outputs("print(x)\n# result\ny = 1\n") == [(0, None)]
    assert split("# output\n# 1\n") == []


def test_a_marker_in_a_string_is_none():
    assert outputs("x = '''\n# output\n# 1\n'''\n") == [(0, None)]


def test_python_2():
    """Code that doesn't parse is cut at its markers: running it says what is wrong."""
    code = "# -*- coding: utf-8 -*-\nx = 1\nprint x\n# output\n# 1\nprint x + 1\n# Prints:\n# 2\nx\n"
    assert split(code) == [
        Piece(1, "x = 1\nprint x\n", "1"),
        Piece(5, "print x + 1\n", "2"),
        Piece(8, "x\n", None),
    ]


@pytest.mark.parametrize("marker", ["#输出", "Output:", "# output"])
def test_output_that_is_no_comment(marker):
    code = "x = 1\nprint(x)\n%s\n***** x *****\n[[1. 2.]\n [3. 4.]]\n" % marker
    assert split(code) == [Piece(0, "x = 1\nprint(x)\n", "***** x *****\n[[1. 2.]\n [3. 4.]]")]


def test_values_after_an_empty_line():
    """Only a comment at the end of the block counts."""
    assert outputs("print(x)\n\n# [0.5 0.5]\n") == [(0, "[0.5 0.5]")]
    assert outputs("print(x)\n\n# 0.5\nprint(y)\n") == [(0, None)]
    assert outputs("print(x)\n\n# The next one.\n# 0.5\n") == [(0, None)]


@pytest.mark.parametrize("text", ["输出\n1\n2", "\n输出：\n1\n2\n", "Output:\n1\n2"])
def test_output_in_a_string(text):
    code = "print(1)\nprint(2)\n'''%s'''\n" % text
    assert split(code) == [Piece(0, "print(1)\nprint(2)\n", "1\n2")]
    assert outputs("print(1)\n'''A note.'''\n") == [(0, None)]


def test_the_value_assigned():
    (piece,) = split("x = 1\ny = f(x)\n# Output is: [2, 4]\n")
    assert (piece.documented, piece.assigned) == ("[2, 4]", "y")
    (piece,) = split("y = f(x)\nprint(y)\n# Output is: [2, 4]\n")
    assert (piece.documented, piece.assigned) == ("[2, 4]", "")


@pytest.mark.parametrize("remark", ["(the mean)", "(2 * x, at x = [1.0, 2.0])", "(3 + 4)", "(平均值)", "(f(2) / 2)"])
def test_a_remark_behind_a_value(remark):
    assert outputs("print(x)  # [7. 0.] %s\n" % remark) == [(0, "[7. 0.]")]
    assert outputs("x  # => 7 %s\n" % remark) == [(0, "7")]


@pytest.mark.parametrize("value", ["(2, 3) (3,)", "1 (1+2j)", "a() (b)", "1 (-2)", "2 ('a', 'b')"])
def test_what_is_no_remark(value):
    is_value = value != "a() (b)"
    assert outputs("print(x)  # %s\n" % value) == [(0, value if is_value else None)]


def test_values_below_a_marker_and_an_empty_line():
    assert outputs("print(x)\n\n# Output:\n\n# 0\n# 1\n") == [(0, "0\n1")]
    assert outputs("print(x)\n# Output:\n\n# The next one.\nprint(y)\n") == [(0, None)]


def test_words_below_a_marker_that_happen_to_be_python_are_output():
    code = "for i in (25, 50):\n    print('Step #' + str(i))\n    print('Loss = ' + str(i / 2))\n"
    output = "Step #25\nLoss = 12.5\nStep #50\nLoss = 25.0"
    (piece,) = split(code + "# Here is the output:\n" + output + "\n")
    assert (piece.code, piece.documented) == (code, output)


def test_code_below_a_marker_is_code():
    pieces = split("x = 1\n# output\nprint(x)\n# 1\n")
    assert [piece.documented for piece in pieces][-1] == "1"


def test_values_below_several_prints_are_of_the_last_if_they_do_not_show_a_label():
    code = 'print("First:", x)\nprint(y)\nprint(z)\n%s\n'
    assert outputs(code % "# [[2]\n#  [3]]") == [(0, None), (1, None), (2, "[[2]\n [3]]")]
    assert outputs(code % "# First: 1\n# 2\n# 3") == [(0, "First: 1\n2\n3")]
    assert outputs(code % "# output\n# 2\n# 3") == [(0, "2\n3")]
    assert outputs('print("(", x)\nprint(y)\n# 1\n# 2\n') == [(0, "1\n2")]
    # What is in one statement cannot be run in part.
    assert outputs('if x:\n    print("First:", x)\n    print(y)\n    # 2\n') == [(0, "2")]


def test_a_comment_inside_a_class_announces_no_output():
    code = (
        "class Layers:\n    def __init__(self):\n        self.first = layer(1)\n        # 出力層：last\n"
        '        self.last = layer(\n            2,\n        )\n\n"""Use them."""\nlayers = Layers()\n'
    )
    assert outputs(code) == [(0, None)]


@pytest.mark.parametrize("shows", ["f(x)", "x", "for each in x:\n    print(each)"])
@pytest.mark.parametrize(
    "values", ["0.25", "TensorShape([3, None])", "True\n\nFalse", "array([[1.],\n       [2.]])", "[0.5 0.5]"]
)
def test_values_below_an_empty_line_at_the_end(shows, values):
    code = f"x = a + 1\n{shows}\n"
    assert split(f"{code}\n{values}\n") == [Piece(0, code, values)]


@pytest.mark.parametrize(
    "code", ["x = f()\n\n0.25\n", "f(x)\n\nDense(3)\n", "f(x)\n0.25\n", "print(x)  # 3\n\n0.25\n", "f(x)\n\ny=0.25\n"]
)
def test_values_at_the_end_that_are_no_output(code):
    assert "0.25" not in [piece.documented for piece in split(code)]
    assert "Dense(3)" not in [piece.documented for piece in split(code)]


def test_a_cell_displays_the_value_at_its_end():
    assert [piece.documented for piece in split("f(x)\n\n0.25\n", is_cell=True)] == [None]


def test_code_below_words_like_a_marker_that_has_an_error_is_no_output():
    code = "w = f()\n# Define input and output\nx = g(w)\nwith x:\n  h()\n   i()\n"
    assert [piece.documented for piece in split(code)] == [None]


@pytest.mark.parametrize(
    "code, output",
    [
        ('hello("Bob")  # Prints "Hello, Bob"', "Hello, Bob"),
        ('print(d.get("b", "N/A"))  # "b" is no longer a key; prints "N/A"', "N/A"),
        ('print(s.upper())  # Upper case; prints "HELLO"', "HELLO"),
        ('print(s.replace("l", "(l)"))  # Replaces all;\n# prints "he(l)(l)o".', "he(l)(l)o"),
        ('print(x)  # Prints "[[1 2]\n          #         [3 4]] (2, 2)"', "[[1 2]\n        [3 4]] (2, 2)"),
        ('for i in (1, 2):\n    print(i, "of 2")\n# Prints "1 of 2", "2 of 2"', "1 of 2\n2 of 2"),
        ('print(x)\n# prints "[0.5 0.5]" (both)', "[0.5 0.5]"),
    ],
)
def test_text_in_quotes_that_a_comment_says_is_printed(code, output):
    (piece,) = split(code + "\n")
    assert (piece.documented, piece.says.options) == (output, {"IN_QUOTES"})


@pytest.mark.parametrize(
    "comment", ['never prints "7"', 'it would print "7"', 'prints "7', 'prints "7" and more', 'does not prints "7"']
)
def test_quotes_that_say_nothing_of_what_is_printed(comment):
    assert outputs(f"print(x)  # {comment}\n") == [(0, None)]
    assert outputs('print(x)\n# The next line prints "7"\nprint(7)\n') == [(0, None)]


def unread_in(code):
    return list(unread(code, split(code)))


@pytest.mark.parametrize(
    "comment",
    [
        "array([6, 7])   as before",
        "array([6, 7])   如前",
        "word: [0 1 2]",
        "word：array([0, 1])",
        "~[1, 1]",
        "tf.Tensor(6, shape=()) as before",
    ],
)
def test_comment_that_begins_with_a_value(comment):
    assert unread_in(f"print(x)\n# {comment}\n") == [(1, comment)]
    assert unread_in(f"print(x)  # {comment}\n") == [(0, comment)]


@pytest.mark.parametrize(
    "comment", ["None, as before", "(1, 2) the shape", "Get a slice; prints [0, 1]", "() - scalar", '==> "(1, 2)']
)
def test_comment_behind_a_call_that_says_more(comment):
    assert unread_in(f"print(x)  # {comment}\n") == [(0, comment)]


@pytest.mark.parametrize("comment", ["[batch, time]", "(see above)", "word: of it", "[] is empty", "None of it: 3"])
def test_comment_that_begins_with_no_value(comment):
    assert unread_in(f"f(x)\n# {comment}\n") == []


def test_comment_that_names_what_is_assigned():
    assert unread_in("x = f(3) # x = array([0, 0.5, 1])\n") == [(0, "x = array([0, 0.5, 1])")]
    assert unread_in("x = f(3) # y = array([0, 0.5, 1])\n") == []


def test_words_behind_the_last_bracket_of_an_array():
    code = "print(x)\n# [[0 1]\n#  [2 3]] as before\nprint(y)\n# [[0]\n#  [2]] [3]\n"
    assert [piece.documented for piece in split(code)] == ["[[0 1]\n [2 3]]", "[[0]\n [2]] [3]"]


def test_single_line_below_several_calls_is_of_the_last():
    for comment in ("[1 2]", "Output: [1 2]"):
        found = split(f"x = f()\nprint(x)\nprint(y)  # words\n# {comment}\n")
        assert [piece.documented for piece in found] == [None, "[1 2]"]
    assert [piece.documented for piece in split("print(x)\nprint(y)\n# 1\n# [1 2]\n")] == ["1\n[1 2]"]


def test_words_behind_a_value_below_a_marker():
    assert outputs("print(x)\n# Output:\n# [1, 2]   as before\n") == [(0, "[1, 2]")]
    assert outputs("print(x)\n# Output:\n# [[1]\n#  [2]] as before\n") == [(0, "[[1]\n [2]]")]
    assert outputs("print(x, 'as', y)\n# Output:\n# [1, 2]   as 3\n") == [(0, "[1, 2]   as 3")]
    assert outputs("print(x)\n# Output:\n# [1, 2] as before\n") == [(0, "[1, 2] as before")]


def test_value_below_a_gap_is_of_the_calls_right_above():
    assert [(p.code, p.documented) for p in split("f(x)\n\ny = 3\nprint(x)\nprint(y)\n# 1\n# 3\n")] == [
        ("f(x)\n", None),
        ("y = 3\nprint(x)\nprint(y)\n", "1\n3"),
    ]


def test_type_and_shape_as_some_editors_write_them():
    comment = "tf.Tensor([1. 1.], shape = (2, ), dtype = float32)"
    assert outputs(f"print(x)\n# {comment}\n") == [(0, comment)]
    assert outputs("x\n# array([b'a'], dtype=object)\n") == [(0, "array([b'a'], dtype=object)")]


def test_error_in_a_comment_below_code():
    assert unread_in("f(x)\n#ValueError: no x\n#in y\n") == [(1, "ValueError: no x\nin y")]
    assert unread_in("f(x)\n\n# The error: no x\n") == []


def test_comment_that_says_what_is_expected():
    assert [piece.documented for piece in split("f(x)\n# Expected: [1.0, 2.0]\n")] == ["[1.0, 2.0]"]
    assert [piece.documented for piece in split("f(x)\n# expected values are [1.0, 2.0]\n")] != [None]
    assert [piece.documented for piece in split("f(x)\n# Expected by g: [1.0, 2.0]\n")] == [None]


def test_quotes_that_do_not_end():
    """What is in them is not read in part, and is accounted for."""
    code = 'print(x)  # prints "array([[1, 2],\n          #                [3, 4]])\n'
    assert [piece.documented for piece in split(code)] == [None]
    assert unread_in(code) == [(0, 'prints "array([[1, 2],\n               [3, 4]])')]


def test_values_behind_some_of_the_calls_in_a_statement():
    """Which lines of its output they are is not known; they are accounted for."""
    code = "with graph:\n    print(x)\n    print(x > 1)  # [False  True]\n    print(x.sum())  # 3\n"
    assert [piece.documented for piece in split(code)] == [None]
    assert unread_in(code) == [(2, "[False  True]"), (3, "3")]


def test_the_value_assigned_behind_an_arrow():
    code = "print(x)\ny = x * 2\n# => tf.Tensor([2. 4.], shape=(2,))\nz = x[0]  # => 1.0\nprint(z)  # 1.0\n"
    assert [(piece.code, piece.documented, piece.assigned) for piece in split(code)] == [
        ("print(x)\n", None, ""),
        ("y = x * 2\n", "tf.Tensor([2. 4.], shape=(2,))", "y"),
        ("z = x[0]  # => 1.0\n", "1.0", "z"),
        ("print(z)  # 1.0\n", "1.0", ""),
    ]
    assert unread_in(code) == []


@pytest.mark.parametrize("comment", ["=> (None, 14, 14, 32)", "-> [2, 3]", "=> the mean", "3.0", "=> (?, 10)"])
def test_no_value_that_is_assigned(comment):
    """It may be a shape, or anything else."""
    assert outputs(f"y = f(x)  # {comment}\n") == outputs(f"y = f(x)\n# {comment}\n") == [(0, None)]


def test_expected_value():
    assert outputs("print(x)  # expected value is [[ 11.]]\n") == [(0, "[[ 11.]]")]


@pytest.mark.parametrize(
    "code, found",
    [
        ("print(x)  # should be [[12.]]\n", [(0, "should be [[12.]]")]),
        ("print(x)  # this is now 12\n", [(0, "this is now 12")]),
        ("y = f(x)\n# => (2, 3)\n", [(1, "=> (2, 3)")]),
        ("print(x)  # call it\n\n# Model(\n#   a=3\n# )\n\ny = 3\n", [(2, "Model(\n  a=3\n)")]),
        ("y = 3\n# 1.\nz = 4\n", []),
        ("# [1]\ny = 3\n", []),
        (
            "print(x)  # tf.Tensor([1], shape=(1,), dtype=int32) /job:a/device:CPU:0\n",
            [(0, "tf.Tensor([1], shape=(1,), dtype=int32) /job:a/device:CPU:0")],
        ),
        ("print(x.ndim)  # 1, the rank\n", [(0, "1, the rank")]),
        ("print(tf.unique(x))  # Unique(y=array([2])) is first\n", [(0, "Unique(y=array([2])) is first")]),
        ('print("loss 1.0")\n# loss 1.0\n# accuracy 0.5\n', [(2, "accuracy 0.5")]),
        ("print(x)\n# {'a': 1}\n# some more text\n# {'b': 2}\n", [(3, "{'b': 2}")]),
        ("print(x)\n# [1]\n# the first of 3 rows\n", []),
        ("y = tf.add(5, 2)  # 7\n", [(0, "7")]),
        ("print(x)\nprint(y)\n# from https://example.org\n# x=\n# [[1. 2.\n#   3. 4.]]\n", [(4, "[[1. 2.\n  3. 4.]]")]),
        ("print(x)  # the axis is 1 here\n", []),
        (
            "y = f(x)  # tf.Tensor(\n[[1.]\n [2.]], shape=(2, 1))\nz =",
            [(0, "tf.Tensor(\n[[1.]\n [2.]], shape=(2, 1))")],
        ),
    ],
)
def test_comments_that_may_show_output(code, found):
    assert unread_in(code) == found


@pytest.mark.parametrize("line", ["print(x)  # 3 times", "n = 3  # 3", "f(3)  # 3rd", 'print("# 3")'])
def test_comments_that_show_no_output(line):
    assert not unread_in(f"for i in x:\n    {line}\n")


def test_values_in_a_string_below_the_code():
    code = "print(a)\n'''\n[5. 6.]\n'''\nb\n\"\"\"\narray([0.5,\n       1. ])\n\"\"\"\n"
    assert outputs(code) == [(0, "[5. 6.]"), (4, "array([0.5,\n       1. ])")]


@pytest.mark.parametrize(
    "code", ["print(a)\n'[5. 6.]'\n", "a = 5\n'''\n5\n'''\n", "print(a)\n'''\nThe 5 values.\n'''\n"]
)
def test_strings_that_are_no_output(code):
    assert [documented for _, documented in outputs(code) if documented] == []


def test_code_with_an_error_below_words_like_a_marker_is_no_output():
    code = "a = f(1)\n#用会话计算结果\nwith tf.Session() as sess:\n    print(sess.run([a，a]))\n"
    assert outputs(code) == [(0, None)]


def test_values_go_on_to_the_end_of_an_open_bracket():
    model = "Model(\n  (dense): Dense(n_units=800, relu)\n)"
    lines = "".join(f"# {line}\n" for line in model.split("\n"))
    assert outputs(f"print(net)\n\n{lines}") == [(0, model)]
    code = "print(x)\n# [1.0\n# words here\ny = 2\n"
    assert outputs(code) == [(0, None)]
    assert unread_in(code) == [(1, "[1.0\nwords here")]


@pytest.mark.parametrize("word", ["result", "output:", "结果"])
def test_a_marker_that_the_code_prints_is_output(word):
    code = f'print("{word}", 0.5)'
    assert outputs(f"{code}\n# {word} 0.5\n") == outputs(f"{code}  # {word} 0.5\n") == [(0, f"{word} 0.5")]
    assert outputs(f"{code}\nprint(x)\n# {word} 0.5\n")[-1][1] == "0.5"


def test_code_of_a_cell_below_words_like_a_marker_is_code():
    code = "x = f(1)\n# show the results\npass  # %matplotlib inline\n\nplot(x)\n"
    (piece,) = split(code, is_cell=True)
    assert piece.documented is None


def test_full_stop_behind_a_value():
    assert outputs("print(x)  # [0 1 2].\n") == [(0, "[0 1 2]")]
    assert outputs("print(x)  # Output [0 1 2].\n") == [(0, "[0 1 2]")]
    assert outputs("print(x)\n# Output: [0 1 2].\n") == [(0, "[0 1 2]")]
    assert outputs("print(x)  # [1.\n          #  2.].\n") == [(0, "[1.\n 2.]")]
    assert outputs("print(x)  # 2.\n") == [(0, "2.")]


def test_printed_type_of_numbers():
    assert outputs("print(x.dtype)  # float64\n") == [(0, "float64")]
    assert outputs("print(x.dtype)  # Output float64\n") == [(0, "float64")]
    assert outputs("print(f(x))  # float64\n") == [(0, None)]
    assert outputs("x.dtype  # float64\n") == [(0, None)]


def test_assignments_that_the_code_prints():
    loop = "for x in [3, 4]:\n    print('x =', x)\n\n"
    assert outputs(f"{loop}# x = 3\n# x = 4\n") == [(0, "x = 3\nx = 4")]
    assert outputs(f"{loop}# y = 3\n") == [(0, None)]


def test_table_of_a_model_in_comments_is_listed():
    code = "model.summary()\n\n# ______\n# Layer (type)    Param #\n# dense (Dense)   8\n"
    assert list(unread(code, split(code))) == [(3, "Layer (type)    Param #\ndense (Dense)   8")]
