"""Functions of ``tf.contrib`` that compute a softmax or its cross entropy: TF 2.0 has no ``tf.contrib``.

Their arguments are in other orders than those of the functions that take their place.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/contrib/losses
https://github.com/tensorflow/community/blob/master/rfcs/20180907-contrib-sunset.md
"""

import ast
import re
from collections.abc import Iterator

from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF, is_in
from tfsoftmax_compat.tools.migrate.rules import RuleExample

ID = "TFS115"
EXAMPLES = [
    RuleExample("loss = tf.contrib.losses.softmax_cross_entropy(logits, onehot_labels)\n", None, None),
    RuleExample("p = tf.contrib.layers.softmax(logits)\n", None, None),
    RuleExample("loss = tf.contrib.seq2seq.sequence_loss(logits, targets, weights)\n", None, None),
]
_CONTRIB = f"{TF}.contrib"
_LOSSES = ("softmax_cross_entropy", "sparse_softmax_cross_entropy", "sigmoid_cross_entropy")
_FLIPPED = "deprecated_flipped_{}_cross_entropy_with_logits"
_REPLACEMENTS = {
    **{
        f"{_CONTRIB}.{module}.{name}": f"tf.compat.v1.losses.{name}, whose order is (labels, logits)"
        for module in ("losses", "slim.losses")
        for name in _LOSSES
    },
    **{
        f"{_CONTRIB}.nn.{_FLIPPED.format(name)}": f"tf.nn.{name}_cross_entropy_with_logits(labels=…, logits=…)"
        for name in ("softmax", "sparse_softmax", "sigmoid")
    },
    **{f"{_CONTRIB}.{module}.softmax": "tf.nn.softmax" for module in ("layers", "slim")},
    **{
        f"{_CONTRIB}.{module}.{name}": "tf.nn.sparse_softmax_cross_entropy_with_logits, weighted and averaged"
        for module in ("seq2seq", "legacy_seq2seq")
        for name in ("sequence_loss", "sequence_loss_by_example")
    },
}
# Names that only tf.contrib has.
_BY_NAME = {
    name: replacement
    for name, replacement in ((dotted.rpartition(".")[2], r) for dotted, r in _REPLACEMENTS.items())
    if name.startswith(("sequence_loss", "deprecated_flipped"))
}
# tensorflow.contrib.losses.python.losses.loss_ops.f is tensorflow.contrib.losses.f.
_INTERNAL = re.compile(rf"({re.escape(_CONTRIB)}\.\w+)\.python\.(?:\w+\.)+(\w+)")


def find(names: ModuleNames, target: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield each use of one of these functions, with what takes its place."""
    attributes = (node for node in names.nodes if isinstance(node, ast.Attribute))
    uses_contrib = any(is_in(dotted, _CONTRIB) for node in attributes for dotted in names.possible(node))
    for node in names.nodes:
        if uses_contrib and isinstance(node, ast.Attribute) and _may_be_of_contrib(names, node):
            yield node, f"if this is tf.contrib's, TF2 has no `{node.attr}`: use {_BY_NAME[node.attr]}"
        if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load):
            for dotted in {_INTERNAL.sub(r"\1.\2", dotted) for dotted in names.possible(node) if dotted}:
                if dotted in _REPLACEMENTS:
                    name = dotted.replace(TF, "tf", 1)
                    yield node, f"TF2 has no {name}: use {_REPLACEMENTS[dotted]}"


def _may_be_of_contrib(names: ModuleNames, node: ast.Attribute) -> bool:
    """Return whether `node` is called, and its module may be one of tf.contrib that is passed on."""
    parent = names.parents[node]
    is_called = isinstance(parent, ast.Call) and parent.func is node
    is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
    return is_called and not is_own and node.attr in _BY_NAME and names.possible(node) == {None}
