"""Modules that are hard to migrate, executed before and after: what is not reported computes the same."""

from typing import NamedTuple

import pytest

from tfsoftmax_compat.tools.migrate.source import migrate_source

from .execute import agree, results_of
from .forms import BOTH, DENSE, SAMPLED, SIGMOID, WEIGHTED

KEYWORDS = "labels=labels, logits=logits"


class Module(NamedTuple):
    """A module; `left_by` names the targets that report it and do not change it."""

    text: str
    left_by: tuple[str, ...] = ()


SHIM = ("shim",)
NATIVE = ("native",)
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

# Names that a text or a table of names binds to something else.
FAKE = "class Fake:\n    class nn:\n        softmax = staticmethod(lambda x, dim: x * dim)\n"
BOUND_BY_TEXT = [
    Module(f"{IMPORT}{FAKE}{rebinding}\n{COMPUTE}tf.nn.softmax(logits, dim=2)\n", BOTH)
    for rebinding in (
        "globals()['tf'] = Fake",
        "globals()['t' + 'f'] = Fake",
        "globals().update(tf=Fake)",
        "globals().update({'tf': Fake})",
        "globals().update(**{'tf': Fake})",
        "globals().__setitem__('tf', Fake)",
        "exec('tf = Fake')",
        "exec('tf = ' + 'Fake', globals())",
        "(lambda: 0).__globals__['tf'] = Fake",
        "import sys\nsys._getframe().f_globals['tf'] = Fake",
    )
]
BOUND_BY_TEXT += [
    Module(f"{IMPORT}{binding}\n{COMPUTE}tf.nn.softmax(logits, dim=0)\n")
    for binding in ("globals()['x'] = tf", "globals().update(x=1)", "exec('x = tf')", "exec('tf = ' + '1', {})")
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
# An import that something else than the rewritten call needs.
IMPORTS += [
    Module(f"from tensorflow.nn import relu, softmax\n{before}{COMPUTE}{call}\n")
    for before, call in (
        ("NAMES = 'softmax relu'.split()\n", "globals()[NAMES[0]](softmax(logits, dim=0))"),
        ("OPS = {n: globals()[n] for n in 'relu,softmax'.split(',')}\n", "OPS['softmax'](softmax(logits, dim=0))"),
    )
]

IMPORTS += [
    Module(f"import sys, types\nfrom tensorflow.nn import softmax\n{COMPUTE}softmax(logits, dim=0) * {read}(logits)\n")
    for read in (
        "(lambda start: eval(start + 'max'))('soft')",
        "types.SimpleNamespace(**globals()).softmax",
        "sys._getframe().f_globals['soft' + 'max']",
        "compute.__globals__['soft' + 'max']",
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
PATCHES.append(
    Module(
        f"{IMPORT}_original = tf.stop_gradient\ndef compute(logits, labels, ids):\n    try:\n"
        f"        tf.stop_gradient = lambda x: x\n        return tf.nn.{DENSE}({KEYWORDS})\n"
        "    finally:\n        tf.stop_gradient = _original\n",
        BOTH,
    )
)
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
_FAKE_NN = f"class Fake:\n    @staticmethod\n    def {DENSE}(labels, logits): return logits * labels\n"
PATCHES += [
    Module(
        f"from unittest import mock\n{_PATCHED}{_FAKE_NN}{IMPORT}NAME = '{DENSE}'\n"
        f"def compute(logits, labels, ids):\n    with mock.{patch}:\n        return tf.nn.{DENSE}({KEYWORDS})\n",
        BOTH,
    )
    for patch in (
        "patch.object(tf, 'nn', Fake)",
        "patch('tensorflow.nn', Fake)",
        "patch.object(tf.nn, NAME, fake)",
        f"patch.dict(vars(tf.nn), {{'{DENSE}': fake}})",
        f"patch.dict(tf.nn.__dict__, {DENSE}=fake)",
        "patch('tensorflow.stop_gradient', lambda x: x * 3.0)",
    )
]
PATCHES += [
    Module(
        f"import sys\n{_PATCHED}{_FAKE_NN}{IMPORT}def put(module, function):\n    module.{DENSE} = function\n"
        f"_nn, _original = tf.nn, getattr(tf.nn, '{DENSE}')\ndef compute(logits, labels, ids):\n    try:\n"
        f"        {patch}\n        return tf.nn.{DENSE}({KEYWORDS})\n    finally:\n        {restore}\n",
        BOTH,
    )
    for patch, restore in (
        ("put(tf.nn, fake)", "put(tf.nn, _original)"),
        ("setattr(tf, 'nn', Fake)", "setattr(tf, 'nn', _nn)"),
        (f"sys.modules['tensorflow'].nn.{DENSE} = fake", f"sys.modules['tensorflow'].nn.{DENSE} = _original"),
        (f"vars(tf.nn).update({DENSE}=fake)", f"vars(tf.nn).update({DENSE}=_original)"),
    )
]

# Code that asks which TensorFlow is installed, and then calls TF1's v2 or TF2's function.
_BY_RELEASE = f"    if {{}}:\n        return tf.nn.{DENSE}({KEYWORDS})\n    return tf.nn.{DENSE}_v2({KEYWORDS})\n"
GUARDS = [
    Module(f"{IMPORT}{before}def compute(logits, labels, ids):\n{_BY_RELEASE.format(test)}", BOTH)
    for before, test in (
        ("def is_tf2():\n    return tf.__version__ >= '2'\n", "is_tf2()"),
        ("is_tf2 = lambda: tf.__version__ >= '2'\n", "is_tf2()"),
        ("if tf.__version__ < '2':\n    TF2 = False\nelse:\n    TF2 = True\n", "TF2"),
        ("TF2 = False\nif tf.__version__ >= '2':\n    TF2 = True\n", "TF2"),
        ("try:\n    tf.placeholder\n    TF1 = True\nexcept AttributeError:\n    TF1 = False\n", "not TF1"),
        ("try:\n    import tensorflow.contrib\n    TF1 = True\nexcept ImportError:\n    TF1 = False\n", "not TF1"),
        ("", "'placeholder' not in dir(tf)"),
        ("class Env:\n    tf2 = tf.__version__ >= '2'\n", "Env.tf2"),
        ("class Env:\n    def __init__(self):\n        self.tf2 = tf.__version__ >= '2'\nenv = Env()\n", "env.tf2"),
    )
]
GUARDS.append(
    Module(
        f"{IMPORT}TF2 = tf.__version__ >= '2'\n"
        f"{COMPUTE}(TF2 and [tf.nn.{DENSE}({KEYWORDS})] or [tf.nn.{DENSE}_v2({KEYWORDS})])[0]\n",
        BOTH,
    )
)
GUARDS += [
    Module(
        f"{IMPORT}TF2 = tf.__version__ >= '2'\n{COMPUTE}{chosen}\n",
        BOTH,
    )
    for chosen in (
        f"[tf.nn.{DENSE}, tf.nn.{DENSE}][TF2]({KEYWORDS})",
        f"{{'1': tf.nn.{DENSE}}}[tf.__version__[0]]({KEYWORDS})",
        f"tf.nn.{DENSE}({KEYWORDS}) if not tf.executing_eagerly() else tf.nn.{DENSE}(labels, logits)",
    )
]
# The release decides which function or class is used, and the call is inside.
_OLD = f"tf.nn.{DENSE}_v2({KEYWORDS})"
_NEW = f"tf.nn.{DENSE}({KEYWORDS})"
_FUNCTIONS = f"def old_1(labels, logits):\n    return {_OLD}\ndef old_2(labels, logits):\n    return {_NEW}\n"
_LAMBDAS = f"old_1 = lambda labels, logits: {_OLD}\nold_2 = lambda labels, logits: {_NEW}\n"
_CLASSES = (
    f"class Old:\n    def loss_1(self, labels, logits):\n        return {_OLD}\n    loss = loss_1\n"
    f"    def loss_2(self, labels, logits):\n        return {_NEW}\n"
    "class New(Old):\n    def loss(self, labels, logits):\n        return self.loss_2(labels, logits)\n"
)
_TABLE = "TABLE = {False: old_1, True: old_2}\n"
_PAIRS = "PAIRS = (('1', old_1), ('2', old_2))\n"
_CALL = f"({KEYWORDS})"
GUARDS += [
    Module(f"{IMPORT}TF2 = tf.__version__ >= '2'\n{before}def compute(logits, labels, ids):\n    {body}\n", BOTH)
    for before, body in (
        (_FUNCTIONS, f"return (old_2 if TF2 else old_1){_CALL}"),
        (_FUNCTIONS, f"return {{'1': old_1, '2': old_2}}[tf.__version__[0]]{_CALL}"),
        (_FUNCTIONS + _TABLE, f"return TABLE[TF2]{_CALL}"),
        (_FUNCTIONS + _TABLE, f"return TABLE.get(TF2){_CALL}"),
        (_FUNCTIONS + _PAIRS, f"return next(f for v, f in PAIRS if tf.__version__.startswith(v)){_CALL}"),
        (
            _FUNCTIONS + _PAIRS,
            f"for v, f in PAIRS:\n        if tf.__version__.startswith(v):\n            return f{_CALL}",
        ),
        (_FUNCTIONS, f"return globals()['old_' + tf.__version__[0]]{_CALL}"),
        (_FUNCTIONS, f"if tf.executing_eagerly():\n        return old_2{_CALL}\n    return old_1{_CALL}"),
        (_FUNCTIONS, f"return old_2{_CALL} if hasattr(logits, 'numpy') else old_1{_CALL}"),
        (_FUNCTIONS, f"return old_2{_CALL} if type(logits).__name__ == 'EagerTensor' else old_1{_CALL}"),
        (
            f"{_FUNCTIONS}def choose(is_new):\n    if is_new:\n        return old_2\n    return old_1\n",
            f"return choose(TF2){_CALL}",
        ),
        (
            f"{_FUNCTIONS}def choose(a, b, second):\n    return (a, b)[bool(second)]\n",
            f"return choose(old_1, old_2, TF2){_CALL}",
        ),
        (_CLASSES + "Model = New if TF2 else Old\n", "return Model().loss(labels, logits)"),
        (_CLASSES + "class Model((Old, New)[TF2]):\n    pass\n", "return Model().loss(labels, logits)"),
        (_CLASSES, "return getattr(Old(), 'loss_' + tf.__version__[0])(labels, logits)"),
        (
            "def loss(labels, logits, new=tf.__version__ >= '2'):\n"
            f"    if new:\n        return {_NEW}\n    return {_OLD}\n",
            "return loss(labels, logits)",
        ),
        (
            f"class A:\n    def __init__(self, new):\n        self.new = new\n    def loss(self, labels, logits):\n"
            f"        return {_NEW} if self.new else {_OLD}\n",
            "return A(TF2).loss(labels, logits)",
        ),
        (_LAMBDAS, f"return (old_2 if TF2 else old_1){_CALL}"),
    )
]
# The release is asked for in a way that is not followed to the calls.
GUARDS += [
    Module(f"{IMPORT}{before}def compute(logits, labels, ids):\n    {body}\n", BOTH)
    for before, body in (
        (
            "class Release:\n    def __init__(self):\n        self.text = tf.__version__\n"
            "    def is_2(self):\n        return self.text >= '2'\nrelease = Release()\n",
            f"return {_NEW} if release.is_2() else {_OLD}",
        ),
        (
            "import os\nos.environ['TF_RELEASE'] = tf.__version__\n",
            f"return {_NEW} if os.environ['TF_RELEASE'] >= '2' else {_OLD}",
        ),
        ("C = {}\nC['new'] = tf.__version__ >= '2'\n", f"return {_NEW} if C['new'] else {_OLD}"),
        (
            "",
            f"try:\n        assert tf.__version__ < '2'\n        return {_OLD}\n"
            f"    except AssertionError:\n        return {_NEW}",
        ),
        (
            "def only(major):\n    return lambda f: f if tf.__version__[0] == major else None\n"
            f"@only('1')\ndef one(labels, logits):\n    return {_OLD}\n"
            f"@only('2')\ndef two(labels, logits):\n    return {_NEW}\n",
            f"return (one or two){_CALL}",
        ),
        (
            f"{_FUNCTIONS}class A:\n    table = {{}}\nA.table.update({{'1': old_1, '2': old_2}})\n",
            f"return A.table[tf.__version__[0]]{_CALL}",
        ),
    )
]
# Both losses, and both are TF1's.
GUARDS.append(Module(f"{IMPORT}{COMPUTE}{_NEW} + {_OLD}\n"))
GUARDS.append(Module(f"{IMPORT}print(tf.__version__)\n{COMPUTE}{_NEW}\n"))
# A name that only TF2 has, where the code asks for it first: the module was written for both.
GUARDS += [
    Module(f"{IMPORT}{seed}{COMPUTE}tf.nn.{DENSE}({KEYWORDS})\n", BOTH)
    for seed in (
        "if tf.__version__ >= '2':\n    tf.random.set_seed(1)\n",
        "try:\n    tf.random.set_seed(1)\nexcept AttributeError:\n    pass\n",
    )
]

# Partials whose other arguments come later.
PARTIALS = [
    Module(f"from functools import partial\n{IMPORT}{before}{COMPUTE}{call}\n", NATIVE)
    for before, call in (
        ("attend = partial(tf.nn.softmax, name='a')\n", "attend(logits, dim=0)"),
        ("", "partial(tf.nn.softmax)(logits, dim=0)"),
        ("def over_rows(f):\n    return partial(f, dim=0)\n", "over_rows(tf.nn.softmax)(logits)"),
        ("", f"partial(tf.nn.{DENSE}_v2)({KEYWORDS})"),
        ("", f"partial(tf.nn.{DENSE}_v2, name='a')({KEYWORDS}, dim=0)"),
        ("", "partial(tf.nn.sigmoid_cross_entropy_with_logits, None, labels)(logits)"),
    )
]
PARTIALS += [
    Module(f"from functools import partial\n{IMPORT}{before}{COMPUTE}{call}\n", NATIVE)
    for before, call in (
        ("", f"partial(tf.nn.sparse_{DENSE}, name='a')(None, ids, logits)"),
        ("", f"partial(tf.nn.{WEIGHTED}, pos_weight=2.0)(targets=labels, logits=logits)"),
        (f"f = tf.nn.{WEIGHTED}\n", "f(targets=labels, logits=logits, pos_weight=2.0)"),
        (f"T = {{'w': tf.nn.{WEIGHTED}}}\n", "T['w'](targets=labels, logits=logits, pos_weight=2.0)"),
        ("", f"tf.nn.{WEIGHTED}.__call__(targets=labels, logits=logits, pos_weight=2.0)"),
        (f"f = tf.nn.{SIGMOID}\n", "f(None, labels, logits)"),
        ("", f"tf.nn.{SIGMOID}.__call__(None, labels, logits)"),
        ("def run(f, *args):\n    return f(*args)\n", "run(tf.nn.softmax, logits, None, None, 0)"),
        ("def run(f, *args):\n    return f(*args)\n", f"run(tf.nn.{SIGMOID}, None, labels, logits)"),
        ("def run(f, args):\n    return f(*args)\n", "run(tf.nn.softmax, [logits, None, None, 0])"),
        (f"f = tf.nn.{SIGMOID}\ndef run(args):\n    return f(*args)\n", "run([None, labels, logits])"),
        ("import itertools\n", "list(itertools.starmap(tf.nn.softmax, [(logits, None, None, 0)]))[0]"),
        ("def dense(x, activation):\n    return activation(x, dim=0)\n", "dense(logits, activation=tf.nn.softmax)"),
    )
]
PARTIALS.append(
    Module(f"from functools import partial\n{IMPORT}{COMPUTE}partial(tf.nn.softmax, name='a')(logits, axis=0)\n")
)
# A partial whose `dim` is passed again, or looked for.
PARTIALS += [
    Module(f"from functools import partial\n{IMPORT}f = partial({function}, dim=-1)\n{COMPUTE}{result}\n", NATIVE)
    for function, result in (
        ("tf.nn.softmax", "f(logits, dim=0)"),
        ("tf.nn.log_softmax", "f(logits) * f.keywords['dim']"),
        (f"tf.nn.{DENSE}_v2", f"f({KEYWORDS}, dim=0)"),
    )
]
# Softmax that is compared: TensorFlow's and this package's are not equal.
COMPARED = [
    Module(f"{IMPORT}{head}{COMPUTE}head(logits, {argument}tf.nn.softmax)\n", SHIM)
    for head, argument in (
        ("def head(x, act):\n    return act(x) * (2.0 if act is tf.nn.softmax else 1.0)\n", "act="),
        ("def head(x, act=None):\n    return act(x) * (1.0 if act != tf.nn.softmax else 3.0)\n", ""),
        ("def head(x, act):\n    return act(x) * (2.0 if act in (tf.nn.softmax, tf.nn.relu) else 1.0)\n", ""),
        ("SCALE = {tf.nn.softmax: 2.0, tf.nn.relu: 1.0}\ndef head(x, act):\n    return act(x) * SCALE[act]\n", ""),
    )
]

# Softmax that may be compared with another value, which moves: both move. What is not reported computes the same.
_LINEAR = "def head(x, act):\n    return act(x) * (2.0 if "
COMPARED += [
    Module(f"{IMPORT}{head}{COMPUTE}head(logits{argument})\n", NATIVE)
    for head, argument in (
        (f"LAST = (tf.nn.softmax, tf.nn.log_softmax)\n{_LINEAR}act in LAST else 1.0)\n", ", tf.nn.softmax"),
        (f"class Layer:\n    last = tf.nn.softmax\n{_LINEAR}act is Layer.last else 1.0)\n", ", act=tf.nn.softmax"),
        (f"LEFT = {{tf.nn.softmax}}\n{_LINEAR}LEFT - {{act}} else 1.0)\n", ", tf.nn.softmax"),
        (f"f = tf.nn.softmax\nLAST = {{'a': f}}\n{_LINEAR}act is LAST['a'] else 1.0)\n", ", tf.nn.softmax"),
        (
            "LAST = [tf.nn.softmax]\ndef head(x, act=tf.nn.softmax):\n    return act(x) * (1.0 + LAST.count(act))\n",
            "",
        ),
    )
]

# TF2's function has another name.
COMPARED += [
    Module(
        f"{IMPORT}def head(x, act):\n    return act(x) * (2.0 if {name} == 'softmax' else 1.0)\n"
        f"{COMPUTE}head(logits, tf.nn.softmax)\n",
        BOTH,
    )
    for name in ("act.__name__", "act.__qualname__", "getattr(act, '__name__', '')")
]

COMPARED.append(
    Module(
        f"{IMPORT}def head(x, act):\n    return act(x) * (2.0 if 'function softmax at' in str(act) else 1.0)\n"
        f"{COMPUTE}head(logits, tf.nn.softmax)\n",
        BOTH,
    )
)

# Modules that cannot be traced: how each is prepared, and what it is in `compute`.
_HANDED_ON = {
    "attribute": ("class A:\n    def __init__(self):\n        self.ops = tf.nn\n", "A().ops"),
    "own attribute": (
        "class A:\n    def __init__(self):\n        self.ops = tf.nn\n    def loss(self, labels, logits):\n"
        f"        return self.ops.{DENSE}({KEYWORDS})\n",
        "",
    ),
    "parameter": (f"def loss(ops, labels, logits):\n    return ops.{DENSE}({KEYWORDS})\n", "tf.nn, "),
    "default": (f"def loss(labels, logits, F=tf.nn):\n    return F.{DENSE}({KEYWORDS})\n", "default"),
    "dictionary": ("", "{'a': tf.nn}.get('a')"),
    "item": ("modules = [tf.nn]\n", "modules[0]"),
    "function": ("def backend():\n    return tf.nn\n", "backend()"),
    "lambda": ("backend = lambda: tf.nn\n", "backend()"),
    "class body": ("class A:\n    import tensorflow as tf\na = A()\n", "a.tf.nn"),
    "starred": ("nn, *rest = tf.nn, 1, 2\n", "nn"),
    "loop": ("for nn in (tf.nn,):\n    pass\n", "nn"),
    "with": ("import contextlib\n@contextlib.contextmanager\ndef open_nn():\n    yield tf.nn\n", "with"),
    "partial import": ("import types\ncommon = types.SimpleNamespace(tf=tf, nn=tf.nn)\n", "common.tf.nn"),
    "__getattr__": (
        "class Lazy:\n    def __getattr__(self, name):\n        return getattr(tf, name)\nlazy = Lazy()\n",
        "lazy.nn",
    ),
    "modules": ("import sys\n", "sys.modules['tensorflow'].nn"),
    "globals": ("globals()['NN'] = tf.nn\n", "NN"),
    "getattr": ("", "getattr(tf, 'nn')"),
}
_BODIES = {
    "": f"A().loss({KEYWORDS})",
    "tf.nn, ": f"loss(tf.nn, {KEYWORDS})",
    "default": f"loss({KEYWORDS})",
}
HANDED_ON = [
    Module(f"{IMPORT}{before}{COMPUTE}{_BODIES.get(module, f'{module}.{DENSE}({KEYWORDS})')}\n", BOTH)
    for before, module in _HANDED_ON.values()
    if module != "with"
]
HANDED_ON += [
    Module(f"{IMPORT}f = tf.compat.v1.make_template('a', {function})\n{COMPUTE}f({call})\n", left_by)
    for function, call, left_by in (
        ("tf.nn.softmax, dim=0", "logits", NATIVE),
        ("tf.nn.softmax", "logits, dim=0", NATIVE),
        (f"tf.nn.{DENSE}", KEYWORDS, BOTH),  # tf.compat.v1 beside it: tf_upgrade_v2 may have renamed the loss
    )
]
HANDED_ON.append(
    Module(
        f"{IMPORT}{_HANDED_ON['with'][0]}def compute(logits, labels, ids):\n    with open_nn() as nn:\n"
        f"        return nn.{DENSE}({KEYWORDS})\n",
        BOTH,
    )
)
# Other functions than the cross entropies: what a module is passed on by decides whether they are reported.
HANDED_ON += [
    Module(f"{IMPORT}{before}{COMPUTE}{call}\n", BOTH)
    for before, call in (
        ("class A:\n    nn = tf.nn\n", "A().nn.softmax(logits, dim=0)"),
        ("class A:\n    losses = tf.losses\n", "A.losses.softmax_cross_entropy(labels, logits)"),
        ("for nn in (tf.nn,):\n    pass\n", "nn.softmax(logits, dim=0)"),
        ("(a, (nn, b)) = 1, (tf.nn, 2)\n", "nn.softmax(logits, dim=0)"),
        ("", "[nn.softmax(logits, dim=0) for nn in (tf.nn,)][0]"),
        ("import importlib\nnn = importlib.import_module('tensorflow.nn')\n", "nn.softmax(logits, dim=0)"),
        ("import importlib\nT = importlib.import_module(name='tensorflow')\n", "T.nn.softmax(logits, dim=0)"),
        ("try:\n    import missing as T\nexcept ImportError:\n    T = tf\n", "T.nn.softmax(logits, dim=0)"),
        (
            "try:\n    from missing import nn\nexcept ImportError:\n    from tensorflow import nn\n",
            "nn.softmax(logits, dim=0)",
        ),
        ("class A:\n    ops = tf.nn\n", f"A().ops.nce_loss({SAMPLED})"),
        ("", "[m.softmax(logits, dim=0) for m in [tf.nn]][0]"),
        ("", "(lambda m: m.log_softmax(logits, None, None, 0))(tf.nn)"),
        ("def attend(m, x):\n    f = m.softmax\n    return f(x, dim=0)\n", "attend(tf.nn, logits)"),
        ("def loss(L, *args):\n    return L.softmax_cross_entropy(*args)\n", "loss(tf.losses, labels, logits)"),
        ("class A:\n    nn = tf.nn\n", f"A.nn.{WEIGHTED}(targets=labels, logits=logits, pos_weight=2.0)"),
        ("class A:\n    nn = tf.nn\n", f"A.nn.{SIGMOID}(None, labels, logits)"),
        ("tf.ops = tf.nn\n", "tf.ops.softmax(logits, dim=0)"),
        (
            "try:\n    from tensorflow.contrib import losses_of_other_release as L\n"
            "except ImportError:\n    from tensorflow import losses as L\n",
            "L.softmax_cross_entropy(labels, logits)",
        ),
        (
            "class A:\n    ops = tf.contrib.seq2seq\n",
            "A.ops.sequence_loss(logits[None], ids[None], tf.ones([1, 2]))",
        ),
        ("def get(m):\n    return m.softmax\n", "get(tf.nn)(logits, dim=0)"),
        ("def get(m):\n    return {'a': m.log_softmax}\n", "get(tf.nn)['a'](logits, dim=0)"),
        (
            f"class A:\n    def __init__(self, m):\n        self.f = m.{WEIGHTED}\n",
            "A(tf.nn).f(targets=labels, logits=logits, pos_weight=2.0)",
        ),
        ("def get(m):\n    return m.softmax_cross_entropy\n", "get(tf.losses)(labels, logits)"),
        ("from functools import partial\n", "(lambda m: partial(m.softmax, dim=0)(logits))(tf.nn)"),
        ("class A:\n    from tensorflow.nn import nce_loss\n", f"A.nce_loss({SAMPLED})"),
        ("import types\n", f"types.SimpleNamespace(**vars(tf.nn)).sampled_softmax_loss({SAMPLED})"),
        (
            f"def loss(ops, logits, labels, ids):\n    return ops.sampled_softmax_loss({SAMPLED})\n",
            "loss(tf.nn, logits, labels, ids)",
        ),
    )
]
# Functions by their name.
BY_STRING = [
    Module(f"import operator\n{IMPORT}{COMPUTE}{function}({KEYWORDS})\n", BOTH)
    for function in (
        f"getattr(getattr(tf, 'nn'), '{DENSE}')",
        f"operator.attrgetter('nn.{DENSE}')(tf)",
        f"tf.nn.__dict__['{DENSE}']",
        f"vars(tf.nn)['{DENSE}']",
        f"vars(tf.nn).get('{DENSE}')",
        f"(lambda module, name='{DENSE}': getattr(module, name))(tf.nn)",
        f"tf.nn.__getattribute__('{DENSE}')",
        f"eval('tf.nn.{DENSE}')",
        f"[getattr(m, n) for m in [tf.nn] for n in ['{DENSE}']][0]",
    )
]
BY_STRING += [
    Module(f"import operator\n{IMPORT}{COMPUTE}operator.methodcaller('{DENSE}', {KEYWORDS})(tf.nn)\n", BOTH),
    Module(f"{IMPORT}exec('def f(labels, logits): return tf.nn.{DENSE}({KEYWORDS})')\n{COMPUTE}f({KEYWORDS})\n", BOTH),
    Module(
        f"{IMPORT}NAME = '{DENSE}'\ndef find(m):\n    return getattr(m, NAME)\n{COMPUTE}find(tf.nn)({KEYWORDS})\n", BOTH
    ),
]
BY_STRING += [
    Module(f"from tensorflow.nn import softmax\n{COMPUTE}{table}(logits, dim=0)\n", BOTH)
    for table in ("globals()['softmax']", "globals().get('softmax')")
]
BY_STRING += [
    Module(
        f"from functools import reduce\n{IMPORT}{COMPUTE}reduce(getattr, ['nn', '{DENSE}'], tf)({KEYWORDS})\n", BOTH
    ),
    Module(f"{IMPORT}T = {{}}\nT.update(vars(tf.nn))\n{COMPUTE}T['{DENSE}']({KEYWORDS})\n", BOTH),
]
BY_STRING += [
    Module(f"import operator\n{IMPORT}{COMPUTE}{function}({SAMPLED})\n", BOTH)
    for function in (
        "operator.attrgetter('nn.nce_loss')(tf)",
        "vars(tf.nn)['sampled_softmax_loss']",
        "getattr(getattr(tf, 'nn'), 'nce_loss')",
    )
]
BY_STRING += [
    Module(f"import operator\n{IMPORT}{before}{COMPUTE}{call}\n", BOTH)
    for before, call in (
        ("", "operator.attrgetter('nn.softmax')(tf)(logits, dim=0)"),
        ("", "operator.methodcaller('softmax', logits, dim=0)(tf.nn)"),
        ("import inspect\n", "inspect.getattr_static(tf.nn, 'softmax')(logits, dim=0)"),
        ("", "eval('tf.nn.softmax(logits, dim=0)')"),
        ("", "eval(f\"{'tf.nn'}.softmax(logits, dim=0)\")"),
        ("", "eval('tf.losses.softmax_cross_entropy(labels, logits)')"),
        ("", "eval('tf.nn.softmax(logits, ' + 'dim=0)')"),
        ("def get(m, name='softmax_cross_entropy'):\n    return getattr(m, name)\n", "get(tf.losses)(labels, logits)"),
        ("def get(m):\n    return vars(m)['softmax']\n", "get(tf.nn)(logits, dim=0)"),
        ("import functools\n", "functools.reduce(getattr, 'nn.softmax'.split('.'), tf)(logits, dim=0)"),
        ("PATHS = {'a': 'nn.softmax'}\n", "operator.attrgetter(PATHS['a'])(tf)(logits, dim=0)"),
        ("def get(m):\n    return getattr(m, 'soft' + 'max')\n", "get(tf.nn)(logits, dim=0)"),
        (
            "def get(m, kind):\n    return getattr(m, '%s_cross_entropy_with_logits' % kind)\n",
            f"get(tf.nn, 'softmax')({KEYWORDS})",
        ),
        (
            "def find(path):\n    module, name = path.split('.')\n    return getattr(getattr(tf, module), name)\n",
            "find('losses.softmax_cross_entropy')(labels, logits)",
        ),
        ("FUNCTIONS = {**vars(tf.nn)}\n", "FUNCTIONS['softmax'](logits, dim=0)"),
        ("import inspect\n", "dict(inspect.getmembers(tf.nn))['softmax'](logits, dim=0)"),
        ("", f"[f for n, f in vars(tf.nn).items() if n == '{DENSE}'][0]({KEYWORDS})"),
        ("", "eval('tf.nn.{}(logits, {}=0)'.format('softmax', 'dim'))"),
    )
]
PARTIALS.append(
    Module(
        f"{IMPORT}def run(f, x):\n    return f(x, **{{'d' + 'im': 0}})\n{COMPUTE}run(tf.nn.softmax, logits)\n", NATIVE
    )
)
# A name that reaches getattr in a way that is not followed.
_GET = "def get(m, name):\n    return getattr(m, name)\n"
BY_STRING += [
    Module(f"{IMPORT}{_GET}{before}{COMPUTE}get({name})({KEYWORDS})\n", BOTH)
    for before, name in (
        (f'import json\nCONFIG = json.loads(\'{{"criterion": "{DENSE}"}}\')\n', "tf.nn, CONFIG['criterion']"),
        (
            f"import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--f', default='{DENSE}')\n",
            "tf.nn, parser.parse_args([]).f",
        ),
        (f"OPTIONS = dict(name='{DENSE}', f='{DENSE}')\n", "tf.nn, OPTIONS['f']"),
        (f"import collections\nOptions = collections.namedtuple('O', 'f')(f='{DENSE}')\n", "tf.nn, Options.f"),
        (f"TEXT = '''\nactivation: relu\nloss: nn.{DENSE}\n'''\n", "tf.nn, TEXT.strip().split('.')[-1]"),
        (f"TEXT = 'heads: [nn.{DENSE}]'\n", "tf.nn, TEXT.split('.')[-1].strip(']')"),
        (f"def name():\n    return '{DENSE}'\n", "tf.nn, name()"),
        (f"NAMES = 'relu {DENSE}'.split()\n", "tf.nn, NAMES[1]"),
        (f"TABLE = {{'a': ('nn', '{DENSE}')}}\n", "tf.nn, TABLE['a'][1]"),
        (f"WEIGHTS = {{'{DENSE}': 1.0}}\n", "tf.nn, list(WEIGHTS)[0]"),
    )
]
# tf.math has the same two functions.
MATH = [
    Module(f"{IMPORT}{COMPUTE}tf.math.{call}\n")
    for call in ("softmax(logits, dim=0)", "log_softmax(logits, None, None, 0)", "softmax(logits, 0)")
]
MATH.append(Module(f"from tensorflow.math import softmax\n{COMPUTE}softmax(logits, dim=0)\n"))
# The internal module has TF1's functions in all releases, but not their sentinel.
MATH += [
    Module(f"from tensorflow.python.ops import nn_impl\n{COMPUTE}nn_impl.{call}\n")
    for call in (f"{SIGMOID}(None, labels, logits)", f"{SIGMOID}({KEYWORDS})", f"nce_loss({SAMPLED})")
]
# The enumeration of reductions, outside the call.
_LOSS = "tf.losses.softmax_cross_entropy"
REDUCTIONS = [
    Module(f"{IMPORT}{before}{COMPUTE}{call}\n")
    for before, call in (
        ("R = tf.losses.Reduction.SUM\n", f"{_LOSS}(labels, logits, reduction=R)"),
        ("R = tf.losses.Reduction\n", f"{_LOSS}(labels, logits, reduction=R.SUM_BY_NONZERO_WEIGHTS)"),
        ("class A:\n    r = tf.losses.Reduction.SUM\n", f"{_LOSS}(labels, logits, reduction=A.r)"),
        ("T = dict(sum=tf.losses.Reduction.SUM)\n", f"{_LOSS}(labels, logits, reduction=T['sum'])"),
        (
            f"def loss(y, x, r=tf.losses.Reduction.SUM):\n    return {_LOSS}(y, x, reduction=r)\n",
            "loss(labels, logits)",
        ),
        (
            "from tensorflow.losses import Reduction, softmax_cross_entropy\n",
            "softmax_cross_entropy(labels, logits, reduction=Reduction.SUM)",
        ),
    )
]
# It stays where the loss that it is for stays.
REDUCTIONS += [
    Module(f"{IMPORT}{before}{COMPUTE}{call}\n", BOTH)
    for before, call in (
        (
            "def loss(L, y, x):\n    return L.softmax_cross_entropy(y, x, reduction=tf.losses.Reduction.SUM)\n",
            "loss(tf.losses, labels, logits)",
        ),
        (
            "R = tf.losses.Reduction.SUM\ndef loss(L, y, x):\n    return L.softmax_cross_entropy(y, x, reduction=R)\n",
            "loss(tf.losses, labels, logits)",
        ),
    )
]
# What is the file's own, or another library's.
OWN = [
    Module(f"{before}{COMPUTE}{call}({KEYWORDS})\n")
    for before, call in (
        (f"def {DENSE}(labels, logits):\n    return labels * logits\n", DENSE),
        (f"{DENSE} = lambda labels, logits: labels * logits\n", DENSE),
        (f"class A:\n    def {DENSE}(self, labels, logits):\n        return labels * logits\n", f"A().{DENSE}"),
        (
            f"class A:\n    def {DENSE}(self, labels, logits):\n        return labels * logits\n"
            f"    def loss(self, labels, logits):\n        return self.{DENSE}({KEYWORDS})\na = A()\n",
            "a.loss",
        ),
        (f"{IMPORT}nce_loss = 1\ndef {DENSE}(labels, logits):\n    return labels * logits * nce_loss\n", DENSE),
        (f"TABLE = {{'{DENSE}': lambda labels, logits: labels * logits}}\n", f"TABLE['{DENSE}']"),
    )
]

# TensorFlow on TF1, tensorflow.compat.v1 on TF2: both have TF1's meaning.
REBOUND = [
    Module(f"{header}{COMPUTE}tf.nn.{DENSE}(labels=labels, logits=tf.nn.log_softmax(logits, dim=0))\n")
    for header in (
        f"{IMPORT}tf = tf.compat.v1\n",
        f"{IMPORT}import functools\ntf = tf.compat.v1\n",
        f"{IMPORT}FIRST = tf.nn.softmax([[1.]], dim=0)\ntf = tf.compat.v1\n",
        f"{IMPORT}if tf.__version__ > '2':\n    tf = tf.compat.v1\nsession = tf.Session\n",
        f"{IMPORT}if hasattr(tf, 'compat'):\n    tf = tf.compat.v1\n",
        f"{IMPORT}if tf.__version__ > '2':\n    import tensorflow.compat.v1 as tf\n",
        "import tensorflow\ntf = tensorflow.compat.v1\n",
    )
]

# A definition that a decorator, a metaclass or a text may replace is not certainly the file's own.
_STUB = f"    @staticmethod\n    def {DENSE}(labels, logits): pass\n"
REPLACED = [
    Module(f"{IMPORT}{before}{COMPUTE}{function}({KEYWORDS})\n", BOTH)
    for before, function in (
        ("def to(f):\n    return tf.nn\n@to\ndef ops(): pass\n", f"ops.{DENSE}"),
        (f"def to(f):\n    return tf.nn\n@to\nclass ops:\n{_STUB}", f"ops.{DENSE}"),
        (f"T = [tf.nn]\ndef to(f):\n    return vars(T[0])[f.__name__]\n@to\ndef {DENSE}(): pass\n", DENSE),
        (
            "class Meta(type):\n    def __new__(cls, name, bases, body):\n        return tf.nn\n"
            f"class ops(metaclass=Meta):\n{_STUB}",
            f"ops.{DENSE}",
        ),
        (f"class Ops:\n    def __new__(cls):\n        return tf.nn\n{_STUB}ops = Ops()\n", f"ops.{DENSE}"),
        (
            f"class Ops:\n    def __getattribute__(self, name):\n        return tf.nn.__dict__[name]\n{_STUB}",
            f"Ops().{DENSE}",
        ),
        (
            f"class Base: pass\nclass Ops(Base):\n{_STUB}del Ops.{DENSE}\n"
            "Base.__getattr__ = lambda self, name: tf.nn.__dict__[name]\n",
            f"Ops().{DENSE}",
        ),
        ("ops = 'none'\nglobals()['ops'] = tf.nn\n", f"ops.{DENSE}"),
        ("ops = 0\nexec('ops = tf.nn')\n", f"ops.{DENSE}"),
        ("def ops(): pass\nglobals()['ops'] = tf.nn\n", f"ops.{DENSE}"),
        (
            f"T = [tf.nn]\ndef {DENSE}(labels, logits): pass\nfor name, value in T[0].__dict__.items():\n"
            "    if name.startswith('softmax_cross'):\n        globals()[name] = value\n",
            DENSE,
        ),
        ("import numpy\nnumpy.ops = tf.nn\n", f"numpy.ops.{DENSE}"),
        (
            f"import numpy\ntry:\n    ops = numpy\n    ops.{DENSE}\nexcept AttributeError:\n    ops = tf.nn\n",
            f"ops.{DENSE}",
        ),
    )
]
REPLACED += [
    Module(f"{before}{COMPUTE}nn.softmax(logits, dim=0)\n", BOTH)
    for before in (
        "try:\n    raise ImportError\n    class nn:\n        softmax = None\nexcept ImportError:\n"
        "    from tensorflow import nn\n",
        f"{IMPORT}def to(f):\n    return tf.nn\n@to\ndef nn(): pass\n",
        "import importlib\nnn = importlib.import_module('tensor' + 'flow').nn\n",
    )
]
# `dim` for a softmax that is passed on, from where only the run shows it.
_RUN = "def run(f, x, options):\n    return f(x, **options)\n"
PARTIALS += [
    Module(f"import {module}\n{IMPORT}{_RUN}{before}{COMPUTE}run(tf.nn.softmax, logits, {options})\n", NATIVE)
    for module, before, options in (
        ("json", "", "json.loads('{\"dim\": 0}')"),
        ("argparse", "p = argparse.ArgumentParser()\np.add_argument('--dim', default=0)\n", "vars(p.parse_args([]))"),
        ("collections", "O = collections.namedtuple('O', 'dim axis')\n", "O(0, None)._asdict()"),
        ("types", "class O:\n    def __init__(self, dim):\n        self.dim = dim\n", "vars(O(0))"),
        ("types", "", "{'mid'[::-1]: 0}"),
    )
]
PARTIALS += [
    Module(f"{IMPORT}{before}{COMPUTE}{call}\n", NATIVE)
    for before, call in (
        ("def run(f, x, *rest):\n    return f(x, *rest)\n", "run(tf.nn.softmax, logits, *([None] * 2 + [0]))"),
        (
            "def run(f, logits, dim=0):\n    o = dict(locals())\n    return o.pop('f')(**o)\n",
            "run(tf.nn.softmax, logits)",
        ),
        (
            "class A:\n    def __init__(self, f, text):\n        self.f, self.text = f, text\n    def run(self, x):\n"
            "        key, value = self.text.split('=')\n        return self.f(x, **dict(((key, int(value)),)))\n",
            "A(tf.nn.softmax, 'dim=0').run(logits)",
        ),
    )
]
# The shim's import must not have a name that the module binds by a text.
IMPORTS += [
    Module(f"{IMPORT}{before}{COMPUTE}tf.nn.softmax(logits, dim=0) * globals()['nn']\n")
    for before in ("globals().update(nn=3.)\n", "exec('nn = 3.')\n", "for k in ['nn']:\n    globals()[k] = 3.\n")
]
_FAKE = f"{IMPORT}_original = tf.nn.softmax\ndef fake(x, dim=None): return x * 3.\n"
PATCHES += [
    Module(
        f"import sys\n{_FAKE}{before}def compute(logits, labels, ids):\n    {patch}\n    try:\n"
        f"        return tf.nn.softmax(logits, dim=0)\n    finally:\n        {undo}\n",
        BOTH,
    )
    for before, patch, undo in (
        (
            "",
            "sys.modules['tensorflow'].nn.softmax = fake",
            "sys.modules['tensorflow'].nn.softmax = _original",
        ),
        ("def put(m, f):\n    m.softmax = f\n", "put(tf.nn, fake)", "put(tf.nn, _original)"),
        (
            "class Patch:\n    def __init__(self, m):\n        self.m = m\n    def put(self, f):\n"
            "        self.m.softmax = f\n",
            "Patch(tf.nn).put(fake)",
            "Patch(tf.nn).put(_original)",
        ),
    )
]
PATCHES.append(
    Module(
        f"{_FAKE}NAME = 'softmax'\nput = lambda *a: setattr(*a)\ndef compute(logits, labels, ids):\n"
        "    put(tf.nn, NAME, fake)\n    try:\n        return tf.nn.softmax(logits, dim=0)\n"
        "    finally:\n        put(tf.nn, NAME, _original)\n",
        BOTH,
    )
)
_MODULE = "fake = types.SimpleNamespace(nn=types.SimpleNamespace(softmax=lambda x, dim: x * dim))\n"
PATCHES += [
    Module(
        f"import sys, types\nfrom unittest import mock\n{_MODULE}{patch}{COMPUTE}tf.nn.softmax(logits, dim=1)\n", BOTH
    )
    for patch in (
        "with mock.patch.dict('sys.modules', {'tensorflow': fake}):\n    import tensorflow as tf\n",
        "with mock.patch.dict(sys.modules, tensorflow=fake):\n    import tensorflow as tf\n",
        "real = sys.modules['tensorflow']\nsys.modules['tensorflow'] = fake\nimport tensorflow as tf\n"
        "sys.modules['tensorflow'] = real\n",
    )
]
# Names of TF2 that need not run do not show that the module was written for TF2.
TF2_NAMES = [
    Module(
        f"import contextlib, os\n{IMPORT}{before}{COMPUTE}tf.nn.{DENSE}(labels=labels * labels, logits=logits)\n", BOTH
    )
    for before in (
        "try:\n    silu = tf.nn.silu\nexcept Exception:\n    silu = None\n",
        "try:\n    silu = tf.nn.silu\nexcept:\n    silu = None\n",
        "with contextlib.suppress(Exception):\n    silu = tf.nn.silu\n",
        "T = {'silu': lambda x: tf.nn.silu(x)}\n",
        "if os.environ.get('TF2') == '1':\n    silu = tf.nn.silu\n",
        "silu = os.environ.get('TF2') and tf.nn.silu\n",
    )
]
# A function in a text with a part of its name.
BY_STRING.append(
    Module(f"{IMPORT}{COMPUTE}eval('tf.nn.{{}}_cross_entropy_with_logits'.format('soft' + 'max'))({KEYWORDS})\n", BOTH)
)
# A program in a text may be run from a file.
BY_STRING.append(
    Module(
        "import os, runpy, tempfile\npath = os.path.join(tempfile.mkdtemp(), 'm.py')\nwith open(path, 'w') as file:\n"
        "    file.write('import tensorflow as tf\\ndef f(x): return tf.nn.softmax(x, dim=0)\\n')\n"
        f"f = runpy.run_path(path)['f']\n{COMPUTE}f(logits)\n",
        BOTH,
    )
)
# The functions that look names up have other names too, and so have the names.
BY_STRING += [
    Module(f"import builtins, operator\n{IMPORT}{before}{COMPUTE}{call}\n", BOTH)
    for before, call in (
        ("g = getattr\n", "g(tf.nn, 'soft' + 'max')(logits, dim=0)"),
        ("NAME = 'soft%s' % 'max'\n", "builtins.getattr(tf.nn, NAME)(logits, dim=0)"),
        ("", "object.__getattribute__(tf.nn, 'softmax')(logits, dim=0)"),
        ("NAME = 'softmax'\n", "type(tf.nn).__getattribute__(tf.nn, NAME)(logits, dim=0)"),
        ("from operator import attrgetter as ag\n", "ag('nn.softmax')(tf)(logits, dim=0)"),
        ("from operator import methodcaller as mc\n", "mc('softmax', logits, dim=0)(tf.nn)"),
        ("def get(m, n):\n    return vars(m)[n]\n", "get(tf.nn, 'softmax')(logits, dim=0)"),
        ("def get(m, n):\n    return m.__dict__.get(n)\n", "get(tf.nn, 'softmax')(logits, dim=0)"),
        ("def get(m, n):\n    return getattr(m, n[::-1])\n", "get(tf.nn, 'xamtfos')(logits, dim=0)"),
        ("class A:\n    ops = tf.nn\ndef get(m, n):\n    return getattr(m, n[::-1])\n", "get(A.ops, 'uler')(logits)"),
    )
]
BY_STRING += [
    Module(f"{IMPORT}{before}{COMPUTE}logits\n")
    for before in (
        "nn = tf.nn\ndef get(m, n):\n    return getattr(m, n[::-1])\n",
        "print(hasattr(tf.nn, 'relu'), dir(tf.nn) is tf.nn)\ndef get(m, n):\n    return getattr(m, n[::-1])\n",
        "class A:\n    ops = tf.nn\n",
    )
]
# A `Reduction` whose use is not shown: that of another file.
REDUCTIONS.append(
    Module(f"{IMPORT}R = tf.losses.Reduction\n{COMPUTE}logits * (2. if R.SUM == 'weighted_sum' else 3.)\n", BOTH)
)
# PyTorch's functions have a `dim` too, but it is not certain that this is one of them.
REPLACED.append(
    Module(
        f"{IMPORT}try:\n    import torch\nexcept ImportError:\n    torch = None\n"
        f"def f(ops, x):\n    return ops.softmax(x, dim=0)\n{COMPUTE}f(tf.nn, logits)\n",
        BOTH,
    )
)

MODULES = {
    module.text: module
    for module in (
        *(ELSEWHERE + BOUND_BY_TEXT + IMPORTS + PATCHES + GUARDS + PARTIALS + COMPARED),
        *(HANDED_ON + BY_STRING + MATH + REDUCTIONS + OWN + REBOUND + REPLACED + TF2_NAMES),
    )
}


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


NOT_RUN = [  # they need modules that do not exist
    f"from common import nn\nloss = nn.{DENSE}({KEYWORDS})\n",
    f"import common\nloss = common.tf.nn.{DENSE}({KEYWORDS})\n",
    f"from keras import backend as K\nloss = K.tf.nn.{DENSE}({KEYWORDS})\n",
    f"from common import *\nloss = nn.{DENSE}({KEYWORDS})\n",
    f"from common import {DENSE}\nloss = {DENSE}({KEYWORDS})\n",
    f"from common import {DENSE} as f\nloss = f({KEYWORDS})\n",
    f"import tensorflow as tf\nmatch tf.nn:\n    case m:\n        loss = m.{DENSE}({KEYWORDS})\n",
    f"def f(model):\n    return model.sparse_{DENSE}(None, labels, logits)\n",
    f"ops = 'none'\ndef f():\n    return ops.{DENSE}({KEYWORDS})\n",
    "from common import nn\nloss = nn.softmax(logits, dim=0)\n",
    "from common import *\nloss = nn.softmax(logits, dim=0)\n",
    "from .tensorflow import nn\nloss = nn.log_softmax(logits, None, None, 0)\n",
    "import common\nloss = common.tf.nn.softmax(logits, dim=0)\n",
]


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize(
    "call",
    [
        "losses.softmax_cross_entropy(labels, logits, name='a')",
        f"losses.{DENSE}(labels, logits, weight=2.0)",
        f"losses.{DENSE}_v2(1, 2, 3, 4, 5, 6)",
        "losses.nce_loss(weights, weights=weights)",
    ],
)
def test_untraced_function_with_arguments_that_no_release_has(call, target):
    """It is another one of the same name: TensorFlow's raises an error in each release."""
    assert not migrate_source(f"import tensorflow as tf\nfrom common import losses\nloss = {call}\n", target).findings
    traced = call if "softmax_cross_entropy(" in call else call.replace("losses", "nn")
    assert is_reported(migrate_source(f"import tensorflow as tf\nloss = tf.{traced}\n", target))


@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize("text", NOT_RUN)
def test_other_modules_that_cannot_be_traced(text, target):
    """They are reported and not changed."""
    result = migrate_source(text, target)
    assert is_reported(result)
    assert result.text == text
