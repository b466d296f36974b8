"""Why a number moved: what to run an example again without, to see whether the number comes back."""

from collections.abc import Mapping
from dataclasses import dataclass

from tfsoftmax_compat.verify.results import Environment
from tfsoftmax_compat.verify.run import INSTALLED_SUM, NUMPY_1_SUM

NOT_REPRODUCED = "not reproduced by anything tried"
AS_IT_COMES: Mapping[str, str] = {}
ONEDNN_OFF = {"TF_ENABLE_ONEDNN_OPTS": "0"}


@dataclass(frozen=True)
class Cause:
    """One thing that can move a number.

    Attributes:
      name: what it is, as a report says it of a result that is as documented without it.
      variables: the environment variables of an interpreter without it.
      sum_of: the `sum` of a run without it.
    """

    name: str
    variables: Mapping[str, str]
    sum_of: str


NUMPY_2_SUM = Cause(
    "NumPy 2: sum() of float32 scalars stays float32; with NumPy 1's float64 it is as documented",
    AS_IT_COMES,
    NUMPY_1_SUM,
)
ONEDNN = Cause(
    "oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=0 it is as documented", ONEDNN_OFF, INSTALLED_SUM
)
BOTH = Cause(
    "oneDNN's kernels and NumPy 2's sum() of float32 scalars, together: with TF_ENABLE_ONEDNN_OPTS=0 and NumPy 1's "
    "float64 it is as documented; with one of the two it is not",
    ONEDNN_OFF,
    NUMPY_1_SUM,
)


def present_in(environment: Environment) -> list[Cause]:
    """The causes that an environment has, each alone before both together: one that is named was needed."""
    numpy_2 = int(environment.numpy.split(".")[0]) >= 2
    causes = [NUMPY_2_SUM] if numpy_2 else []
    if environment.onednn:
        causes += [ONEDNN, BOTH] if numpy_2 else [ONEDNN]
    return causes
