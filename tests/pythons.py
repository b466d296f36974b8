"""Interpreters with other TensorFlow releases, for the tests of the tools."""

import functools

import pytest

from tfsoftmax_compat.tools.verify.environments import NoEnvironmentError, python_with
from tfsoftmax_compat.tools.verify.releases import RELEASES


@functools.lru_cache(maxsize=None)
def python_of(release):
    """The interpreter with that TensorFlow release; a test that needs one which cannot be had is skipped."""
    try:
        return python_with(RELEASES[release])
    except NoEnvironmentError as error:
        pytest.skip(str(error))
