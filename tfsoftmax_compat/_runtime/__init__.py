"""What the public modules share: which TensorFlow is installed, and how to call it. Python 3.6 and NumPy only.

* :mod:`.bindings` finds out which TensorFlow is installed, and binds its names.
* :mod:`.eager` calls TensorFlow's kernels directly in eager mode; :mod:`.general` takes all other calls.
* :mod:`.keras` builds the functions from Keras 3's operations, for its symbolic tensors.
* :mod:`.sessions` lets sessions run eager tensors.
* :mod:`.modules` and :mod:`.misspelt` show only public names, and suggest one for a misspelt name.
* :mod:`.files` writes files atomically.
"""
