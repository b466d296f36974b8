"""Sphinx's groups of tests: each has its own names, and its own code that runs first and last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tfsoftmax_compat.tools.documents.block import Block

_ALL, _DEFAULT = "*", "default"
_FIRST, _LAST = "testsetup", "testcleanup"
_OUTPUT = "testoutput"
DIRECTIVES = {"doctest", "testcode", _OUTPUT, _FIRST, _LAST}


@dataclass(frozen=True)
class Grouped:
    """A block, the directive that it is of, and the groups that it names."""

    block: Block
    directive: str
    groups: Sequence[str]


def with_group(block: Block, directive: str, argument: str) -> Grouped:
    """Return a block with its groups.

    Args:
      block: the block.
      directive: the directive that it is of; "" if it is of none.
      argument: the directive's argument: groups, with commas between them.
    """
    named = argument.split(",") if directive in DIRECTIVES else []
    return Grouped(block, directive, [name.strip() for name in named if name.strip()] or [_DEFAULT])


def in_groups(found: Iterable[Grouped]) -> list[Block]:
    """Return the blocks of a document by group, each group with its name as scope; the default group's is "".

    As Sphinx does it: a group's ``testsetup`` comes first in it, its ``testcleanup`` last, and what is in group ``*``
    is in every group. A ``testoutput`` comes right after the ``testcode`` above it.
    """
    every = list(found)
    names = list(dict.fromkeys(name for each in every for name in each.groups if name != _ALL)) or [_DEFAULT]
    blocks = []
    for name in names:
        members = [each for each in every if name in each.groups or _ALL in each.groups]
        scope = "" if name == _DEFAULT else name
        blocks += [replace(each.block, scope=scope) for each in _in_order(members)]
    return blocks


def _in_order(members: list[Grouped]) -> list[Grouped]:
    first = [each for each in members if each.directive == _FIRST]
    last = [each for each in members if each.directive == _LAST]
    tests: list[Grouped] = []
    code = -1  # where the last testcode is
    for each in members:
        if each.directive == _OUTPUT and code >= 0:
            tests.insert(code + 1, each)
            code = -1
        elif each.directive not in (_FIRST, _LAST):
            if each.directive == "testcode":
                code = len(tests)
            tests.append(each)
    return first + tests + last
