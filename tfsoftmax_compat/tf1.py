"""TensorFlow with TF1's names, in graph mode and in eager mode, on every release from 1.5.

With ``from tfsoftmax_compat import tf1 as tf`` in place of ``import tensorflow as tf``, and
``tf.disable_v2_behavior()`` at the start, code written for TF1 runs unchanged on every release. The softmax functions
and losses are those of this package. Everything else comes from the installed TensorFlow (`tf` on 1.x, `tf.compat.v1`
on 2.x).

Without ``disable_v2_behavior()`` a program runs in eager mode on TF 2. There an operation runs once, when it is made.
`Session` and `InteractiveSession` return the value of a tensor that was computed from constants only, and of a variable
that has not changed since it was initialised. Code that has other values in graph mode raises `GraphModeRequired`:
running an operation, a name, a feed, a tensor that depends on a variable or a random number, and functions such as
`placeholder` and `gradients`. To know this, tf1 observes the eager operations of each thread that looks up names in it,
which makes each about 5 µs slower. Import `nn` and `losses` only where this matters. It sees no tensor that a
thread made before it looked up a name.

Source: https://www.tensorflow.org/versions/r1.15/api_docs/python/tf
"""

import sys as _sys
import types as _types
import typing as _t

from tfsoftmax_compat import losses as _losses
from tfsoftmax_compat import nn as _nn
from tfsoftmax_compat._runtime import bindings as _bindings
from tfsoftmax_compat._runtime import graph_mode as _graph_mode
from tfsoftmax_compat._runtime import missing as _missing
from tfsoftmax_compat._runtime import modules as _modules
from tfsoftmax_compat._runtime import sessions as _sessions
from tfsoftmax_compat._runtime import state as _state
from tfsoftmax_compat._runtime.bindings import quiet_v1 as _quiet_v1
from tfsoftmax_compat._runtime.bindings import v1 as _v1

__all__ = [
    "nn",
    "losses",
    "Session",
    "InteractiveSession",
    "GraphModeRequired",
    "disable_v2_behavior",
    "placeholder",
    "sparse_placeholder",
]

GraphModeRequired = _graph_mode.GraphModeRequired
disable_v2_behavior = _graph_mode.disable_v2_behavior

# The full names of the functions that may be meant by a misspelt name.
_PLACES = {name: "tf.%s.%s" % (part, name) for part, own in (("nn", _nn), ("losses", _losses)) for name in own.__all__}


def _lay_over(
    module: _types.ModuleType, beneath: _types.ModuleType, name: str, why_missing: _t.Any = _missing.nowhere
) -> _t.Any:
    _modules.lay_over(module, beneath, name, _v1.__version__, _PLACES, _state.watch, why_missing)
    return module


def _overlay(own: _t.Dict[str, _t.Any], beneath: _types.ModuleType, name: str, **options: _t.Any) -> _t.Any:
    """Return a module with the names of `own` and all others of `beneath`, a module of TensorFlow."""
    module = _types.ModuleType("%s.%s" % (__name__, name), beneath.__doc__)
    vars(module).update(own)
    return _lay_over(module, beneath, "tf." + name, **options)


def _public(module: _types.ModuleType) -> _t.Dict[str, _t.Any]:
    return {name: getattr(module, name) for name in module.__all__}


def _wrapped(wrap: _t.Any, module: _types.ModuleType, place: str, names: _t.Sequence[str]) -> _t.Dict[str, _t.Any]:
    """Return TensorFlow's functions of these names, as far as the release has them, in the wrapper `wrap`."""
    return {name: wrap(getattr(module, name), place + name) for name in names if hasattr(module, name)}


nn: _t.Any = _overlay(_public(_nn), _v1.nn, "nn")
losses: _t.Any = _overlay(
    dict(
        _wrapped(
            _graph_mode.filled_in_graph_mode,
            _quiet_v1.losses,
            "losses.",
            ["get_losses", "get_regularization_losses"],
        ),
        **_wrapped(_graph_mode.graph_only, _quiet_v1.losses, "losses.", ["get_regularization_loss", "get_total_loss"]),
        **_public(_losses),
    ),
    _v1.losses,
    "losses",
)
if _missing.NEEDS_KERAS_2:
    layers: _t.Any = _overlay({}, _v1.layers, "layers", why_missing=_missing.in_keras_2)
    nn.rnn_cell = _overlay({}, _v1.nn.rnn_cell, "nn.rnn_cell", why_missing=_missing.in_keras_2)


class Session(_sessions.EntersNoEmptyGraph, _quiet_v1.Session):
    """TensorFlow's `Session`, which runs eager tensors too."""

    __module__ = _quiet_v1.Session.__module__  # so that it is displayed as TensorFlow's


class InteractiveSession(_sessions.RunsEagerTensors, _quiet_v1.InteractiveSession):
    """TensorFlow's `InteractiveSession`, which runs eager tensors too."""

    __module__ = _quiet_v1.InteractiveSession.__module__


def placeholder(dtype: _t.Any, shape: _t.Any = None, name: _t.Optional[str] = None) -> _t.Any:
    """Return TensorFlow's `placeholder`; only in graph mode.

    Args:
      dtype: the dtype of the values that are fed.
      shape: the shape of the values that are fed; None means any shape.
      name: a name for the operation.

    Returns:
      A tensor that must be fed.

    Raises:
      GraphModeRequired: in eager mode. The message says how to get graph mode.

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
      GraphModeRequired: in eager mode. The message says how to get graph mode.

    Source: `tf.sparse_placeholder` of TF 1.15.
    """
    _require_graph_mode("tf.sparse_placeholder")
    return _v1.sparse_placeholder(dtype, shape, name)


def _require_graph_mode(what: str) -> None:
    if _bindings.executing_eagerly():
        raise _graph_mode.required(what)


vars(_sys.modules[__name__]).update(
    _wrapped(_graph_mode.graph_only, _quiet_v1, "", ["gradients", "hessians", "numpy_function", "py_func"]),
    **_wrapped(
        _graph_mode.filled_in_graph_mode,
        _quiet_v1,
        "",
        [
            "all_variables",
            "get_collection",
            "global_variables",
            "local_variables",
            "model_variables",
            "moving_average_variables",
            "trainable_variables",
        ],
    ),
)
_graph_mode.explain_errors_of_eager_mode()
_lay_over(_sys.modules[__name__], _v1, "tf", why_missing=_missing.in_tf)
