"""The general path: TensorFlow's own functions, in every mode, along every axis, on every release.

`eager` has the same functions for the calls that can go to the kernel directly.
"""

from typing import Any, Callable, Optional, Tuple

from tfsoftmax_compat._runtime import bindings, keras
from tfsoftmax_compat._runtime.bindings import tf, v1


def softmax(logits: Any, axis: Any, name: Optional[str]) -> Any:
    """Return the softmax along `axis`."""
    if keras.is_symbolic(logits):
        return keras.softmax(logits, axis)
    return _along_axis(bindings.softmax, logits, axis, name)


def log_softmax(logits: Any, axis: Any, name: Optional[str]) -> Any:
    """Return the log-softmax along `axis`."""
    if keras.is_symbolic(logits):
        return keras.log_softmax(logits, axis)
    return _along_axis(bindings.log_softmax, logits, axis, name)


def cross_entropy(labels: Any, logits: Any, axis: Any, name: Optional[str], stops_labels: bool) -> Any:
    """Return the dense loss along `axis`; with `stops_labels`, as in TF1, no gradient reaches the labels."""
    if keras.is_symbolic(labels) or keras.is_symbolic(logits):
        return keras.cross_entropy(labels, logits, axis, stops_labels)
    if isinstance(axis, int) and axis < -1:  # TensorFlow's own functions fail on negative axes other than -1
        if _has_unknown_rank(logits):
            to_last = _permutation_to_last(logits, axis)
            labels, logits, axis = tf.transpose(labels, to_last), tf.transpose(logits, to_last), -1
        else:
            logits, axis = _counted_from_front(logits, axis)
    if stops_labels:
        return bindings.softmax_cross_entropy_with_logits(labels=labels, logits=logits, axis=axis, name=name)
    return bindings.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, axis=axis, name=name)


def sparse_cross_entropy(labels: Any, logits: Any, name: Optional[str]) -> Any:
    """Return the loss whose labels are class indices."""
    if keras.is_symbolic(labels) or keras.is_symbolic(logits):
        return keras.sparse_cross_entropy(labels, logits)
    return bindings.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def _along_axis(function: Callable[..., Any], logits: Any, axis: Any, name: Optional[str]) -> Any:
    """Return the result of `function`, softmax or log-softmax, along `axis`.

    If the rank is unknown, TensorFlow's own functions work along the last axis only, so `axis` is moved there and back.
    """
    if isinstance(axis, int) and axis != -1:
        if _has_unknown_rank(logits):
            to_last = _permutation_to_last(logits, axis)
            along_last = function(tf.transpose(logits, to_last), axis=-1, name=None)
            return tf.transpose(along_last, v1.invert_permutation(to_last), name=name)
        if axis < 0 and not bindings.SOFTMAX_TAKES_NEGATIVE_AXES:
            logits, axis = _counted_from_front(logits, axis)
    return function(logits, axis=axis, name=name)


def _has_unknown_rank(logits: Any) -> bool:
    return isinstance(logits, tf.Tensor) and logits.get_shape().ndims is None


def _counted_from_front(logits: Any, axis: int) -> Tuple[Any, int]:
    """Return `logits` as a tensor, and the negative `axis` as a positive one.

    An axis that is out of range stays as it is, so that TensorFlow raises its own error.
    """
    logits = tf.convert_to_tensor(logits)
    rank = logits.get_shape().ndims
    return logits, axis + rank if rank is not None and -rank <= axis else axis


def _permutation_to_last(tensor: Any, axis: int) -> Any:
    """Return the permutation that moves `axis` to the end; the rank is known only when the graph runs."""
    rank = tf.rank(tensor)
    position = axis + rank if axis < 0 else tf.constant(axis)
    return tf.concat([tf.range(position), tf.range(position + 1, rank), [position]], 0)
