"""The order in which a dictionary or a set is displayed. It differs between releases of Python, and between runs."""

import ast

from tfsoftmax_compat.tools.documents.code import try_parse


def as_documented(documented: str, measured: str) -> str | None:
    """Return a measured dictionary or set in the order of the documented one.

    Returns:
      None if the outputs are no dictionaries with the same keys, and no sets with the same elements, or if their order
      is the same.
    """
    one, other = _items(documented), _items(measured)
    if one is None or other is None or sorted(one) != sorted(other) or list(one) == list(other):
        return None
    return "{" + ", ".join(other[key] for key in one) + "}"


def _items(text: str) -> dict[str, str] | None:
    """Return the text of each item of a dictionary or a set, by its key in a normal form."""
    text = text.strip()
    tree = try_parse(text) if text.startswith("{") else None
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return None
    value = tree.body[0].value
    if isinstance(value, ast.Dict) and all(key is not None for key in value.keys):
        items = [(key, item) for key, item in zip(value.keys, value.values) if key is not None]
        return {ast.dump(key): f"{_source(text, key)}: {_source(text, item)}" for key, item in items}
    if isinstance(value, ast.Set):
        return {ast.dump(element): _source(text, element) for element in value.elts}
    return None


def _source(text: str, node: ast.expr) -> str:
    return ast.get_source_segment(text, node) or ""
