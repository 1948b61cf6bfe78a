"""What rules ask of the SVIs of a switch: which are up, which both switches have, what they are for."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.routing import Routing
from mlagkit.part import asked_once
from mlagkit.switch import Interface, Svi, Switch
from mlagkit.topology.addresses import Address, address_of, networks
from mlagkit.topology.carried import on_peer_link

_OF_A_LINK = 4
"""A network with as many addresses or fewer (/30, /31) holds two switches and nobody else."""


@asked_once
def vpc_svis(switch: Switch) -> tuple[Svi, ...]:
    """The SVIs that are not shut, in VLANs on the peer-link."""
    vlans = on_peer_link(switch)
    return tuple(svi for vlan, svi in switch.svis.items() if vlan in vlans and not svi.shutdown)


def shared_svis(switch: Switch, peer: Switch) -> Iterator[tuple[Svi, Svi]]:
    """The same that both switches have."""
    theirs = {svi.vlan: svi for svi in vpc_svis(peer)}
    return ((svi, theirs[svi.vlan]) for svi in vpc_svis(switch) if svi.vlan in theirs)


def has_address(svi: Svi) -> bool:
    """Whether an SVI routes at all."""
    return bool(svi.address or svi.ipv6_addresses)


def is_gateway(svi: Svi) -> bool:
    """Whether hosts use an SVI as their gateway: it has a shared address."""
    return bool(svi.hsrp or svi.vrrp or svi.vrrpv3 or svi.anycast_gateway)


def is_link(svi: Svi) -> bool:
    """Whether an SVI only joins two switches: its network has no room for anybody else, and it is no gateway.

    Of IPv6 it is judged only without IPv4: links have networks of /64, too.
    """
    found = networks(svi)
    judged = [each for each in found if each.version == min(each.version for each in found)]
    return bool(judged) and not is_gateway(svi) and all(each.num_addresses <= _OF_A_LINK for each in judged)


def bgp_neighbours(interface: Interface, routing: Routing) -> frozenset[Address]:
    """The neighbours of BGP in the networks of an interface."""
    found = (address_of(text) for text in routing.neighbours.get(interface.vrf, ()))
    return frozenset(each for each in found if each and any(each in network for network in networks(interface)))
