"""Describe what a call did, so that two calls can be compared."""

import numpy as np


def outcome(call):
    """Return the value of ``call()`` to the bit, or the type of the exception that it raised."""
    try:
        value = np.asarray(call())
    except Exception as error:
        return type(error)
    return str(value.dtype), value.shape, value.tobytes()
