"""Read any document: its format goes by its file's suffix."""

import importlib
import io
import os
import re
import tokenize
from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.documents import Document, DocumentError, Example
from tfsoftmax_compat.tools.files import find_files

# The module of each format is imported when a document of it is read: --help, and the other formats, need none of it.
_FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".rst": "restructured",
    ".ipynb": "notebook",
    ".html": "html",
    ".htm": "html",
    ".py": "docstrings",
    ".txt": "plain",
}
SUFFIXES = tuple(_FORMATS)


def documents_in(paths: Sequence[str]) -> Iterator[str]:
    """The documents to read, each once: the files named, and in folders those of a known suffix, in order."""
    return find_files(paths, SUFFIXES)


def read(path: str) -> Document:
    """Read a document.

    Args:
      path: the document; examples name it as it is given.

    Raises:
      DocumentError: it can't be read, is in no known format, or not in UTF-8 (Python files may declare another
        encoding), or it isn't what its suffix says.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise DocumentError(f"{path}: its suffix is of no known format; these are known: {known}")
    try:
        with open(path, "rb") as file:
            data = file.read()
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0] if suffix == ".py" else "utf-8-sig"
        text = data.decode(encoding)
    except OSError as error:
        raise DocumentError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(f"{path}: line {line} is not {error.encoding}; convert the file to UTF-8") from None
    except SyntaxError as error:  # of the declaration of an encoding
        raise DocumentError(f"{path}: {error.msg}") from None
    # One end of lines, and none of those that some libraries count and others do not.
    text = re.sub("[\v\f\x1c-\x1e\x85\u2028\u2029]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        examples: list[Example] = importlib.import_module(f"{__package__}.formats.{_FORMATS[suffix]}").examples(
            text, path
        )
    except RecursionError:
        raise DocumentError(f"{path}: nested too deeply to be read") from None
    return Document(path, examples)
