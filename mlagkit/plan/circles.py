"""Which ports of a pair belong together: those of one port-channel, one vPC, one host, hosts that reach each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

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

    def around(self, places: Iterable[Place]) -> frozenset[Place]:
        """All circles of these ports."""
        return frozenset().union(*(self.of[place] for place in places))


def circles_of(states: Sequence[Peers]) -> Circles:
    """The circles of a pair that stands in these ways, one after the other: who has to do with whom in any of them."""
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


def changed(before: Peers, peers: Peers) -> Iterator[Place]:
    """The ports that are not the same."""
    for at, (old, new) in enumerate(zip(before, peers, strict=True)):
        if old is not new:
            yield from ((at, name) for name, port in new.ports.items() if old.ports.get(name) is not port)
            yield from ((at, name) for name in old.ports.keys() - new.ports.keys())


def _pairs(states: Sequence[Peers]) -> Iterator[tuple[_Tie, _Tie]]:
    first = states[0]
    yield from _tied(first, [(at, name) for at, switch in enumerate(first) for name in switch.ports])
    for before, peers in pairwise(states):
        yield from _tied(peers, changed(before, peers))
    for switch in first:
        for host in switch.hosts:
            yield from ((host, other) for other in switch.hosts[host].reaches)


def _tied(peers: Peers, places: Iterable[Place]) -> Iterator[tuple[_Tie, _Tie]]:
    for place in places:
        yield place, place
        yield from ((place, tie) for tie in _ties(peers, place))


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
