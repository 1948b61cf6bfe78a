"""What a plan changes in the drill, as text: who fares worse or better after which failures than before the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlagkit.report.document import Document
from mlagkit.report.drill.fate import badness, fate_words
from mlagkit.report.drill.scenarios import events_words, names_words, parts_of
from mlagkit.report.drill.text import paragraph
from mlagkit.report.paint import Paint, counted

NO_FAILURE = "no failure"
NO_CHANGE = "after every failure each host fares as it did before the plan"
_ROWS_SHOWN = 10
_NAMES_SHOWN = 3
_EVENTS_SHOWN = 2
_COLORS = {"worse": "red", "better": "green", "new": "dim", "gone": "dim"}
_ORDER = [*_COLORS]


@dataclass(frozen=True, slots=True)
class Turn:
    """What changes alike for some hosts after some failures: ``kind`` in one word, ``words`` for how they fare."""

    kind: str
    words: str
    hosts: tuple[str, ...]
    events: tuple[str, ...]
    reasons: tuple[str, ...]


def turns_of(cells: Sequence[Document]) -> list[Turn]:
    """The cells that can be told apart in words, those together that change alike.

    First comes what changes without any failure, then what gets worse.
    """
    by_events: dict[tuple[str, str, str], dict[str, str]] = {}
    for cell in cells:
        kind, words = _turn(cell)
        if kind:
            key = kind, words, events_words(cell["events"]) if cell["events"] else NO_FAILURE
            by_events.setdefault(key, {})[cell["host"]] = (cell["after"] or {}).get("why", "")
    alike: dict[tuple[str, str, tuple[str, ...]], dict[str, list[str]]] = {}
    for (kind, words, events), hosts in by_events.items():
        alike.setdefault((kind, words, tuple(sorted(hosts))), {})[events] = [*hosts.values()]
    turns = [
        Turn(kind, words, hosts, tuple(events), tuple(dict.fromkeys(why for some in events.values() for why in some)))
        for (kind, words, hosts), events in alike.items()
    ]
    return sorted(turns, key=lambda turn: (NO_FAILURE not in turn.events, _ORDER.index(turn.kind)))


def parted(cells: Sequence[Document]) -> tuple[list[Document], list[Document]]:
    """The cells to be told, and those in which a host ends as it does after a part of the failures."""
    ends = [_end(cell) for cell in cells]
    known_ends = {(cell["host"], frozenset(cell["events"])): end for cell, end in zip(cells, ends, strict=True)}
    told: list[Document] = []
    implied: list[Document] = []
    for cell, end in zip(cells, ends, strict=True):
        parts = [*parts_of(cell["events"]), *([frozenset[str]()] if cell["events"] else [])]
        known = any(known_ends.get((cell["host"], part)) == end for part in parts)
        (implied if known else told).append(cell)
    return told, implied


def implied_words(cells: Sequence[Document]) -> str:
    """In how many scenarios that is so."""
    number = len({tuple(cell["events"]) for cell in cells})
    return f"{counted(number, 'more scenario')}, the same as after a part of the failures"


def _turn(cell: Document) -> tuple[str, str]:
    """In which way a host fares otherwise, and how; nothing where no word tells the two apart."""
    before, after = cell["before"], cell["after"]
    if before is None:
        return "new", fate_words(after)
    if after is None:
        return "gone", f"was {fate_words(before)}"
    was, now = fate_words(before), fate_words(after)
    if was == now:
        return "", ""
    is_worse = (badness(after), after["degraded"]) > (badness(before), before["degraded"])
    return "worse" if is_worse else "better", f"{was} -> {now}"


def _end(cell: Document) -> tuple[str, str]:
    return _turn(cell)[0], fate_words(cell["after"]) if cell["after"] else ""


def cell_lines(cells: Sequence[Document], width: int, paint: Paint, *, every_row: bool) -> Iterator[str]:
    """A line for what changes alike, one for the failures, and one for each reason of what gets worse."""
    told, implied = (cells, []) if every_row else parted(cells)
    turns = turns_of(told)
    if not turns:
        yield from paragraph(f"  {NO_CHANGE}", width, "    ")
    shown = turns if every_row else turns[:_ROWS_SHOWN]
    for turn in shown:
        names = names_words(turn.hosts, None if every_row else _NAMES_SHOWN)
        for line in paragraph(f"  {turn.kind}: {names}: {turn.words}", width, "    "):
            yield paint(_COLORS[turn.kind], line)
        events = names_words(turn.events, None if every_row else _EVENTS_SHOWN)
        yield from paragraph(f"    after {events}", width, "      ")
        if turn.kind == "worse":
            yield from _reasons(turn, width, paint, every_row=every_row)
    if left := len(turns) - len(shown):
        yield f"  … {counted(left, 'more row')}; -v shows all"
    if implied:
        yield from paragraph(f"  … {implied_words(implied)}; -v shows all", width, "    ")


def _reasons(turn: Turn, width: int, paint: Paint, *, every_row: bool) -> Iterator[str]:
    told = [why for why in turn.reasons if why]
    shown = told if every_row else told[:1]
    for why in shown:
        yield from (paint("dim", line) for line in paragraph(f"    {why}", width, "      "))
    if left := len(told) - len(shown):
        yield paint("dim", f"    … {counted(left, 'more reason')}; -v shows all")
