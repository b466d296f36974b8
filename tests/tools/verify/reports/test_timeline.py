"""The verdicts over the releases."""

from dataclasses import replace

from sample_results import LOSS, ONE, SEVERAL, SOFTMAX, environment, judged

from tfsoftmax_compat.tools.verify.reports.timeline import timelines
from tfsoftmax_compat.tools.verify.results import SKIPPED


def test_releases_with_the_same_verdict_are_named_together():
    assert {(example.document, example.line): verdicts for example, verdicts in timelines(SEVERAL)} == {
        ("docs/guide.md", 8): "1.15–2.9 exact · 2.12–2.21 drift 0.12 ULP",
        ("docs/guide.md", 25): "1.15–2.21 equal",
        ("docs/other.md", 4): "1.15–2.21 fail",
        ("docs/other.md", 12): "1.15–2.21 skipped",
    }


def results_in(mode, *outputs):
    """The results of an example under a release for each output."""
    return [judged(LOSS, environment(f"2.{number}.0"), mode, output) for number, output in enumerate(outputs)]


def test_modes_that_differ_are_named():
    results = [*results_in("graph", "loss 0.5", "loss 0.5"), *results_in("eager", "loss 0.5", "loss 0.6")]
    assert list(timelines(results)) == [(LOSS, "2.0 exact · 2.1 graph exact, eager fail")]


def test_a_mode_that_does_not_apply_does_not_count():
    skipped = [replace(result, status=SKIPPED) for result in results_in("graph", "", "")]
    results = [*skipped, *results_in("eager", "loss 0.5", "loss 0.5")]
    assert list(timelines(results)) == [(LOSS, "2.0–2.1 exact")]


def test_the_largest_distance_of_a_run_is_given():
    results = [replace(result, ulp=number / 8) for number, result in enumerate(results_in("graph", "loss 0.5", ""), 1)]
    moved = [replace(result, status="drift") for result in results]
    assert list(timelines(moved)) == [(LOSS, "2.0–2.1 drift 0.25 ULP")]


def test_environments_of_one_minor_release_have_their_full_names():
    both = [judged(LOSS, environment(version), "graph", "loss 0.5") for version in ("2.9.1", "2.9.3", "2.10.0")]
    assert list(timelines(both)) == [(LOSS, "2.9.1–2.10 exact")]


def test_an_environment_without_a_result():
    others = [result for result in ONE if result.example == SOFTMAX]
    results = [*results_in("graph", "loss 0.5"), *others]
    assert dict(timelines(results))[LOSS] == "2.0 exact · 2.21 not run"
