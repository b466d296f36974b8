"""One of two tasks that train and evaluate together.

It imports TensorFlow in its functions: those who start a task need only the data.
"""

import json
import os

import numpy as np

RANDOM = np.random.RandomState(0)
FEATURES = RANDOM.randn(8, 4).astype(np.float32)
CLASSES = RANDOM.randint(3, size=8).astype(np.int32)
LABELS = np.eye(3, dtype=np.float32)[CLASSES] * 0.7 + 0.1
STEPS, RATE = 5, 0.5


def mean_loss(features, labels, classes, kernel):
    """All three losses of a linear classifier."""
    import tensorflow as tf

    from tfsoftmax_compat import nn

    logits = tf.matmul(features, kernel)
    losses = (
        nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        + nn.softmax_cross_entropy_with_logits_v2(labels, logits)
        + nn.sparse_softmax_cross_entropy_with_logits(labels=classes, logits=logits)
    )
    return tf.reduce_mean(losses)


def train(strategy, replicas):
    """The weights of the classifier after some steps of gradient descent, each replica on its share of the data."""
    import tensorflow as tf

    assert strategy.num_replicas_in_sync == replicas
    share = len(FEATURES) // replicas
    data = [tf.constant(array) for array in (FEATURES, LABELS, CLASSES)]
    with strategy.scope():
        kernel = tf.Variable(tf.zeros((4, 3)), aggregation=tf.VariableAggregation.MEAN)

    def step():
        start = tf.distribute.get_replica_context().replica_id_in_sync_group * share
        with tf.GradientTape() as tape:
            loss = mean_loss(*[array[start : start + share] for array in data], kernel=kernel)
        kernel.assign_sub(RATE * tape.gradient(loss, kernel))

    step_everywhere = tf.function(lambda: strategy.run(step))
    for _ in range(STEPS):
        step_everywhere()
    return kernel.numpy().tolist()


def evaluate_on_cluster(target):
    """The loss and its gradient, the weights on the one task and the loss on the other."""
    from tfsoftmax_compat._runtime.bindings import tf, v1

    with tf.Graph().as_default():
        with tf.device("/job:worker/task:0"):
            kernel = v1.get_variable("kernel", initializer=np.full((4, 3), 0.25, np.float32))
        with tf.device("/job:worker/task:1"):
            loss = mean_loss(tf.constant(FEATURES), tf.constant(LABELS), tf.constant(CLASSES), kernel)
            gradient = v1.gradients(loss, [kernel])[0]
        with v1.Session(target, config=v1.ConfigProto()) as session:
            session.run(v1.global_variables_initializer())
            loss, gradient = session.run([loss, gradient])
    return {"loss": float(loss), "gradient": gradient.tolist()}


def main(index, ports, path, until):
    """Train and evaluate as task 0 or 1, and write what that computed to a file.

    There are four ports, two for each kind of cluster. Task 1 serves until the other end of the pipe `until` is closed.
    """
    addresses = ["127.0.0.1:%d" % port for port in ports]
    computed = {}
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    # The strategy reads this, and has to be the first to touch TensorFlow's runtime.
    os.environ["TF_CONFIG"] = json.dumps(
        {"cluster": {"worker": addresses[:2]}, "task": {"type": "worker", "index": index}}
    )
    from tfsoftmax_compat._runtime.bindings import VERSION, tf, v1

    if VERSION >= (2, 4):
        two = [tf.config.LogicalDeviceConfiguration()] * 2
        tf.config.set_logical_device_configuration(tf.config.list_physical_devices("CPU")[0], two)
        computed["two workers"] = train(tf.distribute.MultiWorkerMirroredStrategy(), 2)
        if index == 0 and VERSION != (2, 5):
            computed["two devices"] = train(tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"]), 2)
    cluster = v1.train.ClusterSpec({"worker": addresses[2:]})
    # A plain config: the strategy has changed the default one, which now knows only this task.
    server = v1.train.Server(cluster, job_name="worker", task_index=index, config=v1.ConfigProto())
    if index == 0:
        computed["cluster"] = evaluate_on_cluster(server.target)
    with open(path, "w") as file:
        json.dump(computed, file)
    if index == 1:
        until.poll(None)
    os._exit(0)  # TensorFlow's servers cannot be stopped in another way
