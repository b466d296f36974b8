"""What documents say to the tools that test them."""

import pytest

from tfsoftmax_compat.tools.documents import blocks
from tfsoftmax_compat.tools.documents.formats import markdown, restructured


def examples(text, a_format=markdown):
    return blocks.document(a_format.blocks(text, "a"), "a").examples


@pytest.mark.parametrize(
    "comment, options, skip",
    [
        ("# doctest: +NUMBER", {"NUMBER"}, ""),
        ("# doctest: +ELLIPSIS, +FLOAT_CMP", {"ELLIPSIS", "FLOAT_CMP"}, ""),
        ("# doctest: +ELLIPSIS -NORMALIZE_WHITESPACE", {"ELLIPSIS"}, ""),
        ("# doctest: +IGNORE_OUTPUT", {"IGNORE_OUTPUT"}, ""),
        ("# doctest: +UNHEARD_OF", {"UNHEARD_OF"}, ""),
        ("# doctest: +SKIP", {"SKIP"}, "the document says +SKIP"),
        ("# doctest: +REMOTE_DATA", {"REMOTE_DATA"}, "the document says +REMOTE_DATA"),
        ("# xdoctest: +SKIP", {"SKIP"}, "the document says +SKIP"),
        ("# may vary", {"MAY_VARY"}, ""),
        ("# random", {"MAY_VARY"}, ""),
        ("# random numbers", set(), ""),
    ],
)
def test_options_at_a_prompt(comment, options, skip):
    first, second = examples(f"```\n>>> x  {comment}\n1\n>>> 2\n2\n```\n")
    assert (first.documented, set(first.options), first.skip) == ("1", options, skip)
    assert (second.documented, set(second.options), second.skip) == ("2", set(), "")


def test_options_in_output():
    first, second = examples("```\n>>> x\narray([0.1]) # may vary\n>>> y\narray(2)  # 0d array\n```\n")
    assert (first.documented, set(first.options)) == ("array([0.1])", {"MAY_VARY"})
    assert (second.documented, set(second.options)) == ("array(2)", set())


def test_required_module():
    (example,) = examples("```\n>>> 1  # xdoctest: +REQUIRES(module:none_such)\n1\n```\n")
    assert example.skip == "" and eval(example.skip_if)


def skips(text, a_format=markdown):
    return [(example.code.strip(), bool(example.skip), example.skip_if) for example in examples(text, a_format)]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- skip: next -->",
        '<!-- skip: next "no reason" -->',
        "% skip: next",
        "<!--pytest-codeblocks:skip-->",
        "<!--pytest.mark.skip-->",
        "<!--phmdoctest-skip-->",
        "<!--phmdoctest-mark.skip-->",
    ],
)
def test_skip_comments(comment):
    text = f"{comment}\n\n```python\nf(1)\n```\n\n```python\nf(2)\n```\n"
    assert skips(text) == [("f(1)", True, ""), ("f(2)", False, "")]


def test_skip_from_start_to_end():
    text = "<!-- skip: start -->\n```python\n1\n```\n```python\n2\n```\n<!-- skip: end -->\n```python\n3\n```\n"
    assert skips(text) == [("1", True, ""), ("2", True, ""), ("3", False, "")]
    rst = ".. skip: next\n\n>>> 1\n1\n\n.. skip: next if(x > 1, reason='no')\n\n>>> 2\n2\n"
    assert skips(rst, restructured) == [("1", True, ""), ("2", False, "x > 1")]


def test_conditions():
    text = "<!--pytest.mark.skipif(sys.platform == 'x', reason='y')-->\n```python\n1\n```\n"
    assert skips(text) == [("1", False, "sys.platform == 'x'")]
    text = "<!--phmdoctest-mark.skipif<3.8-->\n```python\n1\n```\n"
    text += "<!--pytest-codeblocks:importorskip(a)-->\n```python\n2\n```\n"
    (_, _, version), (_, _, missing) = skips(text)
    assert not eval(version) and eval(missing)


def test_words_after_the_language():
    assert skips("```python notest\n1\n```\n```python continuation\n2\n```\n") == [("1", True, ""), ("2", False, "")]


def test_expected_output():
    text = "```python\nprint(1)\n```\nProse that says nothing.\n<!--pytest-codeblocks:expected-output-->\n```\n1\n```\n"
    assert [example.documented for example in examples(text)] == ["1"]


def test_hidden_code():
    text = "<!-- invisible-code-block: python\nx = 1\n\ny = 2\n-->\n```python\nprint(x)\n```\n```\n1\n```\n"
    hidden, shown = examples(text)
    assert (hidden.line, hidden.code, shown.documented) == (2, "x = 1\n\ny = 2\n", "1")
    rst = ".. invisible-code-block: python\n\n  x = 1\n\n>>> x\n1\n"
    hidden, shown = examples(rst, restructured)
    assert (hidden.code, hidden.line, shown.documented) == ("x = 1\n", 3, "1")


def test_clear_namespace():
    first, second = examples("```python\n1\n```\n<!-- clear-namespace -->\n```python\n2\n```\n")
    assert first.scope != second.scope


def test_cells():
    first, second, third = examples(
        "```{code-cell} ipython3\n:tags: [skip-execution]\n\nf(1)\n```\n"
        "```{code-cell}\n---\ntags:\n  - raises-exception\n---\nf(2)\n```\n"
        "```{code-cell}\n#NBVAL_IGNORE_OUTPUT\nf(3)\n```\n"
    )
    assert (first.line, first.skip) == (4, "the document says skip-execution")
    assert (second.line, second.code, set(second.options)) == (11, "f(2)\n", {"raises-exception"})
    assert "IGNORE_OUTPUT" in third.options


SPHINX = """\
.. testsetup:: *

   a = 1

.. testcode::

   print(a)

Prose.

.. testoutput::
   :options: +NUMBER

   1

.. testsetup:: other

   b = 2

.. doctest:: other
   :pyversion: < 3
   :hide:

   >>> b
   2

.. testcleanup:: other

   del b

.. doctest::
   :skipif: True

   >>> a
   1
"""


def test_sphinx():
    found = [(example.scope, example.code.strip(), example.documented) for example in examples(SPHINX, restructured)]
    assert found == [
        ("", "a = 1", None),
        ("", "print(a)", "1"),
        ("", "a", "1"),
        ("other", "a = 1", None),
        ("other", "b = 2", None),
        ("other", "b", "2"),
        ("other", "del b", None),
    ]
    by_code = {(example.scope, example.code.strip()): example for example in examples(SPHINX, restructured)}
    assert by_code["", "a"].skip_if == "True"
    assert eval(by_code["other", "b"].skip_if)
    assert by_code["", "print(a)"].options == {"NUMBER"}


@pytest.mark.parametrize("open_, close", [("```", "```"), (":::", ":::"), ("::::", "::::")])
def test_myst(open_, close):
    text = (
        f"{open_}{{testsetup}} a\nx = 1\n{close}\n\n{open_}{{doctest}} a\n:options: +NUMBER\n\n>>> x\n1\n{close}\n\n"
        f"{open_}{{testcode}}\nprint(2)\n{close}\n\n{open_}{{testoutput}}\n2\n{close}\n\n"
        f"{open_}{{code-block}} python\n:linenos:\n\nprint(3)  # 3\n{close}\n"
    )
    found = [(example.line, example.scope, example.code.strip(), example.documented) for example in examples(text)]
    assert found == [
        (2, "a", "x = 1", None),
        (8, "a", "x", "1"),
        (13, "", "print(2)", "2"),
        (23, "", "print(3)  # 3", "3"),
    ]


def test_in_a_note():
    text = "````{note}\nSee:\n\n```python\nprint(1)\n```\n```\n1\n```\n````\n"
    assert [(example.line, example.documented) for example in examples(text)] == [(5, "1")]


def test_jekyll():
    text = "{% highlight python linenos %}\nprint(1)\n{% endhighlight %}\n\nOutput:\n\n"
    text += "{% highlight text %}\n1\n{% endhighlight %}\n"
    assert [(example.line, example.documented) for example in examples(text)] == [(2, "1")]
