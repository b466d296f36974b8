"""``targets`` of ``weighted_cross_entropy_with_logits`` became ``labels`` in TF 1.14; TF 2.0 removed ``targets``.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/weighted_cross_entropy_with_logits
https://www.tensorflow.org/api_docs/python/tf/nn/weighted_cross_entropy_with_logits
"""

from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS119"
IN_V1 = InV1.NEVER
EXAMPLES = [
    RuleExample(
        "loss = tf.nn.weighted_cross_entropy_with_logits(targets=labels, logits=logits, pos_weight=2.0)\n",
        "loss = nn.weighted_cross_entropy_with_logits(targets=labels, logits=logits, pos_weight=2.0)\n",
        "loss = tf.nn.weighted_cross_entropy_with_logits(labels=labels, logits=logits, pos_weight=2.0)\n",
    ),
]


def apply(site: Site, change: Change) -> None:
    """Rename `targets`, passed by name or by position."""
    targets, labels = site.argument("targets"), site.argument("labels")
    if targets is None:
        return
    if labels is not None and not labels.is_none:
        change.leave("`labels` and `targets` are both passed, which TF1 does not allow")
        return
    if labels is not None:
        change.dropped.add(labels)
    change.need("TF2 has no `targets`: it is called `labels`")
    change.renamed[targets] = "labels"
