"""Golden values of users' own tests: recorded once, compared within ULP with every TensorFlow, explained if they move.

:mod:`.pytest_golden` and :mod:`.explanation` use pytest, the other modules do not. Python 3.6 and NumPy only, so that
a value recorded with TensorFlow 1.5 can be checked with the newest release.
"""
