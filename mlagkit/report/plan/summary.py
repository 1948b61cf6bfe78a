"""The one sentence about a plan, and what it may not be carried out without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlagkit.nxos.catalogue import Impact
from mlagkit.report.document import Document
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.paint import counted
from mlagkit.values import VlanSet, listed

NOTHING = "nothing has to change on either switch"
UNPROVEN = "unproven: nobody has seen these lines take anything back"
"""The plain ``no`` form of a line that the catalogue does not know."""
UNCOMPARED = "not compared, since the secret can't be had"
NO_IMPACT = "no traffic impact expected"
NOBODY_KNOWN = "nobody is known who notices"
IMPACTS = {Impact.BRIEF.value: "brief interruption", Impact.OUTAGE.value: "outage"}
"""What an impact is called where it is told who notices it."""

_NAMED = 3
_VLANS = re.compile(r"VLAN ([0-9,-]+)\Z")
_LEG = re.compile(r"vpc ([0-9]+) up\Z")


def summary_of(document: Document) -> str:
    """How much is done where, who notices it, and what has to be said before it may be done."""
    return "; ".join(_parts(document))


def _parts(document: Document) -> Iterator[str]:
    yield _work(document)
    if document["steps"]:
        yield noticed(document)
    yield from ending(document)
    if document["reloads"]:
        yield f"needs a reload of {' and '.join(document['reloads'])}"
    if document["uncompared"]:
        yield f"{counted(len(document['uncompared']), 'line')} not compared"
    if missing := needs(document):
        yield f"not without {' '.join(missing)}"


def ending(document: Document) -> Iterator[str]:
    """How many errors of the rules a plan ends with that were not there before: those that count, and those waived."""
    if document["findings"]:
        yield f"it ends with {counted(len(document['findings']), 'new error')} of rules"
    if document["accepted"]:
        yield f"it ends with {counted(len(document['accepted']), 'waived error')} of rules"


def _work(document: Document) -> str:
    steps = document["steps"]
    if not steps:
        return NOTHING
    lines = sum(len(step["commands"]) for step in steps)
    switches = list(dict.fromkeys(step["switch"] for step in steps))
    where = "both switches" if len(switches) > 1 else f"{switches[0]} only"
    gone = f", {counted(document['deleted'], 'object')} deleted" if document["deleted"] else ""
    return f"{counted(lines, 'command')} in {counted(len(steps), 'step')} on {where}{gone}"


def noticed(document: Document) -> str:
    """Who notices the steps of a plan: the worst impact first; who has an outage is not named again for less."""
    told: set[str] = set()
    words = []
    for impact in (Impact.OUTAGE, Impact.BRIEF):
        steps = [step for step in document["steps"] if step["impact"] == impact]
        names = list(dict.fromkeys(name for step in steps for name in step["affected"]))
        new = [name for name in names if name not in told]
        if steps and (new or not names):
            words.append(impact_words(impact, new, _NAMED))
        told.update(names)
    return ", ".join(words) or NO_IMPACT


def impact_words(impact: str, affected: list[str], limit: int | None = None) -> str:
    """An impact with those who notice it."""
    if impact not in IMPACTS:
        return NO_IMPACT
    return f"{IMPACTS[impact]}: {names_words(_together(affected), limit) if affected else NOBODY_KNOWN}"


def _together(names: Sequence[str]) -> list[str]:
    """The same with all VLANs in one list, where the first of them stood."""
    lists = {name: VlanSet.parse(found[1]) for name in names if (found := _VLANS.match(name))}
    every = f"VLAN {VlanSet(frozenset[int]().union(*lists.values()))}"
    return list(dict.fromkeys(every if name in lists else name for name in names))


def uncompared_words(row: Document) -> str:
    """A line that was not compared, where it stands, and the secrets that nobody has."""
    path = " / ".join((*row["section"], row["text"]))
    return f"{row['switch']}: {path} ({', '.join(row['secrets'])})"


def needs(document: Document) -> list[str]:
    """The options that are missing for the plan to be carried out, as they are typed."""
    permissions = dict.fromkeys(stop["permission"] for stop in document["stops"] if not stop["allowed"])
    limit = [f"--max-delete {document['deleted']}"] if document["deleted"] > document["max_delete"] else []
    return [*(f"--allow {name}" for name in permissions), *limit]


def gate_words(gate: str) -> str:
    """What must hold before the next step; of many vPCs the list of their numbers."""
    conditions = gate.split(", ")
    legs = [int(found[1]) for found in map(_LEG.match, conditions) if found]
    if len(legs) <= _NAMED:
        return gate
    return ", ".join([*(each for each in conditions if not _LEG.match(each)), f"vpc {listed(legs)} up"])
