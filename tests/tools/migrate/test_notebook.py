"""Notebooks: the changed lines, and nothing else."""

import json

import pytest

from tfsoftmax_compat.tools.migrate.notebook import migrate_notebook

NOTEBOOK = """{
 "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": ["# tf.nn.softmax(x, dim=1)"]},
  {
   "cell_type": "code",
   "execution_count": 3,  "metadata": {"b": 1, "a": "\\u00e9"},
   "outputs": [{"text": ["tf.nn.softmax(x, dim=1)\\n"], "source": ["x"]}],
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
  {"cell_type": "code", "source": [], "outputs": []}
 ],
 "nbformat": 4
}   """


def test_only_source_lines_change():
    """Outputs, metadata, escapes, magics, indentation and the end of the file stay."""
    text, located = migrate_notebook(NOTEBOOK, "shim")
    expected = (
        NOTEBOOK.replace(
            '"import tensorflow as tf\\n",\n',
            '"import tensorflow as tf\\n",\n    "from tfsoftmax_compat import nn\\n",\n',
        )
        .replace('"y = tf.nn.softmax(x, dim=1)"', '"y = nn.softmax(x, dim=1)"')
        .replace('"z = tf.nn.softmax(x, dim=1)"', '"z = nn.softmax(x, dim=1)"')
    )
    assert text == expected
    json.loads(text)
    findings = [(cell.number, finding.line, lines) for cell, lines in located for finding in cell.findings]
    assert findings == [(2, 1, [15]), (4, 2, [17, 17])]
    assert [cell.number for cell, _ in located if cell.problem] == [5]
    assert migrate_notebook(text, "shim")[0] == text


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "code"}], "softmax": 1}', "{"])
def test_not_a_notebook(text):
    """One line says so."""
    with pytest.raises(ValueError, match="notebook"):
        migrate_notebook(text, "shim")
