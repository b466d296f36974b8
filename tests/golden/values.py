"""Compute the golden values in this interpreter and print them as JSON.

`record.py` runs this file in an environment of each release. It needs only Python 3.6, TensorFlow and NumPy.
"""

import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.simplefilter("ignore")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

# The package may not be installed in that environment.
sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tfsoftmax_compat.worker import provenance  # noqa: E402

v1 = tf if tf.__version__.startswith("1.") else tf.compat.v1

DOCUMENTED = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
LOGITS = [[2.0, 1.0, 0.1], [0.5, 2.5, 0.3]]
LABELS = [[1.0, 0.0, 0.0], [0.0, 0.7, 0.3]]

# Each case calls TensorFlow's own function, by the name that has TF1's meaning on every release.
CASES = {
    "softmax": lambda nn: nn.softmax(DOCUMENTED),
    "log_softmax": lambda nn: nn.log_softmax(DOCUMENTED),
    "softmax, axis 0": lambda nn: nn.softmax(LOGITS, axis=0),
    "log_softmax, axis 0": lambda nn: nn.log_softmax(LOGITS, axis=0),
    "softmax_cross_entropy_with_logits": lambda nn: nn.softmax_cross_entropy_with_logits(labels=LABELS, logits=LOGITS),
    "softmax_cross_entropy_with_logits, dim 0": lambda nn: nn.softmax_cross_entropy_with_logits(
        labels=LABELS, logits=LOGITS, dim=0
    ),
    "softmax_cross_entropy_with_logits_v2": lambda nn: nn.softmax_cross_entropy_with_logits_v2(
        labels=LABELS, logits=LOGITS
    ),
    "sparse_softmax_cross_entropy_with_logits": lambda nn: nn.sparse_softmax_cross_entropy_with_logits(
        labels=[0, 1], logits=LOGITS
    ),
}


def evaluate(build):
    """Return the float32 array that a case computes in a new graph and session."""
    with tf.Graph().as_default(), v1.Session() as session:
        return session.run(build(v1.nn))


def golden():
    """Return the values and their provenance."""
    values = {}
    for name, build in CASES.items():
        array = evaluate(build)
        values[name] = {
            "float32_bits": ["0x%08x" % bits for bits in array.ravel().view(np.uint32)],
            "shape": list(array.shape),
            "printed": str(array),
            "float64_sum": repr(sum(array.ravel().tolist())),
        }
    return {"provenance": provenance.of_this_process(), "values": values}


if __name__ == "__main__":
    v1.logging.set_verbosity(v1.logging.ERROR)
    json.dump(golden(), sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")
