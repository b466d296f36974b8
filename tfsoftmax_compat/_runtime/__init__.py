"""What the public modules share: which TensorFlow is installed, and the ways to call it.

Python 3.6 and NumPy only. :mod:`.bindings` is the one module that asks which TensorFlow this is.
"""
