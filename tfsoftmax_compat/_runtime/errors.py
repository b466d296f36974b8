"""Say in the user's words what is wrong with a call that TensorFlow has refused.

TensorFlow's own errors speak of attributes, nodes and devices. Here the arguments are looked at only after TensorFlow
has raised an error, so a correct call costs nothing. The new error has the type of TensorFlow's, begins with the
explanation, and ends with TensorFlow's own text. TensorFlow's error is its cause.
"""

import sys
from typing import Any, Callable, Optional, Tuple

import numpy as np

from tfsoftmax_compat._runtime.bindings import EagerTensor, tf

_KERAS = ("keras", "tf_keras", "tensorflow.python.keras", "tensorflow_core.python.keras")


class _Argument:
    """What an argument is, as far as that is known without running a graph.

    Attributes:
      dtype: NumPy's name of the dtype; empty if it is not known.
      shape: the sizes, None for an unknown size; or None if the rank is unknown.
    """

    def __init__(self, value: Any) -> None:
        if not hasattr(value, "dtype"):
            value = np.asarray(value)
        self.dtype = getattr(value.dtype, "base_dtype", value.dtype).name  # type: str
        try:
            self.shape = _sizes(value.shape)  # type: Optional[Tuple[Optional[int], ...]]
        except ValueError:  # TensorFlow 1 and 2, for an unknown rank
            self.shape = None

    @property
    def is_float(self) -> bool:
        return self.dtype in ("float16", "bfloat16", "float32", "float64")

    @property
    def is_integer(self) -> bool:
        return self.dtype.startswith(("int", "uint"))

    @property
    def rank(self) -> int:
        return -1 if self.shape is None else len(self.shape)


def _sizes(shape: Any) -> Tuple[Optional[int], ...]:
    return tuple(shape.as_list() if hasattr(shape, "as_list") else shape)


def explain(error: Exception, why: Callable[..., Optional[str]], *arguments: Any) -> None:
    """Raise an error that explains `error`, or return if nothing is known about it.

    Args:
      error: what TensorFlow raised.
      why: `of_softmax`, `of_dense_loss` or `of_sparse_loss`.
      *arguments: the arguments of the call, for `why`.

    Raises:
      Exception: of the type of `error`.
    """
    if type(error) not in (TypeError, ValueError) and not isinstance(error, tf.errors.OpError):
        return
    try:
        sentence = why(*arguments)
        restated = _restated(error, sentence) if sentence else None
    except Exception:  # an argument that cannot be looked at: TensorFlow's error says more
        return
    if restated is not None:
        raise restated from error


def _restated(error: Any, sentence: str) -> Exception:
    if isinstance(error, tf.errors.OpError):
        return type(error)(error.node_def, error.op, "%s\n%s" % (sentence, error.message))
    return type(error)("%s\n%s" % (sentence, error))


def of_softmax(logits: Any) -> Optional[str]:
    """Return what is wrong with the argument of softmax or log-softmax."""
    return _of_logits(_Argument(logits))


def of_dense_loss(labels: Any, logits: Any) -> Optional[str]:
    """Return what is wrong with the arguments of a loss whose labels are distributions."""
    given, scores = _Argument(labels), _Argument(logits)
    if given.is_integer and given.rank >= 0 and given.rank == scores.rank - 1:
        return (
            "labels of %s and shape %s are class indices, and this loss needs a distribution over the classes: use "
            "sparse_softmax_cross_entropy_with_logits, or tf.one_hot(labels, %s)"
            % (given.dtype, given.shape, scores.shape[-1] if scores.shape else "num_classes")
        )
    wrong = _of_logits(scores)
    if wrong is None and None not in (given.shape, scores.shape) and given.shape != scores.shape:
        wrong = "labels and logits must have the same shape, or shapes that broadcast: labels %s, logits %s" % (
            given.shape,
            scores.shape,
        )
    return wrong


def of_sparse_loss(labels: Any, logits: Any) -> Optional[str]:
    """Return what is wrong with the arguments of the loss whose labels are class indices."""
    given, scores = _Argument(labels), _Argument(logits)
    if given.is_float and scores.is_integer and given.rank == scores.rank + 1:
        return "labels of %s and logits of %s are swapped: pass labels=<class indices>, logits=<scores>" % (
            given.dtype,
            scores.dtype,
        )
    return _of_logits(scores) or _of_classes(given, scores) or _of_values(labels, scores)


def _of_logits(logits: _Argument) -> Optional[str]:
    if logits.is_integer or logits.dtype == "bool":
        return (
            "logits must be half, bfloat16, float32 or float64, got %s: did you mean tf.cast(logits, tf.float32)?"
            % (logits.dtype)
        )
    return None


def _of_classes(labels: _Argument, logits: _Argument) -> Optional[str]:
    """Return what is wrong with the dtype or the shape of labels that are class indices."""
    if labels.rank >= 1 and labels.rank == logits.rank:
        if labels.shape and labels.shape[-1] == 1:
            return "labels of shape %s have a last axis of size 1: did you mean tf.squeeze(labels, -1)?" % (
                labels.shape,
            )
        return (
            "labels of shape %s have the rank of the logits, as one-hot labels have, and this loss needs class "
            "indices: use softmax_cross_entropy_with_logits, or tf.argmax(labels, axis=-1)" % (labels.shape,)
        )
    if labels.dtype not in ("int32", "int64"):
        return (
            "labels must be int32 or int64 class indices, got %s: did you mean tf.cast(labels, tf.int32), or, for "
            "probabilities, softmax_cross_entropy_with_logits?" % labels.dtype
        )
    if labels.shape is not None and logits.shape is not None and labels.shape != logits.shape[:-1]:
        return "labels must have the shape of the logits without the last axis: labels %s, logits %s" % (
            labels.shape,
            logits.shape,
        )
    return None


def _of_values(labels: Any, logits: _Argument) -> Optional[str]:
    """Return which class index is out of range, if the values are known."""
    values = labels.numpy() if isinstance(labels, EagerTensor) else np.asarray(labels)
    classes = logits.shape[-1] if logits.shape else None
    if values.dtype == object or classes is None:
        return None
    if (values < 0).any():
        return (
            "the label %d is negative, and labels must be in [0, %d). To ignore negative labels, compute the loss of "
            "tf.maximum(labels, 0), and multiply it by tf.cast(labels >= 0, loss.dtype)" % (values.min(), classes)
        )
    if (values >= classes).any():
        return "the label %d is out of range: with %d classes, labels must be in [0, %d)" % (
            values.max(),
            classes,
            classes,
        )
    return None


def called_by_keras() -> bool:
    """Return whether Keras is among the callers."""
    frame = sys._getframe()  # type: Any
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if any(name == keras or name.startswith(keras + ".") for keras in _KERAS):
            return True
        frame = frame.f_back
    return False
