"""Whose an address is and where it leads, and so where a keepalive comes from and which way it takes."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface, ip_address, ip_interface

from mlagkit.nxos.facts_of_routing import dynamic_vrfs
from mlagkit.switch import Interface, Route, Switch
from mlagkit.values import InterfaceName

Address = IPv4Address | IPv6Address
OnInterface = IPv4Interface | IPv6Interface

MANAGEMENT = "management"
DEFAULT = "default"
_NOWHERE = "Null0"


@functools.lru_cache(maxsize=4096)
def address_of(text: str | None) -> Address | None:
    """The address that a text is; None for a text that is none, as a running-config may hold."""
    try:
        return ip_address(text) if text else None
    except ValueError:
        return None


@functools.lru_cache(maxsize=4096)
def _on_interface(text: str) -> OnInterface | None:
    try:
        return ip_interface(text)
    except ValueError:
        return None


def interfaces(switch: Switch) -> Iterator[Interface]:
    """Every interface that may have an address."""
    yield from switch.ports.values()
    yield from switch.svis.values()
    yield from switch.loopbacks.values()


def addresses(interface: Interface) -> tuple[OnInterface, ...]:
    """The addresses of an interface with their networks."""
    first = (interface.address,) if interface.address else ()
    texts = (*first, *interface.secondary_addresses, *interface.ipv6_addresses)
    return tuple(found for text in texts if (found := _on_interface(text)))


def addressed(switch: Switch, vrf: str) -> Iterator[tuple[OnInterface, Interface]]:
    """Every address in a VRF with the interface that has it."""
    for interface in interfaces(switch):
        if interface.vrf == vrf:
            yield from ((found, interface) for found in addresses(interface))


def owner(switch: Switch, vrf: str, address: Address) -> Interface | None:
    """The interface in the VRF that has the address."""
    return next((interface for found, interface in addressed(switch, vrf) if found.ip == address), None)


def attached(switch: Switch, vrf: str, address: Address) -> Interface | None:
    """The interface in the VRF whose network the address is in, the one with the longest prefix."""
    near = [
        (found.network.prefixlen, interface) for found, interface in addressed(switch, vrf) if address in found.network
    ]
    return max(near, key=lambda each: each[0])[1] if near else None


def routes_to(switch: Switch, vrf: str, address: Address) -> tuple[Route, ...]:
    """The static routes of the VRF that lead to the address, those with the longest prefix."""
    known = switch.vrfs.get(vrf)
    routes = (*(known.routes if known else ()), *(switch.routes if vrf == DEFAULT else ()))
    near = [(_on_interface(route.prefix), route) for route in routes if route.next_hop != _NOWHERE]
    fitting = [(prefix.network.prefixlen, route) for prefix, route in near if prefix and address in prefix.network]
    longest = max((length for length, _ in fitting), default=0)
    return tuple(route for length, route in fitting if length == longest)


def way_to(switch: Switch, vrf: str, address: Address) -> Interface | None:
    """The interface that packets to the address leave through; None where no line tells, or equal routes part."""
    if direct := attached(switch, vrf, address):
        return direct
    ways = [_way(switch, vrf, route) for route in routes_to(switch, vrf, address)]
    return ways[0] if ways and all(way is ways[0] for way in ways) else None


def _way(switch: Switch, vrf: str, route: Route) -> Interface | None:
    words = route.next_hop.split()
    named = next((each for each in interfaces(switch) if each.name == words[0]), None)
    hop = address_of(words[0])
    return named or (attached(switch, vrf, hop) if hop else None)


def sender(switch: Switch) -> Interface | None:
    """The interface that keepalives are sent from: whose address is the source, else as the device chooses.

    Without a source that is mgmt0, or the interface towards the peer (reference 2.2). Where a routing protocol runs in
    the VRF, no static route tells which one that is.
    """
    keepalive = switch.keepalive
    if keepalive is None:
        return None
    if keepalive.source:
        source = address_of(keepalive.source)
        return owner(switch, keepalive.vrf, source) if source else None
    if keepalive.vrf == MANAGEMENT:
        return switch.ports.get(InterfaceName("mgmt0"))
    destination = address_of(keepalive.destination)
    if destination is None:
        return None
    ask = attached if keepalive.vrf in dynamic_vrfs(switch) else way_to
    return ask(switch, keepalive.vrf, destination)


def source_of(switch: Switch) -> Address | None:
    """The address that keepalives are sent from, None where that is not known; IPv6 needs one that is said (G106)."""
    keepalive = switch.keepalive
    if keepalive is None:
        return None
    if keepalive.source:
        return address_of(keepalive.source)
    interface = sender(switch)
    destination = address_of(keepalive.destination)
    own = _on_interface(interface.address) if interface and interface.address else None
    return own.ip if own and destination and destination.version == own.version else None


def has_vrf(switch: Switch, vrf: str) -> bool:
    """Whether the VRF exists; two of them always do (ANS)."""
    return vrf in (MANAGEMENT, DEFAULT) or vrf in switch.vrfs


def strange_source(switch: Switch) -> Address | None:
    """The keepalive's source that no interface in its VRF has; None where one has it, or where that can't be told."""
    keepalive = switch.keepalive
    source = address_of(keepalive.source) if keepalive else None
    if keepalive is None or source is None or not has_vrf(switch, keepalive.vrf):
        return None
    unknown = keepalive.vrf == MANAGEMENT and not any(addressed(switch, MANAGEMENT))
    return None if unknown or owner(switch, keepalive.vrf, source) else source
