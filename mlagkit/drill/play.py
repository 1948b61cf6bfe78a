"""One pair in play: the conditions that sequences of events lead to, each found once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mlagkit.drill.condition import Condition, Legs, Power, Step, keepalive_up, play, start
from mlagkit.drill.event import Event
from mlagkit.drill.interruption import interruption
from mlagkit.drill.outcome import HostOutcome, Link, LinkState, Outcome, Seconds, State, SwitchOutcome
from mlagkit.drill.reach import Fare, View
from mlagkit.drill.reason import reason
from mlagkit.drill.wiring import Attached, Wiring
from mlagkit.values import InterfaceName


@dataclass(frozen=True, slots=True)
class Result:
    """How a host fares, and what the last event costs it."""

    fare: Fare
    seconds: Seconds


@dataclass(slots=True)
class Play:
    """A pair with one of its switches leading at first; ``steps`` are those that were asked for."""

    wiring: Wiring
    primary: str | None
    steps: dict[tuple[Event, ...], tuple[Step, View]]

    @classmethod
    def of(cls, wiring: Wiring, primary: str | None) -> Play:
        """The pair before any event; ``primary`` counts where priorities do not tell who leads."""
        names = sorted(switch.name for switch in wiring.peers)
        first = start(wiring, wiring.index(primary or names[0]))
        return cls(wiring, primary, {(): (Step(first), View.of(wiring, first))})

    def step(self, events: tuple[Event, ...]) -> tuple[Step, View]:
        """The last step of a sequence, and how hosts see the condition that it leads to."""
        if events not in self.steps:
            before, _ = self.step(events[:-1])
            step = play(self.wiring, before.after, events[-1])
            self.steps[events] = step, View.of(self.wiring, step.after)
        return self.steps[events]

    def fare(self, host: Attached, events: tuple[Event, ...]) -> Fare:
        """How a host fares after a sequence."""
        return self.step(events)[1].fare(host)

    def outcome(self, events: Sequence[Event]) -> Outcome:
        """Everything after a sequence."""
        said = tuple(events)
        return Outcome(
            events=said,
            primary=self.primary,
            switches={switch.name: self.switch(at, said) for at, switch in enumerate(self.wiring.peers)},
            hosts={host.name: self.told(host, self.result(host, said), said) for host in self.wiring.hosts},
        )

    def result(self, host: Attached, events: tuple[Event, ...]) -> Result:
        """How a host fares after a sequence, and what its last event costs it."""
        step, view = self.step(events)
        after = view.fare(host)
        before = self.fare(host, events[:-1])
        is_local = bool(events) and events[-1].is_local
        return Result(after, interruption(host, before, after, step, is_local=is_local))

    def unchanged(self, host: Attached, events: tuple[Event, ...]) -> Result:
        """The same where one more event follows that does not concern the host."""
        step, view = self.step(events)
        fare = view.fare(host)
        return Result(fare, interruption(host, fare, fare, Step(step.after), is_local=False))

    def told(self, host: Attached, result: Result, events: tuple[Event, ...]) -> HostOutcome:
        """What one host has left, in words."""
        fare, first = result.fare, self.fare(host, ())
        return HostOutcome(
            connected=fare.connected,
            degraded=fare.connected and fare.working < first.working,
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
        box = condition.boxes[at]
        legs = {vpc: view.leg(at, vpc) for vpc in self.wiring.legs[at]}
        absent = dict.fromkeys(self.wiring.legs[1 - at].keys() - legs.keys(), State.ABSENT)
        return SwitchOutcome(
            role=box.role,
            alive=box.power is Power.ON,
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
        box, nve = condition.boxes[at], self.wiring.peers[at].nve
        is_up = box.power is Power.ON and box.legs is not Legs.SUSPENDED and nve is not None and not nve.shutdown
        return State.UP if is_up else State.DOWN


def _link_state(fare: Fare, index: int) -> LinkState:
    if not fare.carrier[index]:
        return LinkState.DOWN
    return LinkState.WORKS if fare.ways[index].leads else LinkState.LOST
