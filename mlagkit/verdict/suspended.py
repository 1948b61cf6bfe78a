"""Which VLANs fail the check per VLAN, and where they are suspended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mlagkit.nxos.consistency import carried_by_peer_link, carried_on
from mlagkit.switch import Switch
from mlagkit.values import VlanSet

Both = tuple[VlanSet, VlanSet]

NOTHING: Both = (VlanSet(), VlanSet())


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLegs:
    """VLANs of one vPC's legs: ``alone`` are not on the other leg, ``off_peer_link`` are not on the own peer-link."""

    alone: Both
    off_peer_link: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended:
    """The VLANs of a pair that differ.

    ``alone`` are on the peer-link of that switch only; ``segments`` are on both with another VNI, ``trees`` with
    spanning tree on one side only. ``mst``: whether spanning tree is MST, to which the check per VLAN does not apply.
    """

    mst: bool
    alone: Both
    segments: VlanSet
    trees: VlanSet
    legs: Mapping[int, OfLegs]
    carried: Mapping[int, Both]

    @property
    def differing(self) -> VlanSet:
        """Every VLAN with a difference of its own."""
        return VlanSet(self.alone[0] | self.alone[1] | self.segments | self.trees)

    @property
    def everywhere(self) -> Both:
        """What each switch suspends on its peer-link and all its legs."""
        trees = VlanSet() if self.mst else self.trees
        one, other = (VlanSet(alone | self.segments | trees) for alone in (NOTHING if self.mst else self.alone))
        return one, other

    def on_legs(self, number: int) -> Both:
        """What each switch suspends on its leg of that vPC."""
        legs, carried = self.legs[number], self.carried[number]
        alone = NOTHING if self.mst else legs.alone
        one, other = (
            VlanSet(alone[at] | legs.off_peer_link[at] | (carried[at] & self.everywhere[at])) for at in (0, 1)
        )
        return one, other


def suspended(one: Switch, other: Switch) -> Suspended:
    """What differs of each VLAN; numbers of vPCs are those that both have."""
    links = (carried_by_peer_link(one), carried_by_peer_link(other))
    shared = links[0] & links[1]
    trees = one.spanning_tree.disabled_vlans ^ other.spanning_tree.disabled_vlans
    here, there = one.vpcs, other.vpcs
    carried = {
        number: (carried_on(one, leg), carried_on(other, there[number]))
        for number, leg in here.items()
        if number in there
    }
    return Suspended(
        mst="mst" in (one.spanning_tree.mode, other.spanning_tree.mode),
        alone=(VlanSet(links[0] - links[1]), VlanSet(links[1] - links[0])),
        segments=VlanSet(vlan for vlan in shared if one.vlans[vlan].vni != other.vlans[vlan].vni),
        trees=VlanSet(shared & trees),
        legs={number: _of_legs(both, links) for number, both in carried.items()},
        carried=carried,
    )


def _of_legs(carried: Both, links: Both) -> OfLegs:
    """What is on one leg only; what differs on the peer-link is not told again for each leg."""
    shared = links[0] & links[1]
    return OfLegs(
        alone=(VlanSet((carried[0] - carried[1]) & shared), VlanSet((carried[1] - carried[0]) & shared)),
        off_peer_link=(VlanSet(carried[0] - links[0]), VlanSet(carried[1] - links[1])),
    )
