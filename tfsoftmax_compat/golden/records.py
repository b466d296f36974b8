"""The files that golden values are recorded in: one for each test module, in a folder `golden` beside it.

{"version": 1,
 "tests": {"test_loss[graph]": {"provenance": {"tensorflow": "1.15.5", ...},
                                "values": {"loss": {"dtype": "float32", "shape": [1],
                                                    "elements": ["0x3d9f1753 0.07768121"]}}}}}
"""

import json
import os
from typing import Any, Dict

from tfsoftmax_compat._runtime.files import write_atomically

VERSION = 1


class RecordError(Exception):
    """A file of recorded values cannot be read; the message says which, why, and what to do."""


def path_for(module: str) -> str:
    """Where the values of a test module are recorded: ``tests/golden/test_loss.json`` for ``tests/test_loss.py``."""
    folder, name = os.path.split(module)
    return os.path.join(folder, "golden", os.path.splitext(name)[0] + ".json")


def read(path: str) -> Dict[str, Any]:
    """The recorded tests, by name; none if there is no file.

    Raises:
      RecordError: the file is there and is no record.
    """
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        if content["version"] != VERSION:
            raise ValueError("its version is %s, and this tfsoftmax_compat reads %d" % (content["version"], VERSION))
        return content["tests"]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(
            "%s holds no golden values that can be read (%s): restore it, or delete it and record again"
            % (path, error if isinstance(error, (OSError, ValueError)) else "not of the form that was written")
        ) from error


def write(path: str, tests: Dict[str, Any]) -> None:
    """Write the recorded tests; with none left, the file goes."""
    if not tests:
        if os.path.exists(path):
            os.unlink(path)
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    text = json.dumps({"version": VERSION, "tests": tests}, indent=1, sort_keys=True) + "\n"
    write_atomically(path, text.encode("ascii"))


def update(path: str, measured: Dict[str, Any], provenance: Dict[str, Any]) -> None:
    """Record what tests measured in place of what was recorded for them; the other tests in the file stay.

    Args:
      path: the file, from :func:`path_for`.
      measured: by test, its values by name, from :meth:`Value.to_json`; none where it checks no value any more.
      provenance: what computed them.

    Raises:
      RecordError: the file is there and is no record; it stays as it is.
      OSError: it cannot be written; it stays as it is.
    """
    before = read(path)
    tests = {name: test for name, test in before.items() if name not in measured}
    tests.update({name: {"provenance": provenance, "values": values} for name, values in measured.items() if values})
    if tests != before:
        write(path, tests)
