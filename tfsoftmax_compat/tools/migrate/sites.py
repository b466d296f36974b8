"""The places in a module where a function of TF1's softmax family is called or named."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, Function
from tfsoftmax_compat.tools.migrate.guards import LOOK_UPS, Guards
from tfsoftmax_compat.tools.migrate.names import Names

# Where a function is taken from.
TF = "tensorflow"  # its meaning is that of the release installed
V1 = "tensorflow.compat.v1"  # TF1's meaning, on TF2 too
SHIM = "tfsoftmax_compat"
TF1 = SHIM + ".tf1"  # TensorFlow with the shim's functions laid over it

# Other ways to the same functions.
_SAME = {
    "tensorflow.python.ops.nn.": V1 + ".nn.",
    "tensorflow.python.ops.nn_ops.": V1 + ".nn.",
    TF1 + ".": SHIM + ".",
}
_MODULES = {origin + end for origin in (TF, V1) for end in ("", ".nn", ".losses")}
_SHORT_NAMES = {function.name for function in FUNCTIONS.values()}


@dataclass(eq=False)
class Argument:
    """One argument of a call, under the parameter that it binds."""

    parameter: str
    value: ast.expr
    keyword: ast.keyword | None = None  # None: passed by position

    @property
    def is_none(self) -> bool:
        """Whether it is the literal None."""
        return isinstance(self.value, ast.Constant) and self.value.value is None


@dataclass(eq=False)
class Site:
    """One use of one function. `call` is None where the function is named but not called."""

    names: Names
    node: ast.expr  # the expression that names the function
    function: Function
    origin: str  # TF, V1 or SHIM
    call: ast.Call | None = None
    is_partial: bool = False
    has_star: bool = False  # *arguments or **arguments
    arguments: list[Argument] = field(default_factory=list)
    problem: str | None = None  # why the arguments can't be told apart
    doubt: str | None = None  # why the place can't be changed at all

    def argument(self, parameter: str) -> Argument | None:
        """The argument that binds `parameter`, or None."""
        return next((a for a in self.arguments if a.parameter == parameter), None)


def find_sites(names: Names) -> Iterator[Site]:
    """Each use of a function of the family in the module, in the order of the text."""
    functions = {name for name, dotted in names.imported.items() if any(map(family_function, dotted))}
    if any(module.startswith((TF + ".", SHIM)) for module in names.star_imports):
        functions |= _SHORT_NAMES
    guards = Guards(names)
    for node in names.nodes:
        if isinstance(node, ast.Attribute):
            if node.attr not in _SHORT_NAMES:
                continue
        elif not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in functions):
            continue
        site = _site(names, guards, node)
        if site is not None:
            yield site


def family_function(dotted: str | None) -> tuple[str, Function] | None:
    """Origin and function that a dotted name stands for, or None."""
    dotted = canonical(dotted)
    for origin in (V1, TF, SHIM):
        if dotted and dotted.startswith(origin + "."):
            function = FUNCTIONS.get(dotted[len(origin) + 1 :])
            if function is not None:
                return origin, function
    return None


def canonical(dotted: str | None) -> str | None:
    """`dotted` by its usual way, where TensorFlow or this package has several."""
    for way, usual in _SAME.items():
        if dotted and dotted.startswith(way):
            return usual + dotted[len(way) :]
    return dotted


def _site(names: Names, guards: Guards, node: ast.expr) -> Site | None:
    possible = names.possible(node)
    found = [family for family in map(family_function, possible) if family]
    handed_on = None if found else _handed_on(names, node)
    if handed_on:
        found = [handed_on]
    if not found:
        return None
    origin, function = min(found, key=lambda family: (family[0] != TF, family[1].name))  # what changed most, first
    site = Site(names, node, function, origin)
    if not isinstance(node.ctx, ast.Load):  # type: ignore[attr-defined]
        site.doubt = "it is assigned to, or deleted"
    elif handed_on:
        site.doubt = "`%s` may be TensorFlow's, which this file hands on" % ast.unparse(node).rpartition(".")[0]
    elif len(possible) > 1:
        site.doubt = "the name `%s` may stand for more than one thing here" % ast.unparse(node).split(".")[0]
    elif names.star_imports and not names.bindings(first_name(node), names.scopes[node]):
        site.doubt = "`%s` comes from `from %s import *`" % (first_name(node), names.star_imports[0])
    else:
        site.doubt = guards.doubt(node)
    parent = names.parents[node]
    if isinstance(parent, ast.Call) and parent.func is node:
        site.call = parent
        _bind(site, parent.args, parent.keywords)
    elif isinstance(parent, ast.Call) and parent.args[:1] == [node]:
        if names.resolve(parent.func) == "functools.partial":
            site.call, site.is_partial = parent, True
            _bind(site, parent.args[1:], parent.keywords)
    return site


def _handed_on(names: Names, node: ast.expr) -> tuple[str, Function] | None:
    """The function that `node` names if its module is TensorFlow's, handed on so that it can't be followed.

    As in ``self.nn = tf.nn``, ``def f(x, nn=tf.nn)``.
    """
    module = node.value if isinstance(node, ast.Attribute) else None
    name = getattr(module, "attr", getattr(module, "id", None))  # of `self.nn` or `nn`
    if name not in ("nn", "losses") or names.possible(module) != {None}:  # type: ignore[arg-type]
        return None
    handed_on = any(isinstance(n, (ast.Name, ast.Attribute)) and _hands_on_module(names, n) for n in names.nodes)
    return family_function("%s.%s.%s" % (TF, name, node.attr)) if handed_on else None  # type: ignore[attr-defined]


def _hands_on_module(names: Names, node: ast.Name | ast.Attribute) -> bool:
    parent = names.parents[node]
    if isinstance(parent, (ast.Attribute, ast.Compare, ast.UnaryOp, ast.Expr)) or not isinstance(node.ctx, ast.Load):
        return False
    if not names.possible(node) & _MODULES:
        return False
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id in LOOK_UPS:
        return False
    parent = next(n for n in names.ancestors(node) if not isinstance(n, (ast.Tuple, ast.IfExp, ast.BoolOp)))
    targets = getattr(parent, "targets", [getattr(parent, "target", None)])  # of an assignment
    return not all(isinstance(target, (ast.Name, ast.Tuple)) for target in targets)


def first_name(node: ast.expr) -> str:
    """The name that ``name.attribute.attribute`` starts with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bind(site: Site, positional: list[ast.expr], keywords: list[ast.keyword]) -> None:
    """Gives each argument its parameter, by the release that the call can have been written for."""
    site.has_star = any(isinstance(a, ast.Starred) for a in positional) or any(k.arg is None for k in keywords)
    if any(isinstance(a, ast.Starred) for a in positional):
        positional = positional[: [isinstance(a, ast.Starred) for a in positional].index(True)]
    parameters = site.function.parameters
    first_is_none = bool(positional) and isinstance(positional[0], ast.Constant) and positional[0].value is None
    by_sentinel = first_is_none or any(k.arg == "_sentinel" for k in keywords)
    if site.function.parameters_until_1_12 and by_sentinel:
        parameters = site.function.parameters_until_1_12
    if len(positional) > len(parameters):
        site.problem = "more positional arguments than any release takes"
        return
    site.arguments = [Argument(parameter, value) for parameter, value in zip(parameters, positional)]
    known = set(parameters) | set(site.function.parameters)
    for keyword in keywords:
        if keyword.arg is None:
            continue
        if keyword.arg not in known:
            site.problem = "no release has a parameter `%s`" % keyword.arg
        elif site.argument(keyword.arg) is not None:
            site.problem = "`%s` is given twice" % keyword.arg
        site.arguments.append(Argument(keyword.arg, keyword.value, keyword))
