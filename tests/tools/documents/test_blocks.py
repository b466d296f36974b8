"""Blocks: what is code, what is output, and of which code."""

import pytest

from tfsoftmax_compat.tools.documents import CELL, SCRIPT, blocks
from tfsoftmax_compat.tools.documents.formats import docstrings, html, markdown, restructured

VALUES = [
    "[array([0.25, 0.99])]",
    "array([1.], dtype=float32)",
    "tf.Tensor(2.0, shape=(), dtype=float32)",
    "(3, 2) (3,)",
    "np.float32(0.99)",
    "TensorShape([2, 3])",
    "<tf.Tensor: shape=(), dtype=float32, numpy=0.5>",
    "{'a': 0.99}",
    "a=0.99",
    "OrderedDict([('a', 1)])",
    "datetime.date(2017, 2, 22)",
]


def read(text, a_format=markdown, path="a.md"):
    return blocks.document(a_format.blocks(text, path), path)


def documented(text, a_format=markdown):
    return [example.documented for example in read(text, a_format).examples]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("language", ["", "text", "console", "none"])
@pytest.mark.parametrize("between", ["", "Output:\n\n", "When you run it, this prints the expected value of 7.0:\n\n"])
def test_values_are_output(value, language, between):
    assert documented(f"```python\nf(x)\n```\n\n{between}```{language}\n{value}\n```\n") == [value]


@pytest.mark.parametrize("value", VALUES)
def test_values_in_other_markup(value):
    escaped = value.replace("<", "&lt;")
    assert documented(f"```python\nf(x)\n```\n\n    {value}\n\n\n") == [value]
    assert documented(f"```python\nf(x)\n```\n\n<pre>{escaped}</pre>\n") == [value]
    assert documented(f'<pre><code class="python">f(x)</code></pre>\n<pre>{escaped}</pre>', html) == [value]
    text = f".. code:: python\n\n    f(x)\n\n\n\n\n.. parsed-literal::\n\n    {value}\n"
    assert documented(text, restructured) == [value]


def test_values_below_code_without_label():
    """In such a block an assignment is code. So is a call of a class, if no code above shows a value."""
    assert documented("```\nprint(x)\n```\n\n```\narray([1, 2])\n```\n") == ["array([1, 2])"]
    assert documented("```\nprint(x)\n```\n\n```\na = 3\n```\n") == [None, None]
    assert documented("```\nimport a\n```\n\n```\nPoint(1, 2)\n```\n```\nPoint(1, 2)\n```\n") == [None, "Point(1, 2)"]


def test_values_that_are_of_no_code():
    document = read("```python\nf(x)\n```\n\nSomething else\n\n```\n[0.5]\n```\n```\narray([1])\n```\n```\n1\n```\n")
    assert [(each.line, each.text) for each in document.unattributed] == [(8, "[0.5]"), (11, "array([1])"), (14, "1")]
    assert [example.documented for example in document.examples] == [None]
    document = read("```python\nf(x)  # 1\n```\n\n```\n2\n```\n")
    assert [(each.line, each.text) for each in document.unattributed] == [(6, "2")]


def test_code_is_no_output():
    text = "```python\nf(x)\n```\n\nTo print the results:\n\n```\nprint(f(x))\n```\n"
    assert documented(text) == [None, None]


@pytest.mark.parametrize(
    "prose",
    [
        "If the seed is set, so this prints the expected value of 7.0:",
        "This outputs",
        "which gives",
        "I get:",
        "This produces the following array:",
        "Output on TF 1.4",
        "**Output**",
        "The output of the script:",
        "Long prose. It ends in a full stop.\n\nOutput:",
        "输出结果为：",
        "运行结果",
        "打印：",
        "出力結果：",
        "실행 결과:",
        "Résultat :",
        "Ausgabe:",
        "Salida:",
        "Результат:",
    ],
)
def test_announcements(prose):
    """Below such a marker, words are output too."""
    assert documented(f"```python\nf(x)\n```\n\n{prose}\n\n```\nloss ok\n```\n") == ["loss ok"]


@pytest.mark.parametrize(
    "prose",
    [
        "Results depend on the seed.",
        "Run it as a script.",
        "See the output layer in",
        "This produces a file with a name in the following format:",
        "To see the plots, run the following command:",
        "It returns names of the form:",
    ],
)
def test_no_announcements(prose):
    assert documented(f"```python\nf(x)\n```\n\n{prose}\n\n```\nloss ok\n```\n") == [None]


@pytest.mark.parametrize("prose", ["This returns:", "", "`y` is then, so the output is:"])
def test_the_value_assigned(prose):
    (example,) = read(f"```python\nx = 1\ny = f(x)\n```\n\n{prose}\n\n```\n[2, 4]\n```\n").examples
    assert (example.code, example.documented, example.assigned) == ("x = 1\ny = f(x)\n", "[2, 4]", "y")


def test_the_value_assigned_in_a_comment():
    (example,) = read("```python\ny = f(x)\n# Output is: [2, 4]\n```\n").examples
    assert (example.documented, example.assigned) == ("[2, 4]", "y")


def test_code_that_shows_nothing():
    """The code is run. The output that is announced is reported as skipped."""
    text = "```python\nx = [1]\ny = [v + 1 for v in x]\n```\n\nThe elements of `result` will be:\n\n```\n2, 3\n```\n"
    code, skipped = read(text).examples
    assert (code.code, code.documented, code.skip) == ("x = [1]\ny = [v + 1 for v in x]\n", None, "")
    assert (skipped.line, skipped.documented, skipped.skip) == (3, "2, 3", "the code shows nothing")


def test_output_in_parts():
    """nbconvert writes a block for what is printed and one for the value displayed."""
    outputs = "".join(f"\n\n\n\n.. parsed-literal::\n\n    {value}\n" for value in (1, 2))
    text = f".. code:: ipython3\n\n    print(1)\n    x\n{outputs}"
    (example,) = read(text, restructured).examples
    assert (example.documented, example.kind) == ("1\n2", CELL)


def test_code_blocks():
    """What `check` and `migrate` read: Python as the document has it."""
    text = "```python\nprint x\n```\n\n```\n[1]\n```\n\n```pycon\n>>> 1\n1\n```\n```bash\nls\n```\n"
    found = list(blocks.code_in(markdown.blocks(text, "a.md")))
    assert [(code.block.text, code.is_session) for code in found] == [("print x\n", False), (">>> 1\n1\n", True)]
    assert blocks.is_python("py3") and not blocks.is_python("bash")


def test_tabs_among_blanks_make_no_document_python_2():
    code = "if True:\n        x = 1\n\ty = 2\nprint(x / 2)"
    (example,) = read(f"```python\n{code}\n```\n\n```\n0.5\n```\n").examples
    assert not example.is_python_2 and "\t" not in example.code


def test_python_2_makes_the_whole_document_python_2():
    text = "```python\nprint x\n```\n```\n'1'\n```\n\n```python\nfor i in xrange(3): pass\n```\n"
    first, second = read(text).examples
    assert (first.code, first.documented, first.is_python_2, first.kind) == ("print(x)\n", "'1'", True, SCRIPT)
    assert (second.code, second.is_python_2) == ("for i in range(3): pass\n", True)


def test_a_traceback_is_output_of_any_code():
    traceback = 'Traceback (most recent call last):\n  File "x"\nNameError: no y'
    assert documented(f"```python\nx = y\n```\n\n```\n{traceback}\n```\n") == [traceback]


@pytest.mark.parametrize("value", ["[4.99, 0.01]", "(3, 2)", "[[1. 2.]\n [3. 4.]]", "<tf.Tensor: id=3, numpy=2>"])
@pytest.mark.parametrize("prose", ["", "You should see a result close to this:"])
def test_values_in_a_python_fence(value, prose):
    assert documented(f"```python\nf(x)\n```\n{prose}\n```python\n{value}\n```\n") == [value]


def test_code_in_a_python_fence_is_no_output():
    """A call could be code or output, so only prose that announces output makes it output."""
    assert documented("```python\nf(x)\n```\n```python\nrange(3)\n```\n") == [None, None]
    assert documented("```python\nf(x)\n```\nIt prints:\n```python\nrange(3)\n```\n") == ["range(3)"]
    assert documented("```python\nf(x)\n```\nIt prints:\n```python\nx = 3\n```\n") == [None, None]
    assert documented("```python\nf(x)\n```\nA vector is\n```python\n[1, 2]\n```\n") == [None, None]


def test_values_behind_arrows():
    """Such a block is no Python, and never passed over silently."""
    text = "# 'x' is [[1, 1]]\ntf.reduce_sum(x) ==> 2\ntf.reduce_sum(x, 0) ==> [1, 1]\n"
    assert [(each.code, each.documented) for each in read(f"```python\n{text}```\n").examples] == [
        ("tf.reduce_sum(x)  # ==> 2\n", "2"),
        ("tf.reduce_sum(x, 0)  # ==> [1, 1]\n", "[1, 1]"),
    ]
    for language in ("", "prettyprint"):
        (found,) = read(f"```{language}\n{text}```\n").unattributed
        assert (found.line, found.text.split("\n")[0]) == (3, "tf.reduce_sum(x) ==> 2")
    (found,) = read("```python\ntf.diag(x)\n  ==> [[1 0]\n       [0 2]]\n```\n").unattributed
    assert (found.line, found.text) == (3, "  ==> [[1 0]\n       [0 2]]")
    assert not read("```python\nprint(f(x))\n# ==> 2\n```\n").unattributed
    assert not read("```\nFirst step => 3\n```\n```sh\nx ==> 3\n```\n").unattributed


def test_values_in_comments_of_code_with_an_error_in_it():
    text = "Do this:\n\n    with f() as x:\n    g(x)\n    print(x)  # 3\n    print(y)  # and so on\n"
    assert [(each.line, each.text) for each in read(text).unattributed] == [(5, "3")]


def test_the_traceback_of_a_call_that_is_commented_out():
    """The definition raises nothing. The call is not run, and its documented error is reported as skipped."""
    traceback = 'Traceback (most recent call last):\n  File "x"\nValueError: no y'
    code, skipped = read(f"```python\ndef f():\n    return y\n\n# f()\n```\n\n```\n{traceback}\n```\n").examples
    assert (code.documented, skipped.documented, skipped.skip) == (None, traceback, "the code shows nothing")


@pytest.mark.parametrize("prose", ["", "The results of a run in the terminal:"])
def test_values_in_a_shell_fence(prose):
    assert documented(f"```python\nf(x)\n```\n{prose}\n```bash\n[5.0, 0.5]\n```\n") == ["[5.0, 0.5]"]
    assert documented(f"```python\nf(x)\n```\n{prose}\n```bash\npython a.py\n```\n") == [None]
    document = read("```python\nf(x)\n```\nSome words.\n```sh\n[5.0, 0.5]\n```\n")
    assert [each.line for each in document.unattributed] == [6]
    document = read("```sh\n$ python a.py\nWarm up\n0.5\n```\n\n```sh\n$ cd a\n$ python a.py\n```\n")
    assert [each.line for each in document.unattributed] == [2]


@pytest.mark.parametrize(
    "line, is_listed",
    [
        ("[0.]", True),
        ("x : <tf.Variable 'x:0' shape=() dtype=float32>", True),
        ('y = Tensor("Square:0", shape=(), dtype=float32)', True),
        ("[0.] of them", False),
        ("x : 3", False),
    ],
)
def test_array_between_words_is_listed(line, is_listed):
    document = read(f"```python\nf()\n```\n\nSome words.\n\n```\n{line}\na.jpg is a horse\n```\n")
    assert [each.line for each in document.unattributed] == ([8] if is_listed else [])


@pytest.mark.parametrize("label", ["Output:", "输出：", "[Output]"])
def test_label_of_output_in_its_block(label):
    text = "```python\nprint(f(2))\n```\n\nResult:\n\n```python\n{}\n[5, 1.5]\n```\n"
    assert documented(text.format(label)) == ["[5, 1.5]"]
    assert documented(text.format("Layers:")) != ["[5, 1.5]"]


def test_value_in_a_heading_below_code_is_listed():
    text = "```python\nprint(x)\n```\n\n#### {}由此可见\n"
    assert [each.line for each in read(text.format("输出[[1.5, 2.], [4., 4.5]]")).unattributed] == [5]
    assert not read(text.format("参数[[1.5, 2.], [4., 4.5]]")).unattributed


def test_code_in_a_quote_without_a_fence_is_listed():
    text = "Text.\n\n>x = 10\n\n>print(x) # {}\n"
    assert [each.line for each in read(text.format(">> 10 (it is an int)")).unattributed] == [5]
    assert [each.line for each in read(text.format("=> [10]")).unattributed] == [5]
    assert not read(text.format("it is an int")).unattributed


@pytest.mark.parametrize(
    "session",
    [
        ">>> x\narray([1, 2])",
        ">>> x.shape\n(1, 1)",
        ">>> f (x)  # words\narray([1, 2])",
        ">>> for row in [1, 2]:\n...     print(row)\n...\n1\n2",
    ],
)
def test_prompts_outside_of_a_fence_are_listed(session):
    assert [each.text for each in read(f"Text.\n\n{session}\n").unattributed] == [session]
    assert not read("Text.\n\n>>> words\nand more\n").unattributed


def test_code_with_an_error_below_words_that_announce_output_is_no_output():
    text = "```\nx = f(2)\nx.sum()\n```\n\n{}:\n\n```\ny = f([3, 4]\ny.sum()\n```\n"
    assert documented(text.format("See the following code")) == [None]
    assert documented(text.format("So we see the sum of it")) == [None]
    assert documented(text.format("So we see the sum of it").replace("y = f([3, 4]\ny.sum()", "Sum(x) is [3")) == [
        "Sum(x) is [3"
    ]


def test_value_that_a_part_of_a_module_is_set_to_is_listed():
    shown = "np.ogrid[:2] = [array([[0],[1]])]"
    assert [each.text for each in read(f"```python\n{shown}\n```\n").unattributed] == [shown]
    assert not read("```python\nx[:2] = [0, 1]\n```\n").unattributed


def test_second_output_of_code_that_shows_nothing_is_listed():
    text = "```python\ndef f(x):\n    print(x)\n```\n\nf(2) gives:\n\n```\n3\n```\n\nf(4) gives:\n\n```\n5\n```\n"
    document = read(text)
    assert [each.documented for each in document.examples] == [None, "3"]
    assert [each.text for each in document.unattributed] == ["5"]


def test_output_of_code_in_a_picture():
    picture = "![a](a.png)"
    text = f"```python\nprint(x)\n```\n\nNow type:\n\n{picture}\n\nThis gives:\n\n```\n10\n```\n"
    assert [each.text for each in read(text).unattributed] == ["10"]
    assert documented(text) == [None]
    assert documented(text.replace("Now type:", "").replace(f"{picture}\n\nThis", f"This {picture}")) == ["10"]


def test_output_in_the_block_of_its_code_that_reads_as_annotations():
    code = "print(x.name)\nprint(y.name)\nx:0\nx_1:0"
    assert [each.text for each in read(f"```python\n{code}\n```\n").unattributed] == ["x:0\nx_1:0"]
    assert [each.text for each in read(f"```\n{code}\n```\n").unattributed] == [code]
    assert not read("```python\nx: int\nprint(x)\ny: int\n```\n").unattributed
    assert not read("```python\nx:0\n```\n").unattributed


def test_values_labelled_as_python_that_are_no_python():
    text = "```python\nprint(x)\n```\n\nSome words.\n\n```python\nTensor(“a:0”)\n[[11.]]\n```\n"
    assert [each.line for each in read(text).unattributed] == [8]
    assert not read("```python\nSome words, and 3\n```\n").unattributed


def test_values_behind_arrows_that_need_no_other_block():
    (example,) = read("```\ntf.fill([2], 8) ==> [8, 8]\n```\n").examples
    assert (example.code, example.documented) == ("tf.fill([2], 8)  # ==> [8, 8]\n", "[8, 8]")
    (found,) = read("```\ntf.fill([n], 8) ==> [8, 8]\n```\n").unattributed
    assert found.line == 2


def test_code_with_an_error_in_it_is_no_output():
    text = "```python\nprint(f(x))\n```\n\n%s```\nw = {'w), 'x': 1}\nprint(w)\n```\n"
    found = read(text % "")
    assert ([each.documented for each in found.examples], [each.line for each in found.unattributed]) == ([None], [6])
    assert documented(text % "It prints:\n\n") == ["w = {'w), 'x': 1}\nprint(w)"]


@pytest.mark.parametrize(
    ("shown", "output"),
    [
        (">>>\n0.5\n", "0.5"),
        (">> \n[ 0.5\n 1.5]\n>>>\n", "[ 0.5\n 1.5]"),
        (">>>\nThe whole program ended well.\nLoss: 0.5\n>>>\n", "The whole program ended well.\nLoss: 0.5"),
        ("Python 2.7.10 on linux >>> ===== RESTART =====\n>>>\nLoss: 0.5\n", "Loss: 0.5"),
    ],
)
def test_what_a_shell_shows_between_empty_prompts(shown, output):
    """IDLE's output of a program, which a book has in a fence of Python."""
    text = f"```py\nprint(f(x))\n```\n\nLet us look at it.\n\n```py\n{shown}\n```\n"
    (example,) = read(text).examples
    assert (example.code, example.documented) == ("print(f(x))\n", output)
    assert example.written[0].line == 8 + shown.split("\n").index(output.split("\n")[0])


def test_empty_prompts_around_code_and_in_sessions():
    assert documented("```py\n>>> x = 1\n>>>\n>>> x\n1\n>>>\n```\n") == [None, "1"]
    assert documented("```py\nprint(1)\n```\n\n```py\n>>>\nprint(2)\n```\n") == [None, None]
    found = read("```py\nx = 1\n```\n\n```py\n>>>\nWell done: 0.5\n```\n")
    assert [example.skip for example in found.examples] == ["", "the code shows nothing"]
    found = read("Words.\n\n```py\n>>>\nWell done: 0.5\n```\n")
    assert [each.line for each in found.unattributed] == [4]


@pytest.mark.parametrize(
    ("prose", "line"),
    [
        ("This prints `0.5`.", 5),
        ("First, it is computed. The result is `[1, 2]`.", 5),
        ("Output: 0.5", 5),
        ("输出：</br>\n42", 5),
        ("这打印输出`72.0`。", 5),
        ("Text.\n\n>>> print(x)\n0.6", 7),
        ("> >> x = 1", None),
        ("It prints `3` values.", None),
        ("The output has 3 rows.", None),
        ("It takes `0.5`.", None),
        ("Well.\n\nThis prints `0.5`.", None),
    ],
)
def test_output_in_prose_is_accounted_for(prose, line):
    """It is not verified: what a sentence means by it is not known."""
    found = read(f"```python\nprint(x)\n```\n\n{prose}\n\nMore:\n\n```python\nprint(y)\n```\n\n```\n1\n```\n")
    assert [each.line for each in found.unattributed] == ([line] if line else [])
    assert [example.documented for example in found.examples] == [None, "1"]


def test_statements_below_a_fence_that_is_closed_twice():
    found = read("```\n>>> 1 + 1\n2\n```\n```\n\nMore:\n\n```\n>>> 2 + 2\n5\n```\n")
    assert "2 + 2" in "".join(each.text for each in found.unattributed)


def test_values_below_words_that_may_announce_output():
    text = "```python\nprint(x)\n```\n\n运行它，我们可以看到：\n\n```\n%s\n```\n"
    assert documented(text % "[0.5 1.5]") == ["[0.5 1.5]"]
    assert documented(text % "loss = mean of squares") == [None]


@pytest.mark.parametrize("last", ["shape", "shape.rank", "f(shape)"])
def test_code_with_values_below_an_empty_line(last):
    assert documented(f"```\nimport a\nshape = a.b([3])\n{last}\n\nTensorShape([3])\n```\n") == ["TensorShape([3])"]
    assert documented("Words\n\n    word\n\n    0.25\n") == []


def test_python_2_in_one_docstring():
    """The others, and what the file defines by a name of Python 2, are Python 3."""
    old = 'def f():\n  """One.\n\n  >>> print 1\n  1\n  """\n\n\n'
    new = 'def g():\n  """Two.\n\n  >>> xrange(3)\n  3\n  """\n'
    first, second = read(old + new, docstrings, "a.py").examples
    assert (first.code, first.is_python_2) == ("print(1)\n", True)
    assert (second.code, second.is_python_2) == ("xrange(3)\n", False)


def test_values_that_begin_like_a_statement():
    """They are no session without prompts."""
    values = "tf.Tensor(10.0, shape=(), dtype=float32)\ntf.Tensor([1 0], shape=(2,), dtype=int64)"
    assert documented(f"```python\nprint(a)\nprint(b)\n```\nOut:\n```python\n{values}\n```\n") == [values]


@pytest.mark.parametrize("printing", ["print(f(i))", "print f(i)"])
def test_a_program_below_a_marker_is_no_output(printing):
    program = f"for i in range(2):\n    {printing}"
    above = "```\nsess = g()\nsess.run(init)\n```\n"
    text = f"{above}- 输出\n```\n{program}\n```\n结果：\n```\n0.5\n0.25\n```\n"
    assert documented(text) == [None, "0.5\n0.25"]


def test_source_that_a_program_prints():
    source = "def f(x):\n    return x"
    assert documented(f"```python\nprint(source(f))\n```\nOutput:\n```\n{source}\n```\n") == [source]


def test_an_empty_prompt_between_code_and_the_values_that_it_shows():
    text = "```python\na = f(x)\nprint(a)\n>>\n   [[1 4]\n    [2 5]]\n```\n"
    assert documented(f"```python\nf(x)\n```\nso:\n{text}") == [None, "   [[1 4]\n    [2 5]]"]


def test_values_below_a_value_that_is_written_out():
    """They are not those of the code, and are accounted for."""
    text = "```\nx = [[1, 2]]\n```\nThis operation will output a tensor of shape `[2, 1]`:\n```\n[[1], [2]]\n```\n"
    (_, example) = read(text).examples
    assert (example.documented, example.skip) == ("[[1], [2]]", "the code shows nothing")


@pytest.mark.parametrize("language", ["python", ""])
def test_values_of_a_call_that_only_the_prose_has(language):
    prose = "This adds a dimension. Which means that ```np.ones((2, 1))``` would be printed as:"
    text = f"```python\n%s\n```\n\n{prose}\n\n```{language}\narray([[1.],\n       [1.]])\n```\n"
    found = read(text % "np.array([1, 2])")
    assert [example.documented for example in found.examples] == [None]
    assert [each.line for each in found.unattributed] == [8]
    assert documented(text % "np.ones((2,1))") == ["array([[1.],\n       [1.]])"]


@pytest.mark.parametrize("language", ["python", ""])
@pytest.mark.parametrize("marker", ["[Output]", "[出力]", "【输出】"])
def test_marker_in_brackets_above_the_output_in_its_block(marker, language):
    output = "[[ 1.  2.]\n[ 3.  4.]]\n→ All are there.\nThey are in order."
    text = f"```python\nprint(x)\n```\n```{language}\n%s\n{output}\n```\n"
    (example,) = read(text % marker).examples
    assert (example.documented, [each.line for each in example.written]) == ("[[ 1.  2.]\n[ 3.  4.]]", [6, 7])
    assert documented(text % "[1]")[0] != example.documented


def test_marker_in_brackets_below_code_that_only_defines():
    text = "```python\ndef main():\n    print(1)\n```\n```python\n[Output]\n1\n```\n"
    assert [example.skip for example in read(text).examples if example.documented] == [blocks.SHOWS_NOTHING]


def test_prompts_in_front_of_what_code_shows():
    text = "```python\nx = [1, 2]\nprint(x)\n>>> [1, 3]\n\nprint(len(x))\n>>> 2\n```\n"
    assert documented(text) == documented(text.replace("```python", "```")) == ["[1, 3]", "2"]


def test_prompts_in_front_of_what_code_in_a_docstring_shows():
    code = "x = [1, 2]\nprint(x)\n>>> [[1],\n     [3]]\n\nx = 2\nprint(x)\n>>> 3\n"
    text = f'"""Reshape.\n\n```python\n{code}```\n"""\n'
    found = list(docstrings.blocks(text, "a.py"))
    assert [example.documented for example in blocks.document(found, "a.py").examples] == ["[[1],\n[3]]", "3"]


def test_prompts_in_front_of_code_are_a_session():
    assert documented("```python\n>>> x = [1, 2]\n>>> x\n[1, 2]\n```\n") == [None, "[1, 2]"]


def two(above, below, between=""):
    """A document of two blocks of Python."""
    return f"```python\n{above}\n```\n{between}\n```python\n{below}\n```\n"


@pytest.mark.parametrize(
    "code, output",
    [
        ("a = f(4)\nprint(a)", "tf.Tensor(4, shape=(), dtype=int32)"),
        ("print(a)", "[[1. 2.]\n [3. 4.]]"),
        ("print(a)", "[1, 2]"),
        ('print("First:", 0)\nprint("Second:", 1)', "First: 0\nSecond: 2"),
        ('print("From 4 to the end")\nprint(a)', "From 4 to the end\n[[1. 2.]\n [3. 4.]]"),
    ],
)
def test_output_that_a_fence_says_is_python(code, output):
    assert documented(two(code, output)) == [output]


@pytest.mark.parametrize("below", ["x = [1, 2]", "OrderedDict([('a', 1)])", "f(1)", "x: int = 3", "Dense(10)"])
def test_code_below_code_is_no_output(below):
    assert documented(two("print(a)", below)) == [None, None]


@pytest.mark.parametrize(
    "above, below",
    [
        ("print(x)  # [7. 9.]\nprint(y)", "[7. 9.]\n[8. 10.]"),
        ("print(x)", "2.6.0\ntf.Tensor(4.0, shape=(), dtype=float32)"),
        ("print(f(x))", "ValueError: can't convert that"),
    ],
)
def test_what_may_be_output_although_a_fence_says_it_is_python(above, below):
    (unattributed,) = read(two(above, below)).unattributed
    assert unattributed.text == below


def test_words_that_code_prints_may_be_output():
    code = 'print("After %d steps, loss on all data is %g" % (1, f(1)))'
    output = "After 1 steps, loss on all data is 0.5"
    prose = "The network is trained for two rounds, and its loss is printed each time."
    (unattributed,) = read(f"```python\n{code}\n```\n\n{prose}\n\n```\n{output}\n```\n").unattributed
    assert unattributed.text == output


def test_output_that_is_one_of_several_nouns_announces_none():
    for words, found in (("前向传播: 定义输入、参数和输出", [None]), ("运行的结果", ["x=  w1=0.5"])):
        assert documented(f"```python\nf(x)\n```\n\n* {words}\n\n```\nx=  w1=0.5\n```\n")[:1] == found


def test_value_that_goes_on_outside_its_comment():
    whole = "tf.Tensor(\n[[1. 1.]\n [1. 1.]], shape=(2, 2), dtype=float32)"
    text = f"a = f(1)\nprint(a)  # {whole}\n\nprint(a.shape)  # (2, 2)"
    assert documented(f"```python\n{text}\n```\n") == [whole, "(2, 2)"]


IN_COMMENTS = "# >>> f(1)\n# 2\n#\n# >>> print(\n# ...     f(2))\n# 4\n"
COMMENTED = f"```python\ndef f(x):\n    return 2 * x\n\n# Indeed:\n{IN_COMMENTS}y = f(3)\n```\n"


def test_session_in_comments():
    found = [(each.line, each.code, each.documented) for each in read(COMMENTED).examples]
    assert found == [
        (2, "def f(x):\n    return 2 * x\n", None),
        (6, "f(1)\n", "2"),
        (9, "print(\n    f(2))\n", "4"),
        (12, "y = f(3)\n", None),
    ]
    (written,) = read(COMMENTED).examples[1].written
    assert (written.line, written.before, written.text, written.goes_on) == (7, "# ", "2", "# ")
    inside = "```python\ndef f(x):\n# >>> f(1)\n# 2\n    return 2 * x\n```\n"
    assert [each.documented for each in read(inside).examples] == [None]


def test_names_displayed_in_a_block_without_a_language():
    code = "```python\nx = f()\n```\n\n"
    assert documented(f"{code}```\nx\n```\n\n    array([1.])\n\n\n") == [None, "array([1.])"]
    assert documented(f"{code}```\ny = x\ny\n```\n\n    5\n\n\n") == [None, "5"]
    # Words that the code prints, and names that it does not bind.
    assert documented("```python\nx = f()\nprint('x')\n```\n\n```\nx\n```\n") == ["x"]
    assert documented(f"{code}```\nz\n```\n") == ["z"]


@pytest.mark.parametrize("prose", ["The dense layers, and 10 output layers as above:", "Its output units are:"])
def test_outputs_of_a_model_announce_nothing(prose):
    assert documented(f"```\nlist(range(3)),\n```\n\n{prose}\n\n```\n  list(range(4)),\n])\n```\n") == [None]


def test_commands_of_ipython_are_no_output():
    assert documented("```python\nprint(path)\n```\n\n```\n!wget https://a.org/b\n!ls\n```\n") == [None]


@pytest.mark.parametrize("line_break", ["<br>", "</br>", "  ", "\\"])
def test_output_in_a_paragraph_with_line_breaks(line_break):
    text = f"```python\nprint('Hello')\n```\n\nOutput:{line_break}\nHello{line_break}\n42\n"
    assert [each.line for each in read(text).unattributed] == [5]
    assert not read(text.replace("Output", "Then")).unattributed


def test_value_before_a_semicolon_is_listed():
    (found,) = read("```python\nx = f()\nlen(x)  # 4; three of them from the list\n```\n").unattributed
    assert (found.line, found.text) == (3, "4; three of them from the list")


def test_what_a_cell_of_a_page_writes_to_standard_error_is_no_output():
    def page(error):
        areas = f'<div {error}><pre>to stderr</pre></div><div class="output_stdout"><pre>3</pre></div>'
        return f'<div class="highlight hl-ipython3"><pre>print(1)</pre></div>{areas}'

    assert documented(page('class="output_stream output_stderr"'), html) == ["3"]
    assert documented(page('data-mime-type="application/vnd.jupyter.stderr"'), html) == ["3"]


def test_session_behind_fenced_code_in_a_docstring():
    fenced = "```python\nx = 1\n```"
    arguments = "Args:\n  arr: Values. They are\n    `arr`, and\n    1."
    text = f'"""X.\n\n{fenced}\n\n>>> print([1, 2])\n[1, 2]\n\n{arguments}\n"""\n'
    assert documented(text, docstrings) == [None, "[1, 2]"]


def test_commands_between_code_in_a_block_without_a_language():
    assert documented("```\nimport os\nprint(41)\n!ls \\\n  -l\nprint(42)\n```\n\n```\n41\n42\n```\n") == ["41\n42"]
    assert documented("```\n!ls\n```\n\n```\na b\n```\n") == []


def test_words_that_the_code_prints_in_a_block_for_a_shell():
    assert documented('```python\nprint("a", 1)\n```\n\n```bash\na 2\n```\n') == ["a 2"]
    assert documented('```python\nprint("a", 1)\n```\n\n```bash\nls 2\n```\n') == [None]


def test_values_behind_words_below_code_are_listed():
    text = "```python\nfor n in x:\n  f(n)\n# loss: 0.314\n# accuracy: 0.866\n```\n"
    assert [each.text for each in read(text).unattributed] == ["loss: 0.314\naccuracy: 0.866"]
    assert not read(text.replace("loss: 0.314", "the rest").replace("accuracy: 0.866", "note: twice")).unattributed


def test_comments_of_a_block_that_has_nothing_else():
    text = "```python\nprint('The weights {}'.format(x))\n```\n\nThe last:\n\n```python\n# {}\n#  [2.]]\n```\n"
    shown = text.replace("# {}", "# The weights [[1.]")
    assert [each.text for each in read(shown).unattributed] == ["The weights [[1.]\n [2.]]"]
    assert not read(text.replace("# {}\n#  [2.]]", "# The weights of it\n# 2.")).unattributed


def test_what_a_cell_of_a_page_prints_and_what_it_displays():
    code = '<div class="highlight hl-ipython3"><pre>print("a", 1)\nx</pre></div>'
    printed, prompt = "<div><pre>a 1</pre></div>", '<div class="prompt output_prompt">Out[3]:</div>'
    assert documented(f"{code}{printed}{prompt}<div><pre>[2, 3]</pre></div>", html) == ["a 1\n[2, 3]"]
    assert documented(f"{code}{printed}<p>Then</p><div><pre>[2, 3]</pre></div>", html) == ["a 1"]


def test_first_line_with_more_indentation():
    text = "```\n x = f()\nprint(x)\n# This will print:\n# [1.]\n# [2.]\n```\n"
    assert documented(text) == ["[1.]\n[2.]"]
    # Here it belongs to a value.
    assert documented("```python\nprint(x)\n```\n\n```\n [1.]\n[2.]\n```\n") == [" [1.]\n[2.]"]


def test_value_behind_an_arrow_with_a_comment_in_it():
    code = "np.diag(d) ==> [[1, 0],  # shape: (2, 2)\n                [0, 2]]\n"
    assert documented(f"```python\n{code}```\n") == ["[[1, 0],\n                [0, 2]]"]
    assert documented(f"```python\n{code.replace('# shape: (2, 2)', '')}```\n") == ["[[1, 0],\n                [0, 2]]"]


DISPLAYS = "```\nimport numpy as np\na = np.arange(4) * 2\na[:3]\n```\n\n"


def test_code_without_a_language_that_ends_in_a_part_of_a_value():
    assert documented(f"{DISPLAYS}```\narray([0, 2, 4])\n```\n") == ["array([0, 2, 4])"]
    assert documented(f"{DISPLAYS}```\n[0, 2, 4]\n```\n") == ["[0, 2, 4]"]
    assert documented("```\nb[:3]\n```\n\n```\n[0, 2, 4]\n```\n") == []


def test_array_without_a_language_is_no_code_unless_its_class_is_imported():
    found = read("Text.\n\n```\narray([0, 2, 4])\n```\n")
    assert not found.examples and [each.line for each in found.unattributed] == [4]
    imported = "```\nfrom numpy import array\n```\n\nText.\n\n```\narray([0, 2])\n```\n\n```\narray([0, 2])\n```\n"
    assert documented(imported) == [None, "array([0, 2])"]


def test_output_in_comments_in_a_block_of_their_own():
    code = "```python\nprint([0.5, 0.25])\n```\n\n"
    (example,) = read(f"{code}```python\n# [0.5,\n#  0.25]\n```\n").examples
    assert example.documented == "[0.5,\n 0.25]"
    assert [(each.line, each.before) for each in example.written] == [(6, "# "), (7, "# ")]
    assert documented(f"{code}```python\n# f(0.5)\n```\n") == [None]


def test_keys_of_several_words_are_no_prose():
    row = "{'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4}"
    assert documented(f"```\nfor x in rows:\n    print(x)\n```\n\n```\n{row}\n```\n") == [row]


def test_sessions_in_strings_that_are_no_docstrings_are_listed():
    text = '"""A module.\n\n>>> 1\n1\n"""\nEXAMPLE = """\n  Words.\n\n  >>> 1 + 1\n  3\n"""\nX = ">>> 2"\n'
    found = read(text, docstrings, "a.py")
    assert [each.documented for each in found.examples] == ["1"]
    assert [(each.line, each.text) for each in found.unattributed] == [(9, '  >>> 1 + 1\n  3\n"""')]


def test_value_behind_an_arrow_below_an_assignment():
    text = "```python\ny = f(x)\n     => [[1 2], [3 4]]\nz = f(y) => [[1 2]\n             [3 4]]\n```\n"
    assert [(each.assigned, each.documented) for each in read(text).examples] == [
        ("y", "[[1 2], [3 4]]"),
        ("z", "[[1 2]\n             [3 4]]"),
    ]
