"""What the options of ``verify`` ask for: documents, interpreters and settings; and how the command ends."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

from tfsoftmax_compat.tools.printable import printable_line
from tfsoftmax_compat.tools.verify.settings import MODES, Settings

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.documents import Document, DocumentError

GOOD, BAD, USAGE = 0, 1, 2  # exit statuses
_PACKAGED = "documented.md"


class UsageError(Exception):
    """The options cannot be carried out. The message says why."""


def say(sentence: str) -> None:
    """Print a sentence on standard error."""
    print(f"tfsoftmax-compat: {printable_line(sentence)}", file=sys.stderr)


def documents_of(
    paths: Sequence[str], is_included: Callable[[str], bool], shard: tuple[int, int] | None
) -> tuple[list[Document], list[DocumentError]]:
    """Return what was read of each document, and what is wrong with those that cannot be read.

    Args:
      paths: documents and folders; none for the document of this package.
      is_included: whether a document is to be read.
      shard: K and N for the K-th of N parts of the documents; None for all.
    """
    from tfsoftmax_compat.tools.documents import Document, DocumentError, reading

    if not paths:
        with resources.as_file(resources.files("tfsoftmax_compat.tools.verify").joinpath(_PACKAGED)) as path:
            packaged = reading.read(str(path)).examples
            return [Document(_PACKAGED, [replace(example, document=_PACKAGED) for example in packaged])], []
    documents: list[Document] = []
    unreadable: list[DocumentError] = []

    def not_searched(error: OSError) -> None:
        if is_included(error.filename):
            unreadable.append(DocumentError(f"{error.filename}: can't be read: {error.strerror}"))

    included = filter(is_included, reading.documents_in(paths, not_searched))
    number, parts = shard or (1, 1)
    for document in itertools.islice(included, number - 1, None, parts):
        try:
            documents.append(reading.read(document))
        except DocumentError as error:
            unreadable.append(error)
    return documents, unreadable


def interpreters_of(arguments: argparse.Namespace) -> tuple[list[str], list[Exception]]:
    """Return the interpreters asked for, each once, and why some cannot be had.

    The environments of releases are made if they are not there yet.
    """
    made: list[str] = []
    not_made: list[Exception] = []
    if arguments.tf:
        from concurrent.futures import ThreadPoolExecutor

        from tfsoftmax_compat.tools.verify.environments import NoEnvironmentError, python_with
        from tfsoftmax_compat.tools.verify.releases import release_named

        names = list(dict.fromkeys(itertools.chain(*arguments.tf)))

        def making(name: str) -> None:
            say(f"making the environment of TensorFlow {name}, {names.index(name) + 1} of {len(names)}")

        with ThreadPoolExecutor(arguments.jobs) as pool:  # each thread waits for uv
            for future in [pool.submit(python_with, release_named(name), making) for name in names]:
                try:
                    made.append(future.result())
                except NoEnvironmentError as error:
                    not_made.append(error)
    asked = list(dict.fromkeys(made + arguments.python))
    return asked or ([] if not_made else [sys.executable]), not_made


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Return how to verify.

    Raises:
      IsolationError: the examples cannot be isolated here.
    """
    from tfsoftmax_compat.tools.verify import isolation

    if arguments.isolate:
        isolation.check()
    return Settings(
        modes=MODES[arguments.mode],
        max_ulp=arguments.max_ulp,
        timeout=arguments.timeout,
        jobs=arguments.jobs,
        error_types_only=arguments.errors == "type",
        isolate=arguments.isolate,
    )
