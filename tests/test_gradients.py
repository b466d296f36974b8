"""Gradients in sessions and tapes: equal to TensorFlow's to the bit; only some functions send one to the labels."""

import numpy as np
import pytest

from tfsoftmax_compat import losses, nn
from tfsoftmax_compat._runtime.bindings import v1

LOGITS = np.array([[2.0, 1.0, 0.1], [0.5, 2.5, 0.3]], np.float32)
LABELS = np.array([[1.0, 0.0, 0.0], [0.0, 0.7, 0.3]], np.float32)


def same(ours, own):
    return [None if g is None else g.tobytes() for g in ours] == [None if g is None else g.tobytes() for g in own]


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_v1_stops_the_labels_gradient(mode, axis):
    ours = mode.gradients(
        lambda y, x: nn.softmax_cross_entropy_with_logits(labels=y, logits=x, axis=axis), LABELS, LOGITS
    )
    own = mode.gradients(
        lambda y, x: v1.nn.softmax_cross_entropy_with_logits(labels=y, logits=x, dim=axis if axis == -1 else axis % 2),
        LABELS,
        LOGITS,
    )
    assert ours[0] is None and np.abs(ours[1]).max() > 0 and same(ours, own)


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_v2_lets_gradients_reach_both(mode, axis):
    ours = mode.gradients(
        lambda y, x: nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x, axis=axis), LABELS, LOGITS
    )
    own = mode.gradients(
        lambda y, x: v1.nn.softmax_cross_entropy_with_logits_v2(
            labels=y, logits=x, dim=axis if axis == -1 else axis % 2
        ),
        LABELS,
        LOGITS,
    )
    assert np.abs(ours[0]).max() > 0 and np.abs(ours[1]).max() > 0 and same(ours, own)


def test_sparse_lets_the_gradient_reach_the_logits(mode):
    ours = mode.gradients(lambda x: nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=x), LOGITS)
    own = mode.gradients(lambda x: v1.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=x), LOGITS)
    assert np.abs(ours[0]).max() > 0 and same(ours, own)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("axis", [0, -1])
def test_softmax(mode, name, axis):
    ours = mode.gradients(lambda x: getattr(nn, name)(x, axis=axis) ** 2, LOGITS)
    own = mode.gradients(lambda x: getattr(v1.nn, name)(x, axis=axis) ** 2, LOGITS)
    assert np.abs(ours[0]).max() > 0 and same(ours, own)


def test_losses_stop_the_labels_gradient(mode):
    gradients = mode.gradients(lambda y, x: losses.softmax_cross_entropy(y, x), LABELS, LOGITS)
    assert gradients[0] is None and np.abs(gradients[1]).max() > 0
