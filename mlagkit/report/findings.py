"""Findings: ``mlagkit.findings/1``, text with source lines and carets, GitHub annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mlagkit.excerpt import excerpt, visible
from mlagkit.finding import Finding, Origin, Severity
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain

_COLORS = {"error": "red", "warning": "yellow", "info": "blue"}
_ANNOTATIONS = {"error": "error", "warning": "warning", "info": "notice"}

ANNOTATIONS_SHOWN = 10
"""Annotations of one kind that GitHub shows for a step; it drops the others without a word (actions/toolkit#734)."""


def unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in the order of files and lines.

    What several pairs say of one place, such as a line of their common site file, is one finding of no pair.
    """
    found: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.origin, finding.rule, finding.message, finding.switch)
        known = found.get(key)
        if known is None:
            found[key] = finding
        elif known.pair != finding.pair:
            found[key] = replace(known, pair=None)
    return tuple(sorted(found.values(), key=lambda item: (item.origin, item.severity.rank, item.rule, item.message)))


def findings_document(findings: Iterable[Finding]) -> Document:
    """The findings as ``mlagkit.findings/1``."""
    return {"format": "mlagkit.findings/1", "findings": [_row(finding) for finding in unique(findings)]}


def _row(finding: Finding) -> Document:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "pair": finding.pair,
        "switch": finding.switch,
        "object": finding.object,
        "file": finding.origin.file,
        "line": finding.origin.line,
        "column": finding.origin.column,
        "fix": finding.fix,
    }


def findings_text(
    document: Document, sources: Mapping[str, str], *, paint: Paint = plain, checked: Sequence[str] = ()
) -> str:
    """Every finding with its place, its source line, a caret and the fix; a count at the end.

    ``sources`` maps file names to texts; ``checked`` are the files that were looked at, for the sentence that says
    that nothing was found.
    """
    rows = document["findings"]
    parts = [_text(row, sources, paint) for row in rows]
    return "\n".join([*parts, _summary(rows, checked, paint)]) + "\n"


def _text(row: Document, sources: Mapping[str, str], paint: Paint) -> str:
    origin = Origin(row["file"], row["line"], row["column"])
    severity = paint(_COLORS[row["severity"]], row["severity"])
    head = f"{paint('bold', visible(str(origin)))}: {severity} {row['rule']} {row['name']}: {visible(row['message'])}"
    fix = f"  {paint('green', 'fix:')} {visible(row['fix'])}" if row["fix"] else ""
    return "\n".join(filter(None, (head, excerpt(origin, sources), fix)))


def _summary(rows: Sequence[Document], checked: Sequence[str], paint: Paint) -> str:
    files = f" in {counted(len(checked), 'pair file')}" if checked else ""
    if not rows:
        return paint("green", f"no findings{files}")
    by_severity = Counter(row["severity"] for row in rows)
    parts = [
        counted(by_severity[severity], severity.value)
        if severity is not Severity.INFO
        else f"{by_severity[severity]} info"
        for severity in Severity
        if by_severity[severity]
    ]
    return paint("bold", f"{counted(len(rows), 'finding')}{files}: {', '.join(parts)}")


def _of_severity(number: int, severity: Severity) -> str:
    return f"{number} info" if severity is Severity.INFO else counted(number, severity.value)


def github_commands(document: Document, limit: int | None = None) -> str:
    """A workflow command of GitHub Actions for each finding, worst first; at most ``limit`` of each severity.

    What stays behind is counted in a last one, never dropped in silence.
    """
    rows = sorted(document["findings"], key=lambda row: Severity(row["severity"]).rank)
    lines = []
    for severity in Severity:
        some = [row for row in rows if row["severity"] == severity.value]
        shown = some if limit is None or len(some) <= limit else some[: limit - 1]
        lines += [_annotation(row) for row in shown]
        if len(some) > len(shown):
            left = counted(len(some) - len(shown), f"more {severity.value}")
            lines.append(f"::{_ANNOTATIONS[severity]} title=mlagkit::{left}; all of them are in the log")
    return "".join(f"{line}\n" for line in lines)


def _annotation(row: Document) -> str:
    properties = {
        "file": row["file"],
        "line": str(row["line"]),
        "col": str(row["column"]),
        "title": f"{row['rule']} {row['name']}",
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = row["message"] + (f"\nfix: {row['fix']}" if row["fix"] else "")
    return f"::{_ANNOTATIONS[row['severity']]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """The text of a workflow command; as the runner undoes it (actions/toolkit: packages/core/src/command.ts)."""
    lines = "\n".join(visible(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """One of its properties."""
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
