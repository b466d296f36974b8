"""What the tests of the package share."""

import importlib.util
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from modes import EAGER, GRAPH  # noqa: E402

# The second is the package's own; where it is installed, pytest has it already, and takes the two for one.
pytest_plugins = ["pytester", "tfsoftmax_compat.pytest_plugin"]
# The tools need the tools extra, of which only uv comes with no TensorFlow; `tox -e tools` tests them.
collect_ignore = [] if importlib.util.find_spec("uv") else ["tools"]


@pytest.fixture(params=[GRAPH, EAGER], ids=lambda mode: mode.name)
def mode(request):
    """Graph mode and eager mode, one after the other."""
    return request.param


@pytest.fixture
def random():
    """Reproducible random numbers."""
    return np.random.RandomState(0)
