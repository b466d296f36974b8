"""Write files completely or not at all. Python 3.6."""

import os
import shutil
import tempfile


def write_atomically(path: str, data: bytes) -> None:
    """Replace the content of a file in one step. The file keeps its mode, and a symbolic link is followed.

    Args:
      path: the file. It is created if it does not exist.
      data: the new content.

    Raises:
      OSError: the file cannot be written; it is not changed.
    """
    real = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(prefix=os.path.basename(real), dir=os.path.dirname(real))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if os.path.exists(real):
            shutil.copymode(real, temporary)
        else:  # the mode that open() would give; mkstemp lets only the owner read
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise
