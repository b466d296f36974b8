"""Run examples in the interpreter under test, in a process of its own."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from tfsoftmax_compat.documents import Example

GRAPH, EAGER = "graph", "eager"
MODES = (GRAPH, EAGER)
INSTALLED_SUM, NUMPY_1_SUM = "installed", "numpy1"
_WORKER = Path(__file__).with_name("worker.py")
# Quiet logs, UTF-8 whatever the locale, and the CPU's numbers, not a GPU's.
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8", "CUDA_VISIBLE_DEVICES": ""}


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


class Worker:
    """A process of the interpreter under test, which runs examples until it is closed."""

    def __init__(self, python: str, mode: str, variables: Mapping[str, str]) -> None:
        """Start it.

        Args:
          python: the interpreter, with TensorFlow installed.
          mode: ``"graph"`` or ``"eager"``.
          variables: environment variables to set.

        Raises:
          WorkerError: the interpreter cannot be started, or has no TensorFlow that can be imported.
        """
        self._files = ExitStack()
        folder = self._files.enter_context(tempfile.TemporaryDirectory(prefix="tfsoftmax-compat-"))
        errors = self._files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace"))
        try:
            self._process = subprocess.Popen(
                [python, str(_WORKER), mode],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
                cwd=folder,
                env={**os.environ, **_QUIET, **variables},
            )
        except OSError as error:
            self._files.close()
            raise WorkerError(f"{python}: cannot be started: {error.strerror or error}") from error
        answer = self._answer()
        if answer is None:
            self._process.wait()
            errors.seek(0)
            last = (errors.read().strip().splitlines() or [f"exit status {self._process.returncode}"])[-1]
            self.close()
            raise WorkerError(f"{python}: {last}")
        self.environment = Environment(**answer)

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._files.close()

    def run(self, examples: Sequence[Example], sum_of: str = INSTALLED_SUM) -> list[Outcome]:
        """Run examples in their order, in a namespace and a graph of their own.

        Args:
          examples: what to run.
          sum_of: ``"installed"``, or ``"numpy1"`` for the built-in `sum` to accumulate as it did under NumPy 1.

        Returns:
          An outcome for each example. If the process ends before the last, the outcome of each that had not finished
          has an error saying so.
        """
        code = [{"document": e.document, "line": e.line, "code": e.code} for e in examples]
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it ended in an earlier request: then there is no answer
            self._process.stdin.write(json.dumps({"sum": sum_of, "examples": code}) + "\n")
            self._process.stdin.flush()
        outcomes: list[Outcome] = []
        for _ in examples:
            answer = self._answer()
            if answer is None:
                status = self._process.wait()
                error = f"the process ended with status {status} before this example had finished"
                return outcomes + [Outcome("", error)] * (len(examples) - len(outcomes))
            outcomes.append(Outcome(answer["output"], answer["error"]))
        return outcomes

    def _answer(self) -> Any:
        """The worker's next line; None if it has ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None
