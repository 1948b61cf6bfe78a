"""Findings as JUnit XML, in the form that the strictest of its published schemas takes (Jenkins: junit-10.xsd)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from mlagkit.excerpt import visible
from mlagkit.finding import Severity
from mlagkit.report.document import Document
from mlagkit.report.findings import origin_of, remedy, waived_words


def junit_report(document: Document, checked: Sequence[str], fail_level: str) -> str:
    """A suite for each file, in it a case for each finding, or one that passes.

    A case fails exactly where its finding makes the exit code 1, as ``fail_level`` says; what made the input unusable
    is an error, what is waived is skipped, anything milder passes with its words as output.
    """
    suites: dict[str, list[Document]] = {file: [] for file in checked}
    for row in document["findings"]:
        suites.setdefault(row["file"], []).append(row)
    kinds = [_kind(row, fail_level) for row in document["findings"]]
    parts = [_suite(file, rows, fail_level) for file, rows in sorted(suites.items())]
    total = sum(len(rows) or 1 for rows in suites.values())
    head = f'<testsuites name="mlagkit" tests="{total}"{_failed(kinds)}>'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *parts, "</testsuites>"]) + "\n"


def _suite(file: str, rows: Sequence[Document], fail_level: str) -> str:
    kinds = [_kind(row, fail_level) for row in rows]
    skipped = f' skipped="{kinds.count("skipped")}"'
    head = f'  <testsuite name={_attribute(file)} tests="{len(rows) or 1}"{_failed(kinds)}{skipped} time="0">'
    cases = [_case(row, kind, name) for row, kind, name in zip(rows, kinds, _names(rows), strict=True)]
    passed = [f'    <testcase classname={_attribute(file)} name="no findings" time="0"/>']
    return "\n".join([head, *(cases or passed), "  </testsuite>"])


def _failed(kinds: Sequence[str]) -> str:
    return f' failures="{kinds.count("failure")}" errors="{kinds.count("error")}"'


def _kind(row: Document, fail_level: str) -> str:
    """The element that says how a case ended."""
    if row["waived"]:
        return "skipped"
    if row["rule"].startswith("IN"):
        return "error"
    if Severity(row["severity"]).reaches(fail_level):
        return "failure"
    return "system-out"


def _names(rows: Sequence[Document]) -> list[str]:
    """The names of a file's cases: rule, object and switch, and a number where that is not one finding alone.

    Hosts compare cases by name, and show only one of two that have the same.
    """
    plain = [" ".join(filter(None, (row["rule"], row["name"], row["object"], row["switch"]))) for row in rows]
    seen: Counter[str] = Counter()
    names = []
    for name in plain:
        seen[name] += 1
        names.append(f"{name} #{seen[name]}" if seen[name] > 1 else name)
    return names


def _case(row: Document, kind: str, name: str) -> str:
    message = "; ".join(filter(None, (row["message"], waived_words(row))))
    text = _text("\n".join(filter(None, (f"{origin_of(row)}: {row['severity']}: {message}", remedy(row)))))
    head = f'    <testcase classname={_attribute(row["pair"] or row["file"])} name={_attribute(name)} time="0">'
    if kind == "system-out":
        return f"{head}<system-out>{text}</system-out></testcase>"
    told = f"message={_attribute(message)} type={_attribute(row['rule'])}"
    return f"{head}<{kind} {told}>{text}</{kind}></testcase>"


def _text(text: str) -> str:
    return escape("\n".join(map(visible, text.split("\n"))))


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
