"""TensorFlow's softmax family under TF1's names, with TF1's call forms and gradients, on every release from 1.5.

Each function checks TF1's argument rules and then calls the installed TensorFlow's own function, or in eager mode
its kernel where that does the same (`_eager`). In graph mode the operations built, their names and their types are
those of TensorFlow's own call.

Source: https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn and the same functions of each release.
"""

import functools
import numbers
from typing import Any, Callable, Optional, Tuple, TypeVar

from tfsoftmax_compat._runtime import bindings, eager, keras, misspelt
from tfsoftmax_compat._runtime.bindings import tf, v1

__all__ = [
    "softmax",
    "log_softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "sparse_softmax_cross_entropy_with_logits",
]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def softmax(logits: Any, axis: Optional[int] = None, name: Optional[str] = None, dim: Optional[int] = None) -> Any:
    """Softmax along one axis: ``exp(logits) / reduce_sum(exp(logits), axis)``.

    Args:
      logits: what TensorFlow converts to a tensor of half, bfloat16, float32 or float64; any shape of rank 1 or more.
      axis: the axis along which the result sums to 1; negative counts from the end. None: the last.
      name: a name for the operation.
      dim: TF1's older name of `axis`.

    Returns:
      A tensor of the dtype and shape of `logits`.

    Raises:
      ValueError: `axis` and `dim` are both given.
      tf.errors.InvalidArgumentError, ValueError: TensorFlow's own, for an empty tensor or an axis out of range.

    Source: `tf.nn.softmax` of TF 1.15; TF 2 has no `dim`, and TF 1.5 no negative axes but -1.
    """
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    return eager.softmax(logits, axis, name, otherwise=_own_softmax)


def log_softmax(logits: Any, axis: Optional[int] = None, name: Optional[str] = None, dim: Optional[int] = None) -> Any:
    """Log-softmax along one axis: ``logits - log(reduce_sum(exp(logits), axis))``, without its underflow.

    Args:
      logits: what TensorFlow converts to a tensor of half, bfloat16, float32 or float64; any shape of rank 1 or more.
      axis: the axis along which the exponentials of the result sum to 1; negative counts from the end. None: the last.
      name: a name for the operation.
      dim: TF1's older name of `axis`.

    Returns:
      A tensor of the dtype and shape of `logits`.

    Raises:
      ValueError: `axis` and `dim` are both given.
      tf.errors.InvalidArgumentError, ValueError: TensorFlow's own, for an empty tensor or an axis out of range.

    Source: `tf.nn.log_softmax` of TF 1.15; TF 2 has no `dim`, and TF 1.5 no negative axes but -1.
    """
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    return eager.log_softmax(logits, axis, name, otherwise=_own_log_softmax)


def softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: Any = None,
    logits: Any = None,
    dim: Optional[int] = -1,
    name: Optional[str] = None,
    axis: Optional[int] = None,
) -> Any:
    """Softmax cross entropy between logits and labels; **no gradient reaches the labels**, as in TF1.

    TF 2 gave this name to another function, whose labels get a gradient: here that one is
    `softmax_cross_entropy_with_logits_v2`.

    Args:
      _sentinel: leave it out. It is there so that a positional call raises.
      labels: each row along `axis` a probability distribution; the shape of `logits`, or one that broadcasts to it.
      logits: unnormalised scores of half, bfloat16, float32 or float64; any shape of rank 1 or more.
      dim: the class axis; negative counts from the end. -1, being the default, counts as not given.
      name: a name for the operation.
      axis: `dim` by its later name.

    Returns:
      A tensor of the dtype of `logits` and its shape without the class axis.

    Raises:
      ValueError: a positional call, `labels` or `logits` missing, or `axis` and `dim` both given.
      tf.errors.InvalidArgumentError, ValueError: TensorFlow's own, for shapes that do not match.

    Source: `tf.nn.softmax_cross_entropy_with_logits` of TF 1.15. Since TF 2.12 `tf.compat.v1.nn`'s takes a
    positional ``(logits, labels)`` call for ``(labels, logits)``, and on 1.14 and later a call with `axis` always
    raises there.
    """
    if _sentinel is not None or labels is None or logits is None:
        raise _misuse("softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    if isinstance(dim, numbers.Integral) and dim == -1:
        dim = None
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    return eager.cross_entropy(labels, logits, axis, name, stops_labels=True, otherwise=_own_cross_entropy)


def _takes_sentinel_first(function: _Function) -> _Function:
    """Let ``function(labels, logits, axis, name, dim)`` be called in the form of TF 1.5 to 1.12 as well.

    That form is ``(_sentinel=None, labels=None, logits=None, dim=-1, name=None)``. A call in it has None, or
    nothing, where the newer form has the labels, so the two cannot be mistaken for each other.
    """

    def sentinel_form(
        _sentinel: None = None,
        labels: Any = None,
        logits: Any = None,
        dim: Optional[int] = None,
        name: Optional[str] = None,
        axis: Optional[int] = None,
    ) -> Any:
        if _sentinel is not None:
            raise _misuse(function.__name__, _sentinel, labels, logits)
        return function(labels, logits, axis, name, dim)

    @functools.wraps(function)
    def either_form(*args: Any, **kwargs: Any) -> Any:
        has_labels = args[0] is not None if args else "labels" in kwargs
        if has_labels and (len(args) > 1 or "logits" in kwargs) and "_sentinel" not in kwargs:
            return function(*args, **kwargs)
        return sentinel_form(*args, **kwargs)

    return either_form  # type: ignore[return-value]


@_takes_sentinel_first
def softmax_cross_entropy_with_logits_v2(
    labels: Any,
    logits: Any,
    axis: Optional[int] = None,
    name: Optional[str] = None,
    dim: Optional[int] = None,
) -> Any:
    """Softmax cross entropy between logits and labels; gradients reach both.

    TF 2 calls this function `tf.nn.softmax_cross_entropy_with_logits`. The form of TF 1.5 to 1.12,
    ``(_sentinel=None, labels=None, logits=None, dim=-1, name=None)``, is understood too.

    Args:
      labels: each row along `axis` a probability distribution; the shape of `logits`, or one that broadcasts to it.
      logits: unnormalised scores of half, bfloat16, float32 or float64; any shape of rank 1 or more.
      axis: the class axis; negative counts from the end. None: the last.
      name: a name for the operation.
      dim: TF1's older name of `axis`.

    Returns:
      A tensor of the dtype of `logits` and its shape without the class axis.

    Raises:
      ValueError: `labels` or `logits` missing, `axis` and `dim` both given, or a sentinel that is not None.
      tf.errors.InvalidArgumentError, ValueError: TensorFlow's own, for shapes that do not match.

    Source: `tf.nn.softmax_cross_entropy_with_logits_v2` of TF 1.15, and of TF 1.12 for the older form.
    """
    if labels is None or logits is None:
        raise _misuse("softmax_cross_entropy_with_logits_v2", None, labels, logits)
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    return eager.cross_entropy(labels, logits, axis, name, stops_labels=False, otherwise=_own_cross_entropy_v2)


def sparse_softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: Any = None,
    logits: Any = None,
    name: Optional[str] = None,
) -> Any:
    """Softmax cross entropy between logits and class indices.

    Args:
      _sentinel: leave it out. It is there so that a positional call raises.
      labels: class indices in ``[0, num_classes)``, int32 or int64; the shape of `logits` without its last axis.
      logits: unnormalised scores of half, bfloat16, float32 or float64; shape ``[..., num_classes]``.
      name: a name for the operation.

    Returns:
      A tensor of the dtype of `logits` and the shape of `labels`.

    Raises:
      ValueError: a positional call, `labels` or `logits` missing, scalar logits, or ranks that do not match.
      tf.errors.InvalidArgumentError: TensorFlow's own, for a label out of range on the CPU.

    Source: `tf.nn.sparse_softmax_cross_entropy_with_logits` of TF 1.15. Since TF 2.12 `tf.compat.v1.nn`'s takes a
    positional ``(logits, labels)`` call for ``(labels, logits)``.
    """
    if _sentinel is not None or labels is None or logits is None:
        raise _misuse("sparse_softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    return eager.sparse_cross_entropy(labels, logits, name, otherwise=_own_sparse_cross_entropy)


def _misuse(function_name: str, sentinel: Any, labels: Any, logits: Any) -> ValueError:
    """What TF1's guards raise: over a positional call, whose order differed between releases before 1.0, or a lack."""
    if sentinel is not None:
        return ValueError("Only call `%s` with named arguments (labels=..., logits=..., ...)" % function_name)
    return ValueError(
        "Both labels and logits must be provided to `%s`; missing: %s"
        % (function_name, " and ".join(n for n, v in (("labels", labels), ("logits", logits)) if v is None))
    )


def _one_axis(axis: Any, dim: Any) -> Any:
    """The axis meant by `axis` and its older name `dim`; -1 where neither is given."""
    if dim is not None:
        if axis is not None:
            raise ValueError("Cannot specify both 'axis' and 'dim': give `axis` alone")
        axis = dim
    if axis is None:
        return -1
    # A plain int: 1.5 to 1.12 compare `dim is -1`, which a NumPy integer never is.
    return int(axis) if isinstance(axis, numbers.Integral) else axis


# The way of a call that is not the kernel's: TensorFlow's own function, by way of `_keras`.


def _own_softmax(logits: Any, axis: Any, name: Optional[str]) -> Any:
    return _along_axis(keras.softmax, logits, axis, name)


def _own_log_softmax(logits: Any, axis: Any, name: Optional[str]) -> Any:
    return _along_axis(keras.log_softmax, logits, axis, name)


def _own_cross_entropy(labels: Any, logits: Any, axis: Any, name: Optional[str]) -> Any:
    return _cross_entropy(keras.softmax_cross_entropy_with_logits, labels, logits, axis, name)


def _own_cross_entropy_v2(labels: Any, logits: Any, axis: Any, name: Optional[str]) -> Any:
    return _cross_entropy(keras.softmax_cross_entropy_with_logits_v2, labels, logits, axis, name)


def _own_sparse_cross_entropy(labels: Any, logits: Any, name: Optional[str]) -> Any:
    return keras.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def _along_axis(function: Callable[..., Any], logits: Any, axis: Any, name: Optional[str]) -> Any:
    """`function`, softmax or log-softmax, along `axis`; where TensorFlow's own cannot, by way of the last axis."""
    if isinstance(axis, int) and axis != -1:
        if _has_unknown_rank(logits):
            to_last = _permutation_to_last(logits, axis)
            along_last = function(tf.transpose(logits, to_last), axis=-1, name=None)
            return tf.transpose(along_last, v1.invert_permutation(to_last), name=name)
        if axis < 0 and not bindings.SOFTMAX_TAKES_NEGATIVE_AXES:
            logits, axis = _counted_from_front(logits, axis)
    return function(logits, axis=axis, name=name)


def _cross_entropy(function: Callable[..., Any], labels: Any, logits: Any, axis: Any, name: Optional[str]) -> Any:
    """`function`, a dense cross entropy, along `axis`; TensorFlow's own fail on negative axes other than -1."""
    if isinstance(axis, int) and axis < -1:
        if _has_unknown_rank(logits):
            to_last = _permutation_to_last(logits, axis)
            labels, logits, axis = tf.transpose(labels, to_last), tf.transpose(logits, to_last), -1
        else:
            logits, axis = _counted_from_front(logits, axis)
    return function(labels=labels, logits=logits, axis=axis, name=name)


def _has_unknown_rank(logits: Any) -> bool:
    return isinstance(logits, tf.Tensor) and logits.get_shape().ndims is None


def _counted_from_front(logits: Any, axis: int) -> Tuple[Any, int]:
    """`logits` as a tensor, and the negative `axis` as a positive one; out of range, it is left for TensorFlow."""
    if keras.is_symbolic(logits):  # Keras counts itself
        return logits, axis
    logits = tf.convert_to_tensor(logits)
    rank = logits.get_shape().ndims
    return logits, axis + rank if rank is not None and -rank <= axis else axis


def _permutation_to_last(tensor: Any, axis: int) -> Any:
    """The permutation of a tensor's axes, its rank known only when it runs, that moves `axis` to the end."""
    rank = tf.rank(tensor)
    position = axis + rank if axis < 0 else tf.constant(axis)
    return tf.concat([tf.range(position), tf.range(position + 1, rank), [position]], 0)


keras.register_activation(log_softmax)
misspelt.make_helpful(__name__)
