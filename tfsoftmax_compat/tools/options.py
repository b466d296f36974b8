"""Numbers on the command line, with words for what they must be."""

import argparse


def count(text: str) -> int:
    """A whole number, 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more, not %s" % text)
    return int(text)


def positive(text: str) -> float:
    """A number above 0."""
    number = _number(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("must be more than 0, not %s" % text)
    return number


def not_negative(text: str) -> float:
    """A number, 0 or more."""
    number = _number(text)
    if not number >= 0:
        raise argparse.ArgumentTypeError("must be 0 or more, not %s" % text)
    return number


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a number, not %s" % text) from None
