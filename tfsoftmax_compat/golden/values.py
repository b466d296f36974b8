"""Values as they are recorded: dtype, shape, and each element to the bit."""

import sys
from typing import Any, Dict, List, Tuple

import numpy as np


class _Float:
    """How a floating dtype lies in its bits: sign, exponent, mantissa, from the highest bit to the lowest."""

    def __init__(self, bits: type, mantissa: int) -> None:
        self.bits = bits
        self.digits = np.dtype(bits).itemsize * 2
        width = np.dtype(bits).itemsize * 8
        self.magnitude = (1 << (width - 1)) - 1  # the bits that are not the sign
        self.infinity = self.magnitude - ((1 << mantissa) - 1)


# By name, for NumPy itself has no bfloat16: TensorFlow brings one.
FLOATS = {
    "float16": _Float(np.uint16, 10),
    "bfloat16": _Float(np.uint16, 7),
    "float32": _Float(np.uint32, 23),
    "float64": _Float(np.uint64, 52),
}


class Value:
    """A value, to be recorded or compared.

    Attributes:
      dtype: the dtype's name, ``"float32"``.
      shape: its shape.
      elements: a flat array: of a float's bits, as unsigned integers; else of the integers or booleans themselves.
    """

    def __init__(self, dtype: str, shape: Tuple[int, ...], elements: np.ndarray) -> None:
        self.dtype, self.shape, self.elements = dtype, shape, elements

    @classmethod
    def of(cls, value: Any) -> "Value":
        """The value of a tensor in either mode, an array, a number, or a list of numbers.

        A graph tensor is evaluated in the default session, if that is one of its graph, else in a new one.

        Raises:
          TypeError: it holds anything but floats, integers or booleans.
          ValueError: a list is ragged, or a graph tensor cannot be evaluated by itself.
        """
        array = np.asarray(_evaluated(value))
        name = array.dtype.name
        if name in FLOATS:
            return cls(name, array.shape, np.ascontiguousarray(array).reshape(-1).view(FLOATS[name].bits))
        if array.dtype.kind in "iub":
            return cls(name, array.shape, array.reshape(-1))
        raise TypeError(
            "%s of dtype %s: golden values are floats, integers or booleans, in a tensor, an array or a list"
            % (type(value).__name__, name)
        )

    @classmethod
    def from_json(cls, recorded: Dict[str, Any]) -> "Value":
        """The value that :meth:`to_json` wrote."""
        dtype, elements = recorded["dtype"], recorded["elements"]
        if dtype in FLOATS:
            array: Any = np.array([int(text.split()[0], 16) for text in elements], FLOATS[dtype].bits)
        else:
            array = np.array(elements, dtype)
        return cls(dtype, tuple(recorded["shape"]), array)

    def to_json(self) -> Dict[str, Any]:
        """What JSON can hold: a float as its bits, which count, and its decimals, for people."""
        elements: List[Any] = self.elements.tolist()
        if self.dtype in FLOATS:
            digits = FLOATS[self.dtype].digits
            elements = ["0x%0*x %s" % (digits, bits, text) for bits, text in zip(elements, self.decimals())]
        return {"dtype": self.dtype, "shape": list(self.shape), "elements": elements}

    def decimals(self) -> List[str]:
        """Each element as NumPy prints it."""
        if self.dtype == "bfloat16":  # the upper half of a float32
            return [str(number) for number in (self.elements.astype(np.uint32) << np.uint32(16)).view(np.float32)]
        array = self.elements.view(self.dtype) if self.dtype in FLOATS else self.elements
        return [str(number) for number in array]


def _evaluated(value: Any) -> Any:
    """The NumPy value of a tensor; anything else as it is."""
    if "tensorflow" not in sys.modules:  # then it is no tensor
        return value
    from tfsoftmax_compat._runtime.bindings import EagerTensor, tf, v1

    if isinstance(value, EagerTensor):  # asked first: before 1.9 graph tensors have a `numpy` attribute too
        return value.numpy()
    if not isinstance(value, tf.Tensor):
        return value
    session = v1.get_default_session()
    try:
        if session is not None and session.graph is value.graph:
            return session.run(value)
        with v1.Session(graph=value.graph) as session:
            return session.run(value)
    except (tf.errors.FailedPreconditionError, tf.errors.InvalidArgumentError) as error:
        raise ValueError(
            "%s cannot be evaluated by itself; if it depends on a variable, a placeholder or an argument of a "
            "tf.function, check what session.run() or the function returns" % value.name
        ) from error
