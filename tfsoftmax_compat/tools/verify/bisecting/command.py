"""Carry out ``verify --bisect``."""

import argparse
import itertools

from tfsoftmax_compat.tools.verify.bisecting.bisection import bisect
from tfsoftmax_compat.tools.verify.choices import BAD, GOOD, UsageError, say, settings_of
from tfsoftmax_compat.tools.verify.releases import RELEASES


def run(arguments: argparse.Namespace) -> int:
    """Find out between which releases the outputs of a document moved, and return the exit status."""

    def show(line: str) -> None:
        print(line, flush=True)

    def making(name: str) -> None:
        say(f"making the environment of TensorFlow {name}")

    if arguments.paths or arguments.python or arguments.output or arguments.format != "text":
        raise UsageError(
            "--bisect names the one document, runs releases, and prints text; it takes no other PATH, "
            "no --python, --output or --format"
        )
    releases = list(itertools.chain(*arguments.tf)) or list(RELEASES)
    return GOOD if bisect(arguments.bisect, releases, settings_of(arguments), show, making) else BAD
