"""Sessions that run eager tensors too."""

from typing import Any, Callable, Dict, Iterator, List, Optional

from tfsoftmax_compat._runtime import bindings, graph_mode, state
from tfsoftmax_compat._runtime.bindings import EagerTensor, v1


class RunsEagerTensors:
    """The part of a session that lets `run` fetch what eager mode has already computed."""

    def __init__(self, target: str = "", graph: Any = None, config: Any = None) -> None:
        # In eager mode a session without a graph gets the default graph, which is empty.
        self._is_for_eager_tensors = graph is None and bindings.executing_eagerly()
        super().__init__(target, graph, config)  # type: ignore[call-arg]

    def run(self, fetches: Any, feed_dict: Optional[Dict[Any, Any]] = None, *args: Any, **kwargs: Any) -> Any:
        """Return the values of `fetches`, as TensorFlow's `run`; an eager tensor or variable gives its NumPy value.

        In eager mode an operation runs once, when it is made. So only these can be fetched: a tensor that was computed
        from constants only, and a variable that has not changed since it was initialised. Everything else would have
        another value in graph mode if it was run again, and raises an error.

        Args:
          fetches: a tensor, operation, variable or name, or nested lists, tuples and dicts of them.
          feed_dict: only in graph mode.
          *args, **kwargs: `options` and `run_metadata`, as in TensorFlow's `Session.run`.

        Returns:
          NumPy values in the structure of `fetches`.

        Raises:
          GraphModeRequired: in eager mode, for an operation, for a name, for a feed, for a tensor that depends on a
            variable, a random number or other state, and for a variable that has changed.

        Source: `tf.Session.run` of TF 1.15.
        """
        leaves = list(_leaves(fetches))
        in_graph = [leaf for leaf in leaves if not self._is_eager(leaf)]
        if len(in_graph) == len(leaves):
            return super().run(fetches, feed_dict, *args, **kwargs)  # type: ignore[misc]
        if feed_dict:
            raise graph_mode.required("a feed", "but the fetched values were computed in eager mode")
        graph_values = iter(super().run(in_graph, None, *args, **kwargs) if in_graph else ())  # type: ignore[misc]
        return _map(lambda leaf: _value(leaf) if self._is_eager(leaf) else next(graph_values), fetches)

    def make_callable(self, fetches: Any, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """Return TensorFlow's `make_callable`, which needs a graph.

        Raises:
          GraphModeRequired: in eager mode.

        Source: `tf.Session.make_callable` of TF 1.15.
        """
        if any(map(self._is_eager, _leaves(fetches))):
            raise graph_mode.required("Session.make_callable")
        return super().make_callable(fetches, *args, **kwargs)  # type: ignore[misc]

    def _is_eager(self, leaf: Any) -> bool:
        """Return whether `leaf` is what eager mode has computed: a tensor or variable.

        Raises:
          GraphModeRequired: `leaf` is what TF1 code gets for an operation in eager mode, or a name.
        """
        if self._is_for_eager_tensors:
            if leaf is None:
                raise graph_mode.required("running an operation", "but eager mode ran it once, when it was made")
            if isinstance(leaf, (str, bytes)):
                raise graph_mode.required("running %r by its name" % leaf)
        parts = _parts(leaf)
        return all(isinstance(getattr(part, "handle", part), EagerTensor) for part in parts)


class EntersNoEmptyGraph(RunsEagerTensors):
    """The part of `Session` that, in eager mode, leaves the program in eager mode inside ``with tf.Session():``."""

    _entered: Any = None

    def __enter__(self) -> Any:
        if not self._is_for_eager_tensors:
            return super().__enter__()  # type: ignore[misc]
        if self._entered is not None:
            raise RuntimeError("Session context managers are not re-entrant: use Session.as_default()")
        self._entered = self.as_default()  # type: ignore[attr-defined]
        return self._entered.__enter__()

    def __exit__(self, *error: Any) -> Any:
        if self._entered is None:
            return super().__exit__(*error)  # type: ignore[misc]
        entered, self._entered = self._entered, None
        try:
            return entered.__exit__(*error)
        finally:
            self.close()  # type: ignore[attr-defined]


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


def _parts(leaf: Any) -> List[Any]:
    """Return the tensors of a sparse tensor, or `leaf` itself."""
    return [leaf.indices, leaf.values, leaf.dense_shape] if isinstance(leaf, v1.SparseTensor) else [leaf]


def _value(leaf: Any) -> Any:
    """Return what `Session.run` returns in graph mode; for a scalar that is a NumPy scalar, not an array."""
    if isinstance(leaf, v1.SparseTensor):
        return v1.SparseTensorValue(*map(_value, _parts(leaf)))
    if hasattr(leaf, "handle"):
        if state.has_changed(leaf):
            raise graph_mode.required("running a variable that has been assigned to")
    elif state.depends_on_state(leaf):
        raise graph_mode.required("running a tensor computed from a variable, a random number or other state")
    value = leaf.numpy()
    return value[()] if getattr(value, "ndim", None) == 0 else value
