"""The eager path: straight to the kernel, past TensorFlow's own bookkeeping of shapes.

In eager mode TensorFlow's functions find out by small operations on shapes what to transpose and reshape around the
kernel, at many times the kernel's cost. Here Python works that out, and the same transposes, reshapes and kernel are
called through the public `tf.raw_ops`. Tapes and forward accumulators record them as ever, so values and gradients
keep every bit.

A call goes this way only where everything about it is plainly known: eager mode, plain eager tensors (lists, arrays
and variables are converted once, as TensorFlow would), no dtype to cast, shapes that match, an axis in range. Every
other call goes on to the function that comes with it, `otherwise`, which takes TensorFlow's own way; that way also
raises the errors over arguments. At rank 2 the checks must cost a small part of the kernel, hence their plainness: few
calls of Python functions, no attribute that makes an object.

``TFSOFTMAX_COMPAT_EAGER=tf`` in the environment, read at import, sends every call the other way.
"""

import functools
import os
from inspect import unwrap
from typing import Any, Optional, Tuple

import numpy as np

from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import EagerTensor, tf

ENABLED = bindings.KNOWS_EAGER_STATE and os.environ.get("TFSOFTMAX_COMPAT_EAGER") != "tf"

if ENABLED:
    from tfsoftmax_compat._runtime.bindings import (
        ResourceVariable,
        dtype_number_of,
        executing_eagerly,
        op_determinism_enabled,
        recording_gradients,
        shape_of,
    )

    # Variables of a distribution strategy or of Keras are of other types: how to read them, TensorFlow knows.
    _CONVERTED = (np.ndarray, list, tuple, ResourceVariable)
    _FLOATS = (tf.float32.as_datatype_enum, tf.float64.as_datatype_enum)
    _INDICES = (tf.int64.as_datatype_enum, tf.int32.as_datatype_enum)
    # The functions beneath a wrapper that refuses positional arguments: one call of a Python function less for each.
    _softmax_kernel = unwrap(tf.raw_ops.Softmax)
    _log_softmax_kernel = unwrap(tf.raw_ops.LogSoftmax)
    _dense_kernel = unwrap(tf.raw_ops.SoftmaxCrossEntropyWithLogits)
    _sparse_kernel = unwrap(tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits)
    _stop_gradient = unwrap(tf.raw_ops.StopGradient)
    _reshape = unwrap(tf.raw_ops.Reshape)
    _transpose = unwrap(tf.raw_ops.Transpose)
else:
    _softmax_kernel = _log_softmax_kernel = None

    def executing_eagerly() -> bool:
        """Never, so that no call goes to the kernel."""
        return False


def softmax(logits: Any, axis: Any, name: Any) -> Any:
    """TensorFlow's softmax along `axis`, or ``otherwise(logits, axis, name)``."""
    return _along_axis(_softmax_kernel, logits, axis, name)


def log_softmax(logits: Any, axis: Any, name: Any) -> Any:
    """TensorFlow's log-softmax along `axis`, or ``otherwise(logits, axis, name)``."""
    return _along_axis(_log_softmax_kernel, logits, axis, name)


def cross_entropy(labels: Any, logits: Any, axis: Any, name: Any, stops_labels: bool) -> Any:
    """The dense loss along `axis`, or ``otherwise(labels, logits, axis, name)``.

    `stops_labels` says whether it is TF1's loss, which stops the labels' gradient, or TF2's, which does not.
    """
    if type(labels) is not EagerTensor or type(logits) is not EagerTensor:
        labels, logits = _as_tensor(labels), _as_tensor(logits)
    sizes = _sizes_of_known(labels, logits, name)
    if (
        not sizes
        or shape_of(labels) != sizes
        or dtype_number_of(labels) != dtype_number_of(logits)
        or type(axis) is not int
    ):
        return NotImplemented
    rank = len(sizes)
    if axis != -1 and not -rank <= axis < rank:
        return NotImplemented
    if stops_labels and recording_gradients():  # where nothing records, there is no gradient to stop
        labels = _stop_gradient(input=labels)
    if axis != -1 and axis % rank != rank - 1:
        to_last = list(range(rank))
        to_last.append(to_last.pop(axis))
        sizes = tuple(sizes[place] for place in to_last)
        permutation = _constant(tuple(to_last))
        labels, logits = _transpose(x=labels, perm=permutation), _transpose(x=logits, perm=permutation)
    if rank == 2:
        return _dense_kernel(features=logits, labels=labels, name=name)[0]
    matrix = _constant((-1, sizes[-1]))
    labels, logits = _reshape(tensor=labels, shape=matrix), _reshape(tensor=logits, shape=matrix)
    loss = _dense_kernel(features=logits, labels=labels, name=name)[0]
    return _reshape(tensor=loss, shape=_constant(sizes[:-1]))


def sparse_cross_entropy(labels: Any, logits: Any, name: Any) -> Any:
    """The loss whose labels are class indices, or ``otherwise(labels, logits, name)``."""
    if type(labels) is not EagerTensor or type(logits) is not EagerTensor:
        labels, logits = _as_tensor(labels), _as_tensor(logits)
    sizes = _sizes_of_known(labels, logits, name)
    if not sizes or shape_of(labels) != sizes[:-1] or dtype_number_of(labels) not in _INDICES:
        return NotImplemented
    if len(sizes) == 2:
        return _sparse_kernel(features=logits, labels=labels, name=name)[0]
    labels = _reshape(tensor=labels, shape=_constant((-1,)))
    logits = _reshape(tensor=logits, shape=_constant((-1, sizes[-1])))
    loss = _sparse_kernel(features=logits, labels=labels, name=name)[0]
    return _reshape(tensor=loss, shape=_constant(sizes[:-1]))


def _along_axis(kernel: Any, logits: Any, axis: Any, name: Any) -> Any:
    """`kernel`, which works along the last axis, along `axis`."""
    if type(logits) is not EagerTensor:
        logits = _as_tensor(logits)
    if type(logits) is not EagerTensor or type(axis) is not int or not executing_eagerly():
        return NotImplemented
    if axis == -1:
        return kernel(logits=logits, name=name)
    rank = len(shape_of(logits))
    if not -rank <= axis < rank or not (name is None or type(name) is str):
        return NotImplemented
    last = rank - 1
    axis %= rank
    if axis == last:
        return kernel(logits=logits, name=name)
    swapped = list(range(rank))
    swapped[axis], swapped[last] = last, axis
    swap = _constant(tuple(swapped))
    return _transpose(x=kernel(logits=_transpose(x=logits, perm=swap)), perm=swap, name=name)


def _as_tensor(value: Any) -> Any:
    """`value`; a list, an array or a variable in eager mode as the tensor that TensorFlow would make of it."""
    if not executing_eagerly() or type(value) not in _CONVERTED:
        return value
    try:
        return tf.convert_to_tensor(value)
    except Exception:  # TensorFlow's own function meets the same error, and says where
        return value


def _sizes_of_known(labels: Any, logits: Any, name: Any) -> Optional[Tuple[int, ...]]:
    """The sizes of `logits`, where a loss of these is the kernel's if `labels` fit; None where it is TensorFlow's.

    TensorFlow casts half and bfloat16 logits (which of them depends on the release), cannot flatten some empty
    tensors, and computes the losses by other operations where determinism is asked for.
    """
    if type(labels) is not EagerTensor or type(logits) is not EagerTensor or not executing_eagerly():
        return None
    if dtype_number_of(logits) not in _FLOATS or not (name is None or type(name) is str):
        return None
    sizes = shape_of(logits)
    return None if 0 in sizes or op_determinism_enabled() else sizes


@functools.lru_cache(maxsize=1024)
def _constant(values: Tuple[int, ...]) -> Any:
    """A shape or permutation as a tensor, made once: its conversion costs more than the reshape itself.

    It stays in the host's memory, whatever `tf.device` is in force, for that is where those operations read it.
    """
    with tf.device(None), tf.device("CPU:0"):
        return tf.constant(values, tf.int32)
