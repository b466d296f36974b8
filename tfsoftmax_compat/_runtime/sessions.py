"""Sessions that run eager tensors too."""

from typing import Any, Callable, Dict, Iterator, Optional

from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import v1


class RunsEagerTensors:
    """The part of a session that lets `run` fetch what eager mode has already computed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._made_in_eager_mode = bindings.executing_eagerly()
        super().__init__(*args, **kwargs)

    def run(self, fetches: Any, feed_dict: Optional[Dict[Any, Any]] = None, *args: Any, **kwargs: Any) -> Any:
        """Return the values of `fetches`, as TensorFlow's `run`; an eager tensor or variable gives its NumPy value.

        Args:
          fetches: a tensor, operation, variable or name, or nested lists, tuples and dicts of them. In eager mode a
            function that makes an operation runs it at once and returns None; the value of None is None.
          feed_dict: only in graph mode.
          *args, **kwargs: `options` and `run_metadata`, as in TensorFlow's `Session.run`.

        Returns:
          NumPy values in the structure of `fetches`.

        Raises:
          RuntimeError: there is a feed and an eager tensor is fetched. No feed can change its value.

        Source: `tf.Session.run` of TF 1.15.
        """
        leaves = list(_leaves(fetches))
        in_graph = [leaf for leaf in leaves if not self._has_run(leaf)]
        if len(in_graph) == len(leaves):
            return super().run(fetches, feed_dict, *args, **kwargs)  # type: ignore[misc]
        if feed_dict:
            raise RuntimeError(
                "a feed needs graph mode, but the fetched values were computed in eager mode: %s"
                % bindings.HOW_TO_GET_GRAPH_MODE
            )
        graph_values = iter(super().run(in_graph, None, *args, **kwargs) if in_graph else ())  # type: ignore[misc]
        return _map(lambda leaf: _value(leaf) if self._has_run(leaf) else next(graph_values), fetches)

    def _has_run(self, leaf: Any) -> bool:
        """Return whether eager mode has already computed `leaf`: an eager tensor or variable, or an operation."""
        if leaf is None:
            return self._made_in_eager_mode
        if isinstance(leaf, v1.SparseTensor):
            leaf = leaf.values
        return isinstance(getattr(leaf, "handle", leaf), bindings.EagerTensor)


def _map(function: Callable[[Any], Any], structure: Any) -> Any:
    """Apply `function` to each leaf of nested lists, tuples, named tuples and dicts, and keep their structure."""
    kind = type(structure)
    if isinstance(structure, dict):
        return kind((key, _map(function, value)) for key, value in structure.items())
    if isinstance(structure, (list, tuple)):
        values = (_map(function, value) for value in structure)
        return kind(*values) if hasattr(structure, "_fields") else kind(values)
    return function(structure)


def _leaves(structure: Any) -> Iterator[Any]:
    """Yield the leaves of `structure` in the order of `_map`."""
    if isinstance(structure, dict):
        structure = structure.values()
    elif not isinstance(structure, (list, tuple)):
        yield structure
        return
    for value in structure:
        yield from _leaves(value)


def _value(leaf: Any) -> Any:
    """Return what `Session.run` returns in graph mode; for a scalar that is a NumPy scalar, not an array."""
    if leaf is None:
        return None
    if isinstance(leaf, v1.SparseTensor):
        return v1.SparseTensorValue(_value(leaf.indices), _value(leaf.values), _value(leaf.dense_shape))
    value = leaf.numpy()
    return value[()] if getattr(value, "ndim", None) == 0 else value
