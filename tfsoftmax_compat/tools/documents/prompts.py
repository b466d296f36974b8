"""Sessions at a prompt, Python's (``>>> ``) or IPython's (``In [1]: ``), by the rules of doctest."""

import doctest
import re

from tfsoftmax_compat.tools.documents import PROMPT, magics
from tfsoftmax_compat.tools.documents.code import Piece

_PYTHON = re.compile(r"^[ \t]*>>>", re.MULTILINE)
_IPYTHON = re.compile(r"^[ \t]*In ?\[\d+\]: ?", re.MULTILINE)
_PARSER = doctest.DocTestParser()


def has_prompts(text: str) -> bool:
    """Whether `text` holds a session at a prompt."""
    return _PYTHON.search(text) is not None or _IPYTHON.search(text) is not None


def split(text: str) -> list[Piece]:
    """The statements typed at the prompts in `text`, each with the output below it.

    Args:
      text: sessions, and what stands around them.

    Returns:
      A piece for each statement; one without output has none documented. Statements with ``# doctest: +SKIP``, and
      IPython's magics, are left out. If doctest can't make sense of the text, all of it is one piece. That is no
      Python, and running it says where.
    """
    session = _as_doctest(text)
    try:
        examples = _PARSER.get_examples(session)
    except ValueError:
        return [Piece(0, text, "", PROMPT)]
    return [
        Piece(
            example.lineno,
            example.source,
            re.sub(r"^<BLANKLINE>$", "", example.want, flags=re.MULTILINE).removesuffix("\n") if example.want else None,
            PROMPT,
        )
        for example in examples
        if not example.options.get(doctest.SKIP) and magics.set_aside(example.source) == example.source
    ]


def _as_doctest(text: str) -> str:
    """`text`, line by line, as doctest wants it: with Python's prompts, and a space after each."""
    if _IPYTHON.search(text):
        text = _IPYTHON.sub(">>> ", text)
        text = re.sub(r"^[ \t]*\.{3,}: ?", "... ", text, flags=re.MULTILINE)
        text = re.sub(r"^[ \t]*Out ?\[\d+\]: ?", "", text, flags=re.MULTILINE)
    return re.sub(r"^([ \t]*>>>)(?=[^\s>])", r"\1 ", text, flags=re.MULTILINE)
