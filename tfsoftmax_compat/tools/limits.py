"""A limit on the time that a piece of work may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class TimeLimitError(BaseException):
    """The work took too long. It is no `Exception`, so that code that handles all of those does not go on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Limit the time that the body of a ``with`` statement may take.

    There is no limit outside the main thread, and on systems that have no timers, such as Windows.

    Raises:
      TimeLimitError: the time is over.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def end(*arguments: object) -> NoReturn:
        raise TimeLimitError

    handler = signal.signal(signal.SIGALRM, end)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)  # a test runner may have set one
        signal.signal(signal.SIGALRM, handler)
