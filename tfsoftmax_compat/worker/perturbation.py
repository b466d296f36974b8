"""Change what no document can rely on, so that a second run shows whether an output depends on it. Python 3.6."""

import datetime
import glob
import os
import random
import time
from typing import Any

import numpy

_SECONDS = 400 * 24 * 3600 + 4321.0  # another year, month, day and time of day


def perturb() -> None:
    """Set the clock that Python code reads ahead, shuffle the lists of folders' files, and fill arrays left empty."""
    for name in ("time", "perf_counter", "monotonic", "process_time"):
        setattr(time, name, _ahead(getattr(time, name)))
    for module, name in ((os, "listdir"), (glob, "glob")):
        setattr(module, name, _shuffled(getattr(module, name)))
    for name in ("localtime", "gmtime", "ctime"):
        setattr(time, name, _from_now(getattr(time, name)))
    for name in ("empty", "empty_like"):
        setattr(numpy, name, _filled(getattr(numpy, name)))
    strftime = time.strftime
    time.strftime = lambda text, moment=None: strftime(text, moment or time.localtime())
    for kind in _dates():
        setattr(datetime, kind.__name__, kind)


def _ahead(function: Any) -> Any:
    return lambda: function() + _SECONDS


def _shuffled(function: Any) -> Any:
    def shuffled(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        return random.sample(found, len(found))

    return shuffled


def _filled(function: Any) -> Any:
    def filled(*args: Any, **kwargs: Any) -> Any:
        array = function(*args, **kwargs)
        if array.dtype.kind in "iufc":  # any bytes are numbers
            array[...] = random.randrange(100)
        return array

    return filled


def _from_now(function: Any) -> Any:
    return lambda seconds=None: function(time.time() if seconds is None else seconds)


def _dates() -> Any:
    later = datetime.timedelta(seconds=_SECONDS)

    class date(datetime.date):
        @classmethod
        def today(cls) -> Any:
            day = datetime.datetime.now()
            return cls(day.year, day.month, day.day)

    class datetime_(datetime.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz) + later

        @classmethod
        def utcnow(cls) -> Any:
            return cls.now()

        @classmethod
        def today(cls) -> Any:
            return cls.now()

    for shifted, name in ((date, "date"), (datetime_, "datetime")):
        shifted.__name__ = shifted.__qualname__ = name
        shifted.__module__ = "datetime"
    return date, datetime_
