"""One pair in play: the conditions that sequences of events lead to, each found once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from mlagkit.drill.condition import Condition, Legs, Power, Step, keepalive_up, play, start, uplinks_down
from mlagkit.drill.event import Event, Kind
from mlagkit.drill.interruption import interruption
from mlagkit.drill.outcome import (
    NOT_AT_ALL,
    HostOutcome,
    Link,
    LinkState,
    Outcome,
    Rank,
    Seconds,
    State,
    SwitchOutcome,
    Tally,
)
from mlagkit.drill.reach import LOSSY, Fare, View
from mlagkit.drill.reason import reason
from mlagkit.drill.wiring import Attached, Wiring
from mlagkit.values import InterfaceName

_SINGLES_OUT = frozenset({Kind.VPC, Kind.LINK, Kind.SVI, Kind.TYPE_1_VPC})
"""What concerns single hosts or VLANs."""


def singles_out(events: Sequence[Event]) -> bool:
    """Whether one of the events concerns single hosts or VLANs, so that hosts fare differently that are alike."""
    return any(event.kind in _SINGLES_OUT for event in events)


@dataclass(frozen=True, slots=True)
class Result:
    """How a host fares, and what the last event costs it."""

    fare: Fare
    seconds: Seconds


@dataclass(slots=True)
class Play:
    """A pair with one of its switches leading at first; steps, and how hosts fare, are found once.

    Many events lead to the same: ``states`` numbers the conditions that are one to all hosts but those whose links or
    gateways failed.
    """

    wiring: Wiring
    primary: str | None
    steps: dict[tuple[Event, ...], tuple[Step, View]]
    states: dict[tuple[object, ...], int] = field(default_factory=dict)
    numbers: dict[tuple[Event, ...], tuple[int, tuple[Event, ...]]] = field(default_factory=dict)
    fares: dict[tuple[object, ...], Fare] = field(default_factory=dict)

    @classmethod
    def of(cls, wiring: Wiring, primary: str | None) -> Play:
        """The pair before any event; ``primary`` counts where priorities do not tell who leads."""
        names = sorted(switch.name for switch in wiring.peers)
        first = start(wiring, wiring.index(primary or names[0]))
        return cls(wiring, primary, {(): (Step(first), View.of(wiring, first))})

    def step(self, events: tuple[Event, ...]) -> tuple[Step, View]:
        """The last step of a sequence, and how hosts see the condition that it leads to."""
        if events not in self.steps:
            step = self._step(events)
            self.steps[events] = step, View.of(self.wiring, step.after)
        return self.steps[events]

    def _step(self, events: tuple[Event, ...]) -> Step:
        """The last step; links of hosts that failed before change nothing about what the pair does."""
        local = frozenset(event for event in events if event.is_local)
        if not local or events[-1].is_local or any(event.up for event in events):
            return play(self.wiring, self.step(events[:-1])[0].after, events[-1])
        step, _ = self.step(tuple(event for event in events if event not in local))
        return Step(replace(step.after, faults=step.after.faults | local), step.shifts, step.rejoins)

    def fare(self, host: Attached, events: tuple[Event, ...]) -> Fare:
        """How a host fares after a sequence."""
        if events not in self.numbers:
            self.numbers[events] = self._state(self.step(events)[0].after)
        number, singled = self.numbers[events]
        key = (host.name, number, singled) if singled else (host.alike, number)
        if key not in self.fares:
            self.fares[key] = self.step(events)[1].fare(host)
        return self.fares[key]

    def _state(self, condition: Condition) -> tuple[int, tuple[Event, ...]]:
        """The number of a condition, and the faults that single out hosts or VLANs."""
        wiring = self.wiring
        links = (uplinks_down(wiring, condition, 0), uplinks_down(wiring, condition, 1), LOSSY in condition.faults)
        state = (condition.switches, condition.adjacent, condition.leader, condition.mismatches, condition.held, links)
        singled = tuple(sorted(fault for fault in condition.faults if fault.kind in _SINGLES_OUT))
        return self.states.setdefault(state, len(self.states)), singled

    def outcome(self, events: Sequence[Event]) -> Outcome:
        """Everything after a sequence."""
        said = tuple(events)
        return Outcome(
            events=said,
            primary=self.primary,
            tally=self.tally((host, self.result(host, said), 1) for host in self.wiring.hosts),
            switches={switch.name: self.switch(at, said) for at, switch in enumerate(self.wiring.peers)},
            hosts={host.name: self.told(host, self.result(host, said), said) for host in self.wiring.hosts},
        )

    def result(self, host: Attached, events: tuple[Event, ...]) -> Result:
        """How a host fares after a sequence, and what its last event costs it."""
        step, _ = self.step(events)
        after = self.fare(host, events)
        before = self.fare(host, events[:-1])
        is_local = bool(events) and events[-1].is_local
        return Result(after, interruption(host, before, after, step, is_local=is_local))

    def unchanged(self, host: Attached, events: tuple[Event, ...]) -> Result:
        """The same where one more event follows that does not concern the host."""
        step, _ = self.step(events)
        fare = self.fare(host, events)
        return Result(fare, interruption(host, fare, fare, Step(step.after), is_local=False))

    def tally(self, results: Iterable[tuple[Attached, Result, int]]) -> Tally:
        """The count of results, each with how many hosts have it."""
        cut_off = partial = degraded = 0
        worst = NOT_AT_ALL
        for host, result, times in results:
            fare = result.fare
            if not fare.connected:
                cut_off += times
            elif fare.partial:
                partial += times
            elif self.is_degraded(host, fare):
                degraded += times
            if times and result.seconds is not NOT_AT_ALL:
                worst = max(worst, result.seconds, key=attrgetter("rank"))
        return Tally(cut_off, partial, degraded, worst)

    def is_degraded(self, host: Attached, fare: Fare) -> bool:
        """Whether a connected host has fewer links that work than it is wired with; a port that is shut is none."""
        return fare.connected and fare.working < sum(bool(port.cables) for port in host.attachments)

    def rank(self, host: Attached, result: Result) -> Rank:
        """The same as that of the outcome in words, without finding them."""
        fare = result.fare
        return not fare.connected, fare.partial, result.seconds.rank, self.is_degraded(host, fare)

    def told(self, host: Attached, result: Result, events: tuple[Event, ...]) -> HostOutcome:
        """What one host has left, in words."""
        fare, first = result.fare, self.fare(host, ())
        return HostOutcome(
            connected=fare.connected,
            degraded=self.is_degraded(host, fare),
            partial=fare.partial,
            seconds=result.seconds,
            why="" if fare == first and fare.is_whole else reason(self.step(events)[1], host, fare),
            links=tuple(
                Link(self.wiring.peers[port.at].name, port.name, _link_state(fare, index))
                for index, port in enumerate(host.attachments)
            ),
        )

    def switch(self, at: int, events: tuple[Event, ...]) -> SwitchOutcome:
        """What one switch is."""
        step, view = self.step(events)
        condition, switch = step.after, self.wiring.peers[at]
        own = condition.switches[at]
        legs = {vpc: view.leg(at, vpc) for vpc in self.wiring.legs[at]}
        absent = dict.fromkeys(self.wiring.legs[1 - at].keys() - legs.keys(), State.ABSENT)
        return SwitchOutcome(
            role=own.role,
            alive=own.power is Power.ON,
            peer_link=self._peer_link(condition, at),
            keepalive=keepalive_up(self.wiring, condition),
            legs=dict(sorted({**legs, **absent}.items())),
            svis=dict(self._svis(at, view)),
            orphans=dict(self._orphans(at, view)),
            tunnel=self._tunnel(condition, at) if switch.nve else None,
        )

    def _peer_link(self, condition: Condition, at: int) -> State:
        if self.wiring.peers[at].peer_link is None:
            return State.ABSENT
        return State.UP if condition.adjacent else State.DOWN

    def _svis(self, at: int, view: View) -> Mapping[int, State]:
        return {vlan: view.svi_state(at, vlan) for vlan in sorted(self.wiring.peers[at].svis)}

    def _orphans(self, at: int, view: View) -> Mapping[InterfaceName, State]:
        ports = (port for host in self.wiring.hosts for port in host.attachments)
        mine = (port for port in ports if port.at == at and port.vpc is None)
        return {port.name: view.attachment(port) for port in sorted(mine, key=lambda port: port.name.order)}

    def _tunnel(self, condition: Condition, at: int) -> State:
        """Down with the legs on a switch that lost its peer-link (F36)."""
        own, nve = condition.switches[at], self.wiring.peers[at].nve
        is_up = own.power is Power.ON and own.legs is not Legs.SUSPENDED and nve is not None and not nve.shutdown
        return State.UP if is_up else State.DOWN


def _link_state(fare: Fare, index: int) -> LinkState:
    if not fare.carrier[index]:
        return LinkState.DOWN
    return LinkState.WORKS if fare.ways[index].leads else LinkState.LOST
