"""Write text into the strings of a Jupyter notebook; only the lines that change are written again."""

from __future__ import annotations

import json

from tfsoftmax_compat.tools.documents.formats.notebook import Source
from tfsoftmax_compat.tools.replacements import NotWritableError, Replacement, origins


def text_of(notebook: str, source: Source) -> str:
    """Return the text that strings of a notebook hold.

    Args:
      notebook: the text of the notebook, which is JSON.
      source: where the strings are.
    """
    return "".join(json.loads(notebook[start:end]) for start, end in source.spans)


def replacement(notebook: str, source: Source, new: str) -> Replacement:
    """Return the change of a notebook that makes `new` the text that strings of it hold.

    Args:
      notebook: the text of the notebook.
      source: where the strings are; there is at least one.
      new: their new text.

    Raises:
      NotWritableError: they cannot be written in the same form.
    """
    text = text_of(notebook, source)
    spans = source.spans
    whole = slice(spans[0][0], spans[-1][1])
    if not source.is_list:
        if _string(notebook, text) != notebook[whole]:
            raise NotWritableError("its source has JSON escapes that would not stay the same")
        return Replacement(whole.start, whole.stop, _string(notebook, new))
    old_lines, new_lines = text.splitlines(True), new.splitlines(True)
    if [json.loads(notebook[a:b]) for a, b in spans] != old_lines:
        raise NotWritableError("its source is not a list of lines")
    between = "," + notebook[source.start + 1 : spans[0][0]]
    if len(spans) > 1:
        between = notebook[spans[0][1] : spans[1][0]]
    written = [
        notebook[slice(*spans[at])] if at is not None and old_lines[at] == line else _string(notebook, line)
        for line, at in zip(new_lines, origins(old_lines, new_lines))
    ]
    return Replacement(whole.start, whole.stop, between.join(written))


def _string(notebook: str, line: str) -> str:
    return json.dumps(line, ensure_ascii=notebook.isascii())
