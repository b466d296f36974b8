"""What `verify` reads as Python, `check` sees: a call is put into each example of the documents that test `verify`."""

import ast
from pathlib import Path

import pytest

from tfsoftmax_compat.tools.documents import reading
from tfsoftmax_compat.tools.migrate.files import process

TOOLS = Path(__file__).parents[1]
FOLDERS = [TOOLS / "verify" / "corpus", TOOLS / "documents" / "formats" / "samples"]
FILES = [path for folder in FOLDERS for path in folder.iterdir() if path.is_file()]
# `verify` converts Python 2, which `check` reports.
DOCUMENTS = [path for path in FILES if not any(each.is_python_2 for each in reading.read(str(path)).examples)]
CALL = "tf.nn.sparse_softmax_cross_entropy_with_logits(None, a, b)"  # changed in tf.compat.v1 too


def with_calls(document):
    """The text of a document with the call in front of the first statement of each example, where it can be."""
    lines = document.read_text(encoding="utf-8").split("\n")
    for example in reading.read(str(document)).examples:
        first = example.code.split("\n")[0]
        if is_simple(example.code) and CALL not in lines[example.line - 1]:
            lines[example.line - 1] = lines[example.line - 1].replace(first, f"{CALL}; {first}", 1)
    return "\n".join(lines)


def is_simple(code):
    """Whether the first statement of `code` can be behind a semicolon."""
    try:
        first = ast.parse(code).body[0]
    except (SyntaxError, IndexError):
        return False
    return first.lineno == 1 and not hasattr(first, "body") and "#" not in code.split("\n")[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_check_sees_what_verify_reads(tmp_path, document):
    copy = tmp_path / document.name
    copy.write_text(with_calls(document), encoding="utf-8")
    read = {e.line for e in reading.read(str(copy)).examples if CALL in e.code.split("\n")[0]}
    result = process(str(copy), "shim", False, False)
    assert read
    assert {finding.line for finding in result.findings if finding.rule == "TFS103"} == read


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_verify_reads_the_same_after_migrate(tmp_path, document):
    """Only calls change: what is documented, and on which lines, stays. HTML and plain text are not written."""
    copy = tmp_path / document.name
    copy.write_text(with_calls(document), encoding="utf-8")
    before = reading.read(str(copy)).examples
    process(str(copy), "native", True, True)
    after = reading.read(str(copy)).examples
    new = CALL if document.suffix in (".html", ".txt") else CALL.replace("None, a, b", "labels=a, logits=b")
    assert [e.code.count(new) for e in after] == [e.code.count(CALL) for e in before]
    assert [(e.line, e.documented, e.kind, e.scope) for e in after] == [
        (e.line, e.documented, e.kind, e.scope) for e in before
    ]
