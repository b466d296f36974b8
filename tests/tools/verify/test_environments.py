"""Environments of the releases: made, kept, and refused in a sentence."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.verify import environments
from tfsoftmax_compat.tools.verify.releases import Release


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "tfsoftmax-compat"


def release(python="3.11", requirement="iniconfig==2.0.0"):
    return Release("2.21", python, (requirement,))


def test_cache_is_the_systems_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = {"linux": ".cache", "darwin": "Library/Caches"}[sys.platform]
    assert environments._cache() == tmp_path / folder / "tfsoftmax-compat"


def test_environment_is_made_once(cache):
    python = Path(environments.python_with(release()))
    assert python.exists() and cache in python.parents
    made = python.parent.stat().st_mtime_ns
    assert environments.python_with(release()) == str(python)
    assert python.parent.stat().st_mtime_ns == made


def test_release_is_named_before_its_environment_is_made(cache):
    named = []
    environments.python_with(release(), named.append)
    environments.python_with(release(), named.append)
    assert named == ["2.21"]


def test_nightly_is_made_anew_each_day(cache, monkeypatch):
    nightly = Release("nightly", "3.11", ("iniconfig==2.0.0",))
    monkeypatch.setattr(environments, "NIGHTLY", nightly)
    first = Path(environments.python_with(nightly))
    assert environments.python_with(nightly) == str(first)

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date.today() + timedelta(days=1)

    monkeypatch.setattr(environments, "date", Tomorrow)
    os.utime(first.parents[1], (time.time() - 25 * 3600,) * 2)
    second = Path(environments.python_with(nightly))
    assert second != first and second.exists()
    assert not first.exists()  # it is a day old


def test_environment_works_where_it_is(cache):
    python = environments.python_with(release())
    program = "import iniconfig, sys; print(iniconfig.__file__.startswith(sys.prefix), sys.prefix)"
    printed = subprocess.check_output([python, "-c", program], text=True).split()
    assert printed == ["True", str(Path(python).parents[1])]


def test_keras_2_is_installed_without_what_it_depends_on(cache):
    python = environments.python_with(Release("2.21", "3.11", ("iniconfig==2.0.0",), keras_2="pytest==8.3.*"))
    program = (
        "from importlib.util import find_spec; print(*[bool(find_spec(n)) for n in ('iniconfig', 'pytest', 'pluggy')])"
    )
    assert subprocess.check_output([python, "-c", program], text=True).split() == ["True", "True", "False"]


def test_another_process_may_make_it_too(cache, monkeypatch):
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(environments.python_with, [release()] * 2)
    assert first == second and Path(first).exists()
    assert len(list(cache.iterdir())) == 1


def test_missing_python_is_said(cache):
    with pytest.raises(environments.NoEnvironmentError, match=r"TensorFlow 2\.21 needs Python 3\.99; install that, .*"):
        environments.python_with(release(python="3.99"))
    assert not list(cache.glob("*"))


def test_failed_install_leaves_nothing(cache):
    with pytest.raises(environments.NoEnvironmentError, match=r"TensorFlow 2\.21 does not install on Python 3\.11: "):
        environments.python_with(release(requirement="iniconfig==0.0.0.1"))
    assert not list(cache.glob("*"))


def test_environment_without_an_interpreter_is_made_anew(cache):
    python = Path(environments.python_with(release()))
    shutil.rmtree(python.parent)  # what is left where a process was ended while it removed the folder
    assert environments.python_with(release()) == str(python)
    assert python.exists()


def test_what_ended_processes_have_left_is_removed_after_a_day(cache):
    for name, age in (("old", 25 * 3600), ("new", 3600)):
        folder = cache / (environments._UNFINISHED + name)
        folder.mkdir(parents=True)
        os.utime(folder, (time.time() - age,) * 2)
    environments.python_with(release())
    assert [path.name for path in cache.glob(".*")] == [environments._UNFINISHED + "new"]


def test_cache_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(environments.NoEnvironmentError, match="no environment can be made in .*file.*: .*XDG_"):
        environments.python_with(release())
