"""TF1's softmax family: the module of each function, and the order of its parameters.

Source: the signatures of TensorFlow 1.5 to 2.21.
"""

from __future__ import annotations

from dataclasses import dataclass

from tfsoftmax_compat._runtime import misspelt


@dataclass(frozen=True)
class Function:
    """One function of TF1, and what replaces it in TF2.

    Attributes:
      module: "nn" or "losses".
      name: its name.
      parameters: in the order of TF 1.15.
      in_tf2: its name in `tf.nn` or `tf.compat.v1.losses` of TF2.
      tf2_positional: the parameters that a migrated call may still pass by position.
      parameters_until_1_12: their order up to TF 1.12, if a call shows which order it was written for.
    """

    module: str
    name: str
    parameters: tuple[str, ...]
    in_tf2: str
    tf2_positional: tuple[str, ...] = ()
    parameters_until_1_12: tuple[str, ...] = ()

    @property
    def is_cross_entropy(self) -> bool:
        """Whether it takes labels and logits."""
        return self.module == "nn" and "labels" in self.parameters

    @property
    def takes_sentinel(self) -> bool:
        """Whether TF1 puts a sentinel first, so that its arguments must be passed by keyword."""
        return self.parameters[0] == "_sentinel"


_SOFTMAX = ("logits", "axis", "name", "dim")
_SENTINEL = ("_sentinel", "labels", "logits", "dim", "name")
_ONEHOT = ("onehot_labels", "logits", "weights", "label_smoothing", "scope", "loss_collection", "reduction")
_SPARSE = ("labels", "logits", "weights", "scope", "loss_collection", "reduction")

FUNCTIONS = {
    f"{function.module}.{function.name}": function
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

# The enumeration for `reduction=` moves with the losses: `tf.losses.Reduction` is another one in TF2, or is missing.
REDUCTION = Function("losses", "Reduction", ("key",), "Reduction", ("key",))

# Functions of TensorFlow that are not misspelt, although their names are similar.
_OTHERS = {"sampled_softmax_loss", "sigmoid_cross_entropy_with_logits", "weighted_cross_entropy_with_logits"}
_OTHERS |= {"sigmoid_cross_entropy"}


def intended_function(module: str, name: str) -> str | None:
    """Return the function of `module` ("nn" or "losses") that the misspelt `name` stands for, or None."""
    if name in _OTHERS:
        return None
    return misspelt.meant(name, [function.name for function in FUNCTIONS.values() if function.module == module])
