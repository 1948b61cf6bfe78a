"""One sequence of events as a drill: a scenario before the first, and one after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.drill import drill, is_leader_unknown
from mlagkit.drill.event import Event
from mlagkit.drill.outcome import Drill, Objective, Outcome
from mlagkit.drill.wiring import Peers


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
