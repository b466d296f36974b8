"""Make text from outside safe to print: a terminal obeys the control characters in it."""


def printable(text: str) -> str:
    """Return the text without control characters and lone surrogates, with the same number of characters."""
    return "".join(map(_shown, text))


def printable_line(text: str) -> str:
    """Return the text as `printable` does, on one line: the name of a file may contain a line end."""
    return printable(text).replace("\n", "?")


def _shown(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return " " if character == "\t" else "?"
