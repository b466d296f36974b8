"""The results as JUnit's XML, which CI servers read.

Source: the elements and attributes of https://github.com/testmoapp/junitxml, a description of what CI servers use.
"""

import re
from collections.abc import Sequence
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tfsoftmax_compat.tools.documents import Document
from tfsoftmax_compat.tools.verify.reports.order import environments_of, in_order
from tfsoftmax_compat.tools.verify.results import ERROR, FAIL, SKIPPED, TIMEOUT, Result

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # www.w3.org/TR/xml, "Char"
_ELEMENTS = {FAIL: "failure", ERROR: "error", TIMEOUT: "error", SKIPPED: "skipped"}


def write(results: Sequence[Result], documents: Sequence[Document], file: TextIO) -> None:
    """Write a test suite for each environment, with a test case for each example and mode. A drift is a pass."""
    report = Element("testsuites", {"name": "tfsoftmax-compat verify", **_counts(results)})
    for environment in environments_of(results):
        there = [result for result in in_order(results) if result.environment == environment]
        suite = SubElement(report, "testsuite", {"name": _xml(environment.id), **_counts(there)})
        properties = SubElement(suite, "properties")
        for name, value in vars(environment).items():
            SubElement(properties, "property", name=name, value=_xml(str(value)))
        suite.extend(map(_case, there))
    indent(report)
    file.write('<?xml version="1.0" encoding="utf-8"?>\n' + tostring(report, "unicode") + "\n")


def _counts(results: Sequence[Result]) -> dict[str, str]:
    elements = [_ELEMENTS.get(result.status) for result in results]
    names = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    return {"tests": str(len(results)), **{name: str(elements.count(element)) for name, element in names.items()}}


def _case(result: Result) -> Element:
    document, line = _xml(result.example.document), str(result.example.line)
    case = Element("testcase", name=f"{document}:{line} [{result.mode}]", classname=document, file=document, line=line)
    case.set("time", f"{result.seconds:.3f}")
    said = _xml("\n".join(filter(None, (result.message, result.cause))))
    outputs = f"documented:\n{_xml(result.example.documented or '')}\nmeasured:\n{_xml(result.measured)}\n"
    if result.status in _ELEMENTS:
        outcome = SubElement(case, _ELEMENTS[result.status], message=said, type=result.status)
        if result.status != SKIPPED:
            outcome.text = f"{said}\n{outputs}"
    elif said:
        SubElement(case, "system-out").text = f"{result.status}, {result.ulp:.2g} ULP: {said}\n{outputs}"
    return case


def _xml(text: str) -> str:
    """Return the text, with the characters that XML does not allow replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
