"""Modules that are hard to migrate, executed before and after: what is not reported computes the same."""

from typing import NamedTuple

import pytest

from tfsoftmax_compat.tools.migrate.source import migrate_source

from .execute import agree, results_of
from .forms import BOTH, DENSE

KEYWORDS = "labels=labels, logits=logits"


class Module(NamedTuple):
    """A module; `left_by` names the targets that report it and do not change it."""

    text: str
    left_by: tuple[str, ...] = ()


SHIM = ("shim",)
IMPORT = "import tensorflow as tf\n"
COMPUTE = "def compute(logits, labels, ids):\n    return "

# Names that another function binds.
ELSEWHERE = [
    Module("def setup():\n    global nn\n    import tensorflow as tf\n    nn = tf.nn\nsetup()\n" + call, left_by)
    for call, left_by in (
        (f"{COMPUTE}nn.softmax(logits, dim=0)\n", SHIM),
        (f"{COMPUTE}nn.{DENSE}({KEYWORDS})\n", BOTH),
        (f"{COMPUTE}nn.{DENSE}_v2(labels, logits)\n", SHIM),
    )
]
ELSEWHERE += [
    Module(f"def load():\n    global tf\n    import tensorflow\n    tf = tensorflow\nload()\n{COMPUTE}{call}", SHIM)
    for call in ("tf.nn.softmax(logits, dim=0)\n", f"tf.nn.{DENSE}({KEYWORDS})\n")
]
ELSEWHERE += [
    Module(
        f"def compute(logits, labels, ids):\n{before}    def load():\n        nonlocal tf\n"
        f"        import tensorflow as tf\n    load()\n{after}    return tf.nn.{DENSE}({KEYWORDS})\n",
        SHIM,
    )
    for before, after in (("    tf = None\n", ""), ("", "    if False:\n        tf = None\n"))
]

# Imports of which some go.
IMPORTS = [
    Module(f"from tensorflow.nn import {names}\n{COMPUTE}softmax(log_softmax(relu(logits), dim=0), dim=1)\n")
    for names in (
        "relu, softmax, log_softmax",
        "softmax, relu, log_softmax",
        "softmax, log_softmax, relu",
        "(relu, softmax, log_softmax)",
        "(relu, softmax, log_softmax,)",
        "(\n    relu,  # a\n    softmax,  # b\n    log_softmax,  # c\n)",
    )
]

# A function that the module replaces.
_PATCHED = "import contextlib\ndef fake(labels, logits): return logits * labels\n"
PATCHES = [
    Module(
        f"{_PATCHED}{IMPORT}_original = tf.nn.{DENSE}\ndef compute(logits, labels, ids):\n    try:\n        {patch}\n"
        f"        return tf.nn.{DENSE}({KEYWORDS})\n    finally:\n        tf.nn.{DENSE} = _original\n",
        BOTH,
    )
    for patch in (f"tf.nn.{DENSE} = fake", f"setattr(tf.nn, '{DENSE}', fake)", f"vars(tf.nn)['{DENSE}'] = fake")
]
PATCHES += [
    Module(
        f"from unittest import mock\n{_PATCHED}{IMPORT}def compute(logits, labels, ids):\n"
        f"    with mock.{patch}:\n        return tf.nn.{DENSE}({KEYWORDS})\n",
        BOTH,
    )
    for patch in (
        f"patch('tensorflow.nn.{DENSE}', fake)",
        f"patch.object(tf.nn, '{DENSE}', fake)",
        f"patch.multiple(tf.nn, {DENSE}=fake)",
        f"patch.multiple('tensorflow.nn', {DENSE}=fake)",
    )
]

MODULES = {module.text: module for module in ELSEWHERE + IMPORTS + PATCHES}


def is_reported(result):
    """Whether a person has to look at the module."""
    return any(finding.needs_person for finding in result.findings)


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize("module", MODULES.values())
def test_what_cannot_be_decided_is_reported(module, target):
    """It is not changed either; everything else is decided."""
    result = migrate_source(module.text, target)
    assert is_reported(result) == (target in module.left_by)
    if target in module.left_by:
        assert result.text == module.text


@pytest.fixture(scope="module")
def before():
    """What each module computes on TF 1.15."""
    return dict(zip(MODULES, results_of(MODULES, "1.15")))


def test_modules_run_on_tf1(before):
    """None raises an error."""
    assert not {text: result for text, result in before.items() if isinstance(result, str)}


@pytest.mark.parametrize(("target", "release"), [("shim", "1.15"), ("shim", "2.21"), ("native", "2.21")])
def test_migrated_modules_compute_the_same(before, target, release):
    """The loss, and the gradients to logits and labels, are TF 1.15's."""
    migrated = {text: migrate_source(text, target) for text in MODULES}
    decided = {text: result.text for text, result in migrated.items() if not is_reported(result)}
    after = dict(zip(decided, results_of(decided.values(), release)))
    assert not [
        (new, before[text], after[text]) for text, new in decided.items() if not agree(before[text], after[text])
    ]
