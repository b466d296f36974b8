"""Where imports go, and when they go away."""

import sys
from unittest.mock import MagicMock

import pytest

from tfsoftmax_compat.tools.migrate.edits import Edits
from tfsoftmax_compat.tools.migrate.files import process
from tfsoftmax_compat.tools.migrate.source import migrate_source

CALL = "y = tf.nn.softmax(x, dim=1)\n"
NEW = "from tfsoftmax_compat import nn\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # once, after TensorFlow's own
        ('"""Doc."""\nimport os\nimport tensorflow as tf\nimport z\n\n{call}{call}', "{tf}{new}"),
        ("import tensorflow as tf; y = tf.nn.softmax(x, dim=1)\n", "as tf; from tfsoftmax_compat import nn; y = nn."),
        # in the block and the style of the import it follows
        ("try:\n\timport tensorflow as tf\nexcept ImportError:\n\ttf = None\n{call}", "\t{tf}\t{new}except"),
        ("def f(x):\n    import tensorflow as tf\n    {call}", "    {tf}    {new}    y = nn"),
        ("if a:\n    import tensorflow.compat.v1 as tf\nelse:\n    import tensorflow as tf\n{call}", None),
        ("try: import tensorflow as tf\nexcept ImportError: tf = None\n{call}", "as tf; {new}except"),
        # where the code finds it, of several imports
        ("import tensorflow as tf\n{call}import tensorflow as tf\n{call}", "{tf}{new}y = nn"),
        ("if a:\n    import tensorflow as tf\nelse:\n    import tensorflow as tf\n    {call}", "   {tf}    {new}    y"),
        ("if a:\n    import tensorflow as tf\nelse:\n    import tensorflow as tf\n{call}", "    {tf}{new}y"),
        ("try:\n    import tensorflow.compat.v1 as tf\nexcept ImportError:\n    import tensorflow as tf\n"
         "y = tf.nn.sparse_softmax_cross_entropy_with_logits(None, y, x)\n", "    {tf}{new}y"),
        ("def f():\n    global tf\n    import tensorflow as tf\ndef g():\n    {call}", None),
        ("import tensorflow as tf\r\ny = tf.nn.softmax(x, dim=1)\r\n", "as tf\r\nfrom tfsoftmax_compat import nn\r\n"),
        # under a free name
        ("import tensorflow as tf\nnn = 1\n{call}", "from tfsoftmax_compat import nn as tfsoftmax_nn\n"),
        ("import tensorflow as tf\ndef f(nn, tfsoftmax_nn): pass\n{call}", "nn as tfsoftmax_nn_2\n"),
        ("import tensorflow as tf\nfrom util import *\n{call}", "from tfsoftmax_compat import nn as tfsoftmax_nn\n"),
        # the one that is there already
        ("import tensorflow as tf\nfrom tfsoftmax_compat import nn as N\n{call}", "N\ny = N.softmax(x, dim=1)"),
    ],
)  # fmt: skip
def test_shim(before, after):
    """The import, once and in its place."""
    before = before.format(call=CALL)
    result = migrate_source(before)
    if after is None:
        assert result.text == before
        assert result.findings[-1].needs_person
    else:
        assert after.format(tf="import tensorflow as tf\n", new=NEW) in result.text
        assert result.text.count("tfsoftmax_compat") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "import tensorflow as tf\n" + NEW + "y = nn.softmax(x, dim=1)\n",
            "import tensorflow as tf\ny = tf.nn.softmax(x, axis=1)\n",
        ),
        (NEW + "y = nn.softmax(x)\n", "import tensorflow as tf\ny = tf.nn.softmax(x)\n"),
        ("tf = 1\n" + NEW + "y = nn.softmax(x)\n", "tf = 1\nimport tensorflow\ny = tensorflow.nn.softmax(x)\n"),
        ("from tfsoftmax_compat import losses, nn\ny = nn.softmax(x)\nf(losses)\n",
         "from tfsoftmax_compat import losses\nimport tensorflow as tf\ny = tf.nn.softmax(x)\nf(losses)\n"),
        (
            NEW + "y = nn.softmax(x)\nz = nn.softmax\n",
            NEW + "import tensorflow as tf\ny = tf.nn.softmax(x)\nz = nn.softmax\n",
        ),
        ("from tensorflow import nn\nl = nn.softmax_cross_entropy_with_logits(labels=y, logits=x)\n"
         "import tensorflow as tf\n",
         "from tensorflow import nn\nimport tensorflow\n"
         "l = nn.softmax_cross_entropy_with_logits(labels=tensorflow.stop_gradient(y), logits=x)\n"
         "import tensorflow as tf\n"),
        ("def f(x):\n    from tfsoftmax_compat import nn\n    return nn.softmax(x)\n",
         "def f(x):\n    import tensorflow as tf\n    return tf.nn.softmax(x)\n"),
        ("import tensorflow as tf\nimport os\ntry:\n    " + NEW + "except ImportError:\n    raise\ny = nn.softmax(x)\n",
         "import tensorflow as tf\nimport os\ntry:\n    pass\nexcept ImportError:\n    raise\ny = tf.nn.softmax(x)\n"),
        ("import tensorflow as tf\nimport tfsoftmax_compat.nn as n\ny = n.softmax(x, dim=0)\n",
         "import tensorflow as tf\nimport tfsoftmax_compat.nn as n\ny = tf.nn.softmax(x, axis=0)\n"),
    ],
)  # fmt: skip
def test_native_from_shim(before, after):
    """The shim's import goes when nothing uses it, and TensorFlow's comes where there is none."""
    assert migrate_source(before, "native").text == after


PLACES = [
    "{tf}\n{call}{tf}\n{call}",
    "{tf}; {call}",
    "if a:\n    {tf}\nelse:\n    {tf}\n    {call}",
    "if a:\n    {tf}\n    {call}else:\n    {tf}\n{call}",
    "try:\n    {tf}\nexcept ImportError:\n    tf = None\n{call}",
    "try:\n    {missing}\nexcept ImportError:\n    {tf}\n{call}",
    "try: {missing}\nexcept ImportError: {tf}\n{call}",
    "for i in range(2):\n    if i:\n        {call}    else:\n        {tf}\n",
    "def f():\n    {call}\nif a:\n    {tf}\n    f()\n",
    "def f(): {tf}; {call}\nf()\n",
    "class A:\n    {tf}\n    {call}\n{tf}\n{call}",
    "def f():\n    global tf\n    {tf}\n    {call}\nf()\n{call}",
    "def f():\n    {tf}\n    def g():\n        {call}\n    g()\nf()\n",
    "def f():\n    {call}\n{tf}\n{tf}\nf()\n",
    "while True:\n    {tf}\n    break\n{call}",
    "with open(__file__):\n    {tf}\n{call}",
    "{tf}\nnn = tf.nn\ndel nn\n{call}",
    "from tensorflow import nn\ny = nn.softmax_cross_entropy_with_logits(labels=1, logits=2)\n{tf}\n{call}",
    "from tensorflow import nn\ndef f():\n    nn.softmax_cross_entropy_with_logits(labels=1, logits=2)\nf()\n{tf}\n",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("target", ["shim", "native"])
@pytest.mark.parametrize("a", [False, True])
def test_what_a_call_needs_is_bound_when_it_runs(place, target, a, monkeypatch):
    """Executed with modules that take everything: a name that is not bound yet would raise."""
    for module in ("tensorflow", "tensorflow.compat.v1", "tfsoftmax_compat"):
        monkeypatch.setitem(sys.modules, module, MagicMock())
    monkeypatch.setitem(sys.modules, "tensorflow_of_old", None)  # its import fails
    call = "x = y = 1; y = tf.nn.softmax(x, dim=1)\n"
    source = place.format(tf="import tensorflow as tf", missing="import tensorflow_of_old as tf", call=call)
    for text in (source, migrate_source(source, target).text):
        exec(compile(text, "place", "exec"), {"a": a, "__file__": __file__})


def test_a_wrong_result_is_a_bug_of_this_package(monkeypatch):
    """The user's file is not blamed."""
    monkeypatch.setattr(Edits, "result", lambda edits: "y = (\n")
    with pytest.raises(ValueError, match="a bug in tfsoftmax-compat, please report it: .* is not Python"):
        migrate_source("import tensorflow as tf\ny = tf.nn.softmax(x, dim=1)\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # one statement for both modules
        (
            "import tensorflow as tf\ny = tf.nn.softmax(x, dim=0)\nl = tf.losses.softmax_cross_entropy(y, x)\nf(tf)\n",
            "import tensorflow as tf\nfrom tfsoftmax_compat import losses, nn\n"
            "y = nn.softmax(x, dim=0)\nl = losses.softmax_cross_entropy(y, x)\nf(tf)\n",
        ),
        # the same name in each function
        (
            "def f(x):\n    import tensorflow as tf\n    return tf.nn.softmax(tf.abs(x), dim=0)\n"
            "def g(x):\n    import tensorflow as tf\n    return tf.nn.softmax(tf.abs(x), dim=0)\n",
            "def f(x):\n    import tensorflow as tf\n    from tfsoftmax_compat import nn\n"
            "    return nn.softmax(tf.abs(x), dim=0)\n"
            "def g(x):\n    import tensorflow as tf\n    from tfsoftmax_compat import nn\n"
            "    return nn.softmax(tf.abs(x), dim=0)\n",
        ),
        # not the name that a function around it binds, which another part of the function may read
        (
            "def f(x):\n    import tensorflow as tf\n    y = tf.nn.softmax(tf.abs(x), dim=0)\n"
            "    def g():\n        import tensorflow as tf\n        return tf.nn.softmax(tf.abs(x), dim=0)\n",
            "def f(x):\n    import tensorflow as tf\n    from tfsoftmax_compat import nn\n"
            "    y = nn.softmax(tf.abs(x), dim=0)\n"
            "    def g():\n        import tensorflow as tf\n        return nn.softmax(tf.abs(x), dim=0)\n",
        ),
    ],
)  # fmt: skip
def test_added_imports(before, after):
    """They are as a person would write them."""
    assert migrate_source(before).text == after


UNUSED = [
    ("from tensorflow import nn\n", "nn", "{shim}"),
    ("from tensorflow import nn, abs\n", "nn", "from tensorflow import abs\n{shim}"),
    ("import os, tensorflow.nn as nn\n", "nn", "import os\n{shim}"),
    ("import tensorflow.nn as nn\n", "nn", "{shim}"),
    ("from tensorflow import nn\n__all__ = ['nn']\n", "nn", "from tensorflow import nn\n{shim}__all__ = ['nn']\n"),
    ("from tensorflow import nn\nf(nn)\n", "nn", "from tensorflow import nn\n{shim}f(nn)\n"),
    (
        "try:\n    from tensorflow import nn\nexcept ImportError:\n    nn = None\n",
        "nn",
        "try:\n    from tensorflow import nn\n    {shim}except ImportError:\n    nn = None\n",
    ),
    ("import tensorflow as tf\nnn = 1\n", "tf.nn", "import tensorflow as tf\n{shim}nn = 1\n"),
]


@pytest.mark.parametrize(("header", "module", "left"), UNUSED)
def test_import_of_a_module_that_nothing_uses(header, module, left):
    """It goes, unless something else binds or reads the name. TensorFlow's own stays: other files may import it."""
    after = left.format(shim="from tfsoftmax_compat import nn as tfsoftmax_nn\n")
    result = migrate_source(f"{header}y = {module}.softmax(x, dim=0)\n").text
    assert result == f"{after}y = tfsoftmax_nn.softmax(x, dim=0)\n"


@pytest.mark.parametrize(
    ("name", "other", "text", "stays"),
    [
        ("common.py", "train.py", "from common import softmax\n", True),
        ("common.py", "sub/train.py", "from .. import (\n    model,\n    common,\n)\n", True),
        ("common.py", "train.py", "import importlib\nnn = importlib.import_module('common')\n", True),
        ("__init__.py", "train.py", "", True),
        ("common.py", "train.py", "common = 1\nimport numpy\n", False),
        ("common.py", "train.py", "", False),
    ],
)
def test_what_other_files_may_import_stays(tmp_path, name, other, text, stays):
    """The import of a function that the module itself no longer uses."""
    before = "from tensorflow.nn import softmax\ny = softmax(x, dim=1)\n"
    (tmp_path / "sub").mkdir()
    (tmp_path / "setup.py").write_text("")
    (tmp_path / name).write_text(before)
    (tmp_path / other).write_text(text)
    result = process(str(tmp_path / name), "shim", edit=True, write=False)
    assert ("from tensorflow.nn import softmax\n" in result.after) == stays
    assert "y = nn.softmax(x, dim=1)\n" in result.after
