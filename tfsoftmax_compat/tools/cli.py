"""The command line of the tools."""

import argparse
import io
import os
import sys

import tfsoftmax_compat
from tfsoftmax_compat.tools.migrate import command as migrate
from tfsoftmax_compat.tools.verify import command as verify

USAGE = 2
INTERRUPTED, OUTPUT_CLOSED = 130, 141  # 128 plus SIGINT and SIGPIPE, as in a shell


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Args:
      arguments: the command line; None for the arguments of this process.

    Returns:
      The exit status: 0 if all is good, 1 if something failed, 2 for wrong usage.

    Raises:
      SystemExit: argparse has printed the help, or found a wrong option.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # documents may have characters that the terminal lacks
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    from tfsoftmax_compat.tools import configuration  # here, so that --help is fast

    try:
        origins = configuration.configure(options, _given(arguments))
        if options.show_config:
            print(*configuration.shown(options, origins), sep="\n")
            return 0
        return options.run(options)
    except configuration.ConfigurationError as error:
        return _end(USAGE, str(error))
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "tfsoftmax_compat":
            raise
        return _end(
            USAGE, f"needs the tools extra (no module named {error.name}): pip install 'tfsoftmax_compat[tools]'"
        )
    except KeyboardInterrupt:
        return _end(INTERRUPTED, "interrupted")
    except BrokenPipeError:  # the program that reads the output, such as head, has ended
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes it at exit
        return OUTPUT_CLOSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tfsoftmax-compat",
        description="Verify documented numbers with real TensorFlow releases; find and migrate TF1's softmax calls.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {tfsoftmax_compat.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify.add_parser(commands)
    migrate.add_parsers(commands)
    return parser


def _given(arguments: list[str] | None) -> set[str]:
    """Return the destinations of the options that the command line gives."""
    parser = _parser()
    command = parser.parse_args(arguments).parser
    for action in command._actions:
        action.default = argparse.SUPPRESS
    return set(vars(parser.parse_args(arguments)))


def _end(status: int, message: str) -> int:
    print(f"tfsoftmax-compat: {message}", file=sys.stderr)
    return status
