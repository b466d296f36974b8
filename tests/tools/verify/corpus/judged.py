"""Softmax, right and wrong, in docstrings."""


def right():
    """The softmax of six logits, as it is.

    >>> logits = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
    >>> sess = tf.Session()
    >>> result = sess.run(tf.nn.softmax(logits))
    >>> print(result)
    [0.07768121 0.07768121 0.21115941 0.21115941 0.21115941 0.21115941]
    >>> print(sum(result))
    1.0000000447034836
    """


def one_digit_wrong():
    """The log-softmax, with one digit wrong.

    >>> logits = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
    >>> sess = tf.Session()
    >>> print(sess.run(tf.nn.log_softmax(logits)))
    [-2.555142  -2.555142  -1.5551419 -1.5551419 -1.5551419 -1.5561419]
    """


def one_element_missing():
    """The softmax, with one element missing.

    >>> logits = [1.0, 1.0, 2.0, 2.0, 2.0, 2.0]
    >>> sess = tf.Session()
    >>> print(sess.run(tf.nn.softmax(logits)))
    [0.07768121 0.07768121 0.21115941 0.21115941 0.21115941]
    """
