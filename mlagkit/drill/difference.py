"""What a change of a pair changes in its drill: the cells of the matrix that are not the same before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mlagkit.drill.courses import Table, courses, tables_of
from mlagkit.drill.event import Event
from mlagkit.drill.outcome import HostOutcome
from mlagkit.drill.play import singles_out
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

    alike: dict[object, list[str]] = {}
    for name in sorted({*ways[0], *ways[1]}):
        alike.setdefault((there[0].get(name), there[1].get(name)), []).append(name)
    found = {course.events for each in tables for course in courses(each[0], depth, both)}
    events = sorted(found, key=lambda each: (len(each), *map(str, each)))
    each_alone = [[name] for names in alike.values() for name in names]
    return tuple(
        cell
        for each in events
        for cell in _cells(tables, ways, each, each_alone if singles_out(each) else alike.values())
    )


def _cells(
    tables: tuple[list[Table], list[Table]],
    ways: list[dict[str, Attached]],
    events: tuple[Event, ...],
    groups: Iterable[Sequence[str]],
) -> Iterator[Cell]:
    """The cells of one scenario; of hosts that fare alike before and after only the first is looked at."""
    for names in groups:
        if not _changes(_outcomes(tables, ways, names[0], events), events):
            continue
        for name in names:
            before, after = _outcomes(tables, ways, name, events)
            yield Cell(events=events, host=name, before=before, after=after)


def _outcomes(
    tables: tuple[list[Table], list[Table]], ways: list[dict[str, Attached]], name: str, events: tuple[Event, ...]
) -> tuple[HostOutcome | None, HostOutcome | None]:
    one, other = (_worst(mine, hosts.get(name), events) for mine, hosts in zip(tables, ways, strict=True))
    return one, other


def _changes(cell: tuple[HostOutcome | None, HostOutcome | None], events: tuple[Event, ...]) -> bool:
    before, after = cell
    if before is None or after is None:
        return not events  # said once, of the pair without any failure
    return before.rank != after.rank or before.seconds != after.seconds


def _worst(tables: list[Table], host: Attached | None, events: tuple[Event, ...]) -> HostOutcome | None:
    """How a host fares, whoever leads."""
    if host is None:
        return None
    return max((table.host(host, events) for table in tables), key=lambda outcome: outcome.rank)
