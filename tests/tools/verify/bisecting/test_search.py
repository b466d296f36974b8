"""The search, on verdicts that are made up."""

from math import ceil, log2

from hypothesis import given
from hypothesis import strategies as st

from tfsoftmax_compat.tools.verify.bisecting.search import HOLDS, MOVED, UNKNOWN, Bisection, Found

RELEASES = [str(number) for number in range(33)]


def bisection(verdicts):
    """A search in which the verdicts on each item are known: ``{"item": "hhmm"}``, a letter for each release."""
    words = {"h": HOLDS, "m": MOVED, "?": UNKNOWN}
    releases = RELEASES[: len(next(iter(verdicts.values())))]
    return Bisection(
        releases, lambda release: {item: words[letters[int(release)]] for item, letters in verdicts.items()}
    )


@given(st.integers(1, 32), st.booleans())
def test_one_change_needs_the_ends_and_a_binary_search(first, holds_later):
    letters = "h" * first + "m" * (33 - first)
    search = bisection({"a": letters[::-1] if holds_later else letters})
    first = 33 - first if holds_later else first
    assert search.find(["a"]) == [Found("a", RELEASES[first - 1], RELEASES[first], [])]
    assert len(search.verdicts) <= ceil(log2(33)) + 2


@given(st.lists(st.text("hm?", min_size=3, max_size=3).map(lambda middle: f"h{middle}m"), min_size=1, max_size=4))
def test_what_is_found_is_true_whatever_the_verdicts_are(letters):
    verdicts = dict(enumerate(letters))
    for found in bisection(verdicts).find(list(verdicts)):
        of_item = verdicts[found.item]
        before, after = of_item[int(found.before)], of_item[int(found.after)]
        assert {before, after} == {"h", "m"} and int(found.before) < int(found.after)
        between = of_item[int(found.before) + 1 : int(found.after)]
        assert set(between) <= {"?"} and len(between) == len(found.untold)


def test_items_share_the_releases_that_were_run():
    apart = bisection({"a": "h" * 7 + "m" * 26})
    apart.find(["a"])
    both = bisection({"a": "h" * 7 + "m" * 26, "b": "h" * 8 + "m" * 25})
    assert [found.after for found in both.find(["a", "b"])] == ["7", "8"]
    assert len(both.verdicts) <= len(apart.verdicts) + 1


def test_releases_that_tell_nothing_are_passed_over_and_named():
    search = bisection({"a": "hh???mm"})
    assert search.find(["a"]) == [Found("a", "1", "5", ["2", "3", "4"])]


def test_verdicts_at_the_ends():
    assert bisection({"a": "h?m"}).ends("a") == (HOLDS, MOVED)
