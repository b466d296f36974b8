"""Find out which TensorFlow is installed, and bind each name to the function that has TF1's meaning on it.

The names are bound once, at import. All other modules that call TensorFlow take them from here.
"""

try:
    import tensorflow as tf
except ModuleNotFoundError as error:
    if error.name != "tensorflow":  # TensorFlow is installed, but a module that it needs is not: its error says which.
        raise
    raise ImportError(
        "tfsoftmax_compat found no TensorFlow in this Python; it needs TensorFlow 1.5 or later: pip install tensorflow"
    ) from error

from typing import Any

OLDEST = (1, 5)  # the first release that has all functions

try:
    VERSION = tuple(int(part) for part in tf.__version__.split(".")[:2])
except AttributeError:  # an empty folder named tensorflow can be imported too, as a namespace package
    raise ImportError(
        "tfsoftmax_compat found a module named tensorflow that has no __version__ (%s), so it is not TensorFlow; "
        "it needs TensorFlow 1.5 or later: pip install tensorflow" % (list(getattr(tf, "__path__", [])) or tf)
    ) from None
except ValueError:
    raise ImportError(
        "tfsoftmax_compat found TensorFlow %r in %s, which is no number of a release; "
        "it needs TensorFlow 1.5 or later: pip install tensorflow" % (tf.__version__, getattr(tf, "__file__", tf))
    ) from None

if VERSION < OLDEST:
    raise ImportError(
        "tfsoftmax_compat found TensorFlow %s; it needs TensorFlow 1.5 or later: pip install --upgrade tensorflow"
        % tf.__version__
    )

v1 = tf if VERSION < (2, 0) else tf.compat.v1

# Only now that the release is known: it imports TensorFlow's private modules.
from tfsoftmax_compat._runtime.deprecations import quietly  # noqa: E402

# The same functions. From 1.13 on their use prints no line about a deprecated name, and the user can change nothing
# about the names that this package uses.
quiet_v1 = tf if VERSION < (1, 13) else tf.compat.v1

# On 2.x too these two are those of tf.nn: tf.compat.v1's do not take a RaggedTensor.
softmax = tf.nn.softmax
log_softmax = tf.nn.log_softmax
# TF 1.5 fails on negative axes other than -1. Since 1.6 they count from the end.
SOFTMAX_TAKES_NEGATIVE_AXES = VERSION >= (1, 6)

# Use tf.nn's: up to TF 2.11 Keras cannot make a layer from a keyword-only call of tf.compat.v1's.
sparse_softmax_cross_entropy_with_logits = tf.nn.sparse_softmax_cross_entropy_with_logits


def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: Any, name: Any) -> Any:
    """Return TF1's loss, in which no gradient reaches the labels.

    `dim` is the only name that works on every release. TF 1.5 to 1.13 have no `axis`. Since 1.14 a call with `axis`
    always raises an error, because `dim` has the default -1 and counts as given.
    """
    return _xent(labels=labels, logits=logits, dim=axis, name=name)


_xent = quietly(quiet_v1.nn.softmax_cross_entropy_with_logits)

if VERSION < (1, 13):

    def softmax_cross_entropy_with_logits_v2(labels: Any, logits: Any, axis: Any, name: Any) -> Any:
        """Return TF2's loss on TF 1.5 to 1.12, where the axis is named `dim`."""
        return _xent_v2(labels=labels, logits=logits, dim=axis, name=name)

    _xent_v2 = tf.nn.softmax_cross_entropy_with_logits_v2
elif VERSION < (2, 0):
    softmax_cross_entropy_with_logits_v2 = tf.nn.softmax_cross_entropy_with_logits_v2
else:  # the same function under a shorter name; TF 2's tf.nn has no `_v2`
    softmax_cross_entropy_with_logits_v2 = tf.nn.softmax_cross_entropy_with_logits

sigmoid_cross_entropy_with_logits = tf.nn.sigmoid_cross_entropy_with_logits

if VERSION < (1, 14):

    def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any, name: Any) -> Any:
        """Return the weighted sigmoid cross entropy on TF 1.5 to 1.13, where the labels are named `targets`."""
        return tf.nn.weighted_cross_entropy_with_logits(targets=labels, logits=logits, pos_weight=pos_weight, name=name)

else:
    weighted_cross_entropy_with_logits = tf.nn.weighted_cross_entropy_with_logits

# TF 2's tf.nn has functions of these names that divide sharded weights in another way.
sampled_softmax_loss = quietly(quiet_v1.nn.sampled_softmax_loss)
nce_loss = quietly(quiet_v1.nn.nce_loss)

losses = quiet_v1.losses

# These have no public names. A `numpy` attribute is no sign of it: before 1.9 graph tensors have one too.
from tensorflow.python.eager import context as _context  # noqa: E402
from tensorflow.python.framework.ops import EagerTensor  # noqa: E402,F401
from tensorflow.python.ops.resource_variable_ops import ResourceVariable  # noqa: E402,F401

if VERSION < (1, 7):  # their public place is tf.contrib.eager, which takes seconds to import
    from tensorflow.python.eager.context import in_eager_mode as executing_eagerly
    from tensorflow.python.framework.ops import enable_eager_execution
else:
    executing_eagerly = tf.executing_eagerly
    enable_eager_execution = quiet_v1.enable_eager_execution

if VERSION < (2, 0):

    def in_eager_mode() -> bool:
        """Return whether eager mode is on. `executing_eagerly` itself settles the mode in some of these releases."""
        return _context._context is not None and executing_eagerly()

else:
    in_eager_mode = executing_eagerly


def eager_mode_has_run() -> bool:
    """Return whether eager mode has made a tensor or run an operation. TensorFlow initialises its context for that."""
    return _context._context is not None and _context._context._context_handle is not None


# Before 1.9 `with tf.Graph().as_default():` stays in eager mode if the program has switched that on.
GRAPH_ENTERS_GRAPH_MODE = VERSION >= (1, 9)

# What the eager path (eager.py) needs to know about TensorFlow's state and about tensors. They have no public names.
# If one is missing, the eager path is off. It is also off on 1.x, where eager mode is not the default.
KNOWS_EAGER_STATE = VERSION >= (2, 0)
try:
    # A tensor's shape as a tuple, and its dtype as a number. `tensor.shape` takes ten times as long, because it makes
    # an object for each new tensor.
    shape_of, dtype_number_of = EagerTensor._shape_tuple, EagerTensor._datatype_enum
    if VERSION < (2, 7):  # later releases compute the losses with other operations if determinism is switched on

        def op_determinism_enabled() -> bool:
            """Return False: these releases have no such switch."""
            return False

    else:
        from tensorflow.python.framework import config as _config

        op_determinism_enabled = _config.is_op_determinism_enabled
    # Returns whether a tape or a forward accumulator records in this thread.
    if VERSION < (2, 13):
        from tensorflow.python.eager.tape import could_possibly_record as recording_gradients
    else:
        from tensorflow.python.eager.record import could_possibly_record as recording_gradients  # noqa: F401
except (ImportError, AttributeError):
    KNOWS_EAGER_STATE = False

# In 1.x a program is in eager mode only if it has called enable_eager_execution().
HOW_TO_GET_GRAPH_MODE = "call tfsoftmax_compat.tf1.disable_v2_behavior() at the start of the program%s%s" % (
    "" if VERSION >= (2, 0) else " instead of enable_eager_execution()",
    ", or build and run it inside `with tf.Graph().as_default():`" if GRAPH_ENTERS_GRAPH_MODE else "",
)
