"""The modules that a function of TF1's softmax family can come from, by their dotted names."""

from __future__ import annotations

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, REDUCTION, Function

TF = "tensorflow"  # the meaning of its functions depends on the installed release
TF2 = "tensorflow 2"  # in a module written for TF2, a use that TF2 accepts
V1 = "tensorflow.compat.v1"  # TF1's meaning, also on TF2
SHIM = "tfsoftmax_compat"
SHIM_TF1 = f"{SHIM}.tf1"  # tensorflow.compat.v1 with the shim's functions in place of TensorFlow's

MODULES = {f"{origin}{end}" for origin in (TF, V1) for end in ("", ".nn", ".losses")}

_V1_ELSEWHERE = "tfv1"  # how tensorpack and others name the module of TF1's functions that they pass on

# Other names of the same functions.
_SAME = {
    "tensorflow.python.ops.nn.": f"{V1}.nn.",
    "tensorflow.python.ops.nn_ops.": f"{V1}.nn.",
    "tensorflow.python.ops.nn_impl.": f"{V1}.nn.",
    f"{SHIM_TF1}.": f"{SHIM}.",
    **{f"{origin}.math.{name}": f"{origin}.nn.{name}" for origin in (TF, V1) for name in ("softmax", "log_softmax")},
}


def is_in(dotted: str | None, *modules: str) -> bool:
    """Return whether `dotted` is one of `modules` or a name in one of them."""
    return dotted is not None and f"{dotted}.".startswith(tuple(f"{module}." for module in modules))


def family_function(dotted: str | None) -> tuple[str, Function] | None:
    """Return the origin (`TF`, `V1` or `SHIM`) and the function that a dotted name refers to, or None."""
    dotted = _canonical(dotted and _with_v1(dotted))
    for origin in (V1, TF, SHIM):
        if dotted and dotted.startswith(f"{origin}."):
            name = dotted[len(origin) + 1 :]
            function = REDUCTION if name == "losses.Reduction" else FUNCTIONS.get(name)
            if function is not None:
                return origin, function
    return None


def _with_v1(dotted: str) -> str:
    """Return `dotted` with `tensorflow.compat.v1` in place of the module that passes it on: ``tensorpack.tfv1``."""
    _, is_passed_on, name = f".{dotted}".partition(f".{_V1_ELSEWHERE}.")
    return f"{V1}.{name}" if is_passed_on else dotted


def _canonical(dotted: str | None) -> str | None:
    for other, usual in _SAME.items():
        if dotted and dotted.startswith(other):
            return usual + dotted[len(other) :]
    return dotted
