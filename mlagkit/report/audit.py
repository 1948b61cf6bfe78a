"""Journals of pushes as an auditor reads them: ``mlagkit.audit/1``, a line for each, and one run as a time line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from mlagkit.audit import Audited
from mlagkit.excerpt import visible
from mlagkit.push.journal import Line
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain
from mlagkit.report.push import words_of

_COLORS = {"whole": "green", "open": "yellow", "broken": "red", "unreadable": "red"}
_ROOM = 12
"""Columns for the name of a switch, as a push has them."""
_UNSEALED = (
    "a chain shows what was changed inside a journal; that an end was cut off, or that all of it was written anew or\n"
    "deleted, shows only by seals that were kept elsewhere: --save FILE, then --before FILE; or the lines of --syslog"
)


def audit_document(journals: Sequence[Audited], missing: Sequence[str]) -> Document:
    """What was found as ``mlagkit.audit/1``; ``missing`` are runs that only seals tell of."""
    return {
        "format": "mlagkit.audit/1",
        "journals": [_journal(each) for each in journals],
        "missing": list(missing),
    }


def _journal(journal: Audited) -> Document:
    facts = journal.facts
    return {
        "file": journal.file,
        "run": journal.run,
        "verdict": journal.verdict.value,
        "line": journal.line or None,
        "why": journal.why,
        "lines": len(journal.record.lines),
        "seal": str(journal.seal) if journal.seal else None,
        "sealed": journal.sealed,
        "pair": str(facts.get("pair", "")),
        "switches": _switches(facts),
        "errand": "proof" if journal.is_proof else "push",
        "user": str(facts.get("user", "")),
        "host": str(facts.get("host", "")),
        "tool": str(facts.get("tool", "")),
        "begun": facts.get("time"),
        "ended": journal.end.get("time"),
        "plan": journal.plan or None,
        "allowed": _strings(facts.get("allowed")),
        "insecure": bool(facts.get("insecure")),
        "rules": _strings(facts.get("rules")),
        "local_rules": bool(facts.get("local_rules")),
        "again": [{key: str(line.get(key, "")) for key in ("time", "user", "host")} for line in journal.again],
        "result": journal.result or None,
        "cause": str(journal.end.get("cause", "")),
    }


def _strings(found: object) -> list[str]:
    return [str(each) for each in found] if isinstance(found, list) else []


def _switches(facts: Line) -> Document:
    """The switches by name, each with the address at which it was reached."""
    targets = facts.get("targets")
    rows = [each for each in targets if isinstance(each, dict)] if isinstance(targets, list) else []
    return {str(row.get("name")): f"{row.get('transport')}:{row.get('host')}:{row.get('port')}" for row in rows}


def audit_text(document: Document, *, sealed: bool, paint: Paint = plain) -> str:
    """A line for each journal, and below it what is amiss; counts at the end.

    ``sealed``: seals were at hand; without them it is said what nobody can know.
    """
    lines = [line for journal in document["journals"] for line in _row(journal, paint)]
    lines += [paint("red", f"missing  {visible(run)}: a seal tells of it") for run in document["missing"]]
    counts = Counter(journal["verdict"] for journal in document["journals"])
    parts = [f"{counts[word]} {word}" for word in _COLORS if counts[word] or word != "unreadable"]
    if sealed:
        parts.append(f"{len(document['missing'])} missing")
    if lines:
        lines.append("")
    lines.append(f"{counted(len(document['journals']), 'journal')}: {', '.join(parts)}")
    return "\n".join([*lines, *([] if sealed else [_UNSEALED])]) + "\n"


def _row(journal: Document, paint: Paint) -> Iterator[str]:
    word = journal["verdict"]
    yield paint(_COLORS[word], f"{word:<7}") + visible(f"  {journal['run']}  {_said(journal)}")
    for each in journal["again"]:
        yield visible(f"         once more {_moment(each['time'])} {each['user']}@{each['host']}")
    if journal["why"]:
        place = f"{journal['file']}:{journal['line']}" if journal["line"] else journal["file"]
        yield "         " + paint(_COLORS[word], visible(f"{place}: {journal['why']}"))


def _said(journal: Document) -> str:
    """Who did what with which permissions, and how it ended."""
    if not journal["begun"]:
        return "records nothing"
    plan = f"plan {journal['plan'][:12]}" if journal["plan"] else "no plan"
    allowed = f"; allowed {', '.join(journal['allowed'])}" if journal["allowed"] else ""
    insecure = "; certificates not checked" if journal["insecure"] else ""
    local = "; own rules of the working tree" if journal["local_rules"] else ""
    what = "a proof of the timers" if journal["errand"] == "proof" else plan
    who = f"{_moment(journal['begun'])} {journal['user']}@{journal['host']}"
    return f"{who}  {journal['pair']}: {what}{allowed}{insecure}{local}; {journal['result'] or 'no end'}"


def _moment(time: object) -> str:
    return str(time)[:19].replace("T", " ")


def run_text(journal: Audited, paint: Paint = plain) -> str:
    """One run as a time line: what was sent to which switch, what came back, gate by gate; times are UTC."""
    document = _journal(journal)
    switches = ", ".join(f"{name} at {address}" for name, address in document["switches"].items())
    head = [*_row(document, paint), *_reached(switches, document["tool"]), ""]
    lines: list[str] = []
    day = ""
    for line in journal.record.lines:
        time = str(line.get("time", ""))
        if time[:10] != day:
            day = time[:10]
            lines.append(paint("bold", visible(day)))
        lines += _event(line, time[11:19], paint)
    return "\n".join([*head, *lines]) + "\n"


def _reached(switches: str, tool: str) -> Iterator[str]:
    """Where the switches were, and what was used; a journal that records nothing has neither."""
    if switches or tool:
        yield visible(f"         {switches or 'no switch'}, with {tool or 'no tool'}")


def _event(line: Line, time: str, paint: Paint) -> Iterator[str]:
    """What happened, the lines that were sent or answered below each other."""
    first, *others = [visible(each) for each in _told(line).split("\n")]
    style = "red" if line.get("event") == "fault" else "dim" if line.get("event") == "answer" else ""
    begin = f"{visible(time):<8}  {visible(str(line.get('switch', ''))):<{_ROOM}}  "
    for text in (first, *others):
        yield f"{begin}{paint(style, text) if style else text}".rstrip()
        begin = " " * (_ROOM + 12)


def _told(line: Line) -> str:
    """One event in words; one that has none, or lacks what its words need, as it stands in the journal."""
    match line.get("event"):
        case "send":
            return f"> {line.get('command')}"
        case "type":
            return "\n".join(f"> {each}" for each in _strings(line.get("commands")))
        case "answer":
            return "\n".join(f"< {each}" for each in str(line.get("answer")).strip("\n").split("\n"))
        case "typed":
            return "\n".join(_became(line))
        case "resumed":
            return f"taken up once more by {line.get('user')}@{line.get('host')}"
        case "undo":
            return "it is to be taken back"
        case "end":
            return "end: " + "; ".join(filter(None, [str(line.get("result")), str(line.get("cause") or "")]))
    try:
        words = words_of(line)
    except (KeyError, ValueError):
        words = None
    return words or json.dumps({key: line[key] for key in sorted(line) if key not in _FRAME})


def _became(line: Line) -> Iterator[str]:
    """What became of the lines that were typed; each by itself that was not taken."""
    yield f"= {counted(len(_strings(line.get('taken'))), 'line')} taken"
    for kind, words in (("refused", "refused"), ("behind", "carried out behind it"), ("unanswered", "unanswered")):
        yield from (f"= {words}: {each.strip()}" for each in _strings(line.get(kind)))


_FRAME = ("format", "number", "previous", "switch", "time")
"""What every line has, and stands in front of it or says nothing to a reader."""
