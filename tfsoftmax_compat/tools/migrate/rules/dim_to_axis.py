"""``dim`` became ``axis`` in TF 1.5 (softmax) and 1.13 (cross entropy); TF 2.0 removed ``dim``.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax
https://www.tensorflow.org/api_docs/python/tf/nn/softmax
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS102"
IN_V1 = InV1.NEVER
EXAMPLES = [
    RuleExample(
        "weights = tf.nn.softmax(logits, dim=1)  # over time\n",
        "weights = nn.softmax(logits, dim=1)  # over time\n",
        "weights = tf.nn.softmax(logits, axis=1)  # over time\n",
    ),
    RuleExample(
        "weights = tf.nn.softmax(logits, None, None, 1)\n",
        "weights = nn.softmax(logits, None, None, 1)\n",
        "weights = tf.nn.softmax(logits, name=None, axis=1)\n",
    ),
    RuleExample(
        "import functools\nover_time = functools.partial(tf.nn.softmax, dim=1)\n",
        "import functools\nover_time = functools.partial(nn.softmax, dim=1)\n",
        "import functools\nover_time = functools.partial(tf.nn.softmax, axis=1)\n",
    ),
    RuleExample(
        "weights = tf.nn.softmax(logits, axis=1)\n",
        "weights = tf.nn.softmax(logits, axis=1)\n",
        "weights = tf.nn.softmax(logits, axis=1)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Rename `dim`, passed by name or by position."""
    dim, axis = site.argument("dim"), site.argument("axis")
    if dim is None:
        return
    if axis is not None and axis.is_none:
        change.dropped.add(axis)
    elif axis is not None and dim.is_none:
        change.dropped.add(dim)
        change.need("TF2 has no `dim`")
        return
    elif axis is not None:
        change.leave("`axis` and `dim` are both passed, which TF1 does not allow")
        return
    change.need("TF2 has no `dim`: it is called `axis`")
    change.renamed[dim] = "axis"
