"""Find the function that a misspelt name was meant for."""

import difflib
from typing import Optional, Sequence

# A name that published documents use, and the function they mean. Other misspellings are found by similarity.
MISNAMED = {"sparse_cross_entropy_with_logits": "sparse_softmax_cross_entropy_with_logits"}


def meant(name: str, known: Sequence[str]) -> Optional[str]:
    """Return the name among `known` that `name` was meant for, or None where none is similar."""
    if name in known:
        return name
    if MISNAMED.get(name) in known:
        return MISNAMED[name]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), None)
