"""The report for people."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from sample_results import DOCUMENTS, HOSTILE, ONE, SEVERAL, environment, judged, results_of

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.verify.reports.formats.text import print_report, write
from tfsoftmax_compat.tools.verify.results import DRIFT, FAILED, SKIPPED, STATUSES, Result


def text_of(results, width=80, terminal=False):
    output = io.StringIO()
    print_report(Console(file=output, width=width, force_terminal=terminal), results)
    return output.getvalue()


def test_text_of_one_environment():
    lines = [line.rstrip() for line in text_of(ONE).splitlines()]
    assert lines == [
        "TensorFlow 2.21.0, NumPy 2.4.6, Python 3.11.7, oneDNN on",
        "",
        " example           graph           eager           documented",
        " ──────────────────────────────────────────────────────────────────────────────",
        " docs/guide.md:8   drift 0.12 ULP  drift 0.12 ULP  [0.07768121 0.21115941]…",
        " docs/guide.md:25  equal           equal           loss 0.5",
        " docs/other.md:4   fail            fail            [[0.25 0.75]…",
        " docs/other.md:12  skipped         skipped         0.1",
        "",
        "2 skipped (graph, eager): it takes a placeholder",
        "",
        "drift: oneDNN's kernels round differently",
        "  docs/guide.md:8: number 3: 1.0000000447034836 documented, 1.0000000596046448",
        "  measured (0.12 ULP)",
        "    TensorFlow 2.21.0 (graph, eager)",
        "",
        "fail: no cause found (tried: oneDNN off)",
        "  docs/other.md:4: number 4: 0.5 documented, 0.9 measured",
        "    TensorFlow 2.21.0 (graph, eager)",
        "    documented:  [0.5 0.5]]",
        "    measured:    [0.5 0.9]]",
        "                      ^^^",
        "",
        "2 of 4 examples passed, 1 skipped in every mode (docs/other.md:12)",
        "8 results: 2 equal, 2 drift, 2 skipped, 2 fail",
    ]


def test_text_of_several_environments():
    lines = [line.rstrip() for line in text_of(SEVERAL).splitlines()]
    assert lines == [
        "TensorFlow NumPy Python oneDNN exact equal drift skipped fail",
        "1.15.5     2.4.6 3.11.7 off        2     2             2    2",
        "2.9.3      2.4.6 3.11.7 off        2     2             2    2",
        "2.12.1     2.4.6 3.11.7 on               2     2       2    2",
        "2.13.1     2.4.6 3.11.7 on               2     2       2    2",
        "2.21.0     2.4.6 3.11.7 on               2     2       2    2",
        "",
        "example           verdicts",
        "docs/guide.md:8   1.15–2.9 exact · 2.12–2.21 drift 0.12 ULP",
        "docs/guide.md:25  1.15–2.21 equal",
        "docs/other.md:4   1.15–2.21 fail",
        "docs/other.md:12  1.15–2.21 skipped",
        "",
        "10 skipped (graph, eager): it takes a placeholder",
        "",
        "drift: oneDNN's kernels round differently",
        "  docs/guide.md:8: number 3: 1.0000000447034836 documented, 1.0000000596046448",
        "  measured (0.12 ULP)",
        "    TensorFlow 2.12.1 to 2.21.0 (graph, eager)",
        "",
        "fail: no cause found (tried: oneDNN off)",
        "  docs/other.md:4: number 4: 0.5 documented, 0.9 measured",
        "    TensorFlow 1.15.5 to 2.21.0 (graph, eager)",
        "    documented:  [0.5 0.5]]",
        "    measured:    [0.5 0.9]]",
        "                      ^^^",
        "",
        "2 of 4 examples passed, 1 skipped in every mode (docs/other.md:12)",
        "40 results in 5 environments: 4 exact, 10 equal, 6 drift, 10 skipped, 10 fail",
    ]


def test_text_of_nothing():
    assert text_of([]) == "no examples\n"


def test_text_has_colours_on_a_terminal_only(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in text_of(ONE, terminal=True)
    assert "\x1b[" not in text_of([replace(result, measured="\x1b[31m", message="\x1b[31m") for result in ONE])


def test_every_status_fits_eighty_columns():
    results = [replace(ONE[0], status=status) for status in STATUSES] + list(results_of(environment("2.10.1")))
    header = text_of(results).splitlines()[0]
    assert header.split() == ["TensorFlow", "NumPy", "Python", "oneDNN", *STATUSES]


@settings(deadline=None)
@given(HOSTILE, HOSTILE, st.sampled_from(sorted(FAILED | {SKIPPED, DRIFT})), st.integers(50, 130), st.booleans())
def test_no_line_is_wider_than_the_console(documented, text, status, width, is_one):
    environments = [environment("2.21.0")] if is_one else [environment("2.21.0"), environment("1.15.5")]
    example = Example("docs/" + "long/" * 12 + "guide.md", 8, "code", documented)
    results = [Result(example, one, "graph", status, 1.0, text, text, text) for one in environments]
    printed = text_of(results, width)
    assert all(cell_len(line) <= width for line in printed.split("\n"))
    assert "\x1b" not in printed


def test_environments_not_in_a_row_are_named_apart():
    there = [result for result in SEVERAL if result.environment.tensorflow in ("1.15.5", "2.12.1", "2.21.0")]
    elsewhere = [result for result in SEVERAL if result not in there and result.status not in FAILED]
    assert "TensorFlow 1.15.5 (graph, eager), 2.12.1 (graph, eager), 2.21.0 (graph, eager)" in " ".join(
        text_of(there + elsewhere, width=120).split()
    )


def written(results):
    output = io.StringIO()
    write(results, DOCUMENTS, output)
    return output.getvalue()


def test_file_that_is_no_terminal_has_no_colours():
    assert "8 results" in written(ONE) and "\x1b" not in written(ONE)


def test_account_of_what_was_read_comes_last(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)  # tox may set it
    assert written(ONE).splitlines()[-2:] == [
        "read: 2 documents, 5 blocks of code: 4 with documented output, 1 without",
        "not attributed: 1 block that could be output and belongs to no code: docs/other.md:30",
    ]


FOLDER = "documentation of every release/" + "long/" * 30


@pytest.mark.parametrize("results", [ONE, SEVERAL])
def test_a_file_has_lines_of_any_length(monkeypatch, results):
    monkeypatch.delenv("COLUMNS", raising=False)
    message = " ".join(["word"] * 40)
    deep = {each.example: replace(each.example, document=FOLDER + each.example.document) for each in results}
    moved = [replace(result, example=deep[result.example], message=message) for result in results]
    lines = [line.strip() for line in written(moved).splitlines()]
    for example in deep.values():
        place = f"{example.document}:{example.line}"
        assert sum(line.startswith(place + " ") for line in lines) == 1
    assert {line for line in lines if "word" in line} == {
        f"{len(results) // 4} skipped (graph, eager): {message}",
        *(
            f"{FOLDER}docs/{place}: {message}{ulp}"
            for place, ulp in (("guide.md:8", " (0.12 ULP)"), ("other.md:4", ""))
        ),
    }
    # The tables are not wider than what is in them.
    assert max(map(len, lines)) < len(FOLDER) + len(message) + 100


def test_columns_limits_the_lines_of_a_file(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert written(ONE).startswith(text_of(ONE))
    assert max(map(len, written(SEVERAL).splitlines())) <= 80


def test_a_name_is_shortened_on_a_narrow_terminal_only():
    named = [replace(result, example=replace(result.example, document="docs/" + "a" * 60)) for result in ONE]
    assert f"…{'a' * 33}:8 " in text_of(named, 80) and f"docs/{'a' * 60}:8 " not in text_of(named, 80)
    assert f"docs/{'a' * 60}:8 " in text_of(named, 120)


def test_an_endless_line_is_cut_where_it_differs(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    documented = " ".join(["0.25"] * 20_000)
    moved = judged(
        replace(ONE[0].example, documented=documented), ONE[0].environment, "eager", documented[:-4] + "0.75"
    )
    assert max(map(len, written([moved]).splitlines())) <= 240
