"""The eager path of `tf.losses`: the kernels and reductions of TensorFlow's losses, without its checks of shapes.

As in `eager`, a function returns NotImplemented unless it knows that it computes what TensorFlow's own function does,
to the bit. The operations on values and their order are those of `compute_weighted_loss`.

Source: https://github.com/tensorflow/tensorflow/blob/v2.10.0/tensorflow/python/ops/losses/losses_impl.py
"""

import functools
from inspect import unwrap
from typing import Any, Tuple

from tfsoftmax_compat._runtime import eager
from tfsoftmax_compat._runtime.bindings import EagerTensor, losses, quiet_v1, tf

_Reduction = losses.Reduction

if eager.ENABLED:
    from tfsoftmax_compat._runtime.bindings import dtype_number_of, recording_gradients, shape_of

    _FLOAT32 = tf.float32.as_datatype_enum
    _FLOATS = tuple(dtype.as_datatype_enum for dtype in (tf.float16, tf.bfloat16, tf.float32, tf.float64))
    _INTEGERS = (tf.int32.as_datatype_enum, tf.int64.as_datatype_enum)
    _cast = unwrap(tf.raw_ops.Cast)
    _multiply = unwrap(tf.raw_ops.Mul)
    _add = unwrap(tf.raw_ops.AddV2)
    _sum = unwrap(tf.raw_ops.Sum)
    _divide = unwrap(tf.raw_ops.DivNoNan)
    _not_equal = unwrap(tf.raw_ops.NotEqual)


def softmax_cross_entropy(
    labels: Any, logits: Any, weights: Any, label_smoothing: Any, scope: Any, reduction: Any
) -> Any:
    """Return the weighted loss whose labels are distributions, or NotImplemented."""
    if not _takes(scope, reduction) or type(label_smoothing) not in (int, float):
        return NotImplemented
    labels, logits = eager.as_tensor(labels), eager.as_tensor(logits)
    if not _are_known(labels, logits) or shape_of(labels) != shape_of(logits) or dtype_number_of(logits) not in _FLOATS:
        return NotImplemented
    dtype = dtype_number_of(logits)
    weights = _weights(weights, shape_of(logits)[:-1])
    if weights is None or dtype_number_of(labels) not in _FLOATS + _INTEGERS:
        return NotImplemented
    if dtype_number_of(labels) != dtype:
        labels = _cast(x=labels, DstT=dtype)
    if label_smoothing > 0:
        kept, moved = _smoothing(label_smoothing, shape_of(logits)[-1], dtype)
        labels = _add(x=_multiply(x=labels, y=kept), y=moved)
    each = eager.cross_entropy(labels, logits, -1, None, stops_labels=True)
    return each if each is NotImplemented else _weighted(each, weights, reduction)


def sparse_softmax_cross_entropy(labels: Any, logits: Any, weights: Any, scope: Any, reduction: Any) -> Any:
    """Return the weighted loss whose labels are class indices, or NotImplemented."""
    if not _takes(scope, reduction):
        return NotImplemented
    labels, logits = eager.as_tensor(labels), eager.as_tensor(logits)
    if not _are_known(labels, logits) or shape_of(labels) != shape_of(logits)[:-1]:
        return NotImplemented
    weights = _weights(weights, shape_of(labels))
    if weights is None:
        return NotImplemented
    each = eager.sparse_cross_entropy(labels, logits, None)
    return each if each is NotImplemented else _weighted(each, weights, reduction)


def _takes(scope: Any, reduction: Any) -> bool:
    return eager.executing_eagerly() and (scope is None or type(scope) is str) and reduction in _Reduction.all()


def _are_known(labels: Any, logits: Any) -> bool:
    return type(labels) is EagerTensor and type(logits) is EagerTensor and len(shape_of(logits)) > 0


def _weights(weights: Any, sizes: Tuple[int, ...]) -> Any:
    """Return the weights as a float32 tensor that broadcasts to `sizes`, or None if TensorFlow has to judge them."""
    if type(weights) in (int, float):
        # Without the cache for zero: 0.0 and -0.0 are the same key, and other bits.
        return _float32(float(weights)) if weights else tf.constant(float(weights), tf.float32)
    weights = eager.as_tensor(weights)
    if type(weights) is not EagerTensor or dtype_number_of(weights) not in _FLOATS + _INTEGERS:
        return None
    own = shape_of(weights)
    if own and (len(own) != len(sizes) or any(one not in (1, size) for one, size in zip(own, sizes))):
        return None
    return weights if dtype_number_of(weights) == _FLOAT32 else _cast(x=weights, DstT=_FLOAT32)


def _weighted(each: Any, weights: Any, reduction: Any) -> Any:
    """Return the losses of a batch, weighted and reduced, in their own dtype."""
    # TensorFlow's optimizers of TF1 read it to scale the loss in a distribution strategy.
    quiet_v1.get_default_graph()._last_loss_reduction = reduction
    sizes, dtype = shape_of(each), dtype_number_of(each)
    if dtype != _FLOAT32:
        each = _cast(x=each, DstT=_FLOAT32)
    loss = _multiply(x=each, y=weights)
    if reduction != _Reduction.NONE:
        loss = _total(loss)
        if reduction != _Reduction.SUM:
            loss = _divide(x=_total(loss), y=_number(sizes, weights, reduction))
    return loss if dtype == _FLOAT32 else _cast(x=loss, DstT=dtype)


def _number(sizes: Tuple[int, ...], weights: Any, reduction: Any) -> Any:
    """Return what the sum of the losses is divided by: their number, or the sum or the number of their weights."""
    if reduction == _Reduction.SUM_OVER_BATCH_SIZE:
        return _ones(sizes)[1]
    if reduction == _Reduction.MEAN:
        return _total(_multiply(x=_ones(sizes)[0], y=weights))
    if not shape_of(weights) and weights.numpy() != 0.0:
        return _ones(sizes)[1]
    present = _cast(x=_not_equal(x=weights, y=_float32(0.0)), DstT=_FLOAT32)
    if shape_of(weights) != sizes:
        present = _multiply(x=present, y=_ones(sizes)[0])
    return _total(present)


def _total(tensor: Any) -> Any:
    """Return the sum of the elements.

    A scalar is its own sum. But if gradients are recorded, it is summed as TensorFlow does: the operations decide in
    which order gradients are added, and so the sign of a NaN.
    """
    rank = len(shape_of(tensor))
    if not rank and not recording_gradients():
        return tensor
    return _sum(input=tensor, axis=eager.constant(tuple(range(rank))))


@functools.lru_cache(maxsize=256)
def _float32(value: float) -> Any:
    return tf.constant(value, tf.float32)


@functools.lru_cache(maxsize=64)
def _ones(sizes: Tuple[int, ...]) -> Tuple[Any, Any]:
    """Return ones in a shape, and their number."""
    ones = tf.ones(sizes, tf.float32)
    return ones, tf.cast(tf.size(ones), tf.float32)


@functools.lru_cache(maxsize=64)
def _smoothing(label_smoothing: float, classes: int, dtype: int) -> Tuple[Any, Any]:
    """Return what TensorFlow multiplies labels by, and what it adds to them, to smooth them."""
    classes_as_float = tf.cast(classes, tf.as_dtype(dtype))
    return tf.constant(1.0 - label_smoothing, classes_as_float.dtype), label_smoothing / classes_as_float
