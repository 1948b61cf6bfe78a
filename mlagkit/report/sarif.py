"""Findings as SARIF 2.1.0 (OASIS), within what GitHub's code scanning takes."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from mlagkit import __version__
from mlagkit.excerpt import visible
from mlagkit.explanation import Explanation
from mlagkit.report.document import Document
from mlagkit.report.findings import parted, remedy, waived_words, worst_first
from mlagkit.report.place import fingerprints, path_in_repository
from mlagkit.report.rules import rule_page, rule_text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RESULTS_TAKEN = 25_000
"""Results of a run, beyond which GitHub refuses the file; of these it shows the 5,000 worst (docs.github.com:
"SARIF results exceed limits"). A file may have 10 MB when it is compressed."""

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif_report(document: Document, known: Sequence[Explanation]) -> Document:
    """The log, the worst first, what is waived behind all others and suppressed.

    ``known`` explains the rules. What is more than GitHub takes is counted in a notification.
    """
    counted, waived = parted(document)
    rows = [*worst_first(counted), *worst_first(waived)]
    used = {row["rule"] for row in rows}
    rules = [rule for rule in known if rule.id in used]
    places = {rule.id: place for place, rule in enumerate(rules)}
    marked = zip(rows[:RESULTS_TAKEN], fingerprints(rows), strict=False)
    run = {
        "tool": {"driver": {"name": "mlagkit", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(rows)],
        "results": [_result(row, places, mark) for row, mark in marked],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _invocation(rows: Sequence[Document]) -> Document:
    is_usable = not any(row["rule"].startswith("IN") for row in rows)
    left = len(rows) - RESULTS_TAKEN
    if left <= 0:
        return {"executionSuccessful": is_usable}
    text = f"{left:,} more findings, none worse than these, are left out: {RESULTS_TAKEN:,} is what GitHub takes"
    notes = [{"level": "warning", "message": {"text": text}}]
    return {"executionSuccessful": is_usable, "toolExecutionNotifications": notes}


def _rule(rule: Explanation) -> Document:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.sections.get("Why", rule.summary)},
        "help": {"text": rule_text(rule), "markdown": rule_page(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["vpc", rule.scope]},
    }


def _result(row: Document, places: dict[str, int], fingerprint: str) -> Document:
    place: Document = {
        "artifactLocation": {"uri": _uri(row["file"])},
        "region": {"startLine": row["line"], "startColumn": row["column"]},
    }
    location: Document = {"physicalLocation": place}
    if row["object"]:
        names = filter(None, (row["pair"], row["switch"], row["object"]))
        location["logicalLocations"] = [{"fullyQualifiedName": visible("/".join(names))}]
    to_do = remedy(row)
    fix = f". {to_do[:1].upper()}{to_do[1:]}" if to_do else ""
    result: Document = {
        "ruleId": row["rule"],
        "level": _LEVELS[row["severity"]],
        "message": {"text": _plain(row["message"] + fix)},
        "locations": [location],
        "partialFingerprints": {"mlagkit/v1": fingerprint},
    }
    if row["rule"] in places:
        result["ruleIndex"] = places[row["rule"]]
    if row["waived"]:
        result["suppressions"] = [_suppression(row)]
    return result


def _suppression(row: Document) -> Document:
    """Why it is suppressed: waivers and comments alike stand in the files that are judged."""
    waived = row["waived"]
    place = {"artifactLocation": {"uri": _uri(waived["file"])}, "region": {"startLine": waived["line"]}}
    return {
        "kind": "inSource",
        "status": "accepted",
        "justification": visible(waived_words(row)),
        "location": {"physicalLocation": place},
    }


def _uri(file: str) -> str:
    """A reference of RFC 3986: relative where the file was given so."""
    path = path_in_repository(file)
    if path[1:3] == ":/":  # C:/pairs
        path = f"/{path}"
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


def _plain(text: str) -> str:
    """A message in which nothing is a link (SARIF 2.1.0, 3.11.6: ``[text](target)``)."""
    return visible(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
