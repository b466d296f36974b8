"""Decide quickly whether a text can contain anything to report, so that most files need not be parsed."""

from __future__ import annotations

# Each function that is reported, also misspelt, contains one of them.
_WORDS = ("softmax", "cross_entropy", "sequence_loss")


def is_concerned(text: str | bytes) -> bool:
    """Return whether `text` can contain anything to report."""
    if isinstance(text, bytes):
        return any(word.encode() in text for word in _WORDS)
    return any(word in text for word in _WORDS)
