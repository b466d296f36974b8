"""Reading: which files, in which format."""

import subprocess
import sys
import time

import pytest

from tfsoftmax_compat.tools.documents import DocumentError, Example, reading


def raising(error):
    raise error


def test_documents_in(tmp_path):
    for name in [
        "b.md",
        "a.rst",
        "c.ipynb",
        "d.html",
        "e.htm",
        "f.py",
        "g.txt",
        "h.markdown",
        "i.c",
        "sub/a.md",
        ".git/a.md",
        ".ipynb_checkpoints/a.ipynb",
        "__pycache__/a.py",
        "env/pyvenv.cfg",
        "env/a.md",
    ]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    paths = [str(tmp_path / "i.c"), str(tmp_path), str(tmp_path / "b.md")]
    found = list(reading.documents_in(paths, on_error=raising))
    names = ["i.c", "a.rst", "b.md", "c.ipynb", "d.html", "e.htm", "f.py", "g.txt", "h.markdown", "sub/a.md"]
    assert found == [str(tmp_path / name) for name in names]


@pytest.mark.parametrize(
    "name, text",
    [
        ("a.md", "```python\nprint(1)  # 1\n```\n"),
        ("a.MARKDOWN", "```python\nprint(1)  # 1\n```\n"),
        ("a.rst", "::\n\n  print(1)  # 1\n"),
        ("a.html", "<pre>\nprint(1)  # 1</pre>"),
        ("a.txt", "Code:\nprint(1)  # 1\n"),
        ("a.py", '"""\n```python\nprint(1)  # 1\n```\n"""\n'),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_read(tmp_path, name, text, end, mark):
    path = tmp_path / name
    path.write_bytes(mark + text.encode().replace(b"\n", end))
    example = reading.read(str(path)).examples[-1]
    assert (example.document, example.code, example.documented) == (str(path), "print(1)  # 1\n", "1")
    assert text.split("\n")[example.line - 1].strip().startswith("print(1)")


def test_lines_that_not_all_libraries_count(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("a\u2028b\x0c\n```python\nx = 1\x0c\nprint(x)  # 1\n", "utf-8")
    assert reading.read(str(path)).examples == [Example(str(path), 3, "x = 1\nprint(x)  # 1\n", "1")]


def test_nested_too_deeply(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<div>" * 5000)
    with pytest.raises(DocumentError, match="a.html: nested too deeply to be read"):
        reading.read(str(path))


def test_encoding_of_python(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes('# coding: latin-1\n"""\n>>> "é"\n\'é\'\n"""\n'.encode("latin-1"))
    assert reading.read(str(path)).examples[-1].documented == "'é'"


@pytest.mark.parametrize(
    "name, data, message",
    [
        ("a.c", b"", "its suffix is of no known format; these are known: .py, .html, .htm, .md, .markdown, .ipynb"),
        ("a.md", b"a\nb\xff", "line 2 is not utf-8; convert the file to UTF-8"),
        ("a.py", b"# coding: none-such\n", "unknown encoding"),
        ("a.py", b"print x\n", "line 1 is not Python 3"),
        ("a.ipynb", b"{", "a notebook is JSON, and this is not: line 1"),
        ("b.md", None, "can't be read: No such file or directory"),
    ],
)
def test_errors(tmp_path, name, data, message):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        reading.read(str(path))
    assert str(caught.value).startswith("%s: %s" % (path, message))


def test_formats_are_imported_when_they_are_read():
    code = "import sys, tfsoftmax_compat.tools.documents.reading; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"markdown_it", "docutils", "bs4", "fissix", "numpy", "tensorflow"} & set(modules)


@pytest.mark.parametrize("encoding", ["rot13", "hex", "undefined", "punycode", "no-such-encoding"])
def test_encoding_that_is_none_for_text(tmp_path, encoding):
    path = tmp_path / "a.py"
    path.write_text(f"# coding: {encoding}\nx = 1\n")
    with pytest.raises(DocumentError, match="a.py: "):
        reading.read(str(path))


def test_document_that_takes_too_long_is_named(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    path.write_text("")
    monkeypatch.setattr(reading, "_MOST_SECONDS", 0.1)
    monkeypatch.setattr(reading.blocks, "document", lambda *arguments: time.sleep(60))
    with pytest.raises(DocumentError, match="a.md: can't be read in 0.1 seconds"):
        reading.read(str(path))


def test_unexpected_exception_is_the_documents_error(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    path.write_text("")
    monkeypatch.setattr(reading.blocks, "document", lambda *arguments: 1 / 0)
    with pytest.raises(DocumentError, match="a.md: can't be read: a fault of tfsoftmax-compat, .*division by zero"):
        reading.read(str(path))
