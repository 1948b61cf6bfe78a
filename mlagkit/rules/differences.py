"""How rules tell what differs between two switches: once, and at the best place."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Origin
from mlagkit.rules.rule import Hit
from mlagkit.switch import Switch
from mlagkit.values import VlanSet


def side_by_side(switch: Switch, own: object, peer: Switch, other: object) -> str:
    """Both values with their switches, in one order whichever is asked first: ``mst on sw-a, rapid-pvst on sw-b``."""
    told = sorted([(switch.name, own), (peer.name, other)], key=lambda each: each[0])
    return ", ".join(f"{value} on {name}" for name, value in told)


def once(switch: Switch, peer: Switch, hit: Hit) -> Iterator[Hit]:
    """The hit on what differs from the peer, unless the peer's side of the same file is where it belongs.

    Both switches are asked, and in a pair file one difference is one finding: where the value is said if only one
    switch has one, else at the first of two places. Two running-configs have it each at its own place.
    """
    (here, is_told), (there, is_told_there) = _place(switch, hit), _place(peer, hit)
    stands_there = is_told_there if is_told != is_told_there else there < here
    if here.file != there.file or not stands_there:
        yield hit


def _place(switch: Switch, hit: Hit) -> tuple[Origin, bool]:
    """Where the field of a hit stands on a switch, and whether the field itself stands there or what it belongs to."""
    path = (*hit.part.path, *hit.field.split("."))
    origin = switch.source.origin(path)
    return origin, origin != switch.source.origin(path[:-1])


def one_sided(switch: Switch, own: VlanSet, peer: Switch, other: VlanSet) -> str:
    """VLANs that one of two lists has, in one order whichever switch is asked first: ``20 on sw-a only``."""
    told = sorted([(switch.name, VlanSet(own - other)), (peer.name, VlanSet(other - own))], key=lambda each: each[0])
    return ", ".join(f"{vlans} on {name} only" for name, vlans in told if vlans)


def of_both(switch: Switch, peer: Switch, vlans: frozenset[int]) -> VlanSet:
    """Those of the VLANs that both switches have."""
    return VlanSet(vlans & switch.vlans.keys() & peer.vlans.keys())
