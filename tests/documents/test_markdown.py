from tfsoftmax_compat.documents import Example, markdown

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

```
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
"""


def test_examples_are_python_blocks_with_output():
    assert markdown.examples(DOCUMENT, "a.md") == [
        Example("a.md", 4, "print(0.5)\n", "0.5"),
        Example("a.md", 24, "print([1.5,\n       2.5])\n", "[1.5, 2.5]"),
    ]
