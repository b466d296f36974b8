"""The page in a real browser: Chromium, as it is installed on this machine.

Install it with ``apt-get install chromium``; Playwright needs no browser of its own.
"""

import io
import itertools
import shutil
import time
from dataclasses import replace

import pytest
from many_results import many
from sample_results import ONEDNN, SEVERAL, SOFTMAX, environment, written

from tfsoftmax_compat.tools.verify.reports.formats import html
from tfsoftmax_compat.tools.verify.results import FAIL, STATUSES

playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the package axe-playwright-python")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium")
LARGEST = 5_000_000  # bytes
SLOWEST = 2.0  # seconds


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        # Chromium's own sandbox does not start as root, which containers run as.
        yield started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page of results, and check in the end that it has written nothing to the console and asked for nothing."""
    said, requests, contexts = [], [], []

    def opened(text, **options):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="ascii")
        contexts.append(browser.new_context(**{"viewport": {"width": 1600, "height": 1000}, **options}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not said
    assert set(requests) <= {(tmp_path / "page.html").as_uri(), "data:,"}


@pytest.fixture(scope="module")
def page_of_several():
    return written(html, SEVERAL)


@pytest.fixture(scope="module")
def page_of_many():
    return html_of(*many())


def html_of(results, documents):
    file = io.StringIO()
    html.write(results, documents, file)
    return file.getvalue()


def shown(page, selector):
    """The texts of the elements that can be seen."""
    return [each.inner_text() for each in page.locator(selector).all() if each.is_visible()]


def test_a_click_shows_what_a_release_printed(opened, page_of_several):
    page = opened(page_of_several)
    assert shown(page, "#example-0 .note b") == ["drift 0.12 ULP"]
    page.get_by_role("tab", name="2.9.3 eager: exact").first.click()
    assert shown(page, "#example-0 .note b") == ["exact"]
    assert shown(page, "#example-0 figcaption") == ["documented and measured"]
    page.get_by_role("tab", name="2.12.1 graph: drift 0.12 ULP").first.click()
    assert shown(page, "#example-0 .cause") == [ONEDNN]
    assert shown(page, "#example-0 .digits") == ["447034836", "596046448"]
    assert shown(page, "#example-0 .selected") == [
        "TensorFlow 2.12.1 graph mode, NumPy 2.4.6, Python 3.11.7, oneDNN on, 0.000 s"
    ]
    # The other examples show what they did before.
    assert shown(page, "#example-1 .note b") == ["equal"]


def test_keys_move_over_the_cells(opened, page_of_several):
    page = opened(page_of_several)
    page.locator("#example-0 [aria-selected=true]").focus()

    def after(key):
        page.keyboard.press(key)
        selected = page.locator("#example-0 [aria-selected=true]")
        assert selected.evaluate("(cell) => cell === document.activeElement")
        assert page.locator("#example-0 [role=tab][tabindex='0']").count() == 1
        return selected.get_attribute("aria-label")

    assert after("ArrowLeft") == "2.13.1 eager: drift 0.12 ULP"
    assert after("ArrowUp") == "2.13.1 graph: drift 0.12 ULP"
    assert after("ArrowUp") == "2.13.1 graph: drift 0.12 ULP"
    assert after("Home") == "1.15.5 graph: exact"
    assert shown(page, "#example-0 .selected")[0].startswith("TensorFlow 1.15.5 graph mode")
    assert after("End") == "2.21.0 graph: drift 0.12 ULP"
    assert after("ArrowRight") == "2.21.0 graph: drift 0.12 ULP"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # the link of the next example is between two strips
    assert page.locator("#example-1 [aria-selected=true]").evaluate("(cell) => cell === document.activeElement")


def test_filters(opened, page_of_several):
    page = opened(page_of_several)
    assert shown(page, "#count") == ["4 examples"]
    page.locator("#failures").check()
    assert shown(page, "article h3") == ["line 4"] and shown(page, "#count") == ["1 of 4 examples"]
    page.locator("#document").select_option("docs/guide.md")
    assert shown(page, "article h3") == [] and shown(page, "#nothing") == ["No example matches the filters."]
    page.locator("#failures").uncheck()
    assert shown(page, "section.document h2") == ["docs/guide.md"]
    page.locator("#release").select_option(label="2.9.3")
    assert shown(page, "#example-0 .release[data-e] > span") == ["2.9"]
    assert shown(page, "#example-0 .note b") == ["exact"]
    page.locator("#document").select_option("")
    page.locator("#release").select_option("")
    assert shown(page, "#count") == ["4 examples"] and len(shown(page, "#example-0 button")) == 10


def test_failures_of_one_release(opened, page_of_many):
    page = opened(page_of_many)
    page.locator("#failures").check()
    page.locator("#release").select_option(label="1.5.0")
    assert shown(page, "#count") == ["20 of 200 examples"]
    assert set(shown(page, "#document-1 .note b")) == {"error"}


def test_markup_in_documents_is_shown_and_does_nothing(opened):
    does = "document.title = 1"
    text = f"</samp></pre><script>{does}</script><img src='http://example.invalid' onerror='{does}'>"
    example = replace(SOFTMAX, document=text, code=text, documented=text, scope=text)
    page = opened(written(html, [replace(SEVERAL[0], example=example, status=FAIL, measured=text, message=text)]))
    assert page.title() == "0 of 1 examples passed - tfsoftmax-compat verify"
    assert shown(page, "pre") == [text] * 3 and shown(page, "h2")[0] == shown(page, ".message")[0] == text
    assert page.locator("img").count() == 0


def test_without_scripts_all_outputs_are_shown(opened, page_of_several):
    page = opened(page_of_several, java_script_enabled=False)
    assert shown(page, "#example-0 .note b") == ["exact", "drift 0.12 ULP"]


@pytest.mark.parametrize("width", [400, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_inaccessible_or_too_wide(opened, page_of_several, scheme, width):
    for text in (page_of_several, written(html, list(every_shade()))):
        page = opened(text, color_scheme=scheme, viewport={"width": width, "height": 1000})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def every_shade():
    """A result of each colour that a cell can have."""
    shades = itertools.product(STATUSES, (0.1, 0.5, 2.0, 10.0, 1e6))
    for number, (status, ulp) in enumerate(shades):
        yield replace(SEVERAL[0], environment=environment(f"2.{number}.0"), status=status, ulp=ulp)


def test_the_page_follows_the_readers_colours(opened, page_of_several):
    colours = {
        scheme: opened(page_of_several, color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 28)"}


def test_print_shows_no_filters_and_fits_the_paper(opened, page_of_several):
    for text, examples in ((page_of_several, 4), (html_of(*many(documents=2, examples=10)), 20)):
        page = opened(text, viewport={"width": 718, "height": 1000})  # A4 without margins of 1 cm
        page.emulate_media(media="print")
        assert not page.locator(".filters").is_visible() and len(shown(page, "article")) == examples
        assert page.evaluate("document.documentElement.scrollWidth") == 718


def test_all_releases_and_200_examples_open_fast(opened, page_of_many):
    assert len(page_of_many) < LARGEST
    page = opened(page_of_many)
    assert page.locator("article").count() == 200 and page.locator("[role=tab]").count() == 200 * 33 * 2
    assert fastest(lambda: page.reload()) < SLOWEST


def fastest(action):
    """The shortest of three times, since other programs run on this machine too."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)
