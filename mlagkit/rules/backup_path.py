"""The routed path between the two switches, for when one loses its uplinks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.routing import Routing, next_hop_of, routing_of
from mlagkit.rules.rule import Hit, pair_rule
from mlagkit.switch import Interface, Port, Switch
from mlagkit.topology.addresses import Address, address_of, listed, networks, own_addresses
from mlagkit.topology.carried import open_legs
from mlagkit.topology.routed import bgp_neighbours, has_address, is_link, shared_svis, vpc_svis


@pair_rule("L320", Severity.WARNING)
def l3_backup_path_missing(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Both switches route for VLANs and have routed uplinks, but no routed path leads from one to the other.

    Silent where nothing tells of routing on the uplinks, and on VTEPs, whose underlay has a rule of its own.

    Why: Without its uplinks a switch stays the gateway of half the flows, and has no way out for them.

    Bad:
        features: [ospf]
        interfaces:
          Ethernet1/49:
            mtu: 9216
            address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}
            ospf: {1: 0.0.0.0}
        extra: |
          router ospf 1
            passive-interface default

    Good:
        features: [ospf]
        interfaces:
          Ethernet1/49:
            mtu: 9216
            address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}
            ospf: {1: 0.0.0.0}
          Ethernet1/50:
            mtu: 9216
            address: {sw-a: 198.51.100.8/31, sw-b: 198.51.100.9/31}
            ospf: {1: 0.0.0.0}
        extra: router ospf 1

    Fix: Put a routed link between the two, or a VLAN of its own over a trunk of its own, with the routing protocol.

    Source: G106 [certain]
    """
    if (switch.nve and peer.nve) or switch.domain is None or _is_joined(switch, peer):
        return
    if all(_has_routed_uplink(each) and any(map(has_address, vpc_svis(each))) for each in (switch, peer)):
        yield Hit(switch, "", f"no routed path joins {' and '.join(sorted((switch.name, peer.name)))}")


def _has_routed_uplink(switch: Switch) -> bool:
    """Whether a routing protocol runs over a routed port of a switch that no such port joins to its peer."""
    routing = routing_of(switch)
    ports = (port for port in _routed_ports(switch) if networks(port))
    return any(routing.igps.get(port.name) or bgp_neighbours(port, routing) for port in ports)


def _routed_ports(switch: Switch) -> Iterator[Port]:
    """Routed ports that are up, but for mgmt0 and those that only the keepalive uses."""
    kept = {"management", switch.keepalive.vrf if switch.keepalive else ""} - {"default"}
    return (
        port
        for port in switch.ports.values()
        if port.mode == "routed" and not port.shutdown and port.channel is None and port.vrf not in kept
    )


def _is_joined(switch: Switch, peer: Switch) -> bool:
    """Whether a routed link, a VLAN with a routing protocol, a BGP session or a static route leads to the peer."""
    ports = [{network for port in _routed_ports(each) for network in networks(port)} for each in (switch, peer)]
    if not ports[0].isdisjoint(ports[1]):
        return True
    here, there, theirs = routing_of(switch), routing_of(peer), own_addresses(peer)
    neighbours = (address_of(text) for texts in here.neighbours.values() for text in texts)
    if any(each in theirs for each in neighbours) or _routes_to(switch, theirs):
        return True
    vlans = switch.svis.keys() & peer.svis.keys()
    return any(
        is_link(switch.svis[vlan]) or (here.active_on(switch.svis[vlan].name) and there.active_on(peer.svis[vlan].name))
        for vlan in vlans
    )


def _routes_to(switch: Switch, theirs: Collection[Address]) -> bool:
    routes = [*switch.routes, *(route for vrf in switch.vrfs.values() for route in vrf.routes)]
    return any(address_of(next_hop_of(route).address) in theirs for route in routes)


@pair_rule("L321", Severity.WARNING)
def l3_backup_vlan_on_legs(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A VLAN that only joins the two switches is also allowed on vPC legs.

    Such a VLAN has a subnet without room for anybody else (/30, /31) and no gateway.

    Why: Transit reaches the hosts, and what was a link becomes routing over vPC.

    Bad:
        vlans: {99: routing}
        vpcs:
          11: {vlans: [10, 20, 99]}
        svis:
          99: {mtu: 9216, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Good:
        vlans: {99: routing}
        peer_link: {vlans: [10, 20]}
        port_channels:
          2: {mode: trunk, vlans: 99, lacp: active, mtu: 9216, port_type: network, members: Ethernet1/51-52}
        svis:
          99: {mtu: 9216, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Fix: Take the VLAN off the legs.

    Source: K [likely]
    """
    for vlan in sorted(switch.svis.keys() & peer.svis.keys()):
        svi = switch.svis[vlan]
        if svi.shutdown or not is_link(svi) or networks(svi) != networks(peer.svis[vlan]):
            continue
        for number, leg in open_legs(switch).items():
            if vlan in leg.allowed:
                yield Hit(leg, "vlans", f"VLAN {vlan}, which only joins the two switches, is also on vPC {number}")


@pair_rule("L322", Severity.ERROR)
def l3_backup_ip_net(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two ends of a routed path between the switches don't fit: subnet, area, intervals or MTU.

    Looked at are the VLANs of the peer-link where both switches run OSPF, and routed ports that the cabling in the pair
    file says lead to the peer. The subnets of a VLAN are compared by a rule of their own.

    Why: The adjacency never forms, and nobody notices before the uplinks fail.

    Bad:
        features: [ospf]
        svis:
          20:
            mtu: 9216
            address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}
            ospf: {1: {sw-a: 0.0.0.0, sw-b: 0.0.0.1}}
        extra: router ospf 1

    Good:
        features: [ospf]
        svis:
          20:
            mtu: 9216
            address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}
            ospf: {1: 0.0.0.0}
        extra: router ospf 1

    Fix: Give both ends one subnet, one area, one MTU and the same intervals.

    Source: K; RFC 2328, 10.5: the intervals of a hello [certain]
    """
    here, there = routing_of(switch), routing_of(peer)
    for svi, other in shared_svis(switch, peer):
        yield from _misfits(svi, other, here, there)
    for port, other_port in _cabled(switch, peer):
        mine, theirs = networks(port), networks(other_port)
        if mine and theirs and mine.isdisjoint(theirs):
            message = f"{port.name} is in {listed(mine)}, its other end in {listed(theirs)}"
            yield Hit(port, "address", message)
        yield from _misfits(port, other_port, here, there)


def _misfits(end: Interface, other: Interface, here: Routing, there: Routing) -> Iterator[Hit]:
    """What keeps OSPF from becoming adjacent between two ends that both look for it."""
    for one in here.active_on(end.name):
        for two in there.active_on(other.name):
            if one.protocol != two.protocol or not one.protocol.startswith("ospf"):
                continue
            if one.area != two.area:
                yield Hit(end, "", f"{end.name} is in area {one.area}, the peer's end in area {two.area}")
            if one.protocol == "ospf" and _intervals(end) != _intervals(other):
                hello, dead = _intervals(end)
                message = f"{end.name} says hello every {hello} s and waits {dead} s, the peer's end otherwise"
                yield Hit(end, "ospf_hello_interval", message)
            if end.mtu != other.mtu and not (one.ignores_mtu or two.ignores_mtu):
                yield Hit(end, "mtu", f"{end.name} has MTU {end.mtu}, the peer's end {other.mtu}: OSPF waits for ever")


def _intervals(end: Interface) -> tuple[int, int]:
    """How often OSPF says hello and how long it waits for one, in seconds (BF: four times as long)."""
    return end.ospf_hello_interval, end.ospf_dead_interval or 4 * end.ospf_hello_interval


def _cabled(switch: Switch, peer: Switch) -> Iterator[tuple[Port, Port]]:
    """Routed ports with the port of the peer at which their cable ends."""
    ports = {str(port.name): port for port in _routed_ports(peer)}
    for port in _routed_ports(switch):
        device, _, end = switch.cabling.get(port.name, "").partition(" ")
        if device == peer.name and end in ports:
            yield port, ports[end]
