"""Where a switch sends its keepalives from: the interface and the address."""

from __future__ import annotations

from mlagkit.nxos.facts_of_domain import domain_facts
from mlagkit.nxos.routing import routing_of
from mlagkit.switch import Interface, Svi, Switch
from mlagkit.topology.addresses import (
    MANAGEMENT,
    Address,
    address_of,
    addressed,
    connected,
    has_vrf,
    on_interface,
    owner,
    way_to,
)
from mlagkit.values import InterfaceName


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
    ask = connected if keepalive.vrf in routing_of(switch).vrfs else way_to
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
    own = on_interface(interface.address) if interface and interface.address else None
    return own.ip if own and destination and destination.version == own.version else None


def strange_source(switch: Switch) -> Address | None:
    """The keepalive's source that no interface in its VRF has; None where one has it, or where that can't be told."""
    keepalive = switch.keepalive
    source = address_of(keepalive.source) if keepalive else None
    if keepalive is None or source is None or not has_vrf(switch, keepalive.vrf):
        return None
    unknown = keepalive.vrf == MANAGEMENT and not any(addressed(switch, MANAGEMENT))
    return None if unknown or owner(switch, keepalive.vrf, source) else source


def hear_each_other(peers: tuple[Switch, Switch]) -> bool:
    """Whether each switch sends its keepalives to where the other one is, as far as that can be told."""
    return all(_reaches(switch, peer) for switch, peer in (peers, peers[::-1]))


def _reaches(switch: Switch, peer: Switch) -> bool:
    if switch.keepalive is None:
        return bool(switch.domain and domain_facts(switch).unread_keepalive)
    interface = sender(switch)
    if strange_source(switch) or (interface is not None and interface.shutdown):
        return False  # it has nothing to send from (KA05, KA06)
    expected = None if strange_source(peer) else source_of(peer)
    return expected is None or address_of(switch.keepalive.destination) == expected


def svi_over_peer_link(switch: Switch, peer: Switch) -> Svi | None:
    """The SVI that keepalives leave through and whose VLAN only the peer-link carries to the peer."""
    svi, link = svi_of_keepalive(switch), switch.peer_link
    if svi is None or link is None or svi.vlan not in link.vlans or (switch.domain and switch.domain.virtual_peer_link):
        return None
    return None if _may_bridge(switch, svi.vlan) and _may_bridge(peer, svi.vlan) else svi


def svi_of_keepalive(switch: Switch) -> Svi | None:
    """The SVI that keepalives leave through, or are sent from."""
    destination = address_of(switch.keepalive.destination) if switch.keepalive else None
    way = way_to(switch, switch.keepalive.vrf, destination) if switch.keepalive and destination else None
    return next((each for each in (way, sender(switch)) if isinstance(each, Svi)), None)


def _may_bridge(switch: Switch, vlan: int) -> bool:
    """Whether a port that is up, no vPC leg and no edge port carries the VLAN somewhere else than to the peer-link."""
    return any(
        not (port.shutdown or port.peer_link or port.vpc or port.channel or port.port_type.startswith("edge"))
        and vlan in port.allowed
        for port in switch.ports.values()
    )
