"""The directives of this program, in every format."""

import json

import pytest

from tfsoftmax_compat.tools.documents import DocumentError, conditions, reading, vocabulary
from tfsoftmax_compat.tools.documents.says import Says

FORMATS = {
    "a.md": "<!-- verify: {} -->\n\n```python\nprint(1)  # 2\n```\n\n```python\nprint(3)  # 3\n```\n",
    "a.rst": ".. verify: {}\n\n.. code-block:: python\n\n   print(1)  # 2\n\n::\n\n   print(3)  # 3\n",
    "a.html": "<!-- verify: {} -->\n<pre>print(1)  # 2</pre>\n<p>and</p>\n<pre>print(3)  # 3</pre>\n",
    "b.md": "```python\n# verify: {}\nprint(1)  # 2\n```\n\n```python\nprint(3)  # 3\n```\n",
    "c.md": "```python\n>>> print(1)  # verify: {}\n2\n>>> print(3)\n3\n```\n",
    "a.py": '"""\n>>> print(1)  # verify: {}\n2\n\n>>> print(3)\n3\n"""\n',
}


def notebook(*cells):
    """A notebook with code cells, each a pair of tags and source."""
    cells = [
        {"cell_type": "code", "execution_count": 1, "metadata": {"tags": tags}, "outputs": [], "source": source}
        for tags, source in cells
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


@pytest.fixture
def examples_of(tmp_path):
    """Return a function that reads a document and returns its documented examples."""

    def examples_of(name, text):
        (tmp_path / name).write_text(text)
        return [each for each in reading.read(str(tmp_path / name)).examples if each.documented is not None]

    return examples_of


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("directive", "says"),
    [
        ("skip", Says(skip="the document says skip")),
        ("skip it is slow", Says(skip="the document says skip: it is slow")),
        ("expect-failure", Says(expects_failure=True)),
        ("eager", Says(mode="eager")),
        ("graph", Says(mode="graph")),
        ("max-ulp 16", Says(max_ulp=16.0)),
        ("rtol 1e-4", Says(rtol=1e-4)),
        ("atol 1e-6", Says(atol=1e-6)),
        ("ignore-output", Says(frozenset({"IGNORE_OUTPUT"}))),
        ("timeout 5", Says(timeout=5.0)),
    ],
)
def test_a_directive_is_about_the_next_block_or_statement(examples_of, name, directive, says):
    first, second = examples_of(name, FORMATS[name].format(directive))
    assert (first.documented, first.says) == ("2", says)
    assert (second.documented, second.says) == ("3", Says())


@pytest.mark.parametrize("name", ["a.md", "a.rst", "a.html", "b.md"])
def test_a_directive_about_the_file(examples_of, name):
    first, second = examples_of(name, FORMATS[name].format("file timeout 5"))
    assert first.says == second.says == Says(timeout=5.0)


def test_what_is_said_of_a_block_wins_over_what_is_said_of_the_file(examples_of):
    text = "<!-- verify: file max-ulp 2 -->\n<!-- verify: file rtol 0.1 -->\n" + FORMATS["b.md"].format("max-ulp 8")
    first, second = examples_of("a.md", text)
    assert first.says == Says(max_ulp=8.0, rtol=0.1) and second.says == Says(max_ulp=2.0, rtol=0.1)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("directive", "problem"),
    [
        ("skipp", "verify: skipp: there is no such directive; did you mean skip?"),
        ("max-upl 3", "did you mean max-ulp?"),
        ("max-ulp", "verify: max-ulp: it needs a number, not nothing"),
        ("max-ulp many", "it needs a number, not many"),
        ("max-ulp -1", "0 or more"),
        ("timeout 0", "above 0"),
        ("eager now", "nothing can be behind it: now"),
        ("skip-if sunny", "it needs a condition such as tf<2.4"),
        ("skip-if scipy<2", "it needs a condition"),
        ("only-if", "not nothing"),
    ],
)
def test_a_wrong_directive_is_an_error_with_its_line(examples_of, name, directive, problem):
    text = FORMATS[name].format(directive)
    with pytest.raises(DocumentError) as error:
        examples_of(name, text)
    line = text[: text.index("verify:")].count("\n") + 1
    assert f"{name}:{line}: " in str(error.value) and problem in str(error.value)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.md", "```python\nx = 1\n# verify: skip\nprint(x)  # 1\n```\n", "can't be below the first statement"),
        ("a.md", "```python\nx = 1\nprint(x)  # verify: eager\n```\n", "can't be below the first statement"),
        ("a.md", "```\nfor i in range(2):\n    # verify: file skip\n    print(i)\n```\n", "can't be below"),
        ("a.md", "```python\nprint 1\nprint 'a\n# verify: skip\n```\n", "can't be below"),
        ("a.rst", "::\n\n   x = 1\n   print(x)  # verify: skip\n", "can't be below"),
        ("a.ipynb", notebook(([], "x = 1\n# verify: skip\nx")), "can't be below"),
        ("a.md", "```python\n# verify: setup\nx = 1\n```\n", "verify: setup can't be here; it begins a comment"),
        ("a.md", "```python\n>>> x = 1  # verify: setup\n```\n", "verify: setup can't be here"),
        ("a.md", "```python\n>>> x = 1  # verify: namespace a\n```\n", "namespace can't be here; it belongs above"),
        ("a.md", "```python\n>>> x = 1\n# verify: skip\n>>> x\n1\n```\n", "verify: skip is behind no statement"),
        ("a.md", "```python\n>>> x = 1\n>>> # verify: skip\n>>> x\n1\n```\n", "verify: skip is behind no statement"),
        ("a.md", "<!-- verify: file namespace a -->\n```python\n1\n```\n", "can't be about the whole file"),
    ],
)
def test_a_directive_in_a_place_where_it_is_about_nothing(examples_of, name, text, problem):
    with pytest.raises(DocumentError) as error:
        examples_of(name, text)
    line = text[: text.index("verify:")].count("\n") + 1
    assert f"{name}:{line}: " in str(error.value) and problem in str(error.value)


def test_directives_in_strings_of_code_are_none(examples_of):
    text = '```python\ntext = """\n# verify: skip\n"""\nprint(len(text))  # 16\n```\n'
    (example,) = examples_of("a.md", text)
    assert example.says == Says()


@pytest.mark.parametrize("tag", ["verify-setup", "verify-namespace-a", "verify-new-namespace"])
def test_tags_that_would_say_nothing(examples_of, tag):
    with pytest.raises(DocumentError, match="can't be here"):
        examples_of("a.ipynb", notebook(([tag], "print(1)  # 1")))


def test_comments_that_are_prose_are_none(examples_of):
    text = "```python\n# verify: the sum of it\nprint(1)  # 1\n# verify that it is one\n```\n"
    (example,) = examples_of("a.md", text)
    assert example.says == Says()


def test_unknown_directives_in_comments_of_the_markup(examples_of):
    with pytest.raises(DocumentError, match="a.md:1: verify: frobnicate: there is no such directive; there are skip,"):
        examples_of("a.md", "<!-- verify: frobnicate -->\n\n```python\n1\n```\n")


@pytest.mark.parametrize(
    ("condition", "is_true"),
    [
        ("python>=3", True),
        ("python<3", False),
        ("python>=3.6, python<4", True),
        ("python>=3, <3.6", False),
        ("numpy>=1", True),
        ("np<1.2", False),
        ("numpy==0", False),
        ("numpy!=0", True),
        ("scipy>1", None),
        ("numpy", None),
        ("numpy>one", None),
        ("", None),
    ],
)
def test_conditions_on_releases(condition, is_true):
    expression = conditions.release_is(condition)
    assert (expression and eval(expression)) == is_true


def test_conditions_on_modules(examples_of):
    for directive, is_true in (
        ("skip-if no-module none_such", True),
        ("skip-if module json", True),
        ("only-if module json", False),
        ("skip-if no-module json.tool", False),
    ):
        first, _ = examples_of("a.md", FORMATS["a.md"].format(directive))
        assert eval(first.skip_if) == is_true and first.says.when == directive


def test_namespaces(examples_of):
    text = "".join(
        f"{comment}\n```python\nprint({number})  # {number}\n```\n"
        for number, comment in enumerate(
            [
                "",
                "<!-- verify: namespace a -->",
                "",
                "<!-- verify: namespace a -->",
                "<!-- verify: new-namespace -->",
                "",
            ]
        )
    )
    scopes = [example.scope for example in examples_of("a.md", text)]
    assert scopes[0] == scopes[2] and scopes[1] == scopes[3] == "a" and scopes[4] == scopes[5]
    assert len(set(scopes)) == 3


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.md", "<!-- verify: setup\nx = 1\n-->\n```python\nprint(x)  # 1\n```\n", 2),
        ("a.rst", ".. verify: setup\n   x = 1\n\n.. code-block:: python\n\n   print(x)  # 1\n", 2),
    ],
)
def test_setup_is_code_that_readers_do_not_see(tmp_path, name, text, line):
    (tmp_path / name).write_text(text)
    setup, example = reading.read(str(tmp_path / name)).examples
    assert (setup.code, setup.documented, setup.line) == ("x = 1\n", None, line)
    assert example.documented == "1"


def test_setup_without_code(examples_of):
    with pytest.raises(DocumentError, match="a.md:1: verify: setup needs code on the lines below it"):
        examples_of("a.md", "<!-- verify: setup -->\n\n```python\nprint(1)  # 1\n```\n")


def test_tags_of_cells(examples_of):
    first, second, third = examples_of(
        "a.ipynb",
        notebook(
            (["verify-skip"], "print(1)  # 2"), (["verify-max-ulp-16", "hide"], "print(2)  # 2"), ([], "print(3)  # 3")
        ),
    )
    assert (first.says.skip, second.says.max_ulp, third.says) == ("the document says skip", 16.0, Says())
    first, _ = examples_of("b.ipynb", notebook(([], "# verify: skip\nprint(1)  # 2"), ([], "print(2)  # 2")))
    assert first.skip == "the document says skip"


def test_wrong_tag(examples_of):
    text = notebook((["verify-later"], "print(1)  # 1"))
    with pytest.raises(DocumentError, match=r"a.ipynb:\d+: verify: later: there is no such directive"):
        examples_of("a.ipynb", text)


def test_every_directive_is_tested_and_documented():
    tested = open(__file__, encoding="utf-8").read()
    assert all(name in tested for name in vocabulary._NAMES)
