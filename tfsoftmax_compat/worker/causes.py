"""The causes that can move a number. Running an example again without a cause shows whether it is the one.

Documents (`tools.verify.attempts`) and golden values (`golden.explanation`) try the same causes. Python 3.6.
"""

import itertools
import os
from typing import Dict, FrozenSet, List, NamedTuple, Sequence, Tuple

AS_IT_COMES: Dict[str, str] = {}
UNCHANGED: FrozenSet[str] = frozenset()
# What a process can change before it runs code; `changes` makes these changes.
NUMPY_1_SUM, ONE_THREAD, NUMPY_1_13_PRINTING = "NumPy 1's sum()", "one thread", "NumPy 1.13's printing"


class Cause(NamedTuple):
    """One thing that can move a number, or two of them together.

    Attributes:
      what: what it is: ``"NumPy 2's sum() of float32 scalars stays float32"``.
      name: the thing that does so, to name it together with another.
      without: how to run without it: ``"TF_ENABLE_ONEDNN_OPTS=0"``.
      tried: what a run without it changes, in a few words.
      variables: the environment variables of a run without it.
      changes: what a run without it changes in its process, see `changes.make`.
      is_pair: whether it is two causes together.
    """

    what: str
    name: str
    without: str
    tried: str
    variables: Dict[str, str] = AS_IT_COMES
    changes: FrozenSet[str] = UNCHANGED
    is_pair: bool = False

    def named(self, holds: str, fails: str) -> str:
        """Return the cause in words.

        Args:
          holds: a clause that says that the number is right: ``"it is as documented"``.
          fails: a clause that says that it is not: ``"it is not"``.
        """
        only_one = "; with only one of the two %s" % fails if self.is_pair else ""
        return "%s; with %s %s%s" % (self.what, self.without, holds, only_one)


NUMPY_2_SUM = Cause(
    what="NumPy 2: sum() of float32 scalars stays float32",
    name="NumPy 2's sum() of float32 scalars",
    without="NumPy 1's float64 sum",
    tried="NumPy 1's sum()",
    changes=frozenset([NUMPY_1_SUM]),
)
THREADS = Cause(
    what="TensorFlow divides a sum between its threads",
    name="the division between threads",
    without="one thread",
    tried="one thread",
    changes=frozenset([ONE_THREAD]),
)
PRINTING = Cause(
    what="NumPy prints numbers in another style since 1.14",
    name="NumPy's printing",
    without="numpy.set_printoptions(legacy='1.13')",
    tried="NumPy 1.13's printing",
    changes=frozenset([NUMPY_1_13_PRINTING]),
)
_ROUNDS = "oneDNN's kernels round differently"
ONEDNN = Cause(
    what=_ROUNDS,
    name="oneDNN's kernels",
    without="TF_ENABLE_ONEDNN_OPTS=0",
    tried="oneDNN off",
    variables={"TF_ENABLE_ONEDNN_OPTS": "0"},
)
NO_ONEDNN = Cause(
    what=_ROUNDS,
    name="TensorFlow's own kernels",
    without="TF_ENABLE_ONEDNN_OPTS=1",
    tried="oneDNN on",
    variables={"TF_ENABLE_ONEDNN_OPTS": "1"},
)
# oneDNN's names of instruction sets. Source: https://uxlfoundation.github.io/oneDNN/dev_guide_cpu_dispatcher_control.html
_NARROWER = {"avx512f": "AVX2", "avx2": "SSE41"}


def narrower_instructions(instructions: str) -> Sequence[Cause]:
    """Return the cause that oneDNN uses the instructions of this machine, or nothing if none are narrower.

    Args:
      instructions: the widest vector instructions of this machine, as `provenance.cpu_instructions` names them.
    """
    if instructions not in _NARROWER:
        return []
    variable, narrower = "ONEDNN_MAX_CPU_ISA", _NARROWER[instructions]
    setting = "%s=%s" % (variable, narrower)
    cause = Cause(
        what="oneDNN chooses its kernels by the processor's instructions, here %s" % instructions,
        name="oneDNN's kernels for %s" % instructions,
        without=setting,
        tried=setting,
        variables={variable: narrower},
    )
    return [cause]


def together(one: Cause, other: Cause) -> Cause:
    """Return the cause that is two causes together."""
    return Cause(
        what="%s and %s together" % (one.name, other.name),
        name="",
        without="%s and %s" % (one.without, other.without),
        tried="%s with %s" % (one.tried, other.tried),
        variables=dict(one.variables, **other.variables),
        changes=one.changes | other.changes,
        is_pair=True,
    )


def pairs(single: Sequence[Cause]) -> List[Tuple[Cause, Cause]]:
    """Return each two causes that a run can be without at once: they set no variable to two values."""
    return [
        (one, other)
        for one, other in itertools.combinations(single, 2)
        if not set(one.variables) & set(other.variables)
    ]


def can_change_threads() -> bool:
    """Return whether this process can have TensorFlow compute with fewer threads."""
    return hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


NONE_FOUND = "no cause found"


def none_found(tried: Sequence[str]) -> str:
    """Return ``"no cause found (tried: NumPy 1's sum(), oneDNN off)"``, or "" if nothing was tried."""
    return "%s (tried: %s)" % (NONE_FOUND, ", ".join(tried)) if tried else ""
