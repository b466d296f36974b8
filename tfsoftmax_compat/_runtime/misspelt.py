"""Find the function that a misspelt name was meant for."""

import difflib
from typing import Optional, Sequence

# A name that published documents use, and the function they mean. Other misspellings are found by similarity.
MISNAMED = {"sparse_cross_entropy_with_logits": "sparse_softmax_cross_entropy_with_logits"}


def meant(name: str, known: Sequence[str]) -> Optional[str]:
    """Return the name among `known` that `name` was meant for, or None where none is similar.

    A name that begins with `name` counts as similar: ``softmax_cross_entropy`` for
    ``softmax_cross_entropy_with_logits``. If several are equally similar, the first of `known` is returned.
    """
    if name in known:
        return name
    if MISNAMED.get(name) in known:
        return MISNAMED[name]
    longer = [one for one in known if one.startswith(name + "_")]
    if longer:
        return longer[0]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), None)
