"""``verify --accept``: what is written, where, and what is not changed."""

import json
import os
import re
import shutil
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tfsoftmax_compat.tools import cli
from tfsoftmax_compat.tools.documents import Example, reading
from tfsoftmax_compat.tools.verify.accepting import NotAcceptedError
from tfsoftmax_compat.tools.verify.accepting.documents import rewrite
from tfsoftmax_compat.tools.verify.accepting.proposals import proposals
from tfsoftmax_compat.tools.verify.accepting.texts import Judge, new_error, new_text
from tfsoftmax_compat.tools.verify.comparison.judge import judge
from tfsoftmax_compat.tools.verify.results import DRIFT, ERROR, FAIL, SKIPPED, TIMEOUT, Environment, Result

# The text of an output, what is measured, and what is written.
TEXTS = {
    "a drift": ("1.0000000447034836", "1.0", "1.0"),
    "as many digits": ("0.2112", "0.3113456", "0.3113"),
    "rounded to even as Python prints": ("0.25", "0.125", "0.12"),
    "fewer digits": ("0.2112", "0.3", "0.3"),
    "an exponent": ("1.25e-05", "2.46813e-06", "2.47e-06"),
    "one of several": ("[0.5 0.75]\nsum 1.25", "[0.5       0.6250001]\nsum 1.1250001", "[0.5 0.63]\nsum 1.13"),
    "whole numbers": ("3 of 4", "5 of 4", "5 of 4"),
    "a cut number": ("0.0777...", "0.08125", "0.0812..."),
    "dots": ("[0.26, ...]", "[0.25, 0.5, 0.75]", "[0.25, ...]"),
    "dots that match no longer": ("[0.26, ...]", "no list", "no list"),
    "lines in dots": ("first\n...\n0.6", "first\nsecond\nthird\n0.5", "first\n...\n0.5"),
    "other words": ("shape (2,)\nsum 0.2112", "shape (3,)\nmean 0.3113", "shape (3,)\nmean 0.3113"),
    "lines that still match": ("a 0.33\nb 2\nc 0.67", "a 0.3333333\nx\ny 1\nc 0.6666666", "a 0.33\nx\ny 1\nc 0.67"),
    "a line that matches beside one in other words": ("a 0.33\nb 2", "a 0.3333333\nx 2", "a 0.33\nx 2"),
    "NumPy 1.13's style": ("[ 0.5  0.6]", "[0.5 0.5]", "[ 0.5  0.5]"),
    "an array of matrices": (
        "[[[1.       1.2457309]]\n [[1.319508 1.4309691]]]",
        "[[[1.       1.245731 ]]\n\n [[1.319508 1.4309691]]]",
        "[[[1.       1.245731 ]]\n [[1.319508 1.4309691]]]",
    ),
    "aligned numbers": ("[0.5  0.25]", "[-0.5   0.25]", "[-0.5   0.25]"),
    "a tensor": ("[1]", "<tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>", "[1, 2]"),
    "the address of an object": ("<object>", "<Thing object at 0x7f12ab>", "<Thing object at 0x...>"),
    "the order of a dictionary": ("{'b': 2, 'a': 1}", "{'a': 1, 'b': 3}", "{'b': 3, 'a': 1}"),
    "an output for an error": ("Traceback (most recent call last):\n  ...\nValueError: no", "0.5\n", "0.5"),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_text(case):
    documented, measured, written = TEXTS[case]
    judged = Judge()
    assert not judged.passes(documented, measured)
    assert new_text(documented, measured, judged) == written
    assert judged.passes(written, measured)
    assert new_text(written, measured, judged) == written


@pytest.mark.parametrize(
    "measured, why",
    [("", "it prints nothing"), ("\n \n", "it prints nothing"), ("\x1b[1m0.5", "it prints control characters")],
)
def test_text_that_cannot_be_documented(measured, why):
    with pytest.raises(NotAcceptedError, match=why):
        new_text("0.6", measured, Judge())


def test_error():
    documented = "0.5\nTraceback (most recent call last):\n  ...\nInvalidArgumentError: old\n"
    raised = "tensorflow.python.framework.errors_impl.InvalidArgumentError: new\nmore [Op:Sub]"
    assert new_error(documented, raised) == documented.replace("old", "new")
    assert new_error("ValueError: not in the old form ...", "ValueError: not in the new form") == (
        "ValueError: not in the ..."
    )
    with pytest.raises(NotAcceptedError, match="raises NameError, and InvalidArgumentError is documented"):
        new_error(documented, "NameError: name 'x' is not defined")


def results(documented, *measured):
    """Return results of one example in as many environments as there are outputs."""
    example = Example("a.md", 1, "print(f(x))\n", documented)
    found = []
    for number, output in enumerate(measured):
        environment = Environment(f"tensorflow-2.{number}", f"2.{number}", "2.0", "3.11", "python", False)
        status = judge(documented, output).status
        found.append(Result(example, environment, "eager", status, measured=output))
    return found


@pytest.mark.parametrize(
    "documented, measured, text",
    [
        ("0.21", ("0.3113456", "0.3113457"), "0.31"),  # the same at the digits written
        ("0.6", ("0.5", "0.5", "0.7"), None),
        ("1.5000000000000009", ("1.0", "1.0000000447034836"), None),  # only one of them is met by the other's text
        ("1.5000000000000009", ("1.0000000447034836", "1.0"), None),
        ("1.0000000447034836", ("1.0000000447034836", "1.0"), None),  # one is as documented
    ],
)
def test_environments_must_agree(documented, measured, text):
    given = results(documented, *measured)
    texts, refused = proposals(given)
    if text is not None:
        assert texts == {given[0].example: text} and not refused
    else:
        assert not texts and re.fullmatch(
            r"TensorFlow 2\.\d \(eager\) and TensorFlow 2\.\d \(eager\) do not agree", refused[given[0].example]
        )


@pytest.mark.parametrize("status", [ERROR, TIMEOUT, SKIPPED])
def test_one_environment_that_has_no_output(status):
    failed, other = results("0.6", "0.5", "0.5")
    texts, refused = proposals([failed, replace(other, status=status, message="why")])
    assert not texts and refused == {failed.example: f"{status} in TensorFlow 2.1 (eager): why"}


def test_only():
    (drift,) = results("1.0000001", "1.0")
    (fail,) = results("0.6", "0.5")
    assert proposals([drift, fail], DRIFT)[0] == {drift.example: "1.0"}
    assert proposals([drift, fail], FAIL)[0] == {fail.example: "0.5"}


def fence(code):
    return f"```python\n{code}\n```\n"


# A document, the new output of its only example, and the document with it; None if it is not accepted.
PLACES = {
    "after a marker": ("a.md", fence("print(x)\n# output\n# 0.6"), "0.5", fence("print(x)\n# output\n# 0.5")),
    "behind a marker": ("a.md", fence("print(x)\n## prints: 0.6"), "0.5", fence("print(x)\n## prints: 0.5")),
    "a trailing comment": ("a.md", fence("print(x)  # 0.6"), "0.5", fence("print(x)  # 0.5")),
    "an arrow": ("a.md", fence("print(6)   #=> 6"), "5", fence("print(6)   #=> 5")),
    "a remark": ("a.md", fence("print(x)  # 0.6 (the sum of 0.6)"), "0.5", fence("print(x)  # 0.5 (the sum of 0.6)")),
    "a calculation": ("a.md", fence("print(x)  # 6 * 1 = 6"), "5", fence("print(x)  # 6 * 1 = 5")),
    "an arrow above": ("a.md", fence("f(x)\n#  ==>  [[0.6]]"), "[[0.5]]", fence("f(x)\n#  ==>  [[0.5]]")),
    "quotes": ("a.md", fence("print(x)  # 'old'"), "new", fence("print(x)  # 'new'")),
    "a note": ("a.md", fence("print(x)\n# output\n# 0.6  # first"), "0.5", fence("print(x)\n# output\n# 0.5  # first")),
    "more lines": (
        "a.md",
        "1. item\n\n   ```python\n   print(x)\n   # output\n   # [1]\n   ```\n",
        "[1\n 2]",
        "1. item\n\n   ```python\n   print(x)\n   # output\n   # [1\n   #  2]\n   ```\n",
    ),
    "more lines of a trailing comment": (
        "a.md",
        fence("if x:\n    print(x)  # [1 2]"),
        "[1\n 2]",
        fence("if x:\n    print(x)  # [1\n              #  2]"),
    ),
    "more lines of a quoted trailing comment": (
        "a.md",
        "> ```python\n> print(x)  # [1 2]\n> ```\n",
        "[1\n 2]",
        "> ```python\n> print(x)  # [1\n>           #  2]\n> ```\n",
    ),
    "fewer lines": ("a.md", fence("print(x)\n# output\n# 1\n# 2"), "1", fence("print(x)\n# output\n# 1")),
    "a block below": (
        "a.md",
        fence("print(x)") + "\n```\n0.6\n\n0.7\n```\n",
        "0.5\n\n0.7\n0.8",
        fence("print(x)") + "\n```\n0.5\n\n0.7\n0.8\n```\n",
    ),
    "an indented block in a quote": (
        "a.md",
        "> ```python\n> print(x)\n> ```\n>\n>     0.6\n",
        "0.5\n0.6",
        "> ```python\n> print(x)\n> ```\n>\n>     0.5\n>     0.6\n",
    ),
    "a session": ("a.md", "```\n>>> x\n0.6\n>>> y\n```\n", "1\n2", "```\n>>> x\n1\n2\n>>> y\n```\n"),
    "an empty line in a session": (
        "a.md", "```\n>>> x\n0.6\n>>> y\n```\n", "1\n\n2", "```\n>>> x\n1\n<BLANKLINE>\n2\n>>> y\n```\n"
    ),
    "IPython": ("a.md", "```\nIn [1]: x\nOut[1]: 0.6\n```\n", "0.5", "```\nIn [1]: x\nOut[1]: 0.5\n```\n"),
    "a value behind an arrow": ("a.md", fence("max(1, 2) ==> 3"), "2", fence("max(1, 2) ==> 2")),
    "Python 2": ("a.md", fence("print x  # 0.6\nprint 1"), "0.5", fence("print x  # 0.5\nprint 1")),
    "reStructuredText": (
        "a.rst", "Text::\n\n  >>> x\n  0.6\n\nprose\n", "1\n2", "Text::\n\n  >>> x\n  1\n  2\n\nprose\n"
    ),
    "a directive": (
        "a.rst",
        "* item\n\n  .. testcode::\n\n     print(x)\n\n  .. testoutput::\n\n     0.6\n",
        "0.5",
        "* item\n\n  .. testcode::\n\n     print(x)\n\n  .. testoutput::\n\n     0.5\n",
    ),
    "a docstring": (
        "a.py",
        'def f():\n    """Text.\n\n    >>> x\n    0.6\n    """\n',
        "1\n2",
        'def f():\n    """Text.\n\n    >>> x\n    1\n    2\n    """\n',
    ),
    "a docstring that ends behind the output": (
        "a.py", 'def f():\n  """Text.\n\n  >>> x\n  0.6"""\n', "0.5", 'def f():\n  """Text.\n\n  >>> x\n  0.5"""\n'
    ),
    "fenced code of a docstring": (
        "a.py",
        'def f():\n    r"""Text.\n\n    ```python\n    print(x)  # 0.6\n    ```\n    """\n',
        "0.5",
        'def f():\n    r"""Text.\n\n    ```python\n    print(x)  # 0.5\n    ```\n    """\n',
    ),
    "a documented error": (
        "a.md",
        fence("f(x)  # ValueError: old"),
        "Traceback (most recent call last):\n  ...\nValueError: new",
        fence("f(x)  # ValueError: new"),
    ),
    "an error without traceback, and no error now": ("a.md", fence("f(x)  # ValueError: old"), "0.5", None),
    "the end of the fence in the output": ("a.md", fence("print(x)\n# output\n# 0.6") + "\nText\n", "```\n", None),
    "a prompt in the output": ("a.md", "```\n>>> x\n0.6\n```\n", ">>> y", None),
    "words": ("a.md", fence("print(x)  # 0.6"), "these are some words of prose", None),
    "a backslash in a docstring": ("a.py", 'def f():\n    """Text.\n\n    >>> x\n    0.6\n    """\n', "'\\x01'", None),
    "more lines before a remark": ("a.md", fence("print(x)  # 0.6 (the mean)"), "[1\n 2]", None),
    "a string of output": ("a.md", fence('print(x)\n"""Output:\n0.6\n"""'), "0.5", None),
    "a page": ("a.html", "<pre>&gt;&gt;&gt; x\n0.6\n</pre>\n", "0.5", None),
    "HTML in Markdown": ("a.md", "<pre>\n&gt;&gt;&gt; x\n&lt;0.6&gt;\n</pre>\n", "<0.5>", None),
}  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("case", PLACES)
def test_place(case, ending, tmp_path):
    name, before, output, after = PLACES[case]
    path = tmp_path / name
    path.write_bytes(before.replace("\n", ending).encode())
    document = reading.read(str(path))
    (example,) = (example for example in document.examples if example.documented is not None)
    result = rewrite(document, path.read_bytes(), {example: output})
    if after is None:
        assert result.refused and not result.accepted and result.after == result.before
        return
    assert not result.refused, result.refused
    assert result.after == after.replace("\n", ending)
    (new,) = result.accepted.values()
    assert new.documented.split("\n") == output.split("\n")
    assert path.read_bytes() == before.replace("\n", ending).encode()


def test_one_output_that_cannot_be_written_does_not_cost_the_others(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("```\n>>> x\n1\n>>> y\n2\n```\n")
    document = reading.read(str(path))
    first, second = document.examples
    result = rewrite(document, path.read_bytes(), {first: ">>> z", second: "3"})
    assert result.after == "```\n>>> x\n1\n>>> y\n3\n```\n"
    assert list(result.accepted) == [second]
    assert result.refused == {first: "with the new output the document would be read in another way"}


def notebook(*outputs, source="x", indent=1):
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": list(outputs), "source": source}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"é": 1.50}, "cells": [cell]}, indent=indent)


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def value(text, **others):
    return {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/plain": text, **others},
    }


# The outputs of a cell, the new output, and the outputs with it; None if it is not accepted.
OUTPUTS = {
    "a list of lines": ([stream(["0.6\n", "1\n"])], "0.5\n1", [stream(["0.5\n", "1\n"])]),
    "more lines": ([stream(["0.6\n"])], "0.5\n1\n2", [stream(["0.5\n", "1\n", "2\n"])]),
    "fewer lines": ([stream(["0.6\n", "1\n"])], "0.5", [stream(["0.5\n"])]),
    "a string": ([stream("0.6\n")], "0.5", [stream("0.5\n")]),
    "a value": ([value(["[1,\n", " 2]"])], "[1,\n 3]", [value(["[1,\n", " 3]"])]),
    "text and a value": ([stream(["a\n"]), value(["0.6"])], "b\n0.5", [stream(["b\n"]), value(["0.5"])]),
    "text without a line end": ([stream(["a"]), value(["0.6"])], "a\n0.5", [stream(["a"]), value(["0.5"])]),
    "what is no output": (
        [stream("warning\n", "stderr"), stream(["0.6\n"])], "0.5", [stream("warning\n", "stderr"), stream(["0.5\n"])]
    ),
    "which output has more lines is not clear": ([stream(["a\n"]), value(["0.6"])], "a\nb\n0.6", None),
    "an output in several forms": ([value(["0.6"], **{"text/html": ["<b>0.6</b>"]})], "0.5", None),
    "a progress bar": ([stream(["10%\r20%\n"])], "0.5", None),
    "an error": ([{"output_type": "error", "ename": "ValueError", "evalue": "old", "traceback": []}], "0.5", None),
}  # fmt: skip


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize("case", OUTPUTS)
def test_place_in_a_notebook(case, indent, tmp_path):
    outputs, output, after = OUTPUTS[case]
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(*outputs, indent=indent))
    document = reading.read(str(path))
    (example,) = document.examples
    result = rewrite(document, path.read_bytes(), {example: output})
    if after is None:
        assert result.refused and result.after == result.before
        return
    assert not result.refused, result.refused
    assert json.loads(result.after) == json.loads(notebook(*after))
    if indent:  # as nbformat writes it: all else is the same, byte for byte
        assert result.after == notebook(*after, indent=indent)
    assert result.document.examples[0].documented == output


def test_comment_in_a_cell(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(source=["print(1)  # 1\n", "\n", "print(x)  # 0.6"]))
    document = reading.read(str(path))
    result = rewrite(document, path.read_bytes(), {document.examples[1]: "0.5"})
    assert result.after == notebook(source=["print(1)  # 1\n", "\n", "print(x)  # 0.5"])


@pytest.fixture(autouse=True)
def no_onednn(monkeypatch):
    """One cause less to try, and so one import of TensorFlow less in each test."""
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")


@pytest.fixture
def verify(capsys, monkeypatch, tmp_path):
    """Verifies ``a.md`` with options. Returns the exit status, and what is printed to both streams."""
    monkeypatch.chdir(tmp_path)

    def verify(*options, mode="eager"):
        status = cli.main(["verify", "--mode", mode, *options, "a.md"])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return verify


@pytest.fixture
def document(tmp_path):
    def document(text):
        path = tmp_path / "a.md"
        path.write_text(text)
        return path

    return document


MOVED = fence("print(1.0000001)  # 1.0000003") + "\n" + fence("print(0.5)  # 0.6")
ACCEPTED = fence("print(1.0000001)  # 1.0000001") + "\n" + fence("print(0.5)  # 0.5")


def test_accept(document, verify):
    path = document(MOVED)
    status, out, err = verify("--accept")
    assert status == 0
    assert "1 drift, 1 fail" in out  # the report is on what was documented
    assert err == "accepted 2 documented outputs in 1 document; 0 not accepted\n"
    assert path.read_text() == ACCEPTED
    written = path.stat()
    assert verify("--exact", "--accept")[0] == 0
    assert path.stat().st_mtime_ns == written.st_mtime_ns  # it is not written again


def test_diff_writes_nothing(document, verify, tmp_path):
    path = document(MOVED)
    status, out, err = verify("--diff")
    assert status == 1
    assert err == "`--accept` would change 2 documented outputs in 1 document; 0 not accepted\n"
    assert path.read_text() == MOVED
    subprocess.run(["patch", "-p1"], input=out, text=True, check=True, capture_output=True, cwd=tmp_path)
    assert path.read_text() == ACCEPTED
    assert verify("--diff") == (0, "", "`--accept` would change 0 documented outputs in 0 documents; 0 not accepted\n")


def test_drifts_alone(document, verify):
    path = document(MOVED)
    status, _, err = verify("--accept", "--only", "drift")
    assert status == 1
    assert err.startswith("a.md:6: not accepted: it is a failure, and only drifts are accepted\naccepted 1 ")
    assert path.read_text() == MOVED.replace("1.0000003", "1.0000001")
    assert verify("--accept", "--only", "fail")[0] == 0
    assert path.read_text() == ACCEPTED


def test_file_keeps_its_form(tmp_path, capsys):
    path = tmp_path / "a.py"
    text = '# coding: latin-1\r\n"""É\r\n\r\n>>> 0.5\r\n0.6\r\n"""'
    path.write_bytes(text.encode("latin-1"))
    path.chmod(0o640)
    assert cli.main(["verify", "--mode", "eager", "--accept", str(path)]) == 0
    assert path.read_bytes() == text.replace("0.6", "0.5").encode("latin-1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.py"]
    marked = tmp_path / "b.md"
    marked.write_bytes(b"\xef\xbb\xbf" + MOVED.encode())
    assert cli.main(["verify", "--mode", "eager", "--accept", str(marked)]) == 0
    assert marked.read_bytes() == b"\xef\xbb\xbf" + ACCEPTED.encode()


# Code whose output is never taken over, and why.
NEVER = {
    "1 / 0  # 1": r"error in TensorFlow [\d.]+ \(eager\): line 2: ZeroDivisionError: division by zero",
    "next(each for each in iter(int, 1) if each)  # 2": "timeout in TensorFlow",
    "__import__('os')._exit(3)  # 2": "error in TensorFlow",
    "print(end='')  # 2": "it prints nothing",
    "print('\\x1b[1m0.5')  # 0.6": "it prints control characters",
    "print('a' * 2_000_000)  # 0.6": "it prints more than is kept of an output",
    "int('x')  # TypeError: x": "it raises ValueError, and TypeError is documented",
    "[[1], [2]]\n# [[1, 2]]": "the code ends in a literal, and the document shows something else",
    "y = [0.5] + [1]\n# output:\n# [0.6]\n# [0.6, 1]": "the code shows nothing, and the value of `y` looks different",
    "print('```')  # 0.6": "with the new output the document would be read in another way",
}


def test_what_is_never_accepted(document, verify):
    text = "\n".join(fence(code) for code in NEVER) + MOVED
    path = document(text)
    status, _, err = verify("--accept", "--timeout", "2")
    assert status == 1
    *said, last = err.splitlines()
    for line, why in zip(said, NEVER.values(), strict=True):
        assert re.match(rf"a\.md:\d+: not accepted: {why}", line), line
    assert last == f"accepted 2 documented outputs in 1 document; {len(NEVER)} not accepted"
    assert path.read_text() == text.replace(MOVED, ACCEPTED)


@pytest.mark.parametrize("exempt", ["  # doctest: +SKIP", "  # may vary"])
def test_skipped_example(document, verify, exempt):
    text = f"```\n>>> print(0.5){exempt}\n0.6\n>>> undefined\n0.6\n>>> 1\n1\n```\n"
    path = document(text)
    assert verify("--accept")[0] == 0
    assert path.read_text() == text


@pytest.mark.parametrize("code", ["print(n)  # -1", "print(1 + n * 1.2e-7)  # 0.99999994"])
def test_output_that_changes_from_run_to_run(document, verify, tmp_path, code):
    """A failure that changes is skipped, and a drift that changes is seen in the second run."""
    counter = tmp_path / "counter"
    counter.touch()
    count = f"n = len(open({str(counter)!r}).read())\nopen({str(counter)!r}, 'a').write('x')"
    text = fence(f"{count}\n{code}")
    path = document(text)
    verify("--accept")
    assert path.read_text() == text


def test_document_that_is_changed_meanwhile(document, verify, tmp_path):
    text = fence(f"open({str(tmp_path / 'a.md')!r}, 'a').write('more')") + fence("print(0.5)  # 0.6")
    path = document(text)
    status, _, err = verify("--accept")
    assert status == 1
    assert "a.md:5: not accepted: not written: another program has changed it meanwhile" in err
    assert set(path.read_text().removeprefix(text).split("more")) == {""}


def test_read_only_document(document, verify):
    path = document(MOVED)
    path.chmod(0o444)
    status, _, err = verify("--accept")
    assert status == 1
    assert "a.md:2: not accepted: not written: it is read-only" in err and "accepted 0 documented outputs" in err
    assert path.read_text() == MOVED


def test_modes_must_agree(document, verify):
    differ = "import tensorflow as tf\nprint(tf.executing_eagerly())  # None"
    text = fence(differ) + "\n" + fence("print(0.5)  # 0.6")
    path = document(text)
    status, _, err = verify("--accept", mode="both")
    assert status == 1
    assert re.search(
        r"a.md:2: not accepted: TensorFlow [\d.]+ \(graph\) and TensorFlow [\d.]+ \(eager\) do not agree", err
    )
    assert path.read_text() == text.replace("# 0.6", "# 0.5")


@pytest.mark.parametrize(
    "options, said",
    [
        (["--accept", "--list", "a.md"], "--accept needs the outputs of the examples, and --list runs none"),
        (["--diff", "--list", "a.md"], "--diff needs the outputs of the examples, and --list runs none"),
        (["--only", "drift", "a.md"], "--only says what --accept or --diff take over: give one of them too"),
        (["--accept"], "--accept needs the path of a document: the document of this package is not rewritten"),
        (["--diff", "--format", "json", "a.md"], "--diff writes to standard output: with --format, name a file"),
        (["--accept", "--python", "no-such-python", "a.md"], "no-such-python: cannot be started"),
    ],
)
def test_wrong_usage_is_said_in_a_line(options, said, document, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    document(MOVED)
    assert cli.main(["verify", *options]) == 2
    printed = capsys.readouterr()
    assert said in printed.err and printed.err.count("\n") == 1 and not printed.out


def test_report_beside_a_diff(document, verify, tmp_path):
    document(MOVED)
    out = verify("--diff", "--format", "json", "--output", "report")[1]
    assert out.startswith("--- a/a.md\n")
    assert json.loads((tmp_path / "report").read_text())["summary"]["drift"] == 1


CORPUS = Path(__file__).parent / "corpus"


def test_corpus(tmp_path, capsys):
    """What was accepted is exact afterwards, and accepting again changes nothing."""
    shutil.copytree(CORPUS, tmp_path / "corpus")
    arguments = ["verify", "--timeout", "5", "--accept", "--format", "json", str(tmp_path / "corpus")]
    cli.main(arguments)
    printed = capsys.readouterr()
    refused = set(re.findall(r"(\w+\.\w+:\d+): not accepted: ", printed.err))
    failed = set(_failed(json.loads(printed.out)))
    assert len(failed - refused) > 30
    assert {name.partition(":")[0] for name in refused} == {
        "comments.md",  # words, where the document says that values may vary
        "directives.md",  # what is expected to fail, and does not
        "hostile.md",
        "judged.html",
        "judged.txt",
    }
    texts = {path: path.read_bytes() for path in (tmp_path / "corpus").iterdir() if path.is_file()}
    changed = {path.name for path, text in texts.items() if text != (CORPUS / path.name).read_bytes()}
    assert changed == {name.partition(":")[0] for name in failed - refused}
    cli.main([*arguments, "--exact"])
    printed = capsys.readouterr()
    assert set(_failed(json.loads(printed.out))) == refused
    assert "accepted 0 documented outputs" in printed.err
    assert {path: path.read_bytes() for path in texts} == texts


def _failed(report):
    """Yield the examples that drifted or failed, with their documents."""
    for example in report["examples"]:
        if {"drift", "fail", "error", "timeout"} & {result["status"] for result in example["results"]}:
            yield f"{Path(example['document']).name}:{example['line']}"
