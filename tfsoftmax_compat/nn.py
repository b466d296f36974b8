"""TensorFlow's softmax family under TF1's names, with TF1's call forms and gradients, on every release from 1.5.

Each function checks the arguments by TF1's rules and then calls the function of the installed TensorFlow. In eager mode
it calls TensorFlow's kernel directly if the result is the same. In graph mode it builds the same operations, with the
same names and types, as TensorFlow's own function.

Source: https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn and the same functions of each release.
"""

import functools as _functools
import numbers as _numbers
import sys as _sys
import typing as _t

from tfsoftmax_compat._runtime import bindings as _bindings
from tfsoftmax_compat._runtime import eager as _eager
from tfsoftmax_compat._runtime import errors as _errors
from tfsoftmax_compat._runtime import general as _general
from tfsoftmax_compat._runtime import keras as _keras
from tfsoftmax_compat._runtime import modules as _modules
from tfsoftmax_compat._runtime.bindings import EagerTensor as _EagerTensor

__all__ = [
    "softmax",
    "log_softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "sparse_softmax_cross_entropy_with_logits",
    "sigmoid_cross_entropy_with_logits",
    "weighted_cross_entropy_with_logits",
    "sampled_softmax_loss",
    "nce_loss",
]

_Function = _t.TypeVar("_Function", bound=_t.Callable[..., _t.Any])


def softmax(
    logits: _t.Any, axis: _t.Optional[int] = None, name: _t.Optional[str] = None, dim: _t.Optional[int] = None
) -> _t.Any:
    """Return the softmax along one axis: ``exp(logits) / reduce_sum(exp(logits), axis)``.

    Args:
      logits: what TensorFlow can convert to a tensor of half, bfloat16, float32 or float64, of rank 1 or more.
      axis: the axis along which the result sums to 1; a negative one counts from the end. None means the last axis.
      name: a name for the operation.
      dim: the older name of `axis` in TF1.

    Returns:
      A tensor with the dtype and shape of `logits`.

    Raises:
      ValueError: both `axis` and `dim` are given.
      tf.errors.InvalidArgumentError, ValueError: by TensorFlow, for an empty tensor or an axis out of range.

    Source: `tf.nn.softmax` of TF 1.15; TF 2 has no `dim`, and in TF 1.5 the only negative axis is -1.
    """
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    if type(logits) is not _EagerTensor:
        logits = _eager.as_tensor(logits)
    try:
        result = _eager.softmax(logits, axis, name)
        return _general.softmax(logits, axis, name) if result is NotImplemented else result
    except Exception as error:
        _errors.explain(error, _errors.of_softmax, logits)
        raise


def log_softmax(
    logits: _t.Any, axis: _t.Optional[int] = None, name: _t.Optional[str] = None, dim: _t.Optional[int] = None
) -> _t.Any:
    """Return the log-softmax along one axis: ``logits - log(reduce_sum(exp(logits), axis))``, without underflow.

    Args:
      logits: what TensorFlow can convert to a tensor of half, bfloat16, float32 or float64, of rank 1 or more.
      axis: the axis along which the exponentials of the result sum to 1; a negative one counts from the end. None means
        the last axis.
      name: a name for the operation.
      dim: the older name of `axis` in TF1.

    Returns:
      A tensor with the dtype and shape of `logits`.

    Raises:
      ValueError: both `axis` and `dim` are given.
      tf.errors.InvalidArgumentError, ValueError: by TensorFlow, for an empty tensor or an axis out of range.

    Source: `tf.nn.log_softmax` of TF 1.15; TF 2 has no `dim`, and in TF 1.5 the only negative axis is -1.
    """
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    if type(logits) is not _EagerTensor:
        logits = _eager.as_tensor(logits)
    try:
        result = _eager.log_softmax(logits, axis, name)
        return _general.log_softmax(logits, axis, name) if result is NotImplemented else result
    except Exception as error:
        _errors.explain(error, _errors.of_softmax, logits)
        raise


def softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: _t.Any = None,
    logits: _t.Any = None,
    dim: _t.Optional[int] = -1,
    name: _t.Optional[str] = None,
    axis: _t.Optional[int] = None,
) -> _t.Any:
    """Return the softmax cross entropy between logits and labels; **no gradient reaches the labels**, as in TF1.

    In TF 2 this name means a different function, in which the labels get a gradient. That function is
    `softmax_cross_entropy_with_logits_v2` here.

    Args:
      _sentinel: do not pass it. It makes a call with positional arguments raise an error.
      labels: a probability distribution along `axis`, in the shape of `logits` or one that broadcasts to it.
      logits: unnormalised scores of half, bfloat16, float32 or float64, of rank 1 or more.
      dim: the class axis; a negative one counts from the end. -1 is the default, so it means "not given" here.
      name: a name for the operation.
      axis: the newer name of `dim`.

    Returns:
      A tensor with the dtype of `logits`, and with their shape without the class axis.

    Raises:
      ValueError: an argument is positional, `labels` or `logits` is missing, or both `axis` and `dim` are given.
      tf.errors.InvalidArgumentError, ValueError: by TensorFlow, for shapes that do not match.

    Source: `tf.nn.softmax_cross_entropy_with_logits` of TF 1.15. Two calls of `tf.compat.v1.nn`'s function go
    wrong: since TF 1.14 one with `axis` always raises, and since TF 2.12 a positional one with ``(logits, labels)`` is
    read as ``(labels, logits)``.
    """
    if _sentinel is not None or labels is None or logits is None:
        raise _misuse("softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    if isinstance(dim, _numbers.Integral) and dim == -1:
        dim = None
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    if type(labels) is not _EagerTensor or type(logits) is not _EagerTensor:
        labels, logits = _eager.as_tensor(labels), _eager.as_tensor(logits)
    try:
        result = _eager.cross_entropy(labels, logits, axis, name, stops_labels=True)
        if result is NotImplemented:
            return _general.cross_entropy(labels, logits, axis, name, stops_labels=True)
        return result
    except Exception as error:
        _errors.explain(error, _errors.of_dense_loss, labels, logits)
        raise


def _takes_sentinel_first(function: _Function) -> _Function:
    """Let ``function(labels, logits, axis, name, dim)`` be called with the signature of TF 1.5 to 1.12 as well.

    The older signature is ``(_sentinel=None, labels=None, logits=None, dim=-1, name=None)``. Its first positional
    argument is None or missing, and in the newer signature that argument is the labels. This tells them apart.
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
    """Return the softmax cross entropy between logits and labels; gradients reach both.

    TF 2 calls this function `tf.nn.softmax_cross_entropy_with_logits`. The signature of TF 1.5 to 1.12,
    ``(_sentinel=None, labels=None, logits=None, dim=-1, name=None)``, works too.

    Args:
      labels: a probability distribution along `axis`, in the shape of `logits` or one that broadcasts to it.
      logits: unnormalised scores of half, bfloat16, float32 or float64, of rank 1 or more.
      axis: the class axis; a negative one counts from the end. None means the last axis.
      name: a name for the operation.
      dim: the older name of `axis` in TF1.

    Returns:
      A tensor with the dtype of `logits`, and with their shape without the class axis.

    Raises:
      ValueError: `labels` or `logits` is missing, both `axis` and `dim` are given, or `_sentinel` is not None.
      tf.errors.InvalidArgumentError, ValueError: by TensorFlow, for shapes that do not match.

    Source: `tf.nn.softmax_cross_entropy_with_logits_v2` of TF 1.15, and of TF 1.12 for the older signature.
    """
    if labels is None or logits is None:
        raise _misuse("softmax_cross_entropy_with_logits_v2", None, labels, logits)
    axis = -1 if axis is None and dim is None else _one_axis(axis, dim)
    if type(labels) is not _EagerTensor or type(logits) is not _EagerTensor:
        labels, logits = _eager.as_tensor(labels), _eager.as_tensor(logits)
    try:
        result = _eager.cross_entropy(labels, logits, axis, name, stops_labels=False)
        if result is NotImplemented:
            return _general.cross_entropy(labels, logits, axis, name, stops_labels=False)
        return result
    except Exception as error:
        _errors.explain(error, _errors.of_dense_loss, labels, logits)
        raise


def sparse_softmax_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: _t.Any = None,
    logits: _t.Any = None,
    name: _t.Optional[str] = None,
) -> _t.Any:
    """Return the softmax cross entropy between logits and labels that are class indices.

    Args:
      _sentinel: do not pass it. It makes a call with positional arguments raise an error.
      labels: class indices in ``[0, num_classes)``, int32 or int64, in the shape of `logits` without the last axis.
      logits: unnormalised scores of half, bfloat16, float32 or float64, in shape ``[..., num_classes]``.
      name: a name for the operation.

    Returns:
      A tensor with the dtype of `logits` and the shape of `labels`.

    Raises:
      ValueError: an argument is positional, `labels` or `logits` is missing, `logits` is a scalar, or the ranks do
        not match.
      tf.errors.InvalidArgumentError: by TensorFlow, for a label out of range on the CPU.

    Source: `tf.nn.sparse_softmax_cross_entropy_with_logits` of TF 1.15. Since TF 2.12 `tf.compat.v1.nn`'s function
    reads a positional call with ``(logits, labels)`` as ``(labels, logits)``.
    """
    if _sentinel is not None or labels is None or logits is None:
        raise _misuse("sparse_softmax_cross_entropy_with_logits", _sentinel, labels, logits)
    if type(labels) is not _EagerTensor or type(logits) is not _EagerTensor:
        labels, logits = _eager.as_tensor(labels), _eager.as_tensor(logits)
    try:
        result = _eager.sparse_cross_entropy(labels, logits, name)
        return _general.sparse_cross_entropy(labels, logits, name) if result is NotImplemented else result
    except Exception as error:
        _errors.explain(error, _errors.of_sparse_loss, labels, logits)
        raise


def sigmoid_cross_entropy_with_logits(
    _sentinel: None = None,
    labels: _t.Any = None,
    logits: _t.Any = None,
    name: _t.Optional[str] = None,
) -> _t.Any:
    """Return the sigmoid cross entropy of each element: each class is decided independently of the others.

    Args:
      _sentinel: do not pass it. It makes a call with positional arguments raise an error.
      labels: probabilities, in the shape and dtype of `logits`.
      logits: unnormalised scores of half, bfloat16, float32 or float64.
      name: a name for the operation.

    Returns:
      A tensor with the dtype and shape of `logits`.

    Raises:
      ValueError: an argument is positional, `labels` or `logits` is missing, or the shapes do not match.

    Source: `tf.nn.sigmoid_cross_entropy_with_logits` of TF 1.15. TF 2's function takes positional arguments, the labels
    first.
    """
    if _sentinel is not None or labels is None or logits is None:
        raise _misuse("sigmoid_cross_entropy_with_logits", _sentinel, labels, logits)
    return _bindings.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def weighted_cross_entropy_with_logits(
    labels: _t.Any = None,
    logits: _t.Any = None,
    pos_weight: _t.Any = None,
    name: _t.Optional[str] = None,
    targets: _t.Any = None,
) -> _t.Any:
    """Return the sigmoid cross entropy of each element, with a weight for the positive labels.

    Args:
      labels: probabilities, in the shape and dtype of `logits`.
      logits: unnormalised scores of half, bfloat16, float32 or float64.
      pos_weight: the factor of the positive part of the loss; a scalar, or a tensor that broadcasts to `logits`.
      name: a name for the operation.
      targets: the older name of `labels`, in TF 1.5 to 1.13.

    Returns:
      A tensor with the dtype and shape of `logits`.

    Raises:
      ValueError: an argument is missing, both `labels` and `targets` are given, or the shapes do not match.

    Source: `tf.nn.weighted_cross_entropy_with_logits` of TF 1.15; TF 2 has no `targets`.
    """
    if targets is not None:
        if labels is not None:
            raise ValueError("Cannot specify both 'labels' and 'targets': give only `labels`")
        labels = targets
    given = (("labels", labels), ("logits", logits), ("pos_weight", pos_weight))
    missing = [parameter for parameter, value in given if value is None]
    if missing:
        raise ValueError("`weighted_cross_entropy_with_logits` needs %s too" % " and ".join(missing))
    return _bindings.weighted_cross_entropy_with_logits(labels, logits, pos_weight, name)


def sampled_softmax_loss(
    weights: _t.Any,
    biases: _t.Any,
    labels: _t.Any,
    inputs: _t.Any,
    num_sampled: int,
    num_classes: int,
    num_true: int = 1,
    sampled_values: _t.Any = None,
    remove_accidental_hits: bool = True,
    partition_strategy: str = "mod",
    name: str = "sampled_softmax_loss",
    seed: _t.Optional[int] = None,
) -> _t.Any:
    """Return the softmax cross entropy over a random sample of the classes, to train with very many of them.

    Args:
      weights: one row per class; shape ``[num_classes, dim]``, or a list of tensors that are shards of it.
      biases: one per class; shape ``[num_classes]``.
      labels: class indices, int64; shape ``[batch_size, num_true]``.
      inputs: the activations of the last hidden layer; shape ``[batch_size, dim]``.
      num_sampled: the number of classes to sample for the batch.
      num_classes: the number of classes.
      num_true: the number of labels of each example.
      sampled_values: the sample, as TensorFlow's samplers return it. None means a log-uniform sample.
      remove_accidental_hits: whether to leave out sampled classes that are among the labels.
      partition_strategy: which rows a shard has: "mod" means every n-th row, "div" means consecutive rows.
      name: a name for the operation.
      seed: the seed of the sample, from TF 1.6 on.

    Returns:
      A tensor of shape ``[batch_size]``.

    Raises:
      TypeError: with `seed`, on TF 1.5.

    Source: `tf.nn.sampled_softmax_loss` of TF 1.15. TF 2's function has no `partition_strategy`, and always reads the
    shards as "div", so that it silently computes another loss for sharded weights.
    """
    seeded = {} if seed is None else {"seed": seed}
    return _bindings.sampled_softmax_loss(
        weights,
        biases,
        labels,
        inputs,
        num_sampled,
        num_classes,
        num_true=num_true,
        sampled_values=sampled_values,
        remove_accidental_hits=remove_accidental_hits,
        partition_strategy=partition_strategy,
        name=name,
        **seeded,
    )


def nce_loss(
    weights: _t.Any,
    biases: _t.Any,
    labels: _t.Any,
    inputs: _t.Any,
    num_sampled: int,
    num_classes: int,
    num_true: int = 1,
    sampled_values: _t.Any = None,
    remove_accidental_hits: bool = False,
    partition_strategy: str = "mod",
    name: str = "nce_loss",
) -> _t.Any:
    """Return the noise-contrastive estimation loss over a random sample of the classes.

    Args:
      weights: one row per class; shape ``[num_classes, dim]``, or a list of tensors that are shards of it.
      biases: one per class; shape ``[num_classes]``.
      labels: class indices, int64; shape ``[batch_size, num_true]``.
      inputs: the activations of the last hidden layer; shape ``[batch_size, dim]``.
      num_sampled: the number of classes to sample for the batch.
      num_classes: the number of classes.
      num_true: the number of labels of each example.
      sampled_values: the sample, as TensorFlow's samplers return it. None means a log-uniform sample.
      remove_accidental_hits: whether to leave out sampled classes that are among the labels.
      partition_strategy: which rows a shard has: "mod" means every n-th row, "div" means consecutive rows.
      name: a name for the operation.

    Returns:
      A tensor of shape ``[batch_size]``.

    Source: `tf.nn.nce_loss` of TF 1.15. TF 2's function has no `partition_strategy`, and always reads the shards as
    "div", so that it silently computes another loss for sharded weights.
    """
    return _bindings.nce_loss(
        weights,
        biases,
        labels,
        inputs,
        num_sampled,
        num_classes,
        num_true=num_true,
        sampled_values=sampled_values,
        remove_accidental_hits=remove_accidental_hits,
        partition_strategy=partition_strategy,
        name=name,
    )


def _misuse(function_name: str, sentinel: _t.Any, labels: _t.Any, logits: _t.Any) -> ValueError:
    """Return the ValueError that TF1 raises for positional arguments, or for missing labels or logits.

    TF1 refuses positional arguments because their order differed between releases before 1.0.
    """
    if sentinel is not None:
        message = "Only call `%s` with named arguments (labels=..., logits=..., ...)" % function_name
        if _errors.called_by_keras():
            message += (
                ". Keras calls a loss with positional arguments: pass it "
                "`lambda labels, logits: nn.%s(labels=labels, logits=logits)`" % function_name
            )
        return ValueError(message)
    return ValueError(
        "Both labels and logits must be provided to `%s`; missing: %s"
        % (function_name, " and ".join(n for n, v in (("labels", labels), ("logits", logits)) if v is None))
    )


def _one_axis(axis: _t.Any, dim: _t.Any) -> _t.Any:
    """Return the axis that `axis` or `dim`, its older name, gives; -1 if neither is given."""
    if dim is not None:
        if axis is not None:
            raise ValueError("Cannot specify both 'axis' and 'dim': give only `axis`")
        axis = dim
    if axis is None:
        return -1
    if isinstance(axis, str):  # TensorFlow's own error speaks of comparisons, and TF 1.5 raises none
        raise TypeError("the axis is %r, which is a name: pass it as name=%r" % (axis, axis))
    # An int of Python: TF 1.5 to 1.12 test `dim is -1`, which is never true of a NumPy integer.
    return int(axis) if isinstance(axis, _numbers.Integral) else axis


_keras.register_activation(log_softmax)
_sys.modules[__name__].__class__ = _modules.PublicModule
