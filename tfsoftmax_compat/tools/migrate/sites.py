"""Find the places in a module where a function of TF1's softmax family is called or named."""

from __future__ import annotations

import ast
import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, IN_TF2, REDUCTION, Function
from tfsoftmax_compat.tools.migrate.guards import LOOK_UPS, Guards
from tfsoftmax_compat.tools.migrate.names import ModuleNames, Scope, first_name
from tfsoftmax_compat.tools.migrate.origins import MODULES, SHIM, TF, TF2, V1, family_function
from tfsoftmax_compat.tools.migrate.patches import patched_functions
from tfsoftmax_compat.tools.migrate.policy import TF1
from tfsoftmax_compat.tools.migrate.policy import TF2 as FOR_TF2
from tfsoftmax_compat.tools.migrate.untraced import SILENT, untraced_function

_SHORT_NAMES = {function.name for function in (*FUNCTIONS.values(), REDUCTION)}


@dataclass(eq=False)
class Argument:
    """One argument of a call, with the parameter that it is for."""

    parameter: str
    value: ast.expr
    keyword: ast.keyword | None = None  # None: passed by position

    @property
    def is_none(self) -> bool:
        """Whether it is the literal None."""
        return isinstance(self.value, ast.Constant) and self.value.value is None


@dataclass(eq=False)
class Site:
    """One use of one function.

    Attributes:
      names: the names of the module.
      node: the expression that names the function.
      function: the function.
      origin: where the function is taken from: `TF`, `V1`, `SHIM` or `TF2`.
      call: the call, or None where the function is named but not called.
      is_partial: whether the call is one of `functools.partial`.
      has_star: whether the call has ``*arguments`` or ``**arguments`` that are not literals.
      is_unpacked: whether some of `arguments` are in a literal, as in ``**{"labels": y, "logits": x}``.
      arguments: the other arguments.
      problem: why the arguments do not fit the function, or None.
      doubt: why the site must not be changed, or None.
      may_be_tf2: whether TF2 accepts it, and the module does not show whether it was written for TF1 or for TF2.
    """

    names: ModuleNames
    node: ast.expr
    function: Function
    origin: str
    call: ast.Call | None = None
    is_partial: bool = False
    has_star: bool = False
    is_unpacked: bool = False
    arguments: list[Argument] = field(default_factory=list)
    problem: str | None = None
    doubt: str | None = None
    may_be_tf2: bool = False

    def argument(self, parameter: str) -> Argument | None:
        """Return the argument for `parameter`, or None."""
        return next((a for a in self.arguments if a.parameter == parameter), None)


def find_sites(names: ModuleNames, style: str) -> Iterator[Site]:
    """Yield each use of a function of the family in the module, in the order of the text.

    Args:
      names: the names of the module.
      style: `policy.TF1`, `policy.TF2` or `styles.EITHER`. In a module written for TF2, a use that TF2 accepts is one
        of its function.
    """
    functions = {name for name, dotted in names.imported.items() if any(map(family_function, dotted))}
    functions |= {name for name, dotted in names.imported.items() if any(map(_ends_in_loss, dotted))}
    functions |= SILENT.keys()
    if any(module.startswith((f"{TF}.", SHIM)) for module in names.star_imports):
        functions |= _SHORT_NAMES
    guards = Guards(names)
    patched = patched_functions(names)
    for node in names.nodes:
        if isinstance(node, ast.Attribute):
            if node.attr not in _SHORT_NAMES:
                continue
        elif not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in functions):
            continue
        site = _site(names, guards, node)
        if site is not None:
            as_tf2 = site if style == TF1 or _is_v1_on_tf2(names, guards, node) else _as_tf2(site)
            # tf_upgrade_v2 renames what a partial calls, and leaves its arguments.
            site.may_be_tf2 = as_tf2 is not site or (style != TF1 and site.is_partial)
            site = as_tf2 if style == FOR_TF2 else site
            if f"{site.function.module}.{site.function.name}" in patched:
                site.doubt = (
                    site.doubt or "this file assigns to the function or patches it, which a changed use would not see"
                )
            yield site


def _ends_in_loss(dotted: str) -> bool:
    return dotted.rpartition(".")[2] in SILENT


def _site(names: ModuleNames, guards: Guards, node: ast.Attribute | ast.Name) -> Site | None:
    found = [family for family in map(family_function, names.possible(node)) if family]
    passed_on = None if found else _untraced(names, node)
    if passed_on:
        found = [passed_on]
    if not found:
        return None
    origin, function = min(found, key=lambda family: (family[0] != TF, family[1].name))  # what changed most, first
    site = Site(names, node, function, origin)
    if passed_on:
        module = ast.unparse(node.value if isinstance(node, ast.Attribute) else node)
        site.doubt = f"`{module}` cannot be traced to TensorFlow or away from it"
    else:
        site.doubt = _doubtful_name(names, guards, node) or guards.doubt(node)
    parent = names.parents[node]
    if isinstance(parent, ast.Call) and parent.func is node:
        site.call = parent
        _bind(site, parent.args, parent.keywords)
    elif isinstance(parent, ast.Call) and parent.args[:1] == [node]:
        if names.resolve(parent.func) == "functools.partial":
            site.call, site.is_partial = parent, True
            _bind(site, parent.args[1:], parent.keywords)
    return site


def _as_tf2(site: Site) -> Site:
    """Return the site as a use of TF2's function if TF2 accepts it, otherwise `site`."""
    function = IN_TF2.get(site.function.name)
    if function is None or site.function.module != function.module or site.origin != TF:
        return site
    found = Site(site.names, site.node, function, TF2, site.call, site.is_partial, doubt=site.doubt)
    if site.call is not None:
        _bind(found, site.call.args[1:] if site.is_partial else site.call.args, site.call.keywords)
    first = found.arguments[0] if found.arguments else None
    is_sentinel = first is not None and first.keyword is None and first.is_none
    return site if found.problem or is_sentinel else found


def _doubtful_name(names: ModuleNames, guards: Guards, node: ast.Attribute | ast.Name) -> str | None:
    """Return why it is not certain what the name `node` refers to, or None."""
    if not isinstance(node.ctx, ast.Load):
        return "it is assigned to, or deleted"
    if len(set(map(family_function, names.possible(node)))) > 1 and not _is_v1_on_tf2(names, guards, node):
        return f"the name `{ast.unparse(node).split('.')[0]}` can refer to more than one thing here"
    if names.star_imports and not names.bindings(first_name(node), names.scopes[node]):
        return f"`{first_name(node)}` comes from `from {names.star_imports[0]} import *`"
    return None


def _is_v1_on_tf2(names: ModuleNames, guards: Guards, node: ast.Attribute | ast.Name) -> bool:
    """Return whether `node` is a function of TensorFlow on TF1 and of `tensorflow.compat.v1` on TF2: always TF1's."""
    found = [family_function(dotted) or ("", None) for dotted in names.possible(node)]
    if {origin for origin, _ in found} != {TF, V1} or len({id(function) for _, function in found}) != 1:
        return False
    return _is_bound_by_release(names, guards, first_name(node), names.scopes[node])


def _is_bound_by_release(names: ModuleNames, guards: Guards, name: str, scope: Scope) -> bool:
    """Return whether TensorFlow's release decides what `name` is; assignments such as ``nn = tf.nn`` are followed."""
    bindings = names.bindings(name, scope)
    others = {(first_name(b.value), b.scope) for b in bindings if b.value is not None}
    return (
        bool(bindings)
        and all(guards.depends_on_release(binding.node) for binding in bindings)
        and all(_is_bound_by_release(names, guards, other, around) for other, around in others if other != name)
    )


def _untraced(names: ModuleNames, node: ast.Attribute | ast.Name) -> tuple[str, Function] | None:
    """Return origin and function of `node` if it may be TensorFlow's, although that does not show."""
    untraced = untraced_function(names, node)
    return (TF, untraced) if untraced else _passed_on(names, node)


def _passed_on(names: ModuleNames, node: ast.Attribute | ast.Name) -> tuple[str, Function] | None:
    """Return origin and function of `node` if its module may be TensorFlow's, passed on in a way that is not followed.

    As in ``self.nn = tf.nn`` and ``def f(x, nn=tf.nn)``.
    """
    if not isinstance(node, ast.Attribute):
        return None
    module = node.value
    name = getattr(module, "attr", getattr(module, "id", None))  # of `self.nn` or `nn`
    if name not in ("nn", "losses") or names.possible(module) != {None}:
        return None
    return family_function(f"{TF}.{name}.{node.attr}") if _passes_on_modules(names) else None


@functools.lru_cache(1)
def _passes_on_modules(names: ModuleNames) -> bool:
    """Return whether any use of TensorFlow in the module passes it on."""
    return any(isinstance(n, (ast.Name, ast.Attribute)) and _passes_on_module(names, n) for n in names.nodes)


def _passes_on_module(names: ModuleNames, node: ast.Name | ast.Attribute) -> bool:
    """Return whether `node` is TensorFlow or a module of it, used in another way than by a plain assignment."""
    parent = names.parents[node]
    if isinstance(parent, (ast.Attribute, ast.Compare, ast.UnaryOp, ast.Expr)) or not isinstance(node.ctx, ast.Load):
        return False
    if not names.possible(node) & MODULES:
        return False
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id in LOOK_UPS:
        return False
    user = next(n for n in names.ancestors(node) if not isinstance(n, (ast.Tuple, ast.IfExp, ast.BoolOp)))
    if not isinstance(user, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        return True
    if isinstance(names.scopes[user].node, ast.ClassDef):  # an attribute
        return True
    targets = user.targets if isinstance(user, ast.Assign) else [user.target]
    flat = [each for target in targets for each in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return not all(isinstance(target, ast.Name) for target in flat)


def _bind(site: Site, positional: list[ast.expr], keywords: list[ast.keyword]) -> None:
    """Find the parameter of each argument."""
    named = [Argument(keyword.arg, keyword.value, keyword) for keyword in keywords if keyword.arg is not None]
    others = [keyword for keyword in keywords if keyword.arg is None]
    if not site.function.keeps_v1:  # otherwise only the name of the function changes
        by_position, unpacked = _unpacked(positional, others)
        site.is_unpacked = bool(unpacked) or by_position != positional
        positional, named = by_position, named + unpacked
        others = [keyword for keyword in others if not _is_dict_of_names(keyword.value)]
    plain = list(itertools.takewhile(lambda value: not isinstance(value, ast.Starred), positional))
    site.has_star = bool(others) or any(isinstance(value, ast.Starred) for value in positional)
    parameters = _parameters(site.function, plain, named)
    if len(plain) > len(parameters):
        site.problem = "more positional arguments than any release accepts"
        return
    site.arguments = [Argument(parameter, value) for parameter, value in zip(parameters, plain)] + named
    site.problem = _problem(named, parameters[: len(plain)], {*parameters, *site.function.parameters})


def _unpacked(positional: list[ast.expr], in_stars: list[ast.keyword]) -> tuple[list[ast.expr], list[Argument]]:
    """Return the arguments by position with those of ``*(x, 0)``, and the arguments of ``**{"axis": 0}``."""
    values: list[ast.expr] = []
    for value in positional:
        is_literal = isinstance(value, ast.Starred) and isinstance(value.value, (ast.Tuple, ast.List))
        values += value.value.elts if is_literal else [value]  # type: ignore[attr-defined]
    named = []
    for keyword in in_stars:
        if _is_dict_of_names(keyword.value):
            pairs = zip(keyword.value.keys, keyword.value.values)  # type: ignore[attr-defined]
            named += [Argument(key.value, value, keyword) for key, value in pairs]
    return values, named


def _is_dict_of_names(value: ast.expr) -> bool:
    if not isinstance(value, ast.Dict):
        return False
    return all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in value.keys)


def _parameters(function: Function, positional: list[ast.expr], named: list[Argument]) -> tuple[str, ...]:
    """Return the parameters in the order of the release that the call was written for, as far as it shows."""
    has_sentinel = any(argument.parameter == "_sentinel" for argument in named)
    if positional and isinstance(positional[0], ast.Constant) and positional[0].value is None:
        has_sentinel = True
    return function.parameters_until_1_12 if has_sentinel and function.parameters_until_1_12 else function.parameters


def _problem(named: list[Argument], by_position: Sequence[str], known: set[str]) -> str | None:
    """Return what is wrong with the keyword arguments, or None."""
    for argument in named:
        if argument.parameter not in known:
            return f"no release has a parameter `{argument.parameter}`"
        if argument.parameter in by_position:
            return f"`{argument.parameter}` is passed twice"
    return None
