"""What an example printed, fit to be printed again."""


def printable(text: str) -> str:
    """The text with nothing that a terminal obeys, and no halves of characters; each character stays one."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return " " if character == "\t" else "?"
