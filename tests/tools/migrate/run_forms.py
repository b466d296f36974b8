"""Runs modules with a function `compute` under the TensorFlow of this interpreter: Python 3.6 and later.

Reads a JSON list of sources from standard input and writes a JSON list of [loss, gradient to logits, gradient to
labels], null where there is no gradient, or of an error's text. It runs in graph mode on TF1 and in eager mode on TF2.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

LOGITS = np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]], np.float32)
LABELS = np.array([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2]], np.float32)
IDS = np.array([2, 0], np.int32)


def run(source):
    """The loss and its gradients."""
    namespace = {}
    exec(compile(source, "form", "exec"), namespace)
    compute = namespace["compute"]
    if tf.__version__ >= "2":
        logits, labels = tf.constant(LOGITS), tf.constant(LABELS)
        with tf.GradientTape() as tape:
            tape.watch([logits, labels])
            loss = compute(logits, labels, tf.constant(IDS))
        values = [loss] + tape.gradient(loss, [logits, labels])
        return [None if value is None else value.numpy().tolist() for value in values]
    with tf.Graph().as_default(), tf.Session() as session:
        logits, labels = tf.constant(LOGITS), tf.constant(LABELS)
        loss = compute(logits, labels, tf.constant(IDS))
        values = [loss] + tf.gradients(loss, [logits, labels])
        return [None if value is None else session.run(value).tolist() for value in values]


def main():
    """From standard input to standard output."""
    results = []
    for source in json.load(sys.stdin):
        try:
            results.append(run(source))
        except Exception as error:  # whatever a form raises is its result
            results.append("%s: %s" % (type(error).__name__, error))
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
