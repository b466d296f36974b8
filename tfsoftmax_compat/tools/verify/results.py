"""The results of a verification: what an example did, and how it was judged in an environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.documents import Example

EXACT, EQUAL, DRIFT, FAIL = "exact", "equal", "drift", "fail"
ERROR, TIMEOUT, SKIPPED = "error", "timeout", "skipped"
STATUSES = (EXACT, EQUAL, DRIFT, SKIPPED, FAIL, ERROR, TIMEOUT)
PASSED = frozenset({EXACT, EQUAL, DRIFT})
FAILED = frozenset({FAIL, ERROR, TIMEOUT})


@dataclass(frozen=True)
class Outcome:
    """What an example printed, and how it ended.

    Attributes:
      output: what it printed, without what comes after the first megabyte.
      error: the exception that ended it, or what ended its process; None if nothing did.
      line: the line of the document that the exception comes from, if it comes from one.
      timed_out: whether it was ended for taking too long; `error` says so too.
      eager: whether TensorFlow was in eager mode after it; None if its process ended.
      skipped: why the example's own condition skips it; None if it ran.
      missing: the names that it could not import, each with the module that is not installed.
      seconds: how long it took.
    """

    output: str
    error: str | None = None
    line: int | None = None
    timed_out: bool = False
    eager: bool | None = None
    skipped: str | None = None
    missing: Mapping[str, str] = field(default_factory=dict)
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Environment:
    """What examples ran in: the versions, the interpreter's path, and whether oneDNN's kernels were on.

    Its `id` names it within one verification. Its `instructions` are the widest vector instructions of the machine, or
    "" where the system does not say.
    """

    id: str
    tensorflow: str
    numpy: str
    python: str
    executable: str
    onednn: bool
    instructions: str = ""

    @property
    def release(self) -> tuple[int, ...]:
        """TensorFlow's release, ``(2, 21)``; () of a version that is no number."""
        return tuple(int(number) for number in re.findall(r"\d+", self.tensorflow)[:2])


@dataclass(frozen=True)
class Result:
    """How an example did in one environment and mode.

    Attributes:
      example: the example; its `documented` is not None.
      environment: the environment.
      mode: ``"graph"`` or ``"eager"``.
      status: ``"exact"``, the same text; ``"equal"``, the same at the digits written; ``"drift"``, off by no more
        than the float32 ULP allowed; ``"fail"``; ``"error"``, an exception or the process's end; ``"timeout"``;
        ``"skipped"``, the mode cannot apply.
      ulp: the largest distance between two numbers, in float32 ULP of the documented one; 0 unless drift or fail.
      cause: for a drift or a failure, what was tried and gave the documented output, or that nothing did.
      message: what differs, the error, or the reason for skipping.
      measured: what the example printed.
      raised: whether `measured` is the error that the example raised, of one that documents an error.
      seconds: how long the example took in its first run, with the code before it that documents no output.
    """

    example: Example
    environment: Environment
    mode: str
    status: str
    ulp: float = 0.0
    cause: str = ""
    message: str = ""
    measured: str = ""
    raised: bool = False
    seconds: float = field(default=0.0, compare=False)
