"""Every single failure of a pair, and every two in each order, without playing what is known already.

A host depends on its own links and on what concerns the pair. So failures of the links of two hosts are independent:
each fares as after its own. And hosts, VLANs and cables that are alike fare alike: one is played, the others counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb, perm
from operator import attrgetter
from typing import NamedTuple, TypeVar

from mlagkit.drill.event import DEAD, Event, Kind
from mlagkit.drill.failures import Failure, failures_of, failures_of_pair
from mlagkit.drill.outcome import NOT_AT_ALL, Drill, Folded, HostOutcome, Objective, Outcome
from mlagkit.drill.play import Play, Result
from mlagkit.drill.wire import wiring_of
from mlagkit.drill.wiring import Attached, Peers

ALIKE = "alike, but for the names of hosts, ports or VLANs"
INDEPENDENT = "links of hosts that do not depend on each other: each host fares as after its own failure alone"
GONE = "what fails is gone already"


Family = str | None
"""The host whose links fail; None for failures of the pair."""


@dataclass(frozen=True, slots=True)
class Course:
    """Failures in their order, and how many courses there are that are alike."""

    events: tuple[Event, ...]
    times: int


def matrix(peers: Peers, depth: int = 2) -> Drill:
    """Every scenario of at most ``depth`` failures.

    Where both switches have one priority nobody knows who leads: what then comes out differently is there twice, each
    with the switch that is assumed to lead.
    """
    tables = tables_of(peers)
    scenarios: list[Outcome] = []
    folded: list[Folded] = []
    told = gone = 0
    for course in courses(tables[0], depth):
        told += course.times
        if any(map(_takes_away, course.events, course.events[1:])):
            gone += course.times
            continue
        scenarios += _told_apart(tables, course.events)
        if course.times > 1:
            folded.append(Folded(events=course.events, count=course.times - 1, because=ALIKE))
    rest = [(gone, GONE), (_count(tables[0], depth) - told, INDEPENDENT)]
    folded += [Folded(events=(), count=count, because=because) for count, because in rest if count]
    return Drill(
        pair=peers[0].pair,
        switches=(peers[0].name, peers[1].name),
        depth=depth,
        hosts=tuple(host.name for host in tables[0].play.wiring.hosts),
        scenarios=tuple(scenarios),
        folded=tuple(folded),
        broken=tuple(_broken(tables)) if depth else (),
    )


def count_courses(peers: Peers, depth: int) -> int:
    """How many courses a matrix of that depth goes through, without making one: each failure about tenfold as many."""
    table = tables_of(peers)[0]
    of_pair = table.failures[None]
    found = sum(_arranged(of_pair, depth))
    for hosts in _alike(table, attrgetter("alike")):
        others = [*of_pair, *_others(table, hosts[0])]
        found += sum(_arranged([*table.failures[hosts[0].name], *others], depth)) - sum(_arranged(others, depth))
    return found


def _arranged(failures: Sequence[Failure], depth: int) -> list[int]:
    """How many sequences of each length there are in which each failure happens as often as it can."""
    longest = min(depth, sum(len(failure.events) for failure in failures))
    found = [1] + [0] * longest
    for failure in failures:
        most = len(failure.events)
        found = [
            sum(comb(length, times) * found[length - times] for times in range(min(most, length) + 1))
            for length in range(longest + 1)
        ]
    return found


def is_leader_unknown(peers: Peers) -> bool:
    """Whether no configuration tells who leads: both have one priority, and the system MAC decides."""
    one, other = (switch.domain for switch in peers)
    return one is not None and other is not None and one.role_priority == other.role_priority


def tables_of(peers: Peers) -> list[Table]:
    """A table for each switch that may lead at first."""
    wiring = wiring_of(peers)
    names = sorted(switch.name for switch in peers)
    return [Table.of(Play.of(wiring, name)) for name in (names if is_leader_unknown(peers) else (None,))]


@dataclass(slots=True)
class Table:
    """A pair in play with the failures of each family; results are kept by what decides them."""

    play: Play
    failures: Mapping[Family, Sequence[Failure]]
    owners: Mapping[Event, str]
    kept: dict[tuple[object, ...], Result]
    kinds: dict[tuple[int, ...], list[Mapping[str, Attached]]]

    @classmethod
    def of(cls, play: Play) -> Table:
        """A table of which nothing was asked."""
        wiring = play.wiring
        failures: dict[Family, Sequence[Failure]] = {None: failures_of_pair(wiring)}
        failures |= {host.name: failures_of(wiring, host) for host in wiring.hosts}
        owners = {
            event: name for name, found in failures.items() if name for failure in found for event in failure.events
        }
        return cls(play, failures, owners, {}, {})

    def result(self, host: Attached, events: tuple[Event, ...]) -> Result:
        """How a host fares: failures of links that it does not depend on are left out."""
        mine = self._told(host, events)
        if mine == events:
            return self.play.result(host, mine)
        gateways = tuple(event.number in host.vlans for event in mine if event.kind is Kind.SVI)
        is_own = any(event in self.owners for event in mine)
        key = (host.name if is_own else host.alike, mine, gateways, bool(mine) and events[-1] is mine[-1])
        if key not in self.kept:
            self.kept[key] = self.play.result(host, mine) if key[-1] else self.play.unchanged(host, mine)
        return self.kept[key]

    def _told(self, host: Attached, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """The events that concern a host."""
        owners = [self.owners.get(event) for event in events]
        if not any(owners):
            return events
        concerned = {None, host.name, *host.reaches}
        return tuple(event for event, owner in zip(events, owners, strict=True) if owner in concerned)

    def results(self, events: tuple[Event, ...]) -> list[tuple[Attached, Result, int]]:
        """How those fare whose links fail, and one host of each kind of the others, with how many there are of it."""
        owners = {owner for owner in map(self.owners.get, events) if owner is not None}
        vlans = tuple(sorted({event.number for event in events if event.kind is Kind.SVI and event.number is not None}))
        if vlans not in self.kinds:
            self.kinds[vlans] = self._kinds(vlans)
        found = []
        for hosts in self.kinds[vlans]:
            others = len(hosts) - len(owners & hosts.keys()) if owners else len(hosts)
            if others:
                first = next(host for name, host in hosts.items() if name not in owners)
                found.append((first, self.result(first, events), others))
        named = self.play.wiring.named
        return found + [(named[owner], self.result(named[owner], events), 1) for owner in sorted(owners)]

    def _kinds(self, vlans: tuple[int, ...]) -> list[Mapping[str, Attached]]:
        """The hosts that fare alike where nothing but the pair and the gateways of these VLANs fails."""
        found: dict[tuple[object, ...], dict[str, Attached]] = defaultdict(dict)
        for host in self.play.wiring.hosts:
            found[(host.alike, *(vlan in host.vlans for vlan in vlans))][host.name] = host
        return [*found.values()]

    def outcome(self, events: tuple[Event, ...]) -> Outcome:
        """One scenario; what a host or a switch has left is worked out when it is looked at."""
        wiring = self.play.wiring
        hosts = wiring.named
        ats = {switch.name: at for at, switch in enumerate(wiring.peers)}
        return Outcome(
            events=events,
            primary=self.play.primary,
            tally=self.play.tally(self.results(events)),
            switches=Late(ats, lambda name: self.play.switch(ats[name], events)),
            hosts=Late(hosts, lambda name: self.host(hosts[name], events)),
        )

    def host(self, host: Attached, events: tuple[Event, ...]) -> HostOutcome:
        """What one host has left in one scenario."""
        return self.play.told(host, self.result(host, events), events)


def courses(table: Table, depth: int, tell: Callable[[Attached], object] = attrgetter("alike")) -> Iterator[Course]:
    """No failure, those of the pair, and those of one host of each kind, alone and with those of the pair.

    ``tell`` gives the kind of a host.
    """
    alike = _alike(table, tell)
    of_pair = table.failures[None]
    for length in range(depth + 1):
        for chosen in product(of_pair, repeat=length):
            yield from _course(chosen, 1)
        for hosts in alike:
            first = hosts[0]
            own, others = table.failures[first.name], _others(table, first)
            for chosen in product([*own, *of_pair, *others], repeat=length):
                if any(each in own for each in chosen):
                    yield from _course(chosen, len(hosts))


def _alike(table: Table, tell: Callable[[Attached], object]) -> list[list[Attached]]:
    """The hosts of each kind."""
    found: dict[object, list[Attached]] = defaultdict(list)
    for host in table.play.wiring.hosts:
        found[tell(host)].append(host)
    return [*found.values()]


def _others(table: Table, host: Attached) -> list[Failure]:
    """The failures of links of other hosts that a host depends on."""
    return [each for name in host.reaches for each in table.failures.get(name, ())]


def _course(chosen: Sequence[Failure], times: int) -> Iterator[Course]:
    """The course of the first events of each; one of a failure twice takes two that are alike, if there are so many."""
    used: dict[Failure, int] = defaultdict(int)
    events = []
    for failure in chosen:
        at = used[failure]
        if at == len(failure.events):
            return
        used[failure] += 1
        times *= len(failure.events) - at
        events.append(failure.events[at])
    yield Course(tuple(events), times)


def _takes_away(one: Event, other: Event) -> bool:
    """Whether what the second event takes is gone with the first."""
    if one.kind in DEAD:
        return one.switch == other.switch
    if one.kind is Kind.PEER_LINK:
        return other.kind is Kind.PEER_LINK_MEMBER
    return False


def _count(table: Table, depth: int) -> int:
    """How many courses there are at all."""
    events = sum(len(failure.events) for found in table.failures.values() for failure in found)
    return sum(perm(events, length) for length in range(depth + 1))


def _told_apart(tables: Sequence[Table], events: tuple[Event, ...]) -> list[Outcome]:
    """The scenario, twice where it matters who leads."""
    first, *others = tables
    if all(table.results(events) == first.results(events) for table in others):
        return [first.outcome(events)]
    return [table.outcome(events) for table in tables]


def _broken(tables: Sequence[Table]) -> Iterator[Objective]:
    """What single failures break: the worst of each host and objective, whoever leads."""
    for host in tables[0].play.wiring.hosts:
        for limit in host.host.tolerances if host.host else ():
            costs = [(each.seconds, events) for events, each in _singles(tables, host)]
            seconds, events = max(costs, key=lambda cost: cost[0].rank, default=(NOT_AT_ALL, ()))
            if seconds.is_over(limit.seconds):
                yield Objective(host=host.name, what=limit.key, limit=limit.seconds, events=events, seconds=seconds)


def _singles(tables: Sequence[Table], host: Attached) -> Iterator[tuple[tuple[Event, ...], Result]]:
    """How a host fares in every single failure that concerns it."""
    for table in tables:
        families = (None, host.name, *host.reaches)
        for failure in (each for family in families for each in table.failures.get(family, ())):
            event = next((each for each in failure.events if each.number in host.vlans), failure.events[0])
            yield (event,), table.result(host, (event,))


class Gap(NamedTuple):
    """The longest time, in seconds, that a single failure cuts a host off and that passes by itself."""

    seconds: float
    event: Event


def longest_gaps(peers: Peers, names: Collection[str]) -> Mapping[str, Gap]:
    """The longest gap of each of these hosts that is attached to the pair, whoever leads; none where there is none."""
    tables = tables_of(peers)
    found = {}
    for host in tables[0].play.wiring.hosts:
        if host.name in names:
            costs = [Gap(each.seconds.worst or 0, events[0]) for events, each in _singles(tables, host)]
            longest = max(costs, key=attrgetter("seconds"), default=None)
            if longest and longest.seconds:
                found[host.name] = longest
    return found


Key = TypeVar("Key")
Value = TypeVar("Value")


class Late(Mapping[Key, Value]):
    """Known keys, and a function that gives the value of each; it is asked once for each."""

    __slots__ = ("_ask", "_found", "_keys")

    def __init__(self, keys: Iterable[Key], ask: Callable[[Key], Value]) -> None:
        self._keys = dict.fromkeys(keys)
        self._ask = ask
        self._found: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._ask(key)
        return self._found[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
