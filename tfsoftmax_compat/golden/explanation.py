"""Explain why golden values moved: run the failed tests again in a new process, without one possible cause at a time.

The new process loads this module as a pytest plugin, which writes down whether each test passed.
"""

import builtins
import json
import os
import subprocess
import sys
import tempfile
from typing import Any, Dict, Iterable, List, Sequence

from tfsoftmax_compat.worker import causes, changes
from tfsoftmax_compat.worker.causes import Cause

NOT_RUN = (
    "the test could not be run again in a new process; run it with TF_ENABLE_ONEDNN_OPTS=0 and with "
    "TF_ENABLE_ONEDNN_OPTS=1 to see whether oneDNN is the cause"
)

# Environment variables of the new process only.
OUTCOMES = "TFSOFTMAX_COMPAT_GOLDEN_OUTCOMES"  # the file to write the outcomes to
_CHANGES = "TFSOFTMAX_COMPAT_GOLDEN_CHANGES"  # what to change in the new process: the `Cause.changes`, joined by commas


def explained(failed: Dict[str, Dict[str, Any]], folder: str) -> Dict[str, str]:
    """Find out why golden values moved, with one new process of this interpreter for each possible cause.

    Args:
      failed: for the node id of each failed test, one of its `Golden.differences`.
      folder: pytest's rootdir, which node ids are relative to.

    Returns:
      For each node id the cause in words, or that no cause was found. A test is left out if nothing that is known to
      move numbers has changed since its record.
    """
    possible = {test: _possible_causes(difference) for test, difference in sorted(failed.items())}
    found: Dict[str, str] = {}
    failed_again: Dict[str, List[str]] = {test: [] for test in possible}
    for cause in _each_once(possible.values()):
        tests = [test for test in possible if cause in possible[test] and test not in found]
        passed = _outcomes(tests, folder, cause) if tests else {}
        for test in tests:
            if passed.get(test):
                found[test] = cause.named(holds="the recorded values hold", fails="they do not")
            elif test in passed:
                failed_again[test].append(cause.tried)
    return {
        test: found.get(test) or causes.none_found(failed_again[test]) or NOT_RUN for test in possible if possible[test]
    }


def _each_once(possible: Iterable[List[Cause]]) -> List[Cause]:
    """Return all causes, each once: first single ones, then pairs."""
    found: List[Cause] = []
    for several in possible:
        found += [cause for cause in several if cause not in found]
    return sorted(found, key=lambda cause: cause.is_pair)


def _possible_causes(difference: Dict[str, Any]) -> List[Cause]:
    """Return the causes that have changed between the record and now, and each two of them together."""
    then, now = difference["recorded"], difference["now"]
    single: List[Cause] = []
    if then["numpy"].startswith("1.") and not now["numpy"].startswith("1."):
        single.append(causes.NUMPY_2_SUM)
    if now["onednn"] != then["onednn"]:
        single.append(causes.ONEDNN if now["onednn"] else causes.NO_ONEDNN)
    if now["instructions"] != then["instructions"]:
        single += causes.narrower_instructions(now["instructions"]) if now["onednn"] else []
        single += [causes.THREADS] * causes.can_change_threads()  # another machine
    return single + [causes.together(one, other) for one, other in causes.pairs(single)]


def _outcomes(tests: Sequence[str], folder: str, cause: Cause) -> Dict[str, bool]:
    """Return whether each test passes in a new process without the cause.

    A test that could not be run, or that failed for another reason than a golden value, is left out.
    """
    # PYTEST_ADDOPTS and addopts may name reports and databases to write. Those belong to the first run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    options = ["-o", "addopts=", "--rootdir", folder, "-p", "no:cacheprovider"]
    plugins = ["-p", "tfsoftmax_compat.pytest_plugin", "-p", __name__]
    with tempfile.TemporaryDirectory(prefix="tfsoftmax-compat-") as temporary:
        written = os.path.join(temporary, "outcomes")
        environment.update(cause.variables, **{OUTCOMES: written, _CHANGES: ",".join(sorted(cause.changes))})
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
    """Change in this process what the cause asks for."""
    named = os.environ[_CHANGES].split(",")
    changes.make(named)
    builtins.sum = changes.sum_with(named)


def pytest_runtest_logreport(report: Any) -> None:
    """Write down whether a test passed."""
    if report.when == "call" and (report.passed or getattr(report, "golden_differences", None)):
        with open(os.environ[OUTCOMES], "a", encoding="utf-8") as file:
            file.write(json.dumps([report.nodeid, report.passed]) + "\n")
