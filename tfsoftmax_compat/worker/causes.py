"""What can move a number: what to run again without, to see whether the number comes back. Python 3.6 and later.

Documents (`verification`) and golden values (`tfsoftmax_compat.golden.again`) try the same causes.
"""

from typing import Dict, List, NamedTuple

NOT_REPRODUCED = "not reproduced by anything tried"

INSTALLED_SUM, NUMPY_1_SUM = "installed", "numpy1"  # the built-in sum as it comes, and as it was under NumPy 1
AS_IT_COMES: Dict[str, str] = {}
ONEDNN_OFF = {"TF_ENABLE_ONEDNN_OPTS": "0"}
ONEDNN_ON = {"TF_ENABLE_ONEDNN_OPTS": "1"}


class Cause(NamedTuple):
    """One thing that can move a number.

    Attributes:
      text: what it is, and without what the number holds; `named` fills it in.
      variables: the environment variables of a process without it.
      sum_of: the `sum` of a run without it.
    """

    text: str
    variables: Dict[str, str]
    sum_of: str

    def named(self, holds: str, fails: str) -> str:
        """The cause in words. `holds` says that the number is as it should be, `fails` that it is not."""
        return self.text.format(holds=holds, fails=fails)


NOTHING = Cause("", AS_IT_COMES, INSTALLED_SUM)  # the interpreter as it is
NUMPY_2_SUM = Cause(
    "NumPy 2: sum() of float32 scalars stays float32; with NumPy 1's float64 {holds}", AS_IT_COMES, NUMPY_1_SUM
)
ONEDNN = Cause("oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=0 {holds}", ONEDNN_OFF, INSTALLED_SUM)
NO_ONEDNN = Cause("oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=1 {holds}", ONEDNN_ON, INSTALLED_SUM)
BOTH = Cause(
    "oneDNN's kernels and NumPy 2's sum() of float32 scalars, together: with TF_ENABLE_ONEDNN_OPTS=0 and NumPy 1's "
    "float64 {holds}; with one of the two {fails}",
    ONEDNN_OFF,
    NUMPY_1_SUM,
)


def of(onednn: bool, numpy_2: bool) -> List[Cause]:
    """The causes where oneDNN's kernels and NumPy 2 may have moved a number, or one of the two.

    Each alone comes before both together: one that is named was needed.
    """
    return [NUMPY_2_SUM] * numpy_2 + [ONEDNN] * onednn + [BOTH] * (onednn and numpy_2)
