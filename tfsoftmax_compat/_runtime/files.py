"""Files, written whole or not at all. Python 3.6 and later."""

import os
import shutil
import tempfile


def write_atomically(path: str, data: bytes) -> None:
    """Put `data` in place of the file's content in one step, keeping its mode; a symbolic link is followed.

    Args:
      path: the file, which need not exist yet.
      data: its new content.

    Raises:
      OSError: it cannot be written; it is as it was.
    """
    real = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(prefix=os.path.basename(real), dir=os.path.dirname(real))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if os.path.exists(real):
            shutil.copymode(real, temporary)
        else:  # as open() would make it; mkstemp's are for the owner alone
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise
