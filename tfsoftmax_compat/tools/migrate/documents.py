"""Migrate the Python in a document, of every format that `verify` reads; all else stays the same, byte by byte."""

from __future__ import annotations

import ast
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from tfsoftmax_compat.tools.documents import DocumentError, reading
from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.documents.code import parse
from tfsoftmax_compat.tools.migrate.cells import Cell, migrate_cells
from tfsoftmax_compat.tools.migrate.excerpts import Excerpt, excerpts_in, migrated_block
from tfsoftmax_compat.tools.migrate.lines import Lines, Place
from tfsoftmax_compat.tools.migrate.names import Meanings, ModuleNames
from tfsoftmax_compat.tools.migrate.notebook import Notebook
from tfsoftmax_compat.tools.migrate.origins import TF
from tfsoftmax_compat.tools.migrate.policy import ALL_RULES, TF2, Policy
from tfsoftmax_compat.tools.migrate.prefilter import is_concerned
from tfsoftmax_compat.tools.migrate.styles import package_of, style_of
from tfsoftmax_compat.tools.replacements import NotWritableError, Replacement, replaced

_NOTEBOOKS = (".ipynb",)
_PYTHON = (".py",)


@dataclass(frozen=True)
class InDocument:
    """Something found in a document; `rule` is None for code that was skipped or cannot be written."""

    place: Place
    rule: str | None
    message: str
    needs_person: bool


class _File(Protocol):
    """A file with blocks of code."""

    def place(self, block: Block, index: int, column: int) -> Place:
        """Return where the character `column`, from 0, of line `index` of a block is."""

    def replacement(self, block: Block, text: str) -> Replacement:
        """Return the change of the file that makes `text` the text of a block.

        Raises:
          NotWritableError: it cannot be written.
        """


@dataclass
class _Group:
    """Blocks of a document that share their names, with the result.

    Attributes:
      excerpts: the Python in them.
      cells: the same, migrated; as many as `excerpts`.
      changed: the blocks that change, with their new text.
      problem: why nothing is written, or "".
    """

    excerpts: list[Excerpt] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    changed: list[tuple[Block, str]] = field(default_factory=list)
    problem: str = ""

    def migrate(self, target: str, assumed: Mapping[str, Meanings], edit: bool, policy: Policy) -> None:
        texts = [excerpt.text for excerpt in self.excerpts]
        try:
            self.cells = migrate_cells(texts, target, assumed, edit, policy)
        except ValueError as error:
            self.problem = str(error)
            return
        by_block: dict[int, list[tuple[Excerpt, Cell]]] = defaultdict(list)
        for excerpt, cell in zip(self.excerpts, self.cells):
            by_block[id(excerpt.block)].append((excerpt, cell))
        for found in by_block.values():
            block = found[0][0].block
            text = migrated_block(block, found)
            if text != block.text:
                self.changed.append((block, text))

    def findings(self, file: _File) -> Iterator[InDocument]:
        """Yield what was found. What would have changed needs a person if nothing is written."""
        for excerpt, cell in zip(self.excerpts, self.cells):
            lines = cell.text.count("\n")
            for found in cell.findings:
                line = min(found.line, lines) - 1
                place = file.place(excerpt.block, excerpt.start + line, excerpt.column(line, found.column))
                yield InDocument(place, found.rule, found.message, found.needs_person or bool(self.problem))
            if cell.problem:
                place = file.place(excerpt.block, excerpt.start, 0)
                yield InDocument(place, None, f"this code was skipped: {cell.problem}", True)
        if self.problem:
            yield InDocument(file.place(self.excerpts[0].block, 0, 0), None, self.problem, True)


def migrate_document(
    path: str, text: str, target: str, edit: bool, policy: Policy = ALL_RULES
) -> tuple[str, list[InDocument]]:
    """Migrate the Python in a document; of a Python file, that in its docstrings.

    Args:
      path: the document.
      text: its text, with its ends of lines, without a byte order mark.
      target: "shim" or "native".
      edit: whether to change the text, or only to report.
      policy: what the options say about the rules.

    Returns:
      The new text, and what was found, in the order of the lines.

    Raises:
      ValueError: the document cannot be read.
    """
    try:
        codes = reading.code_blocks(path)
    except DocumentError as error:
        raise ValueError(str(error).removeprefix(f"{path}: ")) from None
    if not any(is_concerned(code.block.text) for code in codes):
        return text, []
    suffix = os.path.splitext(path)[1].lower()
    is_rewritten = suffix not in reading.NOT_REWRITTEN
    module = parse(text) if suffix in _PYTHON else ast.Module([], [])
    blocks = [code.block for code in codes]
    file: _File = Notebook(text, blocks) if suffix in _NOTEBOOKS else Lines(text, _unclear(module))
    names = ModuleNames(module)
    assumed = _assumed(names)
    if style_of(names, policy.written_for, package_of(path)) == TF2:  # so are its docstrings
        policy = replace(policy, written_for=TF2)
    groups: dict[str, _Group] = defaultdict(_Group)
    for code in codes:
        groups[code.block.scope].excerpts += excerpts_in(code)
    concerned = [group for group in groups.values() if any(is_concerned(each.text) for each in group.excerpts)]
    for group in concerned:
        group.migrate(target, assumed, edit and is_rewritten, policy)
    replacements = _replacements(file, concerned)
    found = {each: None for group in concerned for each in group.findings(file)}  # a block may be in several groups
    findings = sorted(found, key=lambda each: each.place[:2])
    if not is_rewritten and findings:
        findings = [replace(each, needs_person=True) for each in findings]
        if edit:
            message = f"{suffix} files are checked, but not rewritten: change this code by hand"
            findings.append(InDocument(Place(1, 1), None, message, True))
    return replaced(text, replacements), findings


def _unclear(module: ast.Module) -> list[range]:
    """Return the lines of the strings that have more or fewer lines than their text in the file: with ``\\n`` in it."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.end_lineno is not None:
            lines = node.value.count("\n")
            if lines != node.end_lineno - node.lineno:
                found.append(range(node.lineno, max(node.end_lineno, node.lineno + lines) + 1))
    return found


def _assumed(names: ModuleNames) -> dict[str, Meanings]:
    """Return what names refer to that the code of a document uses and does not bind.

    `tf` is TensorFlow. In docstrings, the `names` of their module are the same as in the module.
    """
    bound = {name: names.possible_name(name, names.module) for name in names.module.bindings}
    return {"tf": frozenset({TF}), **bound}


def _replacements(file: _File, groups: Iterable[_Group]) -> set[Replacement]:
    """Return the changes of the file. Each group is written completely, or not at all and has a problem."""
    groups = list(groups)
    # A block can be in several groups, as in Sphinx's group `*`.
    members: dict[tuple[int, ...], list[_Group]] = defaultdict(list)
    texts: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for group in groups:
        new = {id(block): text for block, text in group.changed}
        for block in {id(each.block): each.block for each in group.excerpts}.values():
            members[tuple(block.lines)].append(group)
            texts[tuple(block.lines)].add(new.get(id(block), block.text))
    for lines, different in texts.items():
        if len(different) > 1:
            for group in members[lines]:
                group.problem = f"line {lines[0]}: this code is in groups whose changes to it differ"
    found: set[Replacement] = set()
    for group in groups:
        if group.problem:
            continue
        try:
            found |= {file.replacement(block, text) for block, text in group.changed}
        except NotWritableError as error:
            group.problem = f"not changed: {error}"
    return found
