"""Documents that take something for granted, or that are loosely written; each beside one that is wrong."""

import json
import sys

import pytest

from tfsoftmax_compat.tools.documents import reading
from tfsoftmax_compat.tools.verify.reasons import _missing_file
from tfsoftmax_compat.tools.verify.results import EQUAL, ERROR, EXACT, FAIL, SKIPPED
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.tools.verify.verification import verify


def blocks(*texts):
    """A Markdown document of blocks of Python, with a sentence between each two."""
    return "\n\nNext.\n\n".join(f"```python\n{text}\n```" for text in texts)


def notebook(code, output):
    """A notebook of one cell that prints its output."""
    stream = {"output_type": "stream", "name": "stdout", "text": [output]}
    cell = {"cell_type": "code", "source": [code], "outputs": [stream], "metadata": {}, "execution_count": 1}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def results_of(text, suffix=".md"):
    """The status and the message of each documented output, in eager mode on the installed release."""
    results = verify([reading.read("a" + suffix, text.encode())], [sys.executable])
    return [(result.status, result.message) for result in results if result.mode == "eager"]


def assert_results(text, expected, suffix=".md"):
    found = results_of(text, suffix)
    assert [status for status, _ in found] == [status for status, _ in expected], found
    for (_, message), (_, said) in zip(found, expected):
        assert said in message


READS_DATA = "!ls -l data/demo"
MAKES_DATA = "!mkdir -p ./data/demo && unzip -q --out=x archive.zip"


@pytest.mark.parametrize(
    "command, code, status",
    [
        (MAKES_DATA, 'print(len(open("./data/demo/a.csv").read()))  # 5', SKIPPED),
        (MAKES_DATA, 'print(len(open("archive/a.csv").read()))  # 5', SKIPPED),
        (MAKES_DATA, 'import os\nprint(os.path.exists("demo"))  # True', SKIPPED),
        # The example makes its own file in a folder that the command names too.
        (MAKES_DATA, 'import os\nos.makedirs("./data/own")\nprint(len(os.listdir("./data/own")))  # 1', FAIL),
        # It fails by its numbers.
        (MAKES_DATA, 'print(2 * len("demo"))  # 9', FAIL),
    ],
)
def test_file_that_a_shell_command_makes(command, code, status):
    assert_results(blocks(command, code), [(status, "on line 2 makes" if status == SKIPPED else "")])


def test_file_that_a_command_on_two_lines_makes():
    code = 'print(len(open("archive.csv").read()))  # 5'
    assert_results(blocks("!wget -q example.com/x \\\n    -O archive.csv", code), [(SKIPPED, "on line 2 makes")])
    assert_results(blocks("!wget -q example.com/x\ny = 'archive.csv'", code), [(SKIPPED, "it needs the file")])


def test_file_that_no_shell_command_makes():
    text = blocks(READS_DATA, 'print(len(open("data/demo").read()))  # 5')
    assert_results(text, [(SKIPPED, "it needs the file data/demo")])
    text = blocks(f"{READS_DATA} > data.txt", 'print(len(open("data.txt").read()))  # 5')
    assert_results(text, [(SKIPPED, "on line 2 makes")])
    text = blocks(MAKES_DATA, 'print(len(open("other.csv").read()))  # 5')
    assert_results(text, [(SKIPPED, "it needs the file other.csv")])


@pytest.mark.parametrize(
    "comment, status",
    [
        ("# 'a' is [[1, 2]]", SKIPPED),
        ("# tensor `a` is [[1, 2]]", SKIPPED),
        ("# input tensor a is [[1, 2]]", FAIL),
        ("# 'b' is [[1, 2]]", FAIL),
        ("# 'a' is [[1, 2]]\na = np.array([1, 3])", FAIL),
    ],
)
def test_name_that_a_comment_defines(comment, status):
    said = "only a comment says what `a` is" if status == SKIPPED else "documented"
    assert_results(blocks("a = np.array([1, 2, 3])", f"{comment}\nnp.add(a, 1) ==> [[2, 3]]"), [(status, said)])


def test_name_that_a_line_with_an_error_was_to_bind():
    text = "```python\n>>> a = 3\n>>> a\n3\n>>> a = abs(4\n>>> a + 1\n5\n>>> b = abs(4\n>>> b\n4\n```\n"
    error = "SyntaxError: '(' was never closed"
    assert_results(text, [(EXACT, ""), (ERROR, f"`a`, which line 5 did not define: line 5: {error}"), (ERROR, error)])


@pytest.mark.parametrize(
    "output, status, said",
    [
        ("# 2", EXACT, ""),
        ("# 1\n# 2", EXACT, ""),
        ("# 3", FAIL, "3 documented, 2 measured"),
        ("# 1\n# 3", FAIL, "number 2: 3 documented, 2 measured"),
    ],
)
def test_value_below_two_calls_is_of_both_or_of_the_last(output, status, said):
    assert_results(blocks(f"print(1)\n\nb = 2\nprint(b)\n{output}"), [(status, said)])


@pytest.mark.parametrize(
    "code, output, status",
    [
        ("n = 3 / 2\nfor i in range(n): print i", "0", EXACT),
        ("print 'third', 1 / 3", "third 0.333", FAIL),
        ("print 1 / 2., -3 / 2", "0.5 -2", EXACT),
        ("x = [7]\nx[0] /= 2\nprint x", "[3]", EXACT),
        ("print np.array([3, 4]) / 2", "[1 2]", EXACT),
        ("print np.array([3., 4.]) / 2", "[1.5 2. ]", EXACT),
        ("print int(tf.constant(3) / 2)", "1", EXACT),
        ("from __future__ import division\nprint 1 / 2", "0.5", EXACT),
        ("print(1 / 2)", "0.5", EXACT),  # Python 3 too
    ],
)
def test_division_of_python_2(code, output, status):
    text = f"```python\n{code}\n```\n\nOutput:\n\n```\n{output}\n```\n"
    assert [found for found, _ in results_of(text)] == [status]


def test_name_that_a_command_of_ipython_may_define():
    text = "```ipython\n{}\n```\n\nNext.\n\n```ipython\nprint(arange(2))  # [0 1]\n```\n"
    assert_results(text.format("%pylab inline"), [(SKIPPED, "uses `arange`, and `%pylab inline`, which may define it")])
    assert_results(text.format("%matplotlib inline"), [(SKIPPED, "the document does not define `arange`")])


def test_name_that_is_defined_later_only():
    text = blocks(
        "print(x)  # 3",
        "y = x + 1\nprint(y)  # 4",
        "print(len(os.sep))  # 1",
        "x = 3\nprint(x)  # 3",
        "import os\nprint(len(os.sep))  # 1",
        "del x\nprint(x)  # 3",
        "z = z + 1\nprint(z)  # 5",
    )
    later = (SKIPPED, "the document does not define `x` before line 21")
    is_os = (SKIPPED, "the document does not define `os` before line 28")
    is_deleted = (ERROR, "name 'x' is not defined")
    is_changed = (SKIPPED, "the document does not define `z` before line 42")
    assert_results(text, [later, later, is_os, (EXACT, ""), (EXACT, ""), is_deleted, is_changed])


def test_error_behind_a_name_is_not_the_reason_of_code_that_lacks_another():
    text = blocks("w = len(3)", "qp.f(w)\n# output\n# 3", "print(w)  # 3", "v = w + 1", "print(v)  # 4")
    error = (ERROR, "it uses `w`, which line 2 did not define: line 2: TypeError")
    last = (SKIPPED, "it uses `v`, which line 22 did not define: line 2: TypeError")
    assert_results(text, [(SKIPPED, "the document does not define `qp`"), error, last])


def test_code_that_depends_on_a_missing_module_is_named_where_it_stands():
    text = blocks("import nothing_there\nx = nothing_there.f(1)", "y = x + 1", "print(y)  # 3")
    module = "it needs the module `nothing_there`"
    assert_results(text, [(SKIPPED, f"it uses `y`, which line 9 did not define: {module}")])


def test_code_above_the_line_that_needs_a_missing_module_has_run():
    plot = "import nothing_there as plt"
    text = blocks(plot, "x = 2.0\nplt.scatter(x, x)\nz = 3", "y = x + 1", "print(y)  # 3.0", "print(z)  # 3")
    module = (SKIPPED, "it uses `z`, which line 8 did not define: it needs the module `nothing_there`")
    assert_results(text, [(EXACT, ""), module])
    text = blocks("x = 1", plot, "x = plt.f(x)", "z = x\nplt.scatter(x)", "print(z)  # 1")
    assert_results(text, [(SKIPPED, "it uses `z`, which line 20 did not define: it needs the module `nothing_there`")])


def test_tensorboard_that_is_not_installed():
    code = "class TBNotInstalledError(Exception):\n    pass\nraise TBNotInstalledError('TensorBoard is not installed')"
    assert_results(blocks(f"{code}\nprint(1)\n# output\n# 1"), [(SKIPPED, "it needs the module `tensorboard`")])


def test_default_session_of_a_missing_module():
    run = "import tensorflow as tf\ntf.compat.v1.constant(1).eval()  # 1"
    for setup, status in (("from nothing_there import reset_session\ns = reset_session()", SKIPPED), ("x = 1", ERROR)):
        document = reading.read("a.md", blocks(setup, run).encode())
        (result,) = verify([document], [sys.executable], Settings(modes=("graph",)))
        assert result.status == status and "default session" in result.message


def test_module_that_is_missing_is_no_older_value_of_its_name():
    text = blocks("dataset = list(data)", "import dataset\nd = dataset.train()", "print(d)  # 3")
    module = "it needs the module `dataset`"
    assert_results(text, [(SKIPPED, f"it uses `d`, which line 8 did not define: {module}")])


def test_graph_that_another_program_has_put_on_a_device_is_not_used():
    text = blocks(
        'v1 = tf.compat.v1\nwith tf.device("/gpu:7"):\n    product = tf.matmul([[3.0]], [[2.0]])\nrun = 1',
        "v1 = tf.compat.v1\nx = v1.constant([4.0])\nwith v1.Session() as sess:\n    print(sess.run(x))  # [4.]",
        "with v1.Session() as sess:\n    print(sess.run(product))  # [[6.]]",
    )
    found = verify([reading.read("a.md", text.encode())], [sys.executable], Settings(modes=("graph",)))
    assert [result.status for result in found] == [EXACT, SKIPPED]
    assert found[1].message == "it needs a device that this machine does not have"


def test_excerpt_before_the_program_that_it_is_of():
    text = blocks(
        "for i in range(3):\n    total = total + data[i]\nprint(total)  # 6",
        "data = [1, 2, 3]\ntotal = 0\nwith open('/dev/null'):\n    for i in range(3):\n"
        "        total += data[i]\nprint(total)  # 6",
        "print(total)  # 7",
    )
    assert_results(text, [(SKIPPED, "`total` before line 10"), (EXACT, ""), (FAIL, "7 documented, 6 measured")])


IMPORT = "import numpy as np\nimport tensorflow as tf"


def test_output_that_depends_on_random_numbers():
    text = blocks(
        IMPORT,
        "x = np.random.rand(100)\ny = tf.random.uniform([100])",
        "print(x.sum())  # 48.5124",
        "print(tf.reduce_max(y).numpy())  # 0.993142",
        "print(x.shape)  # (100,)",
        "print(x.shape)  # (101,)",
        "np.random.seed(0)\nz = np.random.rand()",
        "print(round(z, 3))  # 0.549",
        "print(round(z, 3))  # 0.548",
    )
    other = (SKIPPED, "it prints other values each time")
    wrong = (FAIL, "documented")
    assert_results(text, [other, other, (EXACT, ""), wrong, (EXACT, ""), wrong])


def test_output_that_is_as_documented_by_chance():
    coins = 60
    text = blocks(f"{IMPORT}\nx = np.random.randint(0, 2, {coins})", *(f"print(x[{n}])  # 1" for n in range(coins)))
    statuses = [status for status, _ in results_of(text)]
    # Of one run half would pass; of three runs an eighth does.
    assert statuses.count(EXACT) < 0.3 * coins < statuses.count(SKIPPED)


def test_memory_that_is_not_initialised():
    text = blocks(
        f"{IMPORT}\nx = np.array([[0.5, 2.5, 3.5], [1.5, 3.5, 4.5]])\ndel x",
        "print(np.empty((2, 3)))  # [[6.5 2.5 3.5] [1.5 3.5 4.5]]",
        "print(np.empty(3).shape)  # (4,)",
    )
    assert_results(text, [(SKIPPED, "it prints other values each time"), (FAIL, "4 documented, 3 measured")])


@pytest.mark.parametrize(
    "codes, result",
    [
        (["import os\nprint(os.listdir('./photos'))  # ['a.png']"], (SKIPPED, "it needs the file ./photos")),
        (["print(len(open('a.csv').read()))  # 5"], (SKIPPED, "it needs the file a.csv")),
        (
            ["import tensorflow as tf\nprint(tf.io.read_file('a.csv').numpy())  # b'5'"],
            (SKIPPED, "it needs the file a.csv"),
        ),
        # The document is to make it, and does not.
        (
            ["import os\nos.makedirs('a')\nopen('a/b.csv', 'w').close()", "print(len(open('b.csv').read()))  # 5"],
            (ERROR, "b.csv"),
        ),
        (
            ["open('a.csv', 'w').write('12345')", "print(len(open('a.csv').read()))  # 6"],
            (FAIL, "6 documented, 5 measured"),
        ),
        # The code that is to make it has not run, for want of a module.
        (
            [
                "import none_such as n\nx = n.f()",
                "x.g()\nopen('c.csv', 'w').write('1')",
                "print(open('c.csv').read())  # 1",
            ],
            (SKIPPED, "it needs the file c.csv"),
        ),
        (
            [
                "import none_such as n\nx = n.f()\nopen('c.csv', 'w').write('1')",
                "import os\nprint(os.listdir())  # ['c.csv']",
            ],
            (SKIPPED, "it lists files, and the code that makes some has not run to its end"),
        ),
        (
            ["open('c.csv', 'w').write('1')", "import os\nprint(os.listdir())  # ['d.csv']"],
            (FAIL, "'d.csv'"),
        ),
    ],
)
def test_file_of_the_author(codes, result):
    assert_results(blocks(*codes), [result])


@pytest.mark.parametrize(
    "code, status",
    [
        ("with zipfile.ZipFile('a.zip') as z:\n    z.extractall('.')\nprint(3)", SKIPPED),
        ("print(len(open('a.csv').read()))\nopen('a.csv', 'w').close()", SKIPPED),
        ("open('a.csv', 'w').close()\nprint(open('b/a.csv').read())", ERROR),
        ("for mode in 'wr':\n    if mode == 'r':\n        open('b/a.csv')\n    open('a.csv', 'w').close()", ERROR),
        ("def f():\n    open('b/a.csv')\nopen('a.csv', 'w').close()\nf()", ERROR),
    ],
)
def test_only_what_has_run_before_the_error_makes_a_file(code, status):
    said = "it needs the file" if status == SKIPPED else "No such file"
    assert_results(notebook(f"import zipfile\n{code}", "3"), [(status, said)], ".ipynb")


def test_file_that_tensorflow_1_names():
    assert _missing_file("OSError: File /tmp/m.ckpt.meta does not exist.") == "/tmp/m.ckpt.meta"
    assert _missing_file("OSError: File does not exist. Received: ./save/m.meta.") == "./save/m.meta"
    saved = "saved_model_dir/{saved_model.pbtxt|saved_model.pb}"
    assert _missing_file(f"OSError: SavedModel file does not exist at: {saved}") == "saved_model_dir"
    assert _missing_file("OSError: No file or directory found at no_such_model") == "no_such_model"
    assert _missing_file("OSError: File a is not a graph.") == ""


def test_file_that_tensorflow_2_names_in_a_graph():
    frame = '    File "a.md", line 3, in <module>'
    error = (
        f"errors_impl.NotFoundError: Graph execution error:\n\nDetected at node 'Next' defined at:\n{frame}\n"
        "Node: 'Next'\nno.tfrecords; No such file or directory\n\t [[{{node Next}}]]\n\n"
        f"Original stack trace for 'Next':\n{frame}"
    )
    assert _missing_file(error) == "no.tfrecords"
    assert _missing_file("NotFoundError: a/b.txt; No such file or directory") == "a/b.txt"


def test_file_that_numpy_names():
    assert _missing_file("FileNotFoundError: data/a b.txt not found.") == "data/a b.txt"
    assert _missing_file("FileNotFoundError: [Errno 2] No such file or directory: 'a.txt'") == "a.txt"
    assert _missing_file("FileNotFoundError: no file") == ""


LISTED = "PhysicalDevice(name='/physical_device:{0}:0', device_type='{0}')"


@pytest.mark.parametrize(
    "code, documented, status",
    [
        ("tf.config.list_physical_devices('GPU')", f"[{LISTED.format('GPU')}]", SKIPPED),
        ("tf.config.list_physical_devices()", f"[{LISTED.format('CPU')}, {LISTED.format('GPU')}]", SKIPPED),
        ("tf.config.list_physical_devices()", f"[{LISTED.format('CPU')}, {LISTED.format('TPU')}]", FAIL),
        ("len(tf.config.list_physical_devices('GPU'))", "1", SKIPPED),
        ("len(tf.config.list_physical_devices('CPU'))", "2", FAIL),
        ("len(tf.config.list_physical_devices('GPU')), 0.5", "(1, 0.5)", SKIPPED),
        ("len(tf.config.list_physical_devices('GPU')), 0.5", "(1, 0.6)", FAIL),
        ("tf.constant(1.0).device", "'/job:localhost/replica:0/task:0/device:GPU:0'", SKIPPED),
        ("tf.constant(1.0).device", "'/job:localhost/replica:0/task:0/device:CPU:1'", FAIL),
        ("'device:CPU:0'", "'device:GPU:0'", FAIL),
    ],
)
def test_devices_of_the_author(code, documented, status):
    text = f"```\n>>> import tensorflow as tf\n>>> {code}\n{documented}\n```"
    assert_results(text, [(status, "a device that this machine does not have" if status == SKIPPED else "")])


def test_command_line_arguments():
    parser = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('number', type=int)"
    text = blocks("import sys\nprint(sys.exit(2))  # 1", parser, "args = parser.parse_args()\nprint(args.number)  # 3")
    text += "\n\n" + blocks("print(args.number)  # 3")
    needed = (SKIPPED, "it needs command line arguments")
    assert_results(text, [(ERROR, "SystemExit: 2"), needed, needed])


def test_what_goes_to_standard_error():
    text = """```
>>> import logging, warnings
>>> logging.warning("Watch out!")
WARNING:root:Watch out!
>>> logging.warning("Watch out!"); 0.5
WARNING:root:Watch out!
0.6
>>> np.array([1]) / 0.
<stdin>:1: RuntimeWarning: divide by zero encountered in divide
  np.array([1]) / 0.
array([inf])
>>> print("WARNING:root:one")
WARNING:root:two
```"""
    expected = [(SKIPPED, "it shows only log messages"), (FAIL, "0.6 documented, 0.5"), (EQUAL, ""), (FAIL, "'one'")]
    assert_results(text, expected)


def test_answers_to_a_program_that_asks_for_input():
    program = blocks('a = int(input("a = "))\nb = int(input("b = "))\nprint("a + b =", a + b)')
    session = "```\n>>> a = 2\n>>> b = 3\na + b = 5\n>>> c = abs(4)\nc is 4\n>>> print(0.5)\n0.6\n```"
    wrong = (FAIL, "documented")
    assert_results(f"{program}\n\nRun it:\n\n{session}", [(SKIPPED, "it asks for input"), wrong, wrong])


@pytest.mark.parametrize(
    "code, status", [("b = 3", SKIPPED), ("b = abs(3)", FAIL), ("b = 3; print(b)", FAIL), ("b = [3, 5]", FAIL)]
)
def test_answer_to_a_program_that_is_in_another_file(code, status):
    text = f".. literalinclude:: a.py\n\nRun it::\n\n    >>> a = 2\n    >>> {code}\n    a + b = 5\n"
    assert_results(text, [(status, "the code shows nothing" if status == SKIPPED else "")], ".rst")


def test_code_that_the_document_leaves_out():
    text = blocks(
        "mean, scale = [...]  # of the data",
        "print(mean)  # 3",
        "def f(x):\n    ...\nprint(f(2))  # 4",
        "x = [[1, 2]]\nprint(x[..., 0])  # 1",
    )
    left_out = (SKIPPED, "the document leaves a part of its code out")
    assert_results(text, [left_out, (FAIL, ""), (ERROR, "list indices must be integers")])


def test_value_that_code_was_to_change_and_did_not():
    text = blocks(
        "class Model:\n    weight = 0\n    def load(self, path):\n        raise OSError(path)",
        "model = Model()\nother = Model()",
        "model.load(other)",
        "print(model.weight)  # 1",
        "print(other.weight)  # 1",
        "print(len('model'))  # 5",
        "print(model.bias)  # 1",
        "print(other.bias)  # 1",
        "model = Model()\nprint(model.weight)  # 1",
    )
    why = "it uses `model`, which line 18 did not change to the end: line 5: OSError"
    as_they_are = [(FAIL, "1 documented, 0 measured"), (EXACT, "")]
    others = [(SKIPPED, why), (ERROR, "no attribute 'bias'"), (FAIL, "1 documented")]
    assert_results(text, [(ERROR, why), *as_they_are, *others])


def test_value_that_code_binds_and_does_not_change_to_the_end():
    text = blocks(
        'x = []\nfor line in open("no.csv"):\n    x.append(line)',
        "print(x)  # [1]",
        "y = [1]\ny.appendd(3)",
        "print(y)  # [1]",
        "print(y)  # [1, 3]",
        "print(y)  # [1, 3]",
    )
    no_file = (SKIPPED, "it uses `x`, which line 2 did not change to the end: it needs the file no.csv")
    error = "it uses `y`, which line 16 did not change to the end: line 17: AttributeError"
    assert_results(text, [no_file, (EXACT, ""), (ERROR, error), (SKIPPED, error)])


def test_value_computed_from_what_code_was_to_change():
    text = blocks(
        "class Model:\n    weight = 0\n    def fit(self, x):\n        self.weight = x",
        "model = Model()\nother = Model()",
        "history = model.fit(data)",
        "weight, zero = model.weight, other.weight",
        "print(weight)  # 1",
        "print(other.weight)  # 1",
    )
    derived = (SKIPPED, "it uses `weight`, which line 18 did not change to the end")
    assert_results(text, [derived, (FAIL, "1 documented, 0 measured")])


def test_module_is_not_unfinished():
    text = blocks(
        "import numpy as np\nnp.no_such_function(1)", "np.sum([1, 2])  # 4", "tf.no_such()", "print(tf.rank(2))  # 5"
    )
    assert [status for status, _ in results_of(text)] == [FAIL, FAIL]


def test_placeholders_that_an_exercise_leaves():
    """The notebook of an exercise has the output of its solution."""
    text = blocks(
        "import numpy as np\nx = np.array([1, 2])\ny = ...\nz = np.arange(4)[..., 0]",
        "print(y.sum())  # 3",
        'print("sum:", ...)  # sum: 3',
        "print(z, x)  # 0 [1 3]",
    )
    left_out = "leaves a part of its code out"
    assert_results(text, [(SKIPPED, left_out), (SKIPPED, left_out), (FAIL, "")])


@pytest.mark.parametrize(
    "code, output, status",
    [
        ("x = max(1, 2)", "2", SKIPPED),
        ("def f():\n    print(2)", "2", SKIPPED),
        ("def f():\n    print(3)\nx = f()", "2", FAIL),
        ("x = 3\nx", "2", FAIL),
        ("x = 3\nprint('', end='')", "2", FAIL),
    ],
)
def test_cell_that_shows_nothing_and_has_output(code, output, status):
    assert_results(notebook(code, output), [(status, "the code shows nothing" if status == SKIPPED else "")], ".ipynb")


@pytest.mark.parametrize(
    "code, output, status",
    [
        ("!echo 1\nprint(2)", "1\n2", SKIPPED),
        ("!echo 1\nprint(2)", "1\n3", FAIL),
        ("%matplotlib inline\nprint(2)", "3", FAIL),
        ("%matplotlib inline\nx = 3\nx", "2", FAIL),
    ],
)
def test_command_of_ipython_that_prints(code, output, status):
    said = "which is not run" if status == SKIPPED else ""
    assert_results(f"```ipython\n{code}\n```\n\n```\n{output}\n```\n", [(status, said)])


@pytest.mark.parametrize("command", ["%load_ext version_information", "!nvidia-smi", "%watermark -p numpy"])
@pytest.mark.parametrize("before", ["", "%load_ext watermark\n", "%matplotlib inline\n"])
def test_cell_of_a_command_of_ipython(command, before):
    last = before.strip() if command.startswith("%load") and before else command
    result = (SKIPPED, f"what `{last}` prints, which is not run")
    assert_results(notebook(before + command, "Python 3.5.2"), [result], ".ipynb")


@pytest.mark.parametrize(
    "code, output, status",
    [
        ("%%time\nprint(2)\n3", "2\nWall time: 1 s\n3", EXACT),
        ("%%time\nprint(2)\n3", "2\nWall time: 1 s\n4", FAIL),
        ("!pip install x\nprint([[1],\n [2]])", "Collecting x\n[[1], [2]]", SKIPPED),
        ("for i in range(2):\n    print(i)\n    !echo a", "0\na\n1\na", SKIPPED),
    ],
)
def test_output_of_code_among_that_of_a_command_of_ipython(code, output, status):
    said = "which is not run" if status == SKIPPED else ""
    assert_results(notebook(code, output), [(status, said)], ".ipynb")


@pytest.mark.parametrize(
    "handler, output, status",
    [("except:\n  print(2)", "2", SKIPPED), ("finally:\n  print(2)", "3", FAIL), ("except:\n  print(2)", "1", EXACT)],
)
def test_command_of_ipython_that_may_fail(handler, output, status):
    printed = "1" if handler.startswith("except") else ""
    code = f"try:\n  %tensorflow_version 2.x\n  print('{printed}', end='')\n{handler}"
    said = "whether `%tensorflow_version 2.x` fails" if status == SKIPPED else ""
    assert_results(notebook(code, output), [(status, said)], ".ipynb")


@pytest.mark.parametrize(
    "code, output, status",
    [
        ("t = tf.Print(t, [t])", "4.0", EXACT),
        ("t = tf.Print(t, [t])", "[3]\n4.0", EXACT),
        ("t = tf.Print(t, [t], message='t: ')", "4.0", EXACT),
        ("t = tf.Print(t, [t])", "[2]\n4.0", FAIL),
        ("t = tf.Print(t, [t])", "5.0", FAIL),
        ("print([3])", "4.0", FAIL),
    ],
)
def test_line_that_an_operation_prints(code, output, status):
    code = f"import tensorflow.compat.v1 as tf\nt = tf.constant(3.)\n{code}\nprint(tf.Session().run(t + 1))"
    results = verify([reading.read("a.ipynb", notebook(code, output).encode())], [sys.executable])
    assert {result.status for result in results if result.mode == "graph"} == {status}


def test_address_of_an_object_is_no_value_in_it():
    code = "import tensorflow as tf\ntf.function(abs)"
    assert_results(notebook(code, "<tensorflow.old.Function at 0x1546fc080>"), [(FAIL, "text")], ".ipynb")


def test_future_import_below_a_command_of_ipython():
    code = "%matplotlib inline\nfrom __future__ import absolute_import\n\nprint(1 / 2)"
    assert_results(notebook(code, "0.5"), [(EXACT, "")], ".ipynb")


def test_names_that_keras_counts():
    """The process of the author had made other layers before, by running cells again."""
    text = blocks(
        "import tensorflow as tf\na, b = tf.keras.layers.Dense(3), tf.keras.layers.Dense(4)\ntf.zeros([]).numpy()",
        "print(a.name, a.units, b.name)\n# output\n# dense_20 3 dense_21",
        "print(a.name, a.units, b.name)\n# output\n# dense_20 5 dense_21",
        "print(a.name, b.name, a.name)\n# output\n# dense_20 dense_21 dense_22",
        'c = tf.keras.layers.Dense(3, name="layer_1")\nprint(c.name)\n# output\n# layer_2',
    )
    counted = (SKIPPED, "names that Keras numbers")
    assert_results(text, [counted, (FAIL, ""), (FAIL, ""), (FAIL, "")])


@pytest.mark.parametrize(
    "documented, status",
    [("[ 1, 4 ]", SKIPPED), ("<BatchDataset element_spec=(1, 4)>", FAIL), ("Tensor([1, 4])", FAIL)],
)
def test_elements_of_a_dataset(documented, status):
    code = f"import tensorflow as tf\ntf.data.Dataset.from_tensor_slices([1, 2]).map(lambda x: x * x)  # {documented}"
    said = "the document shows what is in it" if status == SKIPPED else ""
    assert_results(blocks(code), [(status, said)])


DRAWING = "```\n┌───┬───┐\n│ 0 │ 1 │\n└───┴───┘\n```"


@pytest.mark.parametrize(
    "code, status",
    [
        ("x = list(range(2))", SKIPPED),
        ("x = [0, 1]\nx", SKIPPED),
        ("print('a table with 0 and 1')", FAIL),
        ("str('').strip() or None", FAIL),
    ],
)
def test_value_that_the_document_draws(code, status):
    said = "draws the value" if status == SKIPPED else ""
    assert_results(f"{blocks(code)}\n\n{DRAWING}", [(status, said)])


def test_code_and_output_that_a_template_includes():
    included = (SKIPPED, "includes it from another file")
    template = '{% include "./a.py" %}'
    text = f"```python\n{template}\n```\n\nOutput:\n\n```\n{template}\n```"
    assert_results(f"{text}\n\n```python\nprint(1)\n```\n\nOutput:\n\n```\n{template}\n```", [included] * 2)
    wrong = "```python\nprint(1)\n```\n\nOutput:\n\n```\n{% 2 %}\n```"
    assert_results(wrong, [(FAIL, "")])


@pytest.mark.parametrize("output, status", [("134 ms per loop\n3", SKIPPED), ("134 ms per loop\n4", FAIL)])
def test_magic_that_goes_on_in_the_next_line(output, status):
    code = "%timeit [i \\\n        for i in range(9)]\nprint(3)"
    assert_results(f"```ipython\n{code}\n```\n\nOutput:\n\n```\n{output}\n```\n", [(status, "")])


def test_library_that_another_one_needs():
    codes = [
        "raise ImportError('Could not import PIL.Image. The use of `load_img` requires PIL.')",
        "raise ImportError('Requires yaml module installed (`pip install pyyaml`).')",
        "from math import no_such_name",
    ]
    texts = [f"{code}\nprint(1)  # 1" for code in codes]
    library = (SKIPPED, "it needs a library that this interpreter does not have")
    assert_results(blocks(*texts), [library, library, (ERROR, "cannot import name")])


def test_documented_error_that_follows_from_an_earlier_one():
    text = blocks("x = [1, 2]\ny = x.first")
    error = "Traceback (most recent call last):\n  ...\nNameError: name '{}' is not defined"
    session = "```\n>>> print({})\n{}\n```\n"
    assert_results(f"{text}\n\n{session.format('y', error.format('y'))}", [(EXACT, "")])
    assert_results(f"{text}\n\n{session.format('y', error.format('z'))}", [(ERROR, "which line 2 did not define")])


def test_debugger_asks_for_input():
    program = blocks("def f(x):\n    import pdb\n    pdb.set_trace()\n    return x\n\nf(1)")
    assert_results(f"{program}\n\n```\n>>> f(1)\n2\n```", [(SKIPPED, "it asks for input")])


def test_import_from_the_future_below_others_in_a_cell():
    code = "import math\nfrom __future__ import print_function\nx = 2\nprint(x)"
    assert_results(notebook(code, "2\n"), [(EXACT, "")], ".ipynb")
    assert_results(blocks(f"{code}  # 2"), [(ERROR, "must occur at the beginning of the file")])


def test_version_of_a_module_that_has_none():
    text = blocks("import math\nprint(math.__version__)") + "\n\n```\n1.2.3\n```"
    assert_results(text, [(SKIPPED, "it shows the version")])


def test_files_that_a_pattern_names():
    code = "raise ValueError('No files match `file_pattern` /content/a.csv.')\nprint(1)  # 1"
    assert_results(blocks(code), [(SKIPPED, "it needs the file /content/a.csv")])


@pytest.mark.parametrize("version, status", [("0.0.0", SKIPPED), ("two", FAIL)])
def test_version_below_what_a_command_prints(version, status):
    code = "!pip install numpy\nimport numpy as np\nprint('NumPy', np.__version__)"
    assert_results(notebook(code, f"Collecting numpy\nNumPy {version}\n"), [(status, "")], ".ipynb")


@pytest.mark.parametrize(
    "documented, status",
    [("On GPU: 0.5\nOn CPU: 1.5", SKIPPED), ("On CPU: 1.5", EXACT), ("On CPU: 2.5", FAIL), ("CPU: 1.5", FAIL)],
)
def test_what_runs_only_on_a_device(documented, status):
    code = "if tf.config.list_physical_devices('GPU'):\n    print('On GPU:', 0.5)\nprint('On CPU:', 1.5)"
    assert_results(f"{blocks(code)}\n\n```\n{documented}\n```\n", [(status, "")])


@pytest.mark.parametrize(
    "code, status",
    [("x = tf.constant(3.5)", SKIPPED), ("x = tf.constant(3.5)\nx", FAIL), ("x = f(3.5)", FAIL)],
)
def test_output_of_a_program_of_which_the_document_shows_a_part(code, status):
    codes = blocks("def f(x):\n    return x", code)
    text = f"{codes}\n\nOutput:\n\n```\nx, valor 3.6: 4 + 5.5 = 9.5\n```\n"
    assert_results(text, [(status, "")])


def test_comment_on_what_a_call_has_changed():
    assert_results(blocks("d = {}\nd.update(a=1)\n# {'a': 1}"), [(SKIPPED, "the code shows nothing")])
    assert_results(blocks("d = {'a': 2}\nd.copy()\n# {'a': 1}"), [(FAIL, "")])
    assert_results(blocks("def f():\n    pass\n\n\nf()\n# {'a': 1}"), [(FAIL, "")])


def test_list_that_a_failed_call_was_to_fill():
    session = "```\n>>> v = []\n>>> {}.walk(v.append, [1, 2])\n>>> v\n[1, 2]\n```\n"
    assert_results(session.format("nosuch"), [(SKIPPED, "which line 3 did not change to the end")])
    assert_results(session.replace("{}.walk", "len").format(), [(ERROR, "which line 3 did not change to the end")])
    assert_results(session.replace(".walk", "").format("list(map").replace("2])", "3]))"), [(FAIL, "")])


def test_what_graph_mode_does_not_support():
    code = "raise ValueError('f() is only supported in eager mode.')\nprint(1)  # 1"
    assert_results(blocks(code), [(SKIPPED, "it needs eager mode")])


def test_name_that_neither_a_docstring_nor_its_module_defines():
    text = '"""A module.\n\n>>> NoSuchLayer()\n3\n"""\n'
    assert_results(text, [(SKIPPED, "nor does its module as far as it can be imported here")], ".py")
