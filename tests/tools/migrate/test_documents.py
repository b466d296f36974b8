"""Python in documents of every format: where it is found, and which bytes change."""

import pytest

from tfsoftmax_compat.tools.migrate.files import process

CALL = "tf.nn.softmax(x, dim=1)"


@pytest.fixture
def migrate(tmp_path):
    """Return a function that migrates a document, and returns its new text and where something was found."""

    def migrate(name, text, target="native", edit=True):
        path = tmp_path / name
        path.write_bytes(text.encode())
        result = process(str(path), target, edit, True)
        found = [(f.line, f.column, f.rule) for f in result.findings] if result else []
        return path.read_bytes().decode(), found

    return migrate


def places(text):
    """Where `text` has the call, behind which nothing says that it is not code."""
    lines = text.splitlines()
    marked = [(number, line) for number, line in enumerate(lines, 1) if CALL in line and "not code" not in line]
    return [(number, line.index(CALL) + 1, "TFS102") for number, line in marked]


def changed(text):
    """`text` with the new call in each of these places."""
    return "".join(
        line if "not code" in line else line.replace("dim=1", "axis=1") for line in text.splitlines(keepends=True)
    )


MARKDOWN = """# tf.nn.softmax(x, dim=1) is not code

```python
import tensorflow as tf
```

* in a list:

  ```py
  y = tf.nn.softmax(x, dim=1)

  z = 1
  ```

  > ~~~ Python
  >   # indented
  > y = tf.nn.softmax(x, dim=1)   
  > ~~~

```bash
tf.nn.softmax(x, dim=1)  # not code
```

| a table |

    y = tf.nn.softmax(x, dim=1)

Words.

```
y = tf.nn.softmax(x, dim=1)
```
"""  # noqa: W291

LANGUAGES = "py py2 py3 python python2 python3 pycon pycon3 doctest ipython ipython2 ipython3".split()

RESTRUCTURED = """tf.nn.softmax(x, dim=1) is not code
===================================

>>> y = tf.nn.softmax(x, dim=1)
>>> y
tf.nn.softmax(x, dim=1) is output, and not code

.. code-block:: python
   :linenos:

   y = tf.nn.softmax(x, dim=1)   

   z = 1

* A list::

    y = tf.nn.softmax(x, dim=1)

  .. testcode::

     y = tf.nn.softmax(x, dim=1)

.. doctest::
   :skipif: True

   >>> for i in x:
   ...     tf.nn.softmax(x, dim=1)

.. code-block:: bash

   tf.nn.softmax(x, dim=1)  # not code
"""  # noqa: W291

SESSION = """```python
>>> import tensorflow as tf
>>> tf.nn.softmax(x, dim=1)
tf.nn.softmax(x, dim=1) is output, and not code
>>> for i in x:
...   y = tf.nn.softmax(x, dim=1)
...
>>> for i in x:
>>>     y = tf.nn.softmax(x, dim=1)
>>>y = tf.nn.softmax(x, dim=1)
```

  ```ipython
  In [10]: def f(x):
      ...:     return tf.nn.softmax(x, dim=1)

  In [11]: f
  Out[11]: tf.nn.softmax(x, dim=1) is output, and not code
  ```
"""

DOCSTRINGS = '''"""A module.

>>> y = tf.nn.softmax(x, dim=1)
"""
import tensorflow as tf

def f(x):
    r"""Does; tf.nn.softmax(x, dim=1) is not code.

    ```python
    y = tf.nn.softmax(x, dim=1)
    ```

      >>> tf.nn.softmax(x, dim=1)  # \\n
      tf.nn.softmax(x, dim=1) is output, and not code"""
    return tf.nn.softmax(x, dim=1)

class A:
    """>>> tf.nn.softmax(x, dim=1)"""

    def method(self):
        """>>> 1
        1

        In [1]: tf.nn.softmax(x, dim=1)"""
'''


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("a.md", MARKDOWN),
        ("a.md", SESSION),
        ("a.MARKDOWN", SESSION),
        *[("a.md", f"```{language}\n{CALL}\n```\n") for language in LANGUAGES],
        *[("a.md", f"```{{code-cell}} {language}\n:tags: [a]\n{CALL}\n```\n") for language in ("python", "ipython3")],
        *[("a.md", f"```{language}\n>>> x = 1\n>>> {CALL}\n```\n") for language in LANGUAGES],
        ("a.md", f"\ufeff```python\n{CALL}\n```"),
        ("a.md", f"````{{note}}\n```python\n%matplotlib inline\n{CALL}\n```\n````\n"),
        ("a.md", f"{{% highlight python %}}\n{CALL}\n{{% endhighlight %}}\n"),
        ("a.md", f"<pre>\ny = {CALL}\n</pre>\n"),
        ("a.md", f"<!--pytest.mark.skip-->\n```python notest\ny = {CALL}\n```\n"),
        ("a.rst", RESTRUCTURED),
        ("a.py", DOCSTRINGS),
    ],
)
def test_found_and_rewritten_in_place(migrate, name, before, newline):
    """Each call, with its line and column in the file; all other bytes stay. A second run has nothing to do."""
    before = before.replace("\n", newline)
    assert places(before)
    expected = places(before.removeprefix("\ufeff"))
    assert migrate(name, before, edit=False) == (before, expected)
    after, found = migrate(name, before)
    assert found == expected
    assert after == changed(before)
    assert migrate(name, after) == (after, [])


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.md",
            "```python\r\n>>> import tensorflow as tf\r\n>>> y = tf.nn.softmax(\r\n...     x, dim=1)\r\n1\r\n```",
            "```python\r\n>>> import tensorflow as tf\r\n>>> from tfsoftmax_compat import nn\r\n"
            ">>> y = nn.softmax(\r\n...     x, dim=1)\r\n1\r\n```",
        ),
        (  # IPython has one prompt for many statements
            "a.md",
            "```ipython\nIn [9]: y = tf.nn.softmax(x, dim=1)\n\nIn [10]: y\n```\n",
            "```ipython\nIn [9]: from tfsoftmax_compat import nn\n   ...: y = nn.softmax(x, dim=1)\n\n"
            "In [10]: y\n```\n",
        ),
        (
            "a.md",
            "* In a list:\n\n  > ```python\n  > y = tf.nn.softmax(x, dim=1)\n  > ```",
            "* In a list:\n\n  > ```python\n  > from tfsoftmax_compat import nn\n  > y = nn.softmax(x, dim=1)\n  > ```",
        ),
        (
            "a.md",
            "* In a list:\n\n  ```python\n\n  y = tf.nn.softmax(x, dim=1)\n  ```\n",
            "* In a list:\n\n  ```python\n\n  from tfsoftmax_compat import nn\n  y = nn.softmax(x, dim=1)\n  ```\n",
        ),
        (
            "a.rst",
            "::\n\n   x = 1  \n\n   y = tf.nn.softmax(x, dim=1)",
            "::\n\n   x = 1  \n\n   from tfsoftmax_compat import nn\n   y = nn.softmax(x, dim=1)",
        ),
        ("a.md", "*     tf.nn.softmax(x, dim=1)\n",
         "*     from tfsoftmax_compat import nn\n      nn.softmax(x, dim=1)\n"),
        (
            "a.rst",
            "::\n\n\ttf.nn.softmax(x, dim=1)\n",
            "::\n\n\tfrom tfsoftmax_compat import nn\n\tnn.softmax(x, dim=1)\n",
        ),
        (
            "a.rst",
            "* >>> tf.nn.softmax(x, dim=1)",
            "* >>> from tfsoftmax_compat import nn\n  >>> nn.softmax(x, dim=1)",
        ),
        (
            "a.py",
            'def f():\n    """>>> tf.nn.softmax(x, dim=1)"""\n',
            'def f():\n    """>>> from tfsoftmax_compat import nn\n    >>> nn.softmax(x, dim=1)"""\n',
        ),
        (
            "a.py",
            'def f():\n    """>>> import tensorflow as tf\n    >>> tf.nn.softmax(x, dim=1)\n    1\n    """\n',
            'def f():\n    """>>> import tensorflow as tf\n    >>> from tfsoftmax_compat import nn\n'
            '    >>> nn.softmax(x, dim=1)\n    1\n    """\n',
        ),
    ],
)  # fmt: skip
def test_added_imports(migrate, name, before, after):
    """The new lines have the indentation and line ends of the lines beside them. A second run adds nothing."""
    assert migrate(name, before, "shim")[0] == after
    assert migrate(name, after, "shim") == (after, [])


def test_import_that_nothing_uses(migrate):
    """The line is removed together with its prompt."""
    before = "```\n>>> import tensorflow as tf\n>>> from tfsoftmax_compat import nn\n>>> nn.softmax(x, dim=1)\n1\n```\n"
    after = "```\n>>> import tensorflow as tf\n>>> tf.nn.softmax(x, axis=1)\n1\n```\n"
    assert migrate("a.md", before)[0] == after


def test_names_of_a_docstring(migrate):
    """The names are those of the module. `tf` is TensorFlow, unless the module binds it. Docstrings share no names."""
    session = 'def {}():\n    """\n    >>> {}\n    """\n'
    for module, call, is_found in [
        ("", "tf.nn.softmax(x, dim=1)", True),
        ("from tensorflow import nn as n\n", "n.softmax(x, dim=1)", True),
        ("", "n.softmax(x, dim=1)", False),
        ("import tensorflow.compat.v1 as tf\n", "tf.nn.softmax(x, dim=1)", False),  # this takes `dim`
        ("import numpy as tf\n", "tf.nn.softmax(x, dim=1)", False),
        ("def tf(): pass\n", "tf.nn.softmax(x, dim=1)", False),
        (session.format("g", "from tensorflow import nn"), "nn.softmax(x, dim=1)", False),
        ("def g():\n    import tensorflow as t\n", "t.nn.softmax(x, dim=1)", False),
        ("import tensorflow as t\n", "t = 1; t.nn.softmax(x, dim=1)", False),
    ]:
        before = module + session.format("f", call)
        text, found = migrate("a.py", before)
        assert (text, bool(found)) == (before.replace("dim=1", "axis=1") if is_found else before, is_found), module


def test_groups_of_sphinx_share_no_names(migrate):
    """`nn` is TensorFlow's only in the group that imports it."""
    before = ".. testcode:: a\n\n   from tensorflow import nn\n   {}\n\n.. testcode:: b\n\n   {}\n"
    text, found = migrate("a.rst", before.format(*["nn.softmax(x, dim=1)"] * 2))
    assert text == before.format("nn.softmax(x, axis=1)", "nn.softmax(x, dim=1)")
    assert found == [(4, 4, "TFS102")]


def test_block_of_many_groups(migrate):
    """It is written if its change is the same for all; else nothing is, and each call needs a person."""
    before = ".. testsetup:: *\n\n   {0}\n\n.. testcode:: a\n\n   y = softmax\n\n.. testcode:: b\n\n   y = {1}\n"
    same = before.format(CALL, "2")
    assert migrate("a.rst", same)[0] == same.replace("dim=1", "axis=1")
    other = before.format("import tensorflow as tf", CALL)
    text, found = migrate("a.rst", other, "shim")
    assert text == other
    assert {(3, 4, "TFS000"), (11, 8, "TFS102")} <= set(found)


@pytest.mark.parametrize(
    "before",
    [
        'def f():\n    """Does.\n\n    >>> tf.nn.softmax(x, dim=1)  # \\\\d\n    """\n',  # an escape
        'def f():\n    """Does.\\n\n    >>> tf.nn.softmax(x, dim=1)\n    >>> 1\n    """\n',  # a line more
        'def f():\n    """\\\n    >>> 1\n    >>> tf.nn.softmax(x, dim=1)\n    """\n',  # a line less
    ],
)
def test_docstring_with_escapes(migrate, before):
    """What is not literally in the file is reported and left; what else the file has is migrated."""
    code = "import tensorflow as tf\ny = tf.nn.softmax(x, dim=1)\n"
    text, found = migrate("a.py", before + code)
    assert text == before + code.replace("dim=1", "axis=1")
    assert {rule for line, _, rule in found if line <= before.count("\n")} == {"TFS000", "TFS102"}
    assert migrate("a.py", before, edit=False)[1][0][2] == "TFS102"


def test_tabs_that_are_read_as_blanks(migrate):
    """The line is reported, and not written."""
    before = "::\n\n   y =\ttf.nn.softmax(x, dim=1)\n"
    assert migrate("a.rst", before) == (before, [(3, 1, "TFS102"), (3, 1, "TFS000")])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<p>words</p>\n<pre>\nimport tensorflow as tf\n  # that\ny = {CALL}</pre>\n"),
        ("a.htm", f"<pre><code class='language-python'>\n\n\n\nif x: y = {CALL}</code></pre>\n"),
        ("a.txt", f"Words go on.\n\nimport tensorflow as tf\n\ny = {CALL}\n\nMore words.\n"),
    ],
)
def test_not_rewritten(migrate, tmp_path, name, text):
    """HTML and plain text: found as elsewhere, and one sentence says that a person has to change it."""
    assert migrate(name, text, edit=False) == (text, places(text))
    assert migrate(name, text) == (text, [(1, 1, "TFS000"), *places(text)])
    result = process(str(tmp_path / name), "native", True, True)
    assert all(finding.needs_person for finding in result.findings)
    assert "not rewritten" in result.findings[0].message


def test_python_2(migrate):
    """Code that `verify` converts is not written: it is said to be no Python 3. The rest is migrated."""
    before = "```python2\nprint {0}\n```\n\n```python2\ny = {0}\n```\n\n    print {0}\n    exec 'a'\n"
    text, found = migrate("a.md", before.format(CALL))
    assert text == before.format(CALL).replace("y = tf.nn.softmax(x, dim=1)", "y = tf.nn.softmax(x, axis=1)")
    assert found == [(2, 1, "TFS000"), (6, 5, "TFS102"), (9, 5, "TFS000")]


def test_one_statement_that_is_not_python(migrate):
    """Only the example itself is lost."""
    before = "```pycon\n>>> y = softmax softmax\n>>> tf.nn.softmax(x, dim=1)\n```\n"
    text, found = migrate("a.md", before)
    assert text == before.replace("dim=1", "axis=1")
    assert [(line, rule) for line, _, rule in found] == [(2, "TFS000"), (3, "TFS102")]


@pytest.mark.parametrize("name", ["a.css", "a", "setup.cfg"])
def test_format_that_is_not_read(tmp_path, name):
    """One sentence says which are, also if the file has nothing to find."""
    (tmp_path / name).write_text("y = 1\n")
    (finding,) = process(str(tmp_path / name), "shim", False, False).findings
    assert (finding.rule, finding.needs_person) == ("TFS000", True)
    assert all(suffix in finding.message for suffix in (".py", ".pyi", ".ipynb", ".md", ".rst", ".html", ".txt"))
