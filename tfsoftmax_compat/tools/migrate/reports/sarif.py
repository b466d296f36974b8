"""Print a log in SARIF 2.1.0, which code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from tfsoftmax_compat import __version__
from tfsoftmax_compat.tools.migrate.explain import explanation, markdown
from tfsoftmax_compat.tools.migrate.files import FileResult, Located
from tfsoftmax_compat.tools.migrate.policy import SKIPPED
from tfsoftmax_compat.tools.migrate.reports import Task
from tfsoftmax_compat.tools.migrate.rules import Rule, all_rules, page, summary

_SKIPPED = {"id": SKIPPED, "name": "skipped", "shortDescription": {"text": "A file, or code in a file, was skipped."}}


def write(results: Iterable[FileResult], task: Task) -> None:
    """Print all rules and all findings."""
    found = [_result(finding) for result in results for finding in result.findings]
    rules = [_SKIPPED, *map(_rule, all_rules())]
    driver = {"name": "tfsoftmax-compat", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    sys.stdout.write(json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n")


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.ID,
        "name": rule.__name__.rsplit(".", 1)[-1],
        "shortDescription": {"text": summary(rule)},
        "fullDescription": {"text": rule.__doc__.strip()},
        "helpUri": page(rule),
        # GitHub shows this text beside a finding.
        "help": {"text": explanation(rule.ID), "markdown": markdown(rule)},
    }


def _result(finding: Located) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(os.fsencode(finding.path))},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.rule,
        "level": "error" if finding.needs_person else "warning",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
    }
