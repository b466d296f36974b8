"""Change what can move a number in this process, before it runs the code whose numbers moved. Python 3.6."""

import builtins
import os
from typing import Any, Callable, Iterable

import numpy as np

from tfsoftmax_compat.worker.causes import NUMPY_1_13_PRINTING, NUMPY_1_SUM, ONE_THREAD
from tfsoftmax_compat.worker.sums import sum_as_numpy_1


def make(changes: Iterable[str]) -> None:
    """Make the changes that concern the whole process; `sum_with` gives the built-in `sum`.

    TensorFlow must not have computed anything yet: it chooses the number of its threads when it first does.

    Args:
      changes: names that `causes` defines.
    """
    if ONE_THREAD in changes:
        # TensorFlow counts the processors that it may use, in every release; its own variable came with 2.0.
        os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    if NUMPY_1_13_PRINTING in changes and hasattr(np, "printoptions"):  # NumPy 1.14 or later has the older style too
        np.set_printoptions(legacy="1.13")


def sum_with(changes: Iterable[str]) -> Callable[..., Any]:
    """Return the built-in `sum`, or what it was with NumPy 1 if the changes say so."""
    return sum_as_numpy_1 if NUMPY_1_SUM in changes else builtins.sum
