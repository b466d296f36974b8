"""TF1's softmax family: where each function lives, and the order of its parameters.

Source: the signatures of TensorFlow 1.5 to 2.21.
"""

from __future__ import annotations

from dataclasses import dataclass

from tfsoftmax_compat._runtime import misspelt


@dataclass(frozen=True)
class Function:
    """One function of TF1, and what TF2 has in its place."""

    module: str  # "nn" or "losses"
    name: str
    parameters: tuple[str, ...]  # in the order of TF 1.15
    in_tf2: str  # its name below `tf.nn` or `tf.compat.v1.losses`
    tf2_positional: tuple[str, ...] = ()  # what a migrated call may still pass by position
    parameters_until_1_12: tuple[str, ...] = ()  # where they differ and a call can tell

    @property
    def is_cross_entropy(self) -> bool:
        """Whether it takes labels and logits."""
        return self.module == "nn" and "labels" in self.parameters

    @property
    def takes_sentinel(self) -> bool:
        """Whether TF1 wants its arguments by keyword, behind a sentinel."""
        return self.parameters[0] == "_sentinel"


_SOFTMAX = ("logits", "axis", "name", "dim")
_SENTINEL = ("_sentinel", "labels", "logits", "dim", "name")
_ONEHOT = ("onehot_labels", "logits", "weights", "label_smoothing", "scope", "loss_collection", "reduction")
_SPARSE = ("labels", "logits", "weights", "scope", "loss_collection", "reduction")

FUNCTIONS = {
    "%s.%s" % (function.module, function.name): function
    for function in (
        Function("nn", "softmax", _SOFTMAX, "softmax", _SOFTMAX[:3]),
        Function("nn", "log_softmax", _SOFTMAX, "log_softmax", _SOFTMAX[:3]),
        Function("nn", "softmax_cross_entropy_with_logits", _SENTINEL + ("axis",), "softmax_cross_entropy_with_logits"),
        Function(
            "nn",
            "softmax_cross_entropy_with_logits_v2",
            ("labels", "logits", "axis", "name", "dim"),
            "softmax_cross_entropy_with_logits",
            parameters_until_1_12=_SENTINEL,
        ),
        Function(
            "nn",
            "sparse_softmax_cross_entropy_with_logits",
            ("_sentinel", "labels", "logits", "name"),
            "sparse_softmax_cross_entropy_with_logits",
        ),
        Function("losses", "softmax_cross_entropy", _ONEHOT, "softmax_cross_entropy", _ONEHOT),
        Function("losses", "sparse_softmax_cross_entropy", _SPARSE, "sparse_softmax_cross_entropy", _SPARSE),
    )
}

# Functions of TensorFlow's own that look like one of ours.
_OTHERS = {"sampled_softmax_loss", "sigmoid_cross_entropy_with_logits", "weighted_cross_entropy_with_logits"}
_OTHERS |= {"sigmoid_cross_entropy"}


def meant(module: str, name: str) -> str | None:
    """The function of `module` ("nn" or "losses") that the misspelt `name` was meant for, or None."""
    if name in _OTHERS:
        return None
    return misspelt.meant(name, [function.name for function in FUNCTIONS.values() if function.module == module])
