"""Decide quickly whether a text can contain anything to report, so that most files need not be parsed."""

from __future__ import annotations

import re
import unicodedata

# Each function that is reported, also misspelt, contains one of them.
_WORDS = (b"softmax", b"cross_entropy", b"sequence_loss", b"nce_loss", b"losses.Reduction", b"losses import Reduction")
# A name can be put together from pieces where a text is run, or where attributes are looked up by their names.
_BY_TEXT = re.compile(
    rb"(?<![.\w])(?:eval|exec|getattr|vars)\b|\bbuiltins\b|__dict__|__getattribute__|getmembers|attrgetter|methodcaller"
    rb"|\.(?:nn|losses)\s*(?:[,)\]}]|$)",  # handed on: f(tf.nn)
    re.MULTILINE,
)
_COMMENT_LINES = re.compile(
    rb"^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?[ \t]*#.*$", re.MULTILINE
)  # after a byte order mark too


def is_concerned(text: str | bytes) -> bool:
    """Return whether `text` can contain anything to report. Lines that are comments do not count."""
    data = text.encode(errors="replace") if isinstance(text, str) else text
    if b"\0" in data:  # in UTF-16 and UTF-32 the words are there between null bytes
        data = data.replace(b"\0", b"")
    if not data.isascii():  # to Python, a name in another form of its letters is the same: ｓｏｆｔｍａｘ
        text = unicodedata.normalize("NFKC", data.decode(errors="surrogateescape"))
        data = text.encode(errors="surrogateescape")
    return _has_word(data) and _has_word(_COMMENT_LINES.sub(b"", data))


def _has_word(data: bytes) -> bool:
    return any(word in data for word in _WORDS) or (b"tensor" in data and _BY_TEXT.search(data) is not None)
