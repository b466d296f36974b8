"""What a call did, in a form that two calls can be compared by."""

import numpy as np


def outcome(call):
    """The value of ``call()`` to the bit, or the type of the exception it raised."""
    try:
        value = np.asarray(call())
    except Exception as error:
        return type(error)
    return str(value.dtype), value.shape, value.tobytes()
