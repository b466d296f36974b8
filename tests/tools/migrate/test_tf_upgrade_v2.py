"""TensorFlow's own `tf_upgrade_v2` before, between and after: the result is executed on real TensorFlow."""

import subprocess
import sys
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.migrate.source import migrate_source

from .execute import agree, results_of
from .forms import ACCESSES, LOSSES_FORMS, NN_FORMS, module

# With a name that tf_upgrade_v2 moves to tf.compat.v1, as nearly every program has one.
MODULES = [module(form, ACCESSES["usual"]) + "\n\nsession = tf.Session\n" for form in NN_FORMS + LOSSES_FORMS]


@pytest.fixture(scope="module")
def before():
    """What each module computes on TF 1.15."""
    return results_of(MODULES, "1.15")


def upgraded(tmp_path, texts):
    """What tf_upgrade_v2 makes of each text."""
    start, end = tmp_path / "start", tmp_path / "end"
    start.mkdir()
    for index, text in enumerate(texts):
        (start / f"module{index}.py").write_text(text)
    tool = [
        sys.executable,
        str(Path(sys.executable).with_name("tf_upgrade_v2")),
        "--reportfile",
        str(tmp_path / "report"),
    ]
    subprocess.run([*tool, "--intree", str(start), "--outtree", str(end)], check=True, capture_output=True)
    return [(end / f"module{index}.py").read_text() for index in range(len(texts))]


def migrated(text, target):
    """The migrated text, and whether something in it is left to a person."""
    try:
        result = migrate_source(text, target)
    except ValueError:  # tf_upgrade_v2 writes ``axis=None, axis=0``: check and migrate report that it is not Python
        return text, True
    return result.text, any(found.needs_person and found.rule != "TFS112" for found in result.findings)


def test_shim_then_tf_upgrade_v2_then_native(tmp_path, before):
    """The order that the documentation gives."""
    to_shim = [migrated(text, "shim") for text in MODULES]
    to_native = [migrated(text, "native") for text in upgraded(tmp_path, [text for text, _ in to_shim])]
    after = results_of([text for text, _ in to_native], "2.21")
    right = [agree(*pair) for pair in zip(before, after)]
    reported = [first or second for (_, first), (_, second) in zip(to_shim, to_native)]
    assert [text for (text, _), good, found in zip(to_native, right, reported) if not (good or found)] == []
    assert sum(right) >= len(MODULES) - 1


@pytest.mark.parametrize("target", ["shim", "native"])
def test_after_tf_upgrade_v2_nothing_is_guessed(tmp_path, before, target):
    """What tf_upgrade_v2 has made ambiguous is reported. What it has broken raises an error, or is reported."""
    results = [migrated(text, target) for text in upgraded(tmp_path, MODULES)]
    after = results_of([text for text, _ in results], "2.21")
    wrong = [
        text
        for (text, found), was, is_now in zip(results, before, after)
        if not (found or isinstance(is_now, str) or agree(was, is_now))
    ]
    assert wrong == []
