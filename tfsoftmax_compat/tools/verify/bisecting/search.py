"""Find where the verdict on an example changes in a list of releases, with as few releases as possible."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)
HOLDS, MOVED, UNKNOWN = "holds", "moved", "unknown"


class Found(NamedTuple, Generic[Item]):
    """Two releases with different verdicts on an item, and those between them that tell nothing about it."""

    item: Item
    before: str
    after: str
    untold: Sequence[str]


class Bisection(Generic[Item]):
    """A search for several items at once, which share the releases that are tried.

    Attributes:
      verdicts: for each release that was tried, in the order of trials, ``"holds"``, ``"moved"`` or ``"unknown"`` for
        each item.
    """

    def __init__(self, releases: Sequence[str], judge: Callable[[str], Mapping[Item, str]]) -> None:
        """Prepare the search.

        Args:
          releases: the names of releases, from the oldest to the newest.
          judge: runs the items under a release, and returns the verdict on each.
        """
        self._releases = releases
        self._judge = judge
        self.verdicts: dict[str, Mapping[Item, str]] = {}

    def ends(self, item: Item) -> tuple[str, str]:
        """Return the verdicts on an item under the oldest and under the newest release."""
        first, last = (self._verdict(release, item) for release in (self._releases[0], self._releases[-1]))
        return first, last

    def find(self, items: Sequence[Item]) -> list[Found[Item]]:
        """Return where the verdict on each item changes; one place, if there are several.

        Args:
          items: items whose verdicts under the first and the last release are known, and differ.
        """
        return [self._find(item) for item in items]

    def _find(self, item: Item) -> Found[Item]:
        low, high = 0, len(self._releases) - 1
        at_low = self._verdict(self._releases[low], item)
        while True:
            middle = self._next_between(low, high, item)
            if middle is None:
                return Found(item, self._releases[low], self._releases[high], self._releases[low + 1 : high])
            verdict = self._verdict(self._releases[middle], item)
            if verdict == at_low:
                low = middle
            elif verdict != UNKNOWN:
                high = middle

    def _next_between(self, low: int, high: int, item: Item) -> int | None:
        """The release between two others to look at: one that was tried for another item, else the middle one.

        Those that are known to tell nothing are passed over.
        """
        between = [number for number in range(low + 1, high) if self._known(number, item) != UNKNOWN]
        tried = [number for number in between if self._releases[number] in self.verdicts]
        return min(tried or between, key=lambda number: abs(2 * number - low - high), default=None)

    def _known(self, number: int, item: Item) -> str | None:
        verdicts = self.verdicts.get(self._releases[number])
        return None if verdicts is None else verdicts.get(item, UNKNOWN)

    def _verdict(self, release: str, item: Item) -> str:
        if release not in self.verdicts:
            self.verdicts[release] = self._judge(release)
        return self.verdicts[release].get(item, UNKNOWN)
