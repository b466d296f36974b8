"""What the commands' options share: types of numbers for `argparse`. An error says what the number must be."""

import argparse


def add_show_config(parser: argparse.ArgumentParser) -> None:
    """Add ``--show-config``."""
    parser.add_argument(
        "--show-config",
        action="store_true",
        help="print the options that pyproject.toml, setup.cfg or tox.ini may set, their values and where those come "
        "from, and exit",
    )


def count(text: str) -> int:
    """Return a whole number, 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number, 1 or more, not {text}")
    return int(text)


def shard(text: str) -> tuple[int, int]:
    """Return the number of a part and the number of parts: ``2/5``."""
    number, slash, parts = text.partition("/")
    if not (slash and number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise argparse.ArgumentTypeError(f"must be a part and the number of parts, such as 2/5, not {text}")
    return int(number), int(parts)


def positive(text: str) -> float:
    """Return a number above 0."""
    number = _number(text)
    if not number > 0:
        raise argparse.ArgumentTypeError(f"must be more than 0, not {text}")
    return number


def not_negative(text: str) -> float:
    """Return a number, 0 or more."""
    number = _number(text)
    if not number >= 0:
        raise argparse.ArgumentTypeError(f"must be 0 or more, not {text}")
    return number


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, not {text}") from None
