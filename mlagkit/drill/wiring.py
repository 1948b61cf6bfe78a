"""What of two switches a drill plays with: who is attached to which ports, which VLANs are alike, what holds the pair.

Everything here is found once for a pair. A switch is the number 0 or 1, as in ``Wiring.peers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from mlagkit.drill.exits import Exits
from mlagkit.host import Host
from mlagkit.nxos.tracking import Tracked
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName, VlanSet

Peers = tuple[Switch, Switch]
Each = tuple[bool, bool]
"""One answer for each switch."""

BOTH = (0, 1)


class Bond(Enum):
    """How a host uses its links, and so what it notices."""

    LACP = "LACP"
    """It hears from the switch: a hung one is noticed after the timeout."""
    STATIC = "static"
    """It uses all links with carrier."""
    CARRIER = "carrier"
    """It uses one link with carrier, or has only one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One port or port-channel that a host is on; ``vpc`` is the number of the vPC that it is a leg of.

    ``cables`` are the physical ports that are not shut, ``least`` how many of them must be up. ``alone``: what is on
    it is on no leg of the other switch, which reaches it over the peer-link only.
    """

    at: int
    name: InterfaceName
    vpc: int | None
    cables: tuple[InterfaceName, ...]
    least: int
    orphan_suspend: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """What decides the fate of a VLAN; VLANs that are alike in all of it share one.

    ``bridged``: the peer-link carries it. ``checked``: the peer-link of that switch carries it, so that its SVI goes
    down with the legs. ``gateways``: an SVI that is up. ``tunnelled``: a VTEP takes it to others. ``exits``: the ways
    out of each gateway's VRF, or of the tunnel. ``excluded``: that SVI stays up in dual-active. ``ports``: ports other
    than legs carry it. ``inhabited``: hosts are attached to that switch, ``alone``: some of them so that the other one
    reaches them over the peer-link only.
    """

    bridged: bool
    checked: Each
    routed: bool
    tunnelled: bool
    gateways: Each
    exits: tuple[Exits, Exits]
    excluded: Each
    ports: Each
    inhabited: Each
    alone: Each


@dataclass(frozen=True, slots=True)
class Lane:
    """VLANs that a host needs and that fare alike for it: the segment, and per attachment whether it carries them.

    ``suspended`` says for each attachment whether the consistency check suspends them there.
    """

    segment: Segment
    on: tuple[bool, ...]
    suspended: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A host as it is wired; ``lanes`` are the ``vlans`` that it needs by how they fare, ``reaches`` other hosts.

    ``alike`` is all that decides how it fares: two hosts where it is equal fare alike, but for the names of ports.
    """

    name: str
    host: Host | None
    bond: Bond
    attachments: tuple[Attachment, ...]
    lanes: Mapping[Lane, VlanSet]
    vlans: VlanSet
    reaches: tuple[str, ...]
    alike: tuple[object, ...]

    @property
    def is_routed(self) -> bool:
        """Whether it needs a gateway."""
        return any(lane.segment.routed for lane in self.lanes)


@dataclass(frozen=True, slots=True)
class Suspends:
    """What the consistency check suspends on one switch: all legs, or those of these vPCs."""

    all: bool
    vpcs: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """A pair as a drill sees it.

    ``members`` are the open ports of the peer-link by switch. ``has_peer_link``: both have one, and it can form.
    ``virtual``: it runs over the uplinks. ``keepalive``: each is told where the other is;
    ``keepalive_over_peer_link`` and ``keepalive_over_uplinks`` say what takes it with it. ``tracks`` are what the
    domains watch. ``legs`` are the cables of each leg by switch and vPC, ``on_legs`` its VLANs, ``on_link`` those of
    the peer-link, ``beside`` those of all other open ports. ``suspends`` says what the consistency check suspends of
    each switch, by which of the two leads.
    """

    peers: Peers
    members: tuple[tuple[InterfaceName, ...], tuple[InterfaceName, ...]]
    has_peer_link: bool
    virtual: bool
    keepalive: bool
    keepalive_over_peer_link: bool
    keepalive_over_uplinks: Each
    exits: Mapping[str, Exits]
    tracks: tuple[Tracked | None, Tracked | None]
    legs: tuple[Mapping[int, tuple[InterfaceName, ...]], Mapping[int, tuple[InterfaceName, ...]]]
    on_legs: tuple[Mapping[int, VlanSet], Mapping[int, VlanSet]]
    on_link: tuple[VlanSet, VlanSet]
    beside: tuple[frozenset[int], frozenset[int]]
    suspends: tuple[tuple[Suspends, Suspends], tuple[Suspends, Suspends]]
    graceful: bool
    hosts: tuple[Attached, ...]
    named: Mapping[str, Attached]
    segments: Mapping[int, Segment]

    def index(self, name: str | None) -> int:
        """The number of the switch of that name."""
        return 0 if self.peers[0].name == name else 1

    def plays_like(self, other: Wiring) -> bool:
        """Whether every host fares the same in both, whatever fails: only what decides about no host may differ."""
        return self._decisive() == other._decisive()

    def _decisive(self) -> tuple[object, ...]:
        """All that decides how a host fares, for how long, and what can fail.

        Of the switches that is what the timers and the roles are told by; the segments are those that hosts are in.
        """
        switches = [
            (switch.name, switch.domain, switch.keepalive, switch.peer_link and switch.peer_link.name)
            for switch in self.peers
        ]
        links = self.members, self.has_peer_link, self.virtual, self.legs, self.exits, self.tracks
        heard = self.keepalive, self.keepalive_over_peer_link, self.keepalive_over_uplinks
        checked = self.suspends, self.graceful
        return switches, links, heard, checked, self.hosts, self.segments
