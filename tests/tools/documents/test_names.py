import pytest

from tfsoftmax_compat.tools.documents.names import may_change, names_of


@pytest.mark.parametrize(
    "code, reads",
    [
        ("for i in x:\n    i", {"x"}),
        ("for i in x:\n    for j in i:\n        j + k", {"x", "k"}),
        ("for i in x:\n    for i in i:\n        i", {"x"}),
        ("for i in x:\n    for j in j:\n        j", {"x", "j"}),
        ("with f() as g:\n    for i in g:\n        i\n    i", {"f"}),
        ("with f() as g:\n    i\n    for i in g:\n        i", {"f", "i"}),
        ("try:\n    f()\nexcept E as e:\n    e", {"f", "E"}),
        ("try:\n    f(e)\nexcept E as e:\n    e", {"f", "E", "e"}),
        ("try:\n    f()\nexcept E as e:\n    e\nexcept F:\n    e", {"f", "E", "F", "e"}),
        ("for i in x:\n    try:\n        f()\n    except E as e:\n        e", {"x", "f", "E"}),
    ],
)
def test_name_that_a_statement_binds_first_is_not_read(code, reads):
    assert names_of(code).reads == reads


@pytest.mark.parametrize(
    "code, changed",
    [
        ("model.load(path)", {"model"}),
        ("history = model.fit(x, y)", {"model"}),
        ("total = x.sum()", set()),
        ("fit(model)", set()),
    ],
)
def test_names_that_code_may_change(code, changed):
    assert may_change(code) == changed
