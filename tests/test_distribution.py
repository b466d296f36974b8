"""Two processes with TensorFlow's strategies and servers compute the same as one process."""

import json
import os
import socket
import subprocess
import sys

import distribution_task
import numpy as np
import pytest
from modes import GRAPH

from tfsoftmax_compat._runtime import bindings

TIME_LIMIT = 180  # seconds


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
    ports = ",".join(map(str, free_ports(4)))
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="-1")
    logs = [open(os.path.join(folder, "%d.log" % index), "wb+") for index in (0, 1)]
    tasks = [
        subprocess.Popen(
            [sys.executable, distribution_task.__file__, str(index), ports, folder],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=environment,
        )
        for index, log in enumerate(logs)
    ]
    try:
        for task in tasks:
            task.communicate(timeout=TIME_LIMIT)  # closes its standard input, which ends task 1
    except subprocess.TimeoutExpired:
        pass
    finally:
        for task in tasks:
            task.kill()
            task.wait()
    results = []
    for index, log in enumerate(logs):
        log.seek(0)
        said = log.read().decode("utf-8", "replace")
        log.close()
        path = os.path.join(folder, "%d.json" % index)
        assert os.path.exists(path), "task %d computed nothing; it said:\n%s" % (index, said[-4000:])
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
