"""Decide whether a module was written for TF1 or for TF2: a call of the first loss looks the same in both."""

from __future__ import annotations

import ast
import functools
import os
from collections import Counter
from collections.abc import Callable, Iterator

from tfsoftmax_compat.tools.contents import UnreadableError, decoded, is_python, read_bytes
from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.migrate.guards import Guards
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import SHIM, TF, V1, family_function, is_in
from tfsoftmax_compat.tools.migrate.policy import AUTO, TF1, TF2
from tfsoftmax_compat.tools.migrate.release_names import ONLY_TF1, ONLY_TF2
from tfsoftmax_compat.tools.migrate.untraced import BY_NAME

EITHER = "tf1 or tf2"  # TF2's code with functions of tensorflow.compat.v1, which may have been TF1's before
_IS_MAIN = ("__name__ == '__main__'", "'__main__' == __name__")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_GUARDED = "tf2 if it is installed"  # what a name of TF2 tells where the code asks for the release first


def style_of(names: ModuleNames, written_for: str, of_package: Callable[[], str] = lambda: TF1) -> str:
    """Return what the module that `names` has read was written for: `TF1`, `TF2` or `EITHER`.

    Args:
      names: the names of the module.
      written_for: `TF1` or `TF2` if that is known, else `AUTO`.
      of_package: returns the style of a module whose names tell nothing.
    """
    return written_for if written_for != AUTO else _style(set(_told(names))) or of_package()


def package_of(path: str) -> Callable[[], str]:
    """Return the function that `style_of` calls for the module `path`: it reads the other modules of its package.

    A package is a folder with Python files, and the folders around it that have an ``__init__.py``.
    """

    def style() -> str:
        folder = os.path.dirname(os.path.abspath(path))
        while True:
            found = _style_of_folder(folder)
            if found or not os.path.exists(os.path.join(folder, "__init__.py")):
                return found or TF1
            folder = os.path.dirname(folder)

    return style


@functools.cache
def _style_of_folder(folder: str) -> str | None:
    """Return the style of the modules in a folder if they are all of the same, else None."""
    try:
        paths = [entry.path for entry in os.scandir(folder) if is_python(entry.name)]
    except OSError:
        return None
    styles = {_style_of_file(path) for path in sorted(paths)} - {None}
    return styles.pop() if len(styles) == 1 else None


def _style_of_file(path: str) -> str | None:
    try:
        data = read_bytes(path)
        if TF.encode() not in data:
            return None
        text, _ = decoded(path, data)
        return _style(set(_told(ModuleNames(parse(text)), is_other=True)))
    except (OSError, UnreadableError, ValueError, RecursionError):  # reported when the file itself is checked
        return None


def _style(told: set[str]) -> str | None:
    """Return the style that the names of a module tell, or None."""
    if V1 in told and TF1 not in told:
        return EITHER
    if TF1 in told or SHIM in told:
        return TF1
    if TF2 in told:
        return TF2
    return EITHER if _GUARDED in told else None


def _told(names: ModuleNames, is_other: bool = False) -> Iterator[str]:
    """Yield, for each name of TensorFlow that tells something, what it is: `TF1`'s, `TF2`'s, one of `V1` or `SHIM`.

    Of another file, the family's functions in `tensorflow.compat.v1` tell nothing: `migrate` may have written them, a
    moment ago.
    """
    dotted: dict[str, list[ast.Attribute]] = {name: [] for found in names.imported.values() for name in found}
    for node in names.nodes:
        if isinstance(node, ast.Attribute) and not (is_other and _is_of_family_in_v1(names, node)):
            for possible in names.possible(node):
                if possible:
                    dotted.setdefault(possible, []).append(node)
    guards = Guards(names)
    for name, nodes in dotted.items():
        told = _told_by(name)
        is_guarded = told == TF2 and nodes and all(_is_guarded(names, guards, node) for node in nodes)
        if told:
            yield _GUARDED if is_guarded else told


def _is_of_family_in_v1(names: ModuleNames, node: ast.Attribute) -> bool:
    """Return whether `node` is ``tf.compat.v1.losses.softmax_cross_entropy`` or a similar function, or a part of it."""
    *_, whole = names.attribute_chain(node)
    return any(found is not None and found[0] == V1 for found in map(family_function, names.possible(whole)))


def _is_guarded(names: ModuleNames, guards: Guards, node: ast.Attribute) -> bool:
    """Return whether `node` may be run only where TensorFlow has it: by a test, or where an error is caught."""
    around = list(names.ancestors(node))
    if any(map(_is_condition, around)) or guards.doubt(node) is not None:
        return True
    return any(_is_not_run(names, each) for each in around)


def _is_not_run(names: ModuleNames, around: ast.AST) -> bool:
    """Return whether nothing in the module shows that `around` is ever run: TF1 may never meet a name of TF2 there.

    A function of the family in it shows what it is for, and so does a class from which a library may call it.
    """
    if isinstance(around, ast.stmt):
        block, index = names.place(around)
        if any(isinstance(before, _ENDS) for before in block[:index]):
            return True
    if not isinstance(around, _FUNCTIONS) or around.decorator_list or around.name.startswith("__"):
        return False
    owner = names.parents[around]
    if isinstance(owner, ast.ClassDef) and any(ast.unparse(base) != "object" for base in owner.bases):
        return False
    read = [_name_read(node) for node in ast.walk(around)]
    return BY_NAME.keys().isdisjoint(read) and _read(names)[around.name] == read.count(around.name)


@functools.lru_cache(1)
def _read(names: ModuleNames) -> Counter[str]:
    """Count the names and attributes that a module reads, and its texts, which may be names."""
    return Counter(map(_name_read, names.nodes))


def _name_read(node: ast.AST) -> str:
    if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
        return node.id if isinstance(node, ast.Name) else node.attr
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_condition(around: ast.AST) -> bool:
    """Return whether what is in `around` runs under a condition: also a lambda, as in a table of functions by name."""
    if isinstance(around, (ast.If, ast.IfExp)):
        return ast.unparse(around.test) not in _IS_MAIN
    if isinstance(around, ast.With):
        return any("suppress" in ast.unparse(item.context_expr) for item in around.items)
    return isinstance(around, (ast.Lambda, ast.BoolOp, ast.match_case)) or bool(getattr(around, "handlers", []))


def _told_by(name: str) -> str | None:
    """Return what a dotted name tells, or None."""
    if is_in(name, V1, SHIM):
        return V1 if is_in(name, V1) else SHIM
    if not is_in(name, TF):
        return None
    parts = name.split(".")[1:]
    around = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    if around & ONLY_TF1:
        return TF1
    return TF2 if around & ONLY_TF2 else None
