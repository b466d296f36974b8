"""Fixtures and settings that all tests share."""

import importlib.util
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from modes import EAGER, GRAPH  # noqa: E402

# The second is this package's plugin. If the package is installed, pytest has already loaded it, and ignores this.
pytest_plugins = ["pytester", "tfsoftmax_compat.pytest_plugin"]
# The tests in tools/ need the `tools` extra. uv shows that it is installed: no TensorFlow release depends on uv.
collect_ignore = [] if importlib.util.find_spec("uv") else ["tools"]


@pytest.fixture(params=[GRAPH, EAGER], ids=lambda mode: mode.name)
def mode(request):
    """Run the test in graph mode and in eager mode."""
    return request.param


@pytest.fixture
def random():
    """Reproducible random numbers."""
    return np.random.RandomState(0)
