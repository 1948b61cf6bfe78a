"""The rows that a drill is shown in: the worst first, scenarios that are alike in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mlagkit.drill.event import parse_event
from mlagkit.report.document import Document
from mlagkit.report.drill.fate import Fate, Group, badness, fate_of, groups_of
from mlagkit.report.drill.scenarios import Times, events_words, number_of, parts_of, times_of


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario that stands for ``count`` that are alike.

    ``in_any_order``: they are the orders of its own events. ``groups`` are the hosts that it is about, the worst
    first, ``others`` how many more notice it and fare no worse than after a part of the events. ``leader`` is who is
    assumed to lead, where it ends otherwise with the other one. ``step`` is its number in a sequence.
    """

    scenario: Document
    groups: tuple[Group, ...]
    others: int = 0
    count: int = 1
    in_any_order: bool = False
    leader: str | None = None
    step: int | None = None

    @property
    def events(self) -> list[str]:
        """What happens."""
        events: list[str] = self.scenario["events"]
        return events

    @property
    def words(self) -> str:
        """What happens, and how many more scenarios end like this."""
        if self.step is not None:
            return f"{self.step}. {self.events[-1]}" if self.step else "before any event"
        words = events_words(self.events) + (f", if {self.leader} leads" if self.leader else "")
        alike = self.count - 1
        if not alike:
            return words
        return f"{words} (in any order)" if self.in_any_order else f"{words} (and {alike:,} alike)"

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts what is worse first; of what is as bad, what needs fewer failures."""
        worst = self.groups[0]
        longest, best = worst.longest
        return worst.fate.rank, -longest, -best, len(self.events), -len(worst.names)


@dataclass(frozen=True, slots=True)
class Table:
    """The scenarios of a pair: ``rows`` to be shown, and those that are counted.

    ``no_worse``: no host fares worse than after a part of the events alone. ``quiet``: no host notices anything.
    """

    rows: Sequence[Row]
    no_worse: Sequence[Document]
    quiet: Sequence[Document]


def table_of(pair: Document, *, every_row: bool = False) -> Table:
    """The scenarios in rows, each about the hosts that fare worse than after a part of its events alone.

    With ``every_row`` about all hosts that notice it.
    """
    known: dict[frozenset[str], list[Document]] = {}
    for scenario in pair["scenarios"]:
        known.setdefault(frozenset(scenario["events"]), []).append(scenario)
    rows: list[Row] = []
    no_worse: list[Document] = []
    quiet: list[Document] = []
    for scenario in pair["scenarios"]:
        noticing = {name: host for name, host in scenario["hosts"].items() if fate_of(host) is not Fate.UNAFFECTED}
        about = noticing if every_row else _worse(noticing, _parts(scenario, known))
        if about:
            rows.append(Row(scenario, groups_of(about), others=len(noticing) - len(about)))
        elif scenario["events"]:
            (no_worse if noticing else quiet).append(scenario)
    return Table(folded(pair, rows), no_worse, quiet)


def _parts(scenario: Document, known: Mapping[frozenset[str], Sequence[Document]]) -> Iterator[Document]:
    """The scenarios of a part of what happens, with the same leader where it matters who leads."""
    for part in parts_of(scenario["events"]):
        found = known.get(part, ())
        yield from [each for each in found if each["primary"] == scenario["primary"]] or found


def _worse(hosts: Document, parts: Iterable[Document]) -> Document:
    """The hosts that fare worse than after each part of what happens."""
    others = [scenario["hosts"] for scenario in parts]
    return {
        name: host
        for name, host in hosts.items()
        if all(name not in fared or badness(host) > badness(fared[name]) for fared in others)
    }


def steps_of(pair: Document) -> Table:
    """The scenarios of a sequence, a row each, in their order."""
    first = pair["scenarios"][0]
    rows = [
        Row(scenario, groups_of(first["hosts"] | scenario["hosts"]), step=number)
        for number, scenario in enumerate(pair["scenarios"])
    ]
    return Table(rows, (), ())


def folded(pair: Document, rows: Iterable[Row]) -> list[Row]:
    """The rows, those that are alike in one, the worst first."""
    times = times_of(pair)
    ends = Counter(tuple(scenario["events"]) for scenario in pair["scenarios"])
    kinds = _together(([row] for row in rows), _kind)
    return sorted((_one(alike, times, ends) for alike in _together(kinds, _end)), key=lambda row: row.rank)


def _together(parts: Iterable[list[Row]], tell: Callable[[Row], tuple[object, ...]]) -> Iterable[list[Row]]:
    """The rows of those parts together whose first ones are told to be the same."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for part in parts:
        found.setdefault(tell(part[0]), []).extend(part)
    return found.values()


def _one(rows: Sequence[Row], times: Times, ends: Mapping[tuple[str, ...], int]) -> Row:
    first = rows[0]
    count = number_of((row.scenario for row in rows), times)
    orders = {tuple(row.events) for row in rows}
    return replace(
        first,
        count=count,
        in_any_order=1 < count == len(orders) and len(set(map(frozenset, orders))) == 1,
        leader=first.scenario["primary"] if ends[tuple(first.events)] > 1 else None,
    )


def _kind(row: Row) -> tuple[object, ...]:
    """What makes rows one kind: events of one kind in any order, the same roles, as many hosts that fare alike."""
    hosts = tuple((group.words, len(group.names)) for group in row.groups)
    return tuple(sorted(map(_kind_of_event, row.events))), _roles(row), hosts


def _end(row: Row) -> tuple[object, ...]:
    """What makes several failures end alike: the same roles, and each host fares the same; one failure is itself."""
    if len(row.events) < 2:
        return tuple(row.events), row.scenario["primary"]
    hosts = {(group.words, *group.names) for group in row.groups}
    return len(row.events), _roles(row), frozenset(hosts)


def _roles(row: Row) -> tuple[object, ...]:
    return tuple((switch["role"], switch["alive"]) for switch in row.scenario["switches"].values())


@cache
def _kind_of_event(words: str) -> str:
    """An event without the names and numbers that may be others; the links of a host may be on either switch."""
    event = parse_event(words)
    if event.cause.is_local:
        return f"{event.kind} {event.up}"
    return str(replace(event, interface=None, number=None))
