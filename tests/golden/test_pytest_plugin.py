"""The plugin of pytest, in runs of pytest inside this one."""

import json
import os
import sys

import numpy as np
import pytest

import tfsoftmax_compat
from tfsoftmax_compat._runtime.bindings import VERSION, tf
from tfsoftmax_compat.golden import records
from tfsoftmax_compat.golden.values import Value
from tfsoftmax_compat.worker.provenance import onednn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(tfsoftmax_compat.__file__)))
TUTORIAL = os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, "docs", "tutorials", "record.md")
# Entry point or not: pytest takes the two for one. `unraisableexception` collects garbage, for seconds with TensorFlow.
PLUGIN = ("-p", "tfsoftmax_compat.pytest_plugin", "-p", "no:cacheprovider", "-p", "no:unraisableexception")

TESTS = """
    import numpy as np
    import pytest

    FLOATS = np.arange(6, dtype=np.float32).reshape(2, 3) / np.float32(7)

    def test_floats(golden):
        golden.check("sevenths", FLOATS)

    class TestClass:
        @pytest.mark.parametrize("count", [1, 2])
        def test_others(self, golden, count):
            golden.check("integers", np.arange(count))
            golden.check("list", [True, False])
            golden.check("number", 1.5)
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """A folder with the tests above, which have not been run yet."""
    monkeypatch.setenv("PYTHONPATH", ROOT)
    # A test file that is rewritten within a second, with the same size, would be run from its old bytecode.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # just this one
    pytester.makepyfile(test_it=TESTS)
    return pytester


def record(project, *arguments):
    """Record, and what is in the file then."""
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update", *arguments)
    assert result.ret == 0
    return recorded_in(project), result


def record_path(project):
    return os.path.join(str(project.path), "golden", "test_it.json")


def recorded_in(project):
    with open(record_path(project)) as file:
        return json.load(file)["tests"]


def write(project, tests):
    with open(record_path(project), "w") as file:
        json.dump({"version": 1, "tests": tests}, file)


def move(project, steps, test="test_floats", name="sevenths", index=1):
    """Rewrite the file: one element recorded so many steps further from zero."""
    tests = recorded_in(project)
    elements = tests[test]["values"][name]["elements"]
    elements[index] = "0x%08x" % (int(elements[index].split()[0], 16) + steps)
    write(project, tests)


def test_recorded_values_are_found_again(project):
    tests, result = record(project)
    result.stdout.fnmatch_lines(
        ["golden: 7 values recorded in golden*test_it.json: 7 new, 0 changed, 0 unchanged, 0 removed"]
    )
    assert sorted(tests) == ["TestClass::test_others[1]", "TestClass::test_others[2]", "test_floats"]
    assert tests["test_floats"]["values"]["sevenths"] == {
        "dtype": "float32",
        "shape": [2, 3],
        "elements": [
            "0x00000000 0.0",
            "0x3e124925 0.14285715",
            "0x3e924925 0.2857143",
            "0x3edb6db7 0.42857143",
            "0x3f124925 0.5714286",
            "0x3f36db6e 0.71428573",
        ],
    }
    assert tests["test_floats"]["provenance"]["tensorflow"] == tf.__version__
    assert os.listdir(os.path.dirname(record_path(project))) == ["test_it.json"]  # and no temporary file
    result = project.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("*golden*")


def test_example_of_the_tutorial(project):
    with open(TUTORIAL, encoding="utf-8") as file:
        example = file.read().partition("```python\n")[2].partition("```")[0]
    project.makepyfile(test_it=example)
    tests, _ = record(project)
    assert tests["test_loss"]["values"]["loss"]["shape"] == [2]
    project.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1)


def test_record_is_not_rewritten_if_nothing_changed(project):
    record(project)
    before = os.stat(record_path(project))
    record(project)
    after = os.stat(record_path(project))
    assert (before.st_ino, before.st_mtime) == (after.st_ino, after.st_mtime)


def test_nothing_recorded_says_how_to(project):
    result = project.runpytest_inprocess(*PLUGIN, "-k", "floats")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*golden 'sevenths': nothing is recorded; to record it: pytest --golden-update \"test_it.py::test_floats\""]
    )


def test_recording_some_keeps_the_others_and_drops_what_is_no_longer_checked(project):
    everything, _ = record(project)
    project.makepyfile(test_it=TESTS.replace('"number"', '"renamed"').replace("FLOATS)", "FLOATS + 1)"))
    tests, result = record(project, "-k", "test_others")
    result.assert_outcomes(passed=2, deselected=1)
    assert tests["test_floats"] == everything["test_floats"]
    assert sorted(tests["TestClass::test_others[1]"]["values"]) == ["integers", "list", "renamed"]
    project.makepyfile(test_it=TESTS.replace('golden.check("sevenths", FLOATS)', "pass"))
    tests, _ = record(project, "-k", "test_floats")
    assert sorted(tests) == ["TestClass::test_others[1]", "TestClass::test_others[2]"]


def test_an_update_says_what_it_changes(project):
    record(project)
    changed = TESTS.replace('golden.check("list", [True, False])', 'golden.check("list", [True, True])')
    project.makepyfile(test_it=changed.replace('golden.check("number", 1.5)', 'golden.check("other", 1.5)'))
    move(project, 3000)
    _, result = record(project)
    result.stdout.fnmatch_lines(
        [
            "golden: 7 values recorded in golden*test_it.json: 2 new, 3 changed, 2 unchanged, 2 removed",
            "golden:   TestClass::test_others[[]1], list: element 1 was False, is True",
            "golden:   TestClass::test_others[[]2], list: element 1 was False, is True",
            "golden:   test_floats, sevenths: changed by up to 3000 float32 ULP",
        ]
    )
    project.makepyfile(test_it=changed.replace("FLOATS)", "FLOATS[0])"))
    _, result = record(project, "-k", "test_floats")
    result.stdout.fnmatch_lines(
        [
            "golden: 1 values *: 0 new, 1 changed, 6 unchanged, 0 removed",
            "*: was float32 of shape [[]2, 3], is float32 *",
        ]
    )


def test_records_of_tests_that_are_gone_are_removed(project):
    everything, _ = record(project)
    project.makepyfile(test_it=TESTS.replace("test_others", "test_more"))
    tests, result = record(project, "test_it.py::test_floats")
    assert sorted(tests) == sorted(everything)  # not all tests were collected
    tests, result = record(project, "-k", "test_floats")
    assert sorted(tests) == ["test_floats"]
    result.stdout.fnmatch_lines(["golden:   TestClass::test_others[[]1] is no test any more: its values were removed"])


def test_failed_test_records_nothing(project):
    everything, _ = record(project)
    project.makepyfile(test_it=TESTS.replace("FLOATS)", "FLOATS + 1)\n        assert False"))
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update")
    result.assert_outcomes(passed=2, failed=1)
    assert recorded_in(project) == everything


def test_drift_passes_and_is_summed_up(project):
    tests, _ = record(project)
    tests["test_floats"]["provenance"].update(tensorflow="0.1", numpy="0.2")
    write(project, tests)
    move(project, 3)
    result = project.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        [
            "golden: 1 value drifted, at most 3 ULP; changed since the record: TensorFlow 0.1 -> %s, NumPy 0.2 -> %s"
            % (tf.__version__, np.__version__)
        ]
    )


def test_failure_shows_recorded_above_measured_and_where_both_come_from(project):
    record(project)
    move(project, 5)
    result = project.runpytest_inprocess(*PLUGIN, "-k", "floats")
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(
        [
            ">*golden.check(*sevenths*, FLOATS)",  # the line of the test, none of ours
            "E*golden 'sevenths': 1 of 6 elements differ, the furthest by 5 float32 ULP; 4 are allowed",
            "E*[[]0, 1] recorded 0.14285722*",
            "E*       measured 0.14285715   5 ULP",
            "E*recorded with TensorFlow *, NumPy *, Python *, oneDNN *",
            "E*measured with TensorFlow *, NumPy *, Python *, oneDNN *",
        ]
    )
    result.stdout.no_fnmatch_line("*checks.py*")
    project.makepyfile(test_it=TESTS.replace("FLOATS)", "FLOATS, max_ulp=5)"))
    project.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=3)


@pytest.mark.parametrize(
    "change, message",
    [
        (("FLOATS)", "FLOATS[0])"), "recorded as float32 of shape [[]2, 3], and this is float32 of shape [[]3]"),
        (("FLOATS)", "FLOATS + np.float64(0))"), "recorded as float32 of*, and this is float* of shape [[]2, 3]"),
        (("FLOATS)", "FLOATS.astype(np.float64))"), "recorded as float32 of*, and this is float64 of*"),
        (("FLOATS)", "FLOATS / np.float32(0))"), "6 of 6 elements differ"),
        (("FLOATS)", "'text')"), "str of dtype *: golden values are floats, integers or booleans*"),
        (("FLOATS)", "FLOATS); golden.check('sevenths', 1)"), "*'sevenths' is checked twice in this test*"),
        (("np.arange(count)", "np.arange(count) + 1"), "1 of 1 elements differ"),
        (("[True, False]", "[True, True]"), "1 of 2 elements differ"),
    ],
)
def test_what_is_no_such_value_fails_in_a_sentence(project, change, message):
    if "np.float64(0)" in change[1] and int(np.__version__.split(".")[0]) < 2:
        pytest.skip("before NumPy 2 a float64 scalar does not make a float32 array float64")
    record(project)
    project.makepyfile(test_it=TESTS.replace(*change))
    result = project.runpytest_inprocess(*PLUGIN)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["E*" + message])


FLOATS = "tests / test_floats"
SEVENTHS = FLOATS + " / values / sevenths"
OTHERS = "tests / TestClass::test_others[2] / values"


@pytest.mark.parametrize(
    "place, changed, problem",
    [
        ("", [], "the file: expected an object, found an array"),
        ("", None, "the file: expected an object, found null"),
        ("version", 2, "its version is 2, and this tfsoftmax_compat reads 1"),
        ("version", KeyError, "the file: the key 'version' is missing"),
        ("tests", KeyError, "the file: the key 'tests' is missing"),
        ("tests", [], "tests: expected an object, found an array"),
        ("tests", None, "tests: expected an object, found null"),
        (FLOATS, None, FLOATS + ": expected an object, found null"),
        (FLOATS + " / values", KeyError, FLOATS + ": the key 'values' is missing"),
        (FLOATS + " / provenance", KeyError, FLOATS + ": the key 'provenance' is missing"),
        (FLOATS + " / provenance", {}, FLOATS + " / provenance: the key 'tensorflow' is missing"),
        (FLOATS + " / provenance / onednn", 0, "%s: expected true or false, found a whole number"),
        (SEVENTHS, 1, SEVENTHS + ": expected an object, found a whole number"),
        (SEVENTHS + " / dtype", KeyError, SEVENTHS + ": the key 'dtype' is missing"),
        (SEVENTHS + " / dtype", "object", "%s: 'object' is not the name of a dtype that can be recorded"),
        (SEVENTHS + " / shape", [-2, -3], "%s: -2 is not a length"),
        (SEVENTHS + " / elements", ["0x00000000"], "%s: 1 elements do not fit the shape [2, 3]"),
        (SEVENTHS + " / elements / 1", "", "%s: '' is not an element of float32"),
        (SEVENTHS + " / elements / 1", "zz", "%s: 'zz' is not an element of float32"),
        (SEVENTHS + " / elements / 1", "0x1ffffffff", "%s: '0x1ffffffff' is not an element of float32"),
        (SEVENTHS + " / elements / 1", 0.5, "%s: 0.5 is not an element of float32"),
        (OTHERS + " / integers / elements / 1", 2**63, "%s: 9223372036854775808 is not an element of int64"),
        (OTHERS + " / list / elements / 0", 1, "%s: 1 is not an element of bool"),
    ],
)
def test_what_is_no_record_is_named_by_file_and_key(project, place, changed, problem):
    record(project)
    path = record_path(project)
    with open(path) as file:
        inner = content = {"file": json.load(file)}
    keys = ["file"] + [int(key) if key.isdigit() else key for key in place.split(" / ") if key]
    for key in keys[:-1]:
        inner = inner[key]
    if changed is KeyError:
        del inner[keys[-1]]
    else:
        inner[keys[-1]] = changed
    with open(path, "w") as file:
        json.dump(content["file"], file)
    with pytest.raises(records.RecordError) as error:
        records.read(path)
    problem = problem.replace("%s", place)
    assert str(error.value).startswith("%s: not a valid record of golden values: %s; " % (path, problem))


@pytest.mark.parametrize(
    "content, problem",
    [
        ("", "Expecting value: line 1 column 1*"),
        ('{"version": 1,\n<<<<<<< HEAD\n', "line 2 is a merge conflict marker"),
        ('{"version": 1, "tests": {"test_a": 1, "test_a": 2}}', "the key 'test_a' is there twice"),
        ("[" * 100000, "its JSON is nested too deeply"),
        ("\xff", "*codec can't decode byte*"),
    ],
    ids=["empty", "merge conflict", "a key twice", "nested deeply", "not UTF-8"],
)
def test_file_that_is_no_record_fails_the_test_and_is_left_alone(project, content, problem):
    os.mkdir(os.path.dirname(record_path(project)))
    with open(record_path(project), "wb") as file:
        file.write(content.encode("latin-1"))
    for options in ([], ["--golden-update"]):
        result = project.runpytest_inprocess(*PLUGIN, "-k", "floats", *options)
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(["*test_it.json: not a valid record of golden values: %s; restore *" % problem])
        result.stdout.no_fnmatch_line("*Traceback*")
        with open(record_path(project), "rb") as file:
            assert file.read() == content.encode("latin-1")


ONEDNN_TEST = """
    import numpy as np
    import tensorflow as tf

    def test_softmax(golden):
        logits = np.array([1, 1, 2, 2, 2, 2], np.float32)
        golden.check("softmax", tf.nn.softmax(logits), max_ulp=0)
"""


@pytest.mark.skipif(not onednn() or VERSION < (2, 12), reason="softmax is not oneDNN's")
def test_onednn_is_tried_and_named(project):
    project.makepyfile(test_it=ONEDNN_TEST)
    tests, _ = record(project)
    without = np.array([0.077681206] * 2 + [0.21115941] * 4, np.float32)  # as every release computes it without oneDNN
    tests["test_softmax"]["values"]["softmax"] = Value.of(without).to_json()
    tests["test_softmax"]["provenance"]["onednn"] = False
    write(project, tests)
    result = project.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*why golden values failed*",
            "test_it.py::test_softmax: oneDNN's kernels round differently; with TF_ENABLE_ONEDNN_OPTS=0 the *",
        ]
    )


@pytest.mark.skipif(np.__version__.startswith("1."), reason="it is NumPy 1")
def test_sum_of_numpy_2_is_tried_and_named(project):
    project.makepyfile(test_it=TESTS.replace("FLOATS)", "sum(FLOATS.ravel()))"))
    tests, _ = record(project)
    numpy_1_sum = Value.of(sum(np.arange(6, dtype=np.float32) / np.float32(7), np.float64(0)))
    tests["test_floats"]["values"]["sevenths"] = numpy_1_sum.to_json()
    tests["test_floats"]["provenance"]["numpy"] = "1.18.5"
    write(project, tests)
    result = project.runpytest_subprocess(*PLUGIN, "-k", "floats")
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(
        [
            "E*golden 'sevenths': recorded as float64 of shape [[][]], and this is float32 of shape [[][]]",
            "test_it.py::test_floats: NumPy 2: sum() of float32 scalars stays float32; with NumPy 1's float64 sum *",
        ]
    )


@pytest.mark.parametrize(
    "conftest, cause",
    [
        ("", "no cause found (tried: oneDNN on)"),
        # A test that the fresh process does not get to.
        (
            "import os, pytest\nif 'TF_ENABLE_ONEDNN_OPTS' in os.environ: pytest.exit('no')",
            "the test could not be run again in a new process; run it with TF_ENABLE_ONEDNN_OPTS=0 and *",
        ),
    ],
)
def test_what_onednn_does_not_explain(project, monkeypatch, conftest, cause):
    monkeypatch.delenv("TF_ENABLE_ONEDNN_OPTS", raising=False)
    project.makeconftest(conftest)
    tests, _ = record(project)
    tests["test_floats"]["provenance"]["onednn"] = True
    write(project, tests)
    move(project, 5)
    result = project.runpytest_subprocess(*PLUGIN)  # without TensorFlow, so without oneDNN
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["test_it.py::test_floats: " + cause])


def test_update_new_records_what_is_missing_and_checks_the_rest(project):
    everything, _ = record(project)
    without = {name: test for name, test in everything.items() if name != "test_floats"}
    write(project, without)
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update=new")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["golden: * recorded in golden*test_it.json: 1 new, 0 changed, * unchanged, 0 removed"])
    assert recorded_in(project) == everything
    move(project, 5000)  # a recorded value that moves is no new one
    moved = recorded_in(project)
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update=new")
    result.assert_outcomes(passed=2, failed=1)
    assert recorded_in(project) == moved


def test_update_new_keeps_the_records_of_tests_that_are_gone(project):
    everything, _ = record(project)
    project.makepyfile(test_it=TESTS.replace("test_floats", "test_other"))
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update=new")
    assert result.ret == 0
    assert set(recorded_in(project)) == {*everything, "test_other"}


def test_update_new_adds_no_value_to_those_of_another_environment(project):
    tests, _ = record(project)
    tests["test_floats"]["provenance"]["numpy"] = "1.0.0"
    write(project, tests)
    project.makepyfile(
        test_it=TESTS.replace('golden.check("sevenths"', 'golden.check("other", 0.5); golden.check("sevenths"')
    )
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update=new")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        ["E*golden 'other': the other values of this test were recorded in another environment *"]
    )
    assert recorded_in(project) == tests


def test_a_path_after_the_option_is_no_value_of_it(project):
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update", "test_it.py")
    result.assert_outcomes(passed=3)
    result = project.runpytest_inprocess(*PLUGIN, "--golden-update=newest")
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_file_that_cannot_be_written_stays_and_the_run_fails(project, monkeypatch):
    everything, _ = record(project)
    project.makepyfile(test_it=TESTS.replace("FLOATS)", "FLOATS + 1)"))

    def no_space(*arguments):
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", no_space)
        result = project.runpytest_inprocess(*PLUGIN, "--golden-update")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["golden: golden*test_it.json was not changed: no space left *"])
    assert recorded_in(project) == everything


def test_run_imports_neither_tensorflow_nor_numpy(project):
    project.makepyfile(
        test_it="""
        import sys

        def test_modules():
            assert "tfsoftmax_compat.pytest_plugin" in sys.modules
            ours = {"tfsoftmax_compat.golden", "tfsoftmax_compat.tools"}
            assert not ({"tensorflow", "numpy"} | ours) & set(sys.modules)
        """
    )
    project.runpytest_subprocess(*PLUGIN).assert_outcomes(passed=1)


def test_recording_in_several_processes_is_refused(project):
    project.makeconftest("def pytest_addoption(parser): parser.addoption('--numprocesses', default=2)")  # as xdist
    result = project.runpytest_subprocess(*PLUGIN, "--golden-update")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: --golden-update records in one process: leave out -n"])


@pytest.mark.skipif(sys.version_info >= (3, 10), reason="this Python has what --tf-docs needs")
def test_documents_need_python_3_10(project):
    result = project.runpytest_subprocess(*PLUGIN, "--tf-docs")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: --tf-docs needs Python 3.10 or later*--tf-docs-python " + sys.executable])
