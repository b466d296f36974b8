"""Markdown: fenced Python, at the top level and in lists and quotes."""

from tfsoftmax_compat.tools.migrate.markdown import migrate_markdown

BEFORE = """# tf.nn.softmax(x, dim=1)

```python
import tensorflow as tf
```

* in a list:

  ```py
  y = tf.nn.softmax(x, dim=1)

  z = 1
  ```

> ```python
> y = tf.nn.log_softmax(x, dim=1)
> ```

```
tf.nn.softmax(x, dim=1)
```

    tf.nn.softmax(x, dim=1)
"""


def test_fences():
    """Only what is marked as Python changes, and keeps its indentation."""
    text, located = migrate_markdown(BEFORE, "native")
    after = BEFORE.replace("  y = tf.nn.softmax(x, dim=1)", "  y = tf.nn.softmax(x, axis=1)").replace(
        "> y = tf.nn.log_softmax(x, dim=1)", "> y = tf.nn.log_softmax(x, axis=1)"
    )
    assert text == after
    assert [lines[f.line - 1] for cell, lines in located for f in cell.findings] == [10, 16]


def test_line_ends_and_an_import_that_is_taken_for_granted():
    """An excerpt without imports means TensorFlow by `tf`."""
    text, _ = migrate_markdown("```python\r\ny = tf.nn.softmax(x, dim=1)\r\n```\r\n", "shim")
    assert text == "```python\r\nfrom tfsoftmax_compat import nn\r\ny = nn.softmax(x, dim=1)\r\n```\r\n"
