"""Verify examples: run them, judge them, and try what could be the cause where a number moved."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from tfsoftmax_compat.documents import Example
from tfsoftmax_compat.verify.judge import DRIFT, FAIL, Judgement, judge
from tfsoftmax_compat.verify.run import MODES, Environment, Outcome, Variation, run

ERROR = "error"
NOT_REPRODUCED = "not reproduced by anything tried"

_ONEDNN_OFF = (("TF_ENABLE_ONEDNN_OPTS", "0"),)
_ONEDNN = "oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=0 it is as documented"
_NUMPY_2_SUM = "NumPy 2: sum() of float32 scalars stays float32; with NumPy 1's float64 it is as documented"
# Each alone before both together, so that a cause named is one that was needed.
VARIATIONS = (
    Variation(_ONEDNN, variables=_ONEDNN_OFF),
    Variation(_NUMPY_2_SUM, sum="numpy1"),
    Variation(
        "oneDNN's kernels and NumPy 2's sum() of float32 scalars, together: with TF_ENABLE_ONEDNN_OPTS=0 and NumPy 1's "
        "float64 it is as documented; with one of the two it is not",
        variables=_ONEDNN_OFF,
        sum="numpy1",
    ),
)


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
    environment, outcomes = run(python, examples, mode)
    results = [_judged(example, mode, outcome) for example, outcome in zip(examples, outcomes)]
    return environment, _with_causes(python, results)


def _judged(example: Example, mode: str, outcome: Outcome) -> Result:
    if outcome.error is not None:
        return Result(example, mode, outcome.output, Judgement(ERROR, message=outcome.error))
    return Result(example, mode, outcome.output, judge(example.documented, outcome.output))


def _with_causes(python: str, results: list[Result]) -> list[Result]:
    """The results of one mode, the cause of each that moved found by running all of them again."""
    for variation in VARIATIONS:
        unexplained = [r for r in results if r.judgement.status in (DRIFT, FAIL) and not r.cause]
        if not unexplained:
            return results
        examples = [result.example for result in results]  # all: one may need the names of those before it
        _, outcomes = run(python, examples, results[0].mode, variation)
        for position, outcome in enumerate(outcomes):
            again = _judged(examples[position], results[position].mode, outcome)
            if results[position] in unexplained and again.judgement.status not in (DRIFT, FAIL, ERROR):
                results[position] = replace(results[position], cause=variation.cause)
    return [
        replace(r, cause=NOT_REPRODUCED) if r.judgement.status in (DRIFT, FAIL) and not r.cause else r for r in results
    ]
