"""Write files completely or not at all. Python 3.6."""

import os
import shutil
import tempfile
from typing import Dict, Optional


class ChangedError(OSError):
    """The file no longer has the bytes that it had when it was read."""


def write_atomically(path: str, data: bytes, expected: Optional[bytes] = None) -> None:
    """Replace the content of a file in one step.

    The file keeps its mode, owner and extended attributes, and a symbolic link is followed. What is no regular file,
    such as a device or a pipe, cannot be replaced: it is written to.

    Args:
      path: the file. It is created if it does not exist.
      data: the new content.
      expected: the content that the file must have just before it is replaced; None: any.

    Raises:
      ChangedError: the file does not have the expected content; it is not changed.
      OSError: the file cannot be written, or not with its owner and attributes; it is not changed.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as device:
            device.write(data)
        return
    real = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(prefix=os.path.basename(real), dir=os.path.dirname(real))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if os.path.exists(real):
            _copy_properties(real, temporary)
        else:  # the mode that open() would give; mkstemp lets only the owner read
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, 0o666 & ~mask)
        if expected is not None and _content(real) != expected:
            raise ChangedError("%s was changed by another program" % path)
        os.replace(temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise


def _copy_properties(source: str, target: str) -> None:
    """Give one file the owner, extended attributes and mode of another."""
    old, new = os.stat(source), os.stat(target)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        os.chown(target, old.st_uid, old.st_gid)
    attributes = _attributes(target)
    for name, value in _attributes(source).items():
        if attributes.get(name) != value:  # the system gives a new file some of them, and may refuse to set those
            os.setxattr(target, name, value)
    shutil.copymode(source, target)  # last, since a change of the owner may change the mode


def _attributes(path: str) -> Dict[str, bytes]:
    """Return the extended attributes of a file; none on systems and file systems that have none."""
    try:
        return {name: os.getxattr(path, name) for name in os.listxattr(path)}
    except (AttributeError, OSError):
        return {}


def _content(path: str) -> Optional[bytes]:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
