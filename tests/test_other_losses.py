"""The losses of the family that apply no softmax, or a softmax over a sample of the classes."""

import inspect

import numpy as np
import pytest
from modes import new_graph

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf, v1

LOGITS = np.array([[2.0, -1.0, 0.1], [0.5, 2.5, -0.3]], np.float32)
LABELS = np.array([[1.0, 0.0, 0.0], [0.0, 0.7, 0.3]], np.float32)
WEIGHTS = np.arange(15, dtype=np.float32).reshape(5, 3) / 10
BIASES = np.array([0.1, -0.2, 0.3, -0.4, 0.5], np.float32)
CLASSES = np.array([[1], [3]], np.int64)
SAMPLE, EXPECTED_OF_LABELS, EXPECTED_OF_SAMPLE = [4, 0], [[0.5], [0.2]], [0.3, 0.6]


@pytest.mark.parametrize(
    "name, signature",
    [
        ("sigmoid_cross_entropy_with_logits", "(_sentinel=None, labels=None, logits=None, name=None)"),
        (
            "weighted_cross_entropy_with_logits",
            "(labels=None, logits=None, pos_weight=None, name=None, targets=None)",
        ),
        (
            "sampled_softmax_loss",
            "(weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None, "
            "remove_accidental_hits=True, partition_strategy='mod', name='sampled_softmax_loss', seed=None)",
        ),
        (
            "nce_loss",
            "(weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None, "
            "remove_accidental_hits=False, partition_strategy='mod', name='nce_loss')",
        ),
    ],
)
def test_signature_is_that_of_1_15(name, signature):
    parameters = inspect.signature(getattr(nn, name)).parameters.values()
    plain = inspect.Signature([p.replace(annotation=inspect.Parameter.empty) for p in parameters])
    assert str(plain) == signature


@pytest.mark.parametrize("form", [{}, {"_sentinel": None}, {"name": "here"}], ids=str)
def test_sigmoid_is_tensorflows(mode, form):
    function = nn.sigmoid_cross_entropy_with_logits
    ours = mode.evaluate(lambda y, x: function(labels=y, logits=x, **form), LABELS, LOGITS)
    own = mode.evaluate(lambda y, x: tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=x), LABELS, LOGITS)
    assert ours.tobytes() == own.tobytes()
    by_position = mode.evaluate(lambda y, x: function(None, y, x), LABELS, LOGITS)
    assert by_position.tobytes() == own.tobytes()


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: nn.sigmoid_cross_entropy_with_logits(LOGITS, LABELS), "Only call `sigmoid_.*` with named arguments"),
        (lambda: nn.sigmoid_cross_entropy_with_logits(logits=LOGITS), "missing: labels"),
        (lambda: nn.weighted_cross_entropy_with_logits(LABELS, LOGITS), "needs pos_weight"),
        (lambda: nn.weighted_cross_entropy_with_logits(logits=LOGITS), "needs labels and pos_weight"),
        (
            lambda: nn.weighted_cross_entropy_with_logits(LABELS, LOGITS, 2.0, targets=LABELS),
            "both 'labels' and 'targets'",
        ),
    ],
)
def test_wrong_calls_raise_value_error(mode, call, message):
    with pytest.raises(ValueError, match=message):
        mode.evaluate(call)


@pytest.mark.parametrize(
    "call",
    [
        lambda y, x: nn.weighted_cross_entropy_with_logits(y, x, 2.0),
        lambda y, x: nn.weighted_cross_entropy_with_logits(labels=y, logits=x, pos_weight=2.0, name="here"),
        lambda y, x: nn.weighted_cross_entropy_with_logits(targets=y, logits=x, pos_weight=2.0),
        lambda y, x: nn.weighted_cross_entropy_with_logits(None, x, 2.0, None, y),
    ],
)
def test_weighted_takes_labels_and_targets(mode, call):
    own = mode.evaluate(lambda y, x: tf.nn.weighted_cross_entropy_with_logits(y, x, 2.0), LABELS, LOGITS)
    assert mode.evaluate(call, LABELS, LOGITS).tobytes() == own.tobytes()
    negative, positive = np.log1p(np.exp(LOGITS)), np.log1p(np.exp(-LOGITS))
    np.testing.assert_allclose(own, 2 * LABELS * positive + (1 - LABELS) * negative, rtol=1e-6)


def shards(array, strategy):
    """Two shards of an array of five rows."""
    return [array[0::2], array[1::2]] if strategy == "mod" else [array[:3], array[3:]]


def sampled(name, weights, biases, **options):
    """A function of the inputs that computes the loss with a sample that is given."""

    def compute(inputs):
        values = tf.constant(SAMPLE, tf.int64), tf.constant(EXPECTED_OF_LABELS), tf.constant(EXPECTED_OF_SAMPLE)
        function = getattr(nn, name)
        return function(weights, biases, tf.constant(CLASSES), inputs, 2, 5, sampled_values=values, **options)

    return compute


@pytest.mark.parametrize("name", ["sampled_softmax_loss", "nce_loss"])
@pytest.mark.parametrize("options", [{}, {"partition_strategy": "mod"}, {"partition_strategy": "div"}], ids=str)
def test_shards_are_read_as_in_tf1(mode, name, options):
    """The loss of sharded weights is that of the weights in one piece."""
    strategy = options.get("partition_strategy", "mod")

    def in_shards(inputs):
        weights, biases = ([tf.constant(s) for s in shards(array, strategy)] for array in (WEIGHTS, BIASES))
        return sampled(name, weights, biases, **options)(inputs)

    def in_one_piece(inputs):
        return sampled(name, tf.constant(WEIGHTS), tf.constant(BIASES))(inputs)

    ours, whole = mode.evaluate(in_shards, LOGITS), mode.evaluate(in_one_piece, LOGITS)
    np.testing.assert_allclose(ours, whole, rtol=1e-6)


def test_sampled_softmax_is_the_cross_entropy_over_the_sample(mode):
    loss = mode.evaluate(
        lambda x: sampled("sampled_softmax_loss", tf.constant(WEIGHTS), tf.constant(BIASES))(x), LOGITS
    )
    of_labels = (LOGITS * WEIGHTS[CLASSES[:, 0]]).sum(1) + BIASES[CLASSES[:, 0]] - np.log(EXPECTED_OF_LABELS)[:, 0]
    of_sample = LOGITS.dot(WEIGHTS[SAMPLE].T) + BIASES[SAMPLE] - np.log(EXPECTED_OF_SAMPLE)
    all_logits = np.concatenate([of_labels[:, None], of_sample], axis=1)
    np.testing.assert_allclose(loss, np.log(np.exp(all_logits).sum(1)) - of_labels, rtol=1e-5)


def test_seed_repeats_the_sample(mode):
    def loss(inputs):
        weights, biases = tf.constant(WEIGHTS), tf.constant(BIASES)
        return nn.sampled_softmax_loss(weights, biases, tf.constant(CLASSES), inputs, 2, 5, seed=7)

    if bindings.VERSION < (1, 6):
        with pytest.raises(TypeError, match="seed"):
            mode.evaluate(loss, LOGITS)
        return
    v1.set_random_seed(1)
    first = mode.evaluate(loss, LOGITS)
    v1.set_random_seed(1)
    assert first.shape == (2,) and first.tobytes() == mode.evaluate(loss, LOGITS).tobytes()


@pytest.mark.parametrize("name", ["sampled_softmax_loss", "nce_loss"])
def test_graph_has_the_nodes_of_tensorflows_own_call(name):
    def nodes(module):
        with new_graph() as graph:
            getattr(module, name)(tf.constant(WEIGHTS), tf.constant(BIASES), tf.constant(CLASSES), LOGITS, 2, 5)
            return [(operation.name, operation.type) for operation in graph.get_operations()]

    assert nodes(nn) == nodes(v1.nn)
