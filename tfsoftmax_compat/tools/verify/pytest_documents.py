"""Documented examples as items of pytest: what ``pytest --tf-docs`` adds to a run."""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Optional

import pytest

from tfsoftmax_compat.tools.documents import Document as ReadDocument
from tfsoftmax_compat.tools.documents import DocumentError, Example, reading
from tfsoftmax_compat.tools.verify.interpreter import WorkerError
from tfsoftmax_compat.tools.verify.results import DRIFT, FAILED, PASSED, Result
from tfsoftmax_compat.tools.verify.settings import Settings
from tfsoftmax_compat.tools.verify.verification import verify

_DRIFT = "tf-docs drift"  # the property of a report that has the cause


class Documents:
    """The plugin: collects documents, and verifies those with a selected example together, once."""

    def __init__(self, pythons: Sequence[str], max_ulp: float) -> None:
        """Args: the interpreters to run examples in; the largest distance that is no failure, in float32 ULP."""
        self._pythons = pythons
        self._settings = Settings(max_ulp=max_ulp)
        self._selected: list[Document] = []

    def pytest_collect_file(self, file_path: Path, parent: Any) -> Optional["Document"]:
        """A document: by its suffix, or because it is named on the command line."""
        if file_path.suffix.lower() not in reading.SUFFIXES and not parent.session.isinitpath(file_path):
            return None
        document: Document = Document.from_parent(parent, path=file_path)
        document.documents = self
        return document

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep the documents of the selected examples."""
        parents = (item.parent for item in session.items)
        self._selected = [parent for parent in dict.fromkeys(parents) if isinstance(parent, Document)]

    def results(self, example: Example) -> list[Result]:
        """How an example did in each interpreter and mode.

        Raises:
          WorkerError: an interpreter cannot run any example.
        """
        if isinstance(self._verified, WorkerError):
            raise self._verified
        return self._verified[example]

    @cached_property
    def _verified(self) -> dict[Example, list[Result]] | WorkerError:
        try:
            results = verify([document.read for document in self._selected], self._pythons, self._settings)
        except WorkerError as error:  # kept: it is the same for each example
            return error
        by_example: dict[Example, list[Result]] = {}
        for result in results:
            by_example.setdefault(result.example, []).append(result)
        return by_example

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what drifted, and why."""
        drifted: dict[str, list[str]] = {}
        for report in terminalreporter.stats.get("passed", ()):
            for name, cause in report.user_properties:
                if name == _DRIFT:
                    drifted.setdefault(cause, []).append(report.nodeid.partition("::")[2])
        for cause, examples in drifted.items():
            terminalreporter.write_line(f"tf-docs: {', '.join(examples)} drifted: {cause}")


class Document(pytest.File):
    """A document: its documented examples are the items."""

    documents: Documents
    read: ReadDocument

    def collect(self) -> Iterator["DocumentedExample"]:
        """Read it."""
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
                yield item


class DocumentedExample(pytest.Item):
    """An example, named by document and line. It fails if it fails in any interpreter or mode."""

    example: Example

    def runtest(self) -> None:
        """Look at its results."""
        assert isinstance(self.parent, Document)
        results = self.parent.documents.results(self.example)
        failed = [result for result in results if result.status in FAILED]
        if failed:
            raise _FailedError("\n\n".join(map(_described, failed)))
        if not any(result.status in PASSED for result in results):
            reasons = dict.fromkeys(f"{result.mode} mode: {result.message}" for result in results)
            pytest.skip(f"{self.name}: {'; '.join(reasons)}")  # with its name: pytest says where this line is
        causes = dict.fromkeys(result.cause for result in results if result.status == DRIFT)
        self.user_properties += [(_DRIFT, cause) for cause in causes]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What a person has to know; a traceback only where this package is to blame."""
        if isinstance(excinfo.value, (_FailedError, WorkerError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Its file, its line from 0, and what a failure is headed by."""
        return self.path, self.example.line - 1, f"[tf-docs] {self.name}"


class _FailedError(Exception):
    pass


def _described(result: Result) -> str:
    """Documented above measured, and why."""
    lines = [f"{result.status} under {result.environment.id}, {result.mode} mode: {result.message}"]
    for title, text in (("documented", result.example.documented or ""), ("measured", result.measured)):
        if text.strip():
            lines += [f"{title}:", *(f"    {line}" for line in text.strip().splitlines())]
    if result.cause:
        lines.append(f"cause: {result.cause}")
    return "\n".join(lines)
