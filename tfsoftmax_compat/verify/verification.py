"""Verify examples: run them, judge them, and try what could be the cause where a number moved."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from tfsoftmax_compat.documents import Example
from tfsoftmax_compat.verify.judge import DRIFT, EQUAL, EXACT, FAIL, Judgement, judge
from tfsoftmax_compat.verify.run import MODES, NUMPY_1_SUM, Environment, Outcome, Worker

ERROR = "error"
NOT_REPRODUCED = "not reproduced by anything tried"

ONEDNN = "oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=0 it is as documented"
NUMPY_2_SUM = "NumPy 2: sum() of float32 scalars stays float32; with NumPy 1's float64 it is as documented"
BOTH = (
    "oneDNN's kernels and NumPy 2's sum() of float32 scalars, together: with TF_ENABLE_ONEDNN_OPTS=0 and NumPy 1's "
    "float64 it is as documented; with one of the two it is not"
)
_ONEDNN_OFF = {"TF_ENABLE_ONEDNN_OPTS": "0"}


@dataclass(frozen=True)
class Result:
    """How an example did in one mode.

    Attributes:
      example: the example.
      mode: ``"graph"`` or ``"eager"``.
      measured: what it printed.
      judgement: of what it printed; its status is ``"error"`` where an exception ended the example.
      cause: for a drift or a failure, what was tried and gave the documented output, or that nothing did.
    """

    example: Example
    mode: str
    measured: str
    judgement: Judgement
    cause: str = ""


def verify(python: str, examples: Sequence[Example]) -> tuple[Environment, list[Result]]:
    """Verify examples under one interpreter's TensorFlow, in graph and in eager mode.

    Args:
      python: the interpreter, with TensorFlow installed.
      examples: the examples of one document; they share a namespace.

    Returns:
      The environment, and the results: by example, then by mode.

    Raises:
      WorkerError: the interpreter cannot run any example.
    """
    with ThreadPoolExecutor(len(MODES)) as pool:  # each thread waits for a process
        verified = list(pool.map(lambda mode: _verify_mode(python, examples, mode), MODES))
    environment = verified[0][0]
    return environment, [result for results in zip(*(results for _, results in verified)) for result in results]


def _verify_mode(python: str, examples: Sequence[Example], mode: str) -> tuple[Environment, list[Result]]:
    """The results in one mode. Each cause is tried alone before both together: one that is named was needed."""
    with Worker(python, mode, {}) as worker:
        environment = worker.environment
        results = [_judged(example, mode, outcome) for example, outcome in zip(examples, worker.run(examples))]
        if any(map(_is_unexplained, results)):
            results = _explained(results, worker.run(examples, NUMPY_1_SUM), NUMPY_2_SUM)
    if any(map(_is_unexplained, results)):
        with Worker(python, mode, _ONEDNN_OFF) as worker:
            results = _explained(results, worker.run(examples), ONEDNN)
            results = _explained(results, worker.run(examples, NUMPY_1_SUM), BOTH)
    return environment, [
        replace(result, cause=NOT_REPRODUCED) if _is_unexplained(result) else result for result in results
    ]


def _judged(example: Example, mode: str, outcome: Outcome) -> Result:
    if outcome.error is not None:
        return Result(example, mode, outcome.output, Judgement(ERROR, message=outcome.error))
    return Result(example, mode, outcome.output, judge(example.documented, outcome.output))


def _is_unexplained(result: Result) -> bool:
    return result.judgement.status in (DRIFT, FAIL) and not result.cause


def _explained(results: Sequence[Result], again: Sequence[Outcome], cause: str) -> list[Result]:
    """The results, with the cause for each unexplained one that is as documented when run `again` without it."""
    return [
        replace(result, cause=cause)
        if _is_unexplained(result) and _judged(result.example, result.mode, outcome).judgement.status in (EXACT, EQUAL)
        else result
        for result, outcome in zip(results, again)
    ]
