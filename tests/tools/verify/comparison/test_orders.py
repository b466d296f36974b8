"""Dictionaries and sets in another order say the same."""

import pytest

from tfsoftmax_compat.tools.verify.comparison.judge import judge
from tfsoftmax_compat.tools.verify.comparison.orders import as_documented
from tfsoftmax_compat.tools.verify.results import EQUAL, EXACT, FAIL


@pytest.mark.parametrize(
    "documented, measured, status",
    [
        ("{'b': 2, 'a': array([1, 2])}", "{'a': array([1, 2]), 'b': 2}", EXACT),
        ("{'b': 2, 'a': 0.5}", "{'a': 0.5, 'b': 3}", FAIL),
        ("{'b': 2, 'a': 0.5}", "{'a': 2, 'b': 0.5}", FAIL),
        ("{'b', 'a'}", "{'a', 'b'}", EXACT),
        ("{'b', 'a'}", "{'a', 'c'}", FAIL),
        ("{'b', 'a'}", "{'a', 'b', 'c'}", FAIL),
        ("{'b': 0.33, 'a': 1}", "{'a': 1, 'b': 0.33333334}", EQUAL),
        ("['b', 'a']", "['a', 'b']", FAIL),
    ],
)
def test_order(documented, measured, status):
    assert judge(documented, measured).status == status


@pytest.mark.parametrize("text", ["{", "{**a}", "{'a': 1}; {'b': 2}", "{x for x in y}", "1", "", "{" * 5000])
def test_what_is_no_display_has_no_other_order(text):
    assert as_documented(text, text) is None
