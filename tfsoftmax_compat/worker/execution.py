"""Run examples in this process: what `tensorflow` and `sum` mean to them, the mode they run in, what they print.

Runs in the interpreter under test, so on Python 3.6 and later.
"""

import ast
import builtins
import functools
import linecache
import os
import sys
import traceback
import types
from typing import Any, Callable, Dict, Iterable, Iterator, Optional

import numpy
import tensorflow

from tfsoftmax_compat import tf1
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat.worker import causes, styles
from tfsoftmax_compat.worker.provenance import onednn
from tfsoftmax_compat.worker.sums import sum_as_numpy_1


def environment() -> Dict[str, Any]:
    """The versions of this interpreter and its packages, and whether oneDNN's kernels are on."""
    return {
        "tensorflow": tensorflow.__version__,
        "numpy": numpy.__version__,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "executable": sys.executable,
        "onednn": onednn(),
    }


def run(request: Dict[str, Any], most_output: int) -> Iterator[Dict[str, Any]]:
    """Run the examples of a request (see `worker`), those of one scope in one namespace.

    Args:
      request: what to run.
      most_output: how many bytes of an example's output to give.

    Yields:
      For each example what it printed, the error that ended it and that error's line in the document (or None), and
      whether TensorFlow is in eager mode after it.
    """
    _enter(request["mode"])
    sum_ = builtins.sum if request["sum"] == causes.INSTALLED_SUM else sum_as_numpy_1
    examples = request["examples"]
    aliases = styles.aliases(examples)
    main, scope = None, None
    for example, style in zip(examples, styles.of_each(examples, aliases, tensorflow, bindings.v1)):
        if main is None or example["scope"] != scope:
            bindings.v1.reset_default_graph()
            main, scope = _Main(sum_), example["scope"]
        main.give(tf1 if style == styles.TF1 else tensorflow, aliases)
        yield _run(example, main, most_output)


def _enter(mode: str) -> None:
    """Switch TensorFlow to graph or eager mode, whichever of the two it starts in."""
    bindings.v1.logging.set_verbosity(bindings.v1.logging.ERROR)
    if mode == "eager":
        # Not asked first: before 1.8 the question itself settles the mode.
        bindings.enable_eager_execution()
    elif bindings.executing_eagerly():
        bindings.v1.disable_eager_execution()


class _Main(types.ModuleType):
    """The module ``__main__`` that the examples are; `sum`, and what ``import tensorflow`` gives, are its own."""

    def __init__(self, sum_: Callable[..., Any]) -> None:
        super().__init__("__main__")
        sys.modules["__main__"] = self  # tf.app.run() looks for a main() there
        self.__dict__["__builtins__"] = dict(vars(builtins), sum=sum_)

    def give(self, module: types.ModuleType, names: Iterable[str]) -> None:
        """Let `module` be what ``import tensorflow`` gives, and what those of `names` hold that hold TensorFlow."""
        for name in names:
            if vars(self).get(name) in (tf1, tensorflow):
                setattr(self, name, module)
        self.__dict__["__builtins__"]["__import__"] = functools.partial(_import, module)


# What ``import tensorflow.compat.v1 as tf`` and ``from tensorflow.compat import v1`` look on, on every release.
_COMPAT = types.SimpleNamespace(compat=types.SimpleNamespace(v1=tf1))


def _import(
    tf: types.ModuleType, name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
) -> Any:
    """``__import__`` as the examples' code has it, and no other code."""
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
    error, line = None, None
    name = example["document"]
    sys.argv = [name]
    # The code's own lines in the document, for tracebacks to show.
    source = "\n" * (example["line"] - 1) + example["code"]
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        _execute(source, name, vars(main), example["kind"] != "script")
    except BaseException as caught:
        if not _is_normal_end(caught):
            error, line = _described(caught), _line(caught, name)
    sys.stdout.flush()
    return {"output": _printed(most_output), "error": error, "line": line, "eager": bindings.executing_eagerly()}


def _execute(source: str, name: str, namespace: Dict[str, Any], interactive: bool) -> None:
    """Execute code and display the value of a last expression, as a prompt does.

    A script displays none. But where it has printed nothing, that value must be what its document shows.
    """
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), namespace)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), name, "eval"), namespace)  # type: ignore[attr-defined]
        sys.stdout.flush()
        if value is not None and (interactive or not os.fstat(1).st_size):
            print(repr(value))


def _is_normal_end(error: BaseException) -> bool:
    return isinstance(error, SystemExit) and error.code in (None, 0)


def _described(error: BaseException) -> str:
    """The exception's type and message."""
    if isinstance(error, SyntaxError):
        return "%s: %s" % (type(error).__name__, error.msg)
    return "".join(traceback.format_exception_only(type(error), error)).strip()


def _line(error: BaseException, document: str) -> Optional[int]:
    """The line of the document that the exception comes from; None if it comes from none."""
    if isinstance(error, SyntaxError) and error.filename == document:
        return error.lineno
    lines = [line for file, line, _, _ in traceback.extract_tb(error.__traceback__) if file == document]
    return lines[-1] if lines else None


def _printed(most: int) -> str:
    os.lseek(1, 0, os.SEEK_SET)
    return os.read(1, most).decode("utf-8", "replace")
