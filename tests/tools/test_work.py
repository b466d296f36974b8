"""The work of reading and judging grows linearly. It is counted in lines of Python that run, not timed."""

import json
import sys
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tfsoftmax_compat.tools.documents import DocumentError, reading
from tfsoftmax_compat.tools.migrate.source import migrate_source
from tfsoftmax_compat.tools.verify.comparison.judge import judge

# What documents consist of. Any sequence of them is a document of the format.
CODE = [
    "x = 1\n",
    "print(x)\n",
    "print(x)  # 0.5\n",
    'print(x)  # prints "a\n',
    '# prints "a\n',
    "# b\n",
    "print 1,2,3 and more\n",
    "foo(\n",
    "# output\n",
    "# 1.0\n",
    "if x:\n",
]
SESSION = [">>> x = 1\n", ">>> x\n1\n", "... y\n", ">>>\n", "In [1]: x\n", "Out[1]: 1\n", "\n"]
PIECES = {
    ".md": [
        "text\n\n",
        "```python\n",
        "```\n",
        "    ",
        "<a ",
        "<!-- ",
        "<pre>\n",
        "- ",
        "> ",
        "| a | b |\n",
        *CODE,
        *SESSION,
    ],
    ".rst": [
        "text\n\n",
        ".. code-block:: python\n\n",
        "    ",
        "::\n\n",
        "|a| ",
        ".. |a| replace:: b\n",
        *CODE,
        *SESSION,
    ],
    ".txt": ["text\n\n", "输出：\n", "foo(" + "()" * 9, " " * 9, "[0.1 0.2]\n", *CODE, *SESSION],
    ".html": ["<pre>", "</pre>", "<p>text</p>\n", "<code>", "<!-- ", "<a ", "&lt;", *CODE, *SESSION],
    ".py": ['def f():\n    """\n', '    """\n', "    >>> x\n    1\n", "class A:\n", *CODE],
}
NUMBERS = ["1.0 ", "[", "] ", "... ", "array(", ") ", "0.25, ", "\n", "text ", "-", "nan ", "b'a' ", "<tf.Tensor "]
CALLS = [
    "import tensorflow as tf\n",
    "y = tf.nn.softmax(x, dim=0)\n",
    "l = tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=x)\n",
    "def f(x):\n    return g(x)\n",
    "f = getattr(tf.nn, 'softmax')\n",
    "class A:\n    nn = tf.nn\n",
]

FEW, MANY = 20, 80  # repetitions
MOST_GROWTH = 2 * MANY / FEW
SMALL = 20_000  # lines that run; with less than that, what is done once per document decides

property_test = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def work_of(call, *arguments):
    """The number of lines of Python that a call runs."""
    lines = 0

    def trace(frame, event, argument):
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with suppress(DocumentError, SyntaxError, ValueError):
            call(*arguments)
    finally:
        sys.settrace(before)
    return lines


def check(call, text):
    """Check how the work grows with the number of repetitions of a text."""
    # What is done once per process does not count. Another text, or caches would already have what the next one needs.
    work_of(call, text * (FEW - 1))
    few = work_of(call, text * FEW)
    many = work_of(call, text * MANY)
    assert many <= max(few, SMALL) * MOST_GROWTH, f"{few} lines run for {FEW} times {text!r}, {many} for {MANY} times"


def texts(pieces):
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=6).map("".join)


@pytest.mark.parametrize("suffix", PIECES)
@property_test
@given(data=st.data())
def test_reading(suffix, data):
    check(lambda text: reading.read("a" + suffix, text.encode()), data.draw(texts(PIECES[suffix])))


@pytest.mark.parametrize(
    "text", ["| a | b |\n>>>\n", "> # h\na\n", "a\n    d\n> ```\n", "a\n> ---\n", ">     b\na\n", "> - ```\na\n"]
)
def test_reading_text_below_a_quote(text):
    check(lambda text: reading.read("a.md", text.encode()), text)


@property_test
@given(texts(CODE + SESSION))
def test_reading_a_notebook(source):
    def read(text):
        parts = text.split("\f")[1:]
        cells = [
            {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": part.splitlines(True), "outputs": []}
            for part in parts
        ]
        notebook = {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": cells}
        reading.read("a.ipynb", json.dumps(notebook, indent=1).encode())

    check(read, "\f" + source)


@property_test
@given(texts(NUMBERS), texts(NUMBERS))
def test_judging(documented, measured):
    check(lambda text: judge(text, text.replace(documented, measured), 0.5), documented)
    check(lambda text: judge(measured * FEW, text, 0.5), documented)


@property_test
@given(texts(CALLS), st.sampled_from(["shim", "native"]))
def test_migrating(source, target):
    check(lambda text: migrate_source(text, target), source)
