"""Keep lines aligned with the bracket that they continue, where a change on the bracket's line moves the bracket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tokenize_rt import UNIMPORTANT_WS, Token

_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")


@dataclass
class _Bracket:
    """An open bracket: its column before and after the change.

    `indentation` is how far its line was indented before, and `line_moved` by how much that line moves.
    """

    before: int
    after: int
    indentation: int
    line_moved: int


class _Aligned:
    """The changed text so far, and where it and the text before the change are."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._before = self._after = 0  # columns
        self._brackets: list[_Bracket] = []
        self._indentation = self._line_moved = 0  # of the line

    def add(self, token: Token, following: Token | None, texts: tuple[str, str, str]) -> None:
        """Add a token, as the texts before it, in its place and after it; `following` is the token after it."""
        before, in_place, after = texts
        self._write(before)
        if self._before == 0:
            is_blank = token.name in (UNIMPORTANT_WS, "INDENT")
            self._indentation, self._line_moved = len(token.src) if is_blank else 0, 0
            if self._brackets and following is not None:
                in_place = self._indented(token, following, in_place)
        if token.name == "OP" and token.src in _CLOSING and self._brackets:
            self._brackets.pop()
        elif token.name == "OP" and token.src in _OPENING:
            self._brackets.append(_Bracket(self._before, self._after, self._indentation, self._line_moved))
        self._write(in_place)
        self._before = _column(self._before, token.src)
        self._write(after)

    def _indented(self, token: Token, following: Token, text: str) -> str:
        """Return the white space that a line inside a bracket starts with."""
        if token.name != UNIMPORTANT_WS or text != token.src or text.strip(" ") or self._after:
            return text
        bracket = self._brackets[-1]
        if len(text) == bracket.before + 1 or (following.src in _CLOSING and len(text) == bracket.before):
            moved = bracket.after - bracket.before
        else:  # relative to a line that is indented less
            around = (each for each in reversed(self._brackets) if each.indentation <= len(text))
            moved = next((each.line_moved for each in around), 0)
        self._line_moved = max(moved, -len(text))
        return " " * (len(text) + self._line_moved)

    def _write(self, text: str) -> None:
        self.texts.append(text)
        self._after = _column(self._after, text)


def _column(column: int, text: str) -> int:
    """Return the column after `text`, which starts at `column`."""
    return len(text) - text.rfind("\n") - 1 if "\n" in text else column + len(text)


def joined(tokens: list[Token], texts: Iterable[tuple[str, str, str]]) -> str:
    """Return the changed text: for each token the texts before it, in its place and after it."""
    aligned = _Aligned()
    for index, (token, text) in enumerate(zip(tokens, texts)):
        aligned.add(token, tokens[index + 1] if index + 1 < len(tokens) else None, text)
    return "".join(aligned.texts)
