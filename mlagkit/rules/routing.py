"""Routing protocols and multicast on the VLANs of a pair."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mlagkit.finding import Severity
from mlagkit.nxos.gateways import has_shared_tree_only
from mlagkit.nxos.routing import Igp, routing_of
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Switch
from mlagkit.topology.addresses import Address, address_of, on_interface, own_addresses
from mlagkit.topology.carried import on_legs
from mlagkit.topology.routed import bgp_neighbours, is_gateway, is_link


def _has_peer_router(switch: Switch) -> bool:
    return switch.domain is not None and switch.domain.layer3_peer_router


@pair_rule("L316", Severity.ERROR)
def routing_over_vpc(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A switch has a routing neighbour behind a vPC, without layer3 peer-router.

    An error where BGP names a neighbour in the subnet of a VLAN that is on a vPC leg. A warning where an interior
    protocol looks for neighbours in such a VLAN that is no gateway of hosts: what is behind the leg is not known.

    Why: A packet that reaches the wrong switch crosses the peer-link with a TTL of 1 and is dropped: adjacencies hang
        in INIT or flap.

    Bad:
        domain: {layer3_peer_router: false}
        features: [bgp]
        svis:
          20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}}
        extra: |
          router bgp 65001
            neighbor 10.0.20.9
              remote-as 65002

    Good:
        domain: {layer3_peer_router: true}
        features: [bgp]
        svis:
          20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}}
        extra: |
          router bgp 65001
            neighbor 10.0.20.9
              remote-as 65002

    Fix: Turn on peer-gateway and layer3 peer-router on both, or give the router links of its own to each switch.

    Source: G106, T-ENH, adamraffe.com, lilys.ai/notes/87053 [certain]
    """
    if switch.domain is None or _has_peer_router(switch):
        return
    routing, theirs, legs = routing_of(switch), own_addresses(peer), on_legs(switch)
    for vlan, svi in switch.svis.items():
        if vlan not in legs or svi.shutdown:
            continue
        neighbours = sorted(map(str, bgp_neighbours(svi, routing) - theirs))
        if neighbours:
            message = f"BGP neighbour {neighbours[0]} is behind a vPC in VLAN {vlan}, without layer3 peer-router"
            fix = "true" if switch.domain.peer_gateway else ""  # which layer3 peer-router needs
            yield Hit(switch.domain, "layer3_peer_router", message, fix=fix)
        elif routing.active_on(svi.name) and not is_gateway(svi) and not is_link(svi):
            message = (
                f"{_names(routing.active_on(svi.name))} looks for neighbours on {svi.name}, whose VLAN is on a vPC"
            )
            message += ", without layer3 peer-router"
            yield Hit(svi, "", message, severity=Severity.WARNING)


def _names(igps: Collection[Igp]) -> str:
    return ", ".join(sorted({f"{igp.protocol.upper()} {igp.process}" for igp in igps}))


@switch_rule("L318", Severity.ERROR)
def pim_over_vpc(switch: Switch) -> Iterator[Hit]:
    """PIM is told to stay on the shared tree.

    That a PIM neighbour other than the peer is behind a vPC, which is not supported either, no configuration tells.
    The guide contradicts itself on PIM-SSM over vPC, so nothing is said of it.

    Why: Not supported with vPC: multicast from the source tree is not forwarded as it should be.

    Bad:
        features: [pim]
        extra: ip pim spt-threshold infinity

    Good:
        features: [pim]
        extra: ip pim rp-address 192.0.2.77

    Fix: Take the line away.

    Source: G106 [certain]
    """
    if switch.domain and has_shared_tree_only(switch):
        yield Hit(switch, "extra", "PIM stays on the shared tree, which is not supported with vPC")


@switch_rule("L319", Severity.WARNING)
def igp_not_passive(switch: Switch) -> Iterator[Hit]:
    """An interior routing protocol looks for neighbours among hosts: on a gateway whose VLAN is on a vPC leg.

    Why: Whatever a server sends can become an adjacency, and routes.

    Bad:
        features: [ospf]
        svis:
          10: {ospf: {1: 0.0.0.0}}
        extra: router ospf 1

    Good:
        features: [ospf]
        svis:
          10: {ospf: {1: 0.0.0.0}}
        extra: |
          router ospf 1
            passive-interface default

    Fix: Make the process passive by default, and active only on the links between switches.

    Source: K [likely]
    """
    routing, legs = routing_of(switch), on_legs(switch)
    for vlan, svi in switch.svis.items():
        active = routing.active_on(svi.name)
        if active and vlan in legs and is_gateway(svi):
            yield Hit(svi, "", f"{_names(active)} looks for neighbours among the hosts of {svi.name}")


@pair_rule("L326", Severity.ERROR)
def router_id_duplicate(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Both switches have the same router-id in a routing process.

    Why: Neighbours can't tell them apart: adjacencies fail, and link states chase each other.

    Bad:
        features: [ospf]
        extra: |
          router ospf 1
            router-id 192.0.2.201

    Good:
        features: [ospf]
        extra:
          sw-a: |
            router ospf 1
              router-id 192.0.2.201
          sw-b: |
            router ospf 1
              router-id 192.0.2.202

    Fix: Give each its own, best the address of a loopback.

    Source: K [certain]
    """
    theirs = _router_ids(peer)
    for (protocol, process, vrf), address in _router_ids(switch).items():
        if theirs.get((protocol, process, vrf)) == address:
            where = f"{protocol.upper()} {process}, VRF {vrf}"
            yield Hit(switch, "extra", f"both switches have router-id {address} in {where}")


def _router_ids(switch: Switch) -> Mapping[tuple[str, str, str], Address]:
    """The router-id by protocol, process and VRF; where a line names an interface it is that one's address."""
    of_interfaces = {each.name.lower(): each.address for each in switch.interfaces if each.address}
    found = {(each.protocol, each.process, each.vrf): each.text for each in routing_of(switch).router_ids}
    known = {key: address_of(text) or _address_in(of_interfaces.get(text.lower())) for key, text in found.items()}
    return {key: address for key, address in known.items() if address}


def _address_in(text: str | None) -> Address | None:
    return on_interface(text).ip if text else None
