"""What to say of an exception that the tools did not expect."""

import traceback
from pathlib import Path


def described(error: BaseException) -> str:
    """Return a sentence that names an unexpected exception and where it was raised."""
    what = "".join(traceback.format_exception_only(type(error), error)).strip()
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"a fault of tfsoftmax-compat, please report it: {what} ({Path(where.filename).name}, line {where.lineno})"
