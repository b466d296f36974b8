"""The object that a test gets as `golden`."""

from typing import Any, Dict, List, Optional, Set

from tfsoftmax_compat.golden.difference import compared
from tfsoftmax_compat.golden.values import Value
from tfsoftmax_compat.worker.provenance import described, provenance

MAX_ULP = 4


class Golden:
    """The golden values of one test.

    Attributes:
      recorded: what was recorded for the test, as in its file; None if nothing was.
      measured: what this run has checked, to record; None if it does not record.
      differences: a ``{"name", "ulp", "passed", "recorded", "now"}`` for each value that was off, the last two
        provenances. Plain data, for another process to read.
    """

    def __init__(self, recorded: Optional[Dict[str, Any]], how_to_record: str, recording: bool = False) -> None:
        self.recorded = recorded
        self.measured: Optional[Dict[str, Any]] = {} if recording else None
        self.differences: List[Dict[str, Any]] = []
        self._how_to_record = how_to_record
        self._names: Set[str] = set()

    def check(self, name: str, value: Any, *, max_ulp: float = MAX_ULP) -> None:
        """Compare a value with what was recorded under this name in this test; ``--golden-update`` records it.

        Args:
          name: the value's name, once in a test.
          value: a float, integer or boolean tensor (eager, or a graph's: it is evaluated), array, number, or list of
            numbers, of any shape.
          max_ulp: how far each element may be off, in units in the last place of the value's own dtype. Integers and
            booleans must be equal.

        Raises:
          AssertionError: nothing was recorded, or it was of another dtype or shape, or an element is further off.
          TypeError: the value holds something else.
          ValueError: the name has been used in this test; or the value cannot be evaluated.
        """
        __tracebackhide__ = True
        if name in self._names:
            raise ValueError("golden %r is checked twice in this test: give each value a name of its own" % name)
        self._names.add(name)
        measured = Value.of(value)
        if self.measured is not None:
            self.measured[name] = measured.to_json()
            return
        if self.recorded is None or name not in self.recorded["values"]:
            raise AssertionError("golden %r: nothing is recorded; to record it: %s" % (name, self._how_to_record))
        ulp, problem = compared(Value.from_json(self.recorded["values"][name]), measured, max_ulp)
        if not ulp:
            return
        then, now = self.recorded["provenance"], provenance()
        self.differences.append({"name": name, "ulp": ulp, "passed": not problem, "recorded": then, "now": now})
        if problem:
            origins = ["recorded with %s" % described(then), "measured with %s" % described(now)]
            raise AssertionError("\n".join(["golden %r: %s" % (name, problem[0]), *problem[1:], *origins]))
