"""Run the docstrings of Python files by doctest, under the rules of TensorFlow's own checker.

A program that is run by its path: its arguments are files of an installed package, its output is JSON: for each file
the lines of the examples that pass and of those that fail. The rules are those of TensorFlow's tf_doctest: `tf`, `np`
and `os` are defined; floats are compared by `numpy.allclose` with tolerances of 1e-3, the text between them by doctest
with ELLIPSIS, NORMALIZE_WHITESPACE and IGNORE_EXCEPTION_DETAIL; tensors are compared by their values; output that is
not documented is ignored.

Source: https://www.tensorflow.org/community/contribute/docs_ref
"""

import ast
import doctest
import importlib
import json
import os
import re
import sys

import numpy as np
import tensorflow as tf

_FLOAT = re.compile(
    r"((?:[-+]|^|(?<=[^\w.]))(?:\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d+(?=j)))j?(?=$|[^\w.])"
)
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]*?>")
_TENSOR = re.compile(r"<tf.Tensor.*?numpy=(.*?)>", re.DOTALL)


def _parts(text):
    pieces = _FLOAT.split(text)
    return [piece.strip(" ") for piece in pieces[::2]], [float(piece) for piece in pieces[1::2]]


_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef)


class _Checker(doctest.OutputChecker):
    def check_output(self, want, got, optionflags):
        """Compare as TensorFlow's checker does."""
        if (got and not want) or want == got:
            return True
        want = _ADDRESS.sub("at ...>", want)
        values = _TENSOR.sub(r"\1", want)
        if values != want:
            want, got = values, _TENSOR.sub(r"\1", got)
        texts, floats = _parts(want)
        wild = re.sub(r"\.{4,}", "...", "...".join(texts))
        if not super().check_output(wild, got, optionflags):
            return False
        measured = _parts(got)[1]
        return not floats or (len(floats) == len(measured) and np.allclose(floats, measured, rtol=1e-3, atol=1e-3))


class _Runner(doctest.DocTestRunner):
    """Notes the line of each example; `start` is the line on which the docstring starts."""

    start = 0

    def __init__(self):
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
        super().__init__(_Checker(), verbose=False, optionflags=flags)
        self.passed, self.failed = [], []

    def report_success(self, out, test, example, got):
        """Note the example's line."""
        self.passed.append(self.start + example.lineno)

    def report_failure(self, out, test, example, got):
        """Note the example's line."""
        self.failed.append(self.start + example.lineno)

    def report_unexpected_exception(self, out, test, example, exc_info):
        """Note the example's line."""
        self.failed.append(self.start + example.lineno)


def lines(path, root):
    """The lines of the examples that pass and of those that fail, in one file."""
    name = os.path.splitext(os.path.relpath(path, root))[0].replace(os.sep, ".")
    module = importlib.import_module(name)
    runner = _Runner()
    finder = doctest.DocTestFinder(exclude_empty=True)
    # doctest's own lines are wrong where a function is decorated, as most of TensorFlow's are.
    with open(path, encoding="utf-8") as file:
        nodes = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, _WITH_DOCSTRING)]
    starts = {ast.get_docstring(node, clean=False): node.body[0].lineno for node in nodes}
    for test in finder.find(module, name, extraglobs={"tf": tf, "np": np, "os": os}):
        if test.docstring in starts:
            runner.start = starts[test.docstring]
            runner.run(test, out=lambda text: None, clear_globs=False)
    return {"passed": sorted(set(runner.passed)), "failed": sorted(set(runner.failed))}


def in_a_fork(function, *arguments):
    """The result of a function, as JSON has it: what a file's examples do is not seen by those of other files."""
    receiving, sending = os.pipe()
    process = os.fork()
    if not process:
        os.close(receiving)
        with os.fdopen(sending, "w") as file:
            json.dump(function(*arguments), file)
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving) as file:
        text = file.read()
    os.waitpid(process, 0)
    return json.loads(text) if text else {"passed": [], "failed": []}


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    found = {path: in_a_fork(lines, path, sys.argv[1]) for path in sys.argv[2:]}
    json.dump(found, answers)
    answers.flush()
