"""The one module that asks which TensorFlow this is, and binds each name to what keeps TF1's meaning on it.

The names are bound once, at import. Every other module of the package takes them from here.
"""

try:
    import tensorflow as tf
except ModuleNotFoundError as error:
    if error.name != "tensorflow":  # TensorFlow is there, but lacks something of its own: its error says what.
        raise
    raise ImportError(
        "tfsoftmax_compat found no TensorFlow in this Python; it needs TensorFlow 1.5 or later: pip install tensorflow"
    ) from error

from typing import Any

OLDEST = (1, 5)  # the first release that has all the functions

try:
    VERSION = tuple(int(part) for part in tf.__version__.split(".")[:2])
except AttributeError:  # an empty folder named tensorflow imports too, as a namespace package
    raise ImportError(
        "tfsoftmax_compat found a module named tensorflow that has no __version__ (%s), so not TensorFlow; "
        "it needs TensorFlow 1.5 or later: pip install tensorflow" % (list(getattr(tf, "__path__", [])) or tf)
    ) from None

if VERSION < OLDEST:
    raise ImportError(
        "tfsoftmax_compat found TensorFlow %s; it needs TensorFlow 1.5 or later: pip install --upgrade tensorflow"
        % tf.__version__
    )

v1 = tf if VERSION < (2, 0) else tf.compat.v1

# tf.nn's own on 2.x too, not tf.compat.v1's: those two dispatch on RaggedTensor only in tf.nn.
softmax = tf.nn.softmax
log_softmax = tf.nn.log_softmax
# 1.5 fails on negative axes other than -1; from 1.6 on they count from the end.
SOFTMAX_TAKES_NEGATIVE_AXES = VERSION >= (1, 6)

# Of tf.compat.v1's, the layer that Keras makes of a call up to 2.11 refuses one with keywords alone; of tf.nn's, not.
sparse_softmax_cross_entropy_with_logits = tf.nn.sparse_softmax_cross_entropy_with_logits


def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: Any, name: Any) -> Any:
    """TF1's loss, which stops the labels' gradient.

    `dim` is the one name that works on every release: 1.5 to 1.13 have no `axis`, and since 1.14 a call
    with `axis` always raises, for it meets dim's default, -1.
    """
    return _xent(labels=labels, logits=logits, dim=axis, name=name)


_xent = v1.nn.softmax_cross_entropy_with_logits

if VERSION < (1, 13):

    def softmax_cross_entropy_with_logits_v2(labels: Any, logits: Any, axis: Any, name: Any) -> Any:
        """1.5 to 1.12: the axis is named `dim`."""
        return _xent_v2(labels=labels, logits=logits, dim=axis, name=name)

    _xent_v2 = tf.nn.softmax_cross_entropy_with_logits_v2
elif VERSION < (2, 0):
    softmax_cross_entropy_with_logits_v2 = tf.nn.softmax_cross_entropy_with_logits_v2
else:  # the same function under a shorter name; tf.nn has no `_v2` any more
    softmax_cross_entropy_with_logits_v2 = tf.nn.softmax_cross_entropy_with_logits

losses = v1.losses

# No public name for this class exists, and before 1.9 graph tensors have a `numpy` attribute too.
from tensorflow.python.framework.ops import EagerTensor  # noqa: E402,F401

if VERSION < (1, 7):  # there these two are in tf.contrib.eager, which takes seconds to import
    from tensorflow.python.eager.context import in_eager_mode as executing_eagerly
    from tensorflow.python.framework.ops import enable_eager_execution
else:
    executing_eagerly = tf.executing_eagerly
    enable_eager_execution = v1.enable_eager_execution

# Before 1.9 a program that has switched eager mode on stays in it inside `with tf.Graph().as_default():`.
GRAPH_ENTERS_GRAPH_MODE = VERSION >= (1, 9)

# What the eager path (eager.py) has to know, besides, about the state TensorFlow is in and about tensors. It has no
# public name for these; without them all, there is no such path. On 1.x there is none: eager mode is not the default
# there.
KNOWS_EAGER_STATE = VERSION >= (2, 0)
try:
    from tensorflow.python.ops.resource_variable_ops import ResourceVariable  # noqa: F401

    # A tensor's shape as a tuple and its dtype as a number, at a tenth of what its `shape` costs, which makes an object
    # for each new tensor.
    shape_of, dtype_number_of = EagerTensor._shape_tuple, EagerTensor._datatype_enum
    if VERSION < (2, 7):  # later releases compute the losses by other operations when determinism is asked for

        def op_determinism_enabled() -> bool:
            """Never: TensorFlow computes the losses in one way."""
            return False

    else:
        from tensorflow.python.framework import config as _config

        op_determinism_enabled = _config.is_op_determinism_enabled
    # Whether a tape or a forward accumulator records in this thread.
    if VERSION < (2, 13):
        from tensorflow.python.eager.tape import could_possibly_record as recording_gradients
    else:
        from tensorflow.python.eager.record import could_possibly_record as recording_gradients  # noqa: F401
except (ImportError, AttributeError):
    KNOWS_EAGER_STATE = False

HOW_TO_GET_GRAPH_MODE = (
    "call tf.compat.v1.disable_eager_execution() at the start of the program"
    if VERSION >= (2, 0)
    else "do not call enable_eager_execution()"
) + (", or build and run it inside `with tf.Graph().as_default():`" if GRAPH_ENTERS_GRAPH_MODE else "")
