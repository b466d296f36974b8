"""``verify --watch``: verify documents again whenever they are saved, in interpreters that stay open."""

import argparse
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from tfsoftmax_compat.tools.documents import Document, DocumentError, reading
from tfsoftmax_compat.tools.patterns import excludes_none
from tfsoftmax_compat.tools.verify.choices import GOOD, USAGE, UsageError, interpreters_of, say, settings_of
from tfsoftmax_compat.tools.verify.interpreter import WorkerError
from tfsoftmax_compat.tools.verify.reports.formats import text
from tfsoftmax_compat.tools.verify.results import Result
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.tools.verify.verification import Targets

_LOOK_MILLISECONDS = 20  # how often changes are looked for
_FIRST_MILLISECONDS = 200
_WAIT_MILLISECONDS = 100  # for more changes after the first: an editor may write a file in several steps


def run(arguments: argparse.Namespace) -> int:
    """Verify documents whenever they are saved, until Ctrl-C, and return the exit status."""
    others = (arguments.list, arguments.accept, arguments.diff, arguments.shard, arguments.output)
    if not arguments.paths or any(others) or arguments.format != "text":
        raise UsageError(
            "--watch needs the paths of documents or folders, and prints text; it takes no --list, --accept, --diff, "
            "--shard, --output or --format"
        )
    missing = [path for path in arguments.paths if not os.path.exists(path)]
    if missing:
        raise UsageError(f"{missing[0]}: there is no such file or folder")
    pythons, not_made = interpreters_of(arguments)
    for error in not_made:
        say(str(error))
    if not_made:
        return USAGE
    runs = watched(arguments.paths, excludes_none(arguments.exclude), pythons, settings_of(arguments), say)
    try:
        for documents, results in runs:
            if documents:
                text.write(results, documents, sys.stdout)
                sys.stdout.flush()
            say("watching; Ctrl-C ends it")
    except WorkerError as error:
        raise UsageError(str(error)) from error
    except KeyboardInterrupt:
        return GOOD
    finally:
        runs.close()
    return GOOD


def watched(
    paths: Sequence[str],
    is_included: Callable[[str], bool],
    pythons: Sequence[str],
    settings: Settings,
    say: Callable[[str], None],
) -> Generator[tuple[list[Document], list[Result]], None, None]:
    """Yield documents and their results: first all, and then those that were saved, as often as that happens.

    Args:
      paths: documents, and folders of documents. New documents in a folder are verified too.
      is_included: whether a document is to be verified.
      pythons: the interpreters, each with TensorFlow installed. They run until the iterator is closed.
      settings: how to verify.
      say: called with a sentence for each document that cannot be read.

    Raises:
      WorkerError: an interpreter cannot be started.
    """
    with Targets(pythons, settings.isolate) as targets:
        contents: dict[str, bytes] = {}
        for saved in _saved(paths, is_included):
            documents = []
            for path in saved:
                content = _content(path)
                if content is None or contents.get(path) == content:  # it is gone, or only its date has changed
                    continue
                contents[path] = content
                try:
                    documents.append(reading.read(path))
                except DocumentError as error:
                    say(str(error))
            if documents:
                yield documents, targets.verify(documents, settings)


def _saved(paths: Sequence[str], is_included: Callable[[str], bool]) -> Iterator[list[str]]:
    """Yield the paths of documents, as `reading.documents_in` names them: first all, and then those that were saved."""

    def everything() -> list[str]:
        return [path for path in reading.documents_in(paths, lambda error: None) if is_included(path)]

    yield everything()
    files = {os.path.realpath(path): path for path in paths if not os.path.isdir(path)}
    folders = {os.path.realpath(path): path for path in paths if os.path.isdir(path)}

    def named(changed: str) -> str | None:
        if changed in files:
            return files[changed]
        for folder, name in folders.items():
            if Path(folder) in Path(changed).parents and changed.endswith(reading.SUFFIXES):
                return os.path.join(name, os.path.relpath(changed, folder))
        return None

    # The folder of a file, because many editors replace a file by another.
    roots = {*folders, *map(os.path.dirname, files)}
    changes = watch(
        *roots,
        watch_filter=None,
        step=_LOOK_MILLISECONDS,
        debounce=_WAIT_MILLISECONDS,
        rust_timeout=_FIRST_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    next(changes)  # begins to watch; what was saved before that is not among the changes
    yield everything()
    for several in changes:
        names = {named(path) for change, path in several if change != Change.deleted}
        yield sorted(name for name in names if name is not None and is_included(name))


def _content(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None
