"""Run tests again in a fresh process, with oneDNN's kernels switched: do their golden values hold there?

The process loads this module as a plugin of pytest, which writes down how each test did.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any, Dict, Sequence

OUTCOMES = "TFSOFTMAX_COMPAT_GOLDEN_OUTCOMES"  # the file to write to; set in that process alone


def outcomes(tests: Sequence[str], folder: str, variables: Dict[str, str]) -> Dict[str, bool]:
    """Which tests pass in one process of this interpreter.

    Args:
      tests: their node ids.
      folder: pytest's rootdir, which they are relative to.
      variables: environment variables to set.

    Returns:
      By node id, True for a test that passed and False for one with a golden value that failed; a test that could
      not be run, or failed in another way, is not in it.
    """
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


def pytest_runtest_logreport(report: Any) -> None:
    """Write down how a test did."""
    if report.when == "call" and (report.passed or getattr(report, "golden_differences", None)):
        with open(os.environ[OUTCOMES], "a", encoding="utf-8") as file:
            file.write(json.dumps([report.nodeid, report.passed]) + "\n")
