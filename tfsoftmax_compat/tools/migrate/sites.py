"""Find the places in a module where a function of TF1's softmax family is called or named."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.migrate.functions import BOTH_LOSSES, FUNCTIONS, IN_TF2, REDUCTION, RENAMED_IN_1_0, Function
from tfsoftmax_compat.tools.migrate.guards import Guards
from tfsoftmax_compat.tools.migrate.names import Binding, ModuleNames, Scope, first_name
from tfsoftmax_compat.tools.migrate.origins import TF, TF2, V1, family_function, is_in
from tfsoftmax_compat.tools.migrate.passed import passed_on
from tfsoftmax_compat.tools.migrate.patches import patched_functions
from tfsoftmax_compat.tools.migrate.policy import TF1
from tfsoftmax_compat.tools.migrate.policy import TF2 as FOR_TF2
from tfsoftmax_compat.tools.migrate.rebinding import may_be_rebound
from tfsoftmax_compat.tools.migrate.untraced import SILENT, untraced_function

_SHORT_NAMES = {function.name for function in (*FUNCTIONS.values(), REDUCTION)}

_REPLACED = "another file of the project assigns to the function in TensorFlow"


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
      is_untraced: whether it may be another function of the same name.
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
    is_untraced: bool = False
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
    functions |= {name for name, dotted in names.imported.items() if any(map(_ends_in_family, dotted))}
    functions |= {target.id for node in names.nodes for target in _targets_of_unknown(names, node)}
    functions |= SILENT.keys()
    brought = _SHORT_NAMES if names.stars else set()
    guards = Guards(names)
    patched = patched_functions(names)
    for node in names.nodes:
        if isinstance(node, ast.Attribute):
            if node.attr not in _SHORT_NAMES:
                continue
        elif not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
            continue
        elif node.id not in functions and not (node.id in brought and _is_of_module(names, node)):
            continue
        site = _site(names, guards, node)
        if site is not None:
            as_tf2 = site if style == TF1 or _is_v1_on_tf2(names, guards, node) else _as_tf2(site)
            # tf_upgrade_v2 renames what a partial calls, and leaves its arguments.
            site.may_be_tf2 = as_tf2 is not site or (style != TF1 and site.is_partial)
            site = as_tf2 if style == FOR_TF2 else site
            name = f"{site.function.module}.{site.function.name}"
            if name in patched or name in names.others.replace():
                who = "this file assigns to the function or patches it" if name in patched else _REPLACED
                site.doubt = site.doubt or f"{who}, which a changed use would not see"
            yield site


def _is_of_module(names: ModuleNames, node: ast.Name) -> bool:
    """Return whether a name is one of the module, and none of a function or class in it."""
    return all(binding.scope is names.module for binding in names.bindings(node.id, names.scopes[node]))


def _ends_in_family(dotted: str) -> bool:
    return dotted.rpartition(".")[2] in _SHORT_NAMES


def _targets_of_unknown(names: ModuleNames, node: ast.AST) -> list[ast.Name]:
    """Return the names that `node` assigns a function of an unknown module to, as in ``f = ops.softmax``."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute) and node.value.attr in _SHORT_NAMES:
        if not any(map(family_function, names.possible(node.value))):
            return [target for target in node.targets if isinstance(target, ast.Name)]
    return []


def _site(names: ModuleNames, guards: Guards, node: ast.Attribute | ast.Name) -> Site | None:
    found = [family for family in map(family_function, names.possible(node)) if family]
    untraced = None if found else untraced_function(names, node)
    if untraced:
        found = [(TF, untraced)]
    if not found:
        return None
    origin, function = min(found, key=lambda family: (family[0] != TF, family[1].name))  # what changed most, first
    site = Site(names, node, function, origin, is_untraced=untraced is not None)
    if untraced:
        module = ast.unparse(node.value if isinstance(node, ast.Attribute) else node)
        site.doubt = f"`{module}` cannot be traced to TensorFlow or away from it"
    else:
        site.doubt = _doubtful_name(names, guards, node) or guards.doubt(node) or _may_be_for_tf2(guards, function)
    parent = names.parents[node]
    if isinstance(parent, ast.Call) and parent.func is node:
        site.call = parent
        _bind(site, parent.args, parent.keywords)
    elif isinstance(parent, ast.Call) and parent.args[:1] == [node]:
        if names.resolve(parent.func) == "functools.partial":
            site.call, site.is_partial = parent, True
            _bind(site, parent.args[1:], parent.keywords)
    return None if untraced and not _shows_tf1(site) else site


def _may_be_for_tf2(guards: Guards, function: Function) -> str | None:
    """Return why `function` may be for one of TF1 and TF2 only, although nothing around it shows that, or None."""
    if function.name in BOTH_LOSSES and guards.serves_both:
        return "the file asks for TensorFlow's release, and may call this on TF1 only or on TF2 only"
    return None


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
    bindings = names.bindings(first_name(node), names.scopes[node])
    if any(b.scope is names.module for b in bindings) and may_be_rebound(names, first_name(node)):
        return f"the file may bind `{first_name(node)}` to something else by a text or a table of names"
    if any(b.scope is names.module for b in bindings) and _is_bound_elsewhere(names, first_name(node)):
        return f"another file of the project may bind `{first_name(node)}` to something else"
    if names.stars and not (
        _is_bound_above(names, node, bindings) if bindings else _is_brought(names, first_name(node))
    ):
        return f"`{first_name(node)}` may come from `from {next(iter(names.stars))} import *`"
    return None


def _is_bound_above(names: ModuleNames, node: ast.expr, bindings: list[Binding]) -> bool:
    """Return whether one of `bindings` has run before `node` can, if the name may be what a star import brings."""
    name = first_name(node)
    if bindings[0].scope is not names.module or not names.brought(name) - {None}:
        return True
    return any(line < node.lineno for line in names.always_bound(name))


def _is_brought(names: ModuleNames, name: str) -> bool:
    """Return whether it is certain what ``from module import *`` binds `name` to."""
    return bool(names.brought(name)) and None not in names.brought(name) and name not in names.others.assign()


def _is_bound_elsewhere(names: ModuleNames, name: str) -> bool:
    """Return whether another file may replace `name` in the module, or a later ``from module import *`` does."""
    last = max((getattr(b.node, "lineno", 0) for b in names.bindings(name, names.module)), default=0)
    later = (module for module, statement in names.stars.items() if statement.lineno > last)
    brought = (dotted for module in later for dotted in names.others.bring(module, name) - {None})
    return name in names.others.assign() or not all(is_in(dotted, TF) for dotted in brought)


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


def _shows_tf1(site: Site) -> bool:
    """Return whether the use of a function that cannot be traced is certainly one of TF1's, if it is TensorFlow's.

    For softmax and the sigmoid's losses, whose names and arguments are common, an argument must show it. Arguments that
    every release refuses show a function of the project, or of another library.
    """
    function = site.function
    if site.problem and not any((function.name, each.parameter) in RENAMED_IN_1_0 for each in site.arguments):
        return False
    if function.is_cross_entropy or function.keeps_v1:
        return True
    is_open = site.call is None or site.is_partial or site.has_star
    later = passed_on(site.names, function) if is_open else frozenset()
    return not site.problem and (bool(later) or any(_is_of_tf1(site.function, each) for each in site.arguments))


def _is_of_tf1(function: Function, argument: Argument) -> bool:
    if argument.parameter == "axis":  # the name second, as in TF 0.x
        return isinstance(argument.value, ast.Constant) and isinstance(argument.value.value, str)
    is_value = argument.parameter != "_sentinel" or argument.is_none
    return argument.parameter in function.only_tf1 and is_value


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
    site.problem = _problem(site.function, named, parameters[: len(plain)], {*parameters, *site.function.parameters})


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


def _problem(function: Function, named: list[Argument], by_position: Sequence[str], known: set[str]) -> str | None:
    """Return what is wrong with the keyword arguments, or None."""
    for argument in named:
        if (function.name, argument.parameter) in RENAMED_IN_1_0:
            now = RENAMED_IN_1_0[function.name, argument.parameter]
            return f"only TF 0.x has a parameter `{argument.parameter}`; TF 1.0 renamed it to `{now}`"
        if argument.parameter not in known:
            return f"no release has a parameter `{argument.parameter}`"
        if argument.parameter in by_position:
            return f"`{argument.parameter}` is passed twice"
    return None
