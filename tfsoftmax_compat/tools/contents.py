"""Read files as bytes and as text, so that the text gives the same bytes back."""

from __future__ import annotations

import os
import stat
import tokenize

PYTHON = (".py", ".pyi")
_MOST_BYTES = 200_000_000  # that are read; document formats have their own limits below it
_MOST_BYTES_OF_PYTHON = 10_000_000  # that are parsed


class UnreadableError(Exception):
    """The file cannot be read, and why."""


def read_bytes(path: str) -> bytes:
    """Read a regular file.

    Raises:
      UnreadableError: it is another kind of file, such as a pipe, or it is too large.
      OSError: it cannot be read.
    """
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("it is not a regular file")
    if status.st_size > _MOST_BYTES:
        raise UnreadableError(f"it is larger than {_MOST_BYTES // 1_000_000} MB")
    with open(path, "rb") as file:
        return file.read(_MOST_BYTES)


def decoded(path: str, data: bytes) -> tuple[str, str]:
    """Return the text of a file, with its byte order mark, and its encoding.

    Raises:
      UnreadableError: it is too large, not in its encoding, or its text does not give its bytes back.
    """
    if is_python(path) and len(data) > _MOST_BYTES_OF_PYTHON:
        raise UnreadableError(f"it is larger than {_MOST_BYTES_OF_PYTHON // 1_000_000} MB, the most that is parsed")
    if b"\0" in data:
        raise UnreadableError("it contains null bytes, as text in UTF-16 does: convert it to UTF-8")
    try:
        encoding = _encoding(path, data)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start} is not {error.encoding}") from None
    except (SyntaxError, LookupError, UnicodeError) as error:  # of the declaration of an encoding, or the encoding
        raise UnreadableError(str(error)) from None
    try:
        is_same = text.encode(encoding) == data
    except UnicodeError:
        is_same = False
    if not is_same:  # more than one sequence of bytes stands for the same characters
        raise UnreadableError(f"its bytes in {encoding} cannot be restored from its text: convert it to UTF-8")
    return text, encoding


def is_python(path: str) -> bool:
    """Return whether the suffix of a file is one of Python's."""
    return os.path.splitext(path)[1].lower() in PYTHON


def _encoding(path: str, data: bytes) -> str:
    """Return the encoding that gives the same bytes back; a byte order mark stays in the text."""
    if not is_python(path):
        return "utf-8"
    lines = iter(data.splitlines(True)[:2])
    encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
    return "utf-8" if encoding == "utf-8-sig" else encoding
