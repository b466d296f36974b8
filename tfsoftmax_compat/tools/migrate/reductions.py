"""Change a loss of `tf.losses` and the `tf.losses.Reduction` for it together, or neither: their keys have to agree."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.functions import REDUCTION

_RULE = "TFS105"


def leave_together(changes: Sequence[Change]) -> None:
    """Leave each `Reduction` whose loss is left, and each loss whose `Reduction` is left.

    A `Reduction` outside a call, as in a default, may be for any loss of the module. It is left if all of them are.
    """
    losses = [change for change in changes if change.site.function.module == "losses" and not _is_reduction(change)]
    by_call = {change.site.call: change for change in losses if change.site.call is not None}
    for reduction in filter(_is_reduction, changes):
        around = next(_calls_around(reduction, by_call), None)
        if around is not None:
            _leave_both(reduction, around)
        elif losses and all(loss.is_left for loss in losses):
            _leave(reduction, "the losses that it is for are not changed")


def _is_reduction(change: Change) -> bool:
    return change.site.function is REDUCTION


def _calls_around(reduction: Change, by_call: dict[ast.Call, Change]) -> Iterator[Change]:
    """Yield the losses that `reduction` is in the arguments of, from the innermost."""
    around = reduction.site.names.ancestors(reduction.site.node)
    return (by_call[node] for node in around if isinstance(node, ast.Call) and node in by_call)


def _leave_both(reduction: Change, loss: Change) -> None:
    if loss.is_left:
        _leave(reduction, "the loss that it is for is not changed")
    elif reduction.is_left:
        _leave(loss, "its `Reduction` is not changed")


def _leave(change: Change, why: str) -> None:
    if change.is_needed and not change.is_left:
        change.rule = _RULE
        change.leave(why)
        change.findings = [found for found in change.findings if found.needs_person]
