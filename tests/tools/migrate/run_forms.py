"""Runs modules with a function `compute` under the TensorFlow of this interpreter: Python 3.6 and later.

For each line of standard input, a JSON list of sources, it writes a line with a JSON list of [loss, gradient to logits,
gradient to labels], null where there is no gradient, or of an error's text. It runs in graph mode on TF1, unless its
argument is "eager", and in eager mode on TF2.
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
PER_GRAPH = 20  # the time for a gradient grows with the graph


def attempt(function, *arguments):
    """What the function returns, or the text of the error that it raises: that is the result of a form too."""
    try:
        return function(*arguments)
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)


def compute_of(source):
    """The function `compute` of a module."""
    namespace = {}
    exec(compile(source, "form", "exec"), namespace)
    return namespace["compute"]


def run_eagerly(source):
    """The loss and its gradients."""
    compute = compute_of(source)
    logits, labels = tf.constant(LOGITS), tf.constant(LABELS)
    with tf.GradientTape() as tape:
        tape.watch([logits, labels])
        loss = compute(logits, labels, tf.constant(IDS))
    values = [loss] + tape.gradient(loss, [logits, labels])
    return [None if value is None else value.numpy().tolist() for value in values]


def run_in_graph(sources):
    """The results of the sources, which share a graph and a run: a session for each takes longer."""

    def build(source):
        logits, labels = tf.constant(LOGITS), tf.constant(LABELS)
        loss = compute_of(source)(logits, labels, tf.constant(IDS))
        return [loss] + tf.gradients(loss, [logits, labels])

    def run(fetches):
        tensors = [tensor for tensor in fetches if tensor is not None]
        values = iter(session.run(tensors))
        return [None if tensor is None else next(values).tolist() for tensor in fetches]

    with tf.Graph().as_default(), tf.Session() as session:
        built = [attempt(build, source) for source in sources]
        fetches = [tensor for tensors in built if not isinstance(tensors, str) for tensor in tensors]
        values = attempt(run, fetches)
        if isinstance(values, str):  # one of them fails when it runs: find out which
            return [tensors if isinstance(tensors, str) else attempt(run, tensors) for tensors in built]
        remaining = iter(values)
        return [tensors if isinstance(tensors, str) else [next(remaining) for _ in tensors] for tensors in built]


def main():
    """From standard input to standard output, until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what a form prints is no answer
    eager = tf.__version__ >= "2" or sys.argv[1:] == ["eager"]
    if eager:
        tf.compat.v1.enable_eager_execution()
    for line in sys.stdin:
        sources = json.loads(line)
        if eager:
            results = [attempt(run_eagerly, source) for source in sources]
        else:
            parts = [sources[first : first + PER_GRAPH] for first in range(0, len(sources), PER_GRAPH)]
            results = [result for part in parts for result in run_in_graph(part)]
        answers.write(json.dumps(results) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
