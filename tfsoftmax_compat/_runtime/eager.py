"""The eager path: call TensorFlow's kernels directly, without its computations on shapes.

In eager mode TensorFlow's functions run small operations on shapes to find out how to transpose and reshape the
tensors for the kernel. These take many times as long as the kernel. Here Python computes the shapes, and then the same
transposes, reshapes and kernel are called through the public `tf.raw_ops`. Tapes and forward accumulators record them
as usual, so values and gradients are the same to the bit.

A function here returns NotImplemented unless it knows that the kernel can take the call: eager mode, plain eager
tensors, dtypes that TensorFlow casts in the same way on every release, shapes that match, and an axis in range. The
callers convert lists, arrays and variables with `as_tensor` before. For NotImplemented they take the general path
(general.py), which also raises the errors about arguments. At rank 2 the checks must take much less time than the
kernel. So they call few Python functions and use no attribute that makes an object.

``TFSOFTMAX_COMPAT_EAGER=tf`` in the environment, read at import, switches the eager path off.
"""

import functools
import os
from inspect import unwrap
from typing import Any, Optional, Tuple

import numpy as np

from tfsoftmax_compat._runtime import bindings, keras
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

    _CONVERTED = (np.ndarray, list, tuple, ResourceVariable)
    _FLOATS = (tf.float32.as_datatype_enum, tf.float64.as_datatype_enum)
    _FLOAT32, _HALF = tf.float32.as_datatype_enum, tf.float16.as_datatype_enum
    _CAST_TO_FLOAT32 = (_HALF, tf.bfloat16.as_datatype_enum)
    _LOGITS = _FLOATS + _CAST_TO_FLOAT32
    _INDICES = (tf.int64.as_datatype_enum, tf.int32.as_datatype_enum)
    _LABELS = _LOGITS + _INDICES
    # Without the wrapper that refuses positional arguments: this saves a call of a Python function each time.
    _softmax_kernel = unwrap(tf.raw_ops.Softmax)
    _log_softmax_kernel = unwrap(tf.raw_ops.LogSoftmax)
    _dense_kernel = unwrap(tf.raw_ops.SoftmaxCrossEntropyWithLogits)
    _sparse_kernel = unwrap(tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits)
    _stop_gradient = unwrap(tf.raw_ops.StopGradient)
    _cast = unwrap(tf.raw_ops.Cast)
    _reshape = unwrap(tf.raw_ops.Reshape)
    _transpose = unwrap(tf.raw_ops.Transpose)
else:
    _softmax_kernel = _log_softmax_kernel = None

    def executing_eagerly() -> bool:
        """Return False, so that no call goes to the kernel."""
        return False


def softmax(logits: Any, axis: Any, name: Any) -> Any:
    """Return the softmax along `axis`, or NotImplemented."""
    return _along_axis(_softmax_kernel, logits, axis, name)


def log_softmax(logits: Any, axis: Any, name: Any) -> Any:
    """Return the log-softmax along `axis`, or NotImplemented."""
    return _along_axis(_log_softmax_kernel, logits, axis, name)


def cross_entropy(labels: Any, logits: Any, axis: Any, name: Any, stops_labels: bool) -> Any:
    """Return the dense loss along `axis`, or NotImplemented.

    With `stops_labels`, as in TF1, no gradient reaches the labels.
    """
    sizes = _sizes_of_known(labels, logits, name)
    if not sizes or type(axis) is not int:
        return NotImplemented
    rank = len(sizes)
    if axis != -1 and not -rank <= axis < rank:
        return NotImplemented
    dtype = dtype_number_of(logits)
    if dtype not in _FLOATS or dtype_number_of(labels) != dtype or shape_of(labels) != sizes:
        return _cross_entropy_of_unlike(labels, logits, axis, name, stops_labels)
    if stops_labels and recording_gradients():  # without a recording there is no gradient to stop
        labels = _stop_gradient(input=labels)
    if axis != -1 and axis % rank != rank - 1:
        to_last = list(range(rank))
        to_last.append(to_last.pop(axis))
        sizes = tuple(sizes[place] for place in to_last)
        permutation = constant(tuple(to_last))
        labels, logits = _transpose(x=labels, perm=permutation), _transpose(x=logits, perm=permutation)
    if rank == 2:
        return _dense_kernel(features=logits, labels=labels, name=name)[0]
    return _cross_entropy_of_matrices(labels, logits, name, sizes)


def _cross_entropy_of_matrices(labels: Any, logits: Any, name: Any, sizes: Tuple[int, ...]) -> Any:
    """Return the dense loss along the last axis, with labels and logits reshaped for the kernel."""
    matrix = constant((-1, sizes[-1]))
    labels, logits = _reshape(tensor=labels, shape=matrix), _reshape(tensor=logits, shape=matrix)
    loss = _dense_kernel(features=logits, labels=labels, name=name)[0]
    return _reshape(tensor=loss, shape=constant(sizes[:-1]))


def _cross_entropy_of_unlike(labels: Any, logits: Any, axis: int, name: Any, stops_labels: bool) -> Any:
    """Return the dense loss of labels and logits that TensorFlow casts or broadcasts, or NotImplemented.

    TensorFlow computes the loss of half and bfloat16 logits in float32.
    """
    sizes, dtype = shape_of(logits), dtype_number_of(logits)
    if dtype_number_of(labels) not in _LABELS:
        return NotImplemented
    is_one_row = shape_of(labels) != sizes
    if is_one_row and not _broadcasts(shape_of(labels), sizes, axis):
        return NotImplemented
    if stops_labels and recording_gradients():
        # Not the bare operation: later releases pause the tape for it, and else the labels' reshape may raise an error.
        labels = tf.stop_gradient(labels)
    computed = _FLOAT32 if dtype in _CAST_TO_FLOAT32 else dtype
    if computed != dtype:
        logits = _cast(x=logits, DstT=computed)
    if dtype_number_of(labels) != computed:
        labels = _cast(x=labels, DstT=computed)
    if is_one_row:
        # With the reshapes of TensorFlow's function, which decide what gradient the labels get.
        loss = _cross_entropy_of_matrices(labels, logits, name, sizes)
    else:
        loss = cross_entropy(labels, logits, axis, name, False)
    return loss if computed == dtype else _cast(x=loss, DstT=dtype)


def _broadcasts(labels: Tuple[int, ...], logits: Tuple[int, ...], axis: int) -> bool:
    """Return whether labels of one row broadcast to matrices of logits; other shapes are TensorFlow's to judge."""
    return len(logits) == 2 and axis in (-1, 1) and labels == (1, logits[1]) and logits[1] > 1


def sparse_cross_entropy(labels: Any, logits: Any, name: Any) -> Any:
    """Return the loss whose labels are class indices, or NotImplemented.

    TensorFlow computes the loss of half logits in float32.
    """
    sizes = _sizes_of_known(labels, logits, name)
    if not sizes or shape_of(labels) != sizes[:-1] or dtype_number_of(labels) not in _INDICES:
        return NotImplemented
    if dtype_number_of(logits) == _HALF:
        loss = sparse_cross_entropy(labels, _cast(x=logits, DstT=_FLOAT32), name)
        return _cast(x=loss, DstT=_HALF)
    if len(sizes) == 2:
        return _sparse_kernel(features=logits, labels=labels, name=name)[0]
    labels = _reshape(tensor=labels, shape=constant((-1,)))
    logits = _reshape(tensor=logits, shape=constant((-1, sizes[-1])))
    loss = _sparse_kernel(features=logits, labels=labels, name=name)[0]
    return _reshape(tensor=loss, shape=constant(sizes[:-1]))


def _along_axis(kernel: Any, logits: Any, axis: Any, name: Any) -> Any:
    """Return the result along `axis` of `kernel`, which works along the last axis, or NotImplemented."""
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
    swap = constant(tuple(swapped))
    return _transpose(x=kernel(logits=_transpose(x=logits, perm=swap)), perm=swap, name=name)


def as_tensor(value: Any) -> Any:
    """Return `value`, in eager mode converted to a tensor if it is a list, tuple, array or variable.

    The callers convert, so that the general path gets the tensor too and does not copy a large array again.
    """
    if type(value) is EagerTensor or not executing_eagerly():
        return value
    if not (type(value) in _CONVERTED or _is_variable(value)):
        return value
    try:
        return tf.convert_to_tensor(value)
    except Exception:  # TensorFlow's own function raises the same error, with more context
        return value


def _is_variable(value: Any) -> bool:
    """Return whether `value` is a variable of another type: one of a distribution strategy or of Keras 3."""
    return isinstance(value, tf.Variable) or keras.is_variable(value)


def _sizes_of_known(labels: Any, logits: Any, name: Any) -> Optional[Tuple[int, ...]]:
    """Return the shape of `logits` if the kernel can compute the loss from them, else None.

    The caller compares it with the shape of `labels`. The kernel is not used for empty tensors, some of which
    TensorFlow cannot flatten, and if determinism is switched on, for which TensorFlow computes the losses with other
    operations.
    """
    if type(labels) is not EagerTensor or type(logits) is not EagerTensor or not executing_eagerly():
        return None
    if dtype_number_of(logits) not in _LOGITS or not (name is None or type(name) is str):
        return None
    sizes = shape_of(logits)
    return None if 0 in sizes or op_determinism_enabled() else sizes


@functools.lru_cache(maxsize=1024)
def constant(values: Tuple[int, ...]) -> Any:
    """Return a shape or permutation as a tensor, and cache it: to convert it takes longer than to reshape.

    It is on the CPU, even inside another `tf.device`, because the operations read shapes and permutations there.
    """
    with tf.device(None), tf.device("CPU:0"):
        return tf.constant(values, tf.int32)
