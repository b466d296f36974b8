"""Decide whether a module was written for TF1 or for TF2: a call of the first loss looks the same in both."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import SHIM, TF, V1, is_in
from tfsoftmax_compat.tools.migrate.policy import AUTO, TF1, TF2
from tfsoftmax_compat.tools.migrate.release_names import ONLY_TF1, ONLY_TF2


def is_tf2(names: ModuleNames, written_for: str) -> bool:
    """Return whether the module that `names` has read was written for TF2.

    Args:
      names: the names of the module.
      written_for: `TF1` or `TF2` if that is known. For `AUTO`, a module is TF2's if it uses a name that only TF2 has,
        and neither one that only TF1 has, nor `tensorflow.compat.v1` or this package.
    """
    if written_for != AUTO:
        return written_for == TF2
    told = set(_told(names))
    return TF2 in told and TF1 not in told


def _told(names: ModuleNames) -> Iterator[str]:
    """Yield the style of each name of TensorFlow that tells one."""
    dotted = {name for found in names.imported.values() for name in found}
    for node in names.nodes:
        if isinstance(node, ast.Attribute):
            dotted.update(name for name in names.possible(node) if name)
    for name in dotted:
        if is_in(name, V1, SHIM):
            yield TF1
        elif is_in(name, TF):
            parts = name.split(".")[1:]
            around = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
            if around & ONLY_TF1:
                yield TF1
            elif around & ONLY_TF2:
                yield TF2
