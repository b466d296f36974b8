"""The causes that can move a number. Running an example again without a cause shows whether it is the one.

Documents (`tools.verify.verification`) and golden values (`golden.explanation`) try the same causes. Python 3.6.
"""

from typing import Dict, List, NamedTuple, Sequence

INSTALLED_SUM, NUMPY_1_SUM = "installed", "numpy1"  # the built-in sum as it is, and as it was with NumPy 1
AS_IT_COMES: Dict[str, str] = {}
ONEDNN_OFF = {"TF_ENABLE_ONEDNN_OPTS": "0"}
ONEDNN_ON = {"TF_ENABLE_ONEDNN_OPTS": "1"}


class Cause(NamedTuple):
    """One thing that can move a number.

    Attributes:
      text: what it is, and how to run without it; `named` fills in {holds} and {fails}.
      tried: what a run without it changes, in a few words.
      variables: the environment variables of a run without it.
      sum_of: the built-in `sum` of a run without it: `INSTALLED_SUM` or `NUMPY_1_SUM`.
    """

    text: str
    tried: str
    variables: Dict[str, str]
    sum_of: str

    def named(self, holds: str, fails: str) -> str:
        """Return the cause in words.

        Args:
          holds: a clause that says that the number is right: ``"it is as documented"``.
          fails: a clause that says that it is not: ``"it is not"``.
        """
        return self.text.format(holds=holds, fails=fails)


NUMPY_2_SUM = Cause(
    "NumPy 2: sum() of float32 scalars stays float32; with NumPy 1's float64 sum {holds}",
    "NumPy 1's sum()",
    AS_IT_COMES,
    NUMPY_1_SUM,
)
ONEDNN = Cause(
    "oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=0 {holds}",
    "oneDNN off",
    ONEDNN_OFF,
    INSTALLED_SUM,
)
NO_ONEDNN = Cause(
    "oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=1 {holds}",
    "oneDNN on",
    ONEDNN_ON,
    INSTALLED_SUM,
)
BOTH = Cause(
    "oneDNN's kernels and NumPy 2's sum() of float32 scalars together: with TF_ENABLE_ONEDNN_OPTS=0 and NumPy 1's "
    "float64 sum {holds}; with only one of the two {fails}",
    "both",
    ONEDNN_OFF,
    NUMPY_1_SUM,
)

NONE_FOUND = "no cause found"


def of(onednn: bool, numpy_2: bool) -> List[Cause]:
    """Return the causes to try, in this order.

    `BOTH` comes last. So where it is the cause, neither of the two was enough.

    Args:
      onednn: whether oneDNN's kernels may have moved the number.
      numpy_2: whether NumPy 2 may have moved it.
    """
    return [NUMPY_2_SUM] * numpy_2 + [ONEDNN] * onednn + [BOTH] * (onednn and numpy_2)


def none_found(tried: Sequence[Cause]) -> str:
    """Return ``"no cause found (tried: NumPy 1's sum(), oneDNN off, both)"``, or "" if nothing was tried."""
    return "%s (tried: %s)" % (NONE_FOUND, ", ".join(cause.tried for cause in tried)) if tried else ""
