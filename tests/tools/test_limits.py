"""The time limit ends work, and leaves the timer of a test runner as it was."""

import re
import signal
import threading
import time

import pytest

from tfsoftmax_compat.tools.limits import TimeLimitError, time_limit


@pytest.mark.parametrize("work", [lambda: time.sleep(60), lambda: re.match("(a+)+b", "a" * 40)], ids=["Python", "C"])
def test_work_is_ended(work):
    with pytest.raises(TimeLimitError), time_limit(0.1):
        work()


def test_timer_and_handler_are_as_before():
    handler = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 500)
    try:
        with time_limit(60):
            pass
        assert signal.getsignal(signal.SIGALRM) == signal.SIG_IGN
        assert 400 < signal.getitimer(signal.ITIMER_REAL)[0] <= 500
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)


def test_no_limit_in_another_thread():
    done = []

    def work():
        with time_limit(0.01):
            time.sleep(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
