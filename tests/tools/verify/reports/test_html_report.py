"""The page, without a browser: what is in it."""

import base64
import hashlib
import io
import math
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_results import (
    DOCUMENTS,
    HOSTILE,
    LOSS,
    NOTHING,
    ONE,
    ONEDNN,
    SEVERAL,
    SOFTMAX,
    TABLE,
    environment,
    judged,
    written,
)

from tfsoftmax_compat.tools.documents import Document
from tfsoftmax_compat.tools.verify.reports.formats import html
from tfsoftmax_compat.tools.verify.results import DRIFT, ERROR, FAIL, STATUSES, TIMEOUT, Result

MARKUP = "</pre><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"


def page_of(results):
    return BeautifulSoup(written(html, results), "html.parser")


def cells_of(article):
    """The words of each cell, by what is in it: (symbol, words)."""
    return [(cell.get_text(), cell["aria-label"]) for cell in article.select("button")]


def test_examples_are_in_order_with_their_code():
    page = page_of(SEVERAL)
    assert [section.h2.get_text() for section in page.select("section.document")] == ["docs/guide.md", "docs/other.md"]
    places = [article.h3.get_text() for article in page.select("section.document")[0].select("article")]
    assert places == ["line 8", "line 25"]
    assert all(article.select_one(".code pre").get_text() == "code" for article in page.select("article"))


def test_a_cell_for_each_release_and_mode():
    article = page_of(SEVERAL).article
    assert [column.span.get_text() for column in article.select(".release[data-e]")] == [
        "1.15",
        "2.9",
        "2.12",
        "2.13",
        "2.21",
    ]
    assert [mode.get_text() for mode in article.select(".modes span")] == ["", "graph", "eager"]
    assert cells_of(article) == [
        ("=", "1.15.5 graph: exact"),
        ("=", "1.15.5 eager: exact"),
        ("=", "2.9.3 graph: exact"),
        ("=", "2.9.3 eager: exact"),
        ("D", "2.12.1 graph: drift 0.12 ULP"),
        ("D", "2.12.1 eager: drift 0.12 ULP"),
        ("D", "2.13.1 graph: drift 0.12 ULP"),
        ("D", "2.13.1 eager: drift 0.12 ULP"),
        ("D", "2.21.0 graph: drift 0.12 ULP"),
        ("D", "2.21.0 eager: drift 0.12 ULP"),
    ]


def test_no_cell_where_an_example_has_no_result():
    elsewhere = judged(LOSS, environment("2.20.0"), "graph", "loss 0.5")
    article = page_of([*ONE, elsewhere]).find("article", id="example-0")
    columns = article.select(".release[data-e]")
    assert [len(column.select("button")) for column in columns] == [0, 2]
    assert len(columns[0].select("span.none")) == 2


def test_each_output_is_there_once():
    article = page_of(SEVERAL).article
    exact, drift = article.select(".output")
    assert [caption.get_text() for caption in exact.select("figcaption")] == ["documented and measured"]
    assert [output.get_text() for output in exact.select("pre")] == [SOFTMAX.documented]
    assert [caption.get_text() for caption in drift.select("figcaption")] == ["documented", "measured"]
    assert [output.get_text() for output in drift.select("pre")] == [
        SOFTMAX.documented,
        "[0.07768121 0.21115941]\n1.0000000596046448",
    ]


def test_differing_digits_are_marked():
    documented, measured = page_of(ONE).article.select("pre")[1:]
    assert [mark.get_text() for mark in documented.select(".number, .digits")] == ["1.0000000", "447034836"]
    assert [mark.get_text() for mark in measured.select(".number, .digits")] == ["1.0000000", "596046448"]


def test_the_end_of_an_output_that_is_too_short_is_marked():
    result = judged(replace(LOSS, documented="\n0.5\n0.75\n"), ONE[0].environment, "eager", "\n0.5\n")
    documented, measured = page_of([result]).select("figure pre")
    assert documented.get_text() == "\n0.5\n0.75\n" and documented.select_one(".digits").get_text() == "0.75"
    assert measured.get_text() == "\n0.5\n" and measured.select_one(".digits").get_text() == ""


def test_graph_mode_is_above_eager_mode_whichever_a_release_has():
    older = replace(ONE[0], environment=environment("1.5.0"), mode="eager")
    newer = [replace(ONE[0], mode=mode) for mode in ("graph", "eager")]
    article = page_of([older, *newer]).article
    assert [mode.get_text() for mode in article.select(".modes span")] == ["", "graph", "eager"]


def test_notes_say_verdict_cause_message_and_where():
    page = page_of(SEVERAL)
    notes = [" ".join(note.get_text(" ", strip=True).split()) for note in page.select(".note")]
    assert notes == [
        "exact 1.15.5, 2.9.3 (graph, eager)",
        f"drift 0.12 ULP : {ONEDNN} 2.12.1 to 2.21.0 (graph, eager) "
        "number 3: 1.0000000447034836 documented, 1.0000000596046448 measured",
        "equal 1.15.5 to 2.21.0 (graph, eager)",
        f"fail : {NOTHING} 1.15.5 to 2.21.0 (graph, eager) number 4: 0.5 documented, 0.9 measured",
        "skipped 1.15.5 to 2.21.0 (graph, eager) it takes a placeholder",
    ]


def test_the_same_output_with_two_causes_is_there_once():
    older = judged(TABLE, environment("2.20.0"), "graph", "[[0.25 0.75]\n [0.5 0.9]]", "another cause")
    article = page_of([*ONE, older]).find("article", id="example-2")
    assert len(article.select(".output")) == 1
    assert [cause.get_text() for cause in article.select(".cause")] == ["another cause", NOTHING]
    by_words = {cell["aria-label"]: cell["data-n"] for cell in article.select("button")}
    assert by_words["2.20.0 graph: fail"] != by_words["2.21.0 graph: fail"] == by_words["2.21.0 eager: fail"]


def test_the_failure_in_the_newest_release_is_shown_first():
    versions = {"2.19.0": FAIL, "2.20.0": FAIL, "2.21.0": DRIFT}
    results = [replace(ONE[0], environment=environment(each), status=status) for each, status in versions.items()]
    (selected,) = page_of(results).select("[aria-selected=true]")
    assert selected["aria-label"].startswith("2.20.0")
    assert [cell["tabindex"] for cell in page_of(results).select("button")] == ["-1", "0", "-1"]


@pytest.mark.parametrize(
    "ulp, shade", [(0.1, 1), (0.25, 1), (0.5, 2), (4.0, 3), (5.0, 4), (1e6, 5), (math.inf, 5), (0.0, 5)]
)
def test_the_shade_is_that_of_the_distance(ulp, shade):
    (cell,) = page_of([replace(ONE[0], status=FAIL, ulp=ulp)]).select("button")
    assert {"fail", "failed", f"shade{shade}"} <= set(cell["class"])


def test_legend_names_each_symbol():
    page = page_of(SEVERAL)
    symbols = {row.dt.get_text(" ", strip=True).split()[1]: row.span.get_text() for row in page.select(".legend div")}
    assert list(symbols) == list(STATUSES) and len(set(symbols.values())) == len(STATUSES)


def test_environments_and_account():
    page = page_of(SEVERAL)
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("#environments tr")]
    assert rows[0] == [
        "TensorFlow",
        "NumPy",
        "Python",
        "oneDNN",
        *"exact equal drift skipped fail".split(),
        "interpreter",
    ]
    assert rows[1] == ["1.15.5", "2.4.6", "3.11.7", "off", "2", "2", "", "2", "2", "/python/1.15.5"]
    read = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("#read tr")]
    assert read[1:] == [
        ["docs/guide.md", "2", "0", "4", "10", "6", "", "", ""],
        ["docs/other.md", "2", "1", "", "", "", "10", "10", "line 30"],
    ]


def test_overview_has_the_worst_verdict_of_each_document():
    rows = page_of(SEVERAL).select(".overview tbody tr")
    assert {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in rows} == {
        "docs/guide.md": ["≈", "≈", "D", "D", "D"],
        "docs/other.md": ["F"] * 5,
    }


def test_notebooks_have_cells_and_docstrings_have_namespaces():
    example = replace(SOFTMAX, cell=3, scope="nn.softmax_v2")
    assert page_of([replace(ONE[0], example=example)]).h3.get_text() == "cell 3 nn.softmax_v2"


def test_markup_and_control_characters_are_shown_as_text():
    text = f"{MARKUP}\x1b[31m\x07\u202e"
    shown = f"{MARKUP}?[31m??"
    example = replace(LOSS, document=text, code=text, documented=text, scope=text)
    where = replace(ONE[0].environment, id=text, numpy=text, python=text, executable=text)
    result = Result(example, where, "eager", FAIL, 1.0, cause=text, message=text, measured=text)
    file = io.StringIO()
    html.write([result], [Document(text, [example])], file)
    page = BeautifulSoup(file.getvalue(), "html.parser")
    assert len(page.select("script")) == 1 and not page.select("img")
    assert page.h2.get_text() == shown
    assert {pre.get_text() for pre in page.select("pre")} == {shown}
    assert page.select_one(".cause").get_text() == page.select_one(".message").get_text() == shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\uffff]", file.getvalue())


@settings(deadline=None)
@given(HOSTILE, HOSTILE, st.sampled_from(STATUSES))
def test_any_text_is_written_and_shown_character_by_character(documented, measured, status):
    result = Result(replace(LOSS, documented=documented), ONE[0].environment, "graph", status, 1.0, measured=measured)
    page = page_of([result])
    shown = page.select_one("figure pre").get_text().replace("(nothing)", "")
    assert len(shown) == len(documented)


def test_the_page_allows_its_own_script_only():
    page = page_of(ONE)
    policy = page.find("meta", attrs={"http-equiv": True})["content"]
    assert policy.startswith("default-src 'none'; img-src data:;") and "unsafe" not in policy
    for element in (page.style, page.script):
        digest = hashlib.sha256(element.string.encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "http" not in re.sub("http-equiv", "", str(page))
    assert all(link["href"].startswith(("#", "data:")) for link in page.select("[href]"))


def test_of_a_very_long_output_the_part_that_differs_is_shown():
    lines = [f"{number}.5" for number in range(20_000)]
    measured = "\n".join(lines).replace("\n16000.5\n", "\n16000.75\n")
    result = judged(replace(LOSS, documented="\n".join(lines)), ONE[0].environment, "eager", measured)
    page = page_of([result])
    documented, shown = page.select("figure pre")
    assert [mark.get_text() for mark in shown.select(".digits")] == ["75"]
    assert "characters are not shown here" in shown.get_text() and "more characters are not shown" in shown.get_text()
    assert len(documented.get_text()) < 21_000


def test_ended_examples_say_so_and_show_what_they_printed():
    ended = [
        replace(ONE[0], mode=mode, status=status, message="why", measured=printed)
        for mode, status, printed in (("graph", ERROR, ""), ("eager", TIMEOUT, "1.0\n"))
    ]
    article = page_of(ended).article
    assert [cell[0] for cell in cells_of(article)] == ["E", "T"]
    assert [[each.get_text() for each in output.select("figcaption")] for output in article.select(".output")] == [
        ["documented"],
        ["documented", "measured"],
    ]


def test_a_page_of_nothing():
    page = page_of([])
    assert "0 of 0 examples passed" in page.get_text()
    assert [row.th.get_text() for row in page.select("#read tbody tr")] == [document.path for document in DOCUMENTS]
