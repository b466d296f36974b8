"""An account of what was read and what was verified, so that nothing is passed over silently."""

from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.documents import Document
from tfsoftmax_compat.tools.verify.results import PASSED, Result

_PLACES_SHOWN = 5


def account(documents: Sequence[Document]) -> list[str]:
    """Return sentences that count the blocks of code, and name what could be output and belongs to none."""
    examples = [example for document in documents for example in document.examples]
    documented = sum(example.documented is not None for example in examples)
    said = [
        f"read: {_counted(len(documents), 'document')}, {_counted(len(examples), 'block')} of code: {documented} with "
        f"documented output, {len(examples) - documented} without"
    ]
    places = [f"{document.path}:{block.line}" for document in documents for block in document.unattributed]
    if places:
        belong = "belong" if len(places) > 1 else "belongs"
        said.append(
            f"not attributed: {_counted(len(places), 'block')} that could be output and {belong} to no code: "
            f"{_shortened(places)}"
        )
    converted = [document.path for document in documents if any(each.is_python_2 for each in document.examples)]
    if converted:
        said.append(f"converted from Python 2: {_shortened(converted)}")
    return said


def without_output(documents: Sequence[Document]) -> list[str]:
    """Return the paths of the documents in which no documented output was found."""
    return [
        document.path
        for document in documents
        if not any(example.documented is not None for example in document.examples)
    ]


def not_verified(results: Sequence[Result]) -> Iterator[Result]:
    """Yield a result for each documented example that passed in no mode of an environment."""
    passed = {(result.example, result.environment) for result in results if result.status in PASSED}
    seen = set()
    for result in results:
        key = (result.example, result.environment)
        if key not in passed and key not in seen:
            seen.add(key)
            yield result


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"


def _shortened(places: Sequence[str]) -> str:
    more = len(places) - _PLACES_SHOWN
    return ", ".join(places[:_PLACES_SHOWN]) + (f" and {more} more" if more > 0 else "")
