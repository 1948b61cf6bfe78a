"""What the rules of gateways and routing ask of a switch: its subnets, and the VLANs that join it to its peer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address, ip_interface, ip_network

from mlagkit.nxos.routing import Routing
from mlagkit.switch import Interface, Port, Svi, Switch
from mlagkit.values import VlanSet

_HOSTS_OF_A_LINK = 4
"""A subnet with as many addresses or fewer (/30, /31) holds two switches and nobody else."""


def carried(port: Port) -> VlanSet:
    """The VLANs that a port lets through by its configuration."""
    if port.mode == "trunk":
        return port.vlans
    return VlanSet((port.vlan,)) if port.mode == "access" else VlanSet()


def carried_by(ports: Iterable[Port]) -> VlanSet:
    """The VLANs that the ports that are up let through."""
    return VlanSet(frozenset[int]().union(*(carried(port) for port in ports if not port.shutdown)))


def vpc_vlans(switch: Switch) -> VlanSet:
    """The VLANs on the peer-link: what is on it is a vPC VLAN (reference section 1)."""
    return carried(switch.peer_link) if switch.peer_link else VlanSet()


def leg_vlans(switch: Switch) -> VlanSet:
    """The VLANs on the vPC legs that are up."""
    return carried_by(switch.vpcs.values())


def shared_svis(switch: Switch, peer: Switch) -> Iterator[tuple[Svi, Svi]]:
    """The SVIs that are up on both switches, in VLANs that the peer-link joins on both."""
    joined = vpc_vlans(switch) & vpc_vlans(peer)
    for vlan, svi in switch.svis.items():
        other = peer.svis.get(vlan)
        if other and vlan in joined and not svi.shutdown and not other.shutdown:
            yield svi, other


def has_address(svi: Svi) -> bool:
    """Whether an SVI routes at all."""
    return bool(svi.address or svi.ipv6_addresses)


def is_gateway(svi: Svi) -> bool:
    """Whether hosts use an SVI as their gateway: it has a shared address."""
    return bool(svi.hsrp or svi.vrrp or svi.anycast_gateway)


def networks(part: Interface) -> set[str]:
    """The subnets of an interface."""
    texts = [part.address, *part.secondary_addresses, *part.ipv6_addresses]
    return {str(ip_interface(text).network) for text in texts if text}


def addresses(switch: Switch) -> set[str]:
    """Every address of a switch."""
    parts: list[Interface] = [*switch.ports.values(), *switch.svis.values(), *switch.loopbacks.values()]
    texts = [text for part in parts for text in (part.address, *part.secondary_addresses, *part.ipv6_addresses) if text]
    return {str(ip_interface(text).ip) for text in texts}


def is_link(svi: Svi) -> bool:
    """Whether an SVI only joins two switches: its subnet has no room for anybody else, and it is no gateway."""
    subnets = [ip_network(text) for text in networks(svi)]
    return bool(subnets) and not is_gateway(svi) and all(each.num_addresses <= _HOSTS_OF_A_LINK for each in subnets)


def bgp_neighbours(part: Interface, routing: Routing) -> set[str]:
    """The neighbours of BGP in the subnets of an interface."""
    subnets = [ip_network(text) for text in networks(part)]
    found = routing.neighbours.get(part.vrf, frozenset())
    return {text for text in found if any(ip_address(text) in subnet for subnet in subnets)}
