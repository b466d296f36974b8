"""TF1's `tf.losses.softmax_cross_entropy`, `sparse_softmax_cross_entropy` and `sigmoid_cross_entropy`.

They call the functions of the installed TensorFlow (`tf.losses` on 1.x, `tf.compat.v1.losses` on 2.x). The signature,
defaults, reduction and loss collection of those have not changed since 1.5. No gradient reaches the labels of the two
softmax losses. The symbolic tensors of Keras 3, which TensorFlow refuses, are accepted too.

Source: https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/losses
"""

import sys as _sys
import typing as _t

from tfsoftmax_compat._runtime import eager_losses as _eager
from tfsoftmax_compat._runtime import errors as _errors
from tfsoftmax_compat._runtime import keras_losses as _keras_losses
from tfsoftmax_compat._runtime import modules as _modules
from tfsoftmax_compat._runtime.bindings import losses as _losses
from tfsoftmax_compat._runtime.deprecations import quietly as _quietly

__all__ = ["softmax_cross_entropy", "sparse_softmax_cross_entropy", "sigmoid_cross_entropy", "Reduction"]

Reduction = _losses.Reduction

_dense = _quietly(_losses.softmax_cross_entropy)
_sparse = _quietly(_losses.sparse_softmax_cross_entropy)
_sigmoid = _quietly(_losses.sigmoid_cross_entropy)


def softmax_cross_entropy(
    onehot_labels: _t.Any,
    logits: _t.Any,
    weights: _t.Any = 1.0,
    label_smoothing: float = 0,
    scope: _t.Optional[str] = None,
    loss_collection: _t.Optional[str] = "losses",
    reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> _t.Any:
    """Return the weighted softmax cross entropy of a batch, and add it to the losses of the graph.

    Args:
      onehot_labels: probability distributions along the last axis; shape ``[..., num_classes]``, as `logits`.
      logits: unnormalised scores of half, bfloat16, float32 or float64; shape ``[..., num_classes]``.
      weights: a scalar, or a tensor that broadcasts to the shape ``[...]`` of the losses.
      label_smoothing: how far to move the labels towards the uniform distribution, from 0 to 1.
      scope: the name scope of the operations.
      loss_collection: the graph collection that the loss is added to. With None, in eager mode and for
        Keras's symbolic tensors it is added to none.
      reduction: one of `Reduction`. The default divides the weighted sum by the number of non-zero weights.

    Returns:
      A scalar with the dtype of `logits`; with ``Reduction.NONE`` a tensor of shape ``[...]``.

    Raises:
      ValueError: the shapes do not match, or `onehot_labels` or `logits` is None.

    Source: `tf.losses.softmax_cross_entropy` of TF 1.15.
    """
    try:
        result = _eager.softmax_cross_entropy(onehot_labels, logits, weights, label_smoothing, scope, reduction)
        if result is not NotImplemented:
            return result
        if _keras_losses.has_symbolic(onehot_labels, logits, weights):
            return _keras_losses.softmax_cross_entropy(onehot_labels, logits, weights, label_smoothing, reduction)
        return _dense(onehot_labels, logits, weights, label_smoothing, scope, loss_collection, reduction)
    except Exception as error:
        _errors.explain(error, _errors.of_dense_loss, onehot_labels, logits)
        raise


def sparse_softmax_cross_entropy(
    labels: _t.Any,
    logits: _t.Any,
    weights: _t.Any = 1.0,
    scope: _t.Optional[str] = None,
    loss_collection: _t.Optional[str] = "losses",
    reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> _t.Any:
    """Return the weighted softmax cross entropy of a batch whose labels are class indices, and add it to the losses.

    Args:
      labels: class indices in ``[0, num_classes)``, int32 or int64; shape ``[...]``, or ``[..., 1]``.
      logits: unnormalised scores of half, bfloat16, float32 or float64; shape ``[..., num_classes]``.
      weights: a scalar, or a tensor that broadcasts to the shape ``[...]`` of the losses.
      scope: the name scope of the operations.
      loss_collection: the graph collection that the loss is added to. With None, in eager mode and for
        Keras's symbolic tensors it is added to none.
      reduction: one of `Reduction`. The default divides the weighted sum by the number of non-zero weights.

    Returns:
      A scalar with the dtype of `logits`; with ``Reduction.NONE`` a tensor of shape ``[...]``.

    Raises:
      ValueError: the shapes do not match, or `labels` or `logits` is None.

    Source: `tf.losses.sparse_softmax_cross_entropy` of TF 1.15.
    """
    try:
        result = _eager.sparse_softmax_cross_entropy(labels, logits, weights, scope, reduction)
        if result is not NotImplemented:
            return result
        if _keras_losses.has_symbolic(labels, logits, weights):
            return _keras_losses.sparse_softmax_cross_entropy(labels, logits, weights, reduction)
        return _sparse(labels, logits, weights, scope, loss_collection, reduction)
    except Exception as error:
        _errors.explain(error, _errors.of_sparse_loss, labels, logits)
        raise


def sigmoid_cross_entropy(
    multi_class_labels: _t.Any,
    logits: _t.Any,
    weights: _t.Any = 1.0,
    label_smoothing: float = 0,
    scope: _t.Optional[str] = None,
    loss_collection: _t.Optional[str] = "losses",
    reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> _t.Any:
    """Return the weighted sigmoid cross entropy of a batch, and add it to the losses of the graph.

    Args:
      multi_class_labels: probabilities, in the shape of `logits`.
      logits: unnormalised scores of half, bfloat16, float32 or float64; shape ``[..., num_classes]``.
      weights: a scalar, or a tensor that broadcasts to the shape of `logits`.
      label_smoothing: how far to move the labels towards 0.5, from 0 to 1.
      scope: the name scope of the operations.
      loss_collection: the graph collection that the loss is added to. With None, in eager mode and for
        Keras's symbolic tensors it is added to none.
      reduction: one of `Reduction`. The default divides the weighted sum by the number of non-zero weights.

    Returns:
      A scalar with the dtype of `logits`; with ``Reduction.NONE`` a tensor in the shape of `logits`.

    Raises:
      ValueError: the shapes do not match, or `multi_class_labels` or `logits` is None.

    Source: `tf.losses.sigmoid_cross_entropy` of TF 1.15.
    """
    if _keras_losses.has_symbolic(multi_class_labels, logits, weights):
        return _keras_losses.sigmoid_cross_entropy(multi_class_labels, logits, weights, label_smoothing, reduction)
    return _sigmoid(multi_class_labels, logits, weights, label_smoothing, scope, loss_collection, reduction)


_sys.modules[__name__].__class__ = _modules.PublicModule
