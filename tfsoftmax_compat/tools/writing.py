"""Write a changed file so that nothing is lost."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from tfsoftmax_compat._runtime.files import ChangedError, write_atomically


class NotWrittenError(Exception):
    """The file was not written, and why."""


def folders_of(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the folders that may be written to: those that are named, and those of the files that are named."""
    return tuple(os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path) or ".") for path in paths)


def replace_content(path: str, before: bytes, after: bytes, folders: Sequence[str]) -> None:
    """Write a file that had the content `before`.

    Args:
      path: the file.
      before: the content that was read.
      after: the new content.
      folders: from `folders_of`.

    Raises:
      NotWrittenError: the file may not be written, or something would be lost.
    """
    try:
        reason = _refusal(path, folders)
        if reason:
            raise NotWrittenError(f"not written: {reason}")
        write_atomically(path, after, expected=before)
    except ChangedError:
        raise NotWrittenError("not written: another program has changed it meanwhile; run this again") from None
    except OSError as error:
        raise NotWrittenError(f"can't be written: {error.strerror}") from None


def _refusal(path: str, folders: Sequence[str]) -> str | None:
    """Return why a file must not be replaced, or None."""
    status = os.stat(path)
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        return "it is read-only"  # also for the superuser, who may write it: the mode is there for a reason
    if status.st_nlink > 1:
        return f"it has {status.st_nlink} hard links, and the others would keep the old content"
    real = os.path.realpath(path)
    if not any(os.path.commonpath([real, folder]) == folder for folder in folders):
        return f"it is a symbolic link that leads outside, to {real}; name that file to change it"
    return None
