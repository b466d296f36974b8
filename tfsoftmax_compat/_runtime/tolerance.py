"""The tolerance of golden values and of documented numbers. Every pytest run loads this module: it imports nothing."""

MAX_ULP = 4.0  # the default for the largest drift, in units in the last place
