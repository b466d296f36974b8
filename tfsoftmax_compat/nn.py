"""TensorFlow's softmax family under TF1's names, with TF1's call forms and gradients, on every release from 1.5.

Each function checks TF1's argument rules and then calls the installed TensorFlow's own function, or in eager mode
its kernel where that does the same (`_eager`). In graph mode the operations built, their names and their types are
those of TensorFlow's own call.

Source: https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn and the same functions of each release.
"""

import functools as _functools
import numbers as _numbers
import sys as _sys
import typing as _t

from tfsoftmax_compat._runtime import eager as _eager
from tfsoftmax_compat._runtime import general as _general
from tfsoftmax_compat._runtime import keras as _keras
from tfsoftmax_compat._runtime import modules as _modules

__all__ = [
    "softmax",
    "log_softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "sparse_softmax_cross_entropy_with_logits",
]

_Function = _t.TypeVar("_Function", bound=_t.Callable[..., _t.Any])


def softmax(
    logits: _t.Any, axis: _t.Optional[int] = None, name: _t.Optional[str] = None, dim: _t.Optional[int] = None
) -> _t.Any:
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
    result = _eager.softmax(logits, axis, name)
    return _general.softmax(logits, axis, name) if result is NotImplemented else result


def log_softmax(
    logits: _t.Any, axis: _t.Optional[int] = None, name: _t.Optional[str] = None, dim: _t.Optional[int] = None
) -> _t.Any:
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
    result = _eager.log_softmax(logits, axis, name)
    return _general.log_softmax(logits, axis, name) if result is NotImplemented else result


def softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: _t.Any = None,
    logits: _t.Any = None,
    dim: _t.Optional[int] = -1,
    name: _t.Optional[str] = None,
    axis: _t.Optional[int] = None,
) -> _t.Any:
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
    if isinstance(dim, _numbers.Integral) and dim == -1:
        dim = None
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    result = _eager.cross_entropy(labels, logits, axis, name, stops_labels=True)
    if result is NotImplemented:
        return _general.cross_entropy(labels, logits, axis, name, stops_labels=True)
    return result


def _takes_sentinel_first(function: _Function) -> _Function:
    """Let ``function(labels, logits, axis, name, dim)`` be called in the form of TF 1.5 to 1.12 as well.

    That form is ``(_sentinel=None, labels=None, logits=None, dim=-1, name=None)``. A call in it has None, or
    nothing, where the newer form has the labels, so the two cannot be mistaken for each other.
    """

    def sentinel_form(
        _sentinel: None = None,
        labels: _t.Any = None,
        logits: _t.Any = None,
        dim: _t.Optional[int] = None,
        name: _t.Optional[str] = None,
        axis: _t.Optional[int] = None,
    ) -> _t.Any:
        if _sentinel is not None:
            raise _misuse(function.__name__, _sentinel, labels, logits)
        return function(labels, logits, axis, name, dim)

    @_functools.wraps(function)
    def either_form(*args: _t.Any, **kwargs: _t.Any) -> _t.Any:
        has_labels = args[0] is not None if args else "labels" in kwargs
        if has_labels and (len(args) > 1 or "logits" in kwargs) and "_sentinel" not in kwargs:
            return function(*args, **kwargs)
        return sentinel_form(*args, **kwargs)

    return either_form  # type: ignore[return-value]


@_takes_sentinel_first
def softmax_cross_entropy_with_logits_v2(
    labels: _t.Any,
    logits: _t.Any,
    axis: _t.Optional[int] = None,
    name: _t.Optional[str] = None,
    dim: _t.Optional[int] = None,
) -> _t.Any:
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
    result = _eager.cross_entropy(labels, logits, axis, name, stops_labels=False)
    if result is NotImplemented:
        return _general.cross_entropy(labels, logits, axis, name, stops_labels=False)
    return result


def sparse_softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: _t.Any = None,
    logits: _t.Any = None,
    name: _t.Optional[str] = None,
) -> _t.Any:
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
    result = _eager.sparse_cross_entropy(labels, logits, name)
    return _general.sparse_cross_entropy(labels, logits, name) if result is NotImplemented else result


def _misuse(function_name: str, sentinel: _t.Any, labels: _t.Any, logits: _t.Any) -> ValueError:
    """What TF1's guards raise: over a positional call, whose order differed between releases before 1.0, or a lack."""
    if sentinel is not None:
        return ValueError("Only call `%s` with named arguments (labels=..., logits=..., ...)" % function_name)
    return ValueError(
        "Both labels and logits must be provided to `%s`; missing: %s"
        % (function_name, " and ".join(n for n, v in (("labels", labels), ("logits", logits)) if v is None))
    )


def _one_axis(axis: _t.Any, dim: _t.Any) -> _t.Any:
    """The axis meant by `axis` and its older name `dim`; -1 where neither is given."""
    if dim is not None:
        if axis is not None:
            raise ValueError("Cannot specify both 'axis' and 'dim': give `axis` alone")
        axis = dim
    if axis is None:
        return -1
    # A plain int: 1.5 to 1.12 compare `dim is -1`, which a NumPy integer never is.
    return int(axis) if isinstance(axis, _numbers.Integral) else axis


_keras.register_activation(log_softmax)
_sys.modules[__name__].__class__ = _modules.PublicModule
