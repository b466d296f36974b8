"""Find out what the other files of a project show about a module: who takes names from it, and what they do to them."""

from __future__ import annotations

import ast
import functools
import itertools
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tfsoftmax_compat.tools.contents import PYTHON, UnreadableError, decoded, is_python
from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.files import find_files
from tfsoftmax_compat.tools.migrate.handing_on import hands_on, may_hand_on
from tfsoftmax_compat.tools.migrate.look_ups import looks_up_names, may_look_up
from tfsoftmax_compat.tools.migrate.names import Meanings, ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF, is_in
from tfsoftmax_compat.tools.migrate.others import Others, brought_by_other
from tfsoftmax_compat.tools.migrate.passed import (
    ONLY_TF1,
    called_by_name,
    in_texts,
    may_pass,
    passed_to_unknown,
    passes_computed,
    passes_unknown,
)
from tfsoftmax_compat.tools.migrate.patches import assigned_functions, may_assign
from tfsoftmax_compat.tools.migrate.rebinding import ANY, rebound
from tfsoftmax_compat.tools.migrate.untraced import binds_by_text, defines
from tfsoftmax_compat.tools.migrate.values import compared, held

_MARKS = (".git", ".hg", "pyproject.toml", "setup.py", "setup.cfg")  # of the folder of a project
_PACKAGE = "__init__"
# A line with an import, and the lines in its parentheses; import_module("name") too.
_IMPORTS = re.compile(rb"^.*\b(?:import|import_module|__import__)\b(?:[^\n(]*\([^)]*\)|.*)", re.MULTILINE)
_WORD = re.compile(rb"\w+|\*")


@dataclass(eq=False)
class _Project:
    """The Python files of a project.

    Attributes:
      importing: the words in their imports, each with the files that have it; ``*`` too.
      files: the files that have a name, without the suffix; a package has the name of its folder.
    """

    importing: defaultdict[bytes, set[str]] = field(default_factory=lambda: defaultdict(set))
    files: defaultdict[bytes, set[str]] = field(default_factory=lambda: defaultdict(set))


def may_be_imported(path: str) -> bool:
    """Return whether another Python file of the project names this module where it imports something.

    The project is the nearest folder above with a mark of version control or packaging, and the folders in it. Where
    there is none, it is the folder of the module. An ``__init__.py`` imports for others.

    Args:
      path: the module's file.
    """
    return Path(path).stem == _PACKAGE or bool(_importers(path))


def others_of(path: str) -> Others:
    """Return what the other files of the project show about the module in the file `path`."""
    return Others(
        use_tensorflow=lambda: bool(_project_of(path).importing.get(TF.encode(), set()) - {os.path.realpath(path)}),
        pass_on=lambda: _passed_on(path),
        assign=lambda: frozenset(
            name.rpartition(".")[2]
            for other in _importers(path)
            for name in _facts(other).assigned
            if name.split(".")[-2:-1] == [os.fsdecode(_name(path))]
        ),
        take=lambda name: (
            Path(path).stem == _PACKAGE
            or any(
                _facts(other).taken & {f"{os.fsdecode(_name(path))}.{each}" for each in (name, "*")}
                for other in _importers(path)
            )
        ),
        use=lambda name: _passed_where_used(path, name),
        hold=lambda: _shown_by_others(path, lambda facts: facts.held),
        compare=lambda: _shown_by_others(path, lambda facts: facts.compared),
        call=lambda names: frozenset(
            argument
            for other in _with_arguments(_project_of(path)) - {os.path.realpath(path)}
            for name, argument in _facts(other).called
            if name in names
        ),
        replace=lambda: _replaced(path),
        import_all=lambda: bool(_importers(path) & _project_of(path).importing.get(b"*", set())),
        look_up=lambda: bool(_looking_up(_project_of(path)) - {os.path.realpath(path)}),
        hand_on=lambda: bool(_handing_on(_project_of(path)) - {os.path.realpath(path)}),
        have=lambda dotted: os.fsencode(dotted.lstrip(".").split(".")[0]) in _project_of(path).files,
        define=lambda dotted: _is_defined(_project_of(path), dotted),
        bring=lambda module, name: _brought(_project_of(path), module, name, frozenset()),
    )


def _passed_on(path: str) -> frozenset[str]:
    """Return TF1's arguments that related files pass on, and those in any text where one passes what it has read."""
    related = [_facts(other) for other in _related(path)]
    if any(each.passes_computed for each in related):
        return ONLY_TF1
    found = frozenset().union(*(each.passed for each in related))
    if any(each.passes_read for each in related):
        found = found.union(*(each.in_texts for each in (*related, _facts(os.path.realpath(path)))))
    return found


def _passed_where_used(path: str, name: str) -> frozenset[str] | None:
    """Return TF1's arguments that are passed on where a name of the module is used as a value; None where it is not."""
    taken = f"{os.fsdecode(_name(path))}.{name}"
    users = [other for other in _importers(path) | _taking_from(os.path.realpath(path)) if taken in _facts(other).used]
    if not users:
        return None
    return frozenset().union(*(_passed_on(other) | _facts(other).passed for other in users))


def _shown_by_others(path: str, shown: Callable[[_Facts], frozenset[str]]) -> frozenset[str]:
    """Return the softmax functions that another file of the project shows in some way."""
    naming = _naming_softmax(_project_of(path)) - {os.path.realpath(path)}
    return frozenset().union(*(shown(_facts(other)) for other in naming))


def _replaced(path: str) -> frozenset[str]:
    """Return the functions that another file of the project assigns to in TensorFlow, for all files."""
    assigning = _assigning(_project_of(path)) - {os.path.realpath(path)}
    return frozenset().union(*(_facts(other).replaced for other in assigning))


def _is_defined(project: _Project, dotted: str) -> bool:
    """Return whether `dotted` is of the project, and each of its modules of that name defines the function or class."""
    module, _, name = dotted.lstrip(".").rpartition(".")
    last = os.fsencode(module.rpartition(".")[2])
    files = project.files.get(last, set())
    is_own = os.fsencode(module.split(".")[0]) in project.files
    if not is_own or not files or not all(name in _facts(file).defined for file in files):
        return False
    return not _is_replaced(project, os.fsdecode(last), name)


@functools.cache
def _brought(project: _Project, module: str, name: str, seen: frozenset[str]) -> Meanings:
    """Return what ``from module import *`` may bind `name` to; what a file of the project defines is "module.name"."""
    if os.fsencode(module.lstrip(".").split(".")[0]) not in project.files:
        return brought_by_other(module, name)
    found: set[str | None] = set()
    for facts in map(_facts, _files_of(project, module) if module not in seen else ()):
        if facts.exports is not None and name not in facts.exports:
            continue
        meanings = facts.meanings.get(name, frozenset())
        for dotted in meanings:
            found |= _followed(project, dotted or f"{module}.{name}", seen | {module})
        if facts.rebinds & {name, ANY} or (facts.binds_by_text and not meanings):
            found.add(None)
        if not meanings:
            found = found.union(*(_brought(project, star, name, seen | {module}) for star in facts.stars))
    is_known = any(is_in(dotted, TF) for dotted in found)  # what is replaced in other modules does not matter
    if is_known and _is_replaced(project, module.rpartition(".")[2], name):
        found.add(None)
    return frozenset(found)


def _files_of(project: _Project, module: str) -> set[str]:
    """Return the files of a project that a module may be: those in its package, if there are any; else of its name."""
    parts = module.strip(".").split(".")
    files = project.files.get(os.fsencode(parts[-1]), set())
    path = os.sep + os.sep.join(parts)
    in_package = {
        file for file in files if os.path.splitext(file)[0].removesuffix(f"{os.sep}{_PACKAGE}").endswith(path)
    }
    return in_package or files


def _followed(project: _Project, dotted: str, seen: frozenset[str]) -> Meanings:
    """Return what a name is that one file of the project takes from another; a name of other modules as it is."""
    module, _, name = dotted.rpartition(".")
    is_own = os.fsencode(module.lstrip(".").split(".")[0]) in project.files
    return (_brought(project, module, name, seen) if is_own else frozenset()) or frozenset([dotted])


@functools.cache
def _is_replaced(project: _Project, module: str, name: str) -> bool:
    """Return whether a file of the project assigns to a name of a module, or patches it."""
    replaced = f".{module}.{name}"
    word = re.escape(name.encode())
    may_assign_it = re.compile(rb"""\.%b\b(?!\s*[(.])|["'](?:[\w.]+\.)?%b["']""" % (word, word))
    importing = project.importing.get(os.fsencode(module), set())
    assigned = (each for file in _among(importing, may_assign_it.search) for each in _facts(file).assigned)
    return any(f".{each}".endswith(replaced) for each in assigned)


def _importers(path: str) -> set[str]:
    """Return the other files that name the module where they import something."""
    return _project_of(path).importing.get(_name(path), set()) - {os.path.realpath(path)}


def _related(path: str) -> set[str]:
    """Return the other files that import the module, or that it imports; also through files that only pass names on.

    ``from .util import apply`` in a package's ``__init__`` does that for ``from package import apply``.
    """
    project = _project_of(path)
    real = os.path.realpath(path)
    imported = (paths for name, paths in project.files.items() if real in project.importing.get(name, ()))
    found = _importers(path).union(*imported)
    return (found | _taken_from(project, real) | _taking_from(real)) - {real}


def _taken_from(project: _Project, path: str) -> set[str]:
    """Return the files in which the names are defined that a file takes from others."""
    found: set[str] = set()
    pending = list(_facts(path).taken)
    seen = set(pending)
    while pending:
        module, _, name = pending.pop().rpartition(".")
        for file in project.files.get(os.fsencode(module), ()):
            found.add(file)
            offered = {source for own, source in _facts(file).offered if name in (own, "*")}
            offered |= {f"{star.rpartition('.')[2]}.{name}" for star in _facts(file).stars}
            pending += offered - seen
            seen |= offered
    return found


def _taking_from(path: str) -> set[str]:
    """Return the files that take names of a file from others, which pass them on."""
    found: set[str] = set()
    pending = [path]
    while pending:
        own = pending.pop()
        module = os.fsdecode(_name(own))
        for file in _importers(own):
            offered = {name for name, source in _facts(file).offered if module in source.split(".")}
            if module in {star.rpartition(".")[2] for star in _facts(file).stars}:
                offered.add("*")
            wanted = {f"{os.fsdecode(_name(file))}.{name}" for name in {*offered, "*"}} if offered else set()
            takers = {each for each in _importers(file) if "*" in offered or wanted & _facts(each).taken} - found
            found |= takers
            pending += takers
    return found


def _name(path: str) -> bytes:
    file = Path(os.path.realpath(path))
    return os.fsencode(file.parent.name if file.stem == _PACKAGE else file.stem)


def _project_of(path: str) -> _Project:
    file = Path(os.path.realpath(path))
    project = next((each for each in file.parents if any((each / mark).exists() for mark in _MARKS)), None)
    return _read(project or file.parent, project is not None)


@functools.cache
def _read(folder: Path, and_below: bool) -> _Project:
    found = _Project()
    for path in find_files([str(folder)], PYTHON, lambda error: None) if and_below else _files_in(folder):
        try:
            data = Path(path).read_bytes()
        except OSError:  # reported when the file itself is checked
            continue
        found.files[_name(path)].add(path)
        for imports in _IMPORTS.findall(data):
            for word in _WORD.findall(imports):
                found.importing[word].add(path)
    return found


def _files_in(folder: Path) -> Iterator[str]:
    return (str(path) for path in folder.iterdir() if is_python(path.name) and path.is_file())


@functools.cache
def _looking_up(project: _Project) -> frozenset[str]:
    """Return files that look up attributes by names that are only known at run time: two are enough."""
    return _two(path for path in _with_text(project, may_look_up) if _facts(path).looks_up)


@functools.cache
def _handing_on(project: _Project) -> frozenset[str]:
    """Return files that hand on a module of TensorFlow: two are enough."""
    return _two(path for path in _with_text(project, may_hand_on) if _facts(path).hands_on)


@functools.cache
def _assigning(project: _Project) -> frozenset[str]:
    """Return the files that assign to functions of TensorFlow."""
    return frozenset(path for path in _with_text(project, may_assign) if _facts(path).replaced)


@functools.cache
def _naming_softmax(project: _Project) -> frozenset[str]:
    """Return the files that have softmax functions as values, or compare them."""
    files = _with_text(project, lambda data: b"softmax" in data)
    return frozenset(path for path in files if _facts(path).held or _facts(path).compared)


@functools.cache
def _with_arguments(project: _Project) -> frozenset[str]:
    """Return the files that pass TF1's arguments where they call attributes or items."""
    return frozenset(path for path in _with_text(project, may_pass) if _facts(path).called)


def _two(paths: Iterator[str]) -> frozenset[str]:
    """Return the first two of `paths`, so that at least one of them is not the file that asks."""
    return frozenset(itertools.islice(paths, 2))


def _with_text(project: _Project, may_have: Callable[[bytes], bool]) -> Iterator[str]:
    """Yield the files of the project whose text `may_have` accepts; those need not be parsed that it refuses."""
    return _among(set().union(*project.files.values()), may_have)


def _among(paths: set[str], may_have: Callable[[bytes], object]) -> Iterator[str]:
    for path in sorted(paths):
        try:
            data = Path(path).read_bytes()
        except OSError:  # reported when the file itself is checked
            continue
        if may_have(data):
            yield path


@dataclass(frozen=True)
class _Facts:
    """What one file shows.

    Attributes:
      passed: TF1's arguments that it passes to functions that it does not show.
      passes_read: whether it passes arguments on that are only known at run time.
      passes_computed: whether it passes arguments on whose names it computes.
      in_texts: TF1's arguments in its texts, as in '{"dim": 0}'.
      assigned: the dotted names that it assigns to, or patches.
      taken: the names that it takes from modules: "ops.f" of ``from package.ops import f``, and "ops.*".
      used: the names that it takes from modules, as in `taken`, and uses as values.
      meanings: the names that it binds, each with the dotted names that it may refer to.
      stars: the modules of which it has all names.
      held: the softmax functions that it has as values, and not only as arguments of calls, as in `FUNCTIONS`.
      compared: the softmax functions that it compares or has as keys, as in `FUNCTIONS`.
      called: the attributes and items that it calls, each with an argument of TF1 that it passes: ("act", "dim").
      replaced: the functions of TensorFlow that it assigns to, as in `FUNCTIONS`.
      defined: the functions and classes that it defines, and that nothing in it replaces.
      exports: the names that it has for ``from module import *``; None where it does not list them once.
      rebinds: the names that it binds by a table of names or a text; `ANY` for those only known at run time.
      binds_by_text: whether it may bind names that it does not show.
      looks_up: whether it looks up attributes by names that are only known at run time.
      hands_on: whether it hands on a module of TensorFlow.
    """

    passed: frozenset[str] = frozenset()
    passes_read: bool = False
    passes_computed: bool = False
    in_texts: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    meanings: Mapping[str, Meanings] = field(default_factory=dict)
    stars: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()
    called: frozenset[tuple[str, str]] = frozenset()
    replaced: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    exports: frozenset[str] | None = None
    rebinds: frozenset[str] = frozenset()
    binds_by_text: bool = False
    looks_up: bool = False
    hands_on: bool = False

    @functools.cached_property
    def offered(self) -> frozenset[tuple[str, str]]:
        """The names that it binds to those of other modules, each with these: ("f", "ops.f")."""
        pairs = ((name, dotted) for name, found in self.meanings.items() for dotted in found)
        return frozenset((name, _two_parts(dotted)) for name, dotted in pairs if dotted and not is_in(dotted, TF))


@functools.cache
def _facts(path: str) -> _Facts:
    try:
        names = ModuleNames(parse(decoded(path, Path(path).read_bytes())[0]))
    except (OSError, UnreadableError, ValueError, RecursionError):  # reported when the file itself is checked
        return _Facts()
    return _Facts(
        passed=passed_to_unknown(names),
        passes_read=passes_unknown(names),
        passes_computed=passes_computed(names),
        in_texts=in_texts(names),
        assigned=frozenset(_assigned(names)),
        taken=frozenset(_taken(names)),
        used=frozenset(_used(names)),
        meanings={name: names.possible_name(name, names.module) for name in names.module.bindings},
        stars=frozenset(names.stars),
        held=frozenset(held(names)),
        compared=frozenset(compared(names)),
        called=frozenset(called_by_name(names)),
        replaced=assigned_functions(names),
        defined=frozenset(name for name in names.module.bindings if defines(names, name)),
        exports=_exports(names),
        rebinds=rebound(names),
        binds_by_text=binds_by_text(names),
        looks_up=looks_up_names(names),
        hands_on=hands_on(names),
    )


def _taken(names: ModuleNames) -> Iterator[str]:
    dotted = {name for found in names.imported.values() for name in found} | {f"{m}.*" for m in names.stars}
    dotted |= {name for n in names.nodes if isinstance(n, ast.Attribute) for name in names.possible(n) if name}
    yield from map(_two_parts, dotted)


def _exports(names: ModuleNames) -> frozenset[str] | None:
    """Return the names in ``__all__``, where that is one list of texts which nothing else in the module uses."""
    bindings = names.module.bindings.get("__all__", [])
    items = getattr(bindings[0].value, "elts", None) if len(bindings) == 1 else None
    is_used = any(isinstance(n, ast.Name) and n.id == "__all__" and isinstance(n.ctx, ast.Load) for n in names.nodes)
    if items is None or is_used or not all(isinstance(item, ast.Constant) for item in items):
        return None
    return frozenset(str(item.value) for item in items)


def _used(names: ModuleNames) -> Iterator[str]:
    for node in names.nodes:
        if not isinstance(node, (ast.Attribute, ast.Name)) or not isinstance(node.ctx, ast.Load):
            continue
        parent = names.parents[node]
        if not (isinstance(parent, ast.Attribute) or (isinstance(parent, ast.Call) and parent.func is node)):
            yield from (_two_parts(dotted) for dotted in names.possible(node) if dotted and not is_in(dotted, TF))


def _two_parts(dotted: str) -> str:
    return ".".join(dotted.split(".")[-2:])


def _assigned(names: ModuleNames) -> Iterator[str]:
    """Yield the dotted names that a module assigns to, or that may be in a call that patches."""
    for node in names.nodes:
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            yield from filter(None, names.possible(node))
        elif isinstance(node, ast.Call):  # patch("module.nn"), patch.object(module, "nn"), setattr(module, "nn", …)
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from texts
            owners = (dotted for argument in node.args for dotted in names.possible(argument) if dotted)
            yield from (f"{owner}.{text}" for owner in owners for text in texts)
