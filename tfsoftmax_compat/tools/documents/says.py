"""What a document says about an example: how to run it, and how to judge its output."""

from dataclasses import dataclass

IGNORE_OUTPUT = "IGNORE_OUTPUT"
# The output is one of many: it is met by any other of its kind, such as any values where it has only values.
MAY_VARY = "MAY_VARY"
# The output was in quotes, which say that it is text: it is met by that text, printed or displayed.
IN_QUOTES = "IN_QUOTES"


@dataclass(frozen=True)
class Says:
    """What a document says of an example; what is None or empty is as the settings of the run say.

    Attributes:
      options: the names of the directives of doctest and similar tools, such as ``"NUMBER"``.
      skip: why the document exempts the example. Its code is not run.
      skip_if: a Python expression; where it is true in the interpreter under test, the example is skipped.
      when: what the document calls the condition, if it does so in fewer words.
      expects_failure: whether the example passes as long as its output is not the documented one.
      mode: ``"graph"`` or ``"eager"``, the only mode to run it in.
      timeout: the time limit, in seconds.
      max_ulp: the largest distance of a number that is a drift and not a failure, in float32 ULP.
      rtol: the relative tolerance of numbers, as in NumPy's `isclose`.
      atol: the absolute tolerance of numbers.
    """

    options: frozenset[str] = frozenset()
    skip: str = ""
    skip_if: str = ""
    when: str = ""
    expects_failure: bool = False
    mode: str = ""
    timeout: float | None = None
    max_ulp: float | None = None
    rtol: float | None = None
    atol: float | None = None

    def and_also(self, other: "Says") -> "Says":
        """Return what both say; where they say different things, `other` counts, which is said in a smaller place."""
        either = [f"({each})" for each in (self.skip_if, other.skip_if) if each]
        return Says(
            self.options | other.options,
            self.skip or other.skip,
            " or ".join(either) if len(either) == 2 else self.skip_if or other.skip_if,
            ", ".join(each for each in (self.when, other.when) if each),
            self.expects_failure or other.expects_failure,
            other.mode or self.mode,
            *(
                mine if theirs is None else theirs
                for mine, theirs in (
                    (self.timeout, other.timeout),
                    (self.max_ulp, other.max_ulp),
                    (self.rtol, other.rtol),
                    (self.atol, other.atol),
                )
            ),
        )


NOTHING = Says()
