"""``tfsoftmax-compat`` and ``python -m tfsoftmax_compat``: the way into the tools on any Python.

The tools themselves need Python 3.10. This module parses and runs on 3.6, to say so.
"""

import sys


def main() -> int:
    """Run the command line, or say in one line what keeps it from running."""
    if sys.version_info < (3, 10):
        print(
            "tfsoftmax-compat: the command line needs Python 3.10 or later, and this is Python %d.%d; install it in "
            "a newer Python and name this one with --python %s" % (sys.version_info[:2] + (sys.executable,)),
            file=sys.stderr,
        )
        return 2
    from tfsoftmax_compat.tools import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
