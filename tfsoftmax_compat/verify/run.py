"""Run examples in the interpreter under test, each time in a process of its own."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from tfsoftmax_compat.documents import Example

GRAPH, EAGER = "graph", "eager"
MODES = (GRAPH, EAGER)
_WORKER = Path(__file__).with_name("worker.py")


class WorkerError(Exception):
    """The interpreter under test could not run any example; the message says which and why."""


@dataclass(frozen=True)
class Environment:
    """What the examples ran in: the versions, the interpreter's path, and whether oneDNN's kernels were on."""

    tensorflow: str
    numpy: str
    python: str
    executable: str
    onednn: bool


@dataclass(frozen=True)
class Outcome:
    """What an example printed, and the exception that ended it, if one did."""

    output: str
    error: Optional[str]


@dataclass(frozen=True)
class Variation:
    """One thing changed about the run, to find out whether it is what moves a number.

    Attributes:
      cause: what it means if the documented number comes back with this change.
      variables: environment variables to set.
      sum: ``"installed"``, or ``"numpy1"`` for the built-in `sum` to accumulate as it did under NumPy 1.
    """

    cause: str
    variables: tuple[tuple[str, str], ...] = ()
    sum: str = "installed"


AS_INSTALLED = Variation("")


def run(
    python: str, examples: Sequence[Example], mode: str, variation: Variation = AS_INSTALLED
) -> tuple[Environment, list[Outcome]]:
    """Run examples in one process, in their order and in one namespace.

    Args:
      python: the interpreter, with TensorFlow installed.
      examples: what to run.
      mode: ``"graph"`` or ``"eager"``.
      variation: what to change about the run.

    Returns:
      The environment and an outcome for each example. If the process ended before the last example, the outcome of
      each that had not finished has an error saying so.

    Raises:
      WorkerError: the interpreter cannot be started, or has no TensorFlow that can be imported.
    """
    request = {
        "mode": mode,
        "sum": variation.sum,
        "examples": [{"document": e.document, "line": e.line, "code": e.code} for e in examples],
    }
    with tempfile.TemporaryDirectory(prefix="tfsoftmax-compat-") as folder:
        try:
            process = subprocess.run(
                [python, str(_WORKER)],
                input=json.dumps(request),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                cwd=folder,
                env=_variables(dict(variation.variables)),
            )
        except OSError as error:
            raise WorkerError(f"{python}: cannot be started: {error.strerror or error}") from error
    answers = [json.loads(line) for line in process.stdout.splitlines()]
    if not answers:
        last = (process.stderr.strip().splitlines() or [f"exit status {process.returncode}"])[-1]
        raise WorkerError(f"{python}: {last}")
    outcomes = [Outcome(answer["output"], answer["error"]) for answer in answers[1:]]
    unfinished = Outcome("", f"the process ended with status {process.returncode} before this example had finished")
    return Environment(**answers[0]), outcomes + [unfinished] * (len(examples) - len(outcomes))


def _variables(changed: Mapping[str, str]) -> dict[str, str]:
    """The environment for the worker: quiet logs, UTF-8 output, no GPU's numbers, and what the variation changes."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8", "CUDA_VISIBLE_DEVICES": ""}
    return {**os.environ, **quiet, **changed}
