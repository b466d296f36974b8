"""pytest's plugin: the fixture `golden`, and ``pytest --tf-docs``.

pytest loads it in every run, with TensorFlow or without: it imports nothing until it is used. Python 3.6 and later;
documents need Python 3.10 and the tools extra.
"""

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Tuple

import pytest

if TYPE_CHECKING:
    from tfsoftmax_compat.golden.checks import Golden


def pytest_addoption(parser: Any) -> None:
    """The options."""
    group = parser.getgroup("tfsoftmax-compat", "golden and documented numbers (tfsoftmax-compat)")
    group.addoption("--golden-update", action="store_true", help="record the values that `golden` checks")
    group.addoption("--tf-docs", action="store_true", help="run the documented examples of documents, as items")
    group.addoption(
        "--tf-docs-python",
        metavar="EXE",
        action="append",
        default=[],
        help="an interpreter to run examples in, with TensorFlow 1.5 or later; may be repeated (default: this one)",
    )
    group.addoption(
        "--tf-docs-max-ulp",
        metavar="N",
        type=float,
        default=4.0,
        help="the largest distance of a number that is no failure, in float32 ULP (default: 4)",
    )


def pytest_configure(config: Any) -> None:
    """Register what an option asks for."""
    if config.getoption("golden_update"):
        if hasattr(config, "workerinput") or config.getoption("numprocesses", None):
            raise pytest.UsageError("--golden-update records in one process: leave out -n")
        config.pluginmanager.register(_Recorder())
    if config.getoption("tf_docs"):
        config.pluginmanager.register(_documents(config))


def _documents(config: Any) -> Any:
    """The plugin of documents, which is imported here alone."""
    if sys.version_info < (3, 10):
        raise pytest.UsageError(
            "--tf-docs needs Python 3.10 or later and the tools extra, and this is Python %d.%d; run it in a newer "
            "Python and name this one with --tf-docs-python %s" % (sys.version_info[:2] + (sys.executable,))
        )
    from tfsoftmax_compat.tools.verify.pytest_documents import Documents

    pythons = config.getoption("tf_docs_python") or [sys.executable]
    for python in pythons:
        if shutil.which(python) is None:
            raise pytest.UsageError("--tf-docs-python %s: there is no such interpreter" % python)
    return Documents(pythons, config.getoption("tf_docs_max_ulp"))


@pytest.fixture(scope="session")
def _golden_records() -> Callable[[str], Dict[str, Any]]:
    """Reads a file of recorded values, each file once."""
    from functools import lru_cache

    from tfsoftmax_compat.golden import records

    return lru_cache(maxsize=None)(records.read)


@pytest.fixture
def golden(request: Any, _golden_records: Callable[[str], Dict[str, Any]]) -> "Golden":
    """Values recorded once, to check under every TensorFlow: ``golden.check("loss", value)``.

    Recorded by ``pytest --golden-update``, under the name of the test.
    """
    from tfsoftmax_compat.golden.checks import Golden
    from tfsoftmax_compat.golden.records import RecordError

    path, name = _record_of(request.node)
    try:
        recorded = _golden_records(path).get(name)
    except RecordError as error:
        pytest.fail(str(error), pytrace=False)
    how_to_record = 'pytest --golden-update "%s"' % request.node.nodeid
    # Kept with the test for the hooks below.
    request.node.golden = Golden(recorded, how_to_record, request.config.getoption("golden_update"))
    return request.node.golden


def _record_of(item: Any) -> Tuple[str, str]:
    """The file that a test's values are recorded in, and its name there: class, function, parametrisation."""
    from tfsoftmax_compat.golden import records

    module = str(getattr(item, "path", None) or item.fspath)  # pytest before 7 has just the latter
    return records.path_for(module), item.nodeid.split("::", 1)[-1]


class _Recorder:
    """Records the values of the tests that pass, when all have run."""

    def __init__(self) -> None:
        self.measured: Dict[str, Dict[str, Any]] = {}
        self.said: List[str] = []

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        """Keep what a test that passed measured: nothing, where it checks no value any more."""
        report = (yield).get_result()  # type: ignore[attr-defined]
        if call.when == "call" and report.passed:
            path, name = _record_of(item)
            test = getattr(item, "golden", None)
            self.measured.setdefault(path, {})[name] = test.measured if test else {}

    def pytest_sessionfinish(self, session: Any) -> None:
        """Write the files; the run fails if one cannot be written."""
        from tfsoftmax_compat.golden import records

        for path, tests in sorted(self.measured.items()):
            values = sum(map(len, tests.values()))
            if not values and not os.path.exists(path):
                continue
            from tfsoftmax_compat.worker.provenance import provenance

            try:
                records.update(path, tests, provenance())
                self.said.append("golden: %d values recorded in %s" % (values, os.path.relpath(path)))
            except (OSError, records.RecordError) as error:
                self.said.append("golden: %s is as it was, and cannot be written: %s" % (os.path.relpath(path), error))
                session.exitstatus = 1

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was written."""
        for line in self.said:
            terminalreporter.write_line(line)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Iterator[None]:
    """Let the report say which golden values were off, to the summary, which may be in another process."""
    report = (yield).get_result()  # type: ignore[attr-defined]
    if call.when == "call" and hasattr(item, "golden"):
        report.golden_differences = item.golden.differences


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    """Say what drifted, and try what could be the cause of what failed."""
    drifted: List[Dict[str, Any]] = []
    failed: Dict[str, Dict[str, Any]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for difference in getattr(report, "golden_differences", ()):
                if difference["passed"]:
                    drifted.append(difference)
                else:
                    failed[report.nodeid] = difference
    if failed:
        _explain(terminalreporter, config, failed)
    if drifted:
        from tfsoftmax_compat.worker.provenance import changes

        since = {changes(difference["recorded"], difference["now"]) for difference in drifted} - {""}
        terminalreporter.write_line(
            "golden: %d value%s drifted, at most %d ULP; changed since the record: %s"
            % (
                len(drifted),
                "s" * (len(drifted) > 1),
                max(difference["ulp"] for difference in drifted),
                "; ".join(sorted(since)) or "nothing that is known",
            )
        )


def _explain(terminalreporter: Any, config: Any, failed: Dict[str, Dict[str, Any]]) -> None:
    """Say what made golden values fail, where there is something to try."""
    from tfsoftmax_compat.golden import again

    if again.OUTCOMES in os.environ:  # this is the process that tries
        return
    causes = again.explained(failed, str(config.rootdir))
    if causes:
        terminalreporter.section("why golden values failed")
    for test, cause in causes.items():
        terminalreporter.write_line("%s: %s" % (test, cause))
