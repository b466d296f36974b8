"""The command line and what it needs: Python 3.10 and the ``tools`` extra.

Nothing here imports TensorFlow.
"""
