"""Make text from outside safe to print."""


def printable(text: str) -> str:
    """Return the text without control characters and lone surrogates, with the same number of characters."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return " " if character == "\t" else "?"
