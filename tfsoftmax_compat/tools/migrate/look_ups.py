"""Find code that looks attributes up by names that are only known at run time, as in ``getattr(module, name)``."""

from __future__ import annotations

import ast

from tfsoftmax_compat.tools.documents.code import last_name
from tfsoftmax_compat.tools.migrate.names import ModuleNames

# With two arguments, they get the second one from the first.
GETTERS = ("getattr", "getattr_static", "__getattribute__", "__getattr__")
# Their argument is a name, or a dotted one.
BY_ARGUMENT = ("attrgetter", "methodcaller", "locate", "import_string")
_ITEM_OF = ("get", "pop", "setdefault", "__getitem__")  # of the dictionary of a module
_WORDS = (*GETTERS, *BY_ARGUMENT, "vars", "__dict__")


def may_look_up(data: bytes) -> bool:
    """Return whether the text of a module, which is not parsed, may look up a name."""
    return any(word.encode() in data for word in _WORDS)


def looks_up_names(names: ModuleNames) -> bool:
    """Return whether a module looks up an attribute by a name that it does not show.

    The object is not `self` or `cls`, whose attributes are those of a class.
    """
    return any(_looks_up_name(names, node) for node in names.nodes)


def called_name(names: ModuleNames, call: ast.Call) -> str:
    """Return the last name of the function that is called, whatever it is imported or assigned as."""
    if isinstance(call.func, ast.Name):
        for binding in names.bindings(call.func.id, names.scopes[call.func]):
            if binding.imported:
                return binding.imported.rpartition(".")[2]
            if isinstance(binding.value, (ast.Name, ast.Attribute)):
                return last_name(binding.value)
    return last_name(call.func)


def is_dictionary_of(names: ModuleNames, node: ast.AST) -> bool:
    """Return whether `node` is ``vars(module)`` or ``module.__dict__``."""
    if isinstance(node, ast.Call):
        return bool(node.args) and called_name(names, node) == "vars"
    return isinstance(node, ast.Attribute) and node.attr == "__dict__"


def _looks_up_name(names: ModuleNames, node: ast.AST) -> bool:
    if isinstance(node, ast.Name):  # getattr as a value, for reduce() and map()
        parent = names.parents[node]
        return node.id == "getattr" and not (isinstance(parent, ast.Call) and parent.func is node)
    if isinstance(node, ast.Subscript):
        return not isinstance(node.slice, ast.Constant) and is_dictionary_of(names, node.value)
    return isinstance(node, ast.Call) and _call_looks_up_name(names, node)


def _call_looks_up_name(names: ModuleNames, call: ast.Call) -> bool:
    function = called_name(names, call)
    if function in GETTERS and len(call.args) > 1:
        is_of_class = isinstance(call.args[0], ast.Name) and call.args[0].id in ("self", "cls")
        return not is_of_class and not isinstance(call.args[1], ast.Constant)
    if not call.args or isinstance(call.args[0], ast.Constant):
        return False
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return function in BY_ARGUMENT or (function in _ITEM_OF and owner is not None and is_dictionary_of(names, owner))
