"""Decide quickly whether a text can contain anything to report, so that most files need not be parsed."""

from __future__ import annotations

# Each function that is reported, also misspelt, contains one of them.
_WORDS = ("softmax", "cross_entropy", "sequence_loss", "nce_loss")


def is_concerned(text: str | bytes) -> bool:
    """Return whether `text` can contain anything to report."""
    if isinstance(text, bytes):
        if b"\0" in text:  # in UTF-16 and UTF-32 the words are there between null bytes
            text = text.replace(b"\0", b"")
        return any(word.encode() in text for word in _WORDS)
    return any(word in text for word in _WORDS)
