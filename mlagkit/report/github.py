"""Findings as annotations: workflow commands of GitHub Actions."""

from __future__ import annotations

from mlagkit.excerpt import visible
from mlagkit.finding import Severity
from mlagkit.report.document import Document
from mlagkit.report.findings import origin_of, parted, remedy
from mlagkit.report.paint import counted

_ANNOTATIONS = {"error": "error", "warning": "warning", "info": "notice"}

ANNOTATIONS_SHOWN = 10
"""Annotations of one kind that GitHub shows for a step; it drops the others without a word (actions/toolkit#734).

Of a job it shows 50 (adrienverge/yamllint#573), which a step with three kinds can't reach.
"""


def github_commands(document: Document) -> str:
    """A workflow command for each finding that counts, the worst first; of each severity as many as GitHub shows.

    What stays behind is counted in a last one, never dropped in silence.
    """
    lines = []
    for severity in Severity:
        shown, left = _parted(document, severity)
        lines += [_annotation(row) for row in shown]
        if left:
            words = f"{len(left)} more info" if severity is Severity.INFO else counted(len(left), f"more {severity}")
            lines.append(f"::{_ANNOTATIONS[severity]} title=mlagkit::{words}; all of them are in the log")
    return "".join(f"{line}\n" for line in lines)


def github_log(document: Document) -> str:
    """What `github_commands` leaves behind, as lines of a log that no runner takes for commands."""
    left = [row for severity in Severity for row in _parted(document, severity)[1]]
    return "".join(f"- {visible(_log_line(row)).replace('##[', '## [')}\n" for row in left)


def _parted(document: Document, severity: Severity) -> tuple[list[Document], list[Document]]:
    """The findings of one severity that are annotations, and those that are too many."""
    rows = [row for row in parted(document)[0] if row["severity"] == severity.value]
    end = ANNOTATIONS_SHOWN if len(rows) <= ANNOTATIONS_SHOWN else ANNOTATIONS_SHOWN - 1
    return rows[:end], rows[end:]


def _log_line(row: Document) -> str:
    return f"{origin_of(row)}: {row['severity']} {row['rule']} {row['name']}: {row['message']}"


def _annotation(row: Document) -> str:
    properties = {
        "file": row["file"],
        "line": str(row["line"]),
        "col": str(row["column"]),
        "title": f"{row['rule']} {row['name']}",
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = "\n".join(filter(None, (row["message"], remedy(row))))
    return f"::{_ANNOTATIONS[row['severity']]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """The text of a workflow command; as the runner undoes it (actions/toolkit: packages/core/src/command.ts)."""
    lines = "\n".join(visible(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """One of its properties."""
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
