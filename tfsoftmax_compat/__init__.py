"""TensorFlow's softmax family with TF1's names, call forms and gradients, on every TensorFlow from 1.5.

The package has two halves that do not depend on each other:

* what runs beside TensorFlow: :mod:`tfsoftmax_compat.nn`, :mod:`tfsoftmax_compat.losses` and
  :mod:`tfsoftmax_compat.tf1`;
* the tools, which need no TensorFlow of their own: ``tfsoftmax-compat verify``.

Importing the package itself imports neither TensorFlow nor NumPy.
"""

__version__ = "0.1.0"
