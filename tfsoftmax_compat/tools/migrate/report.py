"""What was found, as text, JSON, SARIF or GitHub's annotations."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from tfsoftmax_compat.tools.annotations import annotation
from tfsoftmax_compat.tools.migrate.files import FileResult, Located


def diff(result: FileResult) -> str:
    """The change of one file, as a unified diff that `patch` takes."""
    before, after = result.before.splitlines(True), result.after.splitlines(True)
    lines = []
    for line in difflib.unified_diff(before, after, "a/" + result.path, "b/" + result.path):
        lines.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
    return "".join(lines)


def text_line(finding: Located) -> str:
    """One line for a person: ``path:line:column: RULE message``; in a notebook, by cell."""
    where = "%s:%d" % (finding.path, finding.line)
    if finding.cell is not None:
        where = "%s:cell %d:%s" % (finding.path, finding.cell, finding.line_in_cell)
    return "%s:%d: %s %s" % (where, finding.column, finding.rule, finding.message)


def github_line(finding: Located) -> str:
    """One workflow command, which GitHub shows beside the line."""
    kind = "error" if finding.needs_person else "warning"
    return annotation(kind, finding.path, finding.line, finding.rule, finding.message, finding.column)


def errors(result: FileResult) -> list[Located]:
    """A file that could not be looked at, in the form of a finding."""
    return [Located(result.path, 1, 1, "TFS000", "left alone: %s" % result.error, True)] if result.error else []


def as_json(results: Iterable[FileResult], with_diff: bool) -> Iterator[str]:
    """An object with a list of files, written as they come; `with_diff` adds each file's change."""
    yield '{"files": ['
    separator = "\n"
    for result in results:
        entry: dict[str, Any] = {"path": result.path, "findings": [_plain(f) for f in errors(result) + result.findings]}
        if with_diff:
            entry["diff"] = diff(result)
        yield separator + json.dumps(entry)
        separator = ",\n"
    yield "\n]}\n"


def _plain(finding: Located) -> dict[str, Any]:
    return {name: value for name, value in vars(finding).items() if value is not None and name != "path"}


def as_sarif(results: Iterable[FileResult], version: str) -> str:
    """A log in SARIF 2.1.0, as code scanning services take it."""
    from tfsoftmax_compat.tools.migrate.rules import all_rules

    rules = [
        {
            "id": rule.ID,
            "name": rule.__name__.rsplit(".", 1)[-1],
            "shortDescription": {"text": rule.__doc__.split("\n\n")[0].replace("\n", " ")},
            "fullDescription": {"text": rule.__doc__.strip()},
        }
        for rule in all_rules()
    ]
    rules.insert(0, {"id": "TFS000", "name": "left_alone", "shortDescription": {"text": "A file left alone."}})
    found = [
        {
            "ruleId": finding.rule,
            "level": "error" if finding.needs_person else "warning",
            "message": {"text": finding.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(finding.path)},
                        "region": {"startLine": finding.line, "startColumn": finding.column},
                    }
                }
            ],
        }
        for result in results
        for finding in errors(result) + result.findings
    ]
    driver = {"name": "tfsoftmax-compat", "version": version, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
