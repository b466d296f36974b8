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
      in_tf2: its name in TF2.
      tf2_positional: the parameters that a migrated call may still pass by position.
      parameters_until_1_12: their order up to TF 1.12, if a call shows which order it was written for.
      keeps_v1: whether plain TF2 code needs the function of `tf.compat.v1`, whose parameters are TF1's.
    """

    module: str
    name: str
    parameters: tuple[str, ...]
    in_tf2: str
    tf2_positional: tuple[str, ...] = ()
    parameters_until_1_12: tuple[str, ...] = ()
    keeps_v1: bool = False

    @property
    def is_cross_entropy(self) -> bool:
        """Whether it is a softmax cross entropy of `tf.nn`, which may silently compute something else on TF2."""
        return self.module == "nn" and self.name.startswith((_LOSS, f"sparse_{_LOSS}"))

    @property
    def is_activation(self) -> bool:
        """Whether it is softmax or log-softmax."""
        return self.parameters == _SOFTMAX

    @property
    def only_tf1(self) -> frozenset[str]:
        """Its parameters that TF2's function does not have; all, if TF2 has no such function in its place."""
        in_tf2 = IN_TF2.get(self.in_tf2)
        others = in_tf2.parameters if in_tf2 is not None and in_tf2.module == self.module else ()
        return frozenset(self.parameters) - frozenset(others)

    @property
    def takes_sentinel(self) -> bool:
        """Whether TF1 puts a sentinel first, so that its arguments must be passed by keyword."""
        return self.parameters[0] == "_sentinel"


_LOSS = "softmax_cross_entropy_with_logits"
_V2 = f"{_LOSS}_v2"
BOTH_LOSSES = {_LOSS, _V2}  # without _v2, a call means another function on TF1 than on TF2
_SIGMOID = "sigmoid_cross_entropy_with_logits"
_SOFTMAX = ("logits", "axis", "name", "dim")
_SENTINEL = ("_sentinel", "labels", "logits", "dim", "name")
_SMOOTHED = ("logits", "weights", "label_smoothing", "scope", "loss_collection", "reduction")
_SPARSE = ("labels", "logits", "weights", "scope", "loss_collection", "reduction")
_WEIGHTED = ("labels", "logits", "pos_weight", "name")
_SAMPLED = (
    *("weights", "biases", "labels", "inputs", "num_sampled", "num_classes"),
    *("num_true", "sampled_values", "remove_accidental_hits"),
)

FUNCTIONS = {
    f"{function.module}.{function.name}": function
    for function in (
        Function("nn", "softmax", _SOFTMAX, "softmax", _SOFTMAX[:3]),
        Function("nn", "log_softmax", _SOFTMAX, "log_softmax", _SOFTMAX[:3]),
        Function("nn", "softmax_cross_entropy_with_logits", _SENTINEL + ("axis",), "softmax_cross_entropy_with_logits"),
        Function(
            "nn",
            _V2,
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
        Function("nn", _SIGMOID, ("_sentinel", "labels", "logits", "name"), _SIGMOID),
        Function(
            "nn",
            "weighted_cross_entropy_with_logits",
            (*_WEIGHTED, "targets"),
            "weighted_cross_entropy_with_logits",
            tf2_positional=_WEIGHTED,
        ),
        *(
            Function("nn", name, parameters, name, keeps_v1=True)
            for name, parameters in (
                ("sampled_softmax_loss", (*_SAMPLED, "partition_strategy", "name", "seed")),
                ("nce_loss", (*_SAMPLED, "partition_strategy", "name")),
            )
        ),
        *(
            Function("losses", name, parameters, name, keeps_v1=True)
            for name, parameters in (
                ("softmax_cross_entropy", ("onehot_labels", *_SMOOTHED)),
                ("sparse_softmax_cross_entropy", _SPARSE),
                ("sigmoid_cross_entropy", ("multi_class_labels", *_SMOOTHED)),
            )
        ),
    )
}

# What TF 1.0 called a parameter of TF 0.x.
RENAMED_IN_1_0 = {(_SIGMOID, "targets"): "labels"}

# TF2's functions of the same names, whose arguments are all positional or keywords.
IN_TF2 = {
    function.name: function
    for function in (
        Function("nn", "softmax", _SOFTMAX[:3], "softmax"),
        Function("nn", "log_softmax", _SOFTMAX[:3], "log_softmax"),
        Function("nn", _LOSS, ("labels", "logits", "axis", "name"), _LOSS),
        Function("nn", f"sparse_{_LOSS}", ("labels", "logits", "name"), f"sparse_{_LOSS}"),
        Function("nn", _SIGMOID, ("labels", "logits", "name"), _SIGMOID),
        Function("nn", "weighted_cross_entropy_with_logits", _WEIGHTED, "weighted_cross_entropy_with_logits"),
        Function("nn", "sampled_softmax_loss", (*_SAMPLED, "seed", "name"), "sampled_softmax_loss"),
        Function("nn", "nce_loss", (*_SAMPLED, "name"), "nce_loss"),
    )
}

# The enumeration for `reduction=` moves with the losses: `tf.losses.Reduction` is another one in TF2, or is missing.
REDUCTION = Function("losses", "Reduction", ("key",), "Reduction", keeps_v1=True)


def intended_function(module: str, name: str) -> str | None:
    """Return the function of `module` ("nn" or "losses") that the misspelt `name` stands for, or None."""
    return misspelt.meant(name, [function.name for function in FUNCTIONS.values() if function.module == module])
