"""Whose an address is, which networks an interface is in, and where an address leads to."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
    ip_address,
    ip_interface,
)

from mlagkit.nxos.routing import next_hop_of
from mlagkit.part import asked_once
from mlagkit.switch import Interface, Route, Switch

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
OnInterface = IPv4Interface | IPv6Interface

MANAGEMENT = "management"
DEFAULT = "default"


@functools.lru_cache(maxsize=4096)
def address_of(text: str | None) -> Address | None:
    """The address that a text is; None for no text, and for one that is none."""
    try:
        return ip_address(text) if text else None
    except ValueError:
        return None


@functools.lru_cache(maxsize=4096)
def on_interface(text: str) -> OnInterface:
    """An address with its network. A Switch holds no text that is none: what can't be read stays a raw line."""
    return ip_interface(text)


def addresses(interface: Interface) -> tuple[OnInterface, ...]:
    """The addresses of an interface with their networks."""
    first = (interface.address,) if interface.address else ()
    return tuple(map(on_interface, (*first, *interface.secondary_addresses, *interface.ipv6_addresses)))


@asked_once
def networks(interface: Interface) -> frozenset[Network]:
    """The networks of an interface; the link-local one, which every link has, is none of them."""
    return frozenset(each.network for each in addresses(interface) if not each.is_link_local)


def listed(found: Collection[Network]) -> str:
    """Networks in words, in one order."""
    return ", ".join(sorted(map(str, found)))


@asked_once
def own_addresses(switch: Switch) -> frozenset[Address]:
    """Every address of a switch."""
    return frozenset(found.ip for found, _ in _all_addressed(switch))


def addressed(switch: Switch, vrf: str) -> Iterator[tuple[OnInterface, Interface]]:
    """Every address in a VRF with the interface that has it."""
    return ((found, interface) for found, interface in _all_addressed(switch) if interface.vrf == vrf)


@asked_once
def _all_addressed(switch: Switch) -> tuple[tuple[OnInterface, Interface], ...]:
    """The same in all VRFs."""
    return tuple((found, interface) for interface in switch.interfaces for found in addresses(interface))


def owner(switch: Switch, vrf: str, address: Address) -> Interface | None:
    """The interface in the VRF that has the address."""
    return next((interface for found, interface in addressed(switch, vrf) if found.ip == address), None)


def connected(switch: Switch, vrf: str, address: Address) -> Interface | None:
    """The interface in the VRF whose network the address is in, the one with the longest prefix."""
    near = [
        (found.network.prefixlen, interface) for found, interface in addressed(switch, vrf) if address in found.network
    ]
    return max(near, key=lambda each: each[0])[1] if near else None


def routes_to(switch: Switch, vrf: str, address: Address) -> tuple[Route, ...]:
    """The static routes of the VRF that lead to the address, those with the longest prefix."""
    known = switch.vrfs.get(vrf)
    routes = (*(known.routes if known else ()), *(switch.routes if vrf == DEFAULT else ()))
    near = [(on_interface(route.prefix).network, route) for route in routes if any(next_hop_of(route))]
    fitting = [(network.prefixlen, route) for network, route in near if address in network]
    longest = max((length for length, _ in fitting), default=0)
    return tuple(route for length, route in fitting if length == longest)


def way_to(switch: Switch, vrf: str, address: Address) -> Interface | None:
    """The interface that packets to the address leave through; None where no line tells, or equal routes part."""
    if direct := connected(switch, vrf, address):
        return direct
    ways = [_way(switch, vrf, route) for route in routes_to(switch, vrf, address)]
    return ways[0] if ways and all(way is ways[0] for way in ways) else None


def _way(switch: Switch, vrf: str, route: Route) -> Interface | None:
    through, towards = next_hop_of(route)
    hop = address_of(towards)
    named = next((each for each in switch.interfaces if each.name == through), None)
    return named or (connected(switch, vrf, hop) if hop else None)


def has_vrf(switch: Switch, vrf: str) -> bool:
    """Whether the VRF exists; two of them always do (ANS)."""
    return vrf in (MANAGEMENT, DEFAULT) or vrf in switch.vrfs
