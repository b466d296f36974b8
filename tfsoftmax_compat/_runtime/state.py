"""Which eager tensors have a value that would differ if it was computed again, and which variables have changed.

In graph mode `Session.run` computes a tensor each time. In eager mode a tensor is computed once, when it is made. The
two values can differ if the tensor depends on a variable, a random number, an iterator or other state. TensorFlow calls
an operation that has state stateful. Here a callback of TensorFlow's own sees every eager operation, and marks the
outputs of the stateful ones and everything that is computed from marked tensors. It also counts the operations that
write to a variable.

The callback is not public. TensorFlow's debugger uses it. It is thread-local, so each thread must call `watch`. It
makes every eager operation of the thread about 5 µs slower.
"""

import threading
from typing import Any, Dict, Optional, Sequence, Tuple

from tensorflow.python.eager import context as _context
from tensorflow.python.eager import execute as _execute
from tensorflow.python.framework import op_def_registry as _registry

from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import EagerTensor, tf

# What is known of an eager tensor: whether it depends on state; of a variable's handle, how often it was written to.
_MARK, _WRITES = "_tfsoftmax_compat_depends_on_state", "_tfsoftmax_compat_writes"
# The same by the tensor's number, for the oldest releases, whose eager tensors have no `__dict__`.
_by_number: Dict[Tuple[str, int], int] = {}
# The stateful operations that take a variable's handle and do not change the variable.
_READS = {"ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VarIsInitializedOp", "VariableShape"}

_watched = threading.local()


def watch() -> None:
    """Mark what eager operations of this thread compute from now on. Do nothing in graph mode."""
    if bindings.in_eager_mode() and not getattr(_watched, "here", False):
        _watched.here = True
        _add_callback(_callback)
        EagerTensor._copy = _copy


def unwatch() -> None:
    """Undo `watch` in this thread, so that building a graph is not slower."""
    if getattr(_watched, "here", False):
        _watched.here = False
        _remove_callback(_callback)


def depends_on_state(tensor: Any) -> bool:
    """Return whether the eager tensor was computed from a variable, a random number or other state."""
    return bool(_known(tensor, _MARK))


def has_changed(variable: Any) -> bool:
    """Return whether the eager variable was written to after it was initialised."""
    return _known(variable.handle, _WRITES) > 1


def _observe(op_type: str, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
    """Mark the outputs of one operation that eager mode has run."""
    stateful = _is_stateful(op_type)
    if stateful or any(_known(one, _MARK) for one in inputs):
        for output in outputs or ():
            _note(output, _MARK, 1)
    if stateful and op_type not in _READS:
        for handle in inputs:
            if getattr(handle, "dtype", None) == tf.resource:
                _note(handle, _WRITES, _known(handle, _WRITES) + 1)


def _note(tensor: Any, what: str, value: int) -> None:
    try:
        tensor.__dict__[what] = value
    except AttributeError:
        _by_number[what, tensor._id] = value


def _known(tensor: Any, what: str) -> int:
    try:
        return tensor.__dict__.get(what, 0)
    except AttributeError:  # or something that is no tensor
        return _by_number.get((what, getattr(tensor, "_id", -1)), 0)


_own_copy = EagerTensor._copy


def _copy(self: Any, *args: Any, **kwargs: Any) -> Any:
    """Copy a tensor to a device, and its mark to the copy.

    The oldest releases do this in `tf.identity`, and run no operation.
    """
    copied = _own_copy(self, *args, **kwargs)
    if copied is not self and _known(self, _MARK):
        _note(copied, _MARK, 1)
    return copied


if hasattr(_registry, "get"):
    _definition = _registry.get
else:

    def _definition(op_type: str) -> Any:
        return _registry.get_registered_ops().get(op_type)


def _is_stateful(op_type: str) -> bool:
    """Return whether TensorFlow calls the operation stateful. A `tf.function`, which is not registered, may be."""
    stateful = _statefulness.get(op_type)
    if stateful is None:
        definition = _definition(op_type)
        if definition is None:
            return True
        stateful = _statefulness[op_type] = definition.is_stateful
    return stateful


_statefulness: Dict[str, bool] = {}

try:
    from tensorflow.python.framework.op_callbacks import add_op_callback as _add_callback
    from tensorflow.python.framework.op_callbacks import remove_op_callback as _remove_callback

    def _callback(
        op_type: str, inputs: Any, attrs: Any, outputs: Any, op_name: Optional[str] = None, graph: Any = None
    ) -> None:
        """Observe an operation that runs. If there is a graph, the operation is only created."""
        if graph is None:
            _observe(op_type, inputs, outputs)

except ImportError:  # TensorFlow 1 and 2.0: what their debugger does

    def _add_callback(callback: Any) -> None:
        callbacks = _context.context().post_execution_callbacks
        if callback not in callbacks:  # the oldest releases have one list for all threads
            callbacks.append(callback)
        _execute.execute = _execute.execute_with_callbacks

    def _remove_callback(callback: Any) -> None:
        callbacks = _context.context().post_execution_callbacks
        if callback in callbacks:
            callbacks.remove(callback)
        if not callbacks:
            _execute.execute = _execute.quick_execute

    def _callback(op_type: Any, *others: Any) -> None:  # type: ignore[misc]
        """Observe an operation that runs.

        `others` are inputs, attributes, outputs and name; in the oldest releases name, attributes, inputs and outputs.
        """
        is_name_first = others[0] is None or isinstance(others[0], (str, bytes))
        inputs, outputs = others[2:4] if is_name_first else others[0:3:2]
        _observe(op_type.decode() if isinstance(op_type, bytes) else op_type, inputs, outputs)
