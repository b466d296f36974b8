"""The provenance of values: the versions, the kernels and the machine that computed them. Python 3.6."""

import ctypes
import os
import platform
import sys
from typing import Any, Dict, Optional

import numpy as np

# The keys of a provenance, and the types of their values as JSON has them.
TYPES = {
    "tensorflow": (str, type(None)),  # None: the program has not imported TensorFlow
    "numpy": (str,),
    "python": (str,),
    "onednn": (bool,),
    "machine": (str,),
    "instructions": (str, type(None)),
}


def of_this_process() -> Dict[str, Any]:
    """Return the provenance of values computed in this process: a dictionary with the keys of `TYPES`."""
    tensorflow = getattr(sys.modules.get("tensorflow"), "__version__", None)
    return {
        "tensorflow": tensorflow,
        "numpy": np.__version__,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "onednn": tensorflow is not None and onednn(),
        "machine": platform.machine(),
        "instructions": cpu_instructions(),
    }


def onednn() -> bool:
    """Return whether oneDNN's kernels are on.

    Python's `IsMklEnabled` is False in TensorFlow 2.5 to 2.10, whether they are on or not. The library's function says.
    """
    try:
        from tensorflow.python.util._pywrap_util_port import IsMklEnabled
    except ImportError:  # the release has no such kernels
        return False
    return bool(IsMklEnabled()) or _library_says()


def _library_says() -> bool:
    import tensorflow

    name = "libtensorflow_framework.so.2"
    try:
        is_enabled = ctypes.CDLL(os.path.join(tensorflow.sysconfig.get_lib(), name))._ZN10tensorflow12IsMKLEnabledEv
    except (AttributeError, OSError):  # an older release, or another system
        return False
    is_enabled.restype = ctypes.c_bool
    return bool(is_enabled())


def cpu_instructions() -> Optional[str]:
    """Return the widest vector instructions of this CPU, which decide the kernels; None where Linux does not say."""
    try:
        with open("/proc/cpuinfo") as cpuinfo:
            flags = next(line for line in cpuinfo if line.startswith("flags")).split()
    except (OSError, StopIteration):
        return None
    return next((name for name in ("avx512f", "avx2", "avx", "sse2") if name in flags), None)


def described(origin: Dict[str, Any]) -> str:
    """Return a provenance in one line.

    ``"TensorFlow 1.15.5, NumPy 1.18.5, Python 3.7.16, oneDNN off, machine x86_64 avx2"``
    """
    return ", ".join(_parts(origin).values())


def changes(recorded: Dict[str, Any], now: Dict[str, Any]) -> str:
    """Return what differs between two provenances: ``"TensorFlow 1.15.5 -> 2.21.0, oneDNN off -> on"``, or ""."""
    then, today = _parts(recorded), _parts(now)
    return ", ".join("%s -> %s" % (then[key], today[key].split(" ", 1)[-1]) for key in then if then[key] != today[key])


def _parts(origin: Dict[str, Any]) -> Dict[str, str]:
    return {
        "tensorflow": "TensorFlow %s" % (origin["tensorflow"] or "none"),
        "numpy": "NumPy %s" % origin["numpy"],
        "python": "Python %s" % origin["python"],
        "onednn": "oneDNN %s" % ("on" if origin["onednn"] else "off"),
        "machine": "machine %s" % " ".join(filter(None, [origin["machine"], origin["instructions"]])),
    }
