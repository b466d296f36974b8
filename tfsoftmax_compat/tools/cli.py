"""The command line of the tools."""

import argparse
import io
import os
import sys
from typing import Optional

import tfsoftmax_compat
from tfsoftmax_compat.tools.migrate import command as migrate
from tfsoftmax_compat.tools.verify import command as verify

USAGE = 2
INTERRUPTED, OUTPUT_CLOSED = 130, 141  # as a shell counts SIGINT and SIGPIPE


def main(arguments: Optional[list[str]] = None) -> int:
    """Run one command.

    Args:
      arguments: the command line; None: the process's own.

    Returns:
      The exit status: 0, all is good; 1, something failed; 2, wrong usage (argparse exits with it by itself).
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a document may hold what a terminal's encoding has not
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "tfsoftmax_compat":
            raise
        return _end(
            USAGE, f"needs the tools extra (no module named {error.name}): pip install 'tfsoftmax_compat[tools]'"
        )
    except KeyboardInterrupt:
        return _end(INTERRUPTED, "interrupted")
    except BrokenPipeError:  # whoever read the output, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be flushed
        return OUTPUT_CLOSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tfsoftmax-compat",
        description="Verify documented numbers under a real TensorFlow; find and migrate TF1's softmax calls.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {tfsoftmax_compat.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify.add_parser(commands)
    migrate.add_parsers(commands)
    return parser


def _end(status: int, message: str) -> int:
    print(f"tfsoftmax-compat: {message}", file=sys.stderr)
    return status
