"""The eager path: straight to the kernel, past TensorFlow's own bookkeeping of shapes.

In eager mode TensorFlow's functions find out by small operations on shapes what to transpose and reshape around the
kernel, at many times the kernel's cost. Here Python works that out, and the same transposes, reshapes and kernel are
called through the public `tf.raw_ops`. Tapes and forward accumulators record them as ever, so values and gradients
keep every bit.

A call goes this way only where everything about it is plainly known: eager mode, plain eager tensors (lists and
arrays are converted once, as TensorFlow would), no dtype to cast, shapes that match, an axis in range. Every other
call goes to TensorFlow's own function (by way of `_keras`), which then also raises the errors over arguments.

``TFSOFTMAX_COMPAT_EAGER=tf`` in the environment, read at import, sends every call to TensorFlow's own.
"""

import functools
import os
from typing import Any, List, Optional, Tuple

import numpy as np

from tfsoftmax_compat import _keras, _tensorflow
from tfsoftmax_compat._tensorflow import EagerTensor, executing_eagerly, tf

ENABLED = _tensorflow.KNOWS_EAGER_STATE and os.environ.get("TFSOFTMAX_COMPAT_EAGER") != "tf"

if ENABLED:
    from tfsoftmax_compat._tensorflow import op_determinism_enabled, recording_gradients

    _FLOAT32, _FLOAT64, _INDICES = tf.float32, tf.float64, (tf.int64, tf.int32)
    _softmax_kernel = tf.raw_ops.Softmax
    _log_softmax_kernel = tf.raw_ops.LogSoftmax
    _dense_kernel = tf.raw_ops.SoftmaxCrossEntropyWithLogits
    _sparse_kernel = tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits
    _stop_gradient = tf.raw_ops.StopGradient
    _reshape = tf.raw_ops.Reshape
    _transpose = tf.raw_ops.Transpose


def softmax(logits: Any, axis: Any, name: Optional[str]) -> Any:
    """TensorFlow's softmax along `axis`."""
    result = _along_axis(_softmax_kernel, logits, axis, name)
    return _keras.softmax(logits, axis=axis, name=name) if result is None else result


def log_softmax(logits: Any, axis: Any, name: Optional[str]) -> Any:
    """TensorFlow's log-softmax along `axis`."""
    result = _along_axis(_log_softmax_kernel, logits, axis, name)
    return _keras.log_softmax(logits, axis=axis, name=name) if result is None else result


def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: Any, name: Optional[str]) -> Any:
    """TF1's loss, which stops the labels' gradient."""
    return _dense(_keras.softmax_cross_entropy_with_logits, labels, logits, axis, name, stops_labels=True)


def softmax_cross_entropy_with_logits_v2(labels: Any, logits: Any, axis: Any, name: Optional[str]) -> Any:
    """TF2's loss, whose labels get a gradient too."""
    return _dense(_keras.softmax_cross_entropy_with_logits_v2, labels, logits, axis, name, stops_labels=False)


def sparse_softmax_cross_entropy_with_logits(labels: Any, logits: Any, name: Optional[str]) -> Any:
    """The loss whose labels are class indices."""
    if type(labels) is not EagerTensor or type(logits) is not EagerTensor:
        labels, logits = _as_tensor(labels), _as_tensor(logits)
    sizes = _sizes_of_known(labels, logits, name)
    if not sizes or labels.dtype not in _INDICES or labels.shape.as_list() != sizes[:-1]:
        return _keras.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)
    if len(sizes) == 2:
        return _sparse_kernel(features=logits, labels=labels, name=name)[0]
    labels = _reshape(tensor=labels, shape=_constant((-1,)))
    logits = _reshape(tensor=logits, shape=_constant((-1, sizes[-1])))
    loss = _sparse_kernel(features=logits, labels=labels, name=name)[0]
    return _reshape(tensor=loss, shape=_constant(tuple(sizes[:-1])))


def _as_tensor(value: Any) -> Any:
    """`value`; where it is a list or an array, and this is eager mode, as the tensor TensorFlow would make of it."""
    if type(value) not in (np.ndarray, list, tuple) or not executing_eagerly():
        return value
    try:
        return tf.convert_to_tensor(value)
    except Exception:  # TensorFlow's own function meets the same error, and says where
        return value


def _along_axis(kernel: Any, logits: Any, axis: Any, name: Optional[str]) -> Any:
    """`kernel`, which works along the last axis, along `axis`; None where the call is TensorFlow's."""
    if type(logits) is not EagerTensor:
        logits = _as_tensor(logits)
    if type(logits) is not EagerTensor or type(axis) is not int or not executing_eagerly():
        return None
    if axis == -1:
        return kernel(logits=logits, name=name)
    rank = logits.shape.rank
    if not -rank <= axis < rank:
        return None
    last = rank - 1
    axis %= rank
    if axis == last:
        return kernel(logits=logits, name=name)
    swapped = list(range(rank))
    swapped[axis], swapped[last] = last, axis
    swap = _constant(tuple(swapped))
    return _transpose(x=kernel(logits=_transpose(x=logits, perm=swap)), perm=swap, name=name)


def _sizes_of_known(labels: Any, logits: Any, name: Any) -> Optional[List[int]]:
    """The sizes of `logits`, where a loss of these is the kernel's if `labels` fit; None where it is TensorFlow's.

    TensorFlow casts half and bfloat16 logits (which of them depends on the release), cannot flatten some empty
    tensors, and computes the losses by other operations where determinism is asked for.
    """
    if type(labels) is not EagerTensor or type(logits) is not EagerTensor or not executing_eagerly():
        return None
    dtype = logits.dtype
    if dtype is not _FLOAT32 and dtype is not _FLOAT64 or not (name is None or type(name) is str):
        return None
    sizes = logits.shape.as_list()
    return None if 0 in sizes or op_determinism_enabled() else sizes


def _dense(own: Any, labels: Any, logits: Any, axis: Any, name: Optional[str], stops_labels: bool) -> Any:
    """The dense loss by its kernel, or by TensorFlow's `own` function."""
    if type(labels) is not EagerTensor or type(logits) is not EagerTensor:
        labels, logits = _as_tensor(labels), _as_tensor(logits)
    sizes = _sizes_of_known(labels, logits, name)
    if not sizes or labels.dtype is not logits.dtype or labels.shape.as_list() != sizes or type(axis) is not int:
        return own(labels=labels, logits=logits, axis=axis, name=name)
    rank = len(sizes)
    if not -1 <= axis < rank:
        return own(labels=labels, logits=logits, axis=axis, name=name)
    if stops_labels and recording_gradients():  # where nothing records, there is no gradient to stop
        labels = _stop_gradient(input=labels)
    if axis != -1 and axis != rank - 1:
        to_last = list(range(rank))
        to_last.append(to_last.pop(axis))
        sizes.append(sizes.pop(axis))
        permutation = _constant(tuple(to_last))
        labels, logits = _transpose(x=labels, perm=permutation), _transpose(x=logits, perm=permutation)
    if rank == 2:
        return _dense_kernel(features=logits, labels=labels, name=name)[0]
    matrix = _constant((-1, sizes[-1]))
    labels, logits = _reshape(tensor=labels, shape=matrix), _reshape(tensor=logits, shape=matrix)
    loss = _dense_kernel(features=logits, labels=labels, name=name)[0]
    return _reshape(tensor=loss, shape=_constant(tuple(sizes[:-1])))


@functools.lru_cache(maxsize=1024)
def _constant(values: Tuple[int, ...]) -> Any:
    """A shape or permutation as a tensor, made once: its conversion costs more than the reshape itself.

    It stays in the host's memory, whatever `tf.device` is in force, for that is where those operations read it.
    """
    with tf.device(None), tf.device("CPU:0"):
        return tf.constant(values, tf.int32)


if not ENABLED:
    softmax = _keras.softmax
    log_softmax = _keras.log_softmax
    softmax_cross_entropy_with_logits = _keras.softmax_cross_entropy_with_logits
    softmax_cross_entropy_with_logits_v2 = _keras.softmax_cross_entropy_with_logits_v2
    sparse_softmax_cross_entropy_with_logits = _keras.sparse_softmax_cross_entropy_with_logits
