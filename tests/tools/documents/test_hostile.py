"""Documents that cost much: read in time, or refused with a sentence."""

import json
import os
import time

import pytest

from tfsoftmax_compat.tools.documents import DocumentError, reading
from tfsoftmax_compat.tools.documents.formats import plain


def rst_substitutions():
    lines = (f".. |{a}| replace:: {f'|{b}| ' * 10}\n" for a, b in zip("abcdefg", "bcdefgh"))
    return "".join(lines) + "\n|a|\n"


def notebook(cells):
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": ["x = 1\n"] * 10}
    return json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": [cell] * cells}, indent=1)


# Each of these took minutes, or for ever.
HOSTILE = {
    "print.txt": "print " + ",".join(map(str, range(26))) + " and more\n",
    "calls.txt": "print f" + "()" * 26 + " !\n",
    "calls.md": "```\nprint f" + "()" * 26 + " !\n```\n",
    "losses.md": "```python\n" + "".join(f"print('loss{i} is', x)  # 0.5\n" for i in range(1000)) + "```\n",
    "brackets.txt": "foo(\n" * 2000,
    "prose.txt": "Some prose.\n" * 50_000,
    "blanks.txt": "x" + " " * 20_000 + "y\n",
    "blanks.md": "```python\nfoo(" + " " * 20_000 + "bar\n```\n",
    "tags.md": "<a " * 30_000,
    "comments.md": "<!-- " * 20_000,
    "less.md": "<" * 100_000,
    "tags.html": "<a " * 30_000,
    "comments.html": "<!-- " * 20_000,
    "substitutions.rst": rst_substitutions(),
    "sessions.rst": "".join(f">>> {i}\n{i}\n\ntext\n\n" for i in range(1000)),
    "cells.ipynb": notebook(1600),
    "digits.md": "```python\nprint(1)  # " + "1" * 20_000 + "x\n```\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_read_in_time(tmp_path, name):
    path = tmp_path / name
    path.write_text(HOSTILE[name])
    start = time.process_time()
    reading.read(str(path))
    assert time.process_time() - start < 10  # most take less than one


def test_only_regular_files_of_some_size(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(DocumentError, match="a.md: can't be read: it is not a regular file"):
        reading.read(str(tmp_path / "a.md"))
    monkeypatch.setattr(plain, "MOST_BYTES", 1_000_000)
    (tmp_path / "a.txt").write_text("x" * 1_000_001)
    with pytest.raises(DocumentError, match="a.txt: is larger than 1 MB, the most that is read of .txt"):
        reading.read(str(tmp_path / "a.txt"))
