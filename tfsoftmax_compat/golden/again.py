"""Why golden values moved: what failed is run again in a fresh process, without what has changed since the record.

That process loads this module as a plugin of pytest, which writes down how each test did.
"""

import builtins
import json
import os
import subprocess
import sys
import tempfile
from typing import Any, Dict, FrozenSet, NamedTuple, Sequence

NOT_REPRODUCED = "not reproduced by anything tried"
NOT_RUN = "could not be run again by itself: run it with TF_ENABLE_ONEDNN_OPTS=0 and =1 to see whether it is oneDNN"

# Set in the fresh process alone.
OUTCOMES = "TFSOFTMAX_COMPAT_GOLDEN_OUTCOMES"  # the file to write to
_SUM = "TFSOFTMAX_COMPAT_GOLDEN_SUM"  # "numpy1" for the built-in sum as it was under NumPy 1


class _Cause(NamedTuple):
    """What can move a value: named if the value holds without it."""

    name: str
    changes: FrozenSet[str]  # from the record to now, all of them
    variables: Dict[str, str]  # of a process without it


_ONEDNN_ON, _ONEDNN_OFF, _NUMPY_2 = "oneDNN on", "oneDNN off", "NumPy 2"
# Each alone before both together: one that is named was needed.
_CAUSES = (
    _Cause(
        "NumPy 2: sum() of float32 scalars stays float32; with NumPy 1's float64 the recorded values hold",
        frozenset([_NUMPY_2]),
        {_SUM: "numpy1"},
    ),
    _Cause(
        "oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=0 the recorded values hold",
        frozenset([_ONEDNN_ON]),
        {"TF_ENABLE_ONEDNN_OPTS": "0"},
    ),
    _Cause(
        "oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=1 the recorded values hold",
        frozenset([_ONEDNN_OFF]),
        {"TF_ENABLE_ONEDNN_OPTS": "1"},
    ),
    _Cause(
        "oneDNN's kernels and NumPy 2's sum() of float32 scalars, together: with TF_ENABLE_ONEDNN_OPTS=0 and NumPy 1's "
        "float64 the recorded values hold; with one of the two they do not",
        frozenset([_ONEDNN_ON, _NUMPY_2]),
        {"TF_ENABLE_ONEDNN_OPTS": "0", _SUM: "numpy1"},
    ),
)


def explained(failed: Dict[str, Dict[str, Any]], folder: str) -> Dict[str, str]:
    """Why golden values moved: one fresh process of this interpreter for each cause, with the tests it can be.

    Args:
      failed: by the node id of a test, one of its `Golden.differences`.
      folder: pytest's rootdir, which node ids are relative to.

    Returns:
      By node id, the cause, or that none was found; without the tests for which there is nothing to try.
    """
    found: Dict[str, str] = {}
    for cause in _CAUSES:
        tests = [
            test
            for test, difference in sorted(failed.items())
            if found.get(test, NOT_REPRODUCED) in (NOT_REPRODUCED, NOT_RUN) and cause.changes <= _changes(difference)
        ]
        passed = _outcomes(tests, folder, cause.variables) if tests else {}
        for test in tests:
            if test in passed:
                found[test] = cause.name if passed[test] else NOT_REPRODUCED
            else:
                found.setdefault(test, NOT_RUN)
    return found


def _changes(difference: Dict[str, Any]) -> FrozenSet[str]:
    then, now = difference["recorded"], difference["now"]
    changes = set()
    if then["onednn"] != now["onednn"]:
        changes.add(_ONEDNN_ON if now["onednn"] else _ONEDNN_OFF)
    if then["numpy"].startswith("1.") and not now["numpy"].startswith("1."):
        changes.add(_NUMPY_2)
    return frozenset(changes)


def _outcomes(tests: Sequence[str], folder: str, variables: Dict[str, str]) -> Dict[str, bool]:
    """Whether each test passes; one that could not be run, or failed but for a golden value, is not in it."""
    # The run's own options may name reports and databases to write, which belong to the first run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    options = ["-o", "addopts=", "--rootdir", folder, "-p", "no:cacheprovider"]
    plugins = ["-p", "tfsoftmax_compat.pytest_plugin", "-p", "tfsoftmax_compat.golden.again"]
    with tempfile.TemporaryDirectory(prefix="tfsoftmax-compat-") as temporary:
        written = os.path.join(temporary, "outcomes")
        environment.update(variables, **{OUTCOMES: written})
        subprocess.call(
            [sys.executable, "-m", "pytest"] + options + plugins + list(tests),
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if not os.path.exists(written):
            return {}
        with open(written, encoding="utf-8") as file:
            return dict(json.loads(line) for line in file)


def pytest_configure() -> None:
    """Make `sum` what it is to be in this process."""
    if os.environ.get(_SUM) == "numpy1":
        from tfsoftmax_compat.verify.sums import sum_as_numpy_1

        builtins.sum = sum_as_numpy_1


def pytest_runtest_logreport(report: Any) -> None:
    """Write down how a test did."""
    if report.when == "call" and (report.passed or getattr(report, "golden_differences", None)):
        with open(os.environ[OUTCOMES], "a", encoding="utf-8") as file:
            file.write(json.dumps([report.nodeid, report.passed]) + "\n")
