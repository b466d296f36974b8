"""``pytest --tf-docs``, in runs of pytest inside this one, on the installed TensorFlow."""

import subprocess
import sys

import pytest

PLUGIN = ("-p", "tfsoftmax_compat.pytest_plugin", "-p", "no:cacheprovider")
DOCUMENT = """
```python
import numpy as np
import tensorflow as tf
x = tf.constant([0.25, 0.5])
```

```python
print(0.5)
# output
# 0.5
```

```python
print(0.5)
# output
# 0.75
```

```python
print(np.float32(0.1) + np.float32(0.7))
# output
# 0.80000005
```

```python
print(x.numpy())
# output
# [0.25 0.5 ]
```

```python
print(undefined_here)
# output
# 1.0
```

```python
raise ValueError("no")
# output
# 1.0
```
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Runs pytest with the arguments; there is the document above, README.md."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")  # one cause less to try, and so one import less of TensorFlow
    (pytester.path / "README.md").write_text(DOCUMENT)
    return lambda *arguments: pytester.runpytest_inprocess(*PLUGIN, *arguments)


def test_each_example_is_an_item_with_its_own_result(run):
    result = run("--tf-docs", "README.md", "-v", "-rs")
    result.assert_outcomes(passed=3, failed=2, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "README.md::README.md:9 PASSED*",
            "README.md::README.md:15 FAILED*",
            "README.md::README.md:21 PASSED*",
            "README.md::README.md:27 PASSED*",
            "README.md::README.md:33 SKIPPED*",
            "README.md::README.md:39 FAILED*",
            "fail under tensorflow-2.*, eager mode: *",
            "documented:",
            "    0.75",
            "measured:",
            "    0.5",
            "cause: no cause found (tried: *",
            "error under tensorflow-2.*, eager mode: line 39: ValueError: no",
            "tf-docs: README.md:21 drifted: no cause found (tried: *",
            "SKIPPED*README.md:33: eager mode: the document does not define `undefined_here`",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_one_example_after_those_it_needs_and_the_ulp_allowed(run):
    result = run("--tf-docs", "--tf-docs-max-ulp", "0", "README.md", "-k", "README.md:21")
    result.assert_outcomes(failed=1, deselected=5)
    result.stdout.fnmatch_lines(["fail under tensorflow-2.*", "    0.80000005"])
    result = run("--tf-docs", "README.md::README.md:21", "--collect-only", "-q")
    result.stdout.fnmatch_lines(["README.md::README.md:21", "", "1 test collected*"], consecutive=True)


def test_documents_are_found_beside_tests_and_nothing_runs_to_list_them(run, pytester):
    pytester.makepyfile(test_it="def test_it(): pass")
    (pytester.path / "README.md").rename(pytester.mkdir("docs") / "a.md")
    result = run("--tf-docs", "--collect-only", "-q")
    result.stdout.fnmatch_lines_random(["test_it.py::test_it", "docs/a.md::a.md:9", "docs/a.md::a.md:39"])
    run("--collect-only", "-q").stdout.no_fnmatch_line("*a.md*")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["no-such.md"], "ERROR: file or directory not found: no-such.md"),
        (["README.md", "--tf-docs-python", "no-such-python"], "ERROR: --tf-docs-python no-such-python: there is no *"),
    ],
)
def test_wrong_usage_is_said(run, arguments, message):
    result = run("--tf-docs", *arguments)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([message])


def test_document_that_cannot_be_read_is_named(run, pytester):
    (pytester.path / "latin.md").write_bytes(b"\n\xe9\n")
    (pytester.path / "README").write_text("")
    result = run("--tf-docs", "latin.md", "README", "README.md", "--continue-on-collection-errors", "-k", "none")
    result.stdout.fnmatch_lines(["latin.md: line 2 is not utf-8*", "README: its suffix is of no known format*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_interpreter_without_tensorflow_is_named_by_each_example(run, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    result = run("--tf-docs", "README.md", "--tf-docs-python", str(tmp_path / "bare" / "bin" / "python"))
    result.assert_outcomes(failed=6)
    result.stdout.fnmatch_lines(
        ["*bin/python: TensorFlow can't be imported there (ModuleNotFoundError: No module named *"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
