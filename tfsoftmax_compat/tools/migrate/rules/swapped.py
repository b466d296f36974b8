"""Labels and logits confused: ``logits=labels``. The dense loss then computes a wrong number without an error.

The names of the two arguments tell, or that the logits are one-hot or a placeholder for labels.

https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/softmax_cross_entropy_with_logits
"""

import ast
import re

from tfsoftmax_compat.tools.documents.code import last_name
from tfsoftmax_compat.tools.migrate.changes import Change
from tfsoftmax_compat.tools.migrate.names import ModuleNames
from tfsoftmax_compat.tools.migrate.origins import TF, V1
from tfsoftmax_compat.tools.migrate.rules import InV1, RuleExample
from tfsoftmax_compat.tools.migrate.sites import Site

ID = "TFS117"
IN_V1 = InV1.ALWAYS
EXAMPLES = [
    RuleExample(
        "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=logits, logits=labels)\n",
        None,
        None,
    ),
]
_LOGITS = re.compile(r"(.*_)?logits?|y_conv")
_LABELS = re.compile(r"(.*_)?(labels?|targets?|y_true)(_data|_ids?|_batch|_one_?hot)?|one_?hot_.*")
_MAYBE_LABELS = re.compile(r"y_?|.*label.*|.*target.*")
_PLACEHOLDERS = {f"{origin}.placeholder" for origin in (TF, V1)}
_ONE_HOT = {f"{origin}.one_hot" for origin in (TF, V1)}
_INTEGERS = re.compile(r"u?int\d+")


def apply(site: Site, change: Change) -> None:
    """Look at the names of labels and logits, and at what the logits are."""
    labels, logits = site.argument("labels") or site.argument("onehot_labels"), site.argument("logits")
    if site.call is None or labels is None or logits is None or site.is_untraced:
        return
    label_name, logit_name = last_name(labels.value), last_name(logits.value)
    if _LOGITS.fullmatch(label_name) and not _LOGITS.fullmatch(logit_name):
        change.advise(f"labels and logits may be confused: the labels are `{label_name}`")
    elif _LABELS.fullmatch(logit_name) and not _LABELS.fullmatch(label_name):
        change.advise(f"labels and logits may be confused: the logits are `{logit_name}`")
    elif _are_labels(site.names, logits.value):
        change.advise("labels and logits may be confused: the logits are one-hot, integers or a placeholder for labels")


def _are_labels(names: ModuleNames, value: ast.expr) -> bool:
    """Return whether a value is certainly labels: a one-hot, integers, or a placeholder with such a name."""
    name = ""
    if isinstance(value, ast.Name):
        name = value.id
        bindings = names.bindings(name, names.scopes[value])
        if len(bindings) != 1 or bindings[0].value is None:
            return False
        value = bindings[0].value
    if not isinstance(value, ast.Call):
        return False
    function = names.resolve(value.func)
    if function in _PLACEHOLDERS:
        return bool(_MAYBE_LABELS.fullmatch(name)) or _is_of_integers(value)
    return function in _ONE_HOT


def _is_of_integers(placeholder: ast.Call) -> bool:
    types = placeholder.args[:1] + [keyword.value for keyword in placeholder.keywords if keyword.arg == "dtype"]
    return any(_INTEGERS.fullmatch(getattr(each, "attr", "")) for each in types)
