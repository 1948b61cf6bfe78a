"""Which VLANs the peer-link carries: those of every vPC and every orphan of both switches."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.intent.pair import Intent, Pair
from mlagkit.intent.ports import Link
from mlagkit.values import ALL_VLANS, VlanSet


def vlans_of_the_pair(pair: Pair) -> VlanSet:
    """The same on both switches; everything where nothing is said of any VLAN."""
    found: set[int] = set()
    for intent in pair.intents.values():
        for link in _switched(intent):
            found |= _carried(link)
    return VlanSet(found) if found else ALL_VLANS


def _switched(intent: Intent) -> Iterator[Link]:
    yield from intent.vpcs.values()
    yield from intent.port_channels.values()
    yield from intent.interfaces.values()


def _carried(link: Link) -> frozenset[int]:
    """The VLANs of one port; a spare port that is down brings none along."""
    routed = link.mode == "routed" or (link.mode is None and (link.address or link.ipv6_addresses or link.vrf))
    if routed:
        return frozenset()
    if link.mode == "trunk" or (link.mode is None and link.vlans is not None):
        return ALL_VLANS if link.vlans is None else link.vlans
    return frozenset() if link.vlan is None else frozenset({link.vlan})
