"""Run a document's examples in this interpreter and say what each printed.

A program of its own, run by path in the interpreter under test, ``worker.py graph`` or ``worker.py eager``; that one
needs TensorFlow and NumPy, and Python 3.6. It first writes one line of JSON to standard output, saying what this
environment is::

    {"tensorflow": "2.21.0", "numpy": "2.4.6", "python": "3.11.7", "executable": "...", "onednn": true}

Then it reads requests from standard input, one line of JSON each, until there is no more::

    {"sum": "installed" or "numpy1", "examples": [{"document": "README.md", "line": 12, "code": "..."}]}

and answers each with a line of JSON an example, in their order, as soon as it is there::

    {"output": "[0.5 0.5]\\n", "error": null}

What an example prints, from Python or from C, goes to a file and so into its answer. The examples of a request share
one namespace and, in graph mode, one graph.
"""

import builtins
import importlib.util
import json
import linecache
import os
import sys
import tempfile
import traceback
from typing import IO, Any, Dict, Iterable

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main() -> None:
    """Answer the requests on standard input."""
    # The examples get an empty standard input, and a file as standard output.
    requests, answers = os.fdopen(os.dup(0), "r", encoding="utf-8"), os.fdopen(os.dup(1), "w")
    with open(os.devnull) as nothing, tempfile.TemporaryFile() as printed:
        os.dup2(nothing.fileno(), 0)
        os.dup2(printed.fileno(), 1)
        sys.path[0] = os.getcwd()  # not this file's folder, whose modules could shadow what an example imports
        tf1 = _tf1()
        _enter(sys.argv[1])
        _answer(answers, _environment())
        for line in requests:
            request = json.loads(line)
            namespace = _namespace(tf1, request["sum"])
            for example in request["examples"]:
                _answer(answers, _run(example, namespace, printed))
            tf1.reset_default_graph()


def _answer(answers: IO[str], message: Dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def _tf1() -> Any:
    """`tfsoftmax_compat.tf1`, from the package this file is part of, whether it is installed here or not.

    By path, and not by sys.path: that would offer this interpreter all that stands beside the package.
    """
    spec = importlib.util.spec_from_file_location(
        "tfsoftmax_compat", os.path.join(PACKAGE, "__init__.py"), submodule_search_locations=[PACKAGE]
    )
    assert spec is not None and spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["tfsoftmax_compat"] = package
    spec.loader.exec_module(package)
    from tfsoftmax_compat import tf1

    return tf1


def _enter(mode: str) -> None:
    """Switch TensorFlow to graph or eager mode, whichever of the two it starts in."""
    from tfsoftmax_compat import _tensorflow

    _tensorflow.v1.logging.set_verbosity(_tensorflow.v1.logging.ERROR)
    if mode == "eager":
        # Not asked first: before 1.8 the question itself settles the mode.
        _tensorflow.enable_eager_execution()
    elif _tensorflow.executing_eagerly():
        _tensorflow.v1.disable_eager_execution()


def _environment() -> Dict[str, Any]:
    import numpy
    import tensorflow

    try:
        from tensorflow.python.util._pywrap_util_port import IsMklEnabled

        onednn = bool(IsMklEnabled())
    except ImportError:  # before 2.5 or so the wheels on PyPI have no oneDNN
        onednn = False
    return {
        "tensorflow": tensorflow.__version__,
        "numpy": numpy.__version__,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "executable": sys.executable,
        "onednn": onednn,
    }


def _namespace(tf1: Any, sum_of: str) -> Dict[str, Any]:
    """What the examples run in: ``import tensorflow`` gives `tf1`, for them alone."""
    own_builtins = dict(vars(builtins))

    def import_(name: str, *args: Any, **kwargs: Any) -> Any:
        return tf1 if name == "tensorflow" else builtins.__import__(name, *args, **kwargs)

    own_builtins["__import__"] = import_
    if sum_of == "numpy1":
        own_builtins["sum"] = _sum_as_numpy_1
    return {"__name__": "__main__", "__builtins__": own_builtins}


def _sum_as_numpy_1(iterable: Iterable[Any], start: Any = 0) -> Any:
    """The built-in `sum` as it was under NumPy 1, where 0 plus a float32 scalar is a float64.

    Since NumPy 2 (NEP 50) it is a float32, and each addition rounds to one.
    """
    import numpy as np

    total = start
    for value in iterable:
        if isinstance(total, int) and isinstance(value, np.floating):
            value = np.float64(value)
        total = total + value
    return total


def _run(example: Dict[str, Any], namespace: Dict[str, Any], printed: IO[bytes]) -> Dict[str, Any]:
    printed.seek(0)
    printed.truncate()
    error = None
    name = example["document"]
    # The code's own lines in the document, for tracebacks to show.
    source = "\n" * (example["line"] - 1) + example["code"]
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        exec(compile(source, name, "exec"), namespace)
    except BaseException as caught:
        error = "".join(traceback.format_exception_only(type(caught), caught)).strip()
        lines = [line for file, line, _, _ in traceback.extract_tb(caught.__traceback__) if file == name]
        if lines:
            error = "line %d: %s" % (lines[-1], error)
    sys.stdout.flush()
    printed.seek(0)
    return {"output": printed.read().decode("utf-8", "replace"), "error": error}


if __name__ == "__main__":
    main()
