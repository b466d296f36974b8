"""Write files completely or not at all. Python 3.6 and later."""

import os
import shutil
import tempfile


def write_atomically(path: str, data: bytes) -> None:
    """Replace the content of a file in one step. Its mode stays, and a symbolic link is followed.

    Args:
      path: the file; it need not exist.
      data: its new content.

    Raises:
      OSError: the file cannot be written. It is unchanged.
    """
    real = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(prefix=os.path.basename(real), dir=os.path.dirname(real))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if os.path.exists(real):
            shutil.copymode(real, temporary)
        else:  # the mode that open() gives; mkstemp gives one for the owner only
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise
