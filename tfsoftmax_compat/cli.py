"""The command line of the tools."""

import argparse
import sys
from importlib import resources
from typing import Optional

import tfsoftmax_compat
from tfsoftmax_compat.migrate import command

GOOD, BAD, USAGE = 0, 1, 2


def main(arguments: Optional[list[str]] = None) -> int:
    """Run one command.

    Args:
      arguments: the command line; None: the process's own.

    Returns:
      The exit status: 0, all is good; 1, something failed; 2, wrong usage (argparse exits with it by itself).
    """
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "tfsoftmax_compat":
            raise
        return _say(f"needs the tools extra (no module named {error.name}): pip install 'tfsoftmax_compat[tools]'")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tfsoftmax-compat",
        description="Verify documented numbers under a real TensorFlow; find and migrate TF1's softmax calls.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {tfsoftmax_compat.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify = commands.add_parser(
        "verify",
        help="run documented examples and judge the numbers they print",
        description="Run the documented examples that the package carries, in graph and in eager mode, and judge "
        "every number they print. Exit status: 0 all good, 1 something failed, 2 wrong usage.",
    )
    verify.add_argument(
        "--python",
        metavar="EXE",
        default=sys.executable,
        help="the interpreter to run the examples in, with TensorFlow 1.5 or later (default: this one)",
    )
    verify.set_defaults(run=_verify)
    command.add_parsers(commands)
    return parser


def _verify(options: argparse.Namespace) -> int:
    from rich.console import Console

    from tfsoftmax_compat.documents import markdown
    from tfsoftmax_compat.verify.judge import FAIL
    from tfsoftmax_compat.verify.report import write_text
    from tfsoftmax_compat.verify.run import WorkerError
    from tfsoftmax_compat.verify.verification import ERROR, verify

    text = resources.files(tfsoftmax_compat).joinpath("verify/documented.md").read_text(encoding="utf-8")
    try:
        environment, results = verify(options.python, markdown.examples(text, "documented.md"))
    except WorkerError as error:
        return _say(f"verify: no example could be run: {error}")
    write_text(Console(), environment, results)
    return BAD if any(result.judgement.status in (FAIL, ERROR) for result in results) else GOOD


def _say(message: str) -> int:
    print(f"tfsoftmax-compat: {message}", file=sys.stderr)
    return USAGE
