"""Verification on the installed TensorFlow: statuses, causes, what skipped and failed examples mean for others."""

import sys
from dataclasses import replace
from importlib import resources

import pytest
from pythons import python_of

from tfsoftmax_compat.tools.documents import Document, Example, reading
from tfsoftmax_compat.tools.documents.says import Says
from tfsoftmax_compat.tools.verify import verification
from tfsoftmax_compat.tools.verify.explaining import _possible
from tfsoftmax_compat.tools.verify.results import DRIFT, ERROR, EXACT, FAIL, SKIPPED, TIMEOUT, Environment, Result
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.tools.verify.verification import _held_elsewhere, to_run, verify
from tfsoftmax_compat.worker.causes import NO_ONEDNN, NONE_FOUND, NUMPY_2_SUM, ONEDNN, none_found, together


def example(line, code, documented=None):
    return Example("a.md", line, code, documented)


@pytest.fixture(scope="module")
def packaged(started):
    with resources.as_file(resources.files("tfsoftmax_compat.tools.verify").joinpath("documented.md")) as path:
        return verify([reading.read(str(path))], [sys.executable])


def test_packaged_document_on_the_installed_release(packaged):
    assert len(packaged) == 8 and [result.mode for result in packaged] == ["graph"] * 4 + ["eager"] * 4
    for result in packaged:  # the arrays as documented, the sums not: NumPy 2's stay float32
        assert result.status == DRIFT and result.ulp < 1
        assert result.measured.splitlines()[0] == result.example.documented.splitlines()[0]
    # softmax's sum moved for two reasons where oneDNN's kernels are on, the other three for one.
    softmax_cause = together(NUMPY_2_SUM, ONEDNN) if packaged[0].environment.onednn else NUMPY_2_SUM
    named = [cause.named("it is as documented", "it is not") for cause in (softmax_cause, NUMPY_2_SUM)]
    assert [result.cause for result in packaged] == [*named[:1], *named[1:] * 3] * 2


def test_environment_is_the_interpreters(packaged):
    environment = packaged[0].environment
    assert environment.tensorflow.startswith("2.21.") and environment.numpy.startswith("2.")
    assert environment.python == "%d.%d.%d" % sys.version_info[:3]
    assert environment.id == f"tensorflow-{environment.tensorflow}"


def document(*examples):
    return Document("a.md", list(examples))


def verified(*examples, **settings):
    """The results of one document on the installed release, by line and mode."""
    results = verify([document(*examples)], [sys.executable], Settings(**settings))
    return {(result.example.line, result.mode): result for result in results}


KERAS_2 = """import tensorflow as tf
dense = tf.layers.dense(tf.ones((1, 3)), 2, kernel_initializer=tf.ones_initializer())
cell = tf.nn.rnn_cell.BasicLSTMCell(4)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(dense), tf.keras.layers.Dense.__module__.partition(".")[0])
"""
KERAS_3 = """import tensorflow as tf
print(tf.keras.ops.softmax(tf.constant([0.0, 0.0])).numpy(), tf.keras.layers.Dense.__module__.partition(".")[0])
"""


def test_code_for_tf1_has_keras_2_where_that_is_installed_and_code_for_tf2_keras_3():
    documents = [document(example(2, KERAS_2, "[[3. 3.]] tf_keras")), document(example(3, KERAS_3, "[0.5 0.5] keras"))]
    results = verify(documents, [python_of("2.21")])
    assert [(result.example.line, result.mode, result.status) for result in results] == [
        (2, "graph", EXACT),
        (3, "eager", EXACT),
    ]


def test_code_for_tf1_is_told_what_to_install_where_keras_2_is_not():
    (result,) = verified(example(2, KERAS_2, "[[3. 3.]] tf_keras")).values()
    assert result.status == ERROR and "run `pip install tf_keras==2.21.*`" in result.message


JUDGED = [
    example(1, "import tensorflow as tf\nprint(0.5)", "0.5"),
    example(10, "print(0.5)", "0.6"),
    example(20, "y = 1\n\nz = 1 / 0\n", "0"),
    example(30, "print(y, z)", "1"),
    example(40, "z = 2.5"),
    example(50, "print(y, z)", "1 2.5"),
    example(60, "1 / 0", "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero"),
    example(70, "1 / 0", "Traceback (most recent call last):\n  ...\nZeroDivisionError: float division"),
    example(80, "broken = tf.Sesion()"),
    example(90, "def later():\n    return broken"),
    example(100, "print(broken)", "1"),
    example(110, "later()", "1"),
    example(120, "v = unknown + 1"),
    example(130, "print(v)", "1"),
    example(140, "y = 1.5\ny = unknown"),
    example(150, "print(y)", "1"),
    example(160, "import no_such_module", "1"),
    example(170, "print(tf.__version__)", "2.0.0"),
    example(180, "import random\nprint(random.random())", "0.123456"),
    example(182, "import datetime\nprint(datetime.date.today())", "2018-01-01"),
    example(184, "print(id(tf))", "140000000000000"),
    example(186, "both_fail, with_it = 1 / 0, 2"),
    example(187, "print(both_fail)", "1"),
    example(188, "print(with_it)", "1"),
    example(190, "import time\ntime.sleep(60)", "0.5"),
    example(200, "after = 1 / 0"),
]


@pytest.fixture(scope="module")
def judged(started):
    return verified(*JUDGED, timeout=5.0)


@pytest.mark.parametrize(
    "line, status, message",
    [
        (1, EXACT, ""),
        (10, FAIL, "0.6 documented, 0.5 measured"),
        (20, ERROR, "line 22: ZeroDivisionError: division by zero"),
        (30, SKIPPED, "it uses `z`, which line 20 did not define: line 22: ZeroDivisionError: division by zero"),
        (50, EXACT, ""),
        (60, EXACT, ""),
        (70, FAIL, "ZeroDivisionError: float division; the error raised is: ZeroDivisionError: division by zero"),
        (100, ERROR, "it uses `broken`, which line 80 did not define: line 80: AttributeError: "),
        (110, SKIPPED, "it uses `broken`, which line 80 did not define: line 80: AttributeError: "),
        (130, SKIPPED, "it uses `v`, which line 120 did not define: the document does not define `unknown`"),
        (150, SKIPPED, "it uses `y`, which line 140 did not define: the document does not define `unknown`"),
        (160, SKIPPED, "it needs the module `no_such_module`"),
        (170, SKIPPED, "it shows versions: written under 2.0.0"),
        (180, SKIPPED, "it prints other values each time"),
        (182, SKIPPED, "it prints other values each time"),
        (187, ERROR, "it uses `both_fail`, which line 186 did not define: "),
        (188, SKIPPED, "it uses `with_it`, which line 186 did not define: "),
        (190, TIMEOUT, "it took longer than 5 seconds"),
    ],
)
def test_status(judged, line, status, message):
    result = judged[line, "eager"]
    assert (result.status, message in result.message) == (status, True), result.message
    assert (line, "graph") not in judged


def test_failure_that_nothing_explains_says_what_was_tried(judged):
    environment = judged[10, "eager"].environment
    tried = [cause.tried for cause in _possible(environment) if cause != NUMPY_2_SUM]
    assert judged[10, "eager"].cause == none_found(tried)
    assert (ONEDNN if environment.onednn else NO_ONEDNN).tried in tried
    assert judged[20, "eager"].cause == judged[1, "eager"].cause == ""


FOR_TF1 = [
    example(1, "import tensorflow as tf\nx = tf.placeholder(tf.float32)"),
    example(10, "print(tf.Session().run(x, {x: 0.5}))", "0.5"),
    example(20, "print(tf.Session().run(2 * x, {x: 0.5}))", "1.5"),
]
STATELESS = [
    example(1, "import tensorflow as tf\nsess = tf.Session()"),
    example(10, "print(sess.run(tf.constant(0.5)))", "0.5"),
    example(20, "print(sess.run(tf.constant(0.5)))", "0.75"),
    example(30, "print(tf.constant(0.5).op.name)", "Const_2"),
]
FOR_TF2 = [
    example(1, "import tensorflow as tf\nv = tf.constant(0.25)"),
    example(10, "print(v.numpy())", "0.25"),
    example(20, "print(tf.constant([0, 1, 2], shape=[3, 4]).numpy())", "0.25"),
    example(30, "print(0.5)", "0.5"),
]


@pytest.mark.parametrize(
    "examples, statuses",
    [
        (FOR_TF1, {(10, "graph"): EXACT, (20, "graph"): FAIL}),
        (FOR_TF2, {(10, "eager"): EXACT, (20, "eager"): ERROR, (30, "eager"): EXACT}),
        (STATELESS[:3], {(10, "graph"): EXACT, (20, "graph"): FAIL, (10, "eager"): EXACT, (20, "eager"): FAIL}),
        (STATELESS, {(10, "graph"): EXACT, (20, "graph"): FAIL, (30, "graph"): EXACT}),
    ],
)
def test_document_runs_in_the_modes_that_it_was_written_for(examples, statuses):
    assert {key: result.status for key, result in verified(*examples).items()} == statuses


@pytest.mark.parametrize(
    "examples, mode, statuses",
    [
        (FOR_TF1, "eager", {10: SKIPPED, 20: SKIPPED}),
        (FOR_TF2, "graph", {10: SKIPPED, 20: SKIPPED, 30: EXACT}),
        (FOR_TF2, "eager", {10: EXACT, 20: ERROR, 30: EXACT}),
    ],
)
def test_what_does_not_pass_in_a_mode_that_it_was_not_written_for_is_skipped(examples, mode, statuses):
    found = verified(*examples, modes=(mode,))
    assert {line: result.status for (line, _), result in found.items()} == statuses
    messages = {result.message for result in found.values() if result.status == SKIPPED}
    assert messages <= {f"it was written for {'graph' if mode == 'eager' else 'eager'} mode"}


def test_all_code_runs_up_to_the_last_documented_output(judged):
    lines = [each.line for each in to_run(JUDGED)]
    assert lines == [each.line for each in JUDGED][:-1]


def test_exempted_example_is_not_run():
    skipped = replace(example(10, "x = 1 / 0", "1"), says=Says(skip="the document says so"))
    conditional = replace(example(20, "y = 1 / 0", "1"), says=Says(skip_if="sys.version_info > (3,)"))
    kept = replace(example(30, "print(0.5)", "0.5"), says=Says(skip_if="sys.version_info < (3,)"))
    found = verified(skipped, conditional, kept, modes=("eager",))
    assert [(result.status, result.message) for result in found.values()] == [
        (SKIPPED, "the document says so"),
        (SKIPPED, "the document skips it where sys.version_info > (3,)"),
        (EXACT, ""),
    ]


def test_settings():
    (result,) = verified(example(1, "print(1.0000001)", "1.0000002"), modes=("eager",), max_ulp=0.0).values()
    assert (result.mode, result.status) == ("eager", FAIL) and 0 < result.ulp < 1


def environment(release):
    return Environment(f"tensorflow-{release}", release, "1.18.5", "3.7.16", "python", False)


def test_number_that_holds_under_another_release_says_which():
    one = example(1, "print(x)", "0.5")
    results = [
        Result(one, environment("1.15.5"), "graph", EXACT),
        Result(one, environment("2.0.4"), "graph", FAIL, cause=NONE_FOUND),
        Result(one, environment("2.0.4"), "eager", FAIL, cause=NONE_FOUND),
    ]
    assert [result.cause for result in _held_elsewhere(results)] == [
        "",
        NONE_FOUND + "; it is as documented under TensorFlow 1.15.5",
        NONE_FOUND,
    ]


def test_same_release_twice_is_two_environments():
    results = verify([document(JUDGED[0])], [sys.executable, sys.executable], Settings(modes=("eager",)))
    assert [result.environment.id[-3:] for result in results] == [results[0].environment.id[-3:], "(2)"]


def test_interpreter_that_cannot_be_started_costs_only_its_own_results():
    errors = []
    found = verify(
        [document(example(1, "print(0.5)", "0.5"))], ["/no-such-python", sys.executable], on_error=errors.append
    )
    assert [result.status for result in found] == [EXACT]
    assert [str(error) for error in errors] == ["/no-such-python: cannot be started: No such file or directory"]


def test_unexpected_exception_costs_only_the_results_of_its_document(monkeypatch):
    to_run = verification.to_run
    monkeypatch.setattr(verification, "to_run", lambda examples: to_run(examples) if examples[0].line > 1 else 1 / 0)
    documents = [document(example(1, "print(0.5)", "0.5")), document(example(9, "print(0.5)", "0.5"))]
    found = verify(documents, [sys.executable])
    assert [(result.example.line, result.status) for result in found] == [(1, ERROR), (9, EXACT)]
    assert found[0].message.startswith(
        "a fault of tfsoftmax-compat, please report it: ZeroDivisionError: division by zero"
    )
    assert "test_verification.py, line" in found[0].message


def test_address_is_skipped():
    result = verified(example(1, "print(id(object()))", "140235038802096"))[1, "eager"]
    assert (result.status, result.message) == (SKIPPED, "it prints other values each time")


def test_code_that_only_graph_mode_runs_as_tf1_does_is_skipped_in_eager_mode():
    code = "v = tf.get_variable('v', initializer=1.0)\nw = tf.assign_add(v, 1.0)\nsess = tf.Session()\n"
    code += "sess.run(tf.global_variables_initializer())\nprint(sess.run(w))"
    found = verified(example(1, code, "2.0"), modes=("graph", "eager"))
    assert (found[1, "graph"].status, found[1, "eager"].status) == (EXACT, SKIPPED)


def test_program_in_several_blocks(started):
    """Its output may be shown as a whole below the last one, or each part below its block."""
    shown = verified(
        example(1, "print('one', 0.5)"),
        example(2, "print('two', 0.25)", "one 0.5\ntwo 0.25"),
        example(3, "print('three', 0.5)"),
        example(4, "print('four', 0.25)", "four 0.25"),
        example(5, "print('five', 0.5)"),
        example(6, "print('six', 0.25)", "five 0.6\nsix 0.25"),
        example(7, "print('seven', 0.25)", "six 0.25\nseven 0.25"),
        example(8, "print('eight', 0.25)", "five 0.5\nsix 0.25\nseven 0.25\neight 0.25"),
    )
    statuses = [result.status for (_, mode), result in shown.items() if mode == "eager"]
    assert statuses == [EXACT, EXACT, FAIL, FAIL, FAIL]
    assert shown[2, "eager"].measured == "one 0.5\ntwo 0.25\n"
