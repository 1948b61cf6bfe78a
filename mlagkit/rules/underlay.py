"""The VXLAN underlay between the two switches: backup path, infra VLANs, and a peer-link through the fabric."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import has_cloud_scale_suffix, is_virtual, product_line
from mlagkit.nxos.routing import routing_of
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.rules.vxlan import is_tunnel_end
from mlagkit.switch import Domain, Interface, Port, Svi, Switch
from mlagkit.topology.addresses import DEFAULT, Network, addresses, networks
from mlagkit.topology.attached import far_end
from mlagkit.topology.carried import carried_by, lists_vlans, on_legs, open_legs, orphans, vpc_vlans
from mlagkit.topology.routed import is_gateway, is_link
from mlagkit.values import VlanSet


@pair_rule("VX07", Severity.WARNING)
def vtep_no_backup_svi(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Two switches with VXLAN have no routed path to each other besides the fabric.

    Why: A switch that loses its uplinks still gets frames of its hosts, and has nowhere to send them. An SVI of the
        underlay or a routed link counts that has both ends in one network of the default VRF. With a peer-link through
        the fabric there can be none, and where ports borrow their address nothing is known.

    Bad:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1}

    Good:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1, infra_vlans: 3600}
        vlans: {3600: underlay}
        peer_link: {vlans: [10, 20, 3600]}
        svis:
          3600:
            mtu: 9216
            address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}
            ospf: {underlay: 0.0.0.0}

    Fix: Make an SVI on both switches in a VLAN of the peer-link, with an IGP, and name the VLAN in `infra_vlans`.

    Source: VXG [certain]
    """
    if not (is_tunnel_end(switch) and is_tunnel_end(peer)) or switch.nve is None:
        return
    if switch.domain and switch.domain.virtual_peer_link:
        return
    if not (_networks(switch) & _networks(peer)) and not _may_lead_over(switch, peer):
        yield Hit(switch.nve, "", "no routed path leads from one switch to the other besides the fabric")


def _networks(switch: Switch) -> frozenset[Network]:
    """The networks of the underlay that the switch has an address in."""
    paths: Iterable[Interface] = (*_uplinks(switch), *_underlay_svis(switch))
    return frozenset(network for path in paths for network in networks(path))


def _may_lead_over(switch: Switch, peer: Switch) -> bool:
    """Whether an interface without an address of its own may be the path: an SVI of both, or a port of either."""
    svis = (each.vlan for each in _underlay_svis(switch) if each.ip_unnumbered)
    ports = (*_uplinks(switch), *_uplinks(peer))
    both = any(vlan in peer.svis and peer.svis[vlan].ip_unnumbered for vlan in svis)
    return both or any(port.ip_unnumbered for port in ports)


def _uplinks(switch: Switch) -> tuple[Port, ...]:
    """The ports and port-channels of the default VRF that are up and have an address, which only routed ones have."""
    return tuple(
        port
        for port in switch.ports.values()
        if not port.shutdown and port.vrf == DEFAULT
        if port.address or port.ipv6_addresses or port.ip_unnumbered
    )


def _underlay_svis(switch: Switch) -> tuple[Svi, ...]:
    """SVIs that look like a path of the underlay, and not like a gateway of hosts.

    They are up, in the default VRF, in a VLAN without a VNI, no gateway, and run an IGP, have a network of two or
    borrow their address.
    """
    igps = routing_of(switch).igps
    return tuple(
        svi
        for svi in switch.svis.values()
        if not svi.shutdown and svi.vrf == DEFAULT and not is_gateway(svi)
        if svi.vlan not in switch.vlans or switch.vlans[svi.vlan].vni is None
        if svi.name in igps or svi.vlan in switch.infra_vlans or is_link(svi) or svi.ip_unnumbered
    )


@switch_rule("VX08", Severity.ERROR)
def infra_vlans_missing(switch: Switch) -> Iterator[Hit]:
    """The SVI of the underlay on the peer-link is in a VLAN that is not named as infra VLAN.

    Why: The hardware does not forward encapsulated frames over it. That is so with chips of Cloud Scale, which the name
        of a model tells by its end (-EX, -FX and the like); with other models, and where none is known, it is a
        warning. The switch in software has no such line. Nothing is said of other product lines, of a peer-link
        through the fabric, and of a VLAN that is also on a vPC, since it may lead to a router there.

    Bad:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1}
        vlans: {3600: underlay}
        peer_link: {vlans: [10, 20, 3600]}
        domain: {dual_active_exclude_vlans: 3600}
        svis:
          3600:
            mtu: 9216
            address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}
            ospf: {underlay: 0.0.0.0}

    Good:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1, infra_vlans: 3600}
        vlans: {3600: underlay}
        peer_link: {vlans: [10, 20, 3600]}
        svis:
          3600:
            mtu: 9216
            address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}
            ospf: {underlay: 0.0.0.0}

    Fix: Name the VLAN in `infra_vlans`.

    Source: VXG, Cisco TAC 214624 [certain]
    """
    model = switch.model or ""
    if not is_tunnel_end(switch) or product_line(switch.model, switch.release) not in ("n9k", None):
        return
    if is_virtual(model):
        return
    if switch.domain and switch.domain.virtual_peer_link:
        return
    lacking = vpc_vlans(switch) - switch.infra_vlans - on_legs(switch)
    found = [svi for svi in _underlay_svis(switch) if svi.vlan in lacking]
    fix = f'nve: {{infra_vlans: "{VlanSet(switch.infra_vlans.union(svi.vlan for svi in found))}"}}'
    severity = None if has_cloud_scale_suffix(model) else Severity.WARNING
    for svi in found:
        message = f"VLAN {svi.vlan} carries the underlay over the peer-link, but is no infra VLAN"
        yield Hit(svi, "", message, fix=fix, severity=severity)


@pair_rule("VX10", Severity.ERROR)
def fabric_peering_incomplete(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The peer-link runs through the fabric, but something that it needs is missing or contradicts.

    Why: Both ends mirror each other with the same DSCP; the loopback of the peer-link is not that of NVE; the
        port-channel has no ports; the uplinks are marked as such. Otherwise the peer-link does not come up or is
        lost with the first uplink. Where some uplinks are marked the others may lead elsewhere, and make a warning.

    Bad:
        peer_link:
          members:
          lacp:
          virtual:
            destination: {sw-a: 198.51.100.52, sw-b: 198.51.100.51}
            source: {sw-a: 198.51.100.51, sw-b: 198.51.100.53}
        loopbacks: {0: {address: {sw-a: 198.51.100.51/32, sw-b: 198.51.100.53/32}}}
        interfaces: {Ethernet1/50: {fabric: true, mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.2/31}}}
        vlans: {10: {name: web, vni: 10010}, 20: {name: db, vni: 10020}}

    Good:
        peer_link:
          members:
          lacp:
          virtual:
            destination: {sw-a: 198.51.100.52, sw-b: 198.51.100.51}
            source: {sw-a: 198.51.100.51, sw-b: 198.51.100.52}
        loopbacks: {0: {address: {sw-a: 198.51.100.51/32, sw-b: 198.51.100.52/32}}}
        interfaces: {Ethernet1/50: {fabric: true, mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.2/31}}}
        vlans: {10: {name: web, vni: 10010}, 20: {name: db, vni: 10020}}

    Fix: Complete it as the message says.

    Source: VXG [certain]
    """
    if switch.domain is None or switch.domain.virtual_peer_link is None:
        return
    yield from _ends(switch, switch.domain, peer)
    yield from _loopback(switch, switch.domain)
    if switch.peer_link and switch.peer_link.members:
        message = f"the peer-link runs through the fabric, but {switch.peer_link.name} has ports"
        yield Hit(switch.peer_link, "members", message)
    yield from _unmarked(switch, peer)


def _ends(switch: Switch, domain: Domain, peer: Switch) -> Iterator[Hit]:
    """What the two ends must have in common."""
    own, other = domain.virtual_peer_link, peer.domain.virtual_peer_link if peer.domain else None
    if own is None or other is None:
        message = f"the peer-link of {switch.name} runs through the fabric, that of {peer.name} does not"
        yield Hit(domain, "virtual_peer_link", message)
        return
    if own.destination != other.source:
        message = f"the peer-link of {switch.name} leads to {own.destination}, but {peer.name} is {other.source}"
        yield Hit(domain, "virtual_peer_link", message)
    if own.dscp != other.dscp:
        told = side_by_side(switch, own.dscp, peer, other.dscp)
        yield Hit(domain, "virtual_peer_link", f"the DSCP of the peer-link is not the same: {told}")


def _loopback(switch: Switch, domain: Domain) -> Iterator[Hit]:
    """The peer-link needs a loopback of its own, since a secondary shuts that of NVE."""
    name = switch.nve.source_interface if switch.nve else None
    source = domain.virtual_peer_link.source if domain.virtual_peer_link else None
    for loopback in switch.loopbacks.values():
        if loopback.name == name and source in [str(each.ip) for each in addresses(loopback)]:
            message = f"the peer-link and the tunnels of {switch.name} have one source, {loopback.name}"
            yield Hit(domain, "virtual_peer_link", message)


def _unmarked(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Uplinks that are not marked as uplinks of the fabric."""
    uplinks = [port for port in _uplinks(switch) if "." not in port.name and far_end(switch, port) != peer.name]
    marked = [port for port in uplinks if _is_marked(switch, port)]
    for port in uplinks:
        if port not in marked:
            message = f"{port.name} is an uplink, but not marked as one of the fabric"
            yield Hit(port, "fabric", message, fix="true", severity=Severity.WARNING if marked else None)


def _is_marked(switch: Switch, port: Port) -> bool:
    """Whether the port, or every member of the port-channel, is an uplink of the fabric."""
    members = [switch.ports[name].fabric for name in port.members if name in switch.ports]
    return port.fabric or (bool(members) and all(members))


@switch_rule("VX11", Severity.ERROR)
def fabric_peering_vlan_no_vni(switch: Switch) -> Iterator[Hit]:
    """A VLAN without a VNI crosses a peer-link that runs through the fabric.

    Why: The fabric carries segments, not VLANs: frames of the VLAN do not reach the other switch. VLAN 1 and the native
        VLAN cross it with MST. A VLAN that no vPC and no orphan port uses does not count, if nobody listed it.

    Bad:
        peer_link:
          members:
          lacp:
          virtual:
            destination: {sw-a: 198.51.100.52, sw-b: 198.51.100.51}
            source: {sw-a: 198.51.100.51, sw-b: 198.51.100.52}
        loopbacks: {0: {address: {sw-a: 198.51.100.51/32, sw-b: 198.51.100.52/32}}}
        interfaces: {Ethernet1/50: {fabric: true, mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.2/31}}}
        vlans: {10: {name: web, vni: 10010}}

    Good:
        peer_link:
          members:
          lacp:
          virtual:
            destination: {sw-a: 198.51.100.52, sw-b: 198.51.100.51}
            source: {sw-a: 198.51.100.51, sw-b: 198.51.100.52}
        loopbacks: {0: {address: {sw-a: 198.51.100.51/32, sw-b: 198.51.100.52/32}}}
        interfaces: {Ethernet1/50: {fabric: true, mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.2/31}}}
        vlans: {10: {name: web, vni: 10010}, 20: {name: db, vni: 10020}}

    Fix: Give the VLAN a VNI, or take it off the peer-link.

    Source: VXG [certain]
    """
    link = switch.peer_link
    if link is None or switch.domain is None or switch.domain.virtual_peer_link is None:
        return
    used = carried_by((*open_legs(switch).values(), *orphans(switch))) | (
        link.vlans if lists_vlans(link) else VlanSet()
    )
    always = {1, link.native_vlan} if switch.spanning_tree.mode == "mst" else set()
    crossing = vpc_vlans(switch) & (used - {1} | always)
    for number in sorted(vlan for vlan in crossing if switch.vlans[vlan].vni is None):
        message = f"VLAN {number} crosses the peer-link through the fabric, but has no VNI"
        yield Hit(switch.vlans[number], "vni", message)
