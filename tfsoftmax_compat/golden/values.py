"""Values as they are recorded: dtype, shape, and the bits of each element."""

import sys
from typing import Any, Dict, List, Tuple

import numpy as np


class _Float:
    """The bits of a floating dtype: sign, exponent, mantissa, from the highest bit to the lowest."""

    def __init__(self, bits: type, mantissa: int) -> None:
        self.bits = bits
        self.digits = np.dtype(bits).itemsize * 2
        width = np.dtype(bits).itemsize * 8
        self.magnitude = (1 << (width - 1)) - 1  # the bits that are not the sign
        self.infinity = self.magnitude - ((1 << mantissa) - 1)


# The keys are names, because NumPy has no bfloat16: TensorFlow adds that dtype.
FLOATS = {
    "float16": _Float(np.uint16, 10),
    "bfloat16": _Float(np.uint16, 7),
    "float32": _Float(np.uint32, 23),
    "float64": _Float(np.uint64, 52),
}


class Value:
    """A value to record or to compare.

    Attributes:
      dtype: the dtype's name, ``"float32"``.
      shape: its shape.
      elements: a flat array in native byte order. For floats it has their bits, as unsigned integers; for integers
        and booleans it has the elements themselves.
    """

    def __init__(self, dtype: str, shape: Tuple[int, ...], elements: np.ndarray) -> None:
        self.dtype, self.shape, self.elements = dtype, shape, elements

    @classmethod
    def of(cls, value: Any) -> "Value":
        """Return the value of an eager or graph tensor, an array, a number, or a list of numbers.

        A graph tensor is evaluated in the default session if that belongs to the same graph, else in a new session.

        Raises:
          TypeError: the value holds anything but floats, integers or booleans.
          ValueError: a list is ragged, or a graph tensor cannot be evaluated by itself.
        """
        array = np.asarray(_evaluated(value))
        if not array.dtype.isnative:  # the bits are read below in the machine's own byte order
            array = array.astype(array.dtype.newbyteorder("="))
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
        """Return the value of what :meth:`to_json` returned. :func:`.records.read` checks that it is of that form."""
        dtype, elements = recorded["dtype"], recorded["elements"]
        if dtype in FLOATS:
            array: Any = np.array([bits_of(text) for text in elements], FLOATS[dtype].bits)
        else:
            array = np.array(elements, dtype)
        return cls(dtype, tuple(recorded["shape"]), array)

    def to_json(self) -> Dict[str, Any]:
        """Return plain data for JSON. A float is written as its bits, followed by its decimals for people to read."""
        elements: List[Any] = self.elements.tolist()
        if self.dtype in FLOATS:
            digits = FLOATS[self.dtype].digits
            elements = ["0x%0*x %s" % (digits, bits, text) for bits, text in zip(elements, self.decimals())]
        return {"dtype": self.dtype, "shape": list(self.shape), "elements": elements}

    def decimals(self) -> List[str]:
        """Return each element as NumPy prints it."""
        if self.dtype == "bfloat16":  # its bits are the upper half of a float32's
            return [str(number) for number in (self.elements.astype(np.uint32) << np.uint32(16)).view(np.float32)]
        array = self.elements.view(self.dtype) if self.dtype in FLOATS else self.elements
        return [str(number) for number in array]


def bits_of(element: str) -> int:
    """Return the bits of a float that :meth:`Value.to_json` wrote as ``"0x3d9f1753 0.07768121"``.

    Raises:
      ValueError: the text does not begin with a hexadecimal number.
    """
    return int(element.partition(" ")[0], 16)


def _evaluated(value: Any) -> Any:
    """Return the NumPy value of a tensor, or any other value unchanged."""
    if "tensorflow" not in sys.modules:  # then the value is not a tensor
        return value
    from tfsoftmax_compat._runtime.bindings import EagerTensor, tf, v1

    if isinstance(value, EagerTensor):  # first, because before 1.9 graph tensors have a `numpy` attribute too
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
