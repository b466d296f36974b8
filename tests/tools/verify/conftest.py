"""One process per interpreter for all tests that verify in this process: TensorFlow is slow to import."""

import os
from contextlib import ExitStack

import pytest
from pythons import python_of

from tfsoftmax_compat.tools.verify import interpreter, verification


class _Shared:
    """An interpreter that stays open when a verification closes it."""

    def __init__(self, started):
        self._started = started

    def __getattr__(self, name):
        return getattr(self._started, name)

    def close(self):
        """Leave it open for the next test."""


@pytest.fixture(scope="session")
def started():
    """The interpreters that have been started, by executable and variables."""
    with ExitStack() as stack:
        kept = {}

        def start(python, variables, isolate=False):
            key = python, tuple(sorted(variables.items())), isolate, os.environ.get("TF_ENABLE_ONEDNN_OPTS")
            if key not in kept:
                kept[key] = stack.enter_context(interpreter.Interpreter(python, variables, isolate))
            return _Shared(kept[key])

        yield start


@pytest.fixture(autouse=True, scope="session")
def _share(started):
    """Have verifications in this process use them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "Interpreter", started)
        yield


@pytest.fixture(scope="session")
def quick_python():
    """An interpreter whose TensorFlow is imported in a quarter of the time, for tests that start one of their own."""
    return python_of("1.5")
