"""What runs inside the interpreter under test, and what it shares with golden values.

Python 3.6, NumPy and TensorFlow only. :mod:`.main` is a program that is run by its path.
"""
