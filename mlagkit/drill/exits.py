"""The ways out of a pair: the routed uplinks of each switch, and the path over which one helps the other out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mlagkit.nxos.routing import Routing, next_hop_of, routing_of
from mlagkit.switch import Interface, Port, Route, Switch
from mlagkit.topology.addresses import DEFAULT, MANAGEMENT, Address, address_of, addresses, networks
from mlagkit.topology.carried import on_peer_link
from mlagkit.topology.routed import bgp_neighbours, is_link
from mlagkit.values import InterfaceName


@dataclass(frozen=True, slots=True)
class Exits:
    """The uplinks of both switches in one VRF, and whether a path of their own joins the two there.

    ``by_peer_link`` is whether each switch routes to the other over the peer-link; a static route does so one way.
    """

    uplinks: tuple[frozenset[InterfaceName], frozenset[InterfaceName]]
    by_link: bool
    by_peer_link: tuple[bool, bool]


NOWHERE = Exits((frozenset(), frozenset()), by_link=False, by_peer_link=(False, False))


def exits_of(one: Switch, other: Switch) -> Mapping[str, Exits]:
    """The ways out by VRF; a VRF in which no routing runs over a routed port is not among them."""
    routings = (routing_of(one), routing_of(other))
    ports = tuple({port.name: port for port in _routed_ports(switch)} for switch in (one, other))
    uplinks = [
        {name: port for name, port in mine.items() if _leads_out(switch, port, routing, theirs)}
        for switch, mine, routing, theirs in zip((one, other), ports, routings, ports[::-1], strict=True)
    ]
    vrfs = sorted({port.vrf for each in uplinks for port in each.values()})
    return {
        vrf: Exits(
            (_in(vrf, uplinks[0]), _in(vrf, uplinks[1])),
            by_link=_by_link(vrf, (one, other), ports),
            by_peer_link=_by_peer_link(vrf, (one, other), routings),
        )
        for vrf in vrfs
    }


def exit_vrf(switch: Switch, vrf: str) -> str:
    """The VRF whose uplinks the packets of a VRF leave through: that of the underlay for a tenant of a VTEP."""
    known = switch.vrfs.get(vrf)
    return DEFAULT if switch.nve and known and known.vni is not None else vrf


def _in(vrf: str, ports: Mapping[InterfaceName, Port]) -> frozenset[InterfaceName]:
    return frozenset(name for name, port in ports.items() if port.vrf == vrf)


def _routed_ports(switch: Switch) -> Iterator[Port]:
    """Routed ports that are up and have a network, but for mgmt0 and those that only the keepalive uses."""
    kept = {MANAGEMENT, switch.keepalive.vrf if switch.keepalive else ""} - {DEFAULT}
    for port in switch.ports.values():
        is_open = port.mode == "routed" and not port.shutdown and port.channel is None
        if is_open and port.vrf not in kept and networks(port):
            yield port


def _leads_out(switch: Switch, port: Port, routing: Routing, theirs: Mapping[InterfaceName, Port]) -> bool:
    """Whether something is routed over a port, and its other end is not the peer."""
    if any(not networks(port).isdisjoint(networks(other)) for other in theirs.values()):
        return False
    if routing.active_on(port.name) or bgp_neighbours(port, routing):
        return True
    return any(_goes_through(route, port) for route in _routes(switch, port.vrf))


def _routes(switch: Switch, vrf: str) -> Iterator[Route]:
    known = switch.vrfs.get(vrf)
    yield from known.routes if known else ()
    yield from switch.routes if vrf == DEFAULT else ()


def _goes_through(route: Route, port: Interface) -> bool:
    hop = next_hop_of(route)
    address = address_of(hop.address)
    return hop.interface == port.name or bool(address and any(address in network for network in networks(port)))


def _by_link(vrf: str, peers: tuple[Switch, Switch], ports: tuple[Mapping[InterfaceName, Port], ...]) -> bool:
    """Whether a routed link joins the two switches, in that VRF."""
    mine, theirs = (
        frozenset(network for port in each.values() if port.vrf == vrf for network in networks(port)) for each in ports
    )
    if not mine.isdisjoint(theirs):
        return True
    loopbacks = [frozenset(_loopbacks(peer, vrf)) for peer in peers]
    return any(_leads_to(switch, vrf, there) for switch, there in zip(peers, reversed(loopbacks), strict=True))


def _loopbacks(switch: Switch, vrf: str) -> Iterator[Address]:
    for loopback in switch.loopbacks.values():
        if loopback.vrf == vrf and loopback.address:
            address = address_of(loopback.address.partition("/")[0])
            if address:
                yield address


def _next_hops(switch: Switch, vrf: str) -> Iterator[Address]:
    for route in _routes(switch, vrf):
        address = address_of(next_hop_of(route).address)
        if address:
            yield address


def _by_peer_link(vrf: str, peers: tuple[Switch, Switch], routings: tuple[Routing, Routing]) -> tuple[bool, bool]:
    """Whether each switch routes to the other over an SVI on the peer-link, in that VRF."""
    shared = on_peer_link(peers[0]) & on_peer_link(peers[1])
    svis = [
        {vlan: svi for vlan, svi in peer.svis.items() if vlan in shared and svi.vrf == vrf and not svi.shutdown}
        for peer in peers
    ]
    if any(
        is_link(svi) or all(each.active_on(svi.name) for each in routings)
        for vlan, svi in svis[0].items()
        if vlan in svis[1]
    ):
        return True, True
    owned = [{found.ip for svi in each.values() for found in addresses(svi)} for each in svis]
    return _leads_to(peers[0], vrf, owned[1]), _leads_to(peers[1], vrf, owned[0])


def _leads_to(switch: Switch, vrf: str, there: Collection[Address]) -> bool:
    return any(hop in there for hop in _next_hops(switch, vrf))
