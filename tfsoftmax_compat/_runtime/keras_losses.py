"""The losses of `tf.losses` built from the operations of Keras 3, for its symbolic tensors.

The operations on values are those of TensorFlow's `compute_weighted_loss`. TensorFlow adds a loss to a collection of
its graph, which symbolic tensors do not have.

Source: https://github.com/tensorflow/tensorflow/blob/v2.10.0/tensorflow/python/ops/losses/losses_impl.py
"""

from typing import Any, Tuple

from tfsoftmax_compat._runtime import keras
from tfsoftmax_compat._runtime.bindings import losses

_Reduction = losses.Reduction


def has_symbolic(*values: Any) -> bool:
    """Return whether one of the values is a symbolic tensor of Keras 3."""
    return any(map(keras.is_symbolic, values))


def softmax_cross_entropy(labels: Any, logits: Any, weights: Any, label_smoothing: Any, reduction: Any) -> Any:
    """Return the weighted loss whose labels are distributions."""
    labels, logits, weights = _tensors(labels, logits, weights)
    labels = _of_logits_dtype(labels, logits)
    if label_smoothing > 0:
        ops = keras.operations()
        # The sum counts the classes, also where their number is unknown until the model runs.
        classes = ops.sum(ops.ones_like(labels), axis=-1, keepdims=True)
        labels = labels * (1.0 - label_smoothing) + label_smoothing / classes
    return _weighted(keras.cross_entropy(labels, logits, -1, stops_labels=True), weights, reduction)


def sparse_softmax_cross_entropy(labels: Any, logits: Any, weights: Any, reduction: Any) -> Any:
    """Return the weighted loss whose labels are class indices; labels and weights may have a last axis of size 1."""
    labels, logits, weights = _tensors(labels, logits, weights)
    each = keras.sparse_cross_entropy(_without_last_axis(labels, len(logits.shape) - 1), logits)
    return _weighted(each, _without_last_axis(weights, len(each.shape)), reduction)


def sigmoid_cross_entropy(labels: Any, logits: Any, weights: Any, label_smoothing: Any, reduction: Any) -> Any:
    """Return the weighted loss in which each class is decided independently of the others."""
    labels, logits, weights = _tensors(labels, logits, weights)
    labels = _of_logits_dtype(labels, logits)
    if label_smoothing > 0:
        labels = labels * (1.0 - label_smoothing) + 0.5 * label_smoothing
    ops = keras.operations()
    linear = ops.subtract(ops.relu(logits), ops.multiply(logits, labels))
    return _weighted(ops.add(linear, ops.log1p(ops.exp(-ops.abs(logits)))), weights, reduction)


def _tensors(labels: Any, logits: Any, weights: Any) -> Tuple[Any, Any, Any]:
    for what, value in (("labels", labels), ("logits", logits), ("weights", weights)):
        if value is None:
            raise ValueError("%s must not be None" % what)
    return keras.as_tensor(labels), keras.as_tensor(logits), keras.as_tensor(weights)


def _of_logits_dtype(labels: Any, logits: Any) -> Any:
    """Return the labels in the dtype of the logits.

    Raises:
      ValueError: the shapes differ.
    """
    if len(labels.shape) != len(logits.shape) or not all(map(_may_be_equal, labels.shape, logits.shape)):
        raise ValueError(
            "labels and logits must have one shape; the shapes are: labels %s, logits %s"
            % (tuple(labels.shape), tuple(logits.shape))
        )
    return keras.operations().cast(labels, logits.dtype)


def _without_last_axis(tensor: Any, rank: int) -> Any:
    """Return a tensor of one axis more than `rank` without its last axis, if that has size 1."""
    is_longer = len(tensor.shape) == rank + 1 and tensor.shape[-1] == 1
    return keras.operations().squeeze(tensor, -1) if is_longer else tensor


def _weighted(each: Any, weights: Any, reduction: Any) -> Any:
    """Return the losses of a batch, weighted and reduced, in their own dtype."""
    _Reduction.validate(reduction)
    _require_broadcast(weights, each)
    ops, dtype = keras.operations(), each.dtype
    weights = ops.cast(weights, "float32")
    loss = ops.multiply(ops.cast(each, "float32"), weights)
    if reduction != _Reduction.NONE:
        loss = ops.sum(loss)
        if reduction != _Reduction.SUM:
            counted = ops.multiply(_counted(weights, reduction), ops.ones_like(each, dtype="float32"))
            loss = _divided(loss, ops.sum(counted))
    return ops.cast(loss, dtype)


def _counted(weights: Any, reduction: Any) -> Any:
    """Return what each loss adds to the number that their sum is divided by."""
    if reduction == _Reduction.SUM_OVER_BATCH_SIZE:
        return 1.0
    if reduction == _Reduction.MEAN:
        return weights
    return keras.operations().cast(keras.operations().not_equal(weights, 0.0), "float32")


def _divided(total: Any, number: Any) -> Any:
    """Return the quotient; if the number is 0, it is 0 and sends no gradient, as that of TensorFlow's `div_no_nan`."""
    ops = keras.operations()
    is_zero = ops.equal(number, 0.0)
    return ops.where(is_zero, 0.0, ops.divide(total, ops.where(is_zero, 1.0, number)))


def _may_be_equal(size: Any, other: Any) -> bool:
    """Return whether two sizes may be equal when the model runs; None is an unknown size."""
    return size is None or other is None or size == other


def _require_broadcast(weights: Any, each: Any) -> None:
    """Check, as TensorFlow does, that weights are a scalar or have the rank of the losses and broadcast to them."""
    sizes, of_losses = tuple(weights.shape), tuple(each.shape)
    is_same_rank = len(sizes) == len(of_losses)
    if sizes and not (is_same_rank and all(w == 1 or _may_be_equal(w, size) for w, size in zip(sizes, of_losses))):
        raise ValueError(
            "weights cannot be broadcast to the losses; the shapes are: weights %s, losses %s" % (sizes, of_losses)
        )
