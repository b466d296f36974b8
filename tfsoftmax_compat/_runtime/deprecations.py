"""Call TensorFlow without its lines about deprecated functions, if it is this package that chose the function.

TensorFlow prints such a line at the first call. The user can change nothing about it. TensorFlow's own context manager,
`silence`, can leave the lines switched off for good if two threads use it at the same time.
"""

import functools
import threading
from typing import Any, Callable

from tensorflow.python.util import deprecation as _deprecation

_lock = threading.Lock()
_calls = 0  # number of calls in progress, in all threads
_printed_before = True


def quietly(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` without the lines about deprecated functions that it calls or is."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        _begin()
        try:
            return function(*args, **kwargs)
        finally:
            _end()

    return wrapper


def _begin() -> None:
    global _calls, _printed_before
    with _lock:
        if not _calls:
            _printed_before = _deprecation._PRINT_DEPRECATION_WARNINGS
            _deprecation._PRINT_DEPRECATION_WARNINGS = False
        _calls += 1


def _end() -> None:
    global _calls
    with _lock:
        _calls -= 1
        if not _calls:
            _deprecation._PRINT_DEPRECATION_WARNINGS = _printed_before
