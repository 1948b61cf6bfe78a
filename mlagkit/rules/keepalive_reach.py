"""Whether keepalives reach the peer: VRF, source, route, access lists."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.facts_of_access import Udp, refusal
from mlagkit.nxos.routing import routing_of
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Switch
from mlagkit.topology.addresses import MANAGEMENT, address_of, addressed, connected, has_vrf, owner, routes_to
from mlagkit.topology.keepalive_source import sender, source_of, strange_source


@switch_rule("KA04", Severity.ERROR)
def keepalive_vrf_undefined(switch: Switch) -> Iterator[Hit]:
    """The keepalive runs in a VRF that does not exist.

    Why: The switch refuses the line, or the keepalive stays down.

    Bad:
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet1/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Good:
        vrfs: {keepalive: {description: keepalive}}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet1/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Fix: Create the VRF, or correct its name.

    Source: ANS [certain]
    """
    if switch.keepalive and not has_vrf(switch, switch.keepalive.vrf):
        name = switch.keepalive.vrf
        message = f"the keepalive's VRF {name} does not exist"
        yield Hit(switch.keepalive, "vrf", message, fix=f"vrfs: {{{name}: {{description: keepalive}}}}")


@switch_rule("KA05", Severity.ERROR)
def keepalive_source_not_local(switch: Switch) -> Iterator[Hit]:
    """The keepalive's source is no address of the switch in the keepalive's VRF.

    Why: The switch can't send from it.

    Bad:
        keepalive:
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.13}
          source: {sw-a: 192.0.2.13, sw-b: 192.0.2.12}

    Good:
        keepalive:
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.11}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}

    Fix: Correct the address, or put the interface that has it into the VRF. Where nothing tells the address of mgmt0,
        nothing is said of the VRF management.

    Source: K [certain]
    """
    if switch.keepalive and (source := strange_source(switch)):
        vrf = switch.keepalive.vrf
        others = [each for each in switch.interfaces if each.vrf != vrf and owner(switch, each.vrf, source) is each]
        where = f", but {others[0].name} in VRF {others[0].vrf}" if others else ""
        message = f"no interface in VRF {vrf} has the keepalive's source {source}{where}"
        yield Hit(switch.keepalive, "source", message)


@switch_rule("KA11", Severity.ERROR)
def keepalive_not_reachable(switch: Switch) -> Iterator[Hit]:
    """The keepalive's destination is in no network of its VRF, and no route leads there.

    Why: The keepalive never comes up, and so neither does the peer-link.

    Bad:
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.6, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.6}
        vrfs: {keepalive: {description: keepalive}}
        interfaces:
          Ethernet1/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.6/30}}

    Good:
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.6, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.6}
        vrfs:
          keepalive:
            description: keepalive
            routes: {0.0.0.0/0: {sw-a: 198.51.100.2, sw-b: 198.51.100.5}}
        interfaces:
          Ethernet1/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.6/30}}

    Fix: Put both ends into one subnet, or add a route. Where a routing protocol runs in the VRF, or where nothing
        tells the address of mgmt0, nothing is said.

    Source: G106 [certain]
    """
    if switch.keepalive and _is_judged(switch) and not _is_reached(switch):
        keepalive = switch.keepalive
        message = (
            f"{switch.name} has no way to the keepalive's destination {keepalive.destination} in VRF {keepalive.vrf}"
        )
        yield Hit(keepalive, "destination", message)


def _is_judged(switch: Switch) -> bool:
    """Whether the configuration tells all ways out of the VRF, and no other rule has spoken of source or VRF."""
    vrf = switch.keepalive.vrf if switch.keepalive else ""
    known = vrf != MANAGEMENT or any(addressed(switch, MANAGEMENT))
    return known and has_vrf(switch, vrf) and not strange_source(switch) and vrf not in routing_of(switch).vrfs


def _is_reached(switch: Switch) -> bool:
    keepalive = switch.keepalive
    destination = address_of(keepalive.destination) if keepalive else None
    if keepalive is None or destination is None or destination.is_link_local:
        return True
    near = connected(switch, keepalive.vrf, destination)
    return near is not None or bool(routes_to(switch, keepalive.vrf, destination))


@pair_rule("KA17", Severity.ERROR)
def keepalive_acl_blocks(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """An access list refuses the peer's keepalives where they come in.

    Why: The keepalive is down, or will be after the next reload.

    Bad:
        management: {extra: "ip access-group MGMT in"}
        extra: |
          ip access-list MGMT
            10 permit tcp any any eq 22
            20 permit udp any any eq snmp

    Good:
        management: {extra: "ip access-group MGMT in"}
        extra: |
          ip access-list MGMT
            10 permit tcp any any eq 22
            20 permit udp any any eq snmp
            30 permit udp 192.0.2.0/24 any eq 3200

    Fix: Permit UDP to the keepalive's port, 3200 where no other is said, from the peer. An entry with a group of
        addresses or ports, or with options, is taken for one that may permit.

    Source: K [certain]
    """
    interface, packet = sender(switch), _packet(switch, peer)
    refused = refusal(switch, interface, packet) if interface and packet else None
    if interface and packet and refused:
        by = f"`{refused.entry}`" if refused.entry else "its end"
        message = f"access list {refused.name} refuses keepalives from {packet.source} to port {packet.port}, by {by}"
        yield Hit(interface, "", message)


def _packet(switch: Switch, peer: Switch) -> Udp | None:
    """The keepalive that comes in from the peer."""
    source, destination = source_of(peer), source_of(switch)
    if switch.keepalive is None or source is None or destination is None or source.version != destination.version:
        return None
    return Udp(source=source, destination=destination, port=switch.keepalive.udp_port)
