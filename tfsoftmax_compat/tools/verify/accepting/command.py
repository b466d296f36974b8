"""Carry out ``verify --accept`` and ``--diff``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tfsoftmax_compat.tools.diffs import diff
from tfsoftmax_compat.tools.documents import Document, Example
from tfsoftmax_compat.tools.printable import printable_line
from tfsoftmax_compat.tools.verify.accepting.documents import Rewritten, rewrite_confirmed
from tfsoftmax_compat.tools.verify.accepting.proposals import proposals
from tfsoftmax_compat.tools.verify.results import EXACT, SKIPPED, Result
from tfsoftmax_compat.tools.writing import NotWrittenError, folders_of, replace_content


def accept(
    documents: Sequence[Document],
    data: Mapping[str, bytes],
    results: Sequence[Result],
    arguments: argparse.Namespace,
    verify_again: Callable[[Sequence[Document]], Sequence[Result]],
) -> tuple[list[Result], bool]:
    """Write or show the new outputs of documents, and say on standard error which are accepted, and why others are not.

    Args:
      documents: what was read of each document.
      data: the contents of the documents before their examples were run, from `contents_of`.
      results: their results.
      arguments: the parsed arguments.
      verify_again: runs documents again; any drift counts as a failure.

    Returns:
      The results as they are with the outputs that were written, and whether any output has changed or would.
    """
    texts, refused = proposals(results, arguments.only)

    rewritten = rewrite_confirmed(documents, data, texts, verify_again)
    for each in rewritten:
        if arguments.accept:
            _write(each, arguments.paths)
        refused.update(each.refused)
    if arguments.diff:
        for each in rewritten:
            if each.accepted:
                sys.stdout.write(diff(each.path, each.before, each.after))
        sys.stdout.flush()  # in a pipe, what follows would come before it
    _say(rewritten, refused, arguments.accept)
    accepted = {example for each in rewritten for example in each.accepted}
    if not arguments.accept:
        return list(results), bool(accepted)
    return [_as_accepted(result) if result.example in accepted else result for result in results], bool(accepted)


def _as_accepted(result: Result) -> Result:
    if result.status == SKIPPED:
        return result
    return replace(result, status=EXACT, ulp=0.0, cause="", message="")


def _write(rewritten: Rewritten, paths: Sequence[str]) -> None:
    """Write a document. If that may not be, none of its outputs is accepted."""
    if not rewritten.accepted:
        return
    after = rewritten.after.encode(rewritten.encoding)
    try:
        replace_content(rewritten.path, rewritten.data, after, folders_of(paths))
    except NotWrittenError as error:
        rewritten.refused.update((example, str(error)) for example in rewritten.accepted)
        rewritten.accepted = {}


def _say(rewritten: Sequence[Rewritten], refused: Mapping[Example, str], is_written: bool) -> None:
    for example, why in sorted(refused.items(), key=lambda item: (item[0].document, item[0].line)):
        print(printable_line(f"{example.document}:{example.line}: not accepted: {why}"), file=sys.stderr)
    count = sum(len(each.accepted) for each in rewritten)
    files = sum(bool(each.accepted) for each in rewritten)
    outputs = f"{count} documented output{'s' if count != 1 else ''} in {files} document{'s' if files != 1 else ''}"
    said = f"accepted {outputs}" if is_written else f"`--accept` would change {outputs}"
    print(f"{said}; {len(refused)} not accepted", file=sys.stderr)
