"""What IPython adds to Python: ``%magic``, ``!shell`` and ``name?`` lines, set aside so that the rest is Python."""

import re
from collections.abc import Callable

from tfsoftmax_compat.tools.documents.code import try_parse

_IS_MAGIC = re.compile(r"\s*(?:[%!?]|[\w, ]+=\s*[%!]|[\w.*%\[\]'\"]+\?{1,2}\s*$)")
_PYTHON_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")


def is_other_language(code: str) -> bool:
    """Whether a cell is no Python at all, by the ``%%magic`` on its first line that is no comment."""
    lines = (line for line in code.split("\n") if line.strip() and not line.lstrip().startswith("#"))
    words = next(lines, "").split(None, 1)
    return bool(words) and words[0].startswith("%%") and words[0] not in _PYTHON_MAGICS


def _comment(magic: str) -> str:
    return "pass  # " + magic


def set_aside(code: str, stand_in: Callable[[str], str] = _comment) -> str:
    """Replace each line that only IPython takes by a Python statement; it may go on behind a backslash.

    Args:
      code: the code of a cell.
      stand_in: makes the statement from the line, without its indentation; by default a ``pass`` with the line as its
        comment.

    Returns:
      The code, with as many lines; as it is if it is Python already.
    """
    if try_parse(code) is not None:
        return code
    lines = code.split("\n")
    indentation: str | None = None  # of the magic that goes on in the next line
    for number, line in enumerate(lines):
        if indentation is None or not line.startswith(indentation):
            if not _IS_MAGIC.match(line):
                indentation = None
                continue
            indentation = line[: len(line) - len(line.lstrip())]
        lines[number] = indentation + stand_in(line[len(indentation) :])
        if not line.endswith("\\"):
            indentation = None
    return "\n".join(lines)
