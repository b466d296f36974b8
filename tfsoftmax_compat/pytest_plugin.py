"""The pytest plugin: the fixture `golden`, and ``pytest --tf-docs``.

pytest loads this module in every run, with or without TensorFlow. So it imports what does the work only in a run that
uses it: :mod:`tfsoftmax_compat.golden.pytest_golden`, and :mod:`tfsoftmax_compat.tools.verify.pytest_documents`, which
needs Python 3.10 and the tools extra. This module needs Python 3.6.
"""

import sys
from typing import TYPE_CHECKING, Any, Iterator

import pytest

from tfsoftmax_compat._runtime.tolerance import MAX_ULP

if TYPE_CHECKING:
    from tfsoftmax_compat.golden.checks import Golden
    from tfsoftmax_compat.golden.pytest_golden import Records

# The options for documents that have a value, which are also options of pytest's configuration files.
_VALUES = [
    (
        "max-ulp",
        "N",
        "the largest difference of a number that is not a failure, in float32 ULP (default: %g)" % MAX_ULP,
    ),
    ("mode", "MODE", "the modes to run examples in: auto, graph, eager or both (default: auto)"),
    ("timeout", "SECONDS", "the time limit of an example (default: 60)"),
]


def pytest_addoption(parser: Any) -> None:
    """Add the options."""
    group = parser.getgroup("tfsoftmax-compat", "golden values and documented numbers (tfsoftmax-compat)")
    group.addoption(
        "--golden-update", action="store_const", const="all", help="record the values that tests check with `golden`"
    )
    # The whole is the name of an option: as an optional value of --golden-update, a path after that would be the value.
    group.addoption(
        "--golden-update=new",
        action="store_const",
        const="new",
        dest="golden_update",
        help="record only the values that have no record, and check the others",
    )
    group.addoption("--tf-docs", action="store_true", help="collect the documented examples of documents as tests")
    group.addoption(
        "--tf-docs-python",
        metavar="EXE",
        action="append",
        default=[],
        help="a Python interpreter to run the examples with; it needs TensorFlow 1.5 or later. May be repeated "
        "(default: the interpreter that runs pytest)",
    )
    group.addoption("--tf-docs-exact", action="store_true", help="count any drift as a failure")
    group.addoption(
        "--tf-docs-accept",
        action="store_true",
        help="rewrite the documented outputs of the selected examples that drifted or failed with what they print",
    )
    for name, metavar, text in _VALUES:
        group.addoption("--tf-docs-" + name, metavar=metavar, help=text)
        parser.addini(("tf-docs-" + name).replace("-", "_"), text)
    parser.addini("tf_docs_exact", "count any drift as a failure", type="bool", default=False)
    parser.addini("tf_docs_python", "Python interpreters to run the examples with", type="linelist", default=[])


def pytest_configure(config: Any) -> None:
    """Register the plugins that the options ask for."""
    if config.getoption("golden_update"):
        if hasattr(config, "workerinput") or config.getoption("numprocesses", None):
            raise pytest.UsageError("--golden-update records in one process: leave out -n")
        from tfsoftmax_compat.golden.pytest_golden import Recorder

        config.pluginmanager.register(Recorder(config.getoption("golden_update")))
    if config.getoption("tf_docs"):
        if sys.version_info < (3, 10):
            raise pytest.UsageError(
                "--tf-docs needs Python 3.10 or later and the tools extra, and this is Python %d.%d; run pytest with a "
                "newer Python and name this one with --tf-docs-python %s" % (sys.version_info[:2] + (sys.executable,))
            )
        from tfsoftmax_compat.tools.verify import pytest_documents

        config.pluginmanager.register(pytest_documents.plugin(config))


@pytest.fixture(scope="session")
def _golden_records() -> "Records":
    """Return the records of this session."""
    from tfsoftmax_compat.golden.pytest_golden import Records

    return Records()


@pytest.fixture
def golden(request: Any, _golden_records: "Records") -> "Golden":
    """Check values that were recorded once, with any TensorFlow release: ``golden.check("loss", value)``.

    ``pytest --golden-update`` records the values, under the name of the test.
    """
    return _golden_records.golden_of(request)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Iterator[None]:
    """Put the differences of golden values into the report, because the summary may be made in another process."""
    report = (yield).get_result()  # type: ignore[attr-defined]
    if call.when == "call" and hasattr(item, "golden"):
        report.golden_differences = item.golden.differences


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    """Sum up the golden values that differ, if there are any."""
    everything = [report for reports in terminalreporter.stats.values() for report in reports]
    differing = [report for report in everything if getattr(report, "golden_differences", None)]
    if differing:
        from tfsoftmax_compat.golden.pytest_golden import summarise

        summarise(terminalreporter, config, differing)
