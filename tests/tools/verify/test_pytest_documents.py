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


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("max-ulp", "nan", "must be 0 or more, not nan"),
        ("max-ulp", "much", "must be a number, not much"),
        ("timeout", "0", "must be more than 0, not 0"),
        ("mode", "fast", "must be one of auto, graph, eager, both, not fast"),
    ],
)
def test_wrong_values_are_said(run, pytester, option, value, message):
    result = run("--tf-docs", f"--tf-docs-{option}", value)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --tf-docs-{option}: {message}"])
    pytester.makeini(f"[pytest]\ntf_docs_{option.replace('-', '_')} = {value}\n")
    run("--tf-docs").stderr.fnmatch_lines([f"ERROR: tf_docs_{option.replace('-', '_')}: {message}"])


def test_options_of_the_configuration_file(run, pytester):
    (pytester.path / "a.md").write_text("```python\nprint(1.0000001)  # 1.0000002\n```\n")
    pytester.makeini("[pytest]\ntf_docs_mode = graph\ntf_docs_exact = true\n")
    result = run("--tf-docs", "a.md")
    result.stdout.fnmatch_lines(["fail under tensorflow-2.*, graph mode: *"])
    result.stdout.no_fnmatch_line("*eager mode*")
    run("--tf-docs", "--tf-docs-mode", "eager", "a.md").stdout.fnmatch_lines(["fail under *, eager mode: *"])


def test_failure_shows_the_code_and_what_differs(run):
    result = run("--tf-docs", "README.md", "-k", "README.md:15")
    result.stdout.fnmatch_lines(
        [
            "README.md:15",
            "15  print(0.5)",
            "documented: 0.75",
            "measured:   0.5",
            "            ^^^",
        ]
    )


def test_each_example_has_its_own_time(run, pytester):
    code = "```python\nimport time\n```\n" + "".join(
        f"```python\ntime.sleep({seconds})\nprint(1)  # 1\n```\n" for seconds in (0.01, 1.5, 0.01)
    )
    (pytester.path / "slow.md").write_text(code)
    result = run("--tf-docs", "slow.md", "--durations=3", "--durations-min=1")
    result.assert_outcomes(passed=3)
    found = [line for line in result.outlines if "s call" in line]
    assert len(found) == 1 and "slow.md:10" in found[0]


def test_examples_of_a_document_stay_together_under_xdist(run, pytester):
    items, _ = pytester.inline_genitems(*PLUGIN, "-p", "xdist.plugin", "--tf-docs", "README.md")
    assert {item.get_closest_marker("xdist_group").args for item in items} == {(str(pytester.path / "README.md"),)}


def test_each_document_runs_once_under_xdist(run, pytester):
    names, ran = [f"{letter}.md" for letter in "abcd"], pytester.path / "ran"
    for name in names:
        code = f"with open({str(ran)!r}, 'a') as file:\n    print({name!r}, file=file)\nprint(0.5)  # 0.5"
        (pytester.path / name).write_text(f"```python\n{code}\n```\n")
    options = ("-p", "xdist.plugin", "-n", "2", "--dist", "loadgroup", "--tf-docs-mode", "eager")
    run("--tf-docs", *names, *options).assert_outcomes(passed=4)
    assert sorted(ran.read_text().split()) == names


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


def test_accepted_outputs_are_written_and_pass(run, pytester):
    result = run("--tf-docs", "--tf-docs-accept", "README.md", "-k", "README.md:15 or README.md:39")
    result.assert_outcomes(passed=1, failed=1, deselected=4)
    result.stderr.no_fnmatch_line("*accepted*")
    result.stdout.fnmatch_lines(
        [
            "tf-docs: README.md:39: not accepted: *",
            "tf-docs: accepted 1 documented output in 1 document; 1 not accepted",
        ]
    )
    assert (pytester.path / "README.md").read_text() == DOCUMENT.replace("# 0.75", "# 0.5")
    run("--tf-docs", "README.md", "-k", "README.md:15").assert_outcomes(passed=1, deselected=5)
