"""Which ports of a pair belong together: those of one port-channel, one vPC, one host, hosts that reach each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mlagkit.nxos.chassis import is_on_extender
from mlagkit.plan.state import Peers
from mlagkit.values import InterfaceName

Place = tuple[int, InterfaceName]
"""A port of the first or the second switch."""

_Tie = Place | int | str
"""What ports have in common: a port-channel, the number of a vPC, the name of a host."""


@dataclass(frozen=True, slots=True)
class Circles:
    """The ports of a pair in circles, in which nobody has anything to do with a port of another circle."""

    of: Mapping[_Tie, frozenset[Place]]

    def around(self, places: Iterable[Place], peers: Iterable[Peers]) -> frozenset[Place] | None:
        """All circles of these ports; None where one has to do with another circle in the pair as it stands then."""
        peers = tuple(peers)
        found: set[Place] = set()
        for place in places:
            circle = self.of.get(place)
            if circle is None or any(self.of.get(tie) is not circle for each in peers for tie in _ties(each, place)):
                return None
            found |= circle
        return frozenset(found)


def circles_of(states: Collection[Peers]) -> Circles:
    """The circles of a pair that stands in one of these ways, or in any between them."""
    near: dict[_Tie, list[_Tie]] = {}
    for one, other in _pairs(states):
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    found: dict[_Tie, frozenset[Place]] = {}
    for start in near:
        if start not in found:
            circle = _reached(start, near)
            places = frozenset(each for each in circle if isinstance(each, tuple))
            found |= dict.fromkeys(circle, places)
    return Circles(found)


def _pairs(states: Iterable[Peers]) -> Iterator[tuple[_Tie, _Tie]]:
    for peers in states:
        for at, switch in enumerate(peers):
            for name in switch.ports:
                yield (at, name), (at, name)
                yield from (((at, name), tie) for tie in _ties(peers, (at, name)))
            for host in switch.hosts:
                yield from ((host, other) for other in switch.hosts[host].reaches)


def _ties(peers: Peers, place: Place) -> Iterator[_Tie]:
    """What a port belongs to; a port of a fabric extender is one on both switches."""
    at, name = place
    port, cable = peers[at].ports.get(name), peers[at].cabling.get(name)
    if cable:
        yield cable.split()[0]
    if port is None:
        return
    if port.channel is not None:
        yield at, InterfaceName(f"port-channel{port.channel}")
    if port.vpc is not None:
        yield port.vpc
    if port.host:
        yield port.host
    if is_on_extender(name):
        yield str(name)


def _reached(start: _Tie, near: Mapping[_Tie, list[_Tie]]) -> set[_Tie]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = [each for each in near[waiting.pop()] if each not in found]
        found.update(fresh)
        waiting += fresh
    return found
