"""What the other files of a project can show about a module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tfsoftmax_compat.tools.migrate.origins import TF, is_in

NO_NAMES: frozenset[str] = frozenset()


def brought_by_other(module: str, name: str) -> frozenset[str | None]:
    """Return what ``from module import *`` may bind `name` to, if the module is not the project's."""
    return frozenset([None, f"{module}.{name}"] if is_in(module, TF) else [None])


@dataclass(frozen=True)
class Others:
    """Functions that say what the other files show; each is called only where it matters, because it reads files.

    The defaults are for a text of which nothing else is known. `siblings.others_of` reads the files.

    Attributes:
      use_tensorflow: returns whether one of them imports TensorFlow.
      pass_on: returns TF1's arguments that those pass to functions they do not show which import the module, or which
        it imports.
      assign: returns the names of the module that those assign to or patch which import it.
      take: returns whether one of them takes a name, which is given, from the module; an ``__init__.py`` has its names
        for others.
      use: returns TF1's arguments that are passed on where others take a name, which is given, and use it as a value;
        None where none does.
      hold: returns the softmax functions, as in `FUNCTIONS`, that one of them has as values, such as in a table.
      compare: returns the softmax functions, as in `FUNCTIONS`, that one of them compares or has as keys.
      call: returns TF1's arguments that one of them passes where it calls an attribute or item of one of the names that
        are given, as in ``model.act(x, dim=0)``.
      replace: returns the functions, as in `FUNCTIONS`, that one of them assigns to in TensorFlow.
      import_all: returns whether one of them has ``from module import *``.
      bring: returns what ``from module import *`` may bind a name to, both given: dotted names, and None for anything
        else; nothing where the module is the project's and does not have the name.
      define: returns whether a dotted name is certainly a function or class that a module of the project defines.
      look_up: returns whether one of them looks up attributes by names that are only known at run time.
      hand_on: returns whether one of them hands on a module of TensorFlow.
      have: returns whether a dotted name is one of the project's own modules, or a name in one.
    """

    use_tensorflow: Callable[[], bool] = lambda: False
    pass_on: Callable[[], frozenset[str]] = lambda: NO_NAMES
    assign: Callable[[], frozenset[str]] = lambda: NO_NAMES
    take: Callable[[str], bool] = lambda name: False
    use: Callable[[str], frozenset[str] | None] = lambda name: None
    hold: Callable[[], frozenset[str]] = lambda: NO_NAMES
    compare: Callable[[], frozenset[str]] = lambda: NO_NAMES
    call: Callable[[frozenset[str]], frozenset[str]] = lambda names: NO_NAMES
    replace: Callable[[], frozenset[str]] = lambda: NO_NAMES
    import_all: Callable[[], bool] = lambda: False
    bring: Callable[[str, str], frozenset[str | None]] = brought_by_other
    define: Callable[[str], bool] = lambda dotted: False
    look_up: Callable[[], bool] = lambda: False
    hand_on: Callable[[], bool] = lambda: False
    have: Callable[[str], bool] = lambda dotted: False


NOT_KNOWN = Others()
