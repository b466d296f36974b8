"""Modules written for TF2, in which a call means TF2's function."""

import pytest

from tfsoftmax_compat.tools.migrate.files import process
from tfsoftmax_compat.tools.migrate.policy import Policy
from tfsoftmax_compat.tools.migrate.release_names import ONLY_TF1, ONLY_TF2
from tfsoftmax_compat.tools.migrate.source import migrate_source

from .execute import results_of

TF = "import tensorflow as tf\n"
IN_TF2 = f"{TF}tf.random.set_seed(1)\n"
LOSS = "tf.nn.softmax_cross_entropy_with_logits"
CALL = f"l = {LOSS}(labels=t, logits=x)\n"
ARE_TF2 = [
    IN_TF2,
    f"{TF}o = tf.optimizers.Adam()\n",
    f"{TF}l = tf.losses.CategoricalCrossentropy()\n",
    f"{TF}from tensorflow.summary import create_file_writer\n",
    f"{TF}from tensorflow.optimizers.schedules import ExponentialDecay\n",
]
ARE_NOT = [
    TF,
    f"{TF}tf.GradientTape()\n",  # TF1 has it too
    f"{IN_TF2}s = tf.Session()\n",
    f"{IN_TF2}tf.train.AdamOptimizer(1.0)\n",
    f"{IN_TF2}c = tf.contrib.layers\n",
    f"{IN_TF2}from tensorflow.contrib import slim\n",
    f"{IN_TF2}l = {LOSS}_v2(labels=t, logits=x)\n",
    f"{TF}random.set_seed(1)\nother.optimizers.Adam()\n",
]


def rules(source, policy=None):
    return [found.rule for found in migrate_source(source, "native", policy=policy or Policy()).findings]


@pytest.mark.parametrize("before", ARE_TF2)
def test_names_that_only_tf2_has(before):
    """A keyword call is one of TF2's function."""
    assert rules(before + CALL) == []
    assert migrate_source(before + CALL, "shim").text == before + CALL
    assert "TFS101" in rules(before + CALL, Policy(written_for="tf1"))


@pytest.mark.parametrize("before", ARE_NOT)
def test_names_that_tf1_has(before):
    """One of them is enough: the call is one of TF1's function, unless it is known not to be."""
    assert "TFS101" in rules(before + CALL)
    assert "TFS101" not in rules(before + CALL, Policy(written_for="tf2"))


SILU = "tf.nn.silu(x)\n"
NOT_RUN_ON_TF1 = [
    f"{TF}def act(x):\n    return {SILU}",
    f"{TF}class Ops:\n    def silu(self, x):\n        return {SILU}",
    f"{TF}def act(x):\n    assert tf.__version__[0] == '2'\n    return {SILU}",
    f"{TF}def act(x):\n    return x\n    return {SILU}act(1)\n",
    f"{TF}if __name__ == '__main2__':\n    {SILU}",
]
RUN = [
    f"{TF}def act(x):\n    return {SILU}act(1)\n",
    f"{TF}class Act(Layer):\n    def call(self, x):\n        return {SILU}",
    f"{TF}@register\ndef act(x):\n    return {SILU}",
    f"{TF}if __name__ == '__main__':\n    {SILU}",
]


@pytest.mark.parametrize("before", NOT_RUN_ON_TF1)
def test_names_of_tf2_that_nothing_runs(before):
    """TF1 may never meet them, so they do not show that the module was written for TF2."""
    assert any(found.needs_person for found in migrate_source(before + CALL).findings)


@pytest.mark.parametrize("before", RUN)
def test_names_of_tf2_that_are_run(before):
    """By the module, or by a library that calls a method or a registered function."""
    assert rules(before + CALL) == []


def test_names_of_tf2_beside_the_call():
    """What runs the call runs them too."""
    assert rules(f"{TF}def cost(t, x):\n    y = {SILU}    {CALL}") == []


IN_BOTH = [f"{TF}s = tf.compat.v1.Session()\n", f"{IN_TF2}s = tf.compat.v1.Session()\n"]


@pytest.mark.parametrize("before", IN_BOTH)
@pytest.mark.parametrize("target", ["shim", "native"])
def test_names_of_both(before, target):
    """As tf_upgrade_v2 writes it: TF1's loss has stop_gradient then, and a call without it was one of v2."""
    ambiguous, stopped = CALL, CALL.replace("labels=t", "labels=tf.stop_gradient(t)")
    result = migrate_source(before + ambiguous, target)
    assert [(found.rule, found.needs_person) for found in result.findings] == [("TFS101", True)]
    assert "axis=-1 for TF2's" in result.findings[0].message and result.text == before + ambiguous
    assert migrate_source(before + stopped, target).findings == []
    assert migrate_source(before + CALL, target, policy=Policy(written_for="tf2")).findings == []
    certain = before + "p = tf.nn.softmax(x, dim=1)\n"
    assert migrate_source(certain, target).text != certain


@pytest.mark.parametrize("before", [TF, *IN_BOTH])
def test_call_that_tf_upgrade_v2_has_misread(before):
    source = f"{before}l = {LOSS}(labels=tf.stop_gradient(None), logits=t, axis=x)\n"
    result = migrate_source(source, "native")
    assert [found.rule for found in result.findings] == ["TFS101"] and result.text == source
    assert "misread" in result.findings[0].message


@pytest.mark.parametrize(
    ("use", "found"),
    [
        (f"{LOSS}(t, x, -1)", []),
        (f"tf.nn.sparse_{LOSS[6:]}(t, x)", []),
        (f"tf.nn.sparse_{LOSS[6:]}(t, tf.nn.softmax(x))", ["TFS112"]),
        (f"net(loss={LOSS})", []),
        (f"{LOSS}(**options)", []),
        (f"{LOSS}(labels=x_logits, logits=labels)", ["TFS117"]),
        (f"{LOSS}(None, t, x)", ["TFS101", "TFS103"]),  # TF1's: TF2's function raises an error
        (f"{LOSS}(labels=t, logits=x, dim=1)", ["TFS101", "TFS102"]),
        ("tf.nn.softmax(x, dim=1)", ["TFS102"]),
        ("tf.nn.softmax(x, None, None, 1)", ["TFS102"]),
    ],
)
def test_uses_in_tf2(use, found):
    """What TF2 accepts is TF2's. The rest is reported as in TF1's code, and so is what is wrong on every release."""
    assert rules(f"{IN_TF2}{use}\n") == found


def test_docstrings_of_a_module_written_for_tf2(tmp_path):
    """Code with these names can be written for TF2 too."""
    path = tmp_path / "a.py"
    docstring = f'"""Words.\n\n>>> {CALL}"""\n'
    for before, found in ((IN_TF2, 0), (TF, 1)):
        path.write_text(docstring + before)
        result = process(str(path), "native", True, False)
        assert len(result.findings) == found


def test_option(run, tmp_path):
    (tmp_path / "a.py").write_text(TF + CALL)
    assert run("check", "--from", "tf2") == (0, "", "")
    assert run("check")[0] == run("check", "--from", "tf1")[0] == 1
    assert run("migrate", "--write", "--from", "tf2") == (0, "", "")


def package(tmp_path, **modules):
    """A package with a loss that tells nothing, and other modules; returns the path of the loss."""
    inner = tmp_path / "package" / "losses"
    inner.mkdir(parents=True)
    for name in ("../__init__.py", "__init__.py"):
        (inner / name).write_text("")
    for name, text in modules.items():
        (inner / f"{name}.py").write_text(text)
    (inner / "loss.py").write_text(TF + CALL)
    return inner / "loss.py"


@pytest.mark.parametrize(
    ("modules", "is_tf2"),
    [
        ({}, False),
        ({"a": IN_TF2}, True),
        ({"a": IN_TF2, "b": TF, "c": "not Python ("}, True),
        ({"a": IN_TF2, "b": f"{TF}s = tf.Session()\n"}, False),
        ({"a": f"{TF}s = tf.Session()\n"}, False),
        ({"a": f"{IN_TF2}s = tf.compat.v1.Session()\n"}, False),
    ],
    ids=str,
)
def test_a_module_that_tells_nothing_is_like_its_package(run, tmp_path, modules, is_tf2):
    path = package(tmp_path, **modules)
    findings = process(str(path), "native", True, False).findings
    assert [found.rule for found in findings if found.rule != "TFS000"] == ([] if is_tf2 else ["TFS101"])


def test_a_folder_around_the_package_counts(tmp_path):
    path = package(tmp_path)
    (tmp_path / "package" / "main.py").write_text(IN_TF2)
    (tmp_path / "outside.py").write_text(f"{TF}s = tf.Session()\n")  # no part of the package
    assert process(str(path), "native", True, False).findings == []


def test_summary_says_what_was_read_as_tf2(run, tmp_path):
    package(tmp_path, a=IN_TF2)
    _, _, errors = run("check", options=())
    assert errors.startswith("0 findings in 0 files, 0 can be migrated; 1 file read as TF2's")


@pytest.mark.parametrize(("names", "release"), [(ONLY_TF2, "1.15"), (ONLY_TF1, "2.21")], ids=["only TF2", "only TF1"])
def test_the_other_release_has_none_of_them(names, release):
    source = f"""
import functools
import tensorflow as tf

def has(name):
    try:
        functools.reduce(getattr, name.split("."), tf)
    except AttributeError:
        return False
    return True

def compute(logits, labels, ids):
    assert has("nn.softmax")
    found = [name for name in {sorted(names)!r} if has(name)]
    assert not found, found
    return logits + labels
"""
    (result,) = results_of([source], release)
    assert not isinstance(result, str), result
