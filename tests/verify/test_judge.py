import math

import pytest

from tfsoftmax_compat.verify import ulp
from tfsoftmax_compat.verify.judge import DRIFT, EQUAL, EXACT, FAIL, judge

SOFTMAX = "[0.07768121 0.07768121 0.21115941]"


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        (SOFTMAX, SOFTMAX, EXACT),
        (SOFTMAX + "\n1.0", SOFTMAX + "  \n1.0\n", EXACT),
        ("[-2.555142 -2.555142]", "[-2.555142  -2.555142]", EQUAL),
        ("[0.4 0.9]", "[ 0.4  0.9]", EQUAL),
        ("1.0", "np.float32(1.0)", EQUAL),
        ("[0.5, 0.25]", "[np.float32(0.5), np.float64(0.25)]", EQUAL),
        ("0.2112", "0.21115941", EQUAL),
        ("1e-05", "0.00001", EQUAL),
        ("[1. 2.]", "[ 1.  2.]", EQUAL),
        ("inf nan -inf", "inf  nan  -inf", EQUAL),
        ("loss 0.41703", "loss  0.41702995", EQUAL),
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


def test_distance_is_in_float32_ulp_of_the_documented_number():
    assert judge("1.0000000447034836", "1.0").ulp == pytest.approx(0.375)
    assert judge("1.0000000447034836", "1.0").message == "number 1: 1.0000000447034836 documented, 1.0 measured"


def test_allowed_distance_is_the_callers():
    assert judge("1.0000001", "1.0000006", max_ulp=4).status == FAIL
    assert judge("1.0000001", "1.0000006", max_ulp=5).status == DRIFT


def test_digits_inside_names_are_no_numbers():
    assert judge("float32 layer1 0.5", "float32 layer2 0.5").status == FAIL
    assert judge("float32 layer1 0.50", "float32 layer1 0.5").status == EQUAL


@pytest.mark.parametrize(
    "value, expected",
    [(1.0, 2.0**-23), (0.99, 2.0**-24), (-2.0, 2.0**-22), (0.0, 2.0**-149), (1e-40, 2.0**-149), (3e38, 2.0**104)],
)
def test_spacing_of_float32(value, expected):
    assert ulp.spacing(value) == expected


def test_distances_of_special_values():
    assert ulp.distance(math.inf, math.inf) == ulp.distance(math.nan, math.nan) == ulp.distance(0.0, -0.0) == 0
    assert ulp.distance(math.inf, 1.0) == ulp.distance(1.0, math.nan) == math.inf
