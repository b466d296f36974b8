"""What a notebook displays, and what is seen of a text with control characters."""

import functools

import pytest

from tfsoftmax_compat.worker.display import as_seen, notebook_repr


def function(x, *, y=1):
    return x


@pytest.mark.parametrize(
    "value, displayed",
    [
        (int, "int"),
        (functools.partial, "functools.partial"),
        ((int, 2.5), "(int, 2.5)"),
        ((int,), "(int,)"),
        ([str, [int]], "[str, [int]]"),
        ({"a": int}, "{'a': int}"),
        ({int}, "{int}"),
        (frozenset([int]), "frozenset({int})"),
        (function, "<function test_display.function(x, *, y=1)>"),
        ([1, "a"], "[1, 'a']"),
        ((), "()"),
        ({}, "{}"),
    ],
)
def test_notebook_repr(value, displayed):
    """As IPython 8 displays them."""
    assert notebook_repr(value) == displayed


def test_notebook_repr_of_values_that_hold_themselves():
    """They end in dots, where Python ends them too."""
    values: list = [int]
    values.append((values,))
    names: dict = {"a": int}
    names["b"] = names
    assert notebook_repr(values) == "[int, ([...],)]"
    assert notebook_repr(names) == "{'a': int, 'b': {...}}"


@pytest.mark.parametrize(
    "text, seen",
    [
        ("1/3\r2/3\r3/3\nend", "3/3\nend"),
        ("loss 0.25\rdone", "done 0.25"),
        ("1\b2", "2"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("\b\ba", "a"),
        ("a\nb", "a\nb"),
    ],
)
def test_as_seen(text, seen):
    assert as_seen(text) == seen
