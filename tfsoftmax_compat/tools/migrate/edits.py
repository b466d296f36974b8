"""Change a text token by token, so that everything else stays the same, byte by byte."""

from __future__ import annotations

import ast
from collections import defaultdict

from tokenize_rt import NON_CODING_TOKENS, UNIMPORTANT_WS, Offset, Token, src_to_tokens, tokens_to_src

from tfsoftmax_compat.tools.migrate.alignment import joined


class Edits:
    """The tokens of a source text, and the texts to insert before, after and in place of them."""

    def __init__(self, text: str) -> None:
        """Read `text`.

        Raises:
          ValueError: the text cannot be restored from its tokens.
        """
        self.tokens: list[Token] = src_to_tokens(text)
        if tokens_to_src(self.tokens) != text:
            raise ValueError("the text cannot be restored from its tokens")
        self._index: dict[Offset, int] = {}
        for index, token in enumerate(self.tokens):
            if token.src:
                self._index.setdefault(token.offset, index)
        self._before: dict[int, str] = defaultdict(str)
        self._after: dict[int, str] = defaultdict(str)
        self._in_place: dict[int, str] = {}

    def first(self, node: ast.AST) -> int:
        """Return the index of the first token of `node`.

        Raises:
          ValueError: no token starts there. Python's tokenizer and parser count lines differently, for example after a
            carriage return without a newline.
        """
        place = Offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]
        if place not in self._index:
            raise ValueError(f"line {place.line}: Python's tokenizer and parser count lines or columns differently")
        return self._index[place]

    def last(self, node: ast.AST) -> int:
        """Return the index of the last token of `node`."""
        end = (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        index = self.first(node)
        while index + 1 < len(self.tokens):
            token = self.tokens[index + 1]
            if (token.line, token.utf8_byte_offset or 0) >= end:
                break
            index += 1
        while self.tokens[index].name in NON_CODING_TOKENS or not self.tokens[index].src:
            index -= 1
        return index

    def put_before(self, index: int, text: str) -> None:
        """Insert `text` before the token, after what earlier calls inserted there."""
        self._before[index] += text

    def put_after(self, index: int, text: str) -> None:
        """Insert `text` after the token, before what earlier calls inserted there: inner brackets close first."""
        self._after[index] = text + self._after[index]

    def put_late(self, index: int, text: str) -> None:
        """Insert `text` after the token, after what earlier calls inserted there."""
        self._after[index] += text

    def has_text_after(self, index: int) -> bool:
        """Return whether something is inserted after the token."""
        return bool(self._after.get(index))

    def newline(self) -> str:
        """Return how the text ends its lines."""
        return next((t.src for t in self.tokens if t.name in ("NEWLINE", "NL") and t.src), "\n")

    def replace(self, first: int, last: int, text: str) -> None:
        """Replace the tokens `first` to `last` with `text`."""
        self._in_place.update((index, "") for index in range(first, last + 1))
        self._in_place[first] = text

    def replace_node(self, node: ast.AST, text: str) -> None:
        """Replace `node` with `text`; comments between its lines follow after it."""
        first, last = self.first(node), self.last(node)
        self.replace(first, last, text)
        for index in range(first, last + 1):
            if self.tokens[index].name == "COMMENT":
                self._in_place[index] = "  " + self.tokens[index].src
                self._in_place[index + 1] = self.tokens[index + 1].src

    def argument(self, call: ast.Call, value: ast.expr) -> tuple[int, int]:
        """Return the first and last token of the argument `value` of `call`, including parentheses around it."""
        first, last = self.first(value), self.last(value)
        opening, closing = self.opening(call), self.last(call)
        while self.next_code(first, -1) > opening and self.tokens[self.next_code(first, -1)].src == "(":
            first = self.next_code(first, -1)
        while self.next_code(last, 1) < closing and self.tokens[self.next_code(last, 1)].src == ")":
            last = self.next_code(last, 1)
        return first, last

    def opening(self, call: ast.Call) -> int:
        """Return the index of the bracket that opens the arguments of `call`."""
        index = self.next_code(self.last(call.func), 1)
        while self.tokens[index].src != "(":
            index = self.next_code(index, 1)
        return index

    def remove_item(self, first: int, last: int, is_at_end: bool = False) -> None:
        """Remove an item of a list, with a comma: the one after it, or the one before it if `is_at_end`; comments stay.

        `is_at_end` says that no item stays after this one.
        """
        comma = self.next_code(last, 1)
        if self.tokens[comma].src == "," and not is_at_end:
            following = self.next_code(comma, 1)
            between = self.tokens[comma + 1 : following]
            if not any(token.name == "COMMENT" for token in between) and self.tokens[following].src not in ")]}":
                self.replace(first, following - 1, "")
            else:
                self.replace(first, comma, "")
                if self.tokens[comma + 1].name == UNIMPORTANT_WS:
                    self.replace(comma + 1, comma + 1, "")
        else:
            before = self.next_code(first, -1)
            if self.tokens[before].src == ",":
                self.replace(before, before, "")
                if not any(token.name == "COMMENT" for token in self.tokens[before:first]):
                    first = before
            self.replace(first, last, "")

    def next_code(self, index: int, step: int) -> int:
        """Return the index of the next token that is code; with `step` -1, of the previous one."""
        index += step
        while self.tokens[index].name in NON_CODING_TOKENS or not self.tokens[index].src:
            index += step
        return index

    def end_of_line(self, index: int) -> int:
        """Return the index of the token that ends the logical line of the token at `index`."""
        while self.tokens[index].name not in ("NEWLINE", "ENDMARKER"):
            index += 1
        return index

    def start_of_line(self, index: int) -> int:
        """Return the index of the first token on the physical line of the token at `index`; it may be indentation."""
        line = self.tokens[index].line
        while index and self.tokens[index - 1].line == line:
            index -= 1
        return index

    def shares_line(self, first: int, last: int) -> bool:
        """Return whether there is other code on the lines of the statement from token `first` to `last`."""
        around = self.tokens[self.start_of_line(first) : first] + self.tokens[last + 1 : self.end_of_line(last)]
        return any(token.src.strip() and token.name != "COMMENT" for token in around)

    def indentation(self, index: int) -> str:
        """Return the white space that the line of the token at `index` starts with."""
        start = self.start_of_line(index)
        while self.tokens[start].name in ("INDENT", "DEDENT") and not self.tokens[start].src.strip(" \t\f"):
            if self.tokens[start].src:
                return self.tokens[start].src
            start += 1
        return self.tokens[start].src if self.tokens[start].name == UNIMPORTANT_WS else ""

    def result(self) -> str:
        """Return the changed text."""
        texts = (
            (self._before.get(i, ""), self._in_place.get(i, token.src), self._after.get(i, ""))
            for i, token in enumerate(self.tokens)
        )
        return joined(self.tokens, texts)
