"""What ``verify --list`` shows: the code that would run, and what would not be verified."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import TextIO

from tfsoftmax_compat.tools.documents import Document, Example
from tfsoftmax_compat.tools.printable import printable, printable_line
from tfsoftmax_compat.tools.verify.account import account
from tfsoftmax_compat.tools.verify.reports.data import VERSION, document_data, example_data
from tfsoftmax_compat.tools.verify.verification import to_run

FORMATS = ("text", "json")


def write(documents: Sequence[Document], list_format: str, file: TextIO) -> None:
    """Write the list.

    Args:
      documents: what was read.
      list_format: one of `FORMATS`.
      file: where to write.
    """
    if list_format == "json":
        file.write(json.dumps(_data(documents), indent=2) + "\n")
    else:
        file.writelines(line + "\n" for line in _lines(documents))


def _data(documents: Sequence[Document]) -> dict[str, object]:
    """The list as the JSON report would have it, with what each document says of running an example."""
    return {
        "version": VERSION,
        "documents": [document_data(document) for document in documents],
        "examples": [
            {**example_data(example), "skip": example.skip, "skip_if": example.skip_if}
            for document in documents
            for example in to_run(document.examples)
        ],
    }


def _lines(documents: Sequence[Document]) -> Iterator[str]:
    for document in documents:
        run = dict.fromkeys(to_run(document.examples))
        for example in run:
            yield from _block(document.path, example.line, _note(example), example.code)
        for example in document.examples:
            if example not in run:
                yield from _block(document.path, example.line, " (not run: no documented output below)", example.code)
        for block in document.unattributed:
            yield from _block(document.path, block.line, " (could be output, belongs to no code)", block.text)
    yield from account(documents)


def _note(example: Example) -> str:
    note = f" (skipped: {example.skip})" if example.skip else ""
    if example.skip_if:
        note += f" (skipped where {example.says.when or example.skip_if})"
    if example.documented is None:
        note += " (no documented output)"
    return note


def _block(path: str, line: int, note: str, text: str) -> Iterator[str]:
    yield printable_line(f"{path}:{line}:{note}")
    yield textwrap.indent(printable(text.strip("\n")), "    ")
