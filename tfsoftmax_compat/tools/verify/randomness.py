"""Which examples may depend on random numbers that no seed fixes. Code is read, not run."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.code import try_parse
from tfsoftmax_compat.tools.documents.names import names_of

# What draws, as the last name of a path such as ``tf.random.normal``. Layers draw their weights.
_DRAWS = re.compile(
    r"^(?:rand\w*|sample|choices?|shuffle|permut\w+|(?:truncated_|standard_)?normal|uniform|gauss|multinomial|binomial"
    r"|categorical|bernoulli|poisson|gamma|beta|exponential|random_\w+|dropout|Dropout|Dense|Conv\w+|LSTM|GRU|Embedding"
    r"|(?!(?:(?:global_|local_)?variables|tables|zeros|ones|constant|identity)_)\w+_initializer|get_variable|add_weight)$"
)
_SEEDS = re.compile(r"seed$|^RandomState$|^default_rng$|^PRNGKey$|^from_seed$")


def depending_on_chance(examples: Sequence[Example], also_seeded: bool = False) -> set[Example]:
    """Return the examples that draw random numbers, or use a name that such an example binds.

    A call that sets a seed fixes the numbers that are drawn later from the same module, ``np`` or ``tf``.

    Args:
      examples: those of a document, in order.
      also_seeded: whether numbers that a seed fixes count too.
    """
    found: set[Example] = set()
    drawn: dict[str, set[str]] = defaultdict(set)  # by scope, the names that hold what was drawn
    seeded: dict[str, set[str]] = defaultdict(set)  # by scope, the modules
    for example in examples:
        names = names_of(example.code)
        paths = list(_paths(example.code))
        seeds = {path[0] for path in paths if _SEEDS.search(path[-1])}
        seeded[example.scope] |= seeds | (names.binds if seeds else set())
        fixed = set() if also_seeded else seeded[example.scope]
        draws = any(_DRAWS.match(path[-1]) and path[0] not in fixed for path in paths)
        if draws or names.reads & drawn[example.scope]:
            found.add(example)
            drawn[example.scope] |= names.binds - names.imports
        else:
            drawn[example.scope] -= names.binds
    return found


def _paths(code: str) -> Iterator[list[str]]:
    """Yield the dotted names in code, and each keyword of a call as a name of the module that it is given to."""
    tree = try_parse(code)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, (ast.Attribute, ast.Name)):
            yield _path(node)
        elif isinstance(node, ast.Call):
            yield from ([_path(node.func)[0], keyword.arg] for keyword in node.keywords if keyword.arg == "seed")


def _path(node: ast.expr) -> list[str]:
    """Return ``["tf", "random", "normal"]`` for ``tf.random.normal``; "" is what is no name."""
    path: list[str] = []
    while isinstance(node, ast.Attribute):
        path.insert(0, node.attr)
        node = node.value
    return [node.id if isinstance(node, ast.Name) else "", *path]
