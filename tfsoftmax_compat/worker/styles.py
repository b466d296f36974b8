"""Decide whether code was written for TF1 or TF2, and in which modes it runs. Code is read, not run.

Python 3.6 and later. The decision is made from the document, never from the errors that its code raises.
"""

import ast
import re
import types
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Set, Tuple

from tfsoftmax_compat.worker.modes import EAGER, GRAPH

TF1, TF2 = "tf1", "tf2"

# How eager tensors and graph tensors are displayed.
_EAGER_OUTPUT = re.compile(r"\btf\.Tensor\(|<tf\.Tensor: |<tf\.RaggedTensor \[|\bnumpy=")
_GRAPH_OUTPUT = re.compile(r"\bTensor\(\"|<tf\.(?:Tensor|Operation|Variable) '[^']*' (?:shape|type)=(?!.*\bnumpy=)")
# What TensorFlow says in eager mode about what needs a graph.
_EAGER_ERROR = re.compile(r"\beager execution\b")
# Attributes that only eager code uses. They are needed on TF1, which has nearly all names of TF2.
_EAGER_ATTRIBUTES = {"numpy", "GradientTape"}
# Names that TF1 has too, in its last releases, for code that is written for TF2.
_TF2_FUNCTIONS = (["function"], ["print"])
_SWITCH_ON = {"enable_eager_execution", "enable_v2_behavior"}
_OF_GRAPH_MODE = {"Session", "InteractiveSession", "placeholder"}
_OWN_GRAPH = {"Graph", "as_default"}
_SWITCH_OFF = {"disable_eager_execution", "disable_v2_behavior"}
# Names and keywords of TF1 code that has state, looks at the graph, or draws random numbers: it means something else
# in eager mode, where an operation runs once, when it is made.
_STATEFUL = re.compile(
    r"[vV]ariable|^get_variable|^assign|^scatter_|placeholder|random|shuffle|dropout|seed|uniform|normal|multinomial"
    r"|initializer|^initialize_|^train$|^gradients$|^layers$|^contrib$|^summary$|^estimator$|^examples$|^data$|[qQ]ueue"
    r"|^Graph$|^graph$|^graph_def$|^get_default_graph$|^get_operation|^get_tensor_by_name$|^get_collection|_collection"
    r"|^control_dependencies$|^py_func$|^while_loop$|^cond$|^Print$|^op$|^run_options$|^feed_dict$|^partial_run"
    r"|^app$|^keras$|^rnn|RNN|^metrics$|^saved_model$|^import_graph_def$|^eval$"
)


class Plan(NamedTuple):
    """How to run an example.

    Attributes:
      style: `TF1`, for which ``import tensorflow`` gives TF1's names, or `TF2`.
      modes: the modes that it was written for, the main one first.
      is_decided: whether the document decides that. Other code runs in either mode.
    """

    style: str
    modes: Tuple[str, ...]
    is_decided: bool


def aliases(examples: Sequence[Dict[str, Any]]) -> Set[str]:
    """Return the names that the examples give TensorFlow: those of ``import tensorflow as``, and the usual two."""
    names = {"tf", "tensorflow"}
    for example in examples:
        for node in ast.walk(_parsed(example["code"])):
            if isinstance(node, ast.Import):
                names.update(name.asname for name in node.names if name.name == "tensorflow" and name.asname)
    return names


def tf1_names(examples: Sequence[Dict[str, Any]]) -> Set[str]:
    """Return the names that the examples give to a module with TF1's names by importing it."""
    names: Set[str] = set()
    for example in examples:
        for node in ast.walk(_parsed(example["code"])):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and _imports_tf1(node):
                names.update(name.asname or name.name.split(".")[-1] for name in node.names)
    return names


def plans(examples: Sequence[Dict[str, Any]], tf: types.ModuleType, v1: types.ModuleType) -> List[Plan]:
    """Return the plan of each example of a document.

    An example is written for TF1 if it uses a name that only TF1 has, such as ``tf.Session``, imports TF1's names from
    TF2, or shows a graph tensor. It is written for TF2 if it uses a name that only TF2 has, calls ``numpy()``, or shows
    an eager tensor. An example that does neither has the style of the last example whose names it uses and that does,
    or else of the example before it in its scope; the first one has the style of the next example that decides. Where
    none decides, the style is that of the installed release.

    TF2's code runs in eager mode. TF1's code runs in graph mode, and also in eager mode if the whole scope has no
    state: no variables, placeholders, random numbers, and nothing that looks at the graph. A scope that switches eager
    mode on or off itself runs in the mode that it asks for. Where it has other programs too, those that need graph mode
    run in that: they use a session or placeholders, and no graph of their own, or show a graph tensor above the switch.

    Args:
      examples: as in a worker's request, with ``documented``.
      tf: the installed TensorFlow.
      v1: its module with TF1's names; on 1.x that is `tf`.
    """
    names = aliases(examples)
    by_scope: Dict[str, List[int]] = {}
    for index, example in enumerate(examples):
        by_scope.setdefault(example["scope"], []).append(index)
    found: Dict[int, Plan] = {}
    for indices in by_scope.values():
        in_scope = [examples[index] for index in indices]
        found.update(zip(indices, _plans_of_scope(in_scope, names, tf, v1)))
    return [found[index] for index in range(len(examples))]


def _plans_of_scope(
    examples: Sequence[Dict[str, Any]], aliases: Set[str], tf: types.ModuleType, v1: types.ModuleType
) -> Iterator[Plan]:
    trees = [_parsed(example["code"]) for example in examples]
    outputs = [example.get("documented") or "" for example in examples]
    outputs = ["" if is_traced else output for output, is_traced in zip(outputs, _traced(trees, outputs, aliases))]
    told = [_told(tree, output, aliases, tf, v1) for tree, output in zip(trees, outputs)]
    style = next((one for one in told if one), TF1 if tf is v1 else TF2)
    called = {name for tree in trees for name in _attributes(tree)}
    in_tf1: Tuple[str, ...] = (GRAPH,)
    if called & _SWITCH_ON:
        in_tf1 = (EAGER,)
    elif not (called & _SWITCH_OFF or any(map(_STATEFUL.search, called)) or any(map(_GRAPH_OUTPUT.search, outputs))):
        in_tf1 = (GRAPH, EAGER)
    # On TF1 nearly all names are of both styles. What uses TensorFlow there is TF1's, unless it says otherwise.
    is_decided = any(told) or (tf is v1 and any(any(_paths(tree, aliases)) for tree in trees))
    style_of: Dict[str, str] = {}  # of the example that bound a name last, if it has decided
    is_switched = False
    for one, tree, output in zip(told, trees, outputs):
        is_switched = is_switched or bool(set(_attributes(tree)) & _SWITCH_ON)
        shows_graph = not is_switched and _GRAPH_OUTPUT.search(output) is not None
        reads, binds = _names(tree)
        style = one or next((style_of[name] for name in sorted(reads) if name in style_of), style)
        if one:
            style_of.update(dict.fromkeys(binds, one))
        needs_graph = shows_graph or (_needs_graph_mode(tree) and not _EAGER_ERROR.search(output))
        modes = (GRAPH,) if in_tf1 == (EAGER,) and needs_graph else in_tf1
        yield Plan(style, modes if style == TF1 else (EAGER,), is_decided)


def _traced(trees: Sequence[ast.AST], outputs: Sequence[str], aliases: Set[str]) -> Iterator[bool]:
    """Yield for each example whether its output is of ``tf.function``, which shows graph tensors in eager code."""
    traced: Set[str] = set()  # names that are bound by code with `tf.function`
    for tree, output in zip(trees, outputs):
        reads, binds = _names(tree)
        has_function = any(path == ["function"] for path in _paths(tree, aliases))
        if has_function:
            traced |= binds
        yield (has_function or bool(reads & traced)) and not _EAGER_OUTPUT.search(output)


def _needs_graph_mode(tree: ast.AST) -> bool:
    """Return whether code uses what does not work in eager mode."""
    used = set(_attributes(tree))
    return bool(used & _OF_GRAPH_MODE) and not used & _OWN_GRAPH


def _names(tree: ast.AST) -> Tuple[Set[str], Set[str]]:
    """Return the names that code reads, and those that it binds, without those that it imports."""
    reads: Set[str] = set()
    binds: Set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (reads if isinstance(node.ctx, ast.Load) else binds).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            binds.add(node.name)
    return reads, binds


def _parsed(code: str) -> ast.AST:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # ValueError: null bytes
        return ast.parse("")


def _attributes(tree: ast.AST) -> Iterator[str]:
    """The attributes, imported names and keywords in `tree`; without those of NumPy and `random`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            root = node.value
            while isinstance(root, ast.Attribute):
                root = root.value
            if not (isinstance(root, ast.Name) and root.id in ("np", "numpy", "random")):
                yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.name


def _told(
    tree: ast.AST, documented: str, aliases: Set[str], tf: types.ModuleType, v1: types.ModuleType
) -> Optional[str]:
    """Return the style that the code or its output decides, None if neither does."""
    paths = list(_paths(tree, aliases))
    if any(path[-1] in _SWITCH_ON and _has(v1, path) for path in paths):
        return TF1  # TF2 needs no such call
    if _EAGER_OUTPUT.search(documented):
        return TF2
    if _GRAPH_OUTPUT.search(documented):
        return TF1
    is_eager = bool(set(_attributes(tree)) & _EAGER_ATTRIBUTES) or any(path in paths for path in _TF2_FUNCTIONS)
    imports_tf1 = any(map(_imports_tf1, ast.walk(tree)))
    if tf is v1:
        return TF1 if imports_tf1 else TF2 if is_eager else TF1 if _needs_graph_mode(tree) else None
    styles = set()
    for path in paths:
        in_tf1, in_tf2 = _has(v1, path), _has(tf, path)
        if in_tf1 != in_tf2:
            styles.add(TF1 if in_tf1 else TF2)
    if TF1 in styles or imports_tf1:
        return TF1
    return TF2 if styles or is_eager else None


def _imports_tf1(node: ast.AST) -> bool:
    """Return whether `node` imports ``tensorflow.compat.v1``, or this package's `tf1`."""
    if isinstance(node, ast.Import):
        return any(name.name == "tensorflow.compat.v1" for name in node.names)
    return isinstance(node, ast.ImportFrom) and (
        node.module == "tensorflow.compat.v1"
        or any((node.module, name.name) in _MODULES_WITH_TF1S_NAMES for name in node.names)
    )


_MODULES_WITH_TF1S_NAMES = {("tensorflow.compat", "v1"), ("tfsoftmax_compat", "tf1")}


def _paths(tree: ast.AST, aliases: Set[str]) -> Iterator[List[str]]:
    """The names looked up on TensorFlow: ``["nn", "softmax"]`` for ``tf.nn.softmax``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "tensorflow":
            for name in node.names:
                yield [name.name]
        path: List[str] = []
        while isinstance(node, ast.Attribute):
            path.insert(0, node.attr)
            node = node.value
        if path and isinstance(node, ast.Name) and node.id in aliases:
            yield path


def _has(module: Any, path: Sequence[str]) -> bool:
    for name in path:
        if name == "keras":  # both have it, and looking it up imports it
            return True
        if not hasattr(module, name):
            return False
        module = getattr(module, name)
    return True
