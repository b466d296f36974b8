"""The functions built from the operations of Keras 3, for its symbolic tensors.

TensorFlow's functions accept the symbolic tensors of Keras 2 (and of tf_keras) and make a layer from each call. They
refuse those of Keras 3, so `keras.ops` builds the model here. Both kinds of model contain no code of this package, so
they load without it. As in Keras 2, the `name` of a call is not the name of the layer.

This module never imports Keras: a program that has one of its tensors has imported it.

Source: https://keras.io/api/ops/nn/
"""

import sys
from typing import Any, Tuple

from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf


def is_symbolic(value: Any) -> bool:
    """Return whether `value` is a symbolic tensor of Keras 3. Keras 2 has no `keras.KerasTensor`."""
    symbolic = getattr(_keras3(), "KerasTensor", None)
    return symbolic is not None and isinstance(value, symbolic)


def is_variable(value: Any) -> bool:
    """Return whether `value` is a variable of Keras 3. Keras 2 has no `keras.Variable`."""
    variable = getattr(_keras3(), "Variable", None)
    return variable is not None and isinstance(value, variable)


def _keras3() -> Any:
    """Return Keras, or None if it has not been imported."""
    return sys.modules.get("keras")


def operations() -> Any:
    """Return the module of Keras 3's operations."""
    return _keras3().ops


def as_tensor(value: Any) -> Any:
    """Return `value`, converted to a tensor if it is not symbolic."""
    return value if is_symbolic(value) else operations().convert_to_tensor(value)


def softmax(logits: Any, axis: Any) -> Any:
    """Return the softmax along `axis`."""
    return operations().softmax(logits, axis=axis)


def log_softmax(logits: Any, axis: Any) -> Any:
    """Return the log-softmax along `axis`."""
    return operations().log_softmax(logits, axis=axis)


def cross_entropy(labels: Any, logits: Any, axis: Any, stops_labels: bool) -> Any:
    """Return the dense loss along `axis`; with `stops_labels`, as in TF1, no gradient reaches the labels.

    Along an axis other than the last, the static shape of Keras's loss is wrong, so the axis is moved to the end.
    """
    ops = operations()
    logits = as_tensor(logits)
    labels = ops.cast(as_tensor(labels), logits.dtype)
    _require_ranks("labels of the rank of the logits", labels, logits, len(logits.shape))
    if stops_labels:
        labels = _without_gradient(labels)
    labels, logits = _of_one_shape(ops, ops.moveaxis(labels, axis, -1), ops.moveaxis(logits, axis, -1))
    return ops.categorical_crossentropy(labels, logits, from_logits=True)


def sparse_cross_entropy(labels: Any, logits: Any) -> Any:
    """Return the loss whose labels are class indices.

    Keras accepts more kinds of labels than TensorFlow, so the dtype and the rank are checked here.
    """
    ops = operations()
    labels, logits = as_tensor(labels), as_tensor(logits)
    label_dtype = getattr(labels.dtype, "name", labels.dtype)
    if label_dtype not in ("int32", "int64"):
        raise TypeError(
            "sparse_softmax_cross_entropy_with_logits takes class indices of int32 or int64 as labels, not %s; "
            "a symbolic tensor of them is keras.Input(..., dtype='int32')" % label_dtype
        )
    _require_ranks("labels of one rank less than the logits", labels, logits, len(logits.shape) - 1)
    per_row = ops.expand_dims(ops.cast(labels, logits.dtype), -1)
    logits = ops.add(logits, ops.zeros_like(per_row))
    labels = ops.add(labels, ops.cast(ops.zeros_like(ops.take(logits, 0, axis=-1)), label_dtype))
    return ops.sparse_categorical_crossentropy(labels, logits, from_logits=True)


def _without_gradient(labels: Any) -> Any:
    if _keras3().__version__.startswith("3.0.") and is_symbolic(labels):
        raise ValueError(
            "Keras %s cannot stop the gradient of a symbolic tensor, which softmax_cross_entropy_with_logits needs for "
            "its labels; Keras 3.1 and later can: pip install --upgrade keras" % _keras3().__version__
        )
    return operations().stop_gradient(labels)


def _of_one_shape(ops: Any, one: Any, other: Any) -> Tuple[Any, Any]:
    """Return two tensors broadcast to each other.

    Keras does not broadcast, and it treats a known and an unknown size as different. The sums have a second use: if
    `logits` is the direct result of a softmax, Keras computes the loss from the input of that softmax instead.
    """
    one = ops.add(one, ops.zeros_like(other))
    return one, ops.add(other, ops.zeros_like(one))


def _require_ranks(what: str, labels: Any, logits: Any, label_rank: int) -> None:
    if not logits.shape or len(labels.shape) != label_rank:
        raise ValueError(
            "a softmax cross entropy needs logits of rank 1 or more and %s; the shapes are: labels %s, logits %s"
            % (what, tuple(labels.shape), tuple(logits.shape))
        )


if bindings.VERSION < (2, 6):
    # Up to 2.5 Keras, then a part of TensorFlow, saves an activation by the name of its function, and does not find
    # log_softmax when it loads the model.
    def register_activation(function: Any) -> None:
        """Let Keras load a model with the activation `function`, unless the user has registered one of that name."""
        tf.keras.utils.get_custom_objects().setdefault(function.__name__, function)

else:

    def register_activation(function: Any) -> None:
        """Do nothing: later releases find softmax and log_softmax themselves."""
