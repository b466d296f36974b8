"""Documented lines above measured ones."""

from tfsoftmax_compat.tools.verify.reports.marks import marked


def test_a_long_line_is_shown_where_it_differs():
    documented = " ".join(f"0.{number:03d}" for number in range(200))
    (line,) = marked(f"[{documented}]", f"[{documented}]".replace("0.150", "0.950"), width=60)
    assert len(line.documented) == len(line.measured) == 60
    start, end = line.carets.index("^"), line.carets.rindex("^") + 1
    assert (line.documented[start:end], line.measured[start:end]) == ("0.150", "0.950")


def test_carets_stand_below_wide_characters():
    (line,) = marked("損失 0.5", "損失 0.7", width=60)
    assert line.carets == "     ^^^"
