"""Which examples to run: those with documented output, and the code that they need.

Code without documented output is needed if a needed example stands below it in the same scope, and

- it binds a name that a needed example below reads before binding it, or imports ``*``; or
- it acts on what a needed example uses: it calls its method (``sess.run(init)``, ``history = model.fit(x)``), passes
  it to a function (``initialise(sess)``), or changes a part of it (``x[0] = 1``); or it does so to what was made from
  it (``row = x[0]``, a function that reads it). Modules are no such things, unless the result of their function is
  dropped (``np.random.shuffle(x)``); or
- it calls a function that, by its name, switches something (``np.set_printoptions``, ``tf.enable_eager_execution``) or
  writes a file (``open``, ``model.save_weights``); or
- a seed is set in the scope, or documented output names an op (``Tensor("Softmax_1:0"``): random numbers and the
  names of ops depend on all that was made before.

In all but the first case, the names that it reads must be bound by then: a signature listing can't run. Code that is
not Python 3 binds nothing. Where a name is bound more than once, every piece of code that binds it is needed.
"""

import ast
import builtins
import re
import symtable
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.code import last_line, try_parse

_REACHES_FAR = re.compile(
    r"(?:set|enable|disable|reset)_|.*(?:seed|simplefilter|filterwarnings)$|(?:save|write|dump|to_|open$|makedirs$|mkdir$)"
)
_BUILTINS = set(dir(builtins)) | {"__name__", "__file__"}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass
class _Call:
    """A call: the name that its function starts with and ends in, what it is passed, and whether as a statement."""

    root: str
    name: str
    arguments: set[str]
    is_statement: bool


@dataclass
class Names:
    """What code does with names at module level.

    Attributes:
      reads: the names that it reads, in functions too.
      free: those that it reads before it has bound them.
      binds: the names that it may bind.
      modules: the names that its imports bind.
      behind: for each name that it binds, those that the binding reads: what the thing may be a part of, or call.
      changes: the names of things that it changes a part of.
      calls: its calls, other than in functions.
      imports_all: whether it imports ``*``.
    """

    reads: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    behind: dict[str, set[str]] = field(default_factory=dict)
    changes: set[str] = field(default_factory=set)
    calls: list[_Call] = field(default_factory=list)
    imports_all: bool = False


def needed(examples: Sequence[Example]) -> list[Example]:
    """The examples to run, in order.

    Args:
      examples: the examples of one document.
    """
    keep: set[Example] = set()
    for scope in {example.scope for example in examples}:
        keep.update(_needed([example for example in examples if example.scope == scope]))
    return [example for example in examples if example in keep]


def _needed(examples: list[Example]) -> Iterator[Example]:
    """The examples of one scope that are needed."""
    keep = [example.documented is not None for example in examples]
    names = [names_of(example.code) for example in examples]
    modules = set().union(*(each.modules for each in names))
    untouched = modules | _BUILTINS - set().union(*(each.binds for each in names))
    behind: dict[str, set[str]] = {}
    for each in names:
        for name, reads in each.behind.items():
            behind.setdefault(name, set()).update(reads - untouched)
    acts_on = [_with_behind(_acts_on(each, modules, untouched), behind) for each in names]
    reaches_far = [any(_REACHES_FAR.match(call.name) for call in each.calls) for each in names]
    all_count = any("seed" in example.code or 'Tensor("' in (example.documented or "") for example in examples)
    can_run = _can_run(names)
    changed = True
    while changed:
        changed = False
        kept = [each for each, is_kept in zip(names, keep) if is_kept]
        modules_used = modules & set().union(*(each.reads for each in kept))
        wanted: set[str] = set()
        for i in reversed(range(len(examples))):
            above = (each for each, is_kept in zip(names[:i], keep) if is_kept)
            # What stands above may hold the same thing by another name.
            used = wanted.union(modules_used, *(each.reads | each.binds for each in above))
            acts = can_run[i] and (reaches_far[i] or all_count or acts_on[i] & used)
            if not keep[i] and any(keep[i:]) and (names[i].imports_all or names[i].binds & wanted or acts):
                keep[i] = changed = True
            if keep[i]:
                wanted |= names[i].free
    return (example for example, is_kept in zip(examples, keep) if is_kept)


def _acts_on(names: Names, modules: set[str], untouched: set[str]) -> set[str]:
    """The names of what the code acts on; those `untouched` are no things to act on, unless by a module's function."""
    found = set(names.changes)
    for call in names.calls:
        if call.root not in modules:
            if call.root != "print":
                found |= ({call.root} | call.arguments) - untouched
        elif call.is_statement:
            found |= {call.root} | call.arguments - untouched
    return found


def _with_behind(names: set[str], behind: dict[str, set[str]]) -> set[str]:
    """The names, and all that stand behind them."""
    found = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= behind.get(name, set()) - found
    return found


def _can_run(names: list[Names]) -> list[bool]:
    """Whether, for each piece of code, all that it reads is bound in it or above."""
    bound = set(_BUILTINS)
    imports_all = False
    can_run = []
    for each in names:
        bound |= each.binds
        imports_all = imports_all or each.imports_all
        can_run.append(bool(each.binds or each.calls or each.changes) and (imports_all or each.reads <= bound))
    return can_run


def names_of(code: str) -> Names:
    """What code does with names; nothing, if it is not Python 3."""
    names = Names()
    tree = try_parse(code)
    if tree is None:
        return names
    try:
        for statement in tree.body:
            reads, binds = _reads_and_binds([statement])
            names.reads |= reads
            names.binds |= binds
            for name in binds:
                names.behind.setdefault(name, set()).update(reads)
        names.free = _free(tree.body, set())
        nodes = list(_outside_definitions(tree))
        for node in nodes:
            _note(node, names)
        statements = {node.value for node in nodes if isinstance(node, ast.Expr)}
        names.calls = [_call(node, node in statements) for node in nodes if isinstance(node, ast.Call)]
    except SyntaxError:  # parses, and yet is none: a `return` outside a function
        return Names()
    return names


def binds_from(code: str, line: int) -> set[str]:
    """The names that code binds from a line on, the statement of that line included; the line counts from 1."""
    tree = try_parse(code)
    if tree is None:
        return set()
    rest = [statement for statement in tree.body if last_line(statement) >= line]
    return names_of(ast.unparse(ast.Module(rest, []))).binds


def _outside_definitions(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of `tree`, of functions and classes only the nodes themselves."""
    for child in ast.iter_child_nodes(tree):
        yield child
        if not isinstance(child, _DEFINITIONS):
            yield from _outside_definitions(child)


def _note(node: ast.AST, names: Names) -> None:
    """Note what a node imports or changes."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            if alias.name == "*":
                names.imports_all = True
            else:
                names.modules.add(alias.asname or alias.name.partition(".")[0])
    elif isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
        names.changes.add(_root(node))
    elif isinstance(node, ast.AugAssign):
        names.changes.add(_root(node.target))
    elif isinstance(node, ast.Delete):
        names.changes.update(map(_root, node.targets))


def _call(node: ast.Call, is_statement: bool) -> _Call:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    passed = [*node.args, *(keyword.value for keyword in node.keywords)]
    arguments = {each.id for argument in passed for each in ast.walk(argument) if isinstance(each, ast.Name)}
    return _Call(_root(node.func), name, arguments, is_statement)


def _root(node: ast.AST) -> str:
    """The name that an expression such as ``a.b[0].c()`` starts with; "" if it starts with none."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Starred)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _free(statements: list[ast.stmt], bound: set[str]) -> set[str]:
    """The names that statements read before they have bound them; what they bind for sure is added to `bound`."""
    free: set[str] = set()
    for statement in statements:
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            for item in statement.items:
                reads, _ = _reads_and_binds([ast.Expr(item.context_expr)])
                free |= reads - bound
                if item.optional_vars is not None:
                    bound |= {node.id for node in ast.walk(item.optional_vars) if isinstance(node, ast.Name)}
            free |= _free(statement.body, bound)
            continue
        reads, binds = _reads_and_binds([statement])
        if isinstance(statement, (ast.For, ast.AsyncFor)):
            reads -= {node.id for node in ast.walk(statement.target) if isinstance(node, ast.Name)}
        free |= reads - bound
        if not isinstance(statement, (ast.For, ast.AsyncFor, ast.While, ast.If, ast.Try, ast.Match)):
            bound |= binds
    return free


def _reads_and_binds(statements: list[ast.stmt]) -> tuple[set[str], set[str]]:
    """The names of the module that statements read, in functions too, and those that they bind."""
    reads = set()
    binds = set()
    for statement in statements:
        for node in _outside_definitions(ast.Module([statement], [])):
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                reads.add(node.target.id)  # which a symbol table has as bound only
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
                reads.add(node.id)

    def walk(table: symtable.SymbolTable, is_module: bool) -> None:
        for symbol in table.get_symbols():
            if is_module or symbol.is_global():
                if symbol.is_referenced():
                    reads.add(symbol.get_name())
                if symbol.is_imported() or symbol.is_assigned() and (is_module or symbol.is_declared_global()):
                    binds.add(symbol.get_name())
        for child in table.get_children():
            walk(child, False)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = ast.unparse(ast.fix_missing_locations(ast.Module(list(statements), [])))
        walk(symtable.symtable(source, "<document>", "exec"), True)
    return reads, binds
