"""Find TF1's arguments that a module passes to functions that are not known, which may be TensorFlow's.

As in ``f(x, dim=0)``, where `f` is a parameter, an item of a table or a partial.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, Function
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF, family_function, is_in
from tfsoftmax_compat.tools.migrate.values import names_of_values

# Those of the functions that TF2 has with other parameters.
ONLY_TF1 = frozenset().union(*(f.only_tf1 for f in FUNCTIONS.values() if f.module == "nn"))
_IN_TEXT = re.compile(rf"""\b({"|".join(sorted(ONLY_TF1))})["']?\s*[:=]""")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_PARTIALS = ("functools.partial", "functools.partialmethod", "operator.methodcaller")


def passed_on(names: ModuleNames, function: Function) -> frozenset[str]:
    """Return the parameters of `function` that TF2 does not have, and that are passed to an unknown function.

    The module itself may pass them, or another one that it imports, or that imports it. Any other one may do so where
    it calls an attribute or an item by a name under which the module has a function.
    """
    own = function.only_tf1 & _all_passed_on(names)
    return own or function.only_tf1 & names.others.pass_on() or function.only_tf1 & _passed_by_name(names)


def passed_to_unknown(names: ModuleNames) -> frozenset[str]:
    """Return TF1's parameters that a module shows in what it passes to unknown functions: by keyword, or as text."""
    return _shown_in(names, lambda call: False)


def passes_unknown(names: ModuleNames) -> bool:
    """Return whether a module passes arguments to a value that are only known at run time."""
    return any(isinstance(node, ast.Call) and _is_open(names, node) for node in names.nodes)


def passes_computed(names: ModuleNames) -> bool:
    """Return whether a module passes keyword arguments to a value whose names it computes, or gets from a call.

    As in ``f(x, **{key[4:]: value for key, value in options.items()})`` and ``f(x, **json.load(file))``.
    """
    return any(
        keyword.arg is None and _has_computed_keys(names, keyword.value) and _is_value(names, node)
        for node in names.nodes
        if isinstance(node, ast.Call)
        for keyword in node.keywords
    )


def _has_computed_keys(names: ModuleNames, value: ast.expr) -> bool:
    if isinstance(value, ast.Name):  # for key in options: arguments[key[4:]] = options[key]
        stores = (node for node in names.nodes if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store))
        return any(
            isinstance(node.value, ast.Name) and node.value.id == value.id and not isinstance(node.slice, ast.Constant)
            for node in stores
        )
    return isinstance(value, (ast.DictComp, ast.Call))


def in_texts(names: ModuleNames) -> frozenset[str]:
    """Return TF1's parameters in the texts of a module, such as '{"dim": 0}' and "dim=0"."""
    texts = (node.value for node in names.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return frozenset(name for text in texts for name in _IN_TEXT.findall(text))


def may_pass(data: bytes) -> bool:
    """Return whether the text of a module, which is not parsed, may pass TF1's arguments."""
    by_position = b"None," in data  # softmax(x, None, None, 0), loss(None, labels, logits)
    return by_position or any(name.encode() in data for name in ONLY_TF1)


def called_by_name(names: ModuleNames) -> Iterator[tuple[str, str]]:
    """Yield the attributes and items that a module calls, with each argument of TF1: ("act", "dim")."""
    for node in names.nodes:
        if isinstance(node, ast.Call) and not any(is_in(dotted, TF) for dotted in names.possible(node.func)):
            is_partial = names.resolve(node.func) in _PARTIALS and bool(node.args)
            name = _last_part(node.args[0] if is_partial else node.func)
            yield from ((name, argument) for argument in ONLY_TF1.intersection(_passed(names, node)) if name)


def _last_part(function: ast.expr) -> str | None:
    """Return "act" for ``model.act`` and ``table["act"]``."""
    if isinstance(function, ast.Attribute):
        return function.attr
    key = function.slice if isinstance(function, ast.Subscript) else None
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


@functools.lru_cache(1)
def _passed_by_name(names: ModuleNames) -> frozenset[str]:
    return names.others.call(names_of_values(names))


@functools.lru_cache(1)
def _all_passed_on(names: ModuleNames) -> frozenset[str]:
    return _shown_in(names, lambda call: _is_open(names, call))


def _shown_in(names: ModuleNames, may_pass_all: Callable[[ast.Call], bool]) -> frozenset[str]:
    calls = [node for node in names.nodes if isinstance(node, ast.Call) and _calls_unknown(names, node)]
    found = {node.value for node in names.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for call in calls:
        found.update(ONLY_TF1 if may_pass_all(call) else _passed(names, call))
    found.update(
        node.arg for node in names.nodes if isinstance(node, ast.keyword) and node.arg and _is_handed_on(names, node)
    )
    if any(isinstance(argument, ast.Starred) for call in calls for argument in call.args):  # f(*arguments)
        for node in names.nodes:
            if isinstance(node, (ast.Tuple, ast.List)):
                found.update(_passed_by_position(node.elts))
    return ONLY_TF1 & found


def _is_open(names: ModuleNames, call: ast.Call) -> bool:
    """Return whether `call` passes what is only known at run time to a value: ``f(x, **options)``.

    The module's own functions, classes and methods are no such values, and neither is what other modules define.
    """
    in_stars = [keyword.value for keyword in call.keywords if keyword.arg is None]
    in_stars += [argument.value for argument in call.args if isinstance(argument, ast.Starred)]
    return not all(isinstance(value, (ast.Dict, ast.Tuple, ast.List)) for value in in_stars) and _is_value(names, call)


def _is_value(names: ModuleNames, call: ast.Call) -> bool:
    """Return whether `call` calls what may be passed as a value."""
    function = call.func
    if isinstance(function, ast.Attribute):  # self.activation
        classes = [node for node in names.ancestors(call) if isinstance(node, ast.ClassDef)]
        methods = {getattr(statement, "name", "") for each in classes for statement in each.body}
        return getattr(function.value, "id", "") in ("self", "cls") and function.attr not in methods
    if isinstance(function, ast.Name):
        bindings = names.bindings(function.id, names.scopes[function])
        return any(b.imported is None and not isinstance(b.node, _DEFINITIONS) for b in bindings)
    return isinstance(function, (ast.Subscript, ast.Call))  # table["softmax"](x), getter()(x)


def _calls_unknown(names: ModuleNames, call: ast.Call) -> bool:
    """Return whether `call` calls a function that is not known, or makes a partial of one."""
    if names.resolve(call.func) in _PARTIALS and call.args:
        return not any(map(family_function, names.possible(call.args[0])))
    if isinstance(call.func, ast.Attribute) and call.func.attr == "__call__":
        return True
    if isinstance(call.func, ast.Name):  # f = tf.nn.softmax
        if any(binding.value is not None for binding in names.bindings(call.func.id, names.scopes[call.func])):
            return True
    if names.resolve(call.func) == "itertools.starmap":
        return True
    return not any(is_in(dotted, TF) for dotted in names.possible(call.func))


def _is_handed_on(names: ModuleNames, keyword: ast.keyword) -> bool:
    """Return whether `keyword` is beside a function of the family: ``tf.make_template("a", tf.nn.softmax, dim=0)``."""
    call = names.parents[keyword]
    if keyword.arg not in ONLY_TF1 or not isinstance(call, ast.Call) or names.resolve(call.func) in _PARTIALS:
        return False
    return any(family_function(dotted) for argument in call.args for dotted in names.possible(argument))


def _passed(names: ModuleNames, call: ast.Call) -> Iterator[str]:
    """Yield the parameters of TF1's functions that the arguments of `call` may be for."""
    yield from (keyword.arg for keyword in call.keywords if keyword.arg)
    if any(_has_computed_key(keyword) for keyword in call.keywords):  # f(x, **{"d" + "im": 0})
        yield from ONLY_TF1
    for arguments in _argument_lists(names, call):
        yield from _passed_by_position(arguments)


def _has_computed_key(keyword: ast.keyword) -> bool:
    keys = keyword.value.keys if keyword.arg is None and isinstance(keyword.value, ast.Dict) else ()
    return any(key is not None and not isinstance(key, ast.Constant) for key in keys)


def _passed_by_position(arguments: list[ast.expr]) -> Iterator[str]:
    if len(arguments) > 1 and _is_none(arguments[0]):
        yield "_sentinel"
    if len(arguments) > 3 and _is_none(arguments[1]):  # softmax(x, None, None, dim)
        yield "dim"


def _argument_lists(names: ModuleNames, call: ast.Call) -> Iterator[list[ast.expr]]:
    """Yield what may be the positional arguments of a function of the family, which `call` may call or pass on."""
    yield call.args
    for index, argument in enumerate(call.args):
        if any(map(family_function, names.possible(argument))):  # apply(tf.nn.softmax, x, None, None, 0)
            after = call.args[index + 1 :]
            yield after
            yield from (row.elts for node in after for row in ast.walk(node) if isinstance(row, ast.Tuple))  # starmap


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
