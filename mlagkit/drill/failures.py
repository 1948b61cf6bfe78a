"""Everything that can fail of a pair, told apart by whom it concerns: all hosts, or the links of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mlagkit.drill.event import Event, Kind
from mlagkit.drill.wiring import BOTH, Attached, Segment, Wiring


@dataclass(frozen=True, slots=True)
class Failure:
    """Events that are alike: each leads to the same but for names; the first stands for all."""

    events: tuple[Event, ...]


def failures_of_pair(wiring: Wiring) -> list[Failure]:
    """What concerns both switches, or all hosts of a VLAN."""
    found = [*_of_peer_link(wiring)]
    if wiring.keepalive and wiring.has_peer_link:
        found.append(_one(Kind.KEEPALIVE))
    for at in BOTH:
        switch = wiring.peers[at]
        found += [_one(kind, switch.name) for kind in (Kind.POWER_OFF, Kind.RELOAD, Kind.HANG)]
        if any(exits.uplinks[at] for exits in wiring.exits.values()):
            found.append(_one(Kind.UPLINKS, switch.name))
        if switch.domain and switch.domain.track is not None:
            found.append(_one(Kind.TRACK, switch.name))
    if wiring.has_peer_link:
        found.append(_one(Kind.TYPE_1))
    return [*found, *_of_svis(wiring)]


def _one(kind: Kind, switch: str | None = None) -> Failure:
    return Failure((Event(kind, switch),))


def _of_peer_link(wiring: Wiring) -> Iterator[Failure]:
    members = wiring.members[0]
    if wiring.has_peer_link and len(members) > 1:
        yield Failure(tuple(Event(Kind.PEER_LINK_MEMBER, interface=name) for name in members))
    if wiring.has_peer_link:
        yield _one(Kind.PEER_LINK)


def _of_svis(wiring: Wiring) -> Iterator[Failure]:
    """The gateways of each kind of VLAN; VLANs are alike whose hosts are."""
    users: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for host in wiring.hosts:
        for vlan in host.vlans:
            users[vlan].add(host.alike)
    alike: dict[tuple[Segment, frozenset[tuple[object, ...]]], list[int]] = defaultdict(list)
    for vlan, hosts in sorted(users.items()):
        if wiring.segments[vlan].routed:
            alike[wiring.segments[vlan], frozenset(hosts)].append(vlan)
    for (segment, _), vlans in alike.items():
        for at in BOTH:
            if segment.gateways[at]:
                yield Failure(tuple(Event(Kind.SVI, wiring.peers[at].name, number=vlan) for vlan in vlans))


def failures_of(wiring: Wiring, host: Attached) -> list[Failure]:
    """What concerns the links of one host."""
    found = []
    for port in host.attachments:
        name = wiring.peers[port.at].name
        if port.vpc is not None and port.cables:
            found.append(Failure((Event(Kind.VPC, name, number=port.vpc),)))
        if port.cables and (port.vpc is None or len(port.cables) > 1):
            found.append(Failure(tuple(Event(Kind.LINK, name, cable) for cable in port.cables)))
    legs = [port.vpc for port in host.attachments if port.vpc is not None]
    twice = sorted({vpc for vpc in legs if legs.count(vpc) > 1})
    return found + [Failure((Event(Kind.TYPE_1_VPC, number=vpc),)) for vpc in twice if wiring.has_peer_link]
