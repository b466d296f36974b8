"""Documented examples as pytest items: the plugin for ``pytest --tf-docs``."""

import argparse
import contextlib
import io
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

import pytest

from tfsoftmax_compat._runtime.tolerance import MAX_ULP
from tfsoftmax_compat.tools import options
from tfsoftmax_compat.tools.documents import Document as ReadDocument
from tfsoftmax_compat.tools.documents import DocumentError, Example, reading
from tfsoftmax_compat.tools.printable import printable
from tfsoftmax_compat.tools.verify.accepting.command import accept
from tfsoftmax_compat.tools.verify.accepting.documents import contents_of
from tfsoftmax_compat.tools.verify.interpreter import WorkerError
from tfsoftmax_compat.tools.verify.reports.marks import marked
from tfsoftmax_compat.tools.verify.results import DRIFT, FAIL, FAILED, PASSED, Result
from tfsoftmax_compat.tools.verify.settings import MODES, Settings
from tfsoftmax_compat.tools.verify.verification import Targets, verify

_WIDTH = 100  # columns of a line that differs
_LINES_SHOWN = 5  # lines that differ, of one example
_DRIFT = "tf-docs drift"  # the name of a report's user property whose value is the cause of a drift


def plugin(config: pytest.Config) -> "Documents":
    """Return the plugin to register.

    Args:
      config: pytest's, with the options of :mod:`tfsoftmax_compat.pytest_plugin`.

    Raises:
      pytest.UsageError: an interpreter does not exist, or the value of an option is wrong.
    """
    pythons = config.getoption("tf_docs_python") or config.getini("tf_docs_python") or [sys.executable]
    for python in pythons:
        if shutil.which(python) is None:
            raise pytest.UsageError(f"--tf-docs-python {python}: there is no such interpreter")
    settings = Settings(
        modes=_value(config, "mode", _modes, ()),
        max_ulp=_value(config, "max-ulp", options.not_negative, MAX_ULP),
        timeout=_value(config, "timeout", options.positive, Settings.timeout),
    )
    if config.getoption("tf_docs_exact") or config.getini("tf_docs_exact"):
        settings = replace(settings, max_ulp=0.0)
    in_xdist = hasattr(config, "workerinput")
    return Documents(pythons, settings, accepts=config.getoption("tf_docs_accept"), one_by_one=in_xdist)


def _value(config: pytest.Config, name: str, read: Callable[[str], Any], default: Any) -> Any:
    """Return the value of an option: that of the command line, else of the configuration file, else the default."""
    key = f"tf_docs_{name}".replace("-", "_")
    text = config.getoption(key)
    where = f"--tf-docs-{name}" if text is not None else key
    text = config.getini(key) if text is None else text
    try:
        return default if text in (None, "") else read(text)
    except argparse.ArgumentTypeError as error:
        raise pytest.UsageError(f"{where}: {error}") from None


def _modes(text: str) -> tuple[str, ...]:
    if text not in MODES:
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(MODES)}, not {text}")
    return MODES[text]


class Documents:
    """Collect documents, and verify each document that has a selected example once."""

    def __init__(self, pythons: Sequence[str], settings: Settings, accepts: bool, one_by_one: bool) -> None:
        """Create the plugin.

        Args:
          pythons: the interpreters to run examples with.
          settings: how to run and judge them.
          accepts: whether to rewrite outputs that drifted or failed.
          one_by_one: whether to verify a document when its first example runs, instead of all documents together then.
            A process of pytest-xdist selects all examples, and runs only some of them.
        """
        self._pythons = pythons
        self._settings = settings
        self._accepts = accepts
        self._one_by_one = one_by_one
        self._targets = Targets(pythons, settings.isolate)
        self._selected: list[Document] = []
        self._examples: set[Example] = set()
        self._results: dict[Example, list[Result]] = {}
        self._error: WorkerError | None = None
        self._said: list[str] = []  # about outputs that were accepted, or not

    def pytest_collect_file(self, file_path: Path, parent: Any) -> Optional["Document"]:
        """Collect a file with a known suffix, and any file that is named on the command line."""
        if file_path.suffix.lower() not in reading.SUFFIXES and not parent.session.isinitpath(file_path):
            return None
        document: Document = Document.from_parent(parent, path=file_path)
        document.documents = self
        return document

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember the documents of the selected examples."""
        parents = (item.parent for item in session.items)
        self._selected = [parent for parent in dict.fromkeys(parents) if isinstance(parent, Document)]
        self._examples = {item.example for item in session.items if isinstance(item, DocumentedExample)}

    def results(self, document: "Document", example: Example) -> list[Result]:
        """Return the results of an example in each interpreter and mode.

        Raises:
          WorkerError: an interpreter cannot run any example.
        """
        if self._error is None and example not in self._results:
            try:
                self._verify([document.read] if self._one_by_one else [each.read for each in self._selected])
            except WorkerError as error:
                self._error = error
        if self._error is not None:  # each example reports it
            raise self._error
        return self._results[example]

    def _verify(self, documents: Sequence[ReadDocument]) -> None:
        contents = contents_of(documents) if self._accepts else {}
        results = self._targets.verify(documents, self._settings, and_close=not self._one_by_one)
        if self._accepts:
            results = self._accepted(documents, contents, results)
        for result in results:
            self._results.setdefault(result.example, []).append(result)

    def pytest_unconfigure(self) -> None:
        """End the interpreters."""
        self._targets.close()

    def _accepted(
        self, documents: Sequence[ReadDocument], contents: dict[str, bytes], results: Sequence[Result]
    ) -> list[Result]:
        """Rewrite the outputs of the selected examples, and return the results as they are then."""
        exact = replace(self._settings, max_ulp=0.0)
        options = argparse.Namespace(
            accept=True, diff=False, only=None, paths=[document.path for document in documents]
        )
        of_selected = [result for result in results if result.example in self._examples]
        said = io.StringIO()  # for the summary: here it would be part of the first example's output
        with contextlib.redirect_stderr(said):
            found, _ = accept(
                documents, contents, of_selected, options, lambda changed: verify(changed, self._pythons, exact)
            )
        self._said += said.getvalue().splitlines()
        return found

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Give each example its own time: all of them run when the first one is asked for."""
        report = (yield).get_result()  # type: ignore[attr-defined]
        if isinstance(item, DocumentedExample) and call.when == "call":
            report.duration = item.seconds

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print which outputs were accepted, which examples drifted, and the causes."""
        for line in self._said:
            terminalreporter.write_line(f"tf-docs: {line}")
        drifted: dict[str, list[str]] = {}
        for report in terminalreporter.stats.get("passed", ()):
            for name, cause in report.user_properties:
                if name == _DRIFT:
                    drifted.setdefault(cause, []).append(report.nodeid.partition("::")[2])
        for cause, examples in drifted.items():
            terminalreporter.write_line(f"tf-docs: {', '.join(examples)} drifted: {cause}")


class Document(pytest.File):
    """A document. Its items are the examples that show an output."""

    documents: Documents
    read: ReadDocument

    def collect(self) -> Iterator["DocumentedExample"]:
        """Read the document."""
        try:
            self.read = reading.read(os.path.relpath(self.path))
        except DocumentError as error:
            raise self.CollectError(str(error)) from error
        except ModuleNotFoundError as error:
            if error.name and error.name.partition(".")[0] == "tfsoftmax_compat":
                raise
            missing = f"--tf-docs needs the tools extra (no module named {error.name})"
            raise self.CollectError(f"{missing}: pip install 'tfsoftmax_compat[tools]'") from error
        for example in self.read.examples:
            if example.documented is not None:
                item: DocumentedExample = DocumentedExample.from_parent(self, name=f"{self.path.name}:{example.line}")
                item.example = example
                if self.config.getoption("dist", None):  # without pytest-xdist the mark is unknown
                    item.add_marker(pytest.mark.xdist_group(str(self.path)))  # for --dist loadgroup
                yield item


class DocumentedExample(pytest.Item):
    """An example, named by its document and line. It fails if it fails in any interpreter or mode."""

    example: Example
    seconds = 0.0  # in all interpreters and modes

    def runtest(self) -> None:
        """Fail, skip or pass, as the results of the example say."""
        assert isinstance(self.parent, Document)
        results = self.parent.documents.results(self.parent, self.example)
        self.seconds = sum(result.seconds for result in results)
        failed = [result for result in results if result.status in FAILED]
        if failed:
            raise _FailedError("\n\n".join([_code(self.example), *map(_described, failed)]))
        if not any(result.status in PASSED for result in results):
            reasons = dict.fromkeys(f"{result.mode} mode: {result.message}" for result in results)
            pytest.skip(f"{self.name}: {'; '.join(reasons)}")  # pytest shows the place of this line, not of the example
        causes = dict.fromkeys(result.cause for result in results if result.status == DRIFT)
        self.user_properties += [(_DRIFT, cause) for cause in causes]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the results that failed; a traceback only for an error of this package."""
        if isinstance(excinfo.value, (_FailedError, WorkerError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file, the line from 0, and the heading of a failure."""
        return self.path, self.example.line - 1, f"[tf-docs] {self.name}"


class _FailedError(Exception):
    pass


def _code(example: Example) -> str:
    """Return the code of an example, with the lines of its document."""
    lines = example.code.rstrip("\n").split("\n")
    width = len(str(example.line + len(lines) - 1))
    numbered = (f"{number:{width}}  {line}".rstrip() for number, line in enumerate(lines, example.line))
    return printable("\n".join([f"{example.document}:{example.line}", *numbered]))


def _described(result: Result) -> str:
    """Return the documented output above the measured one, where they differ, and the cause."""
    lines = [f"{result.status} under {result.environment.id}, {result.mode} mode: {result.message}"]
    for title, text in (("documented", result.example.documented or ""), ("measured", result.measured)):
        if text.strip():
            lines += [f"{title}:", *(f"    {line}" for line in text.strip().splitlines())]
    if result.status == FAIL and not result.raised:
        for line in itertools.islice(marked(result.example.documented or "", result.measured, _WIDTH), _LINES_SHOWN):
            lines += [f"documented: {line.documented}", f"measured:   {line.measured}", f"            {line.carets}"]
    if result.cause:
        lines.append(f"cause: {result.cause}")
    return "\n".join(lines)
