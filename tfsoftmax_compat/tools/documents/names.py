"""The names that code reads and binds at module level. The code is parsed, not run."""

import ast
import re
import symtable
from collections.abc import Sequence
from dataclasses import dataclass

from tfsoftmax_compat.tools.documents.code import last_line, try_parse

_MISSING = re.compile(r"NameError: (?:global |free variable )?(?:name )?'(\w+)'")

_ASSIGNED = re.compile(r"^(\w+) *=(?!=)", re.MULTILINE)

# Methods that train a model. What they return is often kept, and the model is changed all the same.
_TRAINING = {"fit", "fit_generator", "partial_fit", "train", "train_on_batch"}


@dataclass(frozen=True)
class CodeNames:
    """What code does with names at module level.

    Attributes:
      reads: the names that it reads before it binds them itself, in functions too.
      binds: the names that it may bind.
      imports: those of these that it imports.
    """

    reads: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()
    imports: frozenset[str] = frozenset()


def names_of(code: str, first_line: int = 1) -> CodeNames:
    """Return the names in code, from the statement on that a line is part of.

    Of what is not Python 3 only the names are known that a line without indentation assigns to.

    Args:
      code: the code.
      first_line: the line from which on statements count, from 1.
    """
    tree = try_parse(code)
    if tree is None:
        return CodeNames(binds=frozenset(_ASSIGNED.findall(code)))
    reads: set[str] = set()
    binds: set[str] = set()
    imports: set[str] = set()
    for statement in tree.body:
        if last_line(statement) >= first_line:
            try:
                read, bound = _of_statement(statement)
            except SyntaxError:  # parses, but does not compile: a `return` outside a function
                continue
            reads |= read - binds
            binds |= bound
            imports = imports | bound if isinstance(statement, (ast.Import, ast.ImportFrom)) else imports - bound
    return CodeNames(frozenset(reads), frozenset(binds), frozenset(imports))


def may_change(code: str) -> frozenset[str]:
    """Return the names whose values code may change without binding them: those whose methods it calls.

    Only calls in statements of their own count, whose values are not used: ``model.load_weights(path)``; and those that
    train a model, which return what happened: ``history = model.fit(x, y)``. What a call is given is mostly only read,
    but not where it is given a method: ``walk(names.append, tree)``.
    """
    tree = try_parse(code)
    statements = (node for node in ast.walk(tree) if isinstance(node, (ast.Expr, ast.Assign))) if tree else ()
    calls = [(node.value, isinstance(node, ast.Expr)) for node in statements if isinstance(node.value, ast.Call)]
    methods = ((call.func, unused) for call, unused in calls if isinstance(call.func, ast.Attribute))
    called = {
        method.value.id
        for method, unused in methods
        if isinstance(method.value, ast.Name) and (unused or method.attr in _TRAINING)
    }
    given = (each for call, unused in calls if unused for each in call.args if isinstance(each, ast.Attribute))
    return frozenset(called | {each.value.id for each in given if isinstance(each.value, ast.Name)})


def undefined_name(error: str) -> str | None:
    """Return the name that a NameError says is not defined; None for any other error."""
    found = _MISSING.match(error)
    return found[1] if found else None


def _of_statement(statement: ast.stmt) -> tuple[set[str], set[str]]:
    reads: set[str] = set()
    binds: set[str] = set()
    pending = [(symtable.symtable(ast.unparse(statement), "<document>", "exec"), True)]
    while pending:
        table, is_module = pending.pop()
        for symbol in table.get_symbols():
            if not (is_module or symbol.is_global()):
                continue
            if symbol.is_referenced():
                reads.add(symbol.get_name())
            if symbol.is_imported() or (symbol.is_assigned() and (is_module or symbol.is_declared_global())):
                binds.add(symbol.get_name())
        pending += [(child, False) for child in table.get_children()]
    for node in ast.walk(statement):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            reads.add(node.target.id)  # the symbol table has it as bound only
    # A name that the statement binds before it reads it, such as a loop's, is not one that it needs.
    return reads - _bound_first(statement), binds


def _bound_first(statement: ast.AST) -> set[str]:
    """Return the names that a statement binds before anything in it reads them."""
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        return _bound_in_order([statement.target, *statement.body]) - _read(statement.iter)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        targets = [item.optional_vars for item in statement.items if item.optional_vars is not None]
        contexts = {name for item in statement.items for name in _read(item.context_expr)}
        return _bound_in_order([*targets, *statement.body]) - contexts
    if isinstance(statement, ast.Try):
        others = [*statement.body, *statement.orelse, *statement.finalbody]
        read = {name for node in others for name in _read(node)}
        read.update(name for each in statement.handlers for name in _read(each) - {each.name})
        return {each.name for each in statement.handlers if each.name} - read
    return set()


def _bound_in_order(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that targets, assignments and loops bind, before anything reads them, in this order."""
    bound: set[str] = set()
    read: set[str] = set()
    for node in nodes:
        inner = _bound_first(node)
        read |= _read(node) - bound - inner
        targets = node.targets if isinstance(node, ast.Assign) else [node] if isinstance(node, ast.expr) else []
        bound |= (inner | {name for target in targets for name in _stored(target)}) - read
    return bound


def _stored(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}


def _read(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
