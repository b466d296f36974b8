"""HTML: the markup of blog engines and highlighters."""

from pathlib import Path

from tfsoftmax_compat.tools.documents import PROMPT, Example, blocks
from tfsoftmax_compat.tools.documents.formats import html


def examples(a_format, text, path):
    return blocks.document(a_format.blocks(text, path), path).examples


BLOG = Path(__file__).with_name("samples") / "blog.html"


def test_blog():
    assert examples(html, BLOG.read_text("utf-8"), "a.html") == [
        Example("a.html", 6, 'import tensorflow as tf\n\nprint(tf.constant("a < b"))\n', "[0.1]"),
        Example("a.html", 9, "x = 1\nprint(x)\n", "1"),
        Example("a.html", 17, "for i in [1]:\n    print(i)\n", None),
        Example("a.html", 20, "print(2)  # 2\n", "2"),
        Example("a.html", 23, "y = 3\n\nprint(y)  # 3\n", "3"),
        Example("a.html", 26, "print(4)  # 4\n", "4"),
        Example("a.html", 29, "print(5)\n", "5"),
        Example("a.html", 33, "1 + 1\n", "2", PROMPT),
    ]


def test_tool_bar_above_a_block():
    """It is between the words that announce output, and the output."""

    def found(bar):
        block = '<div class="w"><div>{}</div></div><figure class="highlight python"><pre>{}</pre></figure>'
        text = block.format(bar, "print(f(x))") + "<p>The result is:</p>" + block.format(bar, "Tensor(&quot;a:0&quot;)")
        return [example.documented for example in examples(html, text, "a.html")]

    assert found("") == found("python") == found("Python</div><div>Copy") == ['Tensor("a:0")']
    assert found("Not so") == [None, None]


def test_languages():
    """An attribute names the language, or a class of an element around the code."""

    def found(markup):
        return [example.documented for example in examples(html, markup, "a.html")]

    assert found('<pre lang="python">print(1)\n# output\n# 1</pre>') == ["1"]
    assert found('<div class="highlight-default"><pre>print(1)  # 1</pre></div>') == ["1"]
    assert found('<div class="highlight highlight-source-python"><pre>print(1)  # 1</pre></div>') == ["1"]
    assert found('<div lang="de"><pre>print(1)  # 1</pre></div>') == ["1"]
    assert (
        found('<figure class="highlight go"><table><tr><td><pre>print(1)  # 1</pre></td></tr></table></figure>') == []
    )
    assert found('<div class="highlight-bash"><pre>print(1)  # 1</pre></div>') == []
    assert found("<pre>softmax(x) is the exponential, normalised</pre>") == []
