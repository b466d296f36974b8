"""Run examples in this process: what `tensorflow` and `sum` mean to them, the mode they run in, what they print.

This module runs in the interpreter under test, so on Python 3.6 and later.
"""

import __future__

import ast
import builtins
import functools
import importlib
import linecache
import os
import random
import re
import sys
import types
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional

import numpy
import tensorflow

from tfsoftmax_compat import tf1
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat.worker import causes, styles
from tfsoftmax_compat.worker.modes import EAGER
from tfsoftmax_compat.worker.perturbation import perturb
from tfsoftmax_compat.worker.provenance import onednn
from tfsoftmax_compat.worker.sums import sum_as_numpy_1

_FUTURE_FLAGS = functools.reduce(
    int.__or__, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)
# Lines that TensorFlow's C++ code logs to standard error. `tf.print` writes there too, and its lines are output.
_LOG_LINE = re.compile(
    r"^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWEF] |[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ |WARNING: All log messages "
    r"before |WARNING: Logging before |To enable the following instructions: |WARNING:tensorflow:).*\n?",
    re.MULTILINE,
)


def environment() -> Dict[str, Any]:
    """Return the versions of this interpreter and its packages, and whether oneDNN's kernels are on."""
    return {
        "tensorflow": tensorflow.__version__,
        "numpy": numpy.__version__,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "executable": sys.executable,
        "onednn": onednn(),
    }


def plans(examples: List[Dict[str, Any]]) -> List[styles.Plan]:
    """Return the style and the modes of each example of a request."""
    return styles.plans(examples, tensorflow, bindings.v1)


def run(request: Dict[str, Any], most_output: int) -> Iterator[Dict[str, Any]]:
    """Run the examples of a request (see `main`), those of one scope in one namespace.

    Args:
      request: what to run.
      most_output: how many bytes of an example's output to give.

    Yields:
      For each example what it printed, the error that ended it and the error's line in the document (or None), why
      its own condition skips it (or None), and whether TensorFlow is in eager mode after it.
    """
    # A fork inherits the random state of the process that it comes from, and so do all others.
    random.seed()
    numpy.random.seed()
    if request["perturbed"]:
        perturb()
    _enter(request["mode"])
    sum_ = builtins.sum if request["sum"] == causes.INSTALLED_SUM else sum_as_numpy_1
    examples = request["examples"]
    rebound = styles.aliases(examples) - styles.tf1_names(examples)
    main, scope = None, None
    for example, plan in zip(examples, plans(examples)):
        module = tf1 if plan.style == styles.TF1 else tensorflow
        if main is None or example["scope"] != scope:
            bindings.v1.reset_default_graph()
            main, scope = _Main(sum_), example["scope"]
            main.take_for_granted(module, [other for other in examples if other["scope"] == scope])
        main.give(module, rebound)
        yield _run(example, main, most_output)


def _enter(mode: str) -> None:
    """Switch TensorFlow to graph or eager mode, whichever of the two it starts in."""
    bindings.v1.logging.set_verbosity(bindings.v1.logging.ERROR)
    if mode == EAGER:
        # Without asking first: before 1.8 the question itself settles the mode.
        bindings.enable_eager_execution()
    elif bindings.executing_eagerly():
        bindings.v1.disable_eager_execution()


class _Builtins(Dict[str, Any]):
    """The examples' own built-in names; all others are the real ones, and what examples make of them."""

    def __missing__(self, name: str) -> Any:
        return vars(builtins)[name]


class _Main:
    """The module ``__main__`` that the examples are; `sum`, and what ``import tensorflow`` gives, are its own.

    Attributes:
      names: the names of the module.
    """

    def __init__(self, sum_: Callable[..., Any]) -> None:
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module  # tf.app.run() looks for a main() there
        self.names = vars(module)
        self._own_builtins = _Builtins(sum=sum_, __import__=functools.partial(_import, tensorflow))
        self.names["__builtins__"] = self._own_builtins
        sys.displayhook = self._display
        self._future_flags = 0

    def take_for_granted(self, tf: types.ModuleType, examples: List[Dict[str, Any]]) -> None:
        """Give the code the names that documents use without importing them, or before they import them.

        These are `tf` and `np`. Docstrings also see their own module's names, `os`, and their package under its name,
        as TensorFlow's, Keras's and NumPy's own checkers give them.
        """
        for path in sorted({example["module"] for example in examples} - {""}):
            self.names.update(_names_in_module(path), os=os)
        self.names.update(tf=tf, np=numpy)

    def give(self, module: types.ModuleType, names: Iterable[str]) -> None:
        """Make ``import tensorflow`` return `module`, and rebind every name in `names` that refers to TensorFlow."""
        for name in names:
            if self.names.get(name) in (tf1, tensorflow):
                self.names[name] = module
        self._own_builtins["__import__"] = functools.partial(_import, module)

    def execute(self, source: str, filename: str, kind: str) -> None:
        """Execute code, and display what Python displays of its kind (see `Example.kind`)."""
        tree = self._compiled(source, filename, "exec", ast.PyCF_ONLY_AST)
        if kind == "prompt":
            interactive = ast.Interactive(tree.body)
            exec(self._compiled(interactive, filename, "single"), self.names)
            return
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(self._compiled(tree, filename, "exec"), self.names)
        if last is not None:
            value = eval(self._compiled(ast.Expression(last.value), filename, "eval"), self.names)
            sys.stdout.flush()
            # A script displays no value. But where it has printed nothing, the value must be what its document shows.
            if kind == "cell" or not os.fstat(1).st_size:
                self._display(value)

    def _compiled(self, source: Any, filename: str, how: str, flags: int = 0) -> Any:
        code = compile(source, filename, how, flags | self._future_flags, True)
        if isinstance(code, types.CodeType):  # ``from __future__ import`` holds for the later examples too
            self._future_flags |= code.co_flags & _FUTURE_FLAGS
        return code

    def _display(self, value: Any) -> None:
        if value is not None:
            print(repr(value))
            self._own_builtins["_"] = value


def _names_in_module(path: str) -> Dict[str, Any]:
    """Import a Python file and return its names, and its package under the package's own name.

    A file that cannot be imported gives none: its docstrings may need none.
    """
    folder, name = os.path.split(os.path.splitext(os.path.abspath(path))[0])
    parts = [] if name == "__init__" else [name]
    while os.path.exists(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    is_known = parts[0] in sys.modules
    if not is_known:
        sys.path.append(folder)
    try:
        module = importlib.import_module(".".join(parts))
    except BaseException:
        return {}
    names = {}
    if parts[0] != "numpy":  # whose own checker gives `np` only: its `sum` and `max` would hide Python's
        names = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    names[parts[0]] = sys.modules[parts[0]]
    return names


# What ``import tensorflow.compat.v1 as tf`` and ``from tensorflow.compat import v1`` look on, on every release.
_COMPAT = types.SimpleNamespace(compat=types.SimpleNamespace(v1=tf1))


def _import(
    tf: types.ModuleType, name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
) -> Any:
    """``__import__`` as only the examples' code has it."""
    if name == "tensorflow":
        return tf
    if name == "tensorflow.compat.v1":
        return tf1 if fromlist else _COMPAT
    if name == "tensorflow.compat" and "v1" in (fromlist or ()):
        return _COMPAT.compat
    return builtins.__import__(name, globals, locals, fromlist, level)


def _run(example: Dict[str, Any], main: _Main, most_output: int) -> Dict[str, Any]:
    sys.stdout.flush()
    os.ftruncate(1, 0)
    error, line, skipped = None, None, None
    # A file name for each example: `inspect` and AutoGraph read a function's source long after its example has run.
    name = "%s:%d" % (example["document"], example["line"])
    sys.argv = [example["document"]]
    # The code's own lines in the document, for tracebacks to show.
    source = "\n" * (example["line"] - 1) + example["code"]
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        if example["skip_if"] and eval(example["skip_if"], dict(main.names, os=os, sys=sys)):
            skipped = "the document skips it where %s" % example["skip_if"]
        else:
            main.execute(source, name, example["kind"])
            sys.stdout.flush()
            if example["assigned"] and not os.fstat(1).st_size:
                print(repr(main.names[example["assigned"]]))
    except BaseException as caught:
        if not _is_normal_end(caught):
            error, line = _described(caught), _line(caught, example["document"])
    sys.stdout.flush()
    return {
        "output": _printed(most_output),
        "error": error,
        "line": line,
        "skipped": skipped,
        "eager": bindings.executing_eagerly(),
    }


def _is_normal_end(error: BaseException) -> bool:
    return isinstance(error, SystemExit) and error.code in (None, 0)


def _described(error: BaseException) -> str:
    """Return the exception's type and message, as the last line of a traceback gives them."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = "%s.%s" % (kind.__module__, name)
    try:
        message = (error.msg or "") if isinstance(error, SyntaxError) else str(error)
    except Exception:
        message = "<its message cannot be read>"
    return "%s: %s" % (name, message) if message else name


def _line(error: BaseException, document: str) -> Optional[int]:
    """Return the line of the document that the exception comes from; None if it comes from none."""
    prefix = document + ":"
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(prefix):
        return error.lineno
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith(prefix):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _printed(most: int) -> str:
    os.lseek(1, 0, os.SEEK_SET)
    return _LOG_LINE.sub("", os.read(1, most).decode("utf-8", "replace"))
