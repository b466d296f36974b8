"""Markdown: which blocks are examples, and which are output."""

import pytest

from tfsoftmax_compat.tools.documents import CELL, PROMPT, Example, blocks
from tfsoftmax_compat.tools.documents.formats import markdown


def examples(a_format, text, path):
    return blocks.document(a_format.blocks(text, path), path).examples


DOCUMENT = """\
# Title

```python
print(0.5)
# output
# 0.5
```

Prose, and code that documents no output:

```python
x = 1
```

```bash
print("not Python")
# output
# no
```

1. In a list:

   ```py
   print([1.5,
          2.5])
   # Output:
   # [1.5, 2.5]

   # A comment of its own.
   ```

> ``` {.python .numberLines}
> print(2)  # 2
> ```

Indented:

    y = 3
    print(y)  # 3
"""


def found(text):
    return [(example.line, example.code, example.documented) for example in examples(markdown, text, "a.md")]


def test_blocks():
    assert examples(markdown, DOCUMENT, "a.md") == [
        Example("a.md", 4, "print(0.5)\n", "0.5"),
        Example("a.md", 12, "x = 1\n", None),
        Example("a.md", 24, "print([1.5,\n       2.5])\n", "[1.5, 2.5]"),
        Example("a.md", 33, "print(2)  # 2\n", "2"),
        Example("a.md", 38, "y = 3\nprint(y)  # 3\n", "3"),
    ]


@pytest.mark.parametrize("language", ["", "text", "output", "console"])
@pytest.mark.parametrize(
    "between",
    ["", "Output:\n", "**Output**\n", "### Output\n", "prints\n", "This prints the following:\n", "输出如下：\n"],
)
def test_output_in_the_block_below(language, between):
    text = "```python\nx = 1\nprint(x)\n```\n%s\n```%s\n1\n2\n```\n" % (between, language)
    assert found(text) == [(2, "x = 1\nprint(x)\n", "1\n2")]


@pytest.mark.parametrize(
    "below",
    [
        "Then install it:\n```\nx\n```",
        "```bash\nls\n```",
        "```\n$ ls\n```",
        "```console\n$ ls\n```",
        "```\npip install tensorflow\n```",
        "```\nOnly words stand in here.\n```",
    ],
)
def test_other_blocks_below(below):
    assert found("```python\nprint(x)\n```\n%s\n" % below) == [(2, "print(x)\n", None)]


def test_sessions_and_magics_with_the_output_below():
    assert examples(markdown, "```\n>>> x = 1\n>>> x\n```\n```\n1\n```\n", "a.md") == [
        Example("a.md", 2, "x = 1\n", None, PROMPT),
        Example("a.md", 3, "x\n", "1", PROMPT),
    ]
    assert found("```ipython\n%load_ext a\nprint(1)\n\n# Then\nprint(2)\n```\n```\n1\n2\n```\n") == [
        (2, "pass  # %load_ext a\nprint(1)\n\n# Then\nprint(2)\n", "1\n2")
    ]


def test_comments_come_before_the_block_below():
    assert found("```python\nprint(x)  # 1\n```\n```\n2\n```\n") == [(2, "print(x)  # 1\n", "1")]


def test_a_fence_that_nothing_closes():
    assert found("```python\nprint(x)  # 1") == [(2, "print(x)  # 1\n", "1")]


def test_blocks_in_no_language():
    """Such blocks are code if their text looks like code."""
    assert found("```\nprint(x)\n```\n\n```\n1\n```\n") == [(2, "print(x)\n", "1")]
    assert found("```\nprint(x)  # 1\n```\n") == [(2, "print(x)  # 1\n", "1")]
    assert found("```\nsoftmax\n```\n\n```\nA is B\n```\n") == []


@pytest.mark.parametrize("language", ["", "python", "pycon"])
def test_prompts(language):
    text = "```%s\n>>> x = 1\n>>> print(x,\n...       2)\n1 2\n\n>>>x\n1\n```\n" % language
    assert examples(markdown, text, "a.md") == [
        Example("a.md", 2, "x = 1\n", None, PROMPT),
        Example("a.md", 3, "print(x,\n      2)\n", "1 2", PROMPT),
        Example("a.md", 7, "x\n", "1", PROMPT),
    ]


def test_ipython():
    session = "In [1]: x = 1\n   ...: x\nOut[1]: 1\n\nIn [2]: %time x\n"
    text = "```ipython\n%s```\n\n```ipython\n%%matplotlib inline\nx  # 1\n```\n" % session
    assert examples(markdown, text, "a.md") == [
        Example("a.md", 2, "x = 1\nx\n", "1", PROMPT),
        Example("a.md", 10, "pass  # %matplotlib inline\nx  # 1\n", "1", CELL),
    ]


def test_prompts_in_a_docstring_are_not_typed():
    code = 'def f():\n    """F.\n\n    >>> f()\n    1\n    """\n'
    assert found("```python\n%s```\n" % code) == [(2, code, None)]


def test_blank_lines():
    assert found("```\n>>> print()\n<BLANKLINE>\n<BLANKLINE>\n```\n") == [(2, "print()\n", "\n")]


def test_a_session_that_doctest_cannot_read():
    """One statement that is no Python costs no other."""
    text = "```\n>>> if x:\n... y\n  ... z\n  1\n>>> 2\n 2\n```\n"
    assert found(text) == [(2, "if x:\ny\nz\n", "  1"), (6, "2\n", " 2")]


def test_preformatted_text_goes_on_below_an_empty_line():
    """For CommonMark HTML ends at an empty line; browsers and kramdown read on to the end tag."""
    text = """\
<div class="input_area"><pre>x = [1, 2]

for each in x:
    print(each)
</pre></div>
<div class="output"><pre>1

2
</pre></div>

- In a list:

  <div><pre>y = 5

  print(y)
  </pre></div>

  <div><pre>5
  </pre></div>
"""
    assert found(text) == [
        (1, "x = [1, 2]\n\nfor each in x:\n    print(each)\n", "1\n\n2"),
        (13, "y = 5\n\nprint(y)\n", "5"),
    ]


def test_preformatted_text_that_is_not_closed_ends_as_commonmark_says():
    text = "- <div><pre>x\n\n  y\n\n```python\nprint(1)  # 1\n```\n"
    assert found(text) == [(6, "print(1)  # 1\n", "1")]
