"""Which VLANs the peer-link carries: those of every vPC and every orphan of both switches."""

from __future__ import annotations

from mlagkit.intent.pair import Intent, Pair
from mlagkit.intent.ports import Channel, Link, Port
from mlagkit.values import ALL_VLANS, VlanSet


def vlans_of_the_pair(pair: Pair) -> VlanSet:
    """The same on both switches; everything where nothing is said of any VLAN."""
    found: set[int] = set()
    for intent in pair.intents.values():
        found |= _of_switch(intent)
    return VlanSet(found) if found else ALL_VLANS


def _of_switch(intent: Intent) -> set[int]:
    found: set[int] = set()
    ports: list[Channel | Port] = [*intent.vpcs.values(), *intent.port_channels.values(), *intent.interfaces.values()]
    for port in ports:
        told = port.interface
        layer_3 = told.address or told.ipv6_addresses or told.ip_unnumbered or told.vrf
        if port.link.mode != "routed" and not (port.link.mode is None and layer_3):
            found |= _carried(port.link)
    return found


def _carried(link: Link) -> frozenset[int]:
    """The VLANs of one port; a spare one that names none brings none along."""
    if link.mode == "trunk" or (link.mode is None and link.vlans is not None):
        return ALL_VLANS if link.vlans is None else link.vlans
    return frozenset() if link.vlan is None else frozenset({link.vlan})
