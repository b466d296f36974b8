"""Two processes with TensorFlow's strategies and servers compute the same as one process."""

import json
import os
import socket

import distribution_task
import fresh
import numpy as np
import pytest
from modes import GRAPH

from tfsoftmax_compat._runtime import bindings


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


@pytest.fixture(scope="module")
def computed(tmp_path_factory):
    """Return what each of two tasks computed, by name. No process is left when this returns."""
    folder = str(tmp_path_factory.mktemp("tasks"))
    ports = free_ports(4)
    reading, writing = fresh.pipe()
    paths = [os.path.join(folder, "%d.json" % index) for index in (0, 1)]
    logs = [os.path.join(folder, "%d.log" % index) for index in (0, 1)]
    tasks = [
        fresh.start(distribution_task.main, index, ports, paths[index], reading, stdout=logs[index], stderr=logs[index])
        for index in (0, 1)
    ]
    fresh.ends(tasks[0])
    writing.close()  # which ends task 1
    fresh.ends(tasks[1])
    results = []
    for index, path in enumerate(paths):
        said = fresh.read(logs[index])[-4000:]
        assert os.path.exists(path), "task %d computed nothing; it said:\n%s" % (index, said)
        with open(path) as file:
            results.append(json.load(file))
    return results


def trained_by_one():
    kernel = np.zeros((4, 3), np.float32)
    data = [distribution_task.FEATURES, distribution_task.LABELS, distribution_task.CLASSES]
    for _ in range(distribution_task.STEPS):
        (gradient,) = GRAPH.gradients(lambda weights: distribution_task.mean_loss(*data, kernel=weights), kernel)
        kernel -= distribution_task.RATE * gradient
    return kernel


@pytest.mark.skipif(bindings.VERSION < (2, 4), reason="until 2.3 the multi-worker strategy is an experiment")
def test_two_workers_train_as_one_does(computed):
    assert computed[0]["two workers"] == computed[1]["two workers"]
    np.testing.assert_allclose(computed[0]["two workers"], trained_by_one(), rtol=1e-4, atol=1e-6)


@pytest.mark.skipif(bindings.VERSION < (2, 4), reason="until 2.3 the multi-worker strategy is an experiment")
@pytest.mark.skipif(
    bindings.VERSION == (2, 5),
    reason="there both strategies configure the collective operations, which a process may do just once",
)
def test_two_devices_train_as_one_does(computed):
    np.testing.assert_allclose(computed[0]["two devices"], trained_by_one(), rtol=1e-4, atol=1e-6)


def test_a_session_on_a_cluster_of_two_tasks(computed):
    data = [distribution_task.FEATURES, distribution_task.LABELS, distribution_task.CLASSES]
    kernel = np.full((4, 3), 0.25, np.float32)

    def build(weights):
        return distribution_task.mean_loss(*data, kernel=weights)

    np.testing.assert_allclose(computed[0]["cluster"]["loss"], GRAPH.evaluate(build, kernel), rtol=1e-5)
    (gradient,) = GRAPH.gradients(build, kernel)
    np.testing.assert_allclose(computed[0]["cluster"]["gradient"], gradient, rtol=1e-4, atol=1e-6)
