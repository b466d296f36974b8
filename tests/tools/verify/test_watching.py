"""``verify --watch``: what is saved is verified again, in the same interpreter, until Ctrl-C."""

import os
import queue
import signal
import subprocess
import sys
import threading

import pytest
from processes import runs


def text(number, shown=None):
    return f"```python\nimport os\nprint(os.getppid() and {number})\n# output\n# {shown or number}\n```\n"


class Watch:
    """A running ``verify --watch``."""

    def __init__(self, *arguments):
        command = [sys.executable, "-u", "-m", "tfsoftmax_compat", "verify", "--watch", *map(str, arguments)]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
        )
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line.rstrip())

    def report(self, last="watching; Ctrl-C ends it"):
        """The lines up to the one that says that it waits for changes."""
        lines = []
        while last not in (lines or [""])[-1]:
            lines.append(self._lines.get(timeout=300))
        return "\n".join(lines)

    def children(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
            return list(map(int, file.read().split()))


@pytest.fixture
def watch(quick_python):
    started = []

    def watch(*arguments):
        started.append(Watch("--python", quick_python, *arguments))
        return started[-1]

    yield watch
    for each in started:
        each.process.kill()
        each.process.wait()


def test_saved_documents_are_verified_again(watch, tmp_path):
    document, other = tmp_path / "a.md", tmp_path / "b.md"
    document.write_text(text("0.5"))
    other.write_text(text("0.25"))
    watching = watch(tmp_path)
    assert "2 of 2 examples passed" in watching.report()
    interpreters = watching.children()

    document.write_text(text("0.5", "0.75"))
    report = watching.report()
    assert "a.md:2  fail" in report and "b.md" not in report

    temporary = tmp_path / ".a.md.tmp"  # as editors that replace the file
    temporary.write_text(text("0.75"))
    os.replace(temporary, document)
    assert "1 of 1 example passed" in watching.report()

    (tmp_path / "new.md").write_text(text("0.125"))
    assert "new.md:2" in watching.report()

    document.write_bytes(b"\xff")
    watching.report(last="a.md: line 1 is not utf-8")

    other.unlink()
    document.write_text(text("0.5"))
    assert "1 of 1 example passed" in watching.report()
    assert set(interpreters) <= set(watching.children())  # TensorFlow was imported once

    children = watching.children()
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(30) == 0
    assert not any(map(runs, children))


def test_named_file_is_watched_and_its_neighbours_are_not(watch, tmp_path):
    document, other = tmp_path / "a.md", tmp_path / "b.md"
    document.write_text(text("0.5"))
    watching = watch(document)
    assert "1 of 1 example passed" in watching.report()
    other.write_text(text("0.25"))
    document.write_text(text("0.75"))
    report = watching.report()
    assert "1 of 1 example passed" in report and "b.md" not in report


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--watch needs the paths of documents or folders, and prints text; it takes no "),
        (["no.md"], "no.md: there is no such file or folder"),
        ([".", "--format", "json"], "--watch needs the paths of documents or folders, and prints text; "),
    ],
)
def test_wrong_usage_is_a_sentence(tmp_path, arguments, said):
    command = [sys.executable, "-m", "tfsoftmax_compat", "verify", "--watch", *arguments]
    completed = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert completed.returncode == 2
    assert completed.stderr.startswith(f"tfsoftmax-compat: {said}")
