"""Drill: what every failure does to every host, told from two Switches alone.

A pure function: two Switches and events in their order give what both switches are and what each host has left, once
all timers have run out. No device, no clock, no randomness. The rules of the game are those of the vPC reference,
section 5; with no events it is the consistency verdict that tells what forwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.drill.courses import count_courses, is_leader_unknown, longest_gaps, matrix
from mlagkit.drill.difference import Cell, difference
from mlagkit.drill.event import Event, Kind, parse_event
from mlagkit.drill.outcome import Drill, Objective, Outcome, State, SwitchOutcome
from mlagkit.drill.play import Play
from mlagkit.drill.wire import judged_for_drill, wiring_of
from mlagkit.drill.wiring import Peers
from mlagkit.verdict import Verdict

__all__ = [
    "Cell",
    "Drill",
    "Event",
    "Kind",
    "Objective",
    "Outcome",
    "State",
    "SwitchOutcome",
    "count_courses",
    "difference",
    "drill",
    "is_leader_unknown",
    "judged_for_drill",
    "longest_gaps",
    "matrix",
    "parse_event",
]


def drill(peers: Peers, events: Sequence[Event], primary: str | None = None, judged: Verdict | None = None) -> Outcome:
    """What there is after the events.

    ``primary`` names the switch that leads at first where both have one priority; without it that is the one whose
    name comes first. An event of a switch, port, vPC or VLAN that there is not changes nothing. ``judged`` is what
    `judged_for_drill` says of both, for those who have asked it.
    """
    return Play.of(wiring_of(peers, judged), primary).outcome(events)


def sequence(peers: Peers, events: Sequence[Event]) -> Drill:
    """What there is after each of the events; ``broken`` are the objectives that any of them breaks.

    Where no configuration tells who leads, it is the switch whose name comes first.
    """
    leader = min(switch.name for switch in peers) if is_leader_unknown(peers) else None
    scenarios = tuple(drill(peers, tuple(events[:end]), leader) for end in range(len(events) + 1))
    return Drill(
        pair=peers[0].pair,
        switches=(peers[0].name, peers[1].name),
        depth=len(events),
        hosts=tuple(scenarios[0].hosts),
        scenarios=scenarios,
        folded=(),
        broken=tuple(_broken(peers, scenarios)),
    )


def _broken(peers: Peers, scenarios: Sequence[Outcome]) -> Iterator[Objective]:
    hosts = {**peers[1].hosts, **peers[0].hosts}
    for outcome in scenarios[1:]:
        for name, fared in outcome.hosts.items():
            for limit in hosts[name].tolerances if name in hosts else ():
                if fared.seconds.is_over(limit.seconds):
                    yield Objective(
                        host=name, what=limit.key, limit=limit.seconds, events=outcome.events, seconds=fared.seconds
                    )
