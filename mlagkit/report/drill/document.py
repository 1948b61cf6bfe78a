"""Drills as ``mlagkit.drill/1``: the first scenario whole, of the others what differs from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlagkit.drill.outcome import Drill, Folded, HostOutcome, Objective, Outcome, Seconds, SwitchOutcome
from mlagkit.report.document import Document
from mlagkit.report.drill.summary import summary_of
from mlagkit.state import Role

FORMAT = "mlagkit.drill/1"
_NO_ROLE = "none"


def drill_document(pairs: Sequence[Document], *, listed: bool) -> Document:
    """The drills of all pairs as one object: that of the only pair, or with ``listed`` all of them in ``pairs``."""
    return {"format": FORMAT, "pairs": list(pairs)} if listed else {"format": FORMAT} | pairs[0]


def pair_document(drill: Drill, *, in_sequence: bool = False) -> Document:
    """The drill of one pair as plain data; ``in_sequence``: each scenario is the one before it and one event more."""
    first = drill.scenarios[0]
    document: Document = {
        "pair": drill.pair,
        "switches": list(drill.switches),
        "depth": drill.depth,
        "sequence": in_sequence,
        "scenarios": [_scenario(first, None), *(_scenario(each, first) for each in drill.scenarios[1:])],
        "folded": [_folded(each) for each in drill.folded],
        "broken": [_objective(each) for each in drill.broken],
    }
    return document | {"summary": summary_of(document)}


def _scenario(outcome: Outcome, first: Outcome | None) -> Document:
    return {
        "events": [str(event) for event in outcome.events],
        "primary": outcome.primary,
        "switches": {
            name: _switch(switch, first.switches[name] if first else None) for name, switch in outcome.switches.items()
        },
        "hosts": {
            name: host_row(host)
            for name, host in outcome.hosts.items()
            if first is None or host != first.hosts.get(name)
        },
    }


def _switch(switch: SwitchOutcome, first: SwitchOutcome | None) -> Document:
    return {
        "role": _NO_ROLE if switch.role is Role.NONE else switch.role.value,
        "alive": switch.alive,
        "peer_link": switch.peer_link.value,
        "keepalive": "alive" if switch.keepalive else "dead",
        "tunnel": None if switch.tunnel is None else switch.tunnel.value,
        "legs": _differing(switch.legs, first.legs if first else {}),
        "svis": _differing(switch.svis, first.svis if first else {}),
        "orphans": _differing(switch.orphans, first.orphans if first else {}),
    }


def _differing(states: Mapping[Any, str], first: Mapping[Any, str]) -> Document:
    return {str(key): str(state) for key, state in states.items() if first.get(key) != state}


def host_row(host: HostOutcome) -> Document:
    """How one host fares, as plain data."""
    return {
        "connected": host.connected,
        "degraded": host.degraded,
        "partial": host.partial,
        "seconds": _seconds(host.seconds),
        "why": host.why,
        "links": [
            {"switch": link.switch, "interface": str(link.interface), "state": link.state.value} for link in host.links
        ],
    }


def _seconds(seconds: Seconds) -> list[float | None]:
    return [seconds.best, seconds.worst]


def _folded(folded: Folded) -> Document:
    return {"events": [str(event) for event in folded.events], "count": folded.count, "because": folded.because}


def _objective(objective: Objective) -> Document:
    return {
        "host": objective.host,
        "what": objective.what,
        "limit": objective.limit,
        "events": [str(event) for event in objective.events],
        "seconds": _seconds(objective.seconds),
    }
