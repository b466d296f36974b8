"""TensorFlow with TF1's names, in graph mode and in eager mode, on every release from 1.5.

With ``from tfsoftmax_compat import tf1 as tf`` in place of ``import tensorflow as tf``, code written for TF1 runs
unchanged. The softmax functions and losses are those of this package. `Session` and `InteractiveSession` run eager
tensors too. Everything else comes from the installed TensorFlow (`tf` on 1.x, `tf.compat.v1` on 2.x).

Source: https://www.tensorflow.org/versions/r1.15/api_docs/python/tf
"""

import sys as _sys
import types as _types
import typing as _t

from tfsoftmax_compat import losses as _losses
from tfsoftmax_compat import nn as _nn
from tfsoftmax_compat._runtime import bindings as _bindings
from tfsoftmax_compat._runtime import modules as _modules
from tfsoftmax_compat._runtime import sessions as _sessions
from tfsoftmax_compat._runtime.bindings import v1 as _v1

__all__ = ["nn", "losses", "Session", "InteractiveSession", "placeholder", "sparse_placeholder"]

# The full names of the functions that may be meant by a misspelt name.
_PLACES = {name: "tf.%s.%s" % (part, name) for part, own in (("nn", _nn), ("losses", _losses)) for name in own.__all__}


def _overlay(own: _types.ModuleType, beneath: _types.ModuleType, name: str) -> _t.Any:
    """Return a module with the public names of `own` and all others of `beneath`, a module of TensorFlow."""
    module = _types.ModuleType("%s.%s" % (__name__, name), beneath.__doc__)
    vars(module).update((public, getattr(own, public)) for public in own.__all__)
    _modules.lay_over(module, beneath, "tf." + name, _v1.__version__, _PLACES)
    return module


nn: _t.Any = _overlay(_nn, _v1.nn, "nn")
losses: _t.Any = _overlay(_losses, _v1.losses, "losses")


class Session(_sessions.RunsEagerTensors, _v1.Session):
    """TensorFlow's `Session`, which runs eager tensors too."""


class InteractiveSession(_sessions.RunsEagerTensors, _v1.InteractiveSession):
    """TensorFlow's `InteractiveSession`, which runs eager tensors too."""


def placeholder(dtype: _t.Any, shape: _t.Any = None, name: _t.Optional[str] = None) -> _t.Any:
    """Return TensorFlow's `placeholder`; only in graph mode.

    Args:
      dtype: the dtype of the values that are fed.
      shape: the shape of the values that are fed; None means any shape.
      name: a name for the operation.

    Returns:
      A tensor that must be fed.

    Raises:
      RuntimeError: in eager mode. The message says how to get graph mode.

    Source: `tf.placeholder` of TF 1.15.
    """
    _require_graph_mode("tf.placeholder")
    return _v1.placeholder(dtype, shape, name)


def sparse_placeholder(dtype: _t.Any, shape: _t.Any = None, name: _t.Optional[str] = None) -> _t.Any:
    """Return TensorFlow's `sparse_placeholder`; only in graph mode.

    Args:
      dtype: the dtype of the values that are fed.
      shape: the shape of the values that are fed; None means any shape.
      name: a name for the operations.

    Returns:
      A SparseTensor that must be fed.

    Raises:
      RuntimeError: in eager mode. The message says how to get graph mode.

    Source: `tf.sparse_placeholder` of TF 1.15.
    """
    _require_graph_mode("tf.sparse_placeholder")
    return _v1.sparse_placeholder(dtype, shape, name)


def _require_graph_mode(what: str) -> None:
    if _bindings.executing_eagerly():
        raise RuntimeError(
            "%s needs graph mode, but this program runs in eager mode: %s" % (what, _bindings.HOW_TO_GET_GRAPH_MODE)
        )


_modules.lay_over(_sys.modules[__name__], _v1, "tf", _v1.__version__, _PLACES)
