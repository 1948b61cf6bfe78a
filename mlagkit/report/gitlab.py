"""Findings as a code quality report of GitLab (docs.gitlab.com: ci/testing/code_quality, "report format")."""

from __future__ import annotations

import json

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.findings import parted, remedy, worst_first
from mlagkit.report.place import fingerprints, path_in_repository

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def gitlab_report(document: Document) -> str:
    """A JSON list, the worst first. What is waived is not in it: the format has no word for that."""
    rows = worst_first(parted(document)[0])
    issues = [_issue(row, mark) for row, mark in zip(rows, fingerprints(rows), strict=True)]
    return json.dumps(issues, sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def _issue(row: Document, fingerprint: str) -> Document:
    to_do = remedy(row)
    fix = f" ({to_do})" if to_do else ""
    return {
        "check_name": row["rule"],
        "description": visible(f"{row['rule']} {row['name']}: {row['message']}{fix}"),
        "fingerprint": fingerprint,
        "location": {"path": path_in_repository(row["file"]), "lines": {"begin": row["line"]}},
        "severity": _SEVERITIES[row["severity"]],
    }
