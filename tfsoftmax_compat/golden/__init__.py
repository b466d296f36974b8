"""People's own golden numbers: recorded once, checked within ULP under every TensorFlow, and explained if they move.

pytest's fixture is in :mod:`tfsoftmax_compat.pytest_plugin`; nothing here knows pytest but :mod:`.again`. Python 3.6
and NumPy alone: a value recorded under TensorFlow 1.5 is checked under the newest.
"""
