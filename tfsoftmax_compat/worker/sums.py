"""The built-in `sum` as it was with NumPy 1. Python 3.6."""

from typing import Any, Iterable

import numpy as np


def sum_as_numpy_1(iterable: Iterable[Any], start: Any = 0) -> Any:
    """Return what the built-in `sum` returns with NumPy 1, where 0 plus a float32 scalar is a float64.

    With NumPy 2 it is a float32, and each addition rounds to float32.

    Source: NEP 50, https://numpy.org/neps/nep-0050-scalar-promotion.html
    """
    total = start
    for value in iterable:
        if isinstance(total, int) and isinstance(value, np.floating):
            value = np.float64(value)
        total = total + value
    return total
