"""What golden values do in a pytest run: read records, write them, and sum up what differs.

:mod:`tfsoftmax_compat.pytest_plugin` imports this module only in a run that uses `golden`.
"""

import os
from typing import Any, Dict, Iterator, List, Sequence, Set, Tuple

import pytest

from tfsoftmax_compat.golden import changes, explanation, records
from tfsoftmax_compat.golden.checks import NEW, Golden
from tfsoftmax_compat.worker import provenance


class Records:
    """The records of one pytest session. Each file is read once."""

    def __init__(self) -> None:
        self._tests: Dict[str, Dict[str, Any]] = {}

    def golden_of(self, request: Any) -> Golden:
        """Return the value of the fixture `golden` for a test, and keep it in `request.node.golden` for the hooks."""
        path, name = _record_of(request.node)
        try:
            if path not in self._tests:
                self._tests[path] = records.read(path)
        except records.RecordError as error:
            pytest.fail(str(error), pytrace=False)
        how_to_record = 'pytest --golden-update "%s"' % request.node.nodeid
        recording = request.config.getoption("golden_update")
        request.node.golden = Golden(self._tests[path].get(name), how_to_record, recording)
        return request.node.golden


def _record_of(item: Any) -> Tuple[str, str]:
    """Return the file that holds a test's values, and the test's name there: class, function, parametrisation."""
    module = str(getattr(item, "path", None) or item.fspath)  # pytest before 7 has only `fspath`
    return records.path_for(module), item.nodeid.split("::", 1)[-1]


class Recorder:
    """The plugin for ``--golden-update``: record the values of the tests that pass, at the end of the run."""

    def __init__(self, what: str) -> None:
        """Create it.

        Args:
          what: `checks.ALL` values are recorded, or only `checks.NEW` ones, beside those that are recorded already.
        """
        self._what = what
        self._measured: Dict[str, Dict[str, Any]] = {}
        self._collected: Dict[str, Set[str]] = {}
        self._messages: List[str] = []

    def pytest_itemcollected(self, item: Any) -> None:
        """Remember that a test exists, also if it is deselected later."""
        path, name = _record_of(item)
        self._collected.setdefault(path, set()).add(name)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        """Keep what a test that passed has measured. That is nothing if the test no longer checks a value."""
        report = (yield).get_result()  # type: ignore[attr-defined]
        if call.when == "call" and report.passed:
            path, name = _record_of(item)
            test = getattr(item, "golden", None)
            measured = test.measured if test else {}
            if self._what == NEW:
                if test is None or not measured:
                    return
                measured = dict((test.recorded or {"values": {}})["values"], **measured)
            self._measured.setdefault(path, {})[name] = measured

    def pytest_sessionfinish(self, session: Any) -> None:
        """Write the files. The run fails if a file cannot be written."""
        for path, tests in sorted(self._measured.items()):
            values = sum(map(len, tests.values()))
            if not values and not os.path.exists(path):
                continue
            shown = os.path.relpath(path)
            try:
                gone = self._gone(session, path)
                tests = dict(tests, **{name: {} for name in gone})
                before, now = records.update(path, tests, provenance.of_this_process())
                counts, *details = changes.described(before, now)
                self._messages.append("golden: %d values recorded in %s: %s" % (values, shown, counts))
                self._messages += ["golden:   %s" % detail for detail in details]
                self._messages += ["golden:   %s is no test any more: its values were removed" % name for name in gone]
            except (OSError, records.RecordError) as error:
                self._messages.append("golden: %s was not changed: %s" % (shown, error))
                session.exitstatus = 1

    def _gone(self, session: Any, path: str) -> List[str]:
        """Return the tests in a file of records that no longer exist, if all tests of its module were collected."""
        if self._what == NEW or any("::" in argument for argument in session.config.args):
            return []
        return sorted(set(records.read(path)) - self._collected.get(path, set()))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was recorded."""
        for line in self._messages:
            terminalreporter.write_line(line)


def summarise(terminalreporter: Any, config: Any, reports: Sequence[Any]) -> None:
    """Print which values drifted, and the causes of failures.

    Args:
      terminalreporter: pytest's.
      config: pytest's.
      reports: the reports of tests that have `golden_differences`, from this process or from another.
    """
    drifted: List[Dict[str, Any]] = []
    failed: Dict[str, Dict[str, Any]] = {}
    for report in reports:
        for difference in report.golden_differences:
            if difference["passed"]:
                drifted.append(difference)
            else:
                failed[report.nodeid] = difference
    if failed and explanation.OUTCOMES not in os.environ:  # the process that `explanation` starts explains nothing
        found = explanation.explained(failed, str(config.rootdir))
        if found:
            terminalreporter.section("why golden values failed")
        for test, cause in found.items():
            terminalreporter.write_line("%s: %s" % (test, cause))
    if drifted:
        changes = {provenance.changes(difference["recorded"], difference["now"]) for difference in drifted} - {""}
        terminalreporter.write_line(
            "golden: %d value%s drifted, at most %g ULP; changed since the record: %s"
            % (
                len(drifted),
                "s" * (len(drifted) > 1),
                max(difference["ulp"] for difference in drifted),
                "; ".join(sorted(changes)) or "nothing that is known",
            )
        )
