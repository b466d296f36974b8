"""Runs migrated code on real TensorFlow, in the interpreters that two environment variables name."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
PYTHONS = {"1.15": os.environ.get("TFSOFTMAX_PYTHON_TF115"), "2.21": os.environ.get("TFSOFTMAX_PYTHON_TF221")}

needs_tensorflow = pytest.mark.skipif(
    not all(PYTHONS.values()),
    reason="TFSOFTMAX_PYTHON_TF115 and TFSOFTMAX_PYTHON_TF221 do not name Pythons with TensorFlow 1.15 and 2.21",
)


def results_of(sources, release):
    """What each source computes under the TensorFlow `release`: loss and gradients, or an error's text."""
    environment = dict(os.environ, PYTHONPATH=str(HERE.parent.parent))
    finished = subprocess.run(
        [PYTHONS[release], str(HERE / "run_forms.py")],
        input=json.dumps(list(sources)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    return json.loads(finished.stdout)


def agree(before, after):
    """Whether two results are the same loss and the same gradients, within float32's rounding."""
    if isinstance(before, str) or isinstance(after, str):
        return False
    return all(
        (a is None) == (b is None) and (a is None or np.allclose(a, b, rtol=2e-5, atol=1e-6))
        for a, b in zip(before, after)
    )
