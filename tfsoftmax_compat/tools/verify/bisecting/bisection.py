"""Bisect a document: check the ends, search, and print what was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tfsoftmax_compat.tools.documents import Document, Example, reading
from tfsoftmax_compat.tools.verify.bisecting import report
from tfsoftmax_compat.tools.verify.bisecting.search import HOLDS, MOVED, Bisection, Found
from tfsoftmax_compat.tools.verify.bisecting.trials import Trials
from tfsoftmax_compat.tools.verify.choices import UsageError
from tfsoftmax_compat.tools.verify.randomness import depending_on_chance
from tfsoftmax_compat.tools.verify.releases import NIGHTLY, RELEASES
from tfsoftmax_compat.tools.verify.settings import Settings


class BisectError(UsageError):
    """There is nothing to bisect. The message says why."""


def bisect(
    target: str, releases: Sequence[str], settings: Settings, show: Callable[[str], None], say: Callable[[str], None]
) -> bool:
    """Find out between which two releases the outputs of a document moved.

    Args:
      target: the path of the document, and optionally a colon and the line of one example.
      releases: names of releases; the search is between the oldest and the newest.
      settings: how to run and judge.
      show: called with each line of the report.
      say: called with sentences about progress.

    Returns:
      Whether something was found.

    Raises:
      BisectError: there is no such example, or there are fewer than two releases.
      DocumentError: the document cannot be read.
    """
    ordered = [name for name in (*RELEASES, NIGHTLY.name) if name in releases]
    if len(ordered) < 2:
        raise BisectError("--bisect needs two releases or more, for example --tf 1.15..2.21")
    document, examples = _chosen(target)
    trials = Trials(document, replace(settings, jobs=1), say)

    def judge(release: str) -> dict[Example, str]:
        verdicts = dict(trials.judge(release))
        show(report.step(trials, release, examples))
        return verdicts

    bisection = Bisection(ordered, judge)
    ends = {example: bisection.ends(example) for example in examples}
    to_find = [example for example in examples if set(ends[example]) == {HOLDS, MOVED}]
    found = bisection.find(to_find)
    show(f"{len(bisection.verdicts)} of {len(ordered)} releases were run")
    for example in examples:
        if example not in to_find:
            show(report.no_change(example, ends[example], (ordered[0], ordered[-1])))
    numpys = _OtherNumPys(trials)
    random = depending_on_chance(document.examples, also_seeded=True)
    for each in found:
        for line in ("", *report.neighbours(trials, each), *numpys.tried(each, bisection.verdicts)):
            show(line)
        if each.item in random:
            show(report.OF_A_SEED)
    return bool(found)


def _chosen(target: str) -> tuple[Document, list[Example]]:
    """The document, and the documented examples to look at."""
    path, colon, number = target.rpartition(":")
    line = int(number) if colon and number.isdecimal() else None
    document = reading.read(target if line is None else path)
    documented = [example for example in document.examples if example.documented is not None]
    if line is None:
        chosen = documented
    else:
        # The last example that begins at or before the line, for a reader may name the line of the output.
        chosen = [example for example in documented if example.line <= line][-1:]
    if not chosen:
        raise BisectError(f"{target}: there is no documented output{' at this line' if line else ''}")
    return document, chosen


class _OtherNumPys:
    """Runs of releases with the NumPy of another, each once for all examples."""

    def __init__(self, trials: Trials) -> None:
        self._trials = trials
        self._known: dict[tuple[str, str], Mapping[Example, str] | None] = {}

    def tried(self, found: Found[Example], verdicts: Mapping[str, Mapping[Example, str]]) -> list[str]:
        """Lines that say which of the two moved an output, TensorFlow or NumPy, if both differ.

        The newer release is run with the older one's NumPy, or, if they cannot be installed together, the older release
        with the newer one's.
        """
        numpys = report.numpys(self._trials, found)
        if numpys is None:
            return []
        for pair in ((found.after, numpys[0]), (found.before, numpys[1])):
            if pair not in self._known:
                self._known[pair] = self._trials.with_numpy(*pair)
            there = self._known[pair]
            if there is not None:
                return [report.with_numpy(pair, there.get(found.item, ""), verdicts[pair[0]][found.item])]
        return [report.NUMPYS_EXCLUDE_EACH_OTHER]
