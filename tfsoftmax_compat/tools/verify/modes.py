"""Whether an example applies to the mode it ran in: code for one of the two says so when it runs in the other."""

import re
from typing import Optional

from tfsoftmax_compat.tools.verify.results import EAGER, GRAPH, Outcome

# TensorFlow's own words, old and new, and this package's.
_NEEDS_GRAPH_MODE = re.compile(
    r"needs graph mode|eager[ _](?:execution|mode|context)|executing eagerly|not supported for Eager Tensors"
    r"|to capture an EagerTensor"
    r"|has invalid type .*EagerTensor|graph is empty",
    re.IGNORECASE | re.DOTALL,
)
_NEEDS_EAGER_MODE = re.compile(
    r"eager[ _](?:execution|mode|context)|executing eagerly"
    r"|(?:Tensor|Variable)' object has no attribute '_?(?:numpy|id)'"
    r"|as a Python `bool` is not allowed|symbolic|not '(?:Symbolic)?Tensor'",
    re.IGNORECASE | re.DOTALL,
)
_EAGER_TENSOR = re.compile(r"\btf\.Tensor\(|<tf\.Tensor: |\bnumpy=")
_GRAPH_TENSOR = re.compile(r"\bTensor\(\"|<tf\.Tensor '")


def why_not(mode: str, documented: Optional[str], outcome: Outcome) -> Optional[str]:
    """Why an example does not apply to a mode, judging by what it did there.

    Args:
      mode: ``"graph"`` or ``"eager"``.
      documented: the output that the document shows, if any.
      outcome: what it did in that mode.

    Returns:
      The reason; None where the mode applies.
    """
    if mode == EAGER and outcome.eager is False:
        return "it switches to graph mode"
    if mode == GRAPH and outcome.eager:
        return "it switches to eager mode"
    if outcome.error is not None:
        needs_other = _NEEDS_GRAPH_MODE if mode == EAGER else _NEEDS_EAGER_MODE
        return outcome.error.splitlines()[0] if needs_other.search(outcome.error) else None
    if documented is None:
        return None
    if mode == GRAPH and _GRAPH_TENSOR.search(outcome.output) and not _GRAPH_TENSOR.search(documented):
        return "it prints a graph tensor, which has a value in a Session alone"
    if mode == GRAPH and _EAGER_TENSOR.search(documented) and not _EAGER_TENSOR.search(outcome.output):
        return "the document shows an eager tensor"
    if mode == EAGER and _GRAPH_TENSOR.search(documented) and not _GRAPH_TENSOR.search(outcome.output):
        return "the document shows a graph tensor"
    return None
