"""What a change of a pair changes in its drill: the cells of the matrix that are not the same before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlagkit.drill.courses import Table, courses, tables_of
from mlagkit.drill.event import Event
from mlagkit.drill.outcome import HostOutcome
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
    ways = [{host.name: host for host in each[0].play.wiring.hosts} for each in tables]
    there = [{name: host.alike for name, host in each.items()} for each in ways]

    def both(host: Attached) -> object:
        return there[0].get(host.name), there[1].get(host.name)

    found = {course.events for each in tables for course in courses(each[0], depth, both)}
    events = sorted(found, key=lambda each: (len(each), *map(str, each)))
    return tuple(cell for each in events for cell in _cells(tables, ways, each))


def _cells(
    tables: tuple[list[Table], list[Table]], ways: list[dict[str, Attached]], events: tuple[Event, ...]
) -> Iterator[Cell]:
    for name in sorted({*ways[0], *ways[1]}):
        one, other = (_worst(mine, hosts.get(name), events) for mine, hosts in zip(tables, ways, strict=True))
        if (one is None or other is None) and events:
            continue  # said once, of the pair without any failure
        if one is None or other is None or one.rank != other.rank or one.seconds != other.seconds:
            yield Cell(events=events, host=name, before=one, after=other)


def _worst(tables: list[Table], host: Attached | None, events: tuple[Event, ...]) -> HostOutcome | None:
    """How a host fares, whoever leads."""
    if host is None:
        return None
    return max((table.outcome(events).hosts[host.name] for table in tables), key=lambda outcome: outcome.rank)
