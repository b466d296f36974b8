"""Run examples in this process: what `tensorflow` and `sum` mean to them, the mode they run in, what they print.

This module runs in the interpreter under test, so on Python 3.6 and later.
"""

import __future__

import ast
import builtins
import collections
import functools
import importlib.util
import itertools
import linecache
import os
import random
import sys
import types
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Set, Union

import numpy
import numpy.random  # NumPy imports it when it is first used; here it is imported once, not in each fork
import tensorflow

from tfsoftmax_compat import tf1
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat.worker import changes, division, logs, styles
from tfsoftmax_compat.worker.display import as_seen, notebook_repr
from tfsoftmax_compat.worker.modes import EAGER, GRAPH
from tfsoftmax_compat.worker.perturbation import perturb
from tfsoftmax_compat.worker.provenance import cpu_instructions, onednn

_FUTURE_FLAGS = functools.reduce(
    int.__or__, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)


def environment() -> Dict[str, Any]:
    """Return the versions of this interpreter and its packages, whether oneDNN's kernels are on, the widest vector
    instructions of the machine, and whether the package tf_keras is installed, which is Keras 2.
    """
    return {
        "tensorflow": tensorflow.__version__,
        "numpy": numpy.__version__,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "executable": sys.executable,
        "onednn": onednn(),
        "instructions": cpu_instructions() or "",
        "keras_2": importlib.util.find_spec("tf_keras") is not None,
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
      its own condition skips it (or None), whether TensorFlow is in eager mode after it, and the names that it could
      not import, each with the module that is missing.
    """
    # A fork inherits the random state of the process that it comes from, and so do all others.
    random.seed()
    numpy.random.seed()
    if request["perturbed"]:
        perturb()
    changes.make(request["changes"])
    _enter(request["mode"])
    sum_ = changes.sum_with(request["changes"])
    examples = request["examples"]
    rebound = styles.aliases(examples) - styles.tf1_names(examples)
    main, scope = None, None
    decided = plans(examples)
    for_graph_mode = {example["scope"] for example, plan in zip(examples, decided) if plan.modes == (GRAPH,)}
    modules: Dict[str, Set[str]] = collections.defaultdict(set)  # by scope, the files whose docstrings the examples are
    for example in examples:
        modules[example["scope"]].add(example["module"])
    for example, plan in zip(examples, decided):
        module = tf1 if plan.style == styles.TF1 else tensorflow
        if main is None or example["scope"] != scope:
            _reset_graph()
            main, scope = _Main(sum_), example["scope"]
            main.take_for_granted(module, modules[scope] - {""})
        main.give(module, rebound)
        if request["new_graphs"] and example["is_independent"]:
            _reset_graph()
        yield _run(example, main, most_output)
        if request["mode"] == GRAPH and scope in for_graph_mode and bindings.executing_eagerly():
            bindings.v1.disable_eager_execution()  # an example has enabled it, and others are programs of graph mode


def _enter(mode: str) -> None:
    """Switch TensorFlow to graph or eager mode, whichever of the two it starts in."""
    bindings.v1.logging.set_verbosity(bindings.v1.logging.ERROR)
    if mode == EAGER:
        # Without asking first: before 1.8 the question itself settles the mode.
        bindings.enable_eager_execution()
    elif bindings.executing_eagerly():
        bindings.v1.disable_eager_execution()


def _reset_graph() -> None:
    try:
        bindings.v1.reset_default_graph()
    except AssertionError:  # an example has left a graph open, with InteractiveSession
        bindings.v1.Graph().as_default().__enter__()


class _Builtins(Dict[str, Any]):
    """The examples' own built-in names; all others are the real ones, and what examples make of them."""

    def __missing__(self, name: str) -> Any:
        return vars(builtins)[name]


class _Main:
    """The module ``__main__`` that the examples are; `sum`, and what ``import tensorflow`` gives, are its own.

    Attributes:
      names: the names of the module.
      folder: the folder in which the examples run.
      missing: the names that the last example could not import, each with the module that is missing.
    """

    def __init__(self, sum_: Callable[..., Any]) -> None:
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module  # tf.app.run() looks for a main() there
        self.names = vars(module)
        self.folder = sys.path[0]
        self._own_builtins = _Builtins(division.BUILTINS, sum=sum_, __import__=functools.partial(_import, tensorflow))
        self.names["__builtins__"] = self._own_builtins
        sys.displayhook = self._display
        self._future_flags = 0
        self._is_true_division = False  # whether code of Python 2 has imported Python 3's
        self.missing: Dict[str, str] = {}
        self._show: Callable[[Any], str] = repr

    def take_for_granted(self, tf: types.ModuleType, modules: Set[str]) -> None:
        """Give the code the names that documents use without importing them, or before they import them.

        These are `tf` and `np`. Docstrings also see their own module's names, `os`, and their package under its name,
        as TensorFlow's, Keras's and NumPy's own checkers give them.
        """
        for path in sorted(modules):
            self.names.update(_names_in_module(path), os=os)
        self.names.update(tf=tf, np=numpy)

    def give(self, module: types.ModuleType, names: Iterable[str]) -> None:
        """Make ``import tensorflow`` return `module`, and rebind every name in `names` that refers to TensorFlow."""
        for name in names:
            if self.names.get(name) in (tf1, tensorflow):
                self.names[name] = module
        self._own_builtins["__import__"] = functools.partial(_import, module)

    def execute(self, source: str, filename: str, lines_before: int, kind: str, is_python_2: bool) -> None:
        """Execute code, and display what Python displays of its kind (see `Example.kind`).

        Code that was converted from Python 2 divides integers as Python 2 does.

        Tracebacks count its lines as those of a file that has `lines_before` other lines before them.
        """
        self.missing = {}
        self._show = notebook_repr if kind == "cell" else repr
        try:
            tree = self._compiled(source, filename, "exec", ast.PyCF_ONLY_AST)
        except SyntaxError as error:
            error.lineno = error.lineno and error.lineno + lines_before
            raise
        ast.increment_lineno(tree, lines_before)
        self._is_true_division = self._is_true_division or division.is_true_division(tree)
        if is_python_2 and not self._is_true_division:
            tree = division.Divisions().visit(tree)
        # Those of IPython's commands are in its place: they may be above an import from __future__.
        tree.body = list(itertools.dropwhile(lambda statement: isinstance(statement, ast.Pass), tree.body))
        if kind in ("cell", "prompt"):  # whose statements are compiled one by one, so that it may be below others
            tree.body.sort(key=lambda statement: not _is_from_future(statement))
        if kind == "prompt":
            interactive = ast.Interactive(tree.body)
            exec(self._compiled(interactive, filename, "single"), self.names)
            return
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        self._execute_statements(tree, filename)
        if last is not None:
            value = eval(self._compiled(ast.Expression(last.value), filename, "eval"), self.names)
            sys.stdout.flush()
            # A script displays no value. But where it has printed nothing, the value must be what its document shows.
            if kind == "cell" or not os.fstat(1).st_size:
                self._display(value)

    def _execute_statements(self, tree: ast.Module, filename: str) -> None:
        """Execute a module. Where a module that it imports is not installed, go on with the next statement."""
        statements = [one for statement in tree.body for one in _single_imports(statement)]
        while statements:
            tree.body = statements
            try:
                exec(self._compiled(tree, filename, "exec"), self.names)
                return
            except ModuleNotFoundError as error:
                done = _index_of_import(statements, error, filename)
                if done is None:
                    raise
                module = str(error.name)
                self.missing.update((_bound_by(alias), module) for alias in _imported(statements[done]))
                statements = statements[done + 1 :]

    def _compiled(self, source: Any, filename: str, how: str, flags: int = 0) -> Any:
        code = compile(source, filename, how, flags | self._future_flags, True)
        if isinstance(code, types.CodeType):  # ``from __future__ import`` holds for the later examples too
            self._future_flags |= code.co_flags & _FUTURE_FLAGS
        return code

    def _display(self, value: Any) -> None:
        if value is not None:
            print(self._show(value))
            self._own_builtins["_"] = value


def _is_from_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _single_imports(statement: ast.stmt) -> List[ast.stmt]:
    """Return a statement; ``import a, b`` as two statements, of which one may fail."""
    if not isinstance(statement, ast.Import):
        return [statement]
    return [ast.copy_location(ast.Import([alias]), statement) for alias in statement.names]


def _index_of_import(statements: List[ast.stmt], error: ModuleNotFoundError, filename: str) -> Optional[int]:
    """Return which statement failed to import a module that is not installed; None for any other failure.

    A module that TensorFlow or this package once had is no such module: its absence is what a document is wrong about.
    """
    if error.name is None or error.name.partition(".")[0] in ("tensorflow", "tfsoftmax_compat"):
        return None
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != filename:
        trace = trace.tb_next
    for index, statement in enumerate(statements):
        if isinstance(statement, (ast.Import, ast.ImportFrom)) and trace is not None:
            if statement.lineno == trace.tb_lineno and _names_module(statement, error.name):
                return index
    return None


def _names_module(statement: ast.stmt, module: str) -> bool:
    names = [alias.name for alias in _imported(statement)]
    if isinstance(statement, ast.ImportFrom):
        names = [statement.module or ""]
    return any((name + ".").startswith(module + ".") for name in names)


def _imported(statement: ast.stmt) -> List[ast.alias]:
    return statement.names if isinstance(statement, (ast.Import, ast.ImportFrom)) else []


def _bound_by(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


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


class _Lines(Sequence[str]):
    """The lines of an example at their place in its document, for tracebacks to show; those before it are empty.

    The empty lines are not stored: a document may have 100,000 examples.
    """

    def __init__(self, before: int, lines: List[str]) -> None:
        self._before = before
        self._lines = lines

    def __len__(self) -> int:
        return self._before + len(self._lines)

    def __getitem__(self, index: Union[int, slice]) -> Any:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        return "\n" if place < self._before else self._lines[place - self._before]


def _run(example: Dict[str, Any], main: _Main, most_output: int) -> Dict[str, Any]:
    sys.stdout.flush()
    os.ftruncate(1, 0)
    error, line, skipped = None, None, None
    # A file name for each example: `inspect` and AutoGraph read a function's source long after its example has run.
    name = "%s:%d" % (example["document"], example["line"])
    sys.argv = [example["document"]]
    if example["kind"] == "script":  # a notebook has no file
        main.names["__file__"] = os.path.join(main.folder, os.path.basename(example["document"]))
    lines_before = example["line"] - 1
    lines = _Lines(lines_before, example["code"].splitlines(True))
    linecache.cache[name] = (len(example["code"]), None, lines, name)  # type: ignore[assignment]  # a list, it says
    try:
        if example["skip_if"] and eval(example["skip_if"], dict(main.names, os=os, sys=sys)):
            skipped = "the document skips it where %s" % example["skip_if"]
        else:
            main.execute(example["code"], name, lines_before, example["kind"], example["is_python_2"])
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
        "missing": main.missing,
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
    return as_seen(logs.RECORD.sub("", os.read(1, most).decode("utf-8", "replace")))
