"""Process files in several processes, so that a process that is ended loses only the file that it was reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from tfsoftmax_compat.tools.migrate.files import lost

if TYPE_CHECKING:
    from tfsoftmax_compat.tools.migrate.files import FileResult

_CHUNK = 4  # files that a process takes at a time


def results_in_processes(
    work: Callable[[str], FileResult | None], paths: Sequence[str], jobs: int
) -> Iterator[FileResult | None]:
    """Yield what `work` returns for each path, in order.

    Args:
      work: the function that reads a file; it can be pickled.
      paths: the files.
      jobs: the number of processes.
    """
    done = 0
    while done < len(paths):
        try:
            with ProcessPoolExecutor(min(jobs, len(paths) - done)) as pool:
                for result in pool.map(work, paths[done:], chunksize=_CHUNK):
                    yield result
                    done += 1
        except BrokenProcessPool:  # one of the next files ended its process: find out which
            for path in paths[done : done + jobs * _CHUNK]:
                yield _in_own_process(work, path)
                done += 1


def _in_own_process(work: Callable[[str], FileResult | None], path: str) -> FileResult | None:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work, path).result()
        except BrokenProcessPool:
            return lost(path)
