"""What a verification finds: an environment, and how each example did there."""

from dataclasses import dataclass

from tfsoftmax_compat.tools.documents import Example

EXACT, EQUAL, DRIFT, FAIL = "exact", "equal", "drift", "fail"
ERROR, TIMEOUT, SKIPPED = "error", "timeout", "skipped"
STATUSES = (EXACT, EQUAL, DRIFT, SKIPPED, FAIL, ERROR, TIMEOUT)
PASSED = frozenset({EXACT, EQUAL, DRIFT})
FAILED = frozenset({FAIL, ERROR, TIMEOUT})


@dataclass(frozen=True)
class Environment:
    """What examples ran in: the versions, the interpreter's path, and whether oneDNN's kernels were on.

    Its `id` names it within one verification.
    """

    id: str
    tensorflow: str
    numpy: str
    python: str
    executable: str
    onednn: bool


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
    """

    example: Example
    environment: Environment
    mode: str
    status: str
    ulp: float = 0.0
    cause: str = ""
    message: str = ""
    measured: str = ""
