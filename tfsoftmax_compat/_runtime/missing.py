"""Why a name of TF1 is missing in the installed TensorFlow, and what to do."""

import os
from typing import Optional

from tfsoftmax_compat._runtime import bindings

# tf.layers and tf.nn.rnn_cell are parts of Keras 2. TensorFlow reads this variable when it is imported.
NEEDS_KERAS_2 = bindings.VERSION >= (2, 16) and os.environ.get("TF_USE_LEGACY_KERAS") not in ("1", "true", "True")

# The parts of `tf` that later releases do not have.
_AS_IT_IS = "run the code as it is on TensorFlow 1.15 (for a document: tfsoftmax-compat verify --tf 1.15)"
_GONE = {
    "contrib": "is gone since TensorFlow 2.0: for contrib.layers and contrib.slim install tf_slim, and use "
    "tf_slim.layers and tf_slim; for contrib.losses use tfsoftmax_compat.losses; or " + _AS_IT_IS,
    "estimator": "is gone since TensorFlow 2.16: write the training loop with tf.Session or Keras, or " + _AS_IT_IS,
    "examples": "is gone since TensorFlow 2.0: load the data with tf.keras.datasets, such as "
    "tf.keras.datasets.mnist.load_data(), or " + _AS_IT_IS,
}


def in_tf(name: str) -> Optional[str]:
    """Return why `tf` has no `name`; None if it is not a part that is gone."""
    return _GONE.get(name) if bindings.VERSION >= (2, 0) else None


def nowhere(name: str) -> None:
    """Return None: nothing is known about a name that a module of TensorFlow lacks."""


def in_keras_2(name: str) -> str:
    """Return why a module that Keras 2 defines, such as `tf.layers`, has no `name` if Keras 3 is installed."""
    return (
        "is not available with Keras 3, which TensorFlow 2.16 and later use: run `pip install tf_keras==%d.%d.*`, and "
        "set TF_USE_LEGACY_KERAS=1 in the environment before TensorFlow is imported" % bindings.VERSION
    )
