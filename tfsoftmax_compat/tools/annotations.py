"""GitHub's workflow commands, which GitHub shows as annotations next to lines of a file.

Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from tfsoftmax_compat.tools.printable import printable, printable_line


def annotation(level: str, path: str, line: int, title: str, message: str, column: int | None = None) -> str:
    """Return one workflow command, without a newline.

    Args:
      level: ``"error"``, ``"warning"`` or ``"notice"``.
      path: the file, relative to the folder that the workflow runs in.
      line: the line, from 1.
      title: the title of the annotation.
      message: the text, which may have several lines.
      column: the column, from 1, if it is known.
    """
    properties = {"file": path, "line": line, "col": column, "title": title}
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{level} {said}::{_data(printable(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable_line(text)).replace(":", "%3A").replace(",", "%2C")
