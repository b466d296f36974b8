"""The results as JUnit's XML, which CI servers read."""

import re
from collections.abc import Sequence

from junitparser import Attr, Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from tfsoftmax_compat.tools.verify.reports.order import environments_of, in_order
from tfsoftmax_compat.tools.verify.results import ERROR, FAIL, SKIPPED, TIMEOUT, Result

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # www.w3.org/TR/xml, "Char"
_OUTCOMES = {FAIL: Failure, ERROR: Error, TIMEOUT: Error, SKIPPED: Skipped}


class _Case(TestCase):
    """A test case with the attributes by which servers find its place."""

    file = Attr()
    line = Attr()


def as_junit(results: Sequence[Result]) -> str:
    """A test suite for each environment, in it a test case for each example and mode. A drift is one that passes."""
    report = JUnitXml("tfsoftmax-compat verify")
    ordered = in_order(results)
    for environment in environments_of(results):
        suite = TestSuite(_xml(environment.id))
        for name, value in vars(environment).items():
            suite.add_property(name, _xml(str(value)))
        suite.add_testcases([_case(result) for result in ordered if result.environment == environment])
        report.add_testsuite(suite)
    report.update_statistics()
    return '<?xml version="1.0" encoding="utf-8"?>\n' + str(report.tostring(), "utf-8") + "\n"


def _case(result: Result) -> TestCase:
    example = result.example
    case = _Case(f"{_xml(example.document)}:{example.line} [{result.mode}]", _xml(example.document))
    case.file, case.line = _xml(example.document), str(example.line)
    said = _xml("\n".join(filter(None, (result.message, result.cause))))
    outputs = f"documented:\n{_xml(example.documented or '')}\nmeasured:\n{_xml(result.measured)}\n"
    if result.status in _OUTCOMES:
        case.result = _OUTCOMES[result.status](said, result.status)
        if result.status != SKIPPED:
            case.result[0].text = f"{said}\n{outputs}"
    elif said:
        case.system_out = f"{result.status}, {result.ulp:.2g} ULP: {said}\n{outputs}"
    return case


def _xml(text: str) -> str:
    """The text, with the characters that no XML document may have replaced."""
    return _NOT_XML.sub("\ufffd", text)
