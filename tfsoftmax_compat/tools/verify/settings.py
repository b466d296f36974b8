"""How to verify: the settings of a run."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from tfsoftmax_compat._runtime.tolerance import MAX_ULP

# The names of the options' values, with the modes that they mean.
MODES = {"auto": (), "graph": ("graph",), "eager": ("eager",), "both": ("graph", "eager")}


@dataclass(frozen=True)
class Settings:
    """How to verify.

    Attributes:
      modes: the modes to run in, ``"graph"`` and ``"eager"``; empty for those that each document was written for.
      max_ulp: the largest distance that is a drift and not a failure, in float32 ULP of the documented number.
      timeout: the time limit of one example, in seconds.
      jobs: the number of documents that run at the same time.
      error_types_only: whether a documented error is met by any error of its type.
      isolate: whether the examples have no network and can write only to a folder of their own; see `isolation`.
    """

    modes: Sequence[str] = ()
    max_ulp: float = MAX_ULP
    timeout: float = 60.0
    jobs: int = os.cpu_count() or 1
    error_types_only: bool = False
    isolate: bool = False
