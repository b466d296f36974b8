"""The value of the fixture `golden`."""

from typing import Any, Dict, List, Optional, Set

from tfsoftmax_compat._runtime.tolerance import MAX_ULP
from tfsoftmax_compat.golden.difference import compared
from tfsoftmax_compat.golden.values import Value
from tfsoftmax_compat.worker import provenance

ALL, NEW = "all", "new"  # what a run records


class Golden:
    """The golden values of one test.

    Attributes:
      recorded: what the file has for the test, as :func:`.records.read` returns it; None if it has nothing.
      measured: the values that this run records, as :meth:`.Value.to_json` returns them.
      differences: a dictionary ``{"name", "ulp", "passed", "recorded", "now"}`` for each value that differs from its
        record. The last two are provenances. Only plain data, because pytest-xdist sends it to another process.
    """

    def __init__(self, recorded: Optional[Dict[str, Any]], how_to_record: str, recording: Optional[str] = None) -> None:
        """Create it.

        Args:
          recorded: see above.
          how_to_record: the command that records the values of the test.
          recording: `ALL` or `NEW` values are recorded; None for none.
        """
        self.recorded = recorded
        self.measured: Dict[str, Any] = {}
        self._recording = recording
        self.differences: List[Dict[str, Any]] = []
        self._how_to_record = how_to_record
        self._names: Set[str] = set()

    def check(self, name: str, value: Any, *, max_ulp: float = MAX_ULP) -> None:
        """Compare a value with the one that was recorded under this name in this test; ``--golden-update`` records it.

        Args:
          name: the name of the value. Each name can be used once in a test.
          value: floats, integers or booleans of any shape: an eager tensor, a graph tensor (which is evaluated), an
            array, a number, or a list of numbers.
          max_ulp: the largest distance of an element that passes, in units in the last place of the value's dtype.
            Integers and booleans must be equal.

        Raises:
          AssertionError: nothing was recorded, the recorded dtype or shape is another, or an element is further off.
          TypeError: `value` holds something else.
          ValueError: the name has been used in this test, or the value cannot be evaluated.
        """
        __tracebackhide__ = True
        if name in self._names:
            raise ValueError("golden %r is checked twice in this test: give each value its own name" % name)
        self._names.add(name)
        measured = Value.of(value)
        is_recorded = self.recorded is not None and name in self.recorded["values"]
        if self._recording == ALL or (self._recording == NEW and not is_recorded):
            self._check_provenance(name)
            self.measured[name] = measured.to_json()
            return
        if self.recorded is None or not is_recorded:
            raise AssertionError("golden %r: nothing is recorded; to record it: %s" % (name, self._how_to_record))
        ulp, problem = compared(Value.from_json(self.recorded["values"][name]), measured, max_ulp)
        if not ulp:
            return
        then, now = self.recorded["provenance"], provenance.of_this_process()
        self.differences.append({"name": name, "ulp": ulp, "passed": not problem, "recorded": then, "now": now})
        if problem:
            origins = ["recorded with " + provenance.described(then), "measured with " + provenance.described(now)]
            raise AssertionError("\n".join(["golden %r: %s" % (name, problem[0]), *problem[1:], *origins]))

    def _check_provenance(self, name: str) -> None:
        """Check that a new value may join the others of its test, which have one provenance together."""
        __tracebackhide__ = True
        if self._recording == NEW and self.recorded is not None:
            changed = provenance.changes(self.recorded["provenance"], provenance.of_this_process())
            if changed:
                raise AssertionError(
                    "golden %r: the other values of this test were recorded in another environment (%s); to record all "
                    "of them anew: %s" % (name, changed, self._how_to_record)
                )
