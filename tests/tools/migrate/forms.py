"""The call forms that TF1 code uses, for the tests that execute them.

Each form is the body of a function of `logits` and `labels`, float32 of shape (2, 3), and `ids`, int32 of shape (2,),
that sets `result`. ``{nn}`` and ``{losses}`` are replaced by expressions for TensorFlow's modules.
"""

from typing import NamedTuple

DENSE = "softmax_cross_entropy_with_logits"
V2 = DENSE + "_v2"
SPARSE = "sparse_" + DENSE
SIGMOID = "sigmoid_cross_entropy_with_logits"
WEIGHTED = "weighted_cross_entropy_with_logits"
# Two shards of the weights and of the biases of four classes.
SAMPLED = (
    "[logits, labels], [logits[:, 0], labels[:, 0]], ids[:, None], logits, 2, 4, "
    "sampled_values=([1, 3], [[.5], [.2]], [.3, .6])"
)


class Form(NamedTuple):
    """A form; `left_by` names the targets that report it and do not change it."""

    body: str
    left_by: tuple[str, ...] = ()


NATIVE = ("native",)
BOTH = ("shim", "native")

NN_FORMS = [
    # softmax and log_softmax
    *(
        Form("result = {nn}.%s(%s)" % (function, arguments))
        for function in ("softmax", "log_softmax")
        for arguments in (
            "logits", "logits=logits", "logits, 0", "logits, axis=0", "logits, dim=0", "logits, dim=-2",
            "logits, -1, None", "logits, 0, 'name'", "logits, None, None, 0", "logits, None, name='a', dim=0",
            "logits, name='a', dim=1", "dim=0, logits=logits", "logits, axis=None, dim=0", "logits, 0, dim=None",
            "(logits), dim=(0)", "logits,\n        # over the batch\n        dim=0,  # not the classes\n    ",
        )
    ),  # fmt: skip
    # TF1's loss
    *(
        Form("result = {nn}.%s(%s)" % (DENSE, arguments))
        for arguments in (
            "labels=labels, logits=logits", "logits=logits, labels=labels", "labels=labels, logits=logits, dim=0",
            "labels=labels, logits=logits, dim=-1, name='a'", "None, labels, logits", "None, labels, logits, 0",
            "None, labels, logits, 0, 'a'", "None, labels, logits, name='a'", "None, labels=labels, logits=logits",
            "None, labels, logits=logits", "_sentinel=None, labels=labels, logits=logits",
            "labels=labels, _sentinel=None, logits=logits", "logits=logits, labels=labels, _sentinel=None",
            "labels=(labels), logits=(logits)", "labels=labels * 2., logits=logits + 1.",
            "labels=labels if True else logits, logits=logits", "labels=(lambda a, b: a)(labels, 1), logits=logits",
            "None,  # the sentinel\n        (labels),  # soft\n        logits,\n    ",
            "logits=logits,\n        labels=labels)[:2] * (1", "labels=labels, logits=logits, dim=None",
        )
    ),  # fmt: skip
    # v2, in the order of 1.13 and of 1.5
    *(
        Form("result = {nn}.%s(%s)" % (V2, arguments))
        for arguments in (
            "labels=labels, logits=logits", "labels, logits", "labels, logits, 0", "labels, logits, 0, 'a'",
            "labels, logits, None, 'a', 0", "labels, logits=logits, dim=0", "labels=labels, logits=logits, axis=0",
            "logits=logits, labels=labels, dim=0, name='a'", "labels, logits, name='a',\n    ",
        )
    ),  # fmt: skip
    # sparse
    *(
        Form("result = {nn}.%s(%s)" % (SPARSE, arguments))
        for arguments in (
            "labels=ids, logits=logits", "None, ids, logits", "None, ids, logits, 'a'", "_sentinel=None, labels=ids, "
            "logits=logits", "None, labels=ids, logits=logits, name='a'", "logits=logits, labels=ids",
        )
    ),  # fmt: skip
    # sigmoid, and with a weight for the positive labels
    *(
        Form("result = {nn}.%s(%s)" % (SIGMOID, arguments))
        for arguments in (
            "labels=labels, logits=logits", "None, labels, logits, 'a'", "logits=logits, labels=labels, _sentinel=None",
        )
    ),  # fmt: skip
    *(
        Form("result = {nn}.%s(%s)" % (WEIGHTED, arguments))
        for arguments in (
            "labels, logits, 2., 'a'", "labels=labels, logits=logits, pos_weight=2.",
            "targets=labels, logits=logits, pos_weight=2.", "logits=logits, pos_weight=2., targets=labels, name='a'",
            "None, logits, 2., targets=labels", "None, logits, 2., 'a', labels",
        )
    ),  # fmt: skip
    # a sample of the classes: the sample is given, so that each run has the same
    Form("result = {nn}.sampled_softmax_loss(%s)" % SAMPLED),
    Form("result = {nn}.sampled_softmax_loss(%s, partition_strategy='div')" % SAMPLED),
    Form("result = {nn}.nce_loss(%s, partition_strategy='mod', name='a')" % SAMPLED),
    Form("result = functools.partial({nn}.nce_loss, num_classes=4)(%s)" % SAMPLED.replace(", 4,", ",")),
    Form("loss = {nn}.sampled_softmax_loss\n    result = loss(%s)" % SAMPLED),
    # star arguments
    Form("kw = dict(labels=labels, logits=logits, dim=0)\n    result = {nn}.%s(**kw)" % DENSE, NATIVE),
    Form("kw = dict(dim=0)\n    result = {nn}.%s(labels=labels, logits=logits, **kw)" % DENSE, NATIVE),
    Form("args = (None, labels, logits)\n    result = {nn}.%s(*args)" % DENSE, NATIVE),
    Form("kw = dict(dim=0)\n    result = {nn}.softmax(logits, **kw)", NATIVE),
    Form("args = (logits, None, None, 0)\n    result = {nn}.log_softmax(*args)", NATIVE),
    Form("kw = dict(labels=ids)\n    result = {nn}.%s(logits=logits, **kw)" % SPARSE, NATIVE),
    Form("args = (labels, logits)\n    result = {nn}.%s(*args, dim=0)" % V2, NATIVE),
    # arguments in literals
    Form("result = {nn}.softmax(*(logits, 0))"),
    Form("result = {nn}.log_softmax(logits, **dict(), **{{'axis': 0}})", NATIVE),
    Form("result = {nn}.softmax(logits, **{{'axis': 0}})"),
    Form("result = {nn}.softmax(logits, **{{'dim': 0}})", NATIVE),
    Form("result = {nn}.%s(**{{'labels': labels, 'logits': logits}})" % DENSE, NATIVE),
    Form("result = {nn}.%s(*(None, labels), logits=logits)" % DENSE, NATIVE),
    # functions as values
    Form("loss = {nn}.%s\n    result = loss(labels=labels, logits=logits, dim=0)" % DENSE, NATIVE),
    Form("loss = {nn}.%s\n    result = loss(labels, logits, dim=0)" % V2, NATIVE),
    Form("loss = {nn}.%s\n    result = loss(None, ids, logits)" % SPARSE, NATIVE),
    Form("call = lambda f, **kw: f(**kw)\n    result = call({nn}.%s, labels=labels, logits=logits)" % DENSE, NATIVE),
    Form("call = lambda f=({nn}.softmax): f(logits, dim=0)\n    result = call()", NATIVE),
    Form("table = dict(xent={nn}.%s)\n    result = table['xent'](labels=labels, logits=logits)" % DENSE, NATIVE),
    Form("result = (lambda a: {nn}.softmax(a, dim=0))(logits)"),
    Form("result = [{nn}.softmax(a, dim=0) for a in [logits]][0]"),
    Form("activation = dict(activation={nn}.softmax)['activation']\n    result = activation(logits)"),
    # partials
    Form("result = functools.partial({nn}.softmax, dim=0)(logits)"),
    Form("result = functools.partial({nn}.log_softmax, logits, dim=0)()"),
    Form("result = functools.partial({nn}.%s, dim=0)(labels=labels, logits=logits)" % V2),
    Form("result = functools.partial({nn}.%s, dim=0)(labels=labels, logits=logits)" % DENSE, NATIVE),
    Form("result = functools.partial({nn}.%s, labels=labels)(logits=logits)" % DENSE, NATIVE),
    Form("result = functools.partial({nn}.%s, None, ids)(logits)" % SPARSE, NATIVE),
    # one inside the other, and twice
    Form("result = {nn}.%s(labels={nn}.softmax(labels, dim=0), logits={nn}.log_softmax(logits, dim=0))" % DENSE),
    Form("result = {nn}.%s({nn}.softmax(labels, dim=1), logits) + {nn}.%s(labels=labels, logits=logits)" % (V2, DENSE)),
    Form("result = {nn}.%s(labels=labels[0, :2], logits={nn}.%s(labels, logits), dim=0)" % (DENSE, V2)),
    # not to be guessed
    Form("result = getattr({nn}, 'softmax_cross_entropy_with_logits')(labels=labels, logits=logits)", BOTH),
]  # fmt: skip

_REDUCTION = "ids, logits, reduction={losses}.Reduction.SUM"
LOSSES_FORMS = [
    *(
        Form("result = {losses}.%s(%s)" % (function, arguments))
        for function, arguments in (
            ("softmax_cross_entropy", "labels, logits"),
            ("softmax_cross_entropy", "onehot_labels=labels, logits=logits, weights=[0., 2.]"),
            ("softmax_cross_entropy", "labels, logits, 1.0, 0.1"),
            ("softmax_cross_entropy", "labels, logits, label_smoothing=0.1, scope='a', loss_collection=None"),
            ("softmax_cross_entropy", "labels, logits, reduction={losses}.Reduction.NONE"),
            ("softmax_cross_entropy", "*[labels, logits], **dict(label_smoothing=0.2)"),
            ("sparse_softmax_cross_entropy", "ids, logits"),
            ("sparse_softmax_cross_entropy", "labels=ids, logits=logits, weights=0.5"),
            ("sparse_softmax_cross_entropy", _REDUCTION),
            ("sigmoid_cross_entropy", "labels, logits"),
            ("sigmoid_cross_entropy", "multi_class_labels=labels, logits=logits, weights=2., label_smoothing=0.1"),
            ("sigmoid_cross_entropy", "labels, logits, reduction={losses}.Reduction.MEAN"),
        )
    ),
    Form("loss = {losses}.softmax_cross_entropy\n    result = loss(labels, logits, 2.)"),
    Form("result = functools.partial({losses}.sparse_softmax_cross_entropy, weights=2.)(ids, logits)"),
]


class Access(NamedTuple):
    """A way to TensorFlow's modules: imports at the top, and in the function."""

    header: str
    nn: str
    losses: str
    inside: str = ""


ACCESSES = {
    "usual": Access("import tensorflow as tf", "tf.nn", "tf.losses"),
    "other alias": Access("import tensorflow as T", "T.nn", "T.losses"),
    "no alias": Access("import tensorflow", "tensorflow.nn", "tensorflow.losses"),
    "from": Access("from tensorflow import nn, losses", "nn", "losses"),
    "from as": Access("from tensorflow import nn as N, losses as L", "N", "L"),
    "assigned": Access("import tensorflow as tf\nnn, losses = tf.nn, tf.losses", "nn", "losses"),
    "in function": Access("", "tf.nn", "tf.losses", "import tensorflow as tf"),
    "tried": Access("try:\n    import tensorflow as tf\nexcept ImportError:\n    tf = None", "tf.nn", "tf.losses"),
    "taken": Access("import tensorflow as tf\nnn = losses = tfsoftmax_nn = 1", "tf.nn", "tf.losses"),
    "compat.v1": Access("import tensorflow.compat.v1 as tf", "tf.nn", "tf.losses"),
    "compat from": Access("from tensorflow.compat import v1", "v1.nn", "v1.losses"),
    "compat of ours": Access("from tfsoftmax_compat import tf1 as tf", "tf.nn", "tf.losses"),
    "compat in full": Access("import tensorflow as tf", "tf.compat.v1.nn", "tf.compat.v1.losses"),
}


def module(form: Form, access: Access) -> str:
    """The form as a module with a function `compute`."""
    inside = "    %s\n" % access.inside if access.inside else ""
    body = form.body.format(nn=access.nn, losses=access.losses)
    return "import functools\n%s\n\n\ndef compute(logits, labels, ids):\n%s    %s\n    return result\n" % (
        access.header,
        inside,
        body,
    )
