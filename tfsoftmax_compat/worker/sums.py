"""The built-in `sum` as it was under NumPy 1. Python 3.6 and later."""

from typing import Any, Iterable

import numpy as np


def sum_as_numpy_1(iterable: Iterable[Any], start: Any = 0) -> Any:
    """The built-in `sum` as it was under NumPy 1, where 0 plus a float32 scalar is a float64.

    Since NumPy 2 (NEP 50) it is a float32, and each addition rounds to one.
    """
    total = start
    for value in iterable:
        if isinstance(total, int) and isinstance(value, np.floating):
            value = np.float64(value)
        total = total + value
    return total
