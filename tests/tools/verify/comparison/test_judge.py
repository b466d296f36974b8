import doctest
import itertools
import math
import re
import sys
import time
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tfsoftmax_compat.tools.verify.comparison import ulp
from tfsoftmax_compat.tools.verify.comparison.errors import documents_error, without_stack
from tfsoftmax_compat.tools.verify.comparison.judge import differences, judge, same_error
from tfsoftmax_compat.tools.verify.comparison.styles import shows_only_logs
from tfsoftmax_compat.tools.verify.results import DRIFT, EQUAL, EXACT, FAIL

SOFTMAX = "[0.07768121 0.07768121 0.21115941]"


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        (SOFTMAX, SOFTMAX, EXACT),
        (SOFTMAX + "\n1.0", SOFTMAX + "  \n1.0\n", EXACT),
        ("[-2.555142 -2.555142]", "[-2.555142  -2.555142]", EQUAL),
        ("[0.4 0.9]", "[ 0.4  0.9]", EQUAL),
        ("[2, 3]", "<tf.Tensor: shape=(2,), dtype=int32, numpy=array([2, 3], dtype=int32)>", EQUAL),
        ("[2, 3]", "<tf.Tensor: id=7, shape=(2,), dtype=int32, numpy=array([2, 3], dtype=int32)>", EQUAL),
        ("[2 3]", "tf.Tensor([2 3], shape=(2,), dtype=int32)", EQUAL),
        ("[[1.] [2.]]", "tf.Tensor(\n[[1.]\n [2.]], shape=(2, 1), dtype=float32)", EQUAL),
        ("0.5", "<tf.Variable 'v:0' shape=() dtype=float32, numpy=0.5>", EQUAL),
        ("0.5 1", "tf.Tensor(0.5, shape=(), dtype=float32) tf.Tensor(1, shape=(), dtype=int32)", EQUAL),
        ("[2, 4]", "tf.Tensor([2 3], shape=(2,), dtype=int32)", FAIL),
        ("(2,)", "tf.Tensor([2 3], shape=(2,), dtype=int32)", FAIL),
        ("tf.Tensor([2 3], shape=(2,), dtype=int32)", "tf.Tensor([2 3], shape=(2,), dtype=int64)", FAIL),
        ("1.0", "np.float32(1.0)", EQUAL),
        ("[0.5, 0.25]", "[np.float32(0.5), np.float64(0.25)]", EQUAL),
        ("0.2112", "0.21115941", EQUAL),
        ("1e-05", "0.00001", EQUAL),
        ("[1. 2.]", "[ 1.  2.]", EQUAL),
        ("inf nan -inf", "inf  nan  -inf", EQUAL),
        ("loss 0.41703", "loss  0.41702995", EQUAL),
        ("[  2.71828175  20.08553696]", "[ 2.7182817 20.085537]", EQUAL),  # float32, as NumPy up to 1.13 wrote it
        ("20.08553696", "20.085539", DRIFT),
        ("1.0000000447034836", "1.0", DRIFT),
        ("1.0000000447034836", "1.0000000596046448", DRIFT),
        ("-11.330851554870605", "-11.330851", DRIFT),
        (SOFTMAX, SOFTMAX.replace("41]", "42]"), DRIFT),
        (SOFTMAX, SOFTMAX.replace("0.21115941", "0.21215941"), FAIL),
        (SOFTMAX, "[0.07768121 0.21115941 0.07768121]", FAIL),
        (SOFTMAX, "[0.07768121 0.07768121]", FAIL),
        ("[[0.5 0.5]]", "[0.5 0.5]", FAIL),
        ("0.2112", "0.2113", FAIL),
        ("1.", "1.3", FAIL),
        ("3", "3.4", FAIL),
        ("inf", "1.0", FAIL),
        ("nan", "inf", FAIL),
        ("loss 0.5", "cost 0.5", FAIL),
        ("0.5", "", FAIL),
        ("0.5", "-0.5", FAIL),
    ],
)
def test_verdict(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        # Digits that no float32 has are those of a float64.
        ("1.00000001", "1.00000002", DRIFT),
        ("1.00000000", "1.00000002", DRIFT),
        ("0.91234567", "0.91234569", DRIFT),
        ("1e-50", "3e-60", FAIL),
        ("[2.20373199e-316 0.00000000e+00]", "[4.9e-324 0.0e+000]", FAIL),
        ("5e-324", "5e-324", EXACT),
        ("2.5e-45", "2.6e-45", FAIL),
        ("1.2345e-310", "1.2346e-310", FAIL),
        ("1.2345e-310", "1.23452e-310", EQUAL),
        ("0.0", "1e-50", EQUAL),
        ("0.000000000000", "1e-11", FAIL),
        ("0", "1e-11", FAIL),
        # The same float32, by other releases of NumPy.
        ("0.83333331", "0.8333333", EQUAL),
        ("1e-05", "9.9999997e-06", EQUAL),
        ("1e-45", "1.4012985e-45", EQUAL),
        ("1e-45", "2.8e-45", DRIFT),
        ("1.0", "1.0000000447034836", EQUAL),
    ],
)
def test_digits_of_a_float64(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("numpy.ndarray", "<class 'numpy.ndarray'>", EQUAL),
        ("numpy.float64", "<class 'numpy.ndarray'>", FAIL),
        ("<class 'numpy.float64'>", "numpy.float64", FAIL),
        ("<function __main__.f>", "<function f at 0x7f10>", EQUAL),
        ("<function __main__.f(x=(1, 2))>", "<function f at 0x7f10>", EQUAL),
        ("<function __main__.f>", "<function g at 0x7f10>", FAIL),
        ("<function __main__.f> 0.5", "<function f at 0x7f10> 0.6", FAIL),
    ],
)
def test_types_and_functions_as_ipython_shows_them(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("<stdin>:1: RuntimeWarning: overflow\n  x * 2\n[0.5]", "[0.5]", EQUAL),
        ("/usr/lib/a.py:1: UserWarning: a\n  0.6\n[0.5]", "[0.5]", FAIL),
        ("a.py:1: UserWarning: a\n[0.6]", "[0.5]", FAIL),
        ("INFO:root:a\nINFO:b.c:0.1\n0.5", "0.5", EQUAL),
        ("INFO:root:0.1\n0.5", "INFO:root:0.2\n0.5", FAIL),
        ("INFO: 0.1\n0.5", "0.5", FAIL),
    ],
)
def test_warnings_and_logs_on_standard_error_do_not_count(documented, measured, status):
    assert judge(documented, measured).status == status


def test_syntax_error_has_no_traceback():
    error = '  File "<stdin>", line 1\n    b"é"\n     ^\nSyntaxError: bytes can only contain ASCII literals'
    assert documents_error(error) == "SyntaxError: bytes can only contain ASCII literals"
    assert documents_error(error.replace("SyntaxError", "Words")) is None
    assert documents_error(error.partition("Syntax")[0]) is None


def test_distance_is_in_float32_ulp_of_the_documented_number():
    assert judge("1.0000000447034836", "1.0").ulp == pytest.approx(0.375)
    assert judge("1.0000000447034836", "1.0").message == "number 1: 1.0000000447034836 documented, 1.0 measured"


def test_allowed_distance_is_the_callers():
    assert judge("1.0000001", "1.0000006", max_ulp=4).status == FAIL
    assert judge("1.0000001", "1.0000006", max_ulp=5).status == DRIFT


def test_digits_inside_names_are_no_numbers():
    assert judge("float32 layer1 0.5", "float32 layer2 0.5").status == FAIL
    assert judge("float32 layer1 0.50", "float32 layer1 0.5").status == EQUAL


PRINT_STYLES = [
    ("[ 0.5  0.25]", "[0.5  0.25]"),
    ("[0.5 0.25]", "array([0.5 , 0.25], dtype=float32)"),
    ("[0.5, 0.25]", "[0.5  0.25]"),
    ("[0.1 0.2\n 0.3]", "[0.1 0.2 0.3]"),
    ("[1. 2.]", "[1.0, 2.0]"),
    ("[-0. 1.]", "[0. 1.]"),
    ("1", "np.int64(1)"),
    ("[True, False]", "[np.True_, np.False_]"),
    ("['a' 'b']", "[np.str_('a'), np.str_('b')]"),
    ("(0.5, 3)", "(np.float64(0.5), np.int64(3))"),
    ("TensorShape([Dimension(2), Dimension(3)])", "TensorShape([2, 3])"),
    ("[0.+1.j 1.-2.j]", "array([0.+1.j, 1.-2.j])"),
    ("array([0, 1, ..., 8, 9])", "array([0, 1, ..., 8, 9], shape=(2000,))"),
    ("[0 1 2 ...,  7 8 9]", "[0 1 2 ... 7 8 9]"),
    (
        "<tf.Tensor: id=12, shape=(3,), dtype=float32, numpy=array([0.1, 0.2, 0.7], dtype=float32)>",
        "<tf.Tensor: shape=(3,), dtype=float32, numpy=array([0.1, 0.2, 0.7], dtype=float32)>",
    ),
    ("tf.Tensor([0.5 0.5], shape=(2,), dtype=float32)", "tf.Tensor([0.5  0.5], shape=(2,), dtype=float32)"),
    ("<function f at 0x7f3c88>", "<function f at 0x7fffa1>"),
    ("a\n<BLANKLINE>\nb", "a\n\nb"),
]


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("array([0.5])", "array([0.5], dtype=float32)", EQUAL),
        ("array([0.5], dtype=float32)", "array([0.5])", FAIL),
        ("array([0.5], dtype=float64)", "array([0.5])", EQUAL),
        ("array([nan, 1])", "array([nan,  1.])", EQUAL),
        ("array([3], dtype=int32)", "array([3])", FAIL),
        ("array([[3]], dtype=int64)", "array([[3]])", EQUAL),
        ("array([True], dtype=bool)", "array([ True])", EQUAL),
        ("array([1.+0.j], dtype=complex64)", "array([1.+0.j])", FAIL),
        ("[array([1.]), array([2], dtype=int32)]", "[array([1.]), array([2])]", FAIL),
        ("array([0.5], dtype=float32)", "<tf.Tensor: shape=(1,), dtype=float64, numpy=array([0.5])>", FAIL),
        ("array([0.5], dtype=float32)", "tf.Tensor([0.5], shape=(1,), dtype=float64)", FAIL),
        ("array([0.5], dtype=float32)", "tf.Tensor([0.5], shape=(1,), dtype=float32)", EQUAL),
        ("array([0.5], shape=(1,), dtype=float32)", "tf.Tensor([0.5], shape=(1,), dtype=float64)", FAIL),
    ],
)
def test_the_dtype_that_numpy_leaves_out_is_its_default(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize("measured", ["<dtype: 'float32'>", "tf.float32"])
@pytest.mark.parametrize("documented", ["float32", "dtype('float32')", "tf.float32", "<dtype: 'float32'>"])
def test_a_dtype_is_met_by_its_name(documented, measured):
    assert judge(documented, measured).status in (EXACT, EQUAL)
    assert judge(documented.replace("32", "64"), measured).status == FAIL


def test_comments_between_documented_lines_do_not_count():
    assert judge("[2 3]\n#  the shape = [2, 3]\n", "[2 3]").status == EQUAL
    assert judge("# the shape:\n[2 3]", "[2 3]").status == EQUAL
    assert judge("[2 3]\n# 4", "[2 3]\n# 5").status == FAIL
    assert judge("# the shape", "[2 3]").status == FAIL


@pytest.mark.parametrize("one, other", PRINT_STYLES)
def test_print_styles_do_not_count(one, other):
    assert judge(one, other).status == EQUAL
    if "..." not in one:
        assert judge(other, one).status == EQUAL


@pytest.mark.parametrize(
    "documented, measured",
    [
        ("0.0777…", "0.07768121"),
        ("0.0776...", "0.07768121"),
        ("-11.33...", "-11.330851"),
        ("-11.33...", "-11.339"),
        ("3.…", "3.7"),
        ("1.23...e-05", "1.2399e-05"),
        ("[0.0777... 0.2112]", "[0.07768121 0.21115941]"),
        ("[0 ... 9]", "[0 1 2 3 9]"),
        ("[0.5, ..., 9.0]", "[0.5 0.6 9. ]"),
        ("loss 0.5\n...\ndone", "loss 0.5\nstep 1\nstep 2\ndone"),
        ("...\nloss: 0.5\n...", "loss: 0.9\nloss: 0.5\nloss: 0.1"),
        ("a ... b", "a b"),
        ("...", "anything, 0.5"),
        ("<class '...ops.EagerTensor'>", "<class 'tensorflow.python.framework.ops.EagerTensor'>"),
        (
            "<tf.Variable...shape=(2,) dtype=float32...>",
            "<tf.Variable 'v:0' shape=(2,) dtype=float32, numpy=array([1., 2.])>",
        ),
        (
            "<tf.Tensor: shape=(1, 2), dtype=float32, numpy=..., dtype=float32)>",
            "<tf.Tensor: shape=(1, 2), dtype=float32, numpy=array([[1., 2.]], dtype=float32)>",
        ),
        (
            "<tf.Tensor: shape=(2,), ..., numpy=array([ 0. ,  4.4], ...)>",
            "<tf.Tensor: shape=(2,), dtype=float32, numpy=array([0. , 4.4], dtype=float32)>",
        ),
        (
            "<tf.Tensor: shape=(2,), ..., numpy=array([ 0. ,  4.4], ...>",
            "<tf.Tensor: shape=(2,), dtype=float32, numpy=array([0. , 4.4], dtype=float32)>",
        ),
    ],
)
def test_dots_are_met(documented, measured):
    assert judge(documented, measured).status == EQUAL


@pytest.mark.parametrize(
    "documented, measured",
    [
        ("0.0777...", "0.0767"),
        ("0.0777...", "0.0779"),
        ("-11.33...", "11.339"),
        ("[0.0777... 0.2112]", "[0.07768121 0.3 0.21115941]"),
        ("[0 ... 9]", "[0 1 2 3 8]"),
        ("loss 0.5\n...", "cost 0.5\n"),
        ("...\nloss: 0.5\n...", "loss: 0.9\nloss: 0.1"),
        ("a ... a", "a"),
        ("[0 1 2 3]", "[0 1 ... 3]"),
    ],
)
def test_dots_are_not_met(documented, measured):
    assert judge(documented, measured).status == FAIL


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("1.0", "1.0000000447034836", EQUAL),  # the same float32
        ("1.0", "1.0000001", DRIFT),
        ("1.0", "1.04", FAIL),  # Python prints all digits: this is no 1.04, rounded
        ("[0.0 0.9 0.1]", "[0.002 0.91 0.088]", EQUAL),  # a person rounded this to one digit
        ("1e-05", "9.999999747378752e-06", EQUAL),
        ("1e-05", "1.1e-05", FAIL),
        ("6.7583189e+13", "6.758319e+13", EQUAL),  # one float32, as NumPy prints it in an array and alone
        ("0.211159408", "0.21115941", EQUAL),
        ("1.5e+03", "1543.2", EQUAL),
        ("[0.5        0.33333334]", "[0.54       0.33333334]", FAIL),  # the blanks are digits that NumPy left out
        ("[0.         0.33333334]", "[1e-10 0.33333334]", EQUAL),
        ("16777217", "16777216", FAIL),  # no float32 holds it, but an integer is no rounded number
        ("3", "3.0", EQUAL),
        ("1.00000000000000000001", "1.00000000000000000002", EQUAL),
        ("0.21115941", "0.2112", FAIL),
        ("1e400", "1e401", FAIL),
        ("1" * 3000, "1" * 2999 + "2", FAIL),
        ("0.5", "0.5j", FAIL),
        ("1.+2.j", "1.-2.j", FAIL),
        ("foo bar", "foobar", FAIL),
        ("dtype=float32", "dtype=float64", FAIL),
    ],
)
def test_digits_that_are_not_written(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize(
    "documented, measured, message",
    [
        ("[1. 2. 0.21115941]", "[1. 2. 0.21215941]", "number 3: 0.21115941 documented, 0.21215941 measured"),
        ("[0.5000001 0.25]", "[0.5 0.35]", "number 2: 0.25 documented, 0.35 measured"),  # not the drift before it
        ("a\n...\nloss 0.07...", "a\nb\nloss 0.09", "number 1: 0.07... documented, 0.09 measured"),
        ("loss 0.5", "cost 0.5 0.6", "text 'cost' measured where 'loss' is documented"),
        ("0.5 done", "0.5", "nothing more measured where 'done' is documented"),
        ("[0.1 0.2 0.3]", "[0.1 0.2]", "3 numbers documented, 2 measured"),
        ("0.5", "", "1 number documented, none measured"),
        ("[[0.1] [0.2]]", "[0.1 0.2]", "nested as [[][]] documented, as [] measured"),
        ("a ... b ... c", "a b2 c", "text 'b' is documented, and not measured in its place"),
        ("array([1], dtype=int32)", "array([1], dtype=int64)", "dtype int64 measured where int32 is documented"),
    ],
)
def test_message(documented, measured, message):
    assert judge(documented, measured) == replace(judge(documented, measured), status=FAIL, message=message)


TENSOR = "<tf.Tensor: shape=(2, 1), dtype=float32, numpy=\narray([[0.9],\n       [1. ]], dtype=float32)>"
VARIABLE = "<tf.Variable 'b:0' shape=(2,) dtype=float32, numpy=array([0., 0.], dtype=float32)>"
KERAS_TENSOR = "<KerasTensor shape=(None, 3), dtype=float32, sparse=False, ragged=False, name=keras_tensor_4>"


@pytest.mark.parametrize(
    "documented, measured, wrong",
    [
        # dots
        ("[1...]", "[1, 2, 3]", "[2, 2, 3]"),
        ("-...", "-0.0587", "0.0587"),
        ('"\\010...\\000"', '"\\010abc\\000"', '"\\010abc\\001"'),
        ("<...>", TENSOR, "0.9"),
        ("[0.268..., 0.73... ]", "[0.26894142, 0.73105858]", "[0.26894142, 0.74105858]"),
        ("[1..., 0.73]", "[1, 2, 3, 0.73105858]", "[1, 2, 3, 0.74105858]"),
        (
            "(<tf.Variable 'b:0' shape=(2,) dtype=float32, numpy=..., dtype=float32)>, 0.73)",
            f"({VARIABLE}, 0.7310)",
            f"({VARIABLE.replace('], dtype=float32', '], dtype=float64')}, 0.7310)",
        ),
        # blanks that are no digits
        (
            "array([-0.99998 , -0.99532, -0.842701,  0.])",
            "array([-0.99997791, -0.99532227, -0.84270079,  0.        ])",
            "array([-0.99996791, -0.99532227, -0.84270079,  0.        ])",
        ),
        # shapes
        ("(2, 3)", "TensorShape([2, 3])", "TensorShape([2, 4])"),
        ("TensorShape([Dimension(2), Dimension(3)])", "(2, 3)", "(2, 4)"),
        ("(2,)", "TensorShape([2])", "TensorShape([2, 1])"),
        ("()", "TensorShape([])", "TensorShape([1])"),
        ("(?, 3)", "TensorShape([None, 3])", "TensorShape([1, 3])"),
        ("array([0, ..., 9], shape=(10,))", "array([0, ..., 9], shape=(10,))", "array([0, ..., 9], shape=(11,))"),
        # complex numbers
        ("(2.25+4.75j)", "np.complex64(2.25+4.75j)", "np.complex64(2.25-4.75j)"),
        ("1 - 1j", "1.-1.j", "1.+1.j"),
        # tensors and variables
        ("<tf.Variable shape=() dtype=float32>", "<tf.Variable 'v:0' shape=() dtype=float32>", "<tf.Variable 'v:0'>"),
        (VARIABLE, VARIABLE, VARIABLE.replace("b:0", "c:0")),
        (KERAS_TENSOR.replace("ragged=False, ", ""), KERAS_TENSOR, KERAS_TENSOR.replace("sparse=False", "sparse=True")),
        ("<KerasTensor shape=(None, 3), name=keras_tensor>", KERAS_TENSOR, KERAS_TENSOR.replace("3", "4")),
        ("TensorSpec(shape=(2,))", "TensorSpec(shape=(2,), name=None)", "TensorSpec(shape=(3,), name=None)"),
        ("<dtype: 'float32'>", "tf.float32", "tf.float64"),
        ("float32", "dtype('float32')", "dtype('float64')"),
        ("0 1.0\ndtype: float32", "0  1.0\ndtype: float32", "0  1.0\ndtype: float64"),
        ("np.float32(0.5)", "np.float32(0.50)", "np.float64(0.50)"),
        ("array(['a', 'b'], dtype=object)", "['a', 'b']", "['a', 'c']"),
        ("tf.Tensor(\n[[1. 2.]\n[3. 4.]])", "tf.Tensor(\n[[1. 2.]\n [3. 4.]])", "tf.Tensor(\n[[1. 2.]\n [3. 5.]])"),
        # comments
        ("array(1234)  # 0d array", "array(1234)", "array(1235)"),
        ("array([0.1]) # may vary", "array([0.7])", None),
        ("array([0.1])  # random", "array([0.7])", None),
        ("0.1  # a", "0.1", "0.1  # b"),
        ("0.1  # randomly", "0.1", "0.2"),
    ],
)
def test_a_careful_reader_says_so(documented, measured, wrong):
    assert judge(documented, measured).status in (EXACT, EQUAL)
    if wrong is not None:
        assert judge(documented, wrong).status == FAIL


@pytest.mark.parametrize(
    "documented, measured, far",
    [
        ("0.0267167", "0.026716756", 3.22),
        ("0.55", "0.55500000001", 0.000168),
        ("1.0000001", "1.0000003", 1.678),
    ],
)
def test_distance_is_from_the_nearest_value_that_is_written_so(documented, measured, far):
    judgement = judge(documented, measured)
    assert judgement.status == DRIFT
    assert judgement.ulp == pytest.approx(far, rel=1e-2)


@pytest.mark.parametrize(
    "documented, measured, options",
    [
        ("0.5", "anything", {"IGNORE_OUTPUT"}),
        ("3.14", "3.149", {"NUMBER"}),
        ("1000000.5", "1000001.5", {"FLOAT_CMP"}),
        ("[0.500000000 nan]", "[0.500003 nan]", {"FLOAT_CMP"}),
    ],
)
def test_options_that_set_a_tolerance(documented, measured, options):
    assert judge(documented, measured, options=options).status == EQUAL
    assert judge(documented, measured, options={"ELLIPSIS", "NO_SUCH_OPTION"}).status == FAIL


@pytest.mark.parametrize(
    "documented, measured, option",
    [("3.14", "3.151", "NUMBER"), ("1.50000000", "1.50003", "FLOAT_CMP"), ("3", "4", "NUMBER")],
)
def test_options_do_not_let_wrong_numbers_pass(documented, measured, option):
    assert judge(documented, measured, max_ulp=0, options={option}).status == FAIL


@pytest.mark.parametrize(
    "documented, measured, wrong",
    [
        ("Hello", "b'Hello'", "b'Hallo'"),
        ("'abc'", "b'abc'", "b'abd'"),
        ("['a' 'b']", "[b'a' b'b']", "[b'a' b'c']"),
        ("u'a'", "'a'", "'b'"),
        ("10L", "10", "11"),
        ("<type 'int'>", "<class 'int'>", "<class 'float'>"),
        ("(1, 2)", "1 2", "1 3"),
        ("('loss', array([1., 2.], dtype=float32))", "loss [1. 2.]", "loss [1. 3.]"),
        ("[1, 2]", "dict_keys([1, 2])", "dict_keys([1, 3])"),
    ],
)
def test_python_2_shows_it_otherwise(documented, measured, wrong):
    assert judge(documented, measured, is_python_2=True).status == EQUAL
    assert judge(documented, wrong, is_python_2=True).status == FAIL
    assert judge(documented, measured).status == FAIL


def test_differences_are_where_a_report_marks_them():
    documented, measured = "a [0.5 0.25\n 0.125]", "a [0.5 0.35\n 0.225]"
    found = differences(documented, measured)
    assert [(documented[slice(*one)], measured[slice(*other)]) for one, other in found] == [
        ("0.25", "0.35"),
        ("0.125", "0.225"),
    ]
    assert differences("loss 0.5", "cost 0.5") == [((0, 4), (0, 4))]
    assert differences("0.5 done", "0.5\n") == [((4, 8), (3, 3))]
    assert differences("0.5", "0.50001") == []


NODE = 'Node: f = Softmax[T=DT_FLOAT, _device="/job:localhost/replica:0/task:0/cpu:0"](Reshape)'
GRAPH = (
    "InvalidArgumentError: Graph execution error:\n\nDetected at node f defined at (most recent call last):\n"
    '  File "x", line 1, in f\n\n'
)
TRACEBACK = """\
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
ValueError: Dimension 3, not 4"""


@pytest.mark.parametrize(
    "documented, error",
    [
        (TRACEBACK, "ValueError: Dimension 3, not 4"),
        ("Traceback (most recent call last):\n...\nValueError: ... not 4", "ValueError: ... not 4"),
        (
            f"KeyError: 1\n\nDuring handling of the above exception, ...:\n\n{TRACEBACK}",
            "ValueError: Dimension 3, not 4",
        ),
        (
            "-----\nValueError                  Traceback (most recent call last)\n<ipython-input-1> in <module>\n"
            "----> 1 f()\n\nValueError: Dimension 3,\nnot 4",
            "ValueError: Dimension 3,\nnot 4",
        ),
        (TRACEBACK.replace("  File", "File"), "ValueError: Dimension 3, not 4"),
        ("ValueError: Dimension 3, not 4", "ValueError: Dimension 3, not 4"),
        ("errors_impl.NotFoundError: no\nsuch node\n", "errors_impl.NotFoundError: no\nsuch node"),
        ("KeyboardInterrupt", "KeyboardInterrupt"),
        ("Error rate: 0.5", None),
        ("TypeErrors 3", None),
        ("Traceback (most recent call last):\n", None),
    ],
)
def test_documented_errors(documented, error):
    assert documents_error(documented) == error


def test_a_long_message_is_compared_as_far_as_its_beginning_goes():
    """A message may hold a whole tensor."""
    message = "ValueError: " + " ".join(f"row {row} has [0.5, 0.25]" for row in range(10_000))
    assert same_error(message, message + " and more")
    assert same_error(message, message.replace("0.25", "0.2500"))
    assert not same_error(message, message.replace("0.25", "0.24", 1))
    assert same_error("ValueError: ... row 9999 has...", message)
    assert not same_error("ValueError: row 1 has [0.5, 0.25]", message)


@pytest.mark.parametrize(
    "documented, measured, same",
    [
        ("ValueError: Dimension 3, not 4", "ValueError: Dimension 3,\n not 4", True),
        ("ValueError: Dimension 3, not 4", "ValueError: Dimension 3, not 5", False),
        ("ValueError: Dimension 3, not 4", "TypeError: Dimension 3, not 4", False),
        ("ValueError: ... not 4", "ValueError: Dimension 3, not 4", True),
        ("InvalidArgumentError: ...", "tensorflow.python.framework.errors_impl.InvalidArgumentError: no", True),
        ("a.InvalidArgumentError: no", "b.c.InvalidArgumentError: no\n\nOriginal stack trace", True),
        (
            "InvalidArgumentError: Incompatible shapes: [2,3] vs. [1,1,2]",
            "tensorflow.errors.InvalidArgumentError: {{function_node __wrapped__Maximum_device_/job:localhost}} "
            "Incompatible shapes: [2,3] vs. [1,1,2] [Op:Maximum] name: ",
            True,
        ),
        ("a.b.InvalidArgumentError: no", f"InvalidArgumentError: no\n\t [[{NODE}]]", True),
        ("InvalidArgumentError: no [[Node: f = g]]", "InvalidArgumentError: no [[{{node f}}]] [Op:F] name: ", True),
        ("InvalidArgumentError: no", "InvalidArgumentError: yes\n\t [[{{node no}}]]", False),
        (
            "InvalidArgumentError: no",
            "InvalidArgumentError: no [[node f (defined at <stdin>:3) ]]\n\nOriginal stack",
            True,
        ),
        ("InvalidArgumentError: not", GRAPH + "Node: 'f'\nnot\n\t [[{{node f}}]] [Op:F]", True),
        ("InvalidArgumentError: not", GRAPH + '  File "y", line 2, in g\n\nnot\n\t [[{{node f}}]]', True),
        ("InvalidArgumentError: not", GRAPH + '  File "y", line 2, in g\n\nnow\n\t [[{{node f}}]]', False),
        ("ValueError: not", "ValueError: in user code:\n\n    File x, line 1\n\n    ValueError: not\n", True),
        ("ValueError: The structures differ", "ValueError: The structures differ.\n\nFirst structure: [0]", True),
        ("ValueError: The structures", "ValueError: The structures differ.\n\nFirst structure: [0]", False),
        ("ValueError", "ValueError: no", True),
        ("ValueError", "TypeError: no", False),
    ],
)
def test_same_error(documented, measured, same):
    assert same_error(documented, measured) == same


@pytest.mark.parametrize("measured, same", [("b.ValueError: other", True), ("TypeError: not", False)])
def test_types_only(measured, same):
    assert same_error("a.ValueError: not", measured, types_only=True) == same
    assert not same_error("a.ValueError: not", measured)


LONG = 250_000


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * LONG,
        "0." + "1" * LONG,
        "1e" + "9" * LONG,
        "." * LONG,
        "…" * LONG,
        " " * LONG + "1",
        "1.1" * (LONG // 3),
        "a." * (LONG // 2),
        ", dtype" * (LONG // 7),
        "[" * LONG,
        "tf.Tensor(" * (LONG // 10),
        "tf.Tensor(1, shape=(" * (LONG // 20),
        "<tf.Tensor: numpy=" * (LONG // 18),
        "<tf.Tensor: " + "numpy=" * (LONG // 6),
        "0.5 " * (LONG // 4),
    ],
    ids=lambda text: text[:9],
)
@pytest.mark.parametrize("documented", ["[0.07768121 0.21115941]", "0.5...!"])
def test_a_long_text_is_judged(documented, hostile):
    """In quadratic time it would take hours, all of them together."""
    assert judge(documented, hostile).status == FAIL
    assert judge(documented, hostile + " 2").status == FAIL
    differences(documented, hostile)


def test_work_is_linear_where_dots_let_any_output_stand():
    def lines_run(size):
        count = itertools.count()

        def trace(*_):
            next(count)
            return trace

        previous = sys.gettrace()
        sys.settrace(trace)
        try:
            judge("... 1 1 2 ...", "1 " * size)
        finally:
            sys.settrace(previous)
        return next(count)

    assert lines_run(10_000) < 11 * lines_run(1_000)


def test_many_dots_that_are_not_met_are_judged_soon():
    started = time.process_time()
    assert judge("1 ... " * 10_000, "2 " * 20_000).status == FAIL
    assert judge("1.0 ... " * 10_000 + "x", "1 " * 20_000 + "x").status == EQUAL
    assert time.process_time() - started < 10  # comparing each with each takes minutes


FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False, allow_subnormal=False)
ANY = st.one_of(FINITE, st.sampled_from([math.inf, -math.inf, math.nan]))
ARRAYS = st.lists(ANY, min_size=1, max_size=8).map(lambda values: np.array(values, np.float32))
OPTIONS = st.one_of(
    st.just({"legacy": "1.13"}),
    st.fixed_dictionaries(
        {
            "linewidth": st.integers(20, 200),
            "floatmode": st.sampled_from(["fixed", "unique", "maxprec", "maxprec_equal"]),
            "sign": st.sampled_from("+- "),
        }
    ),
)
FORMS = [str, repr, lambda array: str(list(array)), lambda array: repr(array.tolist())]


@settings(deadline=None)
@given(ARRAYS, OPTIONS, st.sampled_from([str, repr]), st.sampled_from(FORMS))
def test_an_array_is_as_documented_however_numpy_prints_it(array, options, documented_form, form):
    with np.printoptions(**options):
        documented = documented_form(array)
    judgement = judge(documented, form(array))
    if options.get("floatmode") in ("unique", "maxprec"):
        assert judgement.status in (EXACT, EQUAL)
    else:  # those write digits that float32 does not hold
        assert judgement.status in (EXACT, EQUAL, DRIFT) and judgement.ulp <= 0.5


@settings(deadline=None)
@given(st.lists(FINITE, min_size=1, max_size=8), st.data())
def test_a_float32_some_ulp_away_is_a_drift_up_to_four(values, data):
    place = data.draw(st.integers(0, len(values) - 1))
    steps = data.draw(st.integers(1, 12))
    moved = [np.float32(value) for value in values]
    # Away from zero, where the ULP does not become smaller on the way, and far enough from powers of two.
    assume(1e-30 < abs(moved[place]) < 1e30)
    far = np.float32(np.copysign(np.inf, moved[place]))
    for _ in range(steps):
        moved[place] = np.nextafter(moved[place], far)
    assume(math.frexp(values[place])[1] == math.frexp(float(moved[place]))[1])
    documented = f"[{' '.join(f'{value:.17e}' for value in values)}]"
    measured = f"[{' '.join(repr(float(value)) for value in moved)}]"
    judgement = judge(documented, measured)
    assert judgement.status == (DRIFT if steps <= 4 else FAIL)
    assert judgement.ulp == pytest.approx(steps)
    assert f"number {place + 1}:" in judgement.message
    assert judge(documented, measured, max_ulp=0).status == FAIL


@settings(deadline=None)
@given(st.integers(1, 4), st.data())
def test_one_digit_off_fails(digits, data):
    written = data.draw(st.integers(1, 10**digits - 1))
    other = data.draw(st.integers(0, 10**digits - 1).filter(lambda value: value != written))
    documented, measured = (f"loss [0.{value:0{digits}d} 0.5]" for value in (written, other))
    assert judge(documented, measured).status == FAIL


@settings(deadline=None)
@given(st.floats(-1e6, 1e6).filter(lambda value: abs(value) > 1e-3), st.integers(2, 9))
def test_rounded_and_cut_numbers_are_met(value, digits):
    assert judge(f"{value:.{digits}f}", repr(value)).status in (EXACT, EQUAL)
    text = f"{Decimal(repr(value)):f}" + "0" * digits  # 1.5 may be cut to 1.500
    cut = text[: text.index(".") + 1 + digits]
    assert judge(cut + "...", repr(value)).status == EQUAL
    assert judge(cut + "…", repr(value)).status == EQUAL


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_is_judged(documented, measured):
    assert judge(documented, documented).status == EXACT
    judge(documented, measured)
    differences(documented, measured)
    documents_error(documented)
    same_error(documented, measured)


WORDS = st.sampled_from(["...", "...", "0.5", "12", "-3.", "[", "]", "(", ")", ",", "<tf.Tensor:", ">", "a", " ", "\n"])


@settings(deadline=None)
@given(st.lists(WORDS).map("".join), st.lists(WORDS, min_size=1), st.data())
def test_what_doctest_accepts_passes(documented, measured, data):
    """Also if the measured output is made from the documented one, so that they agree more often."""
    filled = "".join(
        data.draw(st.sampled_from(measured)) if part == "..." else part for part in re.split(r"(\.{3})", documented)
    )
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for output in ("".join(measured), filled):
        if doctest.OutputChecker().check_output(f"{documented}\n", f"{output}\n", flags):
            assert judge(documented, output).status in (EXACT, EQUAL)


@settings(deadline=None)
@given(ARRAYS, st.sampled_from([str, repr]), st.data())
def test_a_changed_digit_is_no_exact_or_equal_output(array, form, data):
    documented = form(array)
    places = [match.start() for match in re.finditer(r"\d(?!\d*\))", documented.partition(", dtype")[0])]
    assume(places)
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != documented[place]))
    measured = documented[:place] + other + documented[place + 1 :]
    numbers, others = (
        re.findall(r"[-+]?\d[\d.]*(?:e[-+]\d+)?", text.partition(", dtype")[0]) for text in (documented, measured)
    )
    with np.errstate(over="ignore"):
        assume([np.float32(number) for number in numbers] != [np.float32(number) for number in others])
    assert judge(documented, measured).status in (DRIFT, FAIL)


OUTPUTS = st.lists(
    st.sampled_from(
        ["...", "0.5...", "0.5", "1.", "[", "]", "(", ")", ",", "array(", "np.float32(", "dtype=int32", "a", "\n"]
    )
).map(" ".join)


@settings(deadline=None)
@given(OUTPUTS, OUTPUTS)
def test_any_output_meets_itself_printed_otherwise(documented, measured):
    assert judge(documented, documented.replace(" ", "   ")).status in (EXACT, EQUAL)
    if judge(documented, measured).status in (EXACT, EQUAL):
        assert not differences(documented, measured)


@pytest.mark.parametrize(
    "value, expected",
    [(1.0, 2.0**-23), (0.99, 2.0**-24), (-2.0, 2.0**-22), (0.0, 2.0**-149), (1e-40, 2.0**-149), (3e38, 2.0**104)],
)
def test_spacing_of_float32(value, expected):
    assert ulp.spacing(value) == expected


@settings(deadline=None)
@given(FINITE, st.floats(-0.75, 0.75))
def test_nearest_float32(value, part):
    near = value + part * ulp.spacing(value)
    assume(abs(near) <= np.finfo(np.float32).max)
    assert ulp.nearest(near) == float(np.float32(near))


def test_frames_of_a_graph_execution_error_do_not_count():
    frames = "".join('  File "a.py:%d", line %d, in f\n\n' % (line, line) for line in range(5))
    measured = (
        "tf.errors.InvalidArgumentError: Graph execution error:\n\n"
        "Detected at node x defined at (most recent call last):\n"
        + frames
        + "Shape [3] is wrong.\n\t [[{{node x}}]] [Op:__inference_f_1]"
    )
    assert same_error("InvalidArgumentError: Shape [3] is wrong.", measured)
    assert not same_error("InvalidArgumentError: Shape [4] is wrong.", measured)


@pytest.mark.parametrize(
    ("documented", "measured", "status"),
    [
        (r"[  1.3    1\.     4\.    23.99]", "[ 1.3   1.    4.   23.99]", EQUAL),
        (r"[[0\.  1\.] [2\. 3\.5]]", "[[0.  1. ]\n [2.  3.5]]", EQUAL),
        (r"[  1.3    2\.     4\.    23.99]", "[ 1.3   1.    4.   23.99]", FAIL),
        (r"1\.5", "1.6", FAIL),
        (r"'1\.'", r"'1\.'", EXACT),
        (r"'1\.'", r"'1\\.'", FAIL),
    ],
)
def test_points_that_markdown_escapes(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize(
    ("documented", "status"),
    [
        ("<plt.Figure at 0x7ff8300d7bd0>", EQUAL),
        ("[<plt.Figure at 0x7ff8300d7bd0>, 0.5]", FAIL),
        ("<plt.Axes at 0x7ff8300d7bd0>", FAIL),
    ],
)
def test_objects_as_ipython_shows_them(documented, status):
    measured = documented.replace("Axes", "Figure").replace("0.5", "0.6").replace(" at 0x7ff83", " object at 0x12345")
    assert judge(documented, measured).status == status


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("compute __inference_f_98 as int32", "compute __inference_f_6 as int32", EQUAL),
        ("compute __inference_f_98 as int32", "compute __inference_g_6 as int32", FAIL),
        ("compute __inference_f_98 as int32", "compute __inference_f_6 as int64", FAIL),
        ('File "<ipython-input-3-8e7>", line 4, in f', 'File "a.ipynb:10", line 13, in f', EQUAL),
        ('File "/tmp/ipykernel_31/8.py", line 4, in f', 'File "a.ipynb:10", line 13, in f', EQUAL),
        ('File "<ipython-input-3-8e7>", line 4, in f', 'File "a.ipynb:10", line 13, in g', FAIL),
        ('File "a.py", line 4, in f', 'File "a.py", line 5, in f', FAIL),
        ("Tensor(“add:0”, shape=(2,))", 'Tensor("add:0", shape=(2,))', EQUAL),
        ("Tensor(“add:0”, shape=(2,))", 'Tensor("add:0", shape=(3,))', FAIL),
        ("[0. ...., 1.]", "[0. 0. 1.]", EQUAL),
        ("[0. ...., 2.]", "[0. 0. 1.]", FAIL),
    ],
)
def test_what_a_process_counts_and_what_an_editor_changes(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("[[0.5]]\n[...]\n[[0.25]]", "[[0.5]]\n[[0.75]]\n[[1.]]\n[[0.25]]", EQUAL),
        ("[[0.5]]\n[...]\n[[0.24]]", "[[0.5]]\n[[0.75]]\n[[1.]]\n[[0.25]]", FAIL),
        ("<tf.Tensor: [...], numpy=0.5>", "<tf.Tensor: shape=(), dtype=float32, numpy=0.5>", EQUAL),
        ("<tf.Tensor: [...], numpy=0.6>", "<tf.Tensor: shape=(), dtype=float32, numpy=0.5>", FAIL),
        ("array([1, 2], […])", "array([1, 2], dtype=int32)", EQUAL),
        ("[1, [...]]", "[1, [2, 3]]", EQUAL),
        ("[1, [...]]", "[1, 2]", FAIL),
        ("[...]", "5", FAIL),
    ],
)
def test_dots_in_brackets_stand_for_what_a_book_leaves_out(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize("message, same", [("be a float", True), ("be a double", False)])
def test_traceback_that_a_book_leaves_out(message, same):
    error = documents_error(f"Traceback[...]InvalidArgumentError[...]expected to {message}[...]")
    assert same_error(error, "tf.errors.InvalidArgumentError: input #1 was expected to be a float tensor") is same


@pytest.mark.parametrize(
    "documented, status",
    [("Incompatible shapes: [3,2] [Op:Add]", EQUAL), ("Incompatible shapes: [3,1] [Op:Add]", FAIL)],
)
def test_a_printed_message_is_met_without_its_node(documented, status):
    measured = (
        "{{function_node __wrapped__Add_device_/job:a/task:0/device:CPU:0}} Incompatible shapes: [3,2] [Op:Add] name: "
    )
    assert judge(documented, measured).status == status


@pytest.mark.parametrize("said, status", [("must feed", EQUAL), ("may feed", FAIL)])
def test_a_printed_message_is_met_whatever_it_shows_of_its_node(said, status):
    documented = f"You {said} 'x'\n\t [[Node: x = Placeholder[dtype=DT_FLOAT, shape=[2], _device='/cpu:0']()]]"
    assert judge(documented, "You must feed 'x'\n\t [[{{node x}}]]").status == status


@pytest.mark.parametrize("documented, status", [("[[1.0, 0.5], [2.0]]", EQUAL), ("[[1.0, 0.5], [3.0]]", FAIL)])
def test_a_ragged_tensor_is_met_by_its_value(documented, status):
    assert judge(documented, "<tf.RaggedTensor [[1.0, 0.5], [2.0]]>").status == status


@pytest.mark.parametrize("name, same", [("w", True), ("v", False)])
def test_where_a_variable_was_defined_does_not_count(name, same):
    message = 'ValueError: Variable %s already exists. Originally defined at:\n\n  File "%s.py", line 3\n    w = f()'
    error = documents_error("Traceback (most recent call last):\n  ...\n" + message % (name, "a"))
    assert same_error(error, message % ("w", "/lib/b")) is same


@pytest.mark.parametrize("sign", ["## ", ">", "> "])
def test_signs_before_each_line(sign):
    documented = f'{sign}Tensor("Const:0")\n\n{sign}3'
    assert judge(documented, 'Tensor("Const:0")\n3\n').status == EQUAL
    assert judge(documented, 'Tensor("Const:0")\n4\n').status == FAIL
    assert judge(f"{sign}1\n2", "1\n2").status == FAIL
    assert judge(f"{sign}1", f"{sign}1\n").status == EXACT


def test_module_of_a_class():
    documented = "tf.TensorSpec(shape=(2,), dtype=tf.int32, name=None)"
    assert judge(documented, documented[3:]).status == EQUAL
    assert judge(documented, documented[3:].replace("2", "3")).status == FAIL
    assert judge(documented, documented[3:].replace("Tensor", "Ragged")).status == FAIL


def test_tensor_as_print_shows_it_and_as_a_prompt_does():
    printed = "tf.Tensor(\n[[0.5  2.25]\n [1.   3.  ]], shape=(2, 2), dtype=float32)"
    displayed = (
        "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[0.5 , 2.25],\n       [1.  , 3.  ]], dtype=float32)>"
    )
    assert judge(printed, displayed).status == EQUAL
    assert judge(printed, displayed.replace("3. ", "4. ")).status == FAIL
    assert judge(printed, displayed.replace("float32", "float64")).status == FAIL
    assert judge(printed.replace("(2, 2)", "(2, 7)"), displayed).status == FAIL
    assert judge(printed + "\ntf.Tensor([2 0], shape=(2,), dtype=int64)", displayed).status == FAIL


def test_comment_signs_of_knitr():
    """knitr writes ``##`` before each line of output."""
    documented = "## array([[0.25, 1.  ],\n##        [2.  , 3.  ]])"
    assert judge(documented, "array([[0.25, 1.  ],\n       [2.  , 3.  ]])").status == EQUAL
    assert judge(documented, "array([[0.25, 1.  ],\n       [2.  , 4.  ]])").status == FAIL
    assert judge("## One", "## One\n").status == EXACT
    assert judge("## One", "# One").status == FAIL
    assert judge("## 1\n2", "1\n2").status != EXACT


@pytest.mark.parametrize("measured", ["Hello, 5\n", "'Hello, 5'\n", '"Hello, 5"\n'])
def test_text_that_is_in_quotes_in_the_document(measured):
    """Printed, and as Python displays a string."""
    assert judge("Hello, 5", measured, options={"IN_QUOTES"}).status == EXACT
    assert judge("Hello, 6", measured, options={"IN_QUOTES"}).status == FAIL
    assert judge("Hello, 5", "'Hello, 5'").status == FAIL


def test_names_of_nodes_in_a_graph_definition():
    """A graph counts the names that it has already."""
    node = 'name: "%s"\nop: "NoOp"\ninput: "^%s/Assign"\n'
    assert judge(node % ("init_4", "dense_1/bias"), node % ("init", "dense/bias")).status == EQUAL
    assert judge(node % ("init_4", "dense_1/bias"), node % ("init", "dense/kernel")).status == FAIL
    assert judge('name: "file_4"\n', 'name: "file_5"\n').status == FAIL


def test_the_difference_that_decides_is_the_one_that_is_reported():
    """Not one before it that is none: the numbers in the names of a graph's operations."""
    documented = "Tensor(\"Const_10:0\", shape=())\n<class 'tensorflow.python.framework.ops.Tensor'>"
    measured = documented.replace("Const_10", "Const_3").replace("ops.Tensor", "ops.SymbolicTensor")
    assert judge(documented, measured.replace("Symbolic", "")).status == EQUAL
    assert "ops.Tensor' is documented" in judge(documented, measured).message
    ((one, other),) = differences(documented, measured)
    assert "ops.Tensor" in documented[slice(*one)] and "ops.SymbolicTensor" in measured[slice(*other)]


STACK = """\
tf.errors.NotFoundError: Graph execution error:

Detected at node 'Next' defined at (most recent call last):
    File "a.md", line 3, in <module>
Node: 'Next'
no.tfrecords; No such file or directory
\t [[{{node Next}}]]

Original stack trace for 'Next':
  File "a.md", line 3, in <module>
    x = get_next()
"""


def test_the_stack_in_the_message_of_an_error_is_left_out():
    shown = "tf.errors.NotFoundError: no.tfrecords; No such file or directory\n\t [[{{node Next}}]]"
    assert without_stack(STACK) == without_stack(shown) == shown
    assert same_error(shown, STACK) and same_error(STACK, shown)
    assert not same_error(shown.replace("no.tf", "a.tf"), STACK)


def test_empty_lines_among_the_instructions_of_a_deprecation():
    record = "WARNING:tensorflow:From a.py:4: softmax_cross_entropy_with_logits (from nn_ops) is deprecated."
    log = f"""{record}
Instructions for updating:

Future major versions of TensorFlow will allow gradients to flow
into the labels input on backprop by default.

See `tf.nn.softmax_cross_entropy_with_logits_v2`.

"""
    assert shows_only_logs(log, "")
    assert judge(f"{log}0.5", "0.5").status == EQUAL
    assert judge(f"{log}the loss is 0.5", "0.5").status == FAIL
    assert judge(f"{log}the loss", "").status == FAIL


def test_dots_before_each_line_are_a_prompt():
    documented = "... [0 0]\n... [1 1]\n... [2 2]"
    assert judge(documented, "[0 0]\n[1 1]\n[2 2]").status == EQUAL
    assert judge(documented, "surprise 7\n[0 0]\n[1 1]\n[2 2]").status == FAIL
    assert judge("... [2 2]", "surprise 7\n[2 2]").status == EQUAL
    assert judge("...\n[1 1]\n...", "[0 0]\n[1 1]\n[2 2]").status == EQUAL


DEPRECATED = """WARNING:tensorflow:From a.py:5: calling reduce_sum with keep_dims is deprecated.
Instructions for updating:
keep_dims is deprecated, use keepdims instead
"""


def test_words_behind_the_instructions_of_a_deprecation_are_output():
    assert judge(f"{DEPRECATED}total\n6", "total\n6").status == EQUAL
    assert judge(f"{DEPRECATED}total\n6", "6").status == FAIL
    assert judge(f"{DEPRECATED}the sum of all numbers is\n6", "the sum of all numbers is\n6").status == EQUAL
    assert judge(f"{DEPRECATED}something else", "a b").status == FAIL
    assert shows_only_logs(DEPRECATED, "") and not shows_only_logs(f"{DEPRECATED}something else", "")


def test_several_deprecations():
    use = DEPRECATED.replace("keep_dims is deprecated, use keepdims instead", "Use `tf.f(x)`.")
    assert shows_only_logs(use * 3, "") and judge(f"{use}6\n{use}7", "6\n7").status == EQUAL


def test_messages_of_several_lines():
    configuration = "INFO:tensorflow:Using config: {'a': allow: true\nrewrite {\n  one: ONE\n}\n, 'keep': 5}\n"
    notice = "WARNING:tensorflow:\nThe contrib module is not included.\nSee:\n  * https://a.org\n\n"
    for message in (configuration, notice, configuration + notice):
        assert judge(f"{message}done 2", "done 2").status == EQUAL
        assert judge(f"{message}done 2", "done 3").status == FAIL
    assert judge("INFO:tensorflow:step {\ndone 2", "done 2").status == EQUAL  # a bracket that nothing closes


def test_module_installed_elsewhere():
    documented = "<module 'tensorflow.version' from '/usr/local/lib/version.py'>"
    assert judge(documented, "<module 'tensorflow.version' from '/a/version.py'>").status == EQUAL
    assert judge(documented, "<module 'tensorflow.sysconfig' from '/a/version.py'>").status == FAIL


def test_nothing_is_not_one_of_many_outputs():
    assert judge("array([1.5])  # may vary", "array([2.5])").status == EQUAL
    assert judge("array([1.5])  # may vary", "").status == FAIL


def test_where_an_operation_was_executed():
    shown = "Executing op MatMul in device /job:localhost/replica:0/task:0/device:GPU:0\n"
    assert shows_only_logs(shown * 2, "") and judge(f"{shown}3", "3").status == EQUAL


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("array([0.5])", "array([0.7])", EQUAL),
        ("it took 0.5 s", "it took 0.7 s", EQUAL),
        ("{'a': 1}", "{'b': 2}", EQUAL),
        ("array([0.5])", "words", FAIL),
        ("array([0.5])", "", FAIL),
        ("words", "", FAIL),
    ],
)
def test_output_that_may_vary_is_of_the_same_kind(documented, measured, status):
    assert judge(documented, measured, options={"MAY_VARY"}).status == status
    assert judge(f"{documented}  # may vary", measured).status == status


PLACED = "MatMul: (MatMul): /job:localhost/replica:0/task:0/device:CPU:0"
MAPPED = "Device mapping:\n/job:localhost/replica:0/task:0/device:XLA_CPU:0 -> device: XLA_CPU device"


def test_where_tensorflow_logs_that_it_placed_operations():
    assert judge(f"{MAPPED}\n3", f"{PLACED}\n3").status == EQUAL
    assert judge(f"{MAPPED}\n3", f"{PLACED}\n4").status == FAIL
    assert shows_only_logs(f"{MAPPED}\n{PLACED}", "")
    assert judge("x: /job:a/task:0/device:CPU:0", "x: /job:a/task:1/device:CPU:0").status == FAIL


def test_log_of_what_tensorflow_1_cannot_serialize():
    log = (
        "WARNING:tensorflow:Issue encountered when serializing variables.\n"
        "Type is unsupported, or the types of the items don't match field type in CollectionDef.\n"
        "tf.float32 has type DType, but expected one of: int, long, bool\n"
    )
    assert judge(f"{log}[103.0]", "[103.0]").status == EQUAL
    assert judge(f"{log}[103.0]", "[104.0]").status == FAIL
    assert judge(f"{log}words of the program", "").status == FAIL
