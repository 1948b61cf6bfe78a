"""Who reaches what in one condition: legs, SVIs, and for each host the links that lead to all that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from mlagkit.drill.condition import Condition, Legs, Power, uplinks_down
from mlagkit.drill.event import Event, Kind
from mlagkit.drill.outcome import State
from mlagkit.drill.wiring import Attached, Attachment, Bond, Lane, Segment, Wiring
from mlagkit.values import InterfaceName

LOSSY = Event(Kind.PEER_LINK_LOSSY)

_ANY = 0
"""Stands for a VLAN whose SVIs no fault took down."""


class Way(IntEnum):
    """Where a frame comes to that enters a switch in a VLAN, the worst first."""

    FORWARDS_NOTHING = 0
    SUSPENDED = 1
    NO_GATEWAY = 2
    NO_WAY_OUT = 3
    ISOLATED = 4
    UNREACHED = 5
    """A host that it must reach is somewhere else."""
    SPLIT = 6
    """It reaches the gateway, but nothing that has to cross to the other switch, and nothing from there reaches it."""
    LOSSY = 7
    """The same, of which a part gets through."""
    BY_PEER = 8
    """All, over the other switch: its gateway or its uplinks."""
    DIRECT = 9

    @property
    def leads(self) -> bool:
        """Whether the host has what it needs that way."""
        return self >= Way.SPLIT

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self > Way.LOSSY


@dataclass(frozen=True, slots=True)
class Fare:
    """How a host fares: per attachment whether it sees carrier, on how many cables, and the worst way behind it.

    ``works``: the link has carrier and leads to all that the host needs over it, ``working`` how many do. ``partial``:
    a part of what it sends over links with carrier is lost.
    """

    carrier: tuple[bool, ...]
    cables: tuple[int, ...]
    ways: tuple[Way, ...]
    works: tuple[bool, ...]
    working: int
    connected: bool
    partial: bool

    @property
    def is_whole(self) -> bool:
        """Whether every link works and nothing is missing."""
        return all(self.carrier) and all(way.is_whole for way in self.ways)


@dataclass(slots=True)
class View:
    """One condition as hosts see it; what was asked once of a VLAN is kept.

    ``cut`` are the cables that faults took down, ``cut_legs`` the legs, ``shut`` the VLANs whose SVI is down, each
    behind the number of the switch.
    """

    wiring: Wiring
    condition: Condition
    cut: frozenset[tuple[int, InterfaceName]]
    cut_legs: frozenset[tuple[int, int]]
    shut: frozenset[tuple[int, int]]
    kept: dict[tuple[Segment, int, bool, bool, bool], Way]

    @classmethod
    def of(cls, wiring: Wiring, condition: Condition) -> View:
        """A view of which nothing was asked."""
        cut, legs, shut = set[tuple[int, InterfaceName]](), set[tuple[int, int]](), set[tuple[int, int]]()
        for fault in condition.faults:
            at = wiring.index(fault.switch)
            if fault.kind is Kind.LINK and fault.interface is not None:
                cut.add((at, fault.interface))
            elif fault.kind in (Kind.VPC, Kind.SVI) and fault.number is not None:
                (legs if fault.kind is Kind.VPC else shut).add((at, fault.number))
        return cls(wiring, condition, frozenset(cut), frozenset(legs), frozenset(shut), {})

    def checked_down(self, at: int, vpc: int) -> bool:
        """Whether the consistency check suspends a leg."""
        condition = self.condition
        if condition.leader is None or condition.switches[at].bypass:
            return False
        suspends = self.wiring.suspends[condition.leader][at]
        if suspends.all or vpc in suspends.vpcs:
            return True
        keeps = self.wiring.graceful and at == condition.leader
        return not keeps and any(each.number in (None, vpc) for each in condition.mismatches)

    def leg(self, at: int, vpc: int) -> State:
        """The state of a leg that is configured."""
        own = self.condition.switches[at]
        if own.power is not Power.ON or own.legs is Legs.SHUT:
            return State.DOWN
        if (
            (at, vpc) in self.cut_legs
            or (at, vpc) in self.condition.held
            or not self._open(at, self.wiring.legs[at].get(vpc, ()))
        ):
            return State.DOWN
        return State.UP if own.legs is Legs.FORWARDING and not self.checked_down(at, vpc) else State.SUSPENDED

    def attachment(self, port: Attachment) -> State:
        """The state of a port that a host is on."""
        cables = self._cables(port)
        if port.vpc is not None:
            state = self.leg(port.at, port.vpc)
            return State.DOWN if state is State.UP and cables < port.least else state
        own = self.condition.switches[port.at]
        if own.power is not Power.ON or not cables:
            return State.DOWN
        return State.SUSPENDED if port.orphan_suspend and own.legs is not Legs.FORWARDING else State.UP

    def _cables(self, port: Attachment) -> int:
        """How many cables of a port no fault took down."""
        return self._open(port.at, port.cables)

    def _open(self, at: int, cables: Sequence[InterfaceName]) -> int:
        return len(cables) - sum((at, cable) in self.cut for cable in cables) if self.cut else len(cables)

    def svi(self, at: int, segment: Segment, *, is_shut: bool) -> bool:
        """Whether the gateway of a VLAN is up on a switch; ``is_shut`` if a fault took this one."""
        own = self.condition.switches[at]
        if own.power is not Power.ON or is_shut or not segment.gateways[at]:
            return False
        stays = not segment.checked[at] or own.legs is Legs.FORWARDING
        return stays or (segment.excluded[at] and segment.ports[at])

    def svi_state(self, at: int, vlan: int) -> State:
        """The state of any SVI: with autostate it needs a port that is up in its VLAN, or a tunnel that takes it."""
        switch, own, wiring = self.wiring.peers[at], self.condition.switches[at], self.wiring
        svi = switch.svis[vlan]
        if own.power is not Power.ON or svi.shutdown or vlan not in switch.vlans or (at, vlan) in self.shut:
            return State.DOWN
        beside = vlan in wiring.beside[at]
        if vlan in wiring.on_link[at] and own.legs is not Legs.FORWARDING:
            stays = switch.domain is not None and vlan in switch.domain.dual_active_exclude_vlans and beside
            return State.UP if stays else State.DOWN
        by_link = self.condition.adjacent and vlan in wiring.on_link[at]
        if not svi.autostate or beside or by_link or self._by_tunnel(at, vlan):
            return State.UP
        legs = (vpc for vpc, vlans in wiring.on_legs[at].items() if vlan in vlans)
        return State.UP if any(self.leg(at, vpc) is State.UP for vpc in legs) else State.DOWN

    def _by_tunnel(self, at: int, vlan: int) -> bool:
        """Whether a VLAN is one of the tunnel's, and that is up: no port is needed then, as L303 has it."""
        switch = self.wiring.peers[at]
        segment = switch.vlans[vlan].vni
        if segment is None or switch.nve is None or self.condition.switches[at].legs is Legs.SUSPENDED:
            return False
        return not switch.nve.shutdown and any(each.vni == segment for each in switch.nve.vnis)

    def way(self, port: Attachment, segment: Segment, vlan: int) -> Way:
        """Where a frame comes to that enters the port in the VLAN."""
        shut = ((0, vlan) in self.shut, (1, vlan) in self.shut)
        key = (segment, port.at, port.alone, *shut)
        if key not in self.kept:
            self.kept[key] = self._way(port.at, segment, shut, alone=port.alone)
        return self.kept[key]

    def _way(self, at: int, segment: Segment, shut: tuple[bool, bool], *, alone: bool) -> Way:
        switches, far = self.condition.switches, 1 - at
        if switches[at].power is not Power.ON:
            return Way.FORWARDS_NOTHING
        bridged = segment.bridged and self.condition.adjacent
        found = self._out(at, segment) if segment.tunnelled else Way.DIRECT
        if segment.routed:
            found = min(found, self._routed(at, segment, shut, bridged=bridged))
        if not found.leads or not segment.bridged or switches[far].power is not Power.ON:
            return found
        if not bridged:
            return min(found, self._beside(at, segment, shut, alone=alone))
        crosses = found is Way.BY_PEER or segment.alone[far] or (alone and segment.inhabited[far])
        return Way.LOSSY if crosses and LOSSY in self.condition.faults else found

    def _beside(self, at: int, segment: Segment, shut: tuple[bool, bool], *, alone: bool) -> Way:
        """Without the peer-link: what of the VLAN is out of reach at the other switch."""
        switches, far = self.condition.switches, 1 - at
        if segment.routed:
            is_rival = self._routed(far, segment, shut, bridged=False).leads
            return Way.SPLIT if is_rival and (alone or segment.alone[far]) else Way.DIRECT
        if not segment.inhabited[far]:
            return Way.DIRECT
        if switches[at].legs is not Legs.FORWARDING:
            return Way.ISOLATED
        return Way.SPLIT if switches[far].legs is Legs.FORWARDING and (alone or segment.alone[far]) else Way.DIRECT

    def _routed(self, at: int, segment: Segment, shut: tuple[bool, bool], *, bridged: bool) -> Way:
        """The way over a gateway: the own one, or that of the peer over the peer-link."""
        far = 1 - at
        if self.svi(at, segment, is_shut=shut[at]):
            return self._out(at, segment)
        if bridged and self.svi(far, segment, is_shut=shut[far]):
            return min(self._out(far, segment), Way.BY_PEER)
        return Way.NO_GATEWAY

    def _out(self, at: int, segment: Segment) -> Way:
        """The way out of a gateway or tunnel: the own uplinks, else the peer's; there is one where none is known."""
        exits, far = segment.exits[at], 1 - at
        if not any(exits.uplinks):
            return Way.DIRECT
        if exits.uplinks[at] and not uplinks_down(self.wiring, self.condition, at):
            return Way.DIRECT
        if self.condition.switches[far].power is not Power.ON or not exits.uplinks[far]:
            return Way.NO_WAY_OUT
        joined = exits.by_link or (exits.by_peer_link[at] and self.condition.adjacent)
        return Way.BY_PEER if joined and not uplinks_down(self.wiring, self.condition, far) else Way.NO_WAY_OUT

    def carrier(self, host: Attached, port: Attachment) -> bool:
        """Whether a host sees a link up; of a hung switch only LACP tells."""
        if self.condition.switches[port.at].power is Power.HUNG:
            return host.bond is not Bond.LACP and self._cables(port) > 0
        return self.attachment(port) is State.UP

    def fare(self, host: Attached) -> Fare:
        """How a host fares."""
        carrier = [self.carrier(host, port) for port in host.attachments]
        if host.host and host.host.min_links and self._links(host, carrier) < host.host.min_links:
            carrier = [False] * len(carrier)
        ways = [Way.DIRECT] * len(carrier)
        for index, port in enumerate(host.attachments):
            if self.condition.switches[port.at].power is not Power.ON:
                ways[index] = Way.FORWARDS_NOTHING
        connected, partial = any(up and way >= Way.SPLIT for up, way in zip(carrier, ways, strict=True)), False
        for found in self._lanes(host, carrier):
            connected = connected and max(found.values(), default=Way.FORWARDS_NOTHING) >= Way.SPLIT
            partial = partial or min(found.values(), default=Way.DIRECT) <= Way.LOSSY
            for index, way in found.items():
                ways[index] = min(ways[index], way)
        for name in host.reaches:
            found = dict(self._to(host, self.wiring.named[name], carrier, ways))
            connected = connected and max(found.values(), default=Way.FORWARDS_NOTHING) >= Way.SPLIT
            for index, way in found.items():
                ways[index] = min(ways[index], way)
        partial = partial or any(up and not way.leads for up, way in zip(carrier, ways, strict=True))
        works = tuple(up and way >= Way.SPLIT for up, way in zip(carrier, ways, strict=True))
        cables = tuple(map(self._cables, host.attachments))
        return Fare(tuple(carrier), cables, tuple(ways), works, sum(works), connected, connected and partial)

    def _to(self, host: Attached, other: Attached, carrier: list[bool], ways: list[Way]) -> Iterator[tuple[int, Way]]:
        """Whether each link with carrier leads to another host: within a VLAN that both have, else over gateways."""
        shared = host.vlans & other.vlans
        theirs = {port.at for port in other.attachments if self.carrier(other, port)}
        routed = not shared and bool(theirs) and all(way.leads for way in self._ways(other))
        for index, port in enumerate(host.attachments):
            if not carrier[index]:
                continue
            bridged = [vlan for vlan in shared if self._joins(port.at, vlan, theirs)]
            yield index, ways[index] if routed or bridged else Way.UNREACHED

    def _joins(self, at: int, vlan: int, theirs: set[int]) -> bool:
        """Whether a frame that enters a switch in a VLAN comes to a host with links that are up to these switches."""
        segment = self.wiring.segments[vlan]
        return at in theirs or (bool(theirs) and segment.bridged and self.condition.adjacent)

    def _ways(self, other: Attached) -> Iterator[Way]:
        """The best way of each kind of VLAN that another host needs."""
        for found in self._lanes(other, [self.carrier(other, port) for port in other.attachments]):
            yield max(found.values(), default=Way.FORWARDS_NOTHING)

    def _lanes(self, host: Attached, carrier: list[bool]) -> Iterator[dict[int, Way]]:
        """Each kind of VLAN that a host needs: the way behind every link with carrier that carries it."""
        shut = {vlan for _, vlan in self.shut}
        for lane, vlans in host.lanes.items():
            single = vlans & shut if shut else shut
            for vlan in (*single, *((_ANY,) if len(single) < len(vlans) else ())):
                yield dict(self._lane(host, carrier, lane, vlan))

    def _lane(self, host: Attached, carrier: list[bool], lane: Lane, vlan: int) -> Iterator[tuple[int, Way]]:
        for index, port in enumerate(host.attachments):
            if lane.on[index] and carrier[index]:
                is_off = lane.suspended[index] and not self.condition.switches[port.at].bypass
                yield index, Way.SUSPENDED if is_off else self.way(port, lane.segment, vlan)

    def _links(self, host: Attached, carrier: list[bool]) -> int:
        return sum(self._cables(port) for port, up in zip(host.attachments, carrier, strict=True) if up)
