"""Why golden values moved: what failed is run again in a fresh process, without what has changed since the record.

That process loads this module as a plugin of pytest, which writes down how each test did.
"""

import builtins
import json
import os
import subprocess
import sys
import tempfile
from typing import Any, Dict, List, Sequence

from tfsoftmax_compat.worker import causes
from tfsoftmax_compat.worker.causes import Cause

NOT_RUN = "could not be run again by itself: run it with TF_ENABLE_ONEDNN_OPTS=0 and =1 to see whether it is oneDNN"

# Set in the fresh process alone.
OUTCOMES = "TFSOFTMAX_COMPAT_GOLDEN_OUTCOMES"  # the file to write to
_SUM = "TFSOFTMAX_COMPAT_GOLDEN_SUM"  # which built-in sum, by the names of `causes`

_ALL = (causes.NUMPY_2_SUM, causes.ONEDNN, causes.NO_ONEDNN, causes.BOTH)


def explained(failed: Dict[str, Dict[str, Any]], folder: str) -> Dict[str, str]:
    """Why golden values moved: one fresh process of this interpreter for each cause, with the tests it can be.

    Args:
      failed: by the node id of a test, one of its `Golden.differences`.
      folder: pytest's rootdir, which node ids are relative to.

    Returns:
      By node id, the cause, or that none was found; without the tests for which there is nothing to try.
    """
    tried = {test: _causes_of(difference) for test, difference in sorted(failed.items())}
    found: Dict[str, str] = {}
    for cause in _ALL:
        tests = [
            test
            for test in tried
            if found.get(test, causes.NOT_REPRODUCED) in (causes.NOT_REPRODUCED, NOT_RUN) and cause in tried[test]
        ]
        passed = _outcomes(tests, folder, cause) if tests else {}
        for test in tests:
            if test not in passed:
                found.setdefault(test, NOT_RUN)
            elif passed[test]:
                found[test] = cause.named(holds="the recorded values hold", fails="they do not")
            else:
                found[test] = causes.NOT_REPRODUCED
    return found


def _causes_of(difference: Dict[str, Any]) -> List[Cause]:
    """What may have moved a value: what has changed from its record to now."""
    then, now = difference["recorded"], difference["now"]
    numpy_2 = then["numpy"].startswith("1.") and not now["numpy"].startswith("1.")
    found = causes.of(onednn=now["onednn"] and not then["onednn"], numpy_2=numpy_2)
    return found + [causes.NO_ONEDNN] * (then["onednn"] and not now["onednn"])


def _outcomes(tests: Sequence[str], folder: str, cause: Cause) -> Dict[str, bool]:
    """Whether each test passes; one that could not be run, or failed but for a golden value, is not in it."""
    # The run's own options may name reports and databases to write, which belong to the first run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    options = ["-o", "addopts=", "--rootdir", folder, "-p", "no:cacheprovider"]
    plugins = ["-p", "tfsoftmax_compat.pytest_plugin", "-p", "tfsoftmax_compat.golden.again"]
    with tempfile.TemporaryDirectory(prefix="tfsoftmax-compat-") as temporary:
        written = os.path.join(temporary, "outcomes")
        environment.update(cause.variables, **{OUTCOMES: written, _SUM: cause.sum_of})
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
    if os.environ[_SUM] == causes.NUMPY_1_SUM:
        from tfsoftmax_compat.worker.sums import sum_as_numpy_1

        builtins.sum = sum_as_numpy_1


def pytest_runtest_logreport(report: Any) -> None:
    """Write down how a test did."""
    if report.when == "call" and (report.passed or getattr(report, "golden_differences", None)):
        with open(os.environ[OUTCOMES], "a", encoding="utf-8") as file:
            file.write(json.dumps([report.nodeid, report.passed]) + "\n")
