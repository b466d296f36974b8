"""GitHub's workflow commands, which it shows beside the lines of a change.

Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""


def annotation(level: str, path: str, line: int, title: str, message: str, column: int | None = None) -> str:
    """One workflow command, without a line's end.

    Args:
      level: ``"error"``, ``"warning"`` or ``"notice"``.
      path: the file, from the folder that the workflow runs in.
      line: the line, from 1.
      title: what stands above the message.
      message: may have several lines.
      column: the column, from 1, if it is known.
    """
    properties = {"file": path, "line": line, "col": column, "title": title}
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{level} {said}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
