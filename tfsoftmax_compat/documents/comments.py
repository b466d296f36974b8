"""Output documented in comments: the lines after ``# output``."""

import re
from typing import Optional

_MARKER = re.compile(r"^#\s*(?:output|outputs|prints|输出)\s*[:：]?\s*$", re.IGNORECASE)


def split_output(code: str) -> tuple[str, Optional[str]]:
    """Split code from the output documented after it.

    Args:
      code: the text of a code block.

    Returns:
      The code above the marker, and the comment lines right below it without their ``#``; or all of the code and
      None where there is no marker.
    """
    lines = code.splitlines()
    for number, line in enumerate(lines):
        if _MARKER.match(line):
            comments = []
            for comment in lines[number + 1 :]:
                if not comment.startswith("#"):
                    break
                comments.append(comment[1:].removeprefix(" "))
            return "\n".join(lines[:number]) + "\n", "\n".join(comments)
    return code, None
