"""Findings: ``mlagkit.findings/1``, and text with source lines and carets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mlagkit.excerpt import excerpt, visible
from mlagkit.finding import Finding, Origin, Severity, Waived
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain

COLORS = {"error": "red", "warning": "yellow", "info": "blue"}
"""The color of each severity."""


def unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in the order of files and lines.

    What several pairs say of one place, such as a line of their common site file, is one finding of no pair.
    """
    found: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.origin, finding.rule, finding.message, finding.switch, finding.waived)
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
        "advice": finding.advice,
        "waived": _waived(finding.waived) if finding.waived else None,
    }


def _waived(waived: Waived) -> Document:
    origin = waived.origin
    return {
        "reason": waived.reason,
        "owner": waived.owner,
        "expires": waived.expires,
        "file": origin.file,
        "line": origin.line,
        "column": origin.column,
    }


def origin_of(row: Document) -> Origin:
    """Where a finding stands."""
    return Origin(row["file"], row["line"], row["column"])


def parted(document: Document) -> tuple[list[Document], list[Document]]:
    """The findings that count and those that are waived."""
    rows = document["findings"]
    return [row for row in rows if not row["waived"]], [row for row in rows if row["waived"]]


def worst_first(rows: Iterable[Document]) -> list[Document]:
    """The findings in the order of their severity; those of one severity stay as they were."""
    return sorted(rows, key=lambda row: Severity(row["severity"]).rank)


def findings_text(
    document: Document,
    sources: Mapping[str, str],
    *,
    paint: Paint = plain,
    checked: Sequence[str] = (),
    every_row: bool = False,
) -> str:
    """Every finding with its place, its source line, a caret and what to do; a count at the end.

    ``sources`` maps file names to texts; ``checked`` are the files that were looked at, for the sentence that says
    that nothing was found. What is waived is counted, and with ``every_row`` shown.
    """
    rows, waived = parted(document)
    parts = [_text(row, sources, paint) for row in (document["findings"] if every_row else rows)]
    return "\n".join([*parts, paint(*_summary(rows, waived, checked))]) + "\n"


def summary(document: Document, checked: Sequence[str]) -> str:
    """The sentence that counts the findings."""
    return _summary(*parted(document), checked)[1]


def waived_words(row: Document) -> str:
    """Who accepted a finding, why and until when; empty where nobody did."""
    waived = row["waived"]
    if not waived:
        return ""
    if waived["owner"] is None:
        return f"allowed in line {waived['line']}" + (f": {waived['reason']}" if waived["reason"] else "")
    return f"waived by {waived['owner']} until {waived['expires']}: {waived['reason']}"


def remedy(row: Document) -> str:
    """What to write; where no value is known, what is to be done, unless somebody accepts the finding."""
    if row["fix"]:
        return f"fix: {row['fix']}"
    return f"to do: {row['advice']}" if row["advice"] and not row["waived"] else ""


def _text(row: Document, sources: Mapping[str, str], paint: Paint) -> str:
    origin = origin_of(row)
    severity = paint("dim", "waived") if row["waived"] else paint(COLORS[row["severity"]], row["severity"])
    head = f"{paint('bold', visible(str(origin)))}: {severity} {row['rule']} {row['name']}: {visible(row['message'])}"
    kind, _, words = remedy(row).partition(": ")
    fix = f"  {paint('green', f'{kind}:')} {visible(words)}" if kind else ""
    why = f"  {visible(waived_words(row))}" if row["waived"] else ""
    return "\n".join(filter(None, (head, excerpt(origin, sources), fix, why)))


def _summary(rows: Sequence[Document], waived: Sequence[Document], checked: Sequence[str]) -> tuple[str, str]:
    """A style and the sentence that counts."""
    files = f" in {counted(len(checked), 'pair file')}" if checked else ""
    more = f"; {len(waived)} waived" if waived else ""
    if not rows:
        return "green", f"no findings{files}{more}"
    return "bold", f"{counted(len(rows), 'finding')}{files}: {by_severity(rows)}{more}"


def by_severity(rows: Iterable[Document]) -> str:
    """How many findings there are of each severity, the worst first."""
    numbers = Counter(row["severity"] for row in rows)
    return ", ".join(_of_severity(numbers[severity], severity) for severity in Severity if numbers[severity])


def _of_severity(number: int, severity: Severity) -> str:
    """That many findings of one severity, in words."""
    return f"{number} info" if severity is Severity.INFO else counted(number, severity.value)
