"""TensorFlow's softmax family with TF1's names, call forms and gradients, on every TensorFlow from 1.5.

* :mod:`.nn`, :mod:`.losses` and :mod:`.tf1` have the public functions. They are imported when they are first used.
* :mod:`._runtime` is what these three call. It is the only part that knows the differences between TensorFlow releases
  when a function is called.
* :mod:`.worker` runs the examples of documents in the Python that has the TensorFlow under test.
* :mod:`.golden` and :mod:`.pytest_plugin` record values and compare later ones with them.
* :mod:`.tools` is the command ``tfsoftmax-compat``. It needs Python 3.10 and the ``tools`` extra, but no TensorFlow.
  Everything else runs on Python 3.6.

Importing the package itself imports neither TensorFlow nor NumPy.
"""

import importlib as _importlib
import sys as _sys
import types as _types
import typing as _t

if _t.TYPE_CHECKING:
    from tfsoftmax_compat import losses as losses
    from tfsoftmax_compat import nn as nn
    from tfsoftmax_compat import tf1 as tf1

__version__ = "0.2.0"

_PUBLIC = ("losses", "nn", "tf1")


class _Package(_types.ModuleType):
    """The package, which imports its public modules when they are first used.

    A class, because Python 3.6 does not call a ``__getattr__`` that a module defines.
    """

    def __getattr__(self, name: str) -> _t.Any:
        if name in _PUBLIC:
            return _importlib.import_module("%s.%s" % (__name__, name))
        raise AttributeError("module %r has no attribute %r" % (__name__, name))

    def __dir__(self) -> _t.List[str]:
        names = set(vars(self)) | set(_PUBLIC)
        return sorted(name for name in names if not name.startswith("_") or name.startswith("__"))


_sys.modules[__name__].__class__ = _Package
