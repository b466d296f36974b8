"""A module whose AttributeError names the function that a misspelt name was meant for."""

import difflib
import sys
import types
from typing import Any, Optional, Sequence

# What published documents write, and what they mean. The rest is found by likeness.
MISNAMED = {"sparse_cross_entropy_with_logits": "sparse_softmax_cross_entropy_with_logits"}


def meant(name: str, known: Sequence[str]) -> Optional[str]:
    """The name among `known` that `name` was meant for, or None where nothing is near."""
    if name in known:
        return name
    if MISNAMED.get(name) in known:
        return MISNAMED[name]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), None)


class HelpfulModule(types.ModuleType):
    """A module that answers a misspelt name with the right one.

    A module-level ``__getattr__`` would be plainer, but Python 3.6 has none.
    """

    def __getattr__(self, name: str) -> Any:
        message = "module %r has no attribute %r" % (self.__name__, name)
        right = None if name.startswith("__") else meant(name, self.__all__)
        raise AttributeError(message + (": did you mean %r?" % right if right else ""))


def make_helpful(module_name: str) -> None:
    """Let the module of that name answer misspelt names, by the names in its ``__all__``."""
    sys.modules[module_name].__class__ = HelpfulModule
