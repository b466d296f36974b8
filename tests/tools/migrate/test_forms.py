"""Every form of call, through every way to TensorFlow, executed before and after."""

import re

import pytest

from tfsoftmax_compat.tools.migrate.source import migrate_source

from .execute import agree, results_of
from .forms import ACCESSES, LOSSES_FORMS, NN_FORMS, module

TABLE = {
    (name, form.body): (form, module(form, access))
    for name, access in ACCESSES.items()
    for form in NN_FORMS + LOSSES_FORMS
}


@pytest.fixture(scope="module")
def before():
    """What each form computes on TF 1.15, in graph mode; how it gets to TensorFlow's modules changes nothing."""
    forms = {form: source for (access, form), (_, source) in TABLE.items() if access == "usual"}
    computed = dict(zip(forms, results_of(forms.values(), "1.15")))
    return {(access, form): computed[form] for access, form in TABLE}


def test_ways_to_tensorflow_compute_the_same(before):
    """All of them, on TF 1.15."""
    computed = zip(TABLE, results_of([source for _, source in TABLE.values()], "1.15", "eager"))
    assert not [(key, result) for key, result in computed if not agree(before[key], result)]


@pytest.mark.parametrize(("target", "release"), [("shim", "1.15"), ("shim", "2.21"), ("native", "2.21")])
def test_migrated_forms_compute_the_same(before, target, release):
    """The loss, and the gradients to logits and labels, are TF 1.15's."""
    migrated = {key: migrate_source(source, target) for key, (_, source) in TABLE.items()}
    decided = {
        key: m.text for key, m in migrated.items() if not any(f.needs_person and f.rule != "TFS112" for f in m.findings)
    }
    after = dict(zip(decided, results_of(decided.values(), release, "eager")))
    wrong = {key: (decided[key], before[key], after[key]) for key in decided if not agree(before[key], after[key])}
    assert not wrong, "%d of %d\n%s" % (len(wrong), len(decided), "\n".join(map(str, list(wrong.items())[:10])))


def test_migrated_forms_compute_the_same_in_a_graph(before):
    """Each form, moved to this package."""
    forms = {key: migrate_source(source, "shim") for key, (_, source) in TABLE.items() if key[0] == "usual"}
    decided = {key: m.text for key, m in forms.items() if not any(found.needs_person for found in m.findings)}
    after = zip(decided, results_of(decided.values(), "1.15"))
    assert not [(key, result) for key, result in after if not agree(before[key], result)]


def test_forms_run_on_tf1(before):
    """The table holds no form that TF 1.15 itself refuses."""
    assert not {key: result for key, result in before.items() if isinstance(result, str)}


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize("access", list(ACCESSES))
def test_what_is_left_is_what_can_not_be_decided(access, target):
    """Forms outside `left_by` are decided; those in it are reported and not touched."""
    for form in NN_FORMS + LOSSES_FORMS:
        source = TABLE[access, form.body][1]
        result = migrate_source(source, target)
        reported = any(finding.needs_person and finding.rule != "TFS112" for finding in result.findings)
        if "compat" not in access:  # tensorflow.compat.v1 keeps most of TF1's forms on TF2
            assert reported == (target in form.left_by), source
        if reported:
            assert result.text == source


@pytest.mark.parametrize("access", list(ACCESSES))
def test_native_after_shim_is_native(access):
    """Migrating in two steps gives the same calls as migrating in one.

    An import that nothing uses after the first step is gone, so the second may name the module in another way.
    """
    for form in NN_FORMS + LOSSES_FORMS:
        source = TABLE[access, form.body][1]
        if "native" not in form.left_by:
            by_two_steps = migrate_source(migrate_source(source, "shim").text, "native").text
            by_one = migrate_source(source, "native").text
            if access in ("from", "from as"):
                by_two_steps, by_one = map(_without_imports, (by_two_steps, by_one))
            assert by_two_steps == by_one


def _without_imports(text):
    lines = [line for line in text.splitlines() if not line.startswith(("import ", "from "))]
    return re.sub(r"\b(tf\.nn|N)\.", "nn.", re.sub(r"\b(tf\.losses|L)\.", "losses.", "\n".join(lines)))


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize("access", list(ACCESSES))
def test_twice_is_once(access, target):
    """A second run finds nothing to do."""
    for form in NN_FORMS + LOSSES_FORMS:
        once = migrate_source(TABLE[access, form.body][1], target).text
        twice = migrate_source(once, target)
        assert twice.text == once
        assert all(finding.needs_person for finding in twice.findings), once
