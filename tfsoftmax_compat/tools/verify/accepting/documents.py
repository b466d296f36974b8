"""New outputs in a whole document: it must read as before, apart from these."""

import ast
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from tfsoftmax_compat.tools import contents
from tfsoftmax_compat.tools.documents import Document, DocumentError, Example, reading
from tfsoftmax_compat.tools.documents.code import try_parse
from tfsoftmax_compat.tools.replacements import NotWritableError
from tfsoftmax_compat.tools.verify.accepting import NotAcceptedError
from tfsoftmax_compat.tools.verify.accepting.places import rewritten
from tfsoftmax_compat.tools.verify.results import EQUAL, EXACT, Result
from tfsoftmax_compat.tools.verify.verification import is_for_other_mode


@dataclass
class Rewritten:
    """A document with new outputs.

    Attributes:
      path: the document.
      data: its content.
      before: its text.
      after: its text with the new outputs.
      encoding: the encoding of both.
      document: what is read of the new text.
      accepted: the examples that have new outputs, each with the example of the new text that it has become.
      refused: why others have none.
    """

    path: str
    data: bytes = b""
    before: str = ""
    after: str = ""
    encoding: str = "utf-8"
    document: Document = field(default_factory=lambda: Document(""))
    accepted: dict[Example, Example] = field(default_factory=dict)
    refused: dict[Example, str] = field(default_factory=dict)


def contents_of(documents: Sequence[Document]) -> dict[str, bytes]:
    """Return the contents of documents by their paths, without those that cannot be read."""
    found = {}
    for document in documents:
        with suppress(OSError, contents.UnreadableError):
            found[document.path] = contents.read_bytes(document.path)
    return found


def rewrite(document: Document, data: bytes, texts: Mapping[Example, str]) -> Rewritten:
    """Write new outputs into the text of a document. No file is written.

    Args:
      document: what was read of it.
      data: its content.
      texts: the new outputs of its examples. Those that cannot be written are refused, the others not.
    """
    result = Rewritten(document.path, data, document=document)
    try:
        _open(result, document)
    except NotAcceptedError as error:
        result.refused = {example: str(error) for example in texts}
        return result
    chosen = dict(texts)
    if not _is_good(result, document, chosen):
        for example in texts:
            try:
                _written(result, document, {example: texts[example]})
            except NotAcceptedError as error:
                result.refused[example] = str(error)
                del chosen[example]
        try:
            _written(result, document, chosen)
        except NotAcceptedError as error:
            result.refused.update((example, str(error)) for example in chosen)
            chosen = {}
    result.after, result.document = _written(result, document, chosen)
    new = dict(zip(document.examples, result.document.examples))
    result.accepted = {example: new[example] for example in chosen}
    return result


def _open(result: Rewritten, document: Document) -> None:
    """Read the content again, for its text is needed as it is.

    Raises:
      NotAcceptedError: it cannot be rewritten.
    """
    path = document.path
    if path.lower().endswith(reading.NOT_REWRITTEN):
        suffix = "." + path.rpartition(".")[2]
        raise NotAcceptedError(f"{suffix} documents are verified, but not rewritten: change the output by hand")
    try:
        result.before, result.encoding = contents.decoded(path, result.data)
        if reading.read(path, result.data).examples != document.examples:
            raise NotAcceptedError("another program has changed the document meanwhile; run this again")
    except (contents.UnreadableError, DocumentError) as error:
        raise NotAcceptedError(f"the document can't be read: {error}") from None


def _is_good(result: Rewritten, document: Document, texts: Mapping[Example, str]) -> bool:
    try:
        _written(result, document, texts)
    except NotAcceptedError:
        return False
    return True


def _written(result: Rewritten, document: Document, texts: Mapping[Example, str]) -> tuple[str, Document]:
    """Return the text with new outputs, and what is read of it.

    Raises:
      NotAcceptedError: it would not be read as it must be.
    """
    if not texts:
        return result.before, document
    mark = "\ufeff" if result.before.startswith("\ufeff") else ""
    try:
        after = mark + rewritten(result.before.removeprefix(mark), texts)
        new = reading.read(document.path, after.encode(result.encoding))
    except NotWritableError as error:
        raise NotAcceptedError(str(error)) from None
    except UnicodeEncodeError:
        raise NotAcceptedError(f"the document's encoding {result.encoding} lacks characters of the output") from None
    except DocumentError:
        raise NotAcceptedError("with the new output the document could not be read") from None
    if not _is_same(document, new, texts):
        raise NotAcceptedError("with the new output the document would be read in another way")
    return after, new


def _is_same(old: Document, new: Document, texts: Mapping[Example, str]) -> bool:
    """Return whether two readings of a document differ in the outputs `texts`, in numbers of lines, and in no more."""
    if len(old.examples) != len(new.examples):
        return False
    if [each.text for each in old.unattributed] != [each.text for each in new.unattributed]:
        return False
    scope = _OneToOne()  # its name may hold a number of a line
    for one, other in zip(old.examples, new.examples):
        same = replace(other, line=one.line, code=one.code, scope=one.scope, documented=one.documented)
        wanted = texts.get(one, one.documented)
        if same != one or not scope.maps(one.scope, other.scope) or _lines(wanted) != _lines(other.documented):
            return False
        if one.code != other.code and not _is_same_code(one.code, other.code):
            return False
    return True


def _is_same_code(one: str, other: str) -> bool:
    """Return whether code differs in comments only: in those that hold its output."""
    trees = try_parse(one), try_parse(other)
    return all(tree is not None for tree in trees) and len({ast.dump(tree) for tree in trees if tree}) == 1


class _OneToOne:
    """A mapping that is seen pair by pair."""

    def __init__(self) -> None:
        self._there: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def maps(self, one: str, other: str) -> bool:
        return self._there.setdefault(one, other) == other and self._back.setdefault(other, one) == one


def _lines(text: str | None) -> Sequence[str] | None:
    return None if text is None else [line.rstrip() for line in text.split("\n")]


def rewrite_confirmed(
    documents: Sequence[Document],
    data: Mapping[str, bytes],
    texts: Mapping[Example, str],
    verify_again: Callable[[Sequence[Document]], Sequence[Result]],
) -> list[Rewritten]:
    """Write new outputs into documents, apart from those that are not the same in another run.

    Args:
      documents: what was read of each document.
      data: from `contents_of`.
      texts: the new outputs of their examples.
      verify_again: runs documents; any drift counts as a failure.

    Returns:
      The documents that have any of these examples.
    """
    found = []
    for document in documents:
        of_document = {example: texts[example] for example in document.examples if example in texts}
        if of_document:
            found.append(rewrite(document, data.get(document.path, b""), of_document))
    changed = [each.document for each in found if each.accepted]
    again = verify_again(changed) if changed else []
    unstable = {result.example for result in again if not _is_confirmed(result)}
    for number, each in enumerate(found):
        others = [example for example, new in each.accepted.items() if new in unstable]
        if others:
            (document,) = (document for document in documents if document.path == each.path)
            kept = {example: texts[example] for example in each.accepted if example not in others}
            confirmed = rewrite(document, each.data, kept)
            confirmed.refused.update(each.refused)
            confirmed.refused.update((example, "it prints something else in another run") for example in others)
            found[number] = confirmed
    return found


def _is_confirmed(result: Result) -> bool:
    return result.status in (EXACT, EQUAL) or is_for_other_mode(result)
