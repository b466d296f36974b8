"""What other files of the project show about a module."""

import tempfile
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.migrate.files import process

IMPORT = "import tensorflow as tf\n"
VALUE = f"{IMPORT}ACT = {{'a': tf.nn.softmax}}\n"
HANDED = f"{IMPORT}from other import run\ny = run(tf.nn.softmax, x)\n"
FAKED = f"{IMPORT}y = tf.nn.softmax(x, dim=2)\n"
PATCHED = "another file of the project may bind"


@pytest.fixture
def reported(tmp_path):
    """Returns the messages about `module.py` that need a person, with `other.py` beside it."""

    def messages(module, other, target="shim"):
        folder = Path(tempfile.mkdtemp(dir=tmp_path))  # a file is read once
        (folder / "module.py").write_text(module)
        (folder / "other.py").write_text(other)
        result = process(str(folder / "module.py"), target, edit=True, write=False)
        return [found.message for found in result.findings if found.needs_person]

    return messages


@pytest.mark.parametrize(
    ("module", "other"),
    [
        (VALUE, "from module import ACT\ny = ACT['a'](x, dim=0)\n"),
        (VALUE, "from module import ACT as A\nkw = {}\nkw['dim'] = 0\ny = A['a'](x, **kw)\n"),
        (VALUE, "from module import ACT\nf = ACT['a']\ny = f(x, None, None, 0)\n"),
        (HANDED, "def run(f, x):\n    return f(x, dim=0)\n"),
        (HANDED, "def run(f, x):\n    return f(x, None, None, 0)\n"),
        (
            f"{IMPORT}import other\ny = other.run(tf.nn.softmax, '{{\"dim\": 0}}', x)\n",
            "import json\ndef run(f, text, x):\n    return f(x, **json.loads(text))\n",
        ),
        (HANDED, "def run(f, x, **kw):\n    return f(x, **{key[4:]: value for key, value in kw.items()})\n"),
        (HANDED, "import json\ndef run(f, x):\n    return f(x, **json.load(open('a.json')))\n"),
        (HANDED, "def run(f, x, **kw):\n    return f(x, **dict((key[4:], kw[key]) for key in kw))\n"),
        (f"{IMPORT}import other\ny = other.Layer(activation=tf.nn.softmax)\n", "def f(g):\n    return g(1, dim=0)\n"),
        (
            f"{IMPORT}LOSS = {{'a': tf.nn.sigmoid_cross_entropy_with_logits}}\n",
            "from module import LOSS\ny = LOSS['a'](None, labels, logits)\n",
        ),
    ],
)
def test_arguments_that_another_file_passes(reported, module, other):
    """A function that is a value may get them."""
    assert reported(module, other, "native")
    assert not [message for message in reported(module, "", "shim") if "`dim`" in message]


APPLY = "def apply(f, x):\n    return f(x, dim=0)\n"
LAYER = f"{IMPORT}class Layer:\n    act = staticmethod(tf.nn.softmax)\n"
PASSED_ON = [
    (
        {"p/__init__.py": "from .util import apply\n", "p/util.py": APPLY},
        "from p import apply\napply(tf.nn.softmax, x)\n",
    ),
    ({"p/__init__.py": "from .util import apply\n", "p/util.py": APPLY}, "import p\np.apply(tf.nn.softmax, x)\n"),
    (
        {"p/__init__.py": "from .util import apply as run\n", "p/util.py": APPLY},
        "from p import run\nrun(tf.nn.softmax, x)\n",
    ),
    ({"p/__init__.py": "from .util import *\n", "p/util.py": APPLY}, "from p import apply\napply(tf.nn.softmax, x)\n"),
    (
        {"p/__init__.py": "from .q import apply\n", "p/q/__init__.py": "from .util import *\n", "p/q/util.py": APPLY},
        "from p import apply\napply(tf.nn.softmax, x)\n",
    ),
    ({"api.py": "from util import apply\n", "util.py": APPLY}, "from api import apply\napply(tf.nn.softmax, x)\n"),
    (
        {"p/__init__.py": "from . import util\napply = util.apply\n", "p/util.py": APPLY},
        "from p import apply\napply(tf.nn.softmax, x)\n",
    ),
    ({"p/__init__.py": "from . import util\n", "p/util.py": APPLY}, "import p\np.util.apply(tf.nn.softmax, x)\n"),
    (
        {
            "p/__init__.py": "from .base import Base\n",
            "p/base.py": "class Base:\n    def f(self, x):\n        return self.act(x, dim=0)\n",
        },
        "from p import Base\nclass Layer(Base):\n    act = staticmethod(tf.nn.softmax)\n",
    ),
]
# The same the other way round: the function is in a file whose names another one passes on.
TAKEN = [
    (
        {"p/__init__.py": "from .layer import Layer\n", "main.py": "from p import Layer\nLayer.act(x, dim=0)\n"},
        "p/layer.py",
    ),
    (
        {"p/__init__.py": "from .layer import *\n", "main.py": "from p import Layer\nLayer.act(x, dim=0)\n"},
        "p/layer.py",
    ),
    ({"api.py": "from layer import Layer\n", "main.py": "import api\napi.Layer().act(x, dim=0)\n"}, "layer.py"),
]


def values_in(folder, files, module):
    """The findings about values in a module of a project of these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "setup.py").write_text("")
    result = process(str(folder / module), "native", edit=True, write=False)
    return [found.message for found in result.findings if found.rule == "TFS107"]


@pytest.mark.parametrize(("files", "main"), PASSED_ON)
def test_arguments_that_a_file_passes_which_another_one_imports(tmp_path, files, main):
    assert values_in(tmp_path / "a", {**files, "main.py": IMPORT + main}, "main.py")
    with_axis = {name: text.replace("dim=0", "axis=0") for name, text in files.items()}
    others = {"other.py": "from main import x\n", "far.py": "from torch import cat\ncat(x, dim=0)\n"}
    assert not values_in(tmp_path / "b", {**with_axis, **others, "main.py": IMPORT + main}, "main.py")


@pytest.mark.parametrize(("files", "module"), TAKEN)
def test_arguments_that_a_file_passes_which_has_the_function_from_another_one(tmp_path, files, module):
    assert values_in(tmp_path / "a", {**files, module: LAYER}, module)
    with_axis = {name: text.replace("dim=0", "axis=0") for name, text in files.items()}
    assert not values_in(tmp_path / "b", {**with_axis, module: LAYER}, module)


@pytest.mark.parametrize("module", [VALUE.replace("ACT = ", "ACT = f(").replace("}", "})"), HANDED])
def test_arguments_of_tf2(reported, module):
    """They are no reason for a finding, and neither is a file that has nothing to do with the module."""
    assert not reported(module, "def run(f, x):\n    return f(x, axis=0)\n")
    assert not reported(module.replace("other", "numpy"), "y = f(x, dim=0)\n")


@pytest.mark.parametrize(
    "module",
    [
        "def soft(ops, x):\n    return ops.softmax(x, dim=0)\n",
        "ops = None\ndef soft(x):\n    return ops.log_softmax(x, dim=0)\n",
        "class A:\n    ops = None\n    def soft(self, x):\n        return self.ops.softmax(x, None, None, 0)\n",
        "from other import K\ny = K.softmax(x, dim=0)\n",
        "from other import L\ny = L.softmax_cross_entropy(labels, logits)\n",
        "def f(ops):\n    return ops.weighted_cross_entropy_with_logits(targets=a, logits=b, pos_weight=2.0)\n",
        "def f(ops):\n    return ops.sigmoid_cross_entropy_with_logits(None, a, b)\n",
    ],
)
def test_module_of_a_project_that_uses_tensorflow(reported, module):
    """What is handed to it may be TensorFlow's, although it does not import that."""
    assert reported(module, f"{IMPORT}K = tf.nn\nL = tf.losses\n")
    assert not reported(module, "import numpy\n")
    assert not reported("import torch\n" + module, IMPORT)


_USE = f"{IMPORT}from other import get\ny = get(tf.nn, 'softmax')(x, dim=0)\n"


@pytest.mark.parametrize(
    ("module", "other"),
    [
        (_USE, "def get(module, name):\n    return getattr(module, name)\n"),
        (_USE, "def get(module, name):\n    return vars(module)[name]\n"),
        (_USE, "def get(module, name):\n    return module.__dict__.get(name)\n"),
        (_USE, "from operator import attrgetter as a\ndef get(module, name):\n    return a(name)(module)\n"),
        (
            _USE.replace("tf.nn, 'softmax'", "tf, 'nn.softmax'"),
            "from functools import reduce\ndef get(top, name):\n    return reduce(getattr, name.split('.'), top)\n",
        ),
        (_USE.replace("'softmax'", "NAME"), "def get(module, name):\n    return getattr(module, name)\n"),
        (
            "from other import load\ny = load('tensorflow.nn:softmax')(x, dim=0)\n",
            "from importlib import import_module\ndef load(text):\n    module, name = text.split(':')\n"
            "    return getattr(import_module(module), name)\n",
        ),
        (
            f"{IMPORT}from other import Base\nclass A(Base):\n    ops, act = tf.nn, 'softmax'\n",
            "class Base:\n    def run(self, x):\n        return getattr(self.ops, self.act)(x, dim=0)\n",
        ),
        ("TEXT = 'act: softmax\\ndim: 0\\n'\n", f"{IMPORT}def run(name):\n    return g(tf.nn, getattr(A, name))\n"),
        (
            "def get(module, name='softmax'):\n    return getattr(module, name)\n",
            f"{IMPORT}from module import get\ny = get(tf.nn)(x, dim=0)\n",
        ),
    ],
)
def test_name_that_another_file_looks_up(reported, module, other):
    """One file names the function, one hands TensorFlow on, and one looks the name up."""
    assert [message for message in reported(module, other) if "looked up" in message]


@pytest.mark.parametrize(
    ("module", "other"),
    [
        (_USE, "def get(module, name):\n    return lambda x, dim: x\n"),
        (_USE, "def get(module, name):\n    return getattr(module, 'relu')\n"),
        (_USE.replace("tf.nn", "tf.abs"), "def get(module, name):\n    return getattr(module, name)\n"),
        (
            f"{IMPORT}from other import layer\ny = layer(x, activation='softmax')\n",
            f"{IMPORT}print(dir(tf), hasattr(tf, 'nn'))\nfound = [getattr(x, name) for name in names]\n",
        ),
    ],
)
def test_name_that_no_file_looks_up_in_tensorflow(reported, module, other):
    assert not [message for message in reported(module, other) if "looked up" in message]


@pytest.mark.parametrize(
    "other",
    [
        "import module\nmodule.tf = fake\n",
        "import module as m\nm.tf = fake\n",
        "import module\nsetattr(module, 'tf', fake)\n",
        "import module\nfrom unittest import mock\nwith mock.patch('module.tf', fake):\n    pass\n",
        "import module\nfrom unittest import mock\nwith mock.patch.object(module, 'tf', fake):\n    pass\n",
    ],
)
def test_name_that_another_file_replaces(reported, other):
    """A changed call would not see the replacement."""
    assert [message for message in reported(FAKED, other) if PATCHED in message]
    assert not reported(FAKED, other.replace("tf", "other"))


DENSE = "softmax_cross_entropy_with_logits"
CALLS = f"{IMPORT}loss = tf.nn.{DENSE}(labels=a, logits=b)\ny = tf.nn.softmax(b, dim=0)\n"


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize(
    ("other", "count"),
    [
        (f"{IMPORT}tf.nn.softmax = fake\n", 1),
        (f"{IMPORT}tf.nn.{DENSE} = tf.nn.{DENSE}_v2\n", 1),
        ("from tensorflow import nn as N\nsetattr(N, 'softmax', fake)\n", 1),
        (f"{IMPORT}def install():\n    tf.stop_gradient = tf.identity\n", 1),
        (f"{IMPORT}tf.nn = fake\n", 2),
        (f"{IMPORT}tf.nn.relu = fake\nself.softmax = tf.nn.softmax\n", 0),
        (f"{IMPORT}tf.nn.softmax == fake\n", 0),
        (f"from unittest import mock\n{IMPORT}with mock.patch.object(tf.nn, 'softmax'):\n    pass\n", 1),
        ("from unittest import mock\nmock.patch('tensorflow.nn.softmax', new=fake).start()\n", 1),
        (f"from unittest import mock\n{IMPORT}mock.patch.multiple(tf.nn, softmax=fake).start()\n", 1),
        ("def test(monkeypatch):\n    monkeypatch.setattr('tensorflow.nn.softmax', fake)\n", 1),
        (f"{IMPORT}vars(tf.nn).update(softmax=fake)\n", 1),
        (f"{IMPORT}tf.nn.__dict__['softmax'] = fake\n", 1),
        (f"{IMPORT}for name, new in table.items():\n    setattr(tf.nn, name, new)\n", 2),
        ("def install(module):\n    module.nn.softmax = fake\n", 1),
        ("from common import tf\ntf.nn.softmax = fake\n", 1),
        ("from common import tf\ntf.stop_gradient = fake\n", 1),
        ("setattr(model, 'softmax', layer)\nmodel.softmax = layer\nd['softmax'] = layer\nd.update(softmax=1)\n", 0),
    ],
)
def test_function_that_another_file_replaces(reported, other, count, target):
    """It replaces it for all files, whether they import that file or not."""
    messages = reported(CALLS, other, target)
    assert len([message for message in messages if "another file of the project assigns to" in message]) == count
    assert len(messages) == count


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize(
    ("imported", "other", "expected"),
    [
        (f"nn import {DENSE}", "from module import f\ny = f(labels=a, logits=b)\n", True),
        (f"nn import {DENSE}", "import module\ny = module.f(labels=a, logits=b)\n", True),
        (f"nn import relu, {DENSE}", "from .module import *\n", True),
        ("nn import nce_loss", "from package import module as m\ny = m.f(w, b, y, x, 1, 2)\n", True),
        ("nn import softmax", "from module import f\ny = f(x, dim=0)\n", True),
        ("nn import softmax", "from module import f\ny = f(x, axis=0)\n", False),
        ("nn import softmax as g, relu", "from module import f\ny = f(x)\n", False),
        (f"nn import {DENSE}", "from module import g\ny = g.f\n", False),
        (f"nn import {DENSE}", "from other_module import f\n", False),
        (f"compat.v1.nn import {DENSE}", "from module import f\ny = f(labels=a, logits=b)\n", False),
    ],
)
def test_function_that_another_file_takes_under_another_name(reported, imported, other, expected, target):
    """The calls in that file do not show which function they are for."""
    module, _, names = imported.partition(" ")
    messages = reported(f"from tensorflow.{module} {names} as f\n", other, target)
    assert any("import it under its own name" in message for message in messages) == expected
    assert len(messages) == expected


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize(
    ("call", "defined", "expected"),
    [
        ("other.softmax_cross_entropy(y, x)", "def softmax_cross_entropy(a, b):\n    pass\n", False),
        (f"other.{DENSE}(y, x)", f"class {DENSE}:\n    pass\n", False),
        ("other.softmax(x, dim=0)", "def softmax(x, dim):\n    pass\n", False),
        (f"other.{DENSE}(y, x)", f"{DENSE} = tf.nn.{DENSE}\n", True),
        (f"other.{DENSE}(y, x)", f"def {DENSE}(a, b):\n    pass\n{DENSE} = tf.nn.{DENSE}\n", True),
        (f"other.{DENSE}(y, x)", f"@choose\ndef {DENSE}(a, b):\n    pass\n", True),
        (f"other.ops.{DENSE}(y, x)", f"def {DENSE}(a, b):\n    pass\n", True),
        (f"other.{DENSE}(y, x)", f"def {DENSE}(a, b):\n    pass\nglobals()['{DENSE}'] = 1\n", True),
    ],
)
def test_function_that_another_file_defines(reported, call, defined, expected, target):
    """It is not TensorFlow's, whatever its name is."""
    choose = "def choose(f):\n    return tf.nn.relu\n"
    module = f"{IMPORT}import other\ny = {call}\n"
    assert bool(reported(module, f"{IMPORT}{choose}{defined}", target)) == expected
    assert reported(f"{module}other.{call[6 : call.index('(')]} = tf.nn.relu\n", f"{IMPORT}{choose}{defined}", target)


@pytest.mark.parametrize(
    ("header", "other", "expected"),
    [
        (f"{IMPORT}from other import *\n", "class tf:\n    pass\n", True),
        (f"{IMPORT}from other import *\n", IMPORT, False),
        (f"{IMPORT}from other import *\n", "x = 1\n", False),
        (f"from other import *\n{IMPORT}", "tf = 1\n", False),
    ],
)
def test_star_import_after_the_import(reported, header, other, expected):
    """It may bind the name of TensorFlow to something else."""
    assert bool(reported(header + "y = tf.nn.softmax(x, dim=0)\n", other)) == expected


@pytest.mark.parametrize(("other", "name"), [("from module import *\n", "tfsoftmax_nn"), ("import module\n", "nn")])
def test_new_name_is_not_passed_on(tmp_path, other, name):
    """A file with ``from module import *`` may define `nn` itself."""
    (tmp_path / "module.py").write_text(FAKED)
    (tmp_path / "other.py").write_text(f"from tensorflow import nn\n{other}y = nn.relu(x)\n")
    result = process(str(tmp_path / "module.py"), "shim", edit=True, write=False)
    assert f"y = {name}.softmax(x, dim=2)" in result.after


@pytest.mark.parametrize(
    ("other", "is_moved"), [("ACTS = [tf.nn.relu, tf.nn.softmax]\n", True), ("y = tf.nn.softmax(x)\n", False)]
)
def test_softmax_that_another_file_may_compare_moves_with_it(tmp_path, other, is_moved):
    """A call of TensorFlow's own functions does not compare it, and neither does a library."""
    module = f"{IMPORT}from net import net\nnet(tf.nn.softmax)\ny = tf.layers.dense(x, 2, activation=tf.nn.softmax)\n"
    files = {"module.py": module, "net.py": "from other import ACTS\n", "other.py": IMPORT + other}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    result = process(str(tmp_path / "module.py"), "shim", edit=True, write=False)
    assert ("net(nn.softmax)" in result.after) == is_moved
    assert "activation=tf.nn.softmax" in result.after


@pytest.mark.parametrize(
    ("imported", "use", "is_reported"),
    [
        ("nce_loss", "from act import nce_loss as f\nrun(f, x)\n", True),
        ("softmax", "from act import softmax\nrun(softmax, x)\n", True),
        ("softmax", "import act\nrun(act.softmax, x)\n", True),
        ("softmax as final", "from act import final\nf = final\nrun(f, x)\n", True),
        ("softmax", "from act import softmax\nclass Layer(Base):\n    act = staticmethod(softmax)\n", True),
        ("sparse_softmax_cross_entropy_with_logits as loss", "from act import loss\nrun(loss, x)\n", True),
        ("relu, softmax", "from act import relu\nrun(relu, x)\n", False),
        ("softmax", "from act import softmax\nsoftmax(x)\n", False),
        ("log_softmax", "from act import softmax\nrun(softmax, x)\n", False),
    ],
)
def test_imported_function_that_another_file_uses_as_a_value(tmp_path, imported, use, is_reported):
    files = {"act.py": f"from tensorflow.nn import {imported}\n", "main.py": f"from other import Base, run\n{use}"}
    files["other.py"] = (
        "def run(f, x):\n    return f(x, dim=0)\nclass Base:\n    def g(self, x):\n        return self.act(x, dim=0)\n"
    )
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    result = process(str(tmp_path / "act.py"), "native", edit=True, write=False)
    assert [found.rule for found in result.findings] == ["TFS120"] * is_reported


OWN_NN = "from tensorflow import nn\n"
STAR = "from util import *\n"


@pytest.mark.parametrize(
    ("files", "use", "shim", "native"),
    [
        ({"util": IMPORT}, "tf.nn.softmax(x, dim=0)", "nn.softmax(x, dim=0)", "tf.nn.softmax(x, axis=0)"),
        ({"util": OWN_NN}, "nn.softmax(x, dim=0)", "tfsoftmax_nn.softmax(x, dim=0)", "nn.softmax(x, axis=0)"),
        (
            {"util": "from tensorflow.nn import softmax\n"},
            "softmax(x, dim=0)",
            "nn.softmax(x, dim=0)",
            "tf.nn.softmax(x, axis=0)",
        ),
        (
            {"util": "from base import *\n", "base": IMPORT},
            "tf.losses.softmax_cross_entropy(y, x)",
            "losses.softmax_cross_entropy(y, x)",
            "tf.compat.v1.losses.softmax_cross_entropy(y, x)",
        ),
        ({"util": f"{IMPORT}f = tf.nn.nce_loss\n"}, "[f]", "[f]", "[f]"),  # reported in the other file
        ({"util": "def softmax(x, dim): pass\n"}, "softmax(x, dim=0)", "softmax(x, dim=0)", "softmax(x, dim=0)"),
        ({"util": "from torch import softmax\n"}, "softmax(x, dim=0)", "softmax(x, dim=0)", "softmax(x, dim=0)"),
    ],
)
def test_names_that_a_star_import_of_another_file_brings(tmp_path, files, use, shim, native):
    for name, text in {**files, "main": f"{STAR}y = {use}\n"}.items():
        (tmp_path / f"{name}.py").write_text(text)
    (tmp_path / "setup.py").write_text("")
    for target, expected in (("shim", shim), ("native", native)):
        result = process(str(tmp_path / "main.py"), target, edit=True, write=False)
        assert result is None or not [found for found in result.findings if found.needs_person]
        if use != expected:
            assert result.after.startswith(STAR) and result.after.endswith(f"y = {expected}\n")


def test_files_that_a_star_import_may_be_of(tmp_path):
    """Those of the same package come first, and only names in ``__all__`` are brought."""
    files = {
        "package/__init__.py": "",
        "package/util.py": "from tensorflow import nn\n",
        "other/util.py": "nn = None\n",
        "listed.py": "from tensorflow.nn import relu\nnn = None\n__all__ = ['relu']\n",
        "main.py": "from package.util import *\nfrom listed import *\ny = nn.softmax(x, dim=0)\n",
        "setup.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    result = process(str(tmp_path / "main.py"), "native", edit=True, write=False)
    assert result.after.endswith("nn.softmax(x, axis=0)\n")


@pytest.mark.parametrize(
    ("util", "stars"),
    [
        ("softmax = choose()\n", STAR),
        ("if name:\n    from tensorflow.nn import softmax\nelse:\n    softmax = other()\n", STAR),
        ("from tensorflow.nn import softmax\n", f"{STAR}from another_library import *\n"),
        ("from tensorflow.nn import *\n", STAR),
        ("globals().update(vars(tf.nn))\n", STAR),
        ("from another_library import *\n", STAR),
    ],
)
def test_name_that_a_star_import_may_bring(tmp_path, util, stars):
    """It is not certain what it is."""
    (tmp_path / "util.py").write_text(IMPORT + util)
    (tmp_path / "main.py").write_text(f"{stars}y = softmax(x, dim=0)\n")
    for target in ("shim", "native"):
        result = process(str(tmp_path / "main.py"), target, edit=True, write=False)
        assert [found.rule for found in result.findings] == ["TFS109"] and result.after == result.before


def test_name_that_a_star_import_brings_and_a_later_import_binds_again(tmp_path):
    """Above that import it is another function, or a function of the project."""
    (tmp_path / "util.py").write_text("from tensorflow.nn import log_softmax as last\n")
    text = f"{STAR}a = last(x, dim=0)\nfrom tensorflow.nn import softmax as last\nb = last(x, dim=0)\n"
    (tmp_path / "main.py").write_text(text)
    result = process(str(tmp_path / "main.py"), "shim", edit=True, write=False)
    assert result.after == result.before
    assert [found.line for found in result.findings if found.needs_person] == [2, 4]


CROSS = "softmax_cross_entropy_with_logits"


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize(
    ("util", "main"),
    [
        # The file binds the name too: in another branch, later, or in the body of a class.
        (OWN_NN, "if flag:\n    from util import *\nelse:\n    nn = None\nnn.softmax(x, dim=0)\n"),
        ("", f"from tensorflow.nn import *\n{CROSS}(labels=y, logits=x)\ndef {CROSS}(labels, logits): pass\n"),
        (
            "def softmax(v, dim): pass\n",
            f"{STAR}def f(v): return softmax(v, dim=1)\nfrom tensorflow.nn import softmax\n",
        ),
        (IMPORT, f"{STAR}a = tf.nn.softmax(x, dim=1)\nimport tensorflow as tf\n"),
        (IMPORT, f"{STAR}class A:\n    a = tf.nn.softmax(x, dim=1)\nimport tensorflow as tf\n"),
        (OWN_NN, f"{STAR}def f(): return nn.softmax(x, dim=0)\nif main:\n    f()\n    from tensorflow import nn\n"),
        # Something else is put into the other file.
        ("from tensorflow.nn import softmax\n", f"import util\nutil.softmax = max\n{STAR}softmax(x, dim=2)\n"),
        ("from tensorflow.nn import softmax\nglobals()['softmax'] = max\n", f"{STAR}softmax(x, dim=2)\n"),
    ],
)
def test_name_that_a_star_import_may_not_decide(tmp_path, util, main, target):
    (tmp_path / "util.py").write_text(util)
    (tmp_path / "main.py").write_text(main)
    result = process(str(tmp_path / "main.py"), target, edit=True, write=False)
    assert [found.rule for found in result.findings] == ["TFS109"] and result.after == result.before


@pytest.mark.parametrize("target", ["shim", "native"])
def test_parameter_of_the_name_of_a_function_beside_a_star_import(tmp_path, target):
    (tmp_path / "util.py").write_text("from tensorflow.nn import softmax\n")
    (tmp_path / "main.py").write_text(f"{STAR}def apply(softmax, v):\n    return softmax(v, dim=3)\n")
    result = process(str(tmp_path / "main.py"), target, edit=True, write=False)
    assert result is None or not result.findings


@pytest.mark.parametrize(("util", "name"), [(IMPORT, "tf"), (OWN_NN, "nn"), ("from base import nn\n", "nn")])
def test_module_of_tensorflow_that_another_file_passes_on(tmp_path, util, name):
    (tmp_path / "util.py").write_text(util)
    (tmp_path / "base.py").write_text(OWN_NN)
    module = "tf.nn" if name == "tf" else name
    text = f"from util import {name}\ny = {module}.softmax(x, dim=0)\n"
    (tmp_path / "main.py").write_text(text)
    result = process(str(tmp_path / "main.py"), "native", edit=True, write=False)
    assert result.after == text.replace("dim", "axis")


COMPARING = "def is_last(f):\n    return f is tf.nn.softmax\n"


@pytest.mark.parametrize(
    ("module", "other"),
    [
        (f"{COMPARING}def run(x, f=tf.nn.softmax):\n    return f(x, dim=0)\n", ""),
        ("def run(x, f=tf.nn.softmax):\n    return f(x, dim=0)\n", f"from module import run\n{COMPARING}"),
        ("def run(x, f=tf.nn.softmax):\n    return f(x, dim=0)\n", "from module import run\nN = {tf.nn.softmax: 1}\n"),
        ("class A:\n    f = staticmethod(tf.nn.softmax)\n    g = f == tf.nn.softmax and A.f(x, dim=0)\n", ""),
        ("def run(x, f=tf.nn.softmax):\n    return f(x, dim=0) if f is getattr(tf.nn, 'softmax') else x\n", ""),
        ("def run(x, f=tf.nn.softmax):\n    return f(x, dim=0) if f.__module__ == 'tensorflow.nn' else x\n", ""),
    ],
)
def test_softmax_that_is_compared_does_not_move(tmp_path, module, other):
    """This package's function is not equal to TensorFlow's: no value moves where one that is compared stays."""
    (tmp_path / "module.py").write_text(IMPORT + module)
    (tmp_path / "other.py").write_text(IMPORT + other)
    result = process(str(tmp_path / "module.py"), "shim", edit=True, write=False)
    assert result.after == result.before
    assert "TFS107" in [found.rule for found in result.findings if found.needs_person]


@pytest.mark.parametrize(
    ("main", "is_reported"),
    [
        ("from make import make\nmake().act(x, dim=0)\n", True),
        ("from make import MODELS\nMODELS['a'].act(x, None, None, 0)\n", True),
        ("def run(model, x):\n    return model.act(x, dim=0)\n", True),
        ("import functools\ndef run(model):\n    return functools.partial(model.act, dim=0)\n", True),
        ("def run(model, x):\n    return model.act(x, axis=0) + model.other(x, dim=0)\n", False),
        ("from torch import act\nx.act = act(x, dim=0)\n", False),
    ],
)
@pytest.mark.parametrize(
    "holding",
    [
        "class Layer:\n    act = staticmethod(tf.nn.softmax)\n",
        "class Layer:\n    def __init__(self, act=tf.nn.softmax):\n        self.act = act\n",
        "LAYER = Namespace(act=tf.nn.softmax)\n",
    ],
)
def test_argument_that_a_file_passes_to_an_attribute(tmp_path, holding, main, is_reported):
    """It need not import the file in which the attribute is a softmax, or one that imports that."""
    files = {"layer.py": IMPORT + holding, "make.py": "from layer import Layer, LAYER\n", "main.py": main}
    assert bool(values_in(tmp_path, files, "layer.py")) == is_reported


def test_comparison_with_none_does_not_count(reported):
    default = "def run(x, f=None):\n    if f is None:\n        f = tf.nn.softmax\n    return f(x)\n"
    assert not reported(f"{IMPORT}def run(x, f=tf.nn.softmax):\n    return f(x, dim=0)\n", IMPORT + default)


def test_keyword_that_another_file_computes_in_a_loop(reported):
    loop = "    kw = {}\n    for key in options:\n        kw[key[4:]] = options[key]\n"
    assert reported(HANDED, f"def run(f, x, **options):\n{loop}    return f(x, **kw)\n", "native")
    assert not reported(HANDED, f"def run(f, x, **options):\n{loop}    return f(x)\n", "native")


GONE = "from tensorflow.nn import softmax_cross_entropy_with_logits_v2 as loss\n"


@pytest.mark.parametrize(
    ("module", "other", "rules", "stays"),
    [
        (f"{GONE}y = loss(labels=a, logits=b)\n", "import module\n", ["TFS104"], False),
        (f"{GONE}y = loss(labels=a, logits=b)\n", "from module import loss\n", ["TFS121", "TFS104"], True),
        (f"{GONE}y = loss(labels=a, logits=b)\n", "from module import *\n", ["TFS121", "TFS104"], True),
        (GONE, "", ["TFS121"], True),
        (f"{GONE}y = globals()[name]\n", "", ["TFS121"], True),
        (f"try:\n    {GONE}except ImportError:\n    loss = None\n", "", [], True),
        ("from tensorflow.losses import Reduction\n", "", ["TFS121"], True),
        ("from tensorflow.nn import softmax\n", "from module import softmax\n", [], True),
    ],
)
def test_import_that_fails_on_tf2(tmp_path, module, other, rules, stays):
    """It stays only where another file may take the name from this one, and is reported there."""
    (tmp_path / "module.py").write_text(module)
    (tmp_path / "other.py").write_text(other)
    for target in ("shim", "native"):
        result = process(str(tmp_path / "module.py"), target, edit=True, write=False)
        assert [found.rule for found in result.findings] == rules
        assert ("from tensorflow." in result.after) == stays


def test_result_does_not_depend_on_files_that_are_written_before(tmp_path):
    """`tf.compat.v1.losses` in a migrated file does not mean that the project was written for TF2."""
    loss = "tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=x)"
    (tmp_path / "a.py").write_text(f"{IMPORT}y = tf.losses.softmax_cross_entropy(labels, x)\n")
    (tmp_path / "b.py").write_text(f"{IMPORT}y = {loss}\n")
    for name in ("a.py", "b.py"):
        process(str(tmp_path / name), "native", edit=True, write=True, folders=[str(tmp_path)])
    assert "tf.compat.v1.losses.softmax_cross_entropy" in (tmp_path / "a.py").read_text()
    assert "labels=tf.stop_gradient(y)" in (tmp_path / "b.py").read_text()
