"""What a change of a pair changes in its drill: the cells of the matrix that are not the same before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mlagkit.drill.courses import Table, courses, tables_of
from mlagkit.drill.event import Event
from mlagkit.drill.outcome import HostOutcome, Rank
from mlagkit.drill.play import Result, singles_out
from mlagkit.drill.wiring import Attached, Peers


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One host in one scenario, before and after; None where there is no such host."""

    events: tuple[Event, ...]
    host: str
    before: HostOutcome | None
    after: HostOutcome | None


def difference(before: Peers, after: Peers, depth: int = 2) -> tuple[Cell, ...]:
    """Every cell that changes, in at most ``depth`` failures; where nobody knows who leads, by who comes out worse."""
    tables = tables_of(before), tables_of(after)
    one, other = (each[0].play.wiring for each in tables)
    return () if one.plays_like(other) else tuple(changed(tables, depth))


def changed(tables: tuple[list[Table], list[Table]], depth: int) -> Iterator[Cell]:
    """The same, also where nothing that decides differs."""
    there = [{host.name: host.alike for host in each[0].play.wiring.hosts} for each in tables]

    def both(host: Attached) -> object:
        return there[0].get(host.name), there[1].get(host.name)

    alike: dict[object, list[str]] = {}
    for name in sorted({*there[0], *there[1]}):
        alike.setdefault((there[0].get(name), there[1].get(name)), []).append(name)
    found = {course.events for each in tables for course in courses(each[0], depth, both)}
    events = sorted(found, key=lambda each: (len(each), *map(str, each)))
    each_alone = [[name] for names in alike.values() for name in names]
    for each in events:
        yield from _cells(tables, each, each_alone if singles_out(each) else alike.values())


@dataclass(frozen=True, slots=True)
class _Fared:
    """How a host fares in a scenario, with the table that it was found in: words are made only where they are told."""

    table: Table
    host: Attached
    result: Result
    rank: Rank

    @classmethod
    def of(cls, table: Table, host: Attached, events: tuple[Event, ...]) -> _Fared:
        result = table.result(host, events)
        return cls(table, host, result, table.play.rank(host, result))

    def told(self, events: tuple[Event, ...]) -> HostOutcome:
        return self.table.play.told(self.host, self.result, events)


def _cells(
    tables: tuple[list[Table], list[Table]], events: tuple[Event, ...], groups: Iterable[Sequence[str]]
) -> Iterator[Cell]:
    """The cells of one scenario; of hosts that fare alike before and after only the first is looked at."""
    for names in groups:
        before, after = (_worst(each, names[0], events) for each in tables)
        if not _changes(before, after, events):
            continue
        for name in names:
            before, after = (_worst(each, name, events) for each in tables)
            told = before.told(events) if before else None, after.told(events) if after else None
            yield Cell(events=events, host=name, before=told[0], after=told[1])


def _changes(before: _Fared | None, after: _Fared | None, events: tuple[Event, ...]) -> bool:
    if before is None or after is None:
        return not events  # said once, of the pair without any failure
    return before.rank != after.rank or before.result.seconds != after.result.seconds


def _worst(tables: list[Table], name: str, events: tuple[Event, ...]) -> _Fared | None:
    """How a host fares, whoever leads; None where there is none of that name."""
    host = tables[0].play.wiring.named.get(name)
    if host is None:
        return None
    return max((_Fared.of(table, host, events) for table in tables), key=attrgetter("rank"))
