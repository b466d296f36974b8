"""Modules that show only their public names: on their own, or on top of a module of TensorFlow.

They are classes, because Python 3.6 does not call a ``__getattr__`` or ``__dir__`` that a module defines. The imports
and helpers of such a module begin with an underscore, so that they hide no name of TensorFlow's.
"""

import types
from typing import Any, Callable, Dict, List, Optional

from tfsoftmax_compat._runtime import misspelt


class PublicModule(types.ModuleType):
    """A module whose AttributeError suggests the right name for a misspelt one."""

    def __getattr__(self, name: str) -> Any:
        right = None if name.startswith("__") else misspelt.meant(name, self.__all__)
        suggestion = ": did you mean %r?" % right if right else ""
        raise AttributeError("module %r has no attribute %r%s" % (self.__name__, name, suggestion))

    def __dir__(self) -> List[str]:
        return sorted(set(self.__all__) | {name for name in vars(self) if name.startswith("__")})


class Overlay(types.ModuleType):
    """A module on top of one of TensorFlow's: a name that is not defined here is looked up there."""

    _own: Dict[str, Any]  # the names that are defined here, and these attributes
    _beneath: types.ModuleType
    _shown_as: str  # what users call it: "tf.nn"
    _release: str
    _places: Dict[str, str]  # of a name that a misspelt one may be meant for, the full name: "softmax": "tf.nn.softmax"
    _before_lookup: Callable[[], None]
    _why_missing: Callable[[str], Optional[str]]  # why TensorFlow has no such name, and what to do; None if unknown

    @property
    def __dict__(self) -> Dict[str, Any]:  # type: ignore[override]
        """A copy of TensorFlow's names and values with those of this module, for code such as ``vars(tf.nn)[name]``."""
        names = dict(vars(self._beneath))
        names.update((name, self._own[name]) for name in self._own if not name.startswith("_") or name.startswith("__"))
        names.pop("__path__", None)
        return names

    def __getattr__(self, name: str) -> Any:
        # Not __path__: with TensorFlow's, ``import tfsoftmax_compat.tf1.nn`` puts TensorFlow's module in place of ours.
        if name != "__path__":
            self._before_lookup()
            try:
                return getattr(self._beneath, name)
            except AttributeError:
                pass
        why = None if name.startswith("__") else self._why_missing(name)
        if why:
            raise AttributeError("%s.%s %s" % (self._shown_as, name, why))
        raise AttributeError(
            "%s, as TensorFlow %s has it, has no attribute %r%s"
            % (self._shown_as, self._release, name, self._suggestion(name))
        )

    def _suggestion(self, name: str) -> str:
        if name.startswith("__"):
            return ""
        own = {public: "%s.%s" % (self._shown_as, public) for public in dir(self) if not public.startswith("_")}
        for places in (self._places, own):
            right = misspelt.meant(name, list(places))
            if right:
                return ": did you mean %s?" % places[right]
        return ""

    def __dir__(self) -> List[str]:
        names = (set(self._own) | set(dir(self._beneath))) - {"__path__"}
        return sorted(name for name in names if not name.startswith("_") or name.startswith("__"))


def lay_over(
    module: types.ModuleType,
    beneath: types.ModuleType,
    shown_as: str,
    release: str,
    places: Dict[str, str],
    before_lookup: Callable[[], None],
    why_missing: Callable[[str], Optional[str]],
) -> None:
    """Make `module` an `Overlay`.

    The attributes are set before the class, since another thread may be looking up names already.
    """
    vars(module).update(
        _own=vars(module),
        _beneath=beneath,
        _shown_as=shown_as,
        _release=release,
        _places=places,
        _before_lookup=before_lookup,
        _why_missing=why_missing,
    )
    module.__class__ = Overlay
