"""TensorFlow with TF1's names, in graph mode and in eager mode, on every release from 1.5.

``from tfsoftmax_compat import tf1 as tf`` in place of ``import tensorflow as tf``: code written for TF1 runs as it
stands. The softmax family and its losses are this package's; `Session` and `InteractiveSession` run eager tensors
too; everything else is the installed release's own (`tf` on 1.x, `tf.compat.v1` on 2.x).

Source: https://www.tensorflow.org/versions/r1.15/api_docs/python/tf
"""

import sys
import types
from typing import Any, Callable, Dict, Iterator, List, Optional

from tfsoftmax_compat import losses as _own_losses
from tfsoftmax_compat import nn as _own_nn
from tfsoftmax_compat._runtime import bindings, misspelt
from tfsoftmax_compat._runtime.bindings import v1

__all__ = ["nn", "losses", "Session", "InteractiveSession", "placeholder", "sparse_placeholder"]


class _Overlay(types.ModuleType):
    """A module of TensorFlow's on which some names are ours; any other is looked up in TensorFlow's module."""

    def _lay_over(self, module: types.ModuleType, shown_as: str) -> None:
        self._module = module
        self._shown_as = shown_as

    def __getattr__(self, name: str) -> Any:
        if name in ("_module", "_shown_as"):  # asked for before _lay_over, as by an import in another thread
            raise AttributeError(name)
        try:
            return getattr(self._module, name)
        except AttributeError:
            right = None if name.startswith("__") else misspelt.meant(name, _own_nn.__all__)
            raise AttributeError(
                "%s, as TensorFlow %s has it, has no attribute %r%s"
                % (self._shown_as, v1.__version__, name, ": did you mean tf.nn.%s?" % right if right else "")
            ) from None

    def __dir__(self) -> List[str]:
        return sorted(set(super().__dir__()) | set(dir(self._module)))


def _overlay(own: types.ModuleType, module: types.ModuleType, shown_as: str) -> _Overlay:
    """The names in ``own.__all__`` laid over TensorFlow's module."""
    overlay = _Overlay("%s.%s" % (__name__, shown_as.split(".")[-1]), module.__doc__)
    overlay.__dict__.update((name, getattr(own, name)) for name in own.__all__)
    overlay._lay_over(module, shown_as)
    return overlay


nn: Any = _overlay(_own_nn, v1.nn, "tf.nn")
losses: Any = _overlay(_own_losses, v1.losses, "tf.losses")


class _RunsEagerTensors:
    """The part of a session that lets `run` fetch what eager mode has computed already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._made_in_eager_mode = bindings.executing_eagerly()
        super().__init__(*args, **kwargs)

    def run(self, fetches: Any, feed_dict: Optional[Dict[Any, Any]] = None, *args: Any, **kwargs: Any) -> Any:
        """As TensorFlow's, and besides: an eager tensor or variable gives its NumPy value.

        Args:
          fetches: a tensor, operation, variable or name, or nested lists, tuples and dicts of them. In eager mode
            an operation has run when it was made and is None; fetching it gives None.
          feed_dict: graph mode alone.
          *args, **kwargs: `options` and `run_metadata`, as TensorFlow's `Session.run` takes them.

        Returns:
          NumPy values in the structure of `fetches`.

        Raises:
          RuntimeError: a feed together with an eager tensor, whose value no feed can change.

        Source: `tf.Session.run` of TF 1.15.
        """
        leaves = list(_leaves(fetches))
        in_graph = [leaf for leaf in leaves if not self._has_run(leaf)]
        if len(in_graph) == len(leaves):
            return super().run(fetches, feed_dict, *args, **kwargs)  # type: ignore[misc]
        if feed_dict:
            raise RuntimeError(
                "a feed needs graph mode, but what is fetched here was computed in eager mode: %s"
                % bindings.HOW_TO_GET_GRAPH_MODE
            )
        graph_values = iter(super().run(in_graph, None, *args, **kwargs) if in_graph else ())  # type: ignore[misc]
        return _map(lambda leaf: _value(leaf) if self._has_run(leaf) else next(graph_values), fetches)

    def _has_run(self, leaf: Any) -> bool:
        """Whether eager mode has computed `leaf` already: an eager tensor or variable, or a finished operation."""
        if leaf is None:
            return self._made_in_eager_mode
        if isinstance(leaf, v1.SparseTensor):
            leaf = leaf.values
        return isinstance(getattr(leaf, "handle", leaf), bindings.EagerTensor)


class Session(_RunsEagerTensors, v1.Session):
    """TensorFlow's `Session`, which runs eager tensors too."""


class InteractiveSession(_RunsEagerTensors, v1.InteractiveSession):
    """TensorFlow's `InteractiveSession`, which runs eager tensors too."""


def placeholder(dtype: Any, shape: Any = None, name: Optional[str] = None) -> Any:
    """TensorFlow's `placeholder`, for graph mode.

    Args:
      dtype: of the values to be fed.
      shape: of the values to be fed; None: any.
      name: a name for the operation.

    Returns:
      A tensor to be fed.

    Raises:
      RuntimeError: in eager mode, saying how to get graph mode.

    Source: `tf.placeholder` of TF 1.15.
    """
    _require_graph_mode("tf.placeholder")
    return v1.placeholder(dtype, shape, name)


def sparse_placeholder(dtype: Any, shape: Any = None, name: Optional[str] = None) -> Any:
    """TensorFlow's `sparse_placeholder`, for graph mode.

    Args:
      dtype: of the values to be fed.
      shape: of the values to be fed; None: any.
      name: a name for the operations.

    Returns:
      A SparseTensor to be fed.

    Raises:
      RuntimeError: in eager mode, saying how to get graph mode.

    Source: `tf.sparse_placeholder` of TF 1.15.
    """
    _require_graph_mode("tf.sparse_placeholder")
    return v1.sparse_placeholder(dtype, shape, name)


def _require_graph_mode(what: str) -> None:
    if bindings.executing_eagerly():
        raise RuntimeError(
            "%s needs graph mode, but this program runs in eager mode: %s" % (what, bindings.HOW_TO_GET_GRAPH_MODE)
        )


def _map(function: Callable[[Any], Any], structure: Any) -> Any:
    """`function` of each leaf, in the structure of nested lists, tuples, named tuples and dicts."""
    kind = type(structure)
    if isinstance(structure, dict):
        return kind((key, _map(function, value)) for key, value in structure.items())
    if isinstance(structure, (list, tuple)):
        values = (_map(function, value) for value in structure)
        return kind(*values) if hasattr(structure, "_fields") else kind(values)
    return function(structure)


def _leaves(structure: Any) -> Iterator[Any]:
    """The leaves of `structure`, in the order in which `_map` meets them."""
    if isinstance(structure, dict):
        structure = structure.values()
    elif not isinstance(structure, (list, tuple)):
        yield structure
        return
    for value in structure:
        yield from _leaves(value)


def _value(leaf: Any) -> Any:
    """What `Session.run` would have returned: a NumPy scalar, not an array, for a scalar."""
    if leaf is None:
        return None
    if isinstance(leaf, v1.SparseTensor):
        return v1.SparseTensorValue(_value(leaf.indices), _value(leaf.values), _value(leaf.dense_shape))
    value = leaf.numpy()
    return value[()] if getattr(value, "ndim", None) == 0 else value


# A class and not a module-level __getattr__, for Python 3.6.
sys.modules[__name__].__class__ = _Overlay
sys.modules[__name__]._lay_over(v1, "tf")
