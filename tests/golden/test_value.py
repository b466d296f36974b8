"""What a value is to `golden`: its bits, its distance from another, and the origin that is recorded with it."""

import numpy as np
import pytest
from modes import EAGER, new_graph

from tfsoftmax_compat._runtime.bindings import tf, v1
from tfsoftmax_compat.golden.difference import distances
from tfsoftmax_compat.golden.values import Value
from tfsoftmax_compat.worker import provenance


def test_provenance_has_the_keys_and_types_that_a_record_must_have():
    origin = provenance.of_this_process()
    assert sorted(origin) == sorted(provenance.TYPES)
    assert all(type(value) in provenance.TYPES[key] for key, value in origin.items())


def test_eager_and_graph_tensors_are_the_same_value():
    numbers = np.array([[0.5, 2.0]], np.float32)
    with new_graph():
        tensor = tf.constant(numbers)
        variable = v1.get_variable("weight", initializer=numbers)
        assert Value.of(tensor).to_json() == Value.of(numbers).to_json()
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            assert Value.of(variable + 0).to_json() == Value.of(numbers).to_json()
        for tensor_without_value in (variable + 0, v1.placeholder(tf.float32, []) + 0):
            with pytest.raises(ValueError, match="cannot be evaluated by itself; if it depends on a variable, a pl"):
                Value.of(tensor_without_value)
    # Outside, where eager mode is on.
    assert Value.of(tensor).to_json() == Value.of(numbers).to_json()
    assert EAGER.name == "eager" and Value.of(tf.constant(numbers)).to_json() == Value.of(numbers).to_json()


def floats(dtype, *numbers):
    return Value.of(np.array(numbers, dtype))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_distances_are_numpys(dtype, random):
    if dtype == "float16" and np.lib.NumpyVersion(np.__version__) < "1.15.0":
        pytest.skip("NumPy's own measure does not take float16 yet")
    numbers = (random.standard_normal(200) * 10.0 ** random.randint(-4, 4, 200)).astype(dtype)
    others = numbers + (random.randint(-9, 10, 200) * np.spacing(numbers)).astype(dtype)
    expected = [np.testing.assert_array_max_ulp(*pair, maxulp=20)[()] for pair in zip(numbers, others)]
    assert distances(Value.of(numbers), Value.of(others)).tolist() == expected


def test_distances_of_special_numbers():
    one = floats("float32", 0.0, np.nan, np.inf, np.inf, -np.inf, np.nan, 3.4028235e38, -1e-45, 1.0)
    other = floats("float32", -0.0, np.nan, np.inf, -np.inf, 1.0, 1.0, np.inf, 1e-45, 1.0000001)
    assert distances(one, other).tolist() == [0, 0, 0, np.inf, np.inf, np.inf, np.inf, 2, 1]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int16", "int64", "uint32"])
def test_byte_order_of_the_array_does_not_matter(dtype):
    numbers = np.arange(6).reshape(2, 3).astype(dtype)
    for order in "<>":
        value = Value.of(numbers.astype(numbers.dtype.newbyteorder(order)))
        assert value.to_json() == Value.of(numbers).to_json()
        assert not distances(Value.of(numbers), value).any()


def test_bfloat16_is_recorded_and_measured():
    numbers = [1.0, -2.5, 0.0]
    value = Value.of(EAGER.evaluate(lambda: tf.cast(tf.constant(numbers), tf.bfloat16)))
    assert value.to_json() == {
        "dtype": "bfloat16",
        "shape": [3],
        "elements": ["0x3f80 1.0", "0xc020 -2.5", "0x0000 0.0"],
    }
    recorded = Value.from_json({"dtype": "bfloat16", "shape": [3], "elements": ["0x3f81", "0xc01e", "0x8000"]})
    assert distances(recorded, value).tolist() == [1, 2, 0]
