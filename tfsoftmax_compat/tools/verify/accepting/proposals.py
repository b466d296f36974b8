"""What to write for the documented outputs that drifted or failed, if all environments and modes agree."""

import ast
from collections.abc import Iterable, Sequence
from contextlib import suppress

from tfsoftmax_compat.tools.documents import PROMPT, Example
from tfsoftmax_compat.tools.documents.code import try_parse
from tfsoftmax_compat.tools.verify.accepting import NotAcceptedError
from tfsoftmax_compat.tools.verify.accepting.texts import Judge, new_error, new_text
from tfsoftmax_compat.tools.verify.comparison.errors import documents_error
from tfsoftmax_compat.tools.verify.comparison.judge import same_error
from tfsoftmax_compat.tools.verify.results import DRIFT, ERROR, FAIL, FAILED, SKIPPED, TIMEOUT, Result
from tfsoftmax_compat.tools.verify.verification import is_for_other_mode

_NOUNS = {DRIFT: "drift", FAIL: "failure"}


def proposals(results: Iterable[Result], only: str | None = None) -> tuple[dict[Example, str], dict[Example, str]]:
    """Return the new text of each documented output that drifted or failed, and why the others have none.

    Args:
      results: the results, from any number of environments and modes.
      only: `DRIFT` or `FAIL`, to propose nothing for the other; None for both.
    """
    by_example: dict[Example, list[Result]] = {}
    for result in results:
        by_example.setdefault(result.example, []).append(result)
    texts: dict[Example, str] = {}
    refused: dict[Example, str] = {}
    for example, group in by_example.items():
        if any(result.status == DRIFT or result.status in FAILED for result in group):
            try:
                texts[example] = _proposal(example, group, only)
            except NotAcceptedError as error:
                refused[example] = str(error)
    return texts, refused


def is_documented(example: Example, text: str, result: Result) -> bool:
    """Return whether `text` documents what an example did in an environment and mode."""
    if result.raised:
        documented = documents_error(text)
        return documented is not None and same_error(documented, result.measured)
    return Judge(example.options, example.is_python_2).passes(text, result.measured)


def _proposal(example: Example, results: Sequence[Result], only: str | None) -> str:
    for result in results:
        if result.status in (ERROR, TIMEOUT) or (result.status == SKIPPED and not is_for_other_mode(result)):
            raise NotAcceptedError(f"{result.status} in {_where(result)}: {result.message}")
    if example.says.expects_failure:
        raise NotAcceptedError("the document expects it to fail")
    run = [result for result in results if result.status != SKIPPED]
    moved = [result for result in run if result.status in (DRIFT, FAIL)]
    status = FAIL if any(result.status == FAIL for result in moved) else DRIFT
    if only not in (None, status):
        raise NotAcceptedError(f"it is a {_NOUNS[status]}, and only {_NOUNS[only or '']}s are accepted")
    _check_code(example)
    texts = {_text(example, result): result for result in reversed(moved)}
    for result in run:
        for text, other in texts.items():
            # A result that is as documented stays so, though it may also be met by the new text: 1.0000000447 by 1.0.
            if result not in moved or not is_documented(example, text, result):
                raise NotAcceptedError(f"{_where(result)} and {_where(other)} do not agree")
    text = _text(example, moved[0])
    if example.assigned and Judge(example.options, example.is_python_2).moved(example.documented or "", text) is None:
        raise NotAcceptedError(f"the code shows nothing, and the value of `{example.assigned}` looks different")
    return text


def _check_code(example: Example) -> None:
    """Check that the code computes what it shows. Below a literal, a document shows what is made of it elsewhere."""
    tree = try_parse(example.code)
    last = tree.body[-1] if tree is not None and tree.body else None
    if example.kind == PROMPT or not isinstance(last, (ast.Expr, ast.Assign)):
        return
    with suppress(ValueError):
        ast.literal_eval(last.value)
        raise NotAcceptedError("the code ends in a literal, and the document shows something else")


def _text(example: Example, result: Result) -> str:
    documented = example.documented or ""
    if result.raised:
        return new_error(documented, result.measured)
    return new_text(documented, result.measured, Judge(example.options, example.is_python_2))


def _where(result: Result) -> str:
    return f"TensorFlow {result.environment.id.removeprefix('tensorflow-')} ({result.mode})"
