"""Runs migrated code on real TensorFlow, in environments that uv makes and keeps."""

import functools
import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from pythons import python_of

HERE = Path(__file__).parent


@functools.lru_cache(maxsize=None)
def _worker(release, mode):
    """A process that executes sources in a mode, and the file with its error output.

    All tests share it, because an import of TensorFlow takes seconds. It ends when this process ends, which closes its
    standard input.
    """
    errors = tempfile.TemporaryFile("w+")
    process = subprocess.Popen(
        [python_of(release), str(HERE / "run_forms.py"), mode],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=dict(os.environ, PYTHONPATH=str(HERE.parents[2])),
        text=True,
    )
    return process, errors


def results_of(sources, release, mode=""):
    """What each source computes under the TensorFlow `release`: loss and gradients, or an error's text.

    The mode is graph mode on TF1 and eager mode on TF2. "eager" is eager mode on both: it takes a tenth of the time.
    """
    process, errors = _worker(release, mode)
    process.stdin.write(json.dumps(list(sources)) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        _worker.cache_clear()
        errors.seek(0)
        raise AssertionError(f"the process ended with {process.wait()}:\n{errors.read()[-2000:]}")
    return json.loads(answer)


def agree(before, after):
    """Whether two results are the same loss and the same gradients, within float32's rounding."""
    if isinstance(before, str) or isinstance(after, str):
        return False
    return all(
        np.shape(a) == np.shape(b) and (a is None) == (b is None) and (a is None or np.allclose(a, b, 2e-5, 1e-6))
        for a, b in zip(before, after)
    )
