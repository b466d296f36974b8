"""tf.losses: signatures, defaults, reductions and the loss collection."""

import inspect

import numpy as np
import pytest
from modes import new_graph
from outcomes import outcome

from tfsoftmax_compat import losses
from tfsoftmax_compat._runtime.bindings import tf, v1

LOGITS = np.array([[2.0, 1.0, 0.1], [0.5, 2.5, 0.3]], np.float32)
LABELS = {
    "softmax_cross_entropy": np.array([[1.0, 0.0, 0.0], [0.0, 0.7, 0.3]], np.float32),
    "sparse_softmax_cross_entropy": np.array([0, 1]),
    "sigmoid_cross_entropy": np.array([[1.0, 0.0, 0.0], [0.0, 0.7, 0.3]], np.float32),
}
OPTIONS = [
    {},
    {"weights": 2.0},
    {"weights": [0.0, 3.0]},
    {"weights": [1.0, 2.0, 3.0]},
    {"scope": "here"},
    {"loss_collection": None},
] + [
    {"weights": [0.0, 3.0], "reduction": reduction}
    for reduction in ["none", "weighted_sum", "weighted_mean", "weighted_sum_over_batch_size", "no such reduction"]
]


@pytest.mark.parametrize("name", LABELS)
def test_signature_is_that_of_every_release(name):
    def parameters(function):
        return [(p.name, p.default) for p in inspect.signature(function).parameters.values()]

    assert parameters(getattr(losses, name)) == parameters(getattr(v1.losses, name))


@pytest.mark.parametrize("name", LABELS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_values_are_tensorflows(mode, name, options):
    def call(module):
        return outcome(lambda: mode.evaluate(lambda x: getattr(module, name)(LABELS[name], x, **options), LOGITS))

    assert call(losses) == call(v1.losses)


def test_default_reduction_divides_by_the_weights_that_are_not_zero(mode):
    each = mode.evaluate(
        lambda x: losses.sparse_softmax_cross_entropy([0, 1], x, reduction=losses.Reduction.NONE), LOGITS
    )
    loss = mode.evaluate(lambda x: losses.sparse_softmax_cross_entropy([0, 1], x, weights=[0.0, 3.0]), LOGITS)
    np.testing.assert_allclose(loss, 3 * each[1], rtol=1e-6)


def test_label_smoothing_is_tensorflows(mode):
    def call(module):
        return mode.evaluate(
            lambda x: module.softmax_cross_entropy(LABELS["softmax_cross_entropy"], x, label_smoothing=0.1), LOGITS
        )

    assert call(losses).tobytes() == call(v1.losses).tobytes()


@pytest.mark.parametrize("name", LABELS)
def test_loss_joins_the_collection(name):
    with new_graph():
        loss = getattr(losses, name)(LABELS[name], LOGITS)
        getattr(losses, name)(LABELS[name], LOGITS, loss_collection=None)
        elsewhere = getattr(losses, name)(LABELS[name], LOGITS, loss_collection="elsewhere")
        assert v1.get_collection(v1.GraphKeys.LOSSES) == [loss]
        assert v1.get_collection("elsewhere") == [elsewhere]
        assert v1.losses.get_losses() == [loss]


@pytest.mark.parametrize("name", LABELS)
def test_missing_labels_or_logits_raise_value_error(name):
    with new_graph():
        for labels, logits in [(None, LOGITS), (LABELS[name], None)]:
            with pytest.raises(ValueError):
                getattr(losses, name)(labels, logits)


@pytest.mark.parametrize("name", LABELS)
def test_graph_has_the_nodes_of_tensorflows_own_call(name):
    weights = [[1.0], [2.0]] if name == "sigmoid_cross_entropy" else [1.0, 2.0]

    def nodes(module):
        with new_graph() as graph:
            getattr(module, name)(tf.constant(LABELS[name]), tf.constant(LOGITS), weights=weights)
            return [(operation.name, operation.type) for operation in graph.get_operations()]

    assert nodes(losses) == nodes(v1.losses)


def test_misspelt_name_gets_the_right_one():
    with pytest.raises(AttributeError, match="did you mean 'softmax_cross_entropy'"):
        losses.softmax_crossentropy
