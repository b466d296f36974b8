"""What a bisection says."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.printable import printable, printable_line
from tfsoftmax_compat.tools.verify.bisecting.search import HOLDS, MOVED, Found
from tfsoftmax_compat.tools.verify.bisecting.trials import Trials, verdict_of
from tfsoftmax_compat.tools.verify.results import DRIFT, FAIL, SKIPPED, Environment, Result

_LINES_SHOWN = 12  # of an output
_EXAMPLES_NAMED = 4  # in a line about one release; of more, the verdicts are counted


def step(trials: Trials, release: str, examples: Sequence[Example]) -> str:
    """Return what the run of a release showed, in a line."""
    environment = trials.environment(release)
    if environment is None:
        return printable_line(trials.problems.get(release, f"TensorFlow {release}: nothing was run"))
    results = trials.results[release]
    if len(examples) <= _EXAMPLES_NAMED:
        found = [f"line {example.line} {_in_words(results.get(example, []))}" for example in examples]
    else:
        counts = Counter(_in_words(results.get(example, []), in_full=False) for example in examples)
        found = [f"{count} {words}" for words, count in counts.items()]
    return f"{_name(environment)}: {', '.join(found)}"


def neighbours(trials: Trials, found: Found[Example]) -> Iterator[str]:
    """Yield lines: the two releases, what they print and why, and those between them that tell nothing."""
    example = found.item
    there = {release: trials.results[release][example] for release in (found.before, found.after)}
    moved = found.before if verdict_of(there[found.before]) == MOVED else found.after
    held = found.after if moved == found.before else found.before
    place = printable_line(f"{example.document}:{example.line}")
    since = "since" if moved == found.after else "until"
    yield f"{place}: as documented under {_of(there[held])}, and not {since} {_of(there[moved])}"
    if found.untold:
        yield f"  {', '.join(found.untold)} between them tell nothing about it"
    for release in (found.before, found.after):
        result = _shown(there[release])
        lines = printable((result.measured or result.message).strip("\n")).split("\n")
        heading = f"  {release:>5} {result.status}"
        yield f"{heading}{f' {result.ulp:.2g} ULP' if result.status == DRIFT else ''}"
        yield from (f"      {line}" for line in lines[:_LINES_SHOWN])
        if len(lines) > _LINES_SHOWN:
            yield f"      and {len(lines) - _LINES_SHOWN} more lines"
    result = _shown(there[moved])
    if result.status in (DRIFT, FAIL) and result.cause:
        yield f"  {printable_line(result.cause)}"


def numpys(trials: Trials, found: Found[Example]) -> tuple[str, str] | None:
    """Return the versions of NumPy beside the two releases, if they differ."""
    one, other = (trials.environment(release) for release in (found.before, found.after))
    if one is None or other is None or one.numpy == other.numpy:
        return None
    return one.numpy, other.numpy


def with_numpy(pair: tuple[str, str], verdict: str, alone: str) -> str:
    """Return what a release showed with the NumPy of the other.

    Args:
      pair: the release, and the version of NumPy.
      verdict: the verdict on the example.
      alone: the verdict under the release with its own NumPy.
    """
    both = "TensorFlow {} with NumPy {}".format(*pair)
    if verdict not in (HOLDS, MOVED):
        return f"  {both} tells nothing about it"
    same = "as documented" if verdict == HOLDS else "not as documented"
    return f"  {both}: {same}; {'TensorFlow' if verdict == alone else 'NumPy'} moved it"


OF_A_SEED = "  it draws random numbers from a seed, and a release may draw others from the same seed"
NUMPYS_EXCLUDE_EACH_OTHER = "  neither release can be installed with the NumPy of the other, which may have moved it"


def no_change(example: Example, verdicts: tuple[str, str], releases: tuple[str, str]) -> str:
    """Return why there is nothing to find for an example."""
    place = printable_line(f"{example.document}:{example.line}")
    first, last = verdicts
    oldest, newest = releases
    if first == last:
        how = {HOLDS: "is as documented", MOVED: "is not as documented"}.get(first, "cannot be judged")
        return f"{place} {how} under TensorFlow {oldest} and {newest}: there is nothing to bisect"
    untold = oldest if first not in (HOLDS, MOVED) else newest
    return f"{place} cannot be judged under TensorFlow {untold}; --tf names other releases to begin and end with"


def _in_words(results: Sequence[Result], in_full: bool = True) -> str:
    if verdict_of(results) == HOLDS:
        return "as documented"
    if not results:
        return "was not run"
    result = _shown(results)
    if result.status == SKIPPED and in_full:
        return f"skipped ({printable_line(result.message)})"
    return f"{result.status} {result.ulp:.2g} ULP" if result.status == DRIFT and in_full else result.status


def _shown(results: Sequence[Result]) -> Result:
    """The result that decides the verdict."""
    verdict = verdict_of(results)
    return next(result for result in results if verdict_of([result]) == verdict)


def _of(results: Sequence[Result]) -> str:
    return _name(results[0].environment)


def _name(environment: Environment) -> str:
    onednn = ", oneDNN on" if environment.onednn else ""
    return f"TensorFlow {environment.tensorflow} (NumPy {environment.numpy}{onednn})"
