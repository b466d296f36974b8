"""The report for CI servers."""

from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_results import FED, HOSTILE, LOSS, NOTHING, ONE, ONEDNN, TABLE, written

from tfsoftmax_compat.tools.verify.reports.formats import junit
from tfsoftmax_compat.tools.verify.results import ERROR, STATUSES, TIMEOUT, Result


def test_junit():
    ended = [Result(FED, ONE[0].environment, "graph", status, message="why\x00") for status in (ERROR, TIMEOUT)]
    report = ElementTree.fromstring(written(junit, ONE + ended).encode())
    assert {name: report.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "10",
        "failures": "2",
        "errors": "2",
        "skipped": "2",
    }
    (suite,) = report
    assert suite.get("name") == "tensorflow-2.21.0"
    properties = {one.get("name"): one.get("value") for one in suite.find("properties")}
    assert properties["numpy"] == "2.4.6" and properties["onednn"] == "True"
    cases = suite.findall("testcase")
    assert (cases[0].get("name"), cases[0].get("classname")) == ("docs/guide.md:8 [graph]", "docs/guide.md")
    assert (cases[0].get("file"), cases[0].get("line")) == ("docs/guide.md", "8")
    assert cases[0].find("failure") is None and ONEDNN in cases[0].find("system-out").text
    failure = suite.find("testcase/failure")
    assert failure.get("message") == f"number 4: 0.5 documented, 0.9 measured\n{NOTHING}"
    assert TABLE.documented in failure.text and "[0.5 0.9]" in failure.text
    assert suite.find("testcase/skipped").get("message") == "it takes a placeholder"
    assert suite.find("testcase/error").get("message") == "why\ufffd"


@settings(deadline=None)
@given(HOSTILE, st.sampled_from(STATUSES))
def test_junit_is_xml_whatever_was_printed(text, status):
    result = Result(replace(LOSS, documented=text), ONE[0].environment, "graph", status, 1.0, text, text, text)
    ElementTree.fromstring(written(junit, [result]).encode())
