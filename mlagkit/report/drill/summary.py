"""The sentences that say what a drill found, for somebody who does not know a port from a switch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mlagkit.report.document import Document
from mlagkit.report.drill.fate import Fate, badness, fate_of, groups_of, seconds_rank, seconds_words
from mlagkit.report.drill.rows import Row, folded
from mlagkit.report.drill.scenarios import (
    depth_name,
    depth_words,
    events_words,
    failures,
    names_words,
    number_of,
    parts_of,
    times_of,
)
from mlagkit.report.paint import counted

_NAMED = 3
_EXAMPLES = 2


def summary_of(document: Document) -> str:
    """What a drill of one pair found, in a few sentences."""
    if not document["scenarios"][0]["hosts"]:
        return "Nothing is known to be attached, so no failure can be told to cut anything off."
    told = _of_sequence(document) if document["sequence"] else _of_matrix(document)
    return " ".join(f"{sentence}." for sentence in (*_before(document), *told, *_broken(document)))


def _before(document: Document) -> Iterator[str]:
    groups = groups_of(document["scenarios"][0]["hosts"])
    names = sorted(name for group in groups for name in group.names if group.fate in (Fate.CUT_OFF, Fate.PARTLY))
    if names:
        yield f"Without any failure {counted(len(names), 'host')} {_is(names)} cut off: {names_words(names, _NAMED)}"


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _of_sequence(document: Document) -> Iterator[str]:
    first, *later = document["scenarios"]
    now = first["hosts"] | document["scenarios"][-1]["hosts"]
    fared = _fared(now, "is", "are") or f"all {len(now)} hosts are as before"
    yield f"After {events_words(document['scenarios'][-1]['events'])}: {fared}"
    worst: Document = {}
    for scenario in later:
        for name, host in scenario["hosts"].items():
            if badness(host) > badness(worst.get(name, now[name])):
                worst[name] = host
    if worst:
        yield f"On the way there {_fared(worst, 'was', 'were')}"


def _fared(hosts: Document, one: str, several: str) -> str:
    """How many hosts fare how, with the names of the worst."""
    groups = [(group, len(group.names)) for group in groups_of(hosts)]
    parts = [f"{counted(number, 'host')} {one if number == 1 else several} {group.words}" for group, number in groups]
    if parts:
        parts[0] += f" ({names_words(groups[0][0].names, _NAMED)})"
    return ", ".join(parts)


def _of_matrix(document: Document) -> Iterator[str]:
    times = times_of(document)
    known: dict[frozenset[str], frozenset[str]] = {}
    parts: list[str] = []
    for depth in range(1, document["depth"] + 1):
        found = failures(document["scenarios"], depth)
        rows = [row for each in found for row in _cutting(each, known)]
        numbers = number_of((row.scenario for row in rows), times), _total(document, depth, number_of(found, times))
        parts.append(_of_depth(depth, numbers, folded(document, rows), begun=bool(parts), more=any(known.values())))
        for each in found:
            events = frozenset(each["events"])
            known[events] = known.get(events, frozenset()) | frozenset(_cut_off(each))
    sentence = "; ".join(parts)
    yield sentence[0].upper() + sentence[1:]
    yield from _longest(failures(document["scenarios"], 1))


def _cutting(scenario: Document, known: Mapping[frozenset[str], frozenset[str]]) -> Iterator[Row]:
    """The scenario, about the hosts that are cut off and that no part of what happens cuts off alone."""
    alone = frozenset().union(*(known.get(part, frozenset()) for part in parts_of(scenario["events"])))
    hosts = {name: host for name, host in _cut_off(scenario).items() if name not in alone}
    if hosts:
        yield Row(scenario, groups_of(hosts))


def _cut_off(scenario: Document) -> Document:
    return {name: host for name, host in scenario["hosts"].items() if fate_of(host) is Fate.CUT_OFF}


def _total(document: Document, depth: int, listed: int) -> int | None:
    """How many failures of a depth there are; None where that is not told: what is not listed may be of any depth."""
    unlisted = sum(each["count"] for each in document["folded"] if not each["events"])
    if depth == 1 or not unlisted:
        return listed
    return listed + unlisted if document["depth"] == 2 else None


def _of_depth(depth: int, numbers: tuple[int, int | None], rows: Sequence[Row], *, begun: bool, more: bool) -> str:
    """What the failures of one depth do; ``numbers`` are those that cut hosts off, and all.

    ``begun``: those of a lower depth were told of, ``more``: which cut hosts off.
    """
    cutting, total = numbers
    one = cutting < 2
    if more:
        does = "cuts more hosts off" if one else "cut more hosts off"
    elif begun:
        does = "does" if one else "do"
    else:
        does = "cuts any host off" if not rows else "cuts hosts off" if one else "cut hosts off"
    if not rows:
        return f"no {depth_name(depth)} failure {does}"
    of = depth_words(cutting, depth) if total is None else f"{cutting:,} of {depth_words(total, depth)}"
    shown = [f"{events_words(row.events)} ({names_words(row.groups[0].names, 2)})" for row in rows[:_EXAMPLES]]
    left = cutting - len(shown)
    return f"{of} {does}: {', '.join(shown)}{f' and {left:,} more' if left else ''}"


def _longest(singles: Sequence[Document]) -> Iterator[str]:
    """The longest time without a path that passes by itself."""
    passing = [
        (seconds_rank(host["seconds"]), -number, host["seconds"], scenario["events"])
        for number, scenario in enumerate(singles)
        for host in scenario["hosts"].values()
        if fate_of(host) is Fate.INTERRUPTED and host["seconds"][1] is not None
    ]
    if passing:
        _, _, seconds, events = max(passing, key=lambda each: each[:2])
        yield f"The longest interruption that passes by itself is {seconds_words(seconds)}: {events_words(events)}"


def _broken(document: Document) -> Iterator[str]:
    hosts = sorted({each["host"] for each in document["broken"]})
    if hosts:
        yield f"Objectives are broken for {counted(len(hosts), 'host')}: {names_words(hosts, _NAMED)}"
