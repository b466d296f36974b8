"""The examples in the rules, which are their documentation, and code that no rule may touch."""

import sys

import pytest

from tfsoftmax_compat.tools.migrate import rules
from tfsoftmax_compat.tools.migrate import source as source_module
from tfsoftmax_compat.tools.migrate.rules import all_rules
from tfsoftmax_compat.tools.migrate.source import migrate_source

TF = "import tensorflow as tf\n"
EXAMPLES = [(rule, example) for rule in all_rules() for example in rule.EXAMPLES]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
@pytest.mark.parametrize("target", ["shim", "native"])
def test_example(rule, example, target):
    """Before becomes after, and what is left is reported under the rule's identifier."""
    result = migrate_source(TF + example.before, target)
    expected = getattr(example, target)
    if expected is None:
        assert result.text == TF + example.before
        assert rule.ID in {finding.rule for finding in result.findings if finding.needs_person}
        return
    body = [line for line in result.text.splitlines(True) if "import" not in line]
    assert "".join(body) == "".join(line for line in expected.splitlines(True) if "import" not in line)
    assert not [finding for finding in result.findings if finding.needs_person]
    if expected != example.before:
        assert rule.ID in {finding.rule for finding in result.findings}


def test_rules_are_told_apart():
    """Each has its own identifier, a docstring with a source, and one of the three functions."""
    assert len({rule.ID for rule in all_rules()}) == len(all_rules())
    for rule in all_rules():
        assert "https://" in rule.__doc__
        functions = [name for name in ("apply", "review", "find") if hasattr(rule, name)]
        assert len(functions) == 1
        assert hasattr(rule, "IN_V1") == (functions != ["find"])


RULE = '''"""A new rule: nothing in the package names it."""

ID = "TFS199"
EXAMPLES = []


def find(names, target):
    yield names.nodes[-1], f"the last node, {target}"
'''


def test_a_new_module_is_a_new_rule(tmp_path, monkeypatch):
    """It is found in the folder, and runs."""
    (tmp_path / "newest.py").write_text(RULE)
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    monkeypatch.setattr(source_module, "_rules", lambda: rules.Rules.of(all_rules()))
    assert [found.message for found in migrate_source("x = 1\n", "native").findings] == ["the last node, native"]
    del sys.modules["tfsoftmax_compat.tools.migrate.rules.newest"]


UNTOUCHED = [
    "import mesh_tensorflow as mtf\nmtf.layers.softmax_cross_entropy_with_logits(logits, labels)\n",
    "import torch\ntorch.nn.softmax(x, dim=1)\n",
    "import torch.nn as nn\nnn.softmax(x, dim=1)\n",
    "from torch import nn\nnn.softmax(x, dim=1)\n",
    TF + "def softmax(x, dim): pass\nsoftmax(x, dim=1)\n",
    "from tensorpack import tfv1 as tf\ntf.losses.softmax_cross_entropy(y, x)\ntf.nn.softmax(x, dim=1)\n",
    "from ..compat import tfv1\ntfv1.nn.softmax_cross_entropy_with_logits(labels=y, logits=x)\n",
    TF + "loss = getattr(self, name)(x)\nwith tf.name_scope('softmax_cross_entropy_with_logits'): pass\n",
    TF + "def get(m, name):\n    if name == 'softmax_cross_entropy_with_logits':\n        return f\n"
    "    return getattr(m, name, 'the loss, such as softmax_cross_entropy_with_logits')\n",
    TF + '"""tf.nn.softmax(x, dim=1)"""\n# tf.nn.softmax(x, dim=1)\ns = "tf.nn.softmax(x, dim=1)"\n',
    TF + "y = tf.layers.dense(x, 3, tf.nn.softmax)\ny = Lambda(tf.nn.softmax)\n",
    TF + "y = heads(x, probability_fn=tf.nn.softmax)\n",
    TF + "def net(x, f=tf.nn.softmax):\n    return f(x)\n",
    TF + "y = tf.nn.softmax(x)\nz = tf.nn.log_softmax(x, axis=1)\n",
    TF + "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ids, logits=x)\n",
    TF + "loss = tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=x, axis=1)\n",
    TF + "loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=x)\n",
    TF + "loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=x)\n",
    TF + "loss = tf.nn.weighted_cross_entropy_with_logits(y, x, 2.0)\n",
    TF + "loss = tf.contrib.losses.mean_squared_error(x, y)\n",
    TF + "p = tf.contrib.layers.fully_connected(x, 3)\n",
    TF + "loss = tf.losses.mean_squared_error(x, y)\n",
    TF + "loss = tf.compat.v2.nn.softmax_cross_entropy_with_logits(y, x)\n",
    "import tensorflow.compat.v1 as tf\nloss = tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=x, dim=1)\n",
    "import tensorflow.compat.v1 as tf\nloss = tf.losses.softmax_cross_entropy(y, x)\n",
    "import tensorflow_probability as tfp\ntfp.nn.softmax(x, dim=1)\n",
    "from .tensorflow import nn\nnn.softmax(x, axis=1)\n",
    "import tf_slim as slim\nloss = slim.losses.softmax_cross_entropy(logits, labels)\n",
    TF + "def f(F, x):\n    return F.softmax(x, axis=1) + F.softmax(x, -1, 'name')\n",
    TF + "def f(model, x, y):\n    return model.sigmoid_cross_entropy_with_logits(y, x)\n",
    TF + "import torch\ndef f(x):\n    return x.softmax(dim=1)\n",
    TF + "import torch.nn.functional as F\ndef f(x):\n    return F.softmax(x, dim=1)\n",
    "def f(F, x):\n    return F.softmax(x, dim=1)\n",
    TF + "class A:\n    def softmax(self, x, dim):\n        return x\n    def f(self, x):\n"
    "        return self.softmax(x, dim=1)\n",
    TF + "import chainer.functions as F\nloss = F.softmax_cross_entropy(x, y)\n",
    TF + "def add(table, loss):\n    table['softmax_cross_entropy'] = loss\n    return table.get('softmax')\n",
    TF + "p = getattr(layers, 'softmax')(x)\n",
    TF + "exec('p = softmax(x)')\n",
    TF + "p = tf.contrib.layers.flatten(x)\nl = self.sequence_loss(x, y)\n",
    TF + "class A:\n    def f(self, x):\n        return g(self.softmax, dim=1)\n",
    TF + "def f(model, x):\n    model.softmax = h(x)\n    return g(model.softmax, dim=1)\n",
    TF + "def f(model):\n    return g(model.softmax.shape, dim=1)\n",
    TF + "def f(act):\n    return act.__name__ == 'softmax'\n",
    TF + "def f(x, name):\n    return tf.nn.softmax(x, axis=1, name=name)\nif tf.__version__ > '2':\n    f(x, 'a')\n",
    TF + "p = tf.nn.softmax(x)\nif tf.__version__ > '2':\n    print(p)\n",
    "from tensorflow.python.ops import gen_nn_ops\nl = gen_nn_ops.softmax_cross_entropy_with_logits(x, y)\n",
    TF + "y = dense(x, activation=tf.nn.softmax)\nz = keras.layers.Dense(3, activation=tf.nn.softmax)(x)\n",
    TF + "loss = tf.nn.sigmoid_cross_entropy_with_logits\nl = loss(labels=y, logits=x)\n",
]


def test_parameter_of_tf_0():
    """TF 0.x had it, so the message does not say that no release has it."""
    found = migrate_source(TF + "tf.nn.sigmoid_cross_entropy_with_logits(logits=x, targets=y)\n").findings
    assert [f.message for f in found] == [
        "not a valid call in TF1: only TF 0.x has a parameter `targets`; TF 1.0 renamed it to `labels`"
    ]


@pytest.mark.parametrize("source", UNTOUCHED)
@pytest.mark.parametrize("target", ["shim", "native"])
def test_look_alikes_and_what_is_right_already(source, target):
    """Nothing changes and nothing is reported."""
    result = migrate_source(source, target)
    assert (result.text, result.findings) == (source, [])


LEFT = {
    TF
    + "if tf.__version__ >= '2':\n    y = tf.nn.softmax(x, axis=1)\nelse:\n    y = tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "NEW = tf.VERSION > '2'\nif NEW:\n    y = 1\nelse:\n    y = tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "def f(x):\n    if tf.__version__ > '2':\n        return 0\n    return tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "if hasattr(tf.nn, 'a'):\n    f = tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "try:\n    f = tf.nn.softmax_cross_entropy_with_logits_v2\nexcept AttributeError:\n    f = 1\n": "TFS109",
    "from tensorflow import *\ny = tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "import other as tf\ny = tf.nn.softmax(x, dim=1)\n": "TFS109",
    "from tensorflow import *\ny = nn.softmax(x, dim=1)\n": "TFS109",
    "from tensorflow.nn import *\ny = softmax(x, dim=1)\n": "TFS109",
    "from util import tf\ny = tf.nn.softmax(x, dim=1)\n": "TFS109",
    "import importlib\ntf = importlib.import_module('tensorflow')\ny = tf.nn.softmax(x, dim=1)\n": "TFS109",
    "if a:\n    import tensorflow as tf\nelse:\n    import tensorflow.compat.v1 as tf\ny = tf.nn.softmax(x, dim=1)\n": (
        "TFS109"
    ),
    TF + "tf.nn.softmax_cross_entropy_with_logits = patched\n": "TFS109",
    TF + "class A:\n    def f(self, x):\n        return self.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "def f(tf, x):\n    return tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "def f(x):\n    tf = other()\n    return tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "nn = tf.nn\ndef f(nn, x):\n    return nn.softmax(x, dim=1)\n": "TFS109",
    TF + "f = lambda tf: tf.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "[tf.nn.softmax(x, dim=1) for tf in modules]\n": "TFS109",
    TF + "l = make().losses.sparse_softmax_cross_entropy(y, x)\n": "TFS109",
    "from common import tf\nl = tf.losses.softmax_cross_entropy(y, x)\n": "TFS109",
    TF + "def f(ops, x):\n    return ops.log_softmax(x, 'name')\n": "TFS109",
    TF + "def f(ops, x, y):\n    return ops.sigmoid_cross_entropy_with_logits(None, y, x)\n": "TFS109",
    "from tensorflow.contrib.legacy_seq2seq.python.ops import seq2seq\nl = seq2seq.sequence_loss(x, y, w)\n": "TFS115",
    "from tensorflow.contrib.layers.python.layers.layers import softmax\np = softmax(x)\n": "TFS115",
    TF + "def f(x, nn=tf.nn):\n    return nn.softmax(x, dim=1)\n": "TFS109",
    TF + "class A:\n    tf = tf\n    def f(self, x):\n        self.nn = tf.nn\n"
    "    def g(self, x):\n        return self.nn.softmax(x, dim=1)\n": "TFS109",
    TF + "nn = tf.nn if a else other\ny = nn.softmax(x, dim=1)\n": "TFS109",
    TF + "y = f'{tf.nn.softmax(x, dim=1)}'\n": "TFS109",
    TF + "y = tf.nn.softmax(x, axis=1, dim=1)\n": "TFS102",
    TF + "y = getattr(tf.nn, name)(x)\n": "TFS111",
    "from tensorflow import keras\n" + TF + "model.compile('adam', loss=tf.nn.softmax_cross_entropy_with_logits)\n": (
        "TFS107"
    ),
    "from tensorflow.contrib import slim\nl = slim.losses.softmax_cross_entropy(x, y)\n": "TFS115",
    "import tensorflow.contrib.slim as slim\np = slim.softmax(x)\n": "TFS115",
    "from tensorflow.contrib.seq2seq import sequence_loss as f\nl = f(x, y, w)\n": "TFS115",
    "from tensorflow.contrib import legacy_seq2seq as s\nl = s.sequence_loss_by_example(x, y, w)\n": "TFS115",
    TF + "l = tf.contrib.nn.deprecated_flipped_softmax_cross_entropy_with_logits(x, y)\n": "TFS115",
    TF + "p = tf.nn.softmax(tf.nn.sparse_softmax_cross_entropy(labels=a, logits=b))\n": "TFS110",
    TF + "def f(x, y):\n    x = tf.layers.dense(x, 2, activation=tf.nn.softmax)\n"
    "    return tf.losses.softmax_cross_entropy(y, tf.identity(x), axis=1)\n": "TFS112",
}


@pytest.mark.parametrize(("source", "rule"), LEFT.items())
@pytest.mark.parametrize("target", ["shim", "native"])
def test_what_is_not_clear_is_reported(source, rule, target):
    """The text is not changed, and a person has to decide."""
    result = migrate_source(source, target)
    assert result.text == source
    assert rule in {finding.rule for finding in result.findings if finding.needs_person}


@pytest.mark.parametrize(
    "source",
    [
        "def attend(x, f=tf.nn.softmax):\n    return f(x, dim=1)\n",
        "def attend(f, x):\n    return f(x, None, None, 1)\ny = attend(tf.nn.softmax, x)\n",
        "y = attend(tf.nn.softmax, {'dim': 1})\n",
    ],
)
def test_a_softmax_that_may_be_called_with_dim_is_reported(source):
    """In plain TF2 it has no such parameter."""
    assert [finding.rule for finding in migrate_source(TF + source, "native").findings] == ["TFS107"]


ASKS = "if tf.__version__ > '2': return 0\n"
CALL = "return tf.nn.softmax(x, dim=1)\n"
GUARDED = [  # the guard and the call, as lines of a function
    "try:\n  g()\nfinally:\n  {asks}  {call}",
    "try:\n  g()\nexcept ValueError:\n  {asks}  {call}",
    "match x:\n  case 1:\n    {asks}    {call}",
    "while x:\n  g()\nelse:\n  {asks}  {call}",
    "with g():\n  {asks}  {call}",
    "try:\n  g()\nfinally:\n  {asks}{call}",
    "try:\n  g()\nexcept ValueError:\n  {asks}{call}",
    "match x:\n  case 1:\n    {asks}{call}",
    "while x:\n  g()\nelse:\n  {asks}{call}",
    "with g():\n  {asks}{call}",
    "for a in x:\n  with g():\n    if tf.__version__ > '2': continue\n  {call}",
]
NOT_GUARDED = [
    "try:\n  g()\nexcept ValueError:\n  {asks}except TypeError:\n  {call}",
    "match x:\n  case 1:\n    {asks}  case 2:\n    {call}",
    "for a in x:\n  if tf.__version__ > '2': break\n{call}",
    "def f():\n  {asks}{call}",
]


def in_function(lines):
    """A module with a function of these lines."""
    body = lines.format(asks=ASKS, call=CALL)
    return TF + "def net(x):\n" + "".join(f"  {line}\n" for line in body.splitlines())


@pytest.mark.parametrize("lines", GUARDED)
@pytest.mark.parametrize("target", ["shim", "native"])
def test_code_behind_a_guard_is_left(lines, target):
    """The guard may be in the block of the call, or in a block that has run before it."""
    source = in_function(lines)
    result = migrate_source(source, target)
    assert (result.text, [finding.rule for finding in result.findings]) == (source, ["TFS109"])


@pytest.mark.parametrize(("last", "is_left"), [("", False), ("if tf.__version__ < '2':\n    f999(x)\n", True)])
def test_users_of_a_function_are_followed_however_many_there_are(last, is_left):
    """Each calls the one before it, and the release decides whether the last one is called."""
    chain = "".join(f"def f{i}(x):\n    return f{i - 1}(x)\n" for i in range(1, 1000))
    source = f"{TF}def f0(x):\n    return tf.nn.softmax(x, dim=1)\n{chain}{last}"
    assert (migrate_source(source, "native").text == source) == is_left


@pytest.mark.parametrize("lines", NOT_GUARDED)
def test_a_guard_of_other_code_is_no_reason_to_leave_a_call(lines):
    """It is in another branch, another function, or ends only a loop."""
    source = in_function(lines)
    assert migrate_source(source, "native").text == source.replace("dim=1", "axis=1")


def test_the_shim_in_a_doubtful_place_is_left_in_native():
    """The import of the function stays too."""
    before = TF + "from tfsoftmax_compat import nn\ny = f'{nn.softmax(x)}'\n"
    result = migrate_source(before, "native")
    assert (result.text, [finding.rule for finding in result.findings]) == (before, ["TFS109"])


def test_modules_by_another_name():
    """TensorFlow's own module keeps TF1's functions, but not their sentinel."""
    before = "from tensorflow.python.ops import nn_ops\ny = nn_ops.softmax(x, dim=1)\n"
    assert migrate_source(before, "native").text == before
    result = migrate_source(before + "l = nn_ops.sparse_softmax_cross_entropy_with_logits(None, y, x)\n")
    assert "l = nn.sparse_softmax" in result.text


def test_an_assignment_expression_gets_parentheses_behind_a_keyword():
    """``f(a := b)`` is right, and ``f(labels=a := b)`` is not."""
    result = migrate_source(TF + "loss = tf.nn.softmax_cross_entropy_with_logits_v2(a := y, x)\n", "native")
    assert "(labels=(a := y), logits=x, axis=-1)" in result.text


def test_comments_within_a_name_stay():
    """The imports are put behind it."""
    before = TF + "y = (tf\n     .nn  # why\n     .softmax_cross_entropy_with_logits_v2)(y, x)\n"
    after = TF + "y = (tf.nn.softmax_cross_entropy_with_logits  # why\n)(labels=y, logits=x, axis=-1)\n"
    assert migrate_source(before, "native").text == after


TWICE = [
    "logits = tf.layers.dense(h, 10)\np = tf.nn.softmax(logits)\nloss = {loss}(labels=y, logits=p)\n",
    "def net(x):\n    out = tf.nn.softmax(x)\n    return {loss}(labels=y, logits=out)\n",
    "p = tf.nn.softmax(x)\nq = p\nloss = {loss}(labels=y, logits=tf.reshape(q, [-1, 3]))\n",
    "p = tf.keras.layers.Dense(10, activation='softmax')(x)\nloss = {loss}(labels=y, logits=p)\n",
    "p = tf.layers.dense(x, 10, tf.nn.softmax)\nloss = {loss}(labels=y, logits=p)\n",
    "p = tf.keras.layers.Dense(10, tf.nn.softmax)(x)\nloss = {loss}(labels=y, logits=p)\n",
    "p = tf.math.softmax(x)\nloss = {loss}(labels=y, logits=p)\n",
    "x = dense(x)\nx = tf.nn.softmax(x)\nloss = {loss}(labels=y, logits=x)\n",
]
ONCE = [
    "x = tf.nn.softmax(x)\nx = tf.matmul(x, w)\nloss = {loss}(labels=y, logits=x)\n",
    "loss = {loss}(labels=y, logits=logits)\np = tf.nn.softmax(logits)\n",
    "loss = {loss}(labels=tf.nn.softmax(teacher), logits=logits)\n",
    "if train:\n    p = logits\nelse:\n    p = tf.nn.softmax(logits)\nloss = {loss}(labels=y, logits=p)\n",
    "p = tf.layers.dense(x, 10, tf.nn.relu)\nloss = {loss}(labels=y, logits=p)\n",
    "p = tf.nn.softmax(x)\nif a:\n    p = x\nloss = {loss}(labels=y, logits=p)\n",
    "if predict:\n    p = tf.nn.softmax(p)\nelse:\n    loss = {loss}(labels=y, logits=p)\n",
]
LOSS = "tf.nn.sparse_softmax_cross_entropy_with_logits"


IN_CLASS = (
    "class A:\n    def __init__(self, x):\n        self.p = {value}\n        self.q = tf.nn.softmax(x)\n"
    "        {more}\n    def loss(self, y):\n        return {{loss}}(labels=y, logits=self.p)\n"
)
TWICE += [
    "with tf.name_scope('p'):\n    p = tf.nn.softmax(logits)\nloss = {loss}(labels=y, logits=p)\n",
    "with a:\n    with b:\n        p = tf.nn.softmax(logits)\nwith c:\n    loss = {loss}(labels=y, logits=p)\n",
    IN_CLASS.format(value="tf.nn.softmax(x)", more="pass"),
    IN_CLASS.format(value="self.q", more="pass"),
]
ONCE += [
    "with a:\n    if train:\n        p = tf.nn.softmax(logits)\nloss = {loss}(labels=y, logits=p)\n",
    "with a:\n    p = tf.nn.softmax(logits)\np = logits\nloss = {loss}(labels=y, logits=p)\n",
    IN_CLASS.format(value="tf.nn.softmax(x)", more="self.p = x"),
    IN_CLASS.format(value="tf.nn.softmax(x)", more="self.p += x"),
    IN_CLASS.format(value="x", more="pass"),
    IN_CLASS.format(value="tf.nn.softmax(x)", more="pass").replace("    def loss", "class B:\n    def loss"),
]


@pytest.mark.parametrize(("source", "twice"), [(s, True) for s in TWICE] + [(s, False) for s in ONCE])
def test_softmax_twice(source, twice):
    """Followed through local names, and not where another binding may come between."""
    findings = migrate_source(TF + source.format(loss=LOSS)).findings
    assert ("TFS112" in {finding.rule for finding in findings}) == twice


SWAPPED = [
    "loss = {loss}(labels=self.logits, logits=self.target_data)\n",
    "loss = {loss}(labels=y_conv, logits=y_)\n",
    "loss = {loss}(labels=out, logits=labels)\n",
    "y = tf.placeholder(tf.float32, [None, 10])\nloss = {loss}(labels=pred, logits=y)\n",
    "x = tf.placeholder(dtype=tf.int64, shape=[None])\nloss = {loss}(labels=pred, logits=x)\n",
    "x = tf.one_hot(ids, 10)\nloss = {loss}(labels=pred, logits=x)\n",
    "loss = {loss}(labels=pred, logits=tf.one_hot(ids, 10))\n",
]
NOT_SWAPPED = [
    "loss = {loss}(labels=labels, logits=logits)\n",
    "loss = {loss}(labels=y_, logits=y)\n",
    "loss = {loss}(labels=y, logits=y_)\n",
    "loss = {loss}(labels=target, logits=target_logits)\n",
    "loss = {loss}(labels=teacher_logits, logits=logits)\n",
    "loss = {loss}(labels=labels, logits=labels)\n",
    "x = tf.placeholder(tf.float32, [None, 10])\nloss = {loss}(labels=y, logits=x)\n",
    "y = tf.placeholder(tf.float32)\ny = net(y)\nloss = {loss}(labels=t, logits=y)\n",
    "loss = {loss}(labels=tf.one_hot(ids, 10), logits=pred)\n",
]


@pytest.mark.parametrize(("source", "swapped"), [(s, True) for s in SWAPPED] + [(s, False) for s in NOT_SWAPPED])
def test_labels_and_logits_confused(source, swapped):
    """Reported where names, dtypes or one-hot calls show it, and nowhere else."""
    findings = migrate_source(TF + source.format(loss=LOSS)).findings
    assert ("TFS117" in {finding.rule for finding in findings}) == swapped


LOSS_OF_TF1 = "tf.nn.softmax_cross_entropy_with_logits"


@pytest.mark.parametrize(
    ("use", "shim", "native"),
    [
        ("tf.nn.softmax(*(x, 0))", [], []),
        ("tf.nn.softmax(x, **{'axis': 0})", [], []),
        ("tf.nn.softmax(x, **{'dim': 0})", ["TFS102"], ["TFS109"]),
        ("tf.nn.softmax(x, *[None, None, 0])", ["TFS102"], ["TFS109"]),
        (LOSS_OF_TF1 + "(**{'labels': y, 'logits': x})", ["TFS101"], ["TFS109"]),
        (LOSS_OF_TF1 + "(**{'labels': y, 'logits': x, 'axis': 1})", [], []),
        (LOSS_OF_TF1 + "(*(None, y, x))", ["TFS101", "TFS103"], ["TFS109"]),
        (LOSS_OF_TF1 + "(*(y, x))", ["TFS106"], ["TFS106"]),
        ("tf.nn.softmax(x, **{'depth': 0})", ["TFS109"], ["TFS109"]),
        ("tf.nn.softmax(x, **{name: 0})", ["TFS108"], ["TFS108"]),
        ("tf.nn.softmax(x, **{**options, 'axis': 0})", ["TFS108"], ["TFS108"]),
    ],
)
def test_arguments_in_literals(use, shim, native):
    """They are read, and nothing is reported where they are right. Plain TF2 code leaves the others to a person."""
    for target, rules_found in (("shim", shim), ("native", native)):
        result = migrate_source(f"{TF}y = {use}\n", target)
        assert [finding.rule for finding in result.findings] == rules_found
        is_moved = bool(result.findings) and not any(finding.needs_person for finding in result.findings)
        assert (result.text != f"{TF}y = {use}\n") == is_moved
