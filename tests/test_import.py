"""The import of the package: its cost, what it imports, and its errors if TensorFlow is missing or too old.

Each test has a process of its own: a new interpreter, or a fork of one that has imported TensorFlow, and nothing else.
"""

import subprocess
import sys

import fresh
import pytest


def python(program, *arguments, **options):
    return subprocess.run(
        [sys.executable, "-c", program] + list(arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        **options,
    )


def test_package_imports_neither_tensorflow_nor_numpy():
    program = """
import sys, tfsoftmax_compat
print([name for name in dir(tfsoftmax_compat) if not name.startswith("_")])
print(hasattr(tfsoftmax_compat, "no_such_name"), sorted({'tensorflow', 'numpy'} & set(sys.modules)))
"""
    assert python(program).stdout.splitlines() == ["['losses', 'nn', 'tf1']", "False []"]


USE_PUBLIC_MODULE = """
import sys, threading, tfsoftmax_compat
together, found = threading.Barrier(4), []
def work():
    together.wait()
    found.append(getattr(tfsoftmax_compat, sys.argv[1]))
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
module = sys.modules["tfsoftmax_compat." + sys.argv[1]]
print([each is module for each in found], bool(module.__all__))
"""


@pytest.mark.parametrize(
    "start, name",
    [
        (python, "tf1"),  # which imports the other two; here one thread imports TensorFlow while the others wait
        (fresh.run, "losses"),
        (fresh.run, "nn"),
        (fresh.run, "tf1"),
    ],
)
def test_package_imports_its_public_modules_when_they_are_used(start, name):
    completed = start(USE_PUBLIC_MODULE, name)
    assert completed.stdout.strip() == "[True, True, True, True] True", completed.stderr


def test_threads_import_it_at_once_and_it_needs_nothing_but_tensorflow():
    program = """
import importlib, sys, threading
import tensorflow as tf
getattr(tf, "compat", tf)  # loads what it is
before, together, found = set(sys.modules), threading.Barrier(8), []
def work(number):
    together.wait()
    module = importlib.import_module("tfsoftmax_compat." + ("nn", "tf1", "losses", "tf1")[number % 4])
    functions = getattr(module, "nn", module)
    found.append(callable(getattr(functions, "softmax_cross_entropy", None) or functions.softmax))
threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(found == [True] * 8, [m for m in sorted(set(sys.modules) - before) if m.split(".")[0] in sys.argv[1:]])
"""
    # A fork is enough: it has imported TensorFlow, and none of the modules that are looked for.
    completed = fresh.run(program, "rich", "markdown_it", "uv", "pytest", "keras", "tf_keras")
    assert completed.stdout.strip() == "True []", completed.stderr


@pytest.mark.parametrize(
    "version, said",
    [
        ("'1.4.1'", "found TensorFlow 1.4.1; it needs TensorFlow 1.5 or later: pip install --upgrade"),
        (None, "no __version__"),
        ("'2.x-custom'", "TensorFlow '2.x-custom' in "),
        ("''", "which is no number of a release"),
    ],
)
def test_other_versions_are_named(tmp_path, version, said):
    # Replaces an old release, which cannot be installed on Python 3.7 or later. Only its version is read.
    (tmp_path / "tensorflow.py").write_text("__version__ = %s" % version if version else "")
    program = "import sys; sys.path.insert(0, sys.argv[1]); from tfsoftmax_compat import nn"
    completed = python(program, str(tmp_path))
    assert "ImportError" in completed.stderr and said in completed.stderr


@pytest.mark.parametrize("use", ["from tfsoftmax_compat import nn", "import tfsoftmax_compat; tfsoftmax_compat.nn"])
def test_missing_tensorflow_is_said(use):
    completed = python("import sys; sys.modules['tensorflow'] = None; " + use)
    assert "ImportError" in completed.stderr and "pip install tensorflow" in completed.stderr
