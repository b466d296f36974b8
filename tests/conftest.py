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


try:
    import hypothesis
except ImportError:  # the tests that need it are skipped
    pass
else:
    # The same examples in each run. pytest --hypothesis-profile=default draws others.
    hypothesis.settings.register_profile("same", derandomize=True)
    hypothesis.settings.load_profile("same")


@pytest.fixture(params=[GRAPH, EAGER], ids=lambda mode: mode.name)
def mode(request):
    """Run the test in graph mode and in eager mode."""
    return request.param


@pytest.fixture
def random():
    """Reproducible random numbers."""
    return np.random.RandomState(0)
