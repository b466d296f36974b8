"""What the page shows, made from the data of the JSON report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, groupby
from typing import Any

from tfsoftmax_compat.tools.verify.reports.findings import label
from tfsoftmax_compat.tools.verify.reports.page.examples import Cell, ExampleOnPage
from tfsoftmax_compat.tools.verify.reports.page.verdicts import BY_INTEREST, MEANINGS, SHADES, SYMBOLS
from tfsoftmax_compat.tools.verify.reports.timeline import short_names
from tfsoftmax_compat.tools.verify.results import FAILED, SKIPPED, STATUSES, Environment


def contents(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables of the page's template.

    Args:
      data: what `as_data` returned.
    """
    examples = data["examples"]
    environments = [Environment(**each) for each in data["environments"]]
    on_page = [ExampleOnPage(number, example, environments) for number, example in enumerate(examples)]
    sections = [(name, list(there)) for name, there in groupby(on_page, key=lambda example: example.data["document"])]
    return {
        "summary": _summary(examples),
        "legend": [(status, SYMBOLS[status], MEANINGS[status], data["summary"][status]) for status in STATUSES],
        "shades": SHADES,
        "statuses": [status for status in STATUSES if data["summary"][status]],
        "environments": _environments(environments, examples),
        "documents": _documents(data["documents"], examples),
        "sections": sections,
        "overview": [_worst(there) for _, there in sections],
    }


def _summary(examples: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The number of examples, of those that failed somewhere, and of those that were skipped everywhere."""
    statuses = [{result["status"] for result in example["results"]} for example in examples]
    failed = sum(bool(there & FAILED) for there in statuses)
    skipped = sum(there == {SKIPPED} for there in statuses)
    return {"examples": len(examples), "passed": len(examples) - failed - skipped, "failed": failed, "skipped": skipped}


def _worst(examples: Sequence[ExampleOnPage]) -> list[Cell | None]:
    """For each environment the cell with the worst verdict of some examples, None where they have no result."""
    by_environment = zip(*([cells for _, cells in example.strip] for example in examples))
    return [max(filter(None, chain(*there)), key=_badness, default=None) for there in by_environment]


def _badness(cell: Cell) -> tuple[int, str]:
    return BY_INTEREST.index(cell.status), cell.classes


def _environments(environments: Sequence[Environment], examples: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    names = short_names(environments)
    counts: dict[str, Counter[str]] = {environment.id: Counter() for environment in environments}
    for example in examples:
        for result in example["results"]:
            counts[result["environment"]][result["status"]] += 1
    return [
        {
            **vars(environment),
            "name": label(environment),
            "short": names[environment],
            "onednn": "on" if environment.onednn else "off",
            "counts": counts[environment.id],
        }
        for environment in environments
    ]


def _documents(documents: Sequence[Mapping[str, Any]], examples: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {document["document"]: Counter() for document in documents}
    for example in examples:
        for result in example["results"]:
            counts.setdefault(example["document"], Counter())[result["status"]] += 1
    return [{**document, "counts": counts[document["document"]]} for document in documents]
