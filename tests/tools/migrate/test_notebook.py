"""Notebooks: the changed lines, and nothing else."""

import json

import pytest

from tfsoftmax_compat.tools.migrate.files import process

NOTEBOOK = """{
 "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": ["# tf.nn.softmax(x, dim=1)"]},
  {
   "cell_type": "code",
   "execution_count": 3,  "metadata": {"b": 1, "a": "\\u00e9"},
   "outputs": [{"output_type": "stream", "name": "stdout", "text": ["tf.nn.softmax(x, dim=1)\\n"], "source": ["x"]}],
   "source": [
    "%matplotlib inline\\n",
    "!pip install tensorflow\\n",
    "import tensorflow as tf\\n",
    "s = '\\u00e9'  \\n"
   ]
  },
  {"source": "y = tf.nn.softmax(x, dim=1)", "cell_type": "code", "metadata": {}, "outputs": []},
  {"cell_type": "code", "source": ["%%bash\\n", "tf.nn.softmax(x, dim=1)"], "outputs": []},
  {"cell_type": "code", "source": ["%%time\\n", "z = tf.nn.softmax(x, dim=1)"], "outputs": []},
  {"cell_type": "code", "source": ["print softmax"], "outputs": []},
  {"cell_type": "code", "source": [], "outputs": []},
  {"cell_type": "code", "source": [">>> tf.nn.softmax(x, dim=1)\\n", "1"], "outputs": []}
 ],
 "nbformat": 4
}   """


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_source_lines_change(tmp_path, newline):
    """Outputs, metadata, escapes, magics, indentation, ends of lines and the end of the file stay."""
    notebook = NOTEBOOK.replace("\n", newline)
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook.encode())
    result = process(str(path), "shim", True, True)
    new = '"import tensorflow as tf\\n",' + newline
    expected = (
        notebook.replace(new, f'{new}    "from tfsoftmax_compat import nn\\n",{newline}')
        .replace('"y = tf.nn.softmax(x, dim=1)"', '"y = nn.softmax(x, dim=1)"')
        .replace('"z = tf.nn.softmax(x, dim=1)"', '"z = nn.softmax(x, dim=1)"')
        .replace('">>> tf.nn.softmax(x, dim=1)', '">>> nn.softmax(x, dim=1)')
    )
    assert path.read_bytes().decode() == expected
    json.loads(expected)
    found = [(f.line, f.cell, f.line_in_cell, f.column, f.rule) for f in result.findings]
    assert found == [
        (15, 2, 1, 5, "TFS102"),
        (17, 4, 2, 5, "TFS102"),
        (18, 5, 1, 1, "TFS000"),
        (20, 7, 1, 5, "TFS102"),
    ]
    process(str(path), "shim", True, True)
    assert path.read_bytes().decode() == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('"y = tf.nn.softmax(x, dim=1)\\u0020"', "cell 1: its source has JSON escapes"),
        ('["y = tf.nn.", "softmax(x, dim=1)"]', "cell 1: its source is not a list of lines"),
    ],
)
def test_strings_that_would_not_stay_the_same(tmp_path, source, message):
    """The cell is reported and left."""
    before = f'{{"cells": [{{"source": {source}, "cell_type": "code", "outputs": []}}], "nbformat": 4}}'
    path = tmp_path / "a.ipynb"
    path.write_text(before)
    result = process(str(path), "shim", True, True)
    assert path.read_text() == before
    assert message in "".join(finding.message for finding in result.findings)


@pytest.mark.parametrize(
    "text",
    [
        '["softmax"]',
        '{"cells": "softmax"}',
        '{"cells": [{"cell_type": "code"}], "nbformat": 4, "softmax": 1}',
        '{"softmax"',
        '{"cells": [{"cell_type": "code", "source": "softmax", "outputs": []}], "nbformat": 3}',
    ],
)
def test_not_a_notebook(tmp_path, text):
    """One line says so."""
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    (finding,) = process(str(path), "shim", False, False).findings
    assert finding.rule == "TFS000"
    assert "notebook" in finding.message


def test_lines_of_spaces_stay(tmp_path):
    """A cell may have lines with nothing but spaces, as editors leave them."""
    source = ["import tensorflow as tf\n", "def f(x):\n", "    \n", "    return tf.nn.softmax(x, dim=1)\n", "  \n"]
    path = tmp_path / "a.ipynb"
    cell = {"cell_type": "code", "source": source, "outputs": []}
    path.write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    assert [found.rule for found in process(str(path), "native", True, True).findings] == ["TFS102"]
    source[3] = source[3].replace("dim", "axis")
    assert json.loads(path.read_text())["cells"][0]["source"] == source
