"""Threads that each have a graph and a session, and threads in eager mode."""

import threading

import numpy as np
import pytest
from modes import EAGER, GRAPH

from tfsoftmax_compat import nn

THREADS, TURNS = 4, 1
LABELS = np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], np.float32)


def in_threads(work):
    """Call ``work(number)`` in several threads that start together; return what each returned or raised."""
    together, results = threading.Barrier(THREADS), [None] * THREADS

    def run(number):
        try:
            together.wait()
            results[number] = work(number)
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


def loss_and_gradients(mode, number):
    """Return losses and gradients along both axes, with different logits in each thread and each turn."""
    values = []
    for turn in range(TURNS):
        logits = np.arange(6, dtype=np.float32).reshape(2, 3) * (number + 1) + turn
        for axis in (0, -1):
            values += mode.gradients(
                lambda y, x: (
                    nn.softmax_cross_entropy_with_logits(labels=y, logits=x, axis=axis)
                    + nn.softmax(x, axis=0)[0, 0]
                    + nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=x)[0]
                ),
                LABELS,
                logits,
            )
    return [None if value is None else value.tobytes() for value in values]


@pytest.mark.parametrize("mode", [GRAPH, EAGER], ids=["graph", "eager"])
def test_each_thread_computes_what_it_does_alone(mode):
    alone = [loss_and_gradients(mode, number) for number in range(THREADS)]
    assert in_threads(lambda number: loss_and_gradients(mode, number)) == alone
