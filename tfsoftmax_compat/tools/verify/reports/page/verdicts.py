"""How the page shows a verdict: a character, a colour and its shade, and words."""

from tfsoftmax_compat.tools.verify.results import DRIFT, EQUAL, ERROR, EXACT, FAIL, FAILED, SKIPPED, TIMEOUT

# The character in the cells of each status, because not everybody can tell the colours apart.
SYMBOLS = {EXACT: "=", EQUAL: "≈", DRIFT: "D", SKIPPED: "–", FAIL: "F", ERROR: "E", TIMEOUT: "T"}
MEANINGS = {
    EXACT: "the same text",
    EQUAL: "the same at the digits written",
    DRIFT: "off by no more than is allowed",
    SKIPPED: "not run, or not judged",
    FAIL: "another output",
    ERROR: "an exception, or the end of the process",
    TIMEOUT: "took too long",
}
MOVED = (DRIFT, FAIL)
# From what says least about an example to what a reader should see first.
BY_INTEREST = (SKIPPED, EXACT, EQUAL, DRIFT, TIMEOUT, ERROR, FAIL)
# The largest distance of each shade, in ULP.
_SHADES = {0.25: "up to 0.25 ULP", 1.0: "up to 1 ULP", 4.0: "up to 4 ULP", 1e5: "up to about 1%"}
SHADES = [*_SHADES.values(), "more, or other text"]


def classes(status: str, ulp: float | None) -> list[str]:
    """Return the CSS classes of a result's cell.

    Args:
      status: the status.
      ulp: the distance; None if it is infinite, 0 if there is none or text differs.
    """
    found = [status]
    if status in FAILED:
        found.append("failed")
    if status in MOVED:
        found.append(f"shade{1 + sum(ulp > largest for largest in _SHADES) if ulp else len(SHADES)}")
    return found


def verdict(status: str, ulp: float | None) -> str:
    """Return a status, with the distance where it says something: ``"drift 0.12 ULP"``.

    Args:
      status: the status.
      ulp: as for `classes`.
    """
    return f"{status} {ulp:.2g} ULP" if status in MOVED and ulp and ulp < max(_SHADES) else status
