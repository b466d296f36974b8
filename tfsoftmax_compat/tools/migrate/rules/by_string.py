"""A function that is looked up by its name, as in ``getattr(tf.nn, "softmax_cross_entropy_with_logits")``.

Since TF 2.0 the name belongs to a function with other parameters, or to none. A name of a cross entropy is reported
wherever it may be looked up in TensorFlow, and in the code that `exec` or `eval` may run. Another name of the family is
reported only where an attribute is looked up, and one of a function that TF2 has only if TF1's arguments are passed.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2
"""

import ast
import functools
import itertools
import re
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS, Function
from tfsoftmax_compat.tools.migrate.handing_on import handed_on, hands_on
from tfsoftmax_compat.tools.migrate.look_ups import BY_ARGUMENT, GETTERS, called_name, is_dictionary_of, looks_up_names
from tfsoftmax_compat.tools.migrate.names import ModuleNames, first_name
from tfsoftmax_compat.tools.migrate.origins import TF, is_in
from tfsoftmax_compat.tools.migrate.passed import passed_on
from tfsoftmax_compat.tools.migrate.rules import RuleExample
from tfsoftmax_compat.tools.migrate.untraced import BY_NAME, SILENT, leads_away, uses_tensorflow

ID = "TFS111"
EXAMPLES = [
    RuleExample("loss_fn = getattr(tf.nn, 'softmax_cross_entropy_with_logits')\n", None, None),
    RuleExample("loss_fn = vars(tf.nn)['softmax_cross_entropy_with_logits']\n", None, None),
    RuleExample("exec('loss = tf.nn.softmax_cross_entropy_with_logits(labels=a, logits=b)')\n", None, None),
]
_OWN_NAMES = ("globals()", "locals()", "vars()")
_MODULES = {f"{TF}.{module}": module for module in ("nn", "losses")}
# Functions that look a name up, or replace what it names.
_ATTRIBUTES = {*GETTERS, *BY_ARGUMENT}
_LOOK_UPS = _ATTRIBUTES | {"itemgetter", "get", "pop", "setattr", "delattr", "patch", "object"}
# What a text may be a part of, or an alternative in.
_PARTS = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.IfExp, ast.BoolOp, ast.Starred)
_DESCRIBING = ("name", "scope", "help", "doc", "description", "default_name")
_RUNNERS = {"exec", "eval", "compile", "timeit"}
_IMPORT = re.compile(rf"^[ \t]*(?:import|from)[ \t]+{TF}\b", re.MULTILINE)
_MENTION = re.compile(rf"\b({'|'.join(BY_NAME)})\b")
# The values of settings in a text, such as "loss: nn.softmax" and '{"loss": "softmax"}', and items of a list.
_SETTING = re.compile(rf"""(?:^|[:=,\["'])[ \t]*(?:\w+[.:])*({"|".join(BY_NAME)})[ \t]*(?:$|[,"'\]}}])""", re.MULTILINE)
# How the text of a call shows the arguments that only TF1's functions accept.
_IN_TEXT = {"dim": r"\bdim\s*=|\(.*,\s*None\s*,\s*None\s*,", "targets": r"\btargets\s*=", "_sentinel": r"\(\s*None\s*,"}


def find(names: ModuleNames, target: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield each look-up by a name that is in the family or only known at run time, and each text with such a call."""
    calls = [node for node in names.nodes if isinstance(node, ast.Call)]
    runs_text = any(_is_runner(names, call) for call in calls)
    for call in calls:
        if _is_runner(names, call) and call.args and _is_part_of_name(names, call.args[0]):
            yield call, "which function the text calls, is only known at run time"
        if called_name(names, call) in GETTERS and len(call.args) > 1:
            why = _why_looked_up(names, *call.args[:2])
            if why:
                yield call, why
    yield from _whole_modules(names)
    yield from _handed_on(names)
    for node in names.nodes:
        if isinstance(node, ast.Constant) and _MENTION.search(_text(node)):
            found = next((name for name in _names_in(node) if _is_looked_up(names, node, name)), None)
            if found:
                yield node, _looked_up(found)
            elif (runs_text or _is_program(node)) and _calls_tf1(names, node) and not _is_statement(names, node):
                yield node, "code in a string is not read: TF2's function has other parameters than TF1's"


def _why_looked_up(names: ModuleNames, owner: ast.expr, name: ast.expr) -> str | None:
    """Return why ``getattr(owner, name)`` has to be looked at, or None."""
    module = _MODULES.get(str(_module(names, owner)))
    if isinstance(name, ast.Constant):
        return _looked_up(_text(name)) if module and f"{module}.{_text(name)}" in FUNCTIONS else None
    if module:
        return f"which function of tf.{module} this is, is only known at run time"
    return "which function this is, is only known at run time" if _is_part_of_name(names, name) else None


@functools.lru_cache(1)
def _looks_up(names: ModuleNames) -> bool:
    """Return whether the module itself looks up names that are only known at run time."""
    return looks_up_names(names)


@functools.lru_cache(1)
def _may_be_looked_up_elsewhere(names: ModuleNames) -> bool:
    """Return whether two files of the project may look up what this one names: one of them hands TensorFlow on.

    The arguments may then be anywhere.
    """
    others = names.others
    if _looks_up(names) and others.hand_on():
        return True
    return others.look_up() and (hands_on(names) or others.hand_on())


def _handed_on(names: ModuleNames) -> Iterator[tuple[ast.expr, str]]:
    """Yield where `tf.nn` or `tf.losses` is handed on to code that may look up a name which nothing shows."""
    texts = (node for node in names.nodes if isinstance(node, ast.Constant) and _MENTION.search(_text(node)))
    if any(not _is_statement(names, node) for node in texts):
        return
    for node in handed_on(names):
        if _looks_up(names) or names.others.look_up():
            module = ast.unparse(node)
            yield node, f"handed on: which functions of `{module}` are looked up by name, is only known at run time"


def _names_in(node: ast.Constant) -> list[str]:
    """Return what a text may name: it is a dotted name, words, or a text of settings."""
    text = _text(node)
    words = text.split()
    return [text.rpartition(".")[2], *_SETTING.findall(text), *(words if all(map(str.isidentifier, words)) else ())]


def _is_program(node: ast.Constant) -> bool:
    """Return whether a text is code that may be run from a file, or by another interpreter: it imports TensorFlow."""
    return _IMPORT.search(_text(node)) is not None


def _is_statement(names: ModuleNames, node: ast.Constant) -> bool:
    """Return whether `node` is a docstring, or a comment written as a text."""
    return isinstance(names.parents[node], ast.Expr)


def _is_looked_up(names: ModuleNames, node: ast.Constant, name: str) -> bool:
    """Return whether `node`, which ends in `name`, may be looked up to call a function in a way that TF2 refuses."""
    if name in SILENT:
        return _may_look_up(names, node) or (_is_kept(names, node) and (_looks_up(names) or names.others.look_up()))
    function = BY_NAME.get(name)
    if function is None or not uses_tensorflow(names):
        return False
    if _is_kept(names, node) and _may_be_looked_up_elsewhere(names):
        return True
    if not function.keeps_v1 and not passed_on(names, function):
        return False
    return (_gets_attribute(names, node) and _may_look_up(names, node)) or (_is_kept(names, node) and _looks_up(names))


def _gets_attribute(names: ModuleNames, node: ast.Constant) -> bool:
    """Return whether `node` is looked up among attributes or globals, and not among the items of any dictionary."""
    parent = names.parents[node]
    if isinstance(parent, ast.Call):
        owner = parent.func.value if isinstance(parent.func, ast.Attribute) else parent.func
        return called_name(names, parent) in _ATTRIBUTES or ast.unparse(owner) in _OWN_NAMES
    if not isinstance(parent, ast.Subscript):
        return False
    return is_dictionary_of(names, parent.value) or ast.unparse(parent.value) in _OWN_NAMES


def _calls_tf1(names: ModuleNames, node: ast.Constant) -> bool:
    """Return whether a text mentions a function that TF2 has not, or shows TF1's arguments of another."""
    functions = [BY_NAME[name] for name in _MENTION.findall(_text(node))]
    whole: ast.AST = node
    while isinstance(names.parents[whole], (ast.BinOp, ast.JoinedStr, ast.FormattedValue)):
        whole = names.parents[whole]
    parts = [part for part in ast.walk(whole) if isinstance(part, ast.Constant)]
    text = "".join(map(_text, sorted(parts, key=lambda part: (part.lineno, part.col_offset))))
    return any(_shows_tf1(f, text) or (not f.keeps_v1 and passed_on(names, f)) for f in functions)


def _shows_tf1(function: Function, text: str) -> bool:
    if function.name in SILENT:
        return True
    if function.keeps_v1:
        return f"{function.module}.{function.name}" in text
    return any(re.search(_IN_TEXT[parameter], text, re.DOTALL) for parameter in function.only_tf1)


def _looked_up(name: str) -> str:
    return f"looked up by its name: TF2's `{name}` has other parameters than TF1's"


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _module(names: ModuleNames, node: ast.expr) -> str | None:
    """Return the module that `node` is, also for ``getattr(tf, "nn")``."""
    if isinstance(node, ast.Call) and called_name(names, node) == "getattr" and len(node.args) > 1:
        module = names.resolve(node.args[0])
        return module and f"{module}.{_text(node.args[1])}"
    return names.resolve(node)


def _is_runner(names: ModuleNames, call: ast.Call) -> bool:
    """Return whether `call` is one of the built-in functions that run a text, or of `timeit`."""
    function = call.func
    if isinstance(function, ast.Name):
        return function.id in _RUNNERS and not any(
            b.imported is None for b in names.bindings(function.id, names.scopes[function])
        )
    return names.resolve(function) in ("timeit.timeit", "builtins.exec", "builtins.eval", "builtins.compile")


def _may_look_up(names: ModuleNames, node: ast.Constant) -> bool:
    """Return whether the name `node` is looked up in what may be TensorFlow's."""
    parent = names.parents[node]
    if isinstance(parent, ast.Subscript):
        return parent.slice is node and not _has_own_item(names, parent.value, node)
    if not (isinstance(parent, ast.Call) and node in parent.args and called_name(names, parent) in _LOOK_UPS):
        return False
    first = parent.args[0]
    if first is not node:  # getattr(module, name)
        return not leads_away(names, first) and _module(names, first) not in _MODULES
    owner = parent.func.value if isinstance(parent.func, ast.Attribute) else None  # dictionary.get(name)
    return owner is None or not _has_own_item(names, owner, node)


def _has_own_item(names: ModuleNames, node: ast.expr, key: ast.Constant) -> bool:
    """Return whether `node` is a dictionary that the module writes with the key: its value is found there."""
    if isinstance(node, ast.Name):
        bindings = names.bindings(node.id, names.scopes[node])
        is_own = all(b.value is not None and _has_own_item(names, b.value, key) for b in bindings)
        return bool(bindings) and is_own and not _is_updated(names, node.id)
    if isinstance(node, ast.Dict):
        return any(_text(item) == key.value for item in node.keys if item is not None) and None not in node.keys
    is_call = isinstance(node, ast.Call) and called_name(names, node) == "dict"
    return is_call and any(keyword.arg == key.value for keyword in node.keywords)  # type: ignore[attr-defined]


def _is_updated(names: ModuleNames, dictionary: str) -> bool:
    """Return whether the module calls ``dictionary.update``."""
    updates = (n.value for n in names.nodes if isinstance(n, ast.Attribute) and n.attr == "update")
    return any(isinstance(value, ast.Name) and value.id == dictionary for value in updates)


def _is_kept(names: ModuleNames, node: ast.Constant) -> bool:
    """Return whether a name may reach a look-up by a variable: anywhere but where it is certainly not the name.

    It is not where it is compared, described, a key beside a function, or names a scope of TensorFlow.
    """
    parents = itertools.pairwise((node, *names.ancestors(node)))
    child, parent = next(
        (c, p) for c, p in parents if not isinstance(p, _PARTS) or (isinstance(p, ast.Dict) and c in p.keys)
    )
    if isinstance(parent, ast.Dict):  # {"softmax_cross_entropy_with_logits": 0.5}
        return isinstance(parent.values[parent.keys.index(child)], ast.Constant)  # type: ignore[arg-type]
    if isinstance(parent, ast.keyword):
        return parent.arg not in _DESCRIBING
    if isinstance(parent, ast.Call):
        functions = names.possible(parent.func)
        return not all(is_in(dotted, TF) and ".flags." not in str(dotted) for dotted in functions)
    if isinstance(parent, ast.Assign):
        return not any(first_name(target) == "__all__" for target in parent.targets)
    return not isinstance(parent, (ast.Expr, ast.Compare, ast.Subscript, ast.JoinedStr))


def _is_part_of_name(names: ModuleNames, name: ast.expr) -> bool:
    """Return whether the texts in `name`, as in ``"%s_cross_entropy" % kind``, are parts of a name of the family."""
    if isinstance(name, ast.Constant):
        return False
    texts = (_text(part).rpartition(".")[2] for part in ast.walk(name) if isinstance(part, ast.Constant))
    pieces = [piece for text in texts for piece in re.split(r"%s|{.*?}", text) if len(piece) > 3]  # noqa: PLR2004
    functions = (f for f in BY_NAME.values() if f.name in SILENT or (uses_tensorflow(names) and passed_on(names, f)))
    return bool(pieces) and any(all(piece in function.name for piece in pieces) for function in functions)


def _whole_modules(names: ModuleNames) -> Iterator[tuple[ast.expr, str]]:
    """Yield each use of all names in `tf.nn` or `tf.losses`, as in ``{**vars(tf.nn)}``."""
    for node in names.nodes:
        owner = None
        if isinstance(node, ast.Call) and called_name(names, node) in ("vars", "getmembers") and node.args:
            owner = node.args[0]
        elif isinstance(node, ast.Attribute) and node.attr == "__dict__":
            owner = node.value
        module = None if owner is None else _MODULES.get(str(_module(names, owner)))
        if module and isinstance(node, ast.expr) and not _is_one_item(names, node):
            yield node, f"which functions of tf.{module} are used, is only known at run time"


def _is_one_item(names: ModuleNames, table: ast.expr) -> bool:
    """Return whether `table` is only asked for one item, or whether it has one."""
    parent = names.parents[table]
    is_listed = isinstance(parent, ast.Attribute) and parent.attr in ("items", "values", "keys", "copy")
    return isinstance(parent, (ast.Subscript, ast.Attribute, ast.Compare)) and not is_listed
