"""The interface that keepalives leave through, and what they share there."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Interface, Port, Switch
from mlagkit.topology.addresses import DEFAULT
from mlagkit.topology.keepalive_source import sender, svi_of_keepalive, svi_over_peer_link
from mlagkit.values import InterfaceName


@switch_rule("KA06", Severity.ERROR)
def keepalive_interface_down(switch: Switch) -> Iterator[Hit]:
    """The interface that keepalives are sent from is shut down, or a port-channel without a port that is up.

    Why: The keepalive is down. While the peer-link is up nobody notices; when it fails, both switches become primary.

    Bad:
        management: {shutdown: true}

    Good:
        management: {shutdown: false}

    Fix: Bring the interface up, or give the port-channel its ports.

    Source: OUT4 [certain]
    """
    interface = sender(switch)
    if interface is None:
        return
    for part in (interface, _parent(switch, interface)):
        if part and part.shutdown:
            yield Hit(part, "shutdown", f"{part.name}, which keepalives are sent from, is shut down", fix="false")
        elif isinstance(part, Port) and _is_empty(switch, part):
            yield Hit(part, "members", f"{part.name}, which keepalives are sent from, has no port that is up")


def _parent(switch: Switch, interface: Interface) -> Port | None:
    """The port or port-channel that a subinterface belongs to."""
    parent, dot, _ = interface.name.partition(".")
    return switch.ports.get(InterfaceName(parent)) if dot else None


def _is_empty(switch: Switch, port: Port) -> bool:
    members = (switch.ports[name] for name in port.members if name in switch.ports)
    return port.name.kind == "port-channel" and "." not in port.name and all(member.shutdown for member in members)


@pair_rule("KA07", Severity.ERROR)
def keepalive_over_peer_link(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Keepalives run through the peer-link itself.

    Why: They fail together with it, and then both switches become primary at once.

    Bad:
        vlans: {99: keepalive}
        vrfs: {keepalive: {description: keepalive}}
        peer_link: {vlans: "10,20,99"}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        svis:
          99:
            description: keepalive
            mtu: 9216
            vrf: keepalive
            address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}

    Good:
        vrfs: {keepalive: {description: keepalive}}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet1/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Fix: Run it between the management addresses, or over a routed link of its own. Where both switches have another
        port that may carry the VLAN between them (no vPC, no edge port), nothing is said.

    Source: G106 and the guide of the N5K [certain]
    """
    svi = svi_over_peer_link(switch, peer)
    if svi and switch.keepalive:
        message = f"keepalives leave through {svi.name}, and only the peer-link carries VLAN {svi.vlan} to the peer"
        yield Hit(switch.keepalive, "", message)


@pair_rule("KA08", Severity.WARNING)
def keepalive_on_svi(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Keepalives leave through an SVI.

    Why: They share the fate of a VLAN, its spanning tree and its trunks. (Where the peer-link alone carries that VLAN,
        KA07 says so.)

    Bad:
        vlans: {99: keepalive}
        vrfs: {keepalive: {description: keepalive}}
        peer_link: {vlans: "10,20"}
        port_channels:
          48:
            description: keepalive
            lacp: active
            mode: trunk
            vlans: 99
            mtu: 9216
            members: [Ethernet1/47, Ethernet1/48]
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        svis:
          99:
            description: keepalive
            mtu: 9216
            vrf: keepalive
            address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}

    Good:
        vrfs: {keepalive: {description: keepalive}}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet1/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Fix: Use mgmt0, or a routed port in a VRF of its own.

    Source: G106 [certain]
    """
    svi = svi_of_keepalive(switch)
    if svi and switch.keepalive and svi_over_peer_link(switch, peer) is None:
        yield Hit(switch.keepalive, "", f"keepalives leave through an SVI, {svi.name}")


@switch_rule("KA09", Severity.WARNING)
def keepalive_default_vrf(switch: Switch) -> Iterator[Hit]:
    """The keepalive runs in the default VRF.

    Why: Whatever changes the routing there may lead it another way, even over the peer-link.

    Bad:
        keepalive:
          vrf: default
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet1/48: {description: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Good:
        vrfs: {keepalive: {description: keepalive}}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet1/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Fix: Use the VRF management or one of its own.

    Source: G106 [certain]
    """
    if switch.keepalive and switch.keepalive.vrf == DEFAULT:
        yield Hit(switch.keepalive, "vrf", "the keepalive runs in the default VRF")
