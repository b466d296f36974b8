"""Where values come from: the versions, the kernels and the machine that computed them."""

import platform
import sys
from typing import Any, Dict, Optional

import numpy as np


def provenance() -> Dict[str, Any]:
    """What computes the values in this process. TensorFlow is None where the program has not imported it."""
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
    """Whether oneDNN's kernels are on. The wheels had none before TensorFlow could say so."""
    try:
        from tensorflow.python.util._pywrap_util_port import IsMklEnabled
    except ImportError:
        return False
    return bool(IsMklEnabled())


def cpu_instructions() -> Optional[str]:
    """The widest vector instructions of this CPU, which choose the kernels; None where Linux does not say."""
    try:
        with open("/proc/cpuinfo") as cpuinfo:
            flags = next(line for line in cpuinfo if line.startswith("flags")).split()
    except (OSError, StopIteration):
        return None
    return next((name for name in ("avx512f", "avx2", "avx", "sse2") if name in flags), None)


def described(origin: Dict[str, Any]) -> str:
    """A provenance in one line: ``"TensorFlow 1.15.5, NumPy 1.18.5, Python 3.7.16, oneDNN off, x86_64 avx2"``."""
    return ", ".join(_parts(origin).values())


def changes(recorded: Dict[str, Any], now: Dict[str, Any]) -> str:
    """What differs between two provenances: ``"TensorFlow 1.15.5 -> 2.21.0, oneDNN off -> on"``; "" if nothing does."""
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
