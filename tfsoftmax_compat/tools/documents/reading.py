"""Read any document: the suffix of its file says its format."""

import io
import os
import re
import stat
import tokenize
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from tfsoftmax_compat.tools import faults
from tfsoftmax_compat.tools.documents import Document, DocumentError, blocks, formats
from tfsoftmax_compat.tools.documents.block import Block
from tfsoftmax_compat.tools.documents.formats import Format
from tfsoftmax_compat.tools.documents.vocabulary import DirectiveError
from tfsoftmax_compat.tools.files import find_files
from tfsoftmax_compat.tools.limits import TimeLimitError, time_limit
from tfsoftmax_compat.tools.plugins import modules_in

_FORMATS = {
    suffix: each for each in (cast(Format, module) for module in modules_in(formats)) for suffix in each.SUFFIXES
}
SUFFIXES = tuple(_FORMATS)
# Those of formats in which the code that is read is not literally what the file has, or is not marked as code.
NOT_REWRITTEN = (".html", ".htm", ".txt")
_MOST_SECONDS = 60  # to read one document


def documents_in(paths: Sequence[str], on_error: Callable[[OSError], None]) -> Iterator[str]:
    """Yield the documents to read, each once: the files named, and in folders those of a known suffix, in order.

    Args:
      paths: files and folders.
      on_error: called for each folder that cannot be read; see `find_files`.
    """
    return find_files(paths, SUFFIXES, on_error)


def read(path: str, data: bytes | None = None) -> Document:
    """Read a document.

    Args:
      path: the document; examples name it as it is given.
      data: its content, to be read instead of the file.

    Raises:
      DocumentError: it can't be read, or not in a minute, is in no known format, or not in UTF-8 (Python files may
        declare another encoding), or it isn't what its suffix says.
    """
    with _limits(path):
        return blocks.document(_blocks(path, data), path)


def code_blocks(path: str) -> list[blocks.Code]:
    """Return the blocks of Python in a document, in its order, as the document has them.

    They are what `read` makes examples of, before Python 2 is converted: each has its `block` (text, lines, language)
    and says whether it is a session at prompts (`is_session`), whose statements are its `pieces`.

    Args:
      path: the document.

    Raises:
      DocumentError: as for `read`.
    """
    with _limits(path):
        return list(blocks.code_in(_blocks(path)))


@contextmanager
def _limits(path: str) -> Iterator[None]:
    """Have one document neither hold up nor end the work on the others, whatever is in it."""
    try:
        with time_limit(_MOST_SECONDS):
            yield
    except DocumentError:
        raise
    except DirectiveError as error:
        raise DocumentError(f"{path}:{error.line or 1}: {error}") from None
    except TimeLimitError:
        raise DocumentError(f"{path}: can't be read in {_MOST_SECONDS} seconds") from None
    except RecursionError:
        raise DocumentError(f"{path}: nested too deeply to be read") from None
    except Exception as error:
        raise DocumentError(f"{path}: can't be read: {faults.described(error)}") from error


def _blocks(path: str, data: bytes | None = None) -> list[Block]:
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in _FORMATS:
        raise DocumentError(f"{path}: its suffix is of no known format; these are known: {', '.join(_FORMATS)}")
    found = _FORMATS[suffix]
    return list(found.blocks(_text(path, suffix, found.MOST_BYTES, data), path))


def _content(path: str, most_bytes: int) -> bytes:
    """Return the content of a regular file; of one that is larger than `most_bytes`, one byte more."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise DocumentError(f"{path}: can't be read: it is not a regular file")
    with open(path, "rb") as file:
        return file.read(most_bytes + 1)


def _text(path: str, suffix: str, most_bytes: int, data: bytes | None) -> str:
    """Return the text of a document; every line of it ends in a newline."""
    try:
        data = _content(path, most_bytes) if data is None else data
        if len(data) > most_bytes:
            raise DocumentError(
                f"{path}: is larger than {most_bytes // 1_000_000} MB, the most that is read of {suffix}"
            )
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0] if suffix == ".py" else "utf-8-sig"
        text = data.decode(encoding)
    except OSError as error:
        raise DocumentError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DocumentError(f"{path}: line {line} is not {error.encoding}; convert the file to UTF-8") from None
    except (SyntaxError, LookupError, UnicodeError) as error:  # of the declaration of an encoding, or the encoding
        raise DocumentError(f"{path}: {error}") from None
    # One end of lines, and none of those that some libraries count and others do not.
    return re.sub("[\v\f\x1c-\x1e\x85\u2028\u2029]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
