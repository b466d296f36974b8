"""Notebooks: the saved outputs of their cells."""

import json
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.documents import CELL, DocumentError, Example, blocks
from tfsoftmax_compat.tools.documents.formats import notebook


def examples(a_format, text, path):
    return blocks.document(a_format.blocks(text, path), path).examples


NOTEBOOK = Path(__file__).with_name("samples") / "notebook.ipynb"

SHOWN = {"output_type": "execute_result", "data": {"text/plain": "(2,)"}, "metadata": {}, "execution_count": 1}


def test_cells():
    def example(cell, line, code, documented):
        return Example("a.ipynb", line, code, documented, CELL, cell=cell)

    assert examples(notebook, NOTEBOOK.read_text("utf-8"), "a.ipynb") == [
        example(0, 8, "pass  # %matplotlib inline\nimport numpy as np\nx = np.array([1.5, 2.5])\n", None),
        example(1, 19, "print(x)\nprint(x.sum())\nx\n", "[1.5 2.5]\n4.0\narray([1.5,\n       2.5])"),
        example(2, 28, "plot(x)\n", None),
        example(3, 37, "fail()\n", "before\nTraceback (most recent call last):\n  ...\nValueError: two words"),
        example(4, 43, "print(bold)\n", "bold"),
        example(5, 49, "pass  # !pip install tensorflow\nprint(1)\n", "Collecting tensorflow\n1"),
        example(6, 55, "y = 2\nprint(y)  # 2\n", "2"),
        example(6, 55, "z = 3\n", None),
    ]


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "a.ipynb: a notebook is JSON, and this is not: line 1"),
        ('{\n"cells": [,]\n}', "a.ipynb: a notebook is JSON, and this is not: line 2: Expecting value"),
        ("[]", "a.ipynb: not a notebook of format 4"),
        ('{"nbformat": 4, "nbformat_minor": 0}', "a.ipynb: not a notebook of format 4"),
        (
            '{"nbformat": 4, "nbformat_minor": 0, "cells": [{"cell_type": "code"}]}',
            "a.ipynb: not a notebook of format 4",
        ),
        (
            '{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}',
            "a.ipynb: a notebook of format 3; `jupyter nbconvert",
        ),
    ],
)
def test_not_a_notebook(text, message):
    with pytest.raises(DocumentError) as caught:
        examples(notebook, text, "a.ipynb")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def notebook_of(cell, metadata=None):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], **cell}
    return json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": metadata or {}, "cells": [cell]})


@pytest.mark.parametrize("tag", ["skip-execution", "nbval-skip"])
def test_tags(tag):
    (example,) = examples(notebook, notebook_of({"source": "1", "metadata": {"tags": [tag]}}), "a.ipynb")
    assert example.skip == f"the document says {tag}"


def test_python_2():
    """As the notebook says; there `print(a, b)` prints a tuple."""
    text = notebook_of({"source": ["print(1, 2)\n"]}, {"language_info": {"version": "2.7.13"}})
    (example,) = examples(notebook, text, "a.ipynb")
    assert (example.code.strip(), example.is_python_2) == ("print((1, 2))", True)


def test_version_that_an_editor_wrote():
    """PyCharm writes a version of Python 2 for all kernels."""
    metadata = {"kernelspec": {"name": "python3"}, "language_info": {"version": "2.7.6"}}
    (example,) = examples(notebook, notebook_of({"source": ["print(1, 2)\n"]}, metadata), "a.ipynb")
    assert (example.code.strip(), example.is_python_2) == ("print(1, 2)", False)


@pytest.mark.parametrize("line, is_magic", [("print 1  # why?", False), ("print.x??", True), ("x[0].y?", True)])
def test_question_marks(line, is_magic):
    """Behind a name they are IPython's question, and in a comment of Python 2 they are not."""
    source = ["%matplotlib inline\n", f"{line}\n", "y = 2"]
    (example,) = examples(notebook, notebook_of({"source": source}), "a.ipynb")
    assert example.code.split("\n")[1] == (f"pass  # {line}" if is_magic else "print(1)  # why?")


def test_magic_that_goes_on_in_the_next_line():
    source = ["if x:\n", "    %timeit [i \\\n", "        for i in y]\n", "    print(1)\n"]
    (example,) = examples(notebook, notebook_of({"source": source}), "a.ipynb")
    compile(example.code, "a", "exec")
    assert example.code.endswith("    print(1)\n")


@pytest.mark.parametrize("outputs", [[], [{"output_type": "stream", "name": "stdout", "text": "a 1\n"}]])
def test_python_2_code_with_saved_output(outputs):
    source = ["%matplotlib inline\n", "print 'a', 1L"]
    (example,) = examples(notebook, notebook_of({"source": source, "outputs": outputs}), "a.ipynb")
    assert example.code.split("\n")[1] == "print('a', 1)"
    assert (example.documented, example.is_python_2) == ("a 1" if outputs else None, True)


def test_python_2_with_the_print_function():
    """Imported in one cell of Python 2, it is there in the next ones."""
    cells = [{"source": "from __future__ import print_function"}, {"source": "print(1, 2L)"}]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], **cell} for cell in cells]
    metadata = {"language_info": {"version": "2.7.13"}}
    text = json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": cells})
    assert examples(notebook, text, "a.ipynb")[1].code.strip() == "print(1, 2)"


@pytest.mark.parametrize(
    "message, traceback, shown",
    [
        ("ignored", ["\x1b[0;31mTypeError\x1b[0m: no item assignment"], "TypeError"),
        ("ignored", ["\x1b[0;31mTypeError\x1b[0m: ignored"], "TypeError: ignored"),
        ("no item", ["TypeError: no item"], "TypeError: no item"),
    ],
)
def test_error_whose_message_colab_did_not_save(message, traceback, shown):
    error = {"output_type": "error", "ename": "TypeError", "evalue": message, "traceback": traceback}
    cell = {"cell_type": "code", "source": "v[0] = 7", "outputs": [error]}
    text = json.dumps({"nbformat": 4, "cells": [cell]})
    (example,) = examples(notebook, text, "a.ipynb")
    assert example.documented == f"Traceback (most recent call last):\n  ...\n{shown}"


def test_equal_cells_on_one_line():
    """A notebook without line ends: its cells are on one line, and two of them may be the same."""
    cells = [
        {"cell_type": "code", "metadata": {}, "source": code, "outputs": outputs}
        for code, outputs in [("x.shape", [SHOWN]), ("x = x[1:]", []), ("x.shape", [SHOWN])]
    ]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": cells})
    assert "\n" not in text
    first, _, last = examples(notebook, text, "a.ipynb")
    assert (first.code, first.documented, first.line) == (last.code, last.documented, last.line)
    assert first != last


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": [text]}


def test_what_a_magic_says_of_the_time_is_no_output():
    value = {"output_type": "execute_result", "data": {"text/plain": "4950"}, "metadata": {}, "execution_count": 1}
    outputs = [printed("CPU times: user 4 ms, sys: 1 ms, total: 5 ms\nWall time: 4 ms\n"), value]
    (example,) = examples(notebook, notebook_of({"source": "%%time\nsum(range(100))", "outputs": outputs}), "a.ipynb")
    assert example.documented == "4950"


@pytest.mark.parametrize(
    "output, is_python_2", [("(0, 14.47)\n(1, 13.2)\n", True), ("0 14.47\n1 13.2\n", False), ("(0, 1)\n2 3\n", False)]
)
def test_python_2_prints_tuples(output, is_python_2):
    """Where the notebook does not say which Python it was run by."""
    cell = {"source": "for i in range(2):\n    print(i, f(i))", "outputs": [printed(output)]}
    (example,) = examples(notebook, notebook_of(cell), "a.ipynb")
    assert example.is_python_2 == is_python_2
    (example,) = examples(notebook, notebook_of(cell, {"kernelspec": {"name": "python3"}}), "a.ipynb")
    assert not example.is_python_2


def test_values_in_comments_beside_saved_output():
    """What is saved is verified; values in comments that it does not show are listed."""
    cell = {"source": "x = f()\nx.shape  # (2, 3)\nlen(x)  # 2\nprint(x)", "outputs": [printed("[2 3]\n")]}
    document = blocks.document(notebook.blocks(notebook_of(cell), "a.ipynb"), "a.ipynb")
    assert [example.documented for example in document.examples] == ["[2 3]"]
    assert [each.text for each in document.unattributed] == ["(2, 3)"]


def test_cells_below_a_restart():
    """They see nothing of what is above it, and do not end with it."""
    cells = [{"source": source} for source in ("import os\nx = 1", "os._exit(00)", "print(x)  # 2", "y = 1")]
    text = json.dumps(
        {
            "cells": [{"cell_type": "code", "outputs": [], "metadata": {}, **cell} for cell in cells],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
    )
    scopes = [example.scope for example in examples(notebook, text, "a.ipynb")]
    assert scopes == ["", "", "after restart 1", "after restart 1"]


def test_other_language_below_comments():
    assert not examples(notebook, notebook_of({"source": "# Install it.\n\n%%bash\npip install a", "outputs": []}), "a")


def test_output_in_cells_of_markdown_is_listed():
    words = [
        "This prints:\n",
        "```\n",
        "[1. 2.]\n",
        "```\n",
        "`f` is other code:\n",
        "```python\n",
        "print(f(2))  # 4\n",
        "x = f(3)  # 9.0 (x squared)\n",
        "```\n",
        "```python\n",
        ">>> f(4)\n",
        "16\n",
        "```\n",
        "```bash\n",
        "ls\n",
        "```\n",
    ]
    cells = [
        {"cell_type": "code", "metadata": {}, "source": "print(x)", "outputs": []},
        {"cell_type": "markdown", "metadata": {}, "source": words},
        {"cell_type": "code", "metadata": {}, "source": "y = 2", "outputs": []},
    ]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": cells}, indent=1)
    found = blocks.document(notebook.blocks(text, "a.ipynb"), "a.ipynb")
    assert [(each.code, each.documented, each.cell) for each in found.examples] == [
        ("print(x)\n", None, 0),
        ("y = 2\n", None, 1),
    ]
    lines = text.split("\n")
    assert [(lines[each.line - 1].strip(' ",').removesuffix("\\n"), each.text) for each in found.unattributed] == [
        ("[1. 2.]", "[1. 2.]"),
        ("print(f(2))  # 4", "4"),
        ("x = f(3)  # 9.0 (x squared)", "9.0 (x squared)"),
        ("16", "16"),
    ]


@pytest.mark.parametrize("source", ["", "# Write your code here.\n", "%%bash\nhead a.csv"])
def test_output_of_a_cell_without_code_is_listed(source):
    stream = {"output_type": "stream", "name": "stdout", "text": "[1 2 3]\n"}
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [stream]}
    text = json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": [cell]}, indent=1)
    found = blocks.document(notebook.blocks(text, "a.ipynb"), "a.ipynb")
    assert not found.examples and [each.text for each in found.unattributed] == ["[1 2 3]"]
