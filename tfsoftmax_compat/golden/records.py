"""The files that golden values are recorded in: one per test module, in a folder `golden` next to it.

{"version": 1,
 "tests": {"test_loss[graph]": {"provenance": {"tensorflow": "1.15.5", ...},
                                "values": {"loss": {"dtype": "float32", "shape": [1],
                                                    "elements": ["0x3d9f1753 0.07768121"]}}}}}
"""

import contextlib
import json
import os
from typing import Any, Dict, Iterator, List, Tuple

import numpy as np

from tfsoftmax_compat._runtime.files import write_atomically
from tfsoftmax_compat.golden.values import FLOATS, bits_of
from tfsoftmax_compat.worker import provenance

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

VERSION = 1


class RecordError(Exception):
    """A file is not a valid record of golden values. The message says which file, where it is wrong, and what to do."""


def path_for(module: str) -> str:
    """Return the file for a test module: ``tests/golden/test_loss.json`` for ``tests/test_loss.py``."""
    folder, name = os.path.split(module)
    return os.path.join(folder, "golden", os.path.splitext(name)[0] + ".json")


def read(path: str) -> Dict[str, Any]:
    """Read the recorded tests.

    Returns:
      For each test's name ``{"provenance": {...}, "values": {...}}``, as in the file; {} if there is no file.

    Raises:
      RecordError: the file cannot be read, or is not one that :func:`write` wrote.
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        content = json.loads(text, object_pairs_hook=_without_duplicates)
        _check(content)
        return content["tests"]
    except FileNotFoundError:
        return {}
    except RecursionError:
        reason = "its JSON is nested too deeply"
    except OSError as error:
        reason = error.strerror or str(error)
    except ValueError as error:
        reason = _conflict(text) or str(error) if isinstance(error, json.JSONDecodeError) else str(error)
    raise RecordError(
        "%s: not a valid record of golden values: %s; restore the file, or delete it and record the values again with "
        "--golden-update" % (path, reason)
    )


def write(path: str, tests: Dict[str, Any]) -> None:
    """Write the recorded tests into an existing folder; delete the file if there are none."""
    if not tests:
        if os.path.exists(path):
            os.unlink(path)
        return
    text = json.dumps({"version": VERSION, "tests": tests}, indent=1, sort_keys=True) + "\n"
    write_atomically(path, text.encode("ascii"))


def update(path: str, measured: Dict[str, Any], origin: Dict[str, Any]) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """Replace the records of some tests. The other tests in the file stay, also those that another process records.

    Args:
      path: the file, from :func:`path_for`.
      measured: for each test its values by name, from :meth:`.Value.to_json`. A test without values is removed.
      origin: the provenance of the values.

    Returns:
      The tests in the file before, and now.

    Raises:
      RecordError: the existing file is not a valid record; it is not changed.
      OSError: the file cannot be written; it is not changed.
    """
    folder = os.path.dirname(path)
    if any(measured.values()):
        os.makedirs(folder, exist_ok=True)
    with _only_writer(folder):
        before = read(path)
        tests = {name: test for name, test in before.items() if name not in measured}
        tests.update({name: {"provenance": origin, "values": values} for name, values in measured.items() if values})
        if tests != before:
            write(path, tests)
    return before, tests


@contextlib.contextmanager
def _only_writer(folder: str) -> Iterator[None]:
    """Wait until no other process updates files in the folder, and keep others from it. Windows has no such lock."""
    if fcntl is None or not os.path.isdir(folder):
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _without_duplicates(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    """Return an object of JSON. A key that is there twice, as after a wrong merge, is an error."""
    content = dict(pairs)
    if len(content) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError("the key %r is there twice" % next(key for key in keys if keys.count(key) > 1))
    return content


def _conflict(text: str) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(("<<<<<<< ", "=======", ">>>>>>> ")):
            return "line %d is a merge conflict marker" % number
    return ""


def _check(content: Any) -> None:
    """Check that the content of a file has the form that :func:`write` gives it.

    Raises:
      ValueError: it has not; the message says at which key.
    """
    version = _member(content, "version", (int,), "")
    if version != VERSION:
        raise ValueError("its version is %s, and this tfsoftmax_compat reads %d" % (version, VERSION))
    for name, test in _member(content, "tests", (dict,), "").items():
        place = "tests / %s" % name
        origin = _member(test, "provenance", (dict,), place)
        for key, types in provenance.TYPES.items():
            _member(origin, key, types, place + " / provenance")
        for value_name, value in _member(test, "values", (dict,), place).items():
            _check_value(value, "%s / values / %s" % (place, value_name))


def _check_value(value: Any, place: str) -> None:
    """Check what :meth:`.Value.to_json` returned: the dtype, the number of elements, and each element."""
    dtype = _member(value, "dtype", (str,), place)
    shape = _member(value, "shape", (list,), place)
    elements = _member(value, "elements", (list,), place)
    if dtype not in FLOATS and dtype not in _RANGES:
        raise ValueError("%s / dtype: %r is not the name of a dtype that can be recorded" % (place, dtype))
    size = 1
    for length in shape:
        if type(length) is not int or length < 0:
            raise ValueError("%s / shape: %r is not a length" % (place, length))
        size *= length
    if len(elements) != size:
        raise ValueError("%s / elements: %d elements do not fit the shape %s" % (place, len(elements), shape))
    for index, element in enumerate(elements):
        if not _is_element(element, dtype):
            raise ValueError("%s / elements / %d: %r is not an element of %s" % (place, index, element, dtype))


# The smallest and the largest element of each dtype that is not a float.
_RANGES: Dict[str, Any] = {np.dtype(code).name: np.iinfo(code) for code in np.typecodes["AllInteger"]}
_RANGES["bool"] = None


def _is_element(element: Any, dtype: str) -> bool:
    if dtype == "bool":
        return isinstance(element, bool)
    if dtype in _RANGES:
        return type(element) is int and _RANGES[dtype].min <= element <= _RANGES[dtype].max
    try:
        return 0 <= bits_of(element) <= np.iinfo(FLOATS[dtype].bits).max
    except (AttributeError, ValueError):  # it is not text, or not hexadecimal
        return False


def _member(content: Any, key: str, types: Tuple[type, ...], place: str) -> Any:
    """Return `content[key]`.

    Raises:
      ValueError: `content` is not an object, has no such key, or has another type of value there.
    """
    where = place or "the file"
    if not isinstance(content, dict):
        raise ValueError("%s: expected an object, found %s" % (where, _JSON_NAMES[type(content)]))
    if key not in content:
        raise ValueError("%s: the key %r is missing" % (where, key))
    if type(content[key]) not in types:  # exactly: to Python, true is an int as well
        expected = " or ".join(_JSON_NAMES[one] for one in types)
        where = "%s / %s" % (place, key) if place else key
        raise ValueError("%s: expected %s, found %s" % (where, expected, _JSON_NAMES[type(content[key])]))
    return content[key]


_JSON_NAMES = {
    dict: "an object",
    list: "an array",
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}
