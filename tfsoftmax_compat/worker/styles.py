"""Whether code was written for TF1 or for TF2. Read, not run; Python 3.6 and later."""

import ast
import types
from typing import Any, Dict, Iterator, List, Optional, Sequence, Set

TF1, TF2 = "tf1", "tf2"


def aliases(examples: Sequence[Dict[str, Any]]) -> Set[str]:
    """The names that the examples give TensorFlow: what ``import tensorflow as`` binds, and the usual two."""
    names = {"tf", "tensorflow"}
    for example in examples:
        for node in ast.walk(_parsed(example["code"])):
            if isinstance(node, ast.Import):
                names.update(name.asname for name in node.names if name.name == "tensorflow" and name.asname)
    return names


def of_each(
    examples: Sequence[Dict[str, Any]], aliases: Set[str], tf: types.ModuleType, v1: types.ModuleType
) -> List[str]:
    """The style of each example of a document.

    An example that uses a name which only TF1 has, ``tf.Session``, or that imports TF1's names from TF2, is written
    for TF1; one that uses a name which only TF2 has, for TF2. One that does neither is written as the one before it,
    the first as the next that tells. If none does, all are for TF2: TF1's code needs a Session to print anything.

    Args:
      examples: as in a worker's request.
      aliases: the names that the examples give TensorFlow.
      tf: the installed TensorFlow.
      v1: its module with TF1's names; on 1.x that is `tf`, and every example is TF1's.

    Returns:
      ``"tf1"`` or ``"tf2"`` for each.
    """
    if tf is v1:
        return [TF1] * len(examples)
    told = [_told(_parsed(example["code"]), aliases, tf, v1) for example in examples]
    style = next((one for one in told if one), TF2)
    styles = []
    for one in told:
        style = one or style
        styles.append(style)
    return styles


def _parsed(code: str) -> ast.AST:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError):  # ValueError: null bytes. Neither tells anything.
        return ast.parse("")


def _told(tree: ast.AST, aliases: Set[str], tf: types.ModuleType, v1: types.ModuleType) -> Optional[str]:
    """The style that the names in `tree` tell, None if they tell none."""
    styles = set()
    for path in _paths(tree, aliases):
        in_tf1, in_tf2 = _has(v1, path), _has(tf, path)
        if in_tf1 != in_tf2:
            styles.add(TF1 if in_tf1 else TF2)
    if TF1 in styles or any(map(_imports_tf1, ast.walk(tree))):
        return TF1
    return TF2 if styles else None


def _imports_tf1(node: ast.AST) -> bool:
    """Whether it is ``import tensorflow.compat.v1`` or the like, or imports this package's `tf1`."""
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
        if name == "keras":  # both have it, and to look it up imports it
            return True
        if not hasattr(module, name):
            return False
        module = getattr(module, name)
    return True
