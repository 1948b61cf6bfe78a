"""VXLAN on a pair: the tunnel addresses, the NVE interface, and how the pair is announced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mlagkit.finding import Severity
from mlagkit.nxos.facts_of_overlay import flooding, overlay
from mlagkit.record import record
from mlagkit.rules.differences import once, side_by_side
from mlagkit.rules.rule import Hit, Peers, SiteHit, Spot, pair_rule, site_rule, spot, switch_rule
from mlagkit.rules.tenants import of_tenants
from mlagkit.switch import Loopback, Nve, Switch, Vni
from mlagkit.topology.addresses import addresses, networks, on_interface
from mlagkit.topology.routed import shared_svis


@pair_rule("VX01", Severity.ERROR)
def vtep_vip_missing(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The loopback of the NVE interface has no second address, which the two switches share.

    Why: The pair is two tunnel ends: hosts behind a vPC move between them with every frame. A type 1 parameter of the
        whole domain besides. A loopback with IPv6 alone is not looked at.

    Bad:
        loopbacks: {1: {address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}}}
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}

    Good:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}

    Fix: Give both loopbacks the same secondary address.

    Source: VXG, OUT3 [certain]
    """
    if not (is_tunnel_end(switch) and is_tunnel_end(peer)) or switch.nve is None:
        return
    loopback = _source(switch)
    if loopback is None:
        yield Hit(switch.nve, "source_interface", f"{switch.nve.source_interface} does not exist")
    elif loopback.address and not loopback.secondary_addresses:
        shared = _source(peer)
        fix = ", ".join(shared.secondary_addresses) if shared else ""
        yield Hit(loopback, "secondary_addresses", f"{loopback.name} has no shared address", fix=fix)


def is_tunnel_end(switch: Switch) -> bool:
    """Whether the switch is in a vPC domain and has an NVE interface that is up and has a source."""
    nve = switch.nve
    return switch.domain is not None and nve is not None and not nve.shutdown and nve.source_interface is not None


def _source(switch: Switch) -> Loopback | None:
    """The loopback that the NVE interface takes its addresses from."""
    return _named(switch, switch.nve.source_interface if switch.nve else None)


def _of_border_gateway(switch: Switch) -> Loopback | None:
    """The loopback whose address other sites send to."""
    return _named(switch, switch.nve.multisite_interface if switch.nve else None)


def _named(switch: Switch, name: str | None) -> Loopback | None:
    return next((loopback for loopback in switch.loopbacks.values() if loopback.name == name), None)


@pair_rule("VX02", Severity.ERROR)
def vtep_vip_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches have different second addresses on the loopback of the NVE interface.

    Why: It is a type 1 parameter of the whole domain ("Secondary IP address does not match"): the secondary suspends
        all its vPCs. Other sites send to the address of the border gateways, which both switches have to answer for:
        two of them are a warning.

    Bad:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: {sw-a: 198.51.100.150/32, sw-b: 198.51.100.149/32}
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}

    Good:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}

    Fix: Give both loopbacks the same secondary address, and both border gateways the same address.

    Source: K on border gateways; OUT3 [certain]
    """
    yield from _two_border_gateways(switch, peer)
    loopback, other = _source(switch), _source(peer)
    if not (is_tunnel_end(switch) and is_tunnel_end(peer)) or loopback is None or other is None:
        return
    own, theirs = loopback.secondary_addresses, other.secondary_addresses
    if own and theirs and own != theirs:
        told = side_by_side(switch, " ".join(own), peer, " ".join(theirs))
        yield Hit(loopback, "secondary_addresses", f"the shared address is not the same: {told}")


def _two_border_gateways(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Border gateways of one pair that have different addresses for the other sites."""
    loopback, other = _of_border_gateway(switch), _of_border_gateway(peer)
    own, theirs = (each.address if each else None for each in (loopback, other))
    if loopback and own and theirs and own != theirs:
        told = side_by_side(switch, own, peer, theirs)
        message = f"the address of the border gateways is not the same: {told}"
        yield from once(switch, peer, Hit(loopback, "address", message, severity=Severity.WARNING))


@record
class TunnelAddress:
    """A tunnel address, and whose it is alone: a switch's, or a pair's."""

    address: str
    user: str
    at: Spot


def tunnel_addresses(peers: Peers) -> tuple[TunnelAddress, ...]:
    """The tunnel addresses of a pair, the first of each loopback before those that both switches share."""
    return tuple(_addresses(peers))


@site_rule("VX03", Severity.ERROR, facts=tunnel_addresses)
def vtep_pip_duplicate(pairs: Sequence[tuple[TunnelAddress, ...]]) -> Iterator[SiteHit]:
    """A tunnel address that one switch, or one pair, must have for itself is used twice.

    Why: The fabric sends to one of them what is meant for the other. The first address of the loopback belongs to one
        switch, the second to one pair.

    Bad:
        loopbacks: {1: {address: 198.51.100.151/32, secondary_addresses: 198.51.100.150/32}}
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}

    Good:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}

    Fix: Give each switch an address of its own, and each pair.

    Source: VXG [certain]
    """
    users: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for number, pair in enumerate(pairs):
        for each in pair:
            users[each.address].add((number, each.user))
    for each in (each for pair in pairs for each in pair):
        if len(users[each.address]) > 1:
            names = ", ".join(sorted(name for _, name in users[each.address]))
            yield SiteHit(each.at, f"{each.address} is a tunnel address of {names}")


def _addresses(peers: Peers) -> Iterator[TunnelAddress]:
    pair = peers[0].pair or " and ".join(sorted(switch.name for switch in peers))
    for switch in peers:
        loopback = _source(switch)
        if loopback is None:
            continue
        if loopback.address:
            at = spot(switch, loopback, "address")
            yield TunnelAddress(address=_without_length(loopback.address), user=switch.name, at=at)
        for address in loopback.secondary_addresses:
            at = spot(switch, loopback, "secondary_addresses")
            yield TunnelAddress(address=_without_length(address), user=f"pair {pair}", at=at)


def _without_length(address: str) -> str:
    return str(on_interface(address).ip)


@switch_rule("VX04", Severity.WARNING)
def nve_loopback_shared(switch: Switch) -> Iterator[Hit]:
    """The loopback of the NVE interface is also a router id, or BGP speaks from it.

    Why: A secondary shuts the loopback when the peer-link goes down, and its sessions go with it. The loopback of a
        peer-link through the fabric is the matter of VX10.

    Bad:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}
        extra: |
          router bgp 65001
            neighbor 198.51.100.1
              update-source loopback1

    Good:
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve: {source_interface: loopback1}
        interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}
        extra: |
          router bgp 65001
            neighbor 198.51.100.1
              update-source loopback0

    Fix: Give the NVE interface a loopback of its own.

    Source: VXG [certain]
    """
    loopback, said = _source(switch), overlay(switch)
    if loopback is None or switch.nve is None:
        return
    names = {loopback.name.lower(), *([_without_length(loopback.address)] if loopback.address else [])}
    words = ["source of BGP sessions"] if names & said.update_sources else []
    words += ["router id"] if names & said.router_ids else []
    if words:
        message = f"{loopback.name} is the source of tunnels, but also {' and '.join(words)}"
        yield Hit(switch.nve, "source_interface", message)


@pair_rule("VX05", Severity.ERROR)
def nve_param_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The NVE interfaces of the two switches are not told the same, or the VRFs and SVIs of their tenants are not.

    Why: Their state, who learns hosts, the VNIs with their way of flooding, and the virtual router MAC are type 1
        parameters of the whole domain: the secondary suspends all its vPCs. Of the rest no switch tells, and it is a
        warning: one switch alone is a border gateway, or one of another site; a VRF lacks route targets that it has on
        the other switch; the SVI of a Layer 3 VNI in a VRF with IPv4 lacks `ip forward`, be it on both.

    Bad:
        nve: {vnis: {10010: {suppress_arp: {sw-a: true, sw-b: false}}}}

    Good:
        nve: {vnis: {10010: {suppress_arp: true}}}

    Fix: Give both switches the same, and SVIs of Layer 3 VNIs `ip_forward`.

    Source: K on route targets and border gateways; VXG (10.3, 10.5) on `ip forward` and sites; OUT3 [certain]
    """
    if switch.nve is None or switch.domain is None:
        return
    if peer.nve is None:
        yield Hit(switch.nve, "", f"{switch.name} has an NVE interface, {peer.name} has none")
        return
    for field, words in _ALIKE.items():
        own, other = getattr(switch.nve, field), getattr(peer.nve, field)
        if own != other:
            told = side_by_side(switch, _word(own), peer, _word(other))
            yield Hit(switch.nve, field, f"{words} is not the same: {told}")
    yield from _vnis(switch, switch.nve, peer, peer.nve)
    yield from of_tenants(switch, switch.nve, peer, peer.nve)


def _word(value: object) -> object:
    """A value of the NVE interface in words."""
    return ("yes" if value else "no") if isinstance(value, bool) else value or "nobody"


_ALIKE = {
    "shutdown": "whether the NVE interface is shut",
    "host_reachability": "who learns hosts",
    "advertise_virtual_rmac": "whether the virtual router MAC is announced",
}


def _vnis(switch: Switch, nve: Nve, peer: Switch, others: Nve) -> Iterator[Hit]:
    """VNIs that one has alone, or that the two flood in different ways."""
    theirs = {vni.vni: vni for vni in others.vnis}
    for vni in nve.vnis:
        other = theirs.get(vni.vni)
        if other is None:
            yield Hit(vni, "", f"VNI {vni.vni} is a member on {switch.name}, but not on {peer.name}")
        elif _told(nve, vni) != _told(others, other):
            fields = [name for name, value in _told(nve, vni).items() if value != _told(others, other)[name]]
            yield Hit(vni, fields[0], f"VNI {vni.vni} has not the same {', '.join(fields)} on both switches")


def _told(nve: Nve, vni: Vni) -> dict[str, object]:
    """What holds for a VNI by the fields of the pair file."""
    found = flooding(nve, vni)
    return {
        "associate_vrf": vni.associate_vrf,
        "mcast_group": found.mcast_group,
        "ingress_replication": found.ingress_replication,
        "suppress_arp": found.suppress_arp,
    }


@pair_rule("VX09", Severity.ERROR)
def anycast_mac_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The anycast gateways of the two switches have no MAC address, or not the same; or not the same address.

    Why: Hosts learn one MAC address of their gateway and lose it when frames reach the other switch. With two addresses
        in one subnet, which is a warning, each switch answers for its own alone; L304 speaks of two subnets.

    Bad:
        nve: {anycast_gateway_mac: {sw-a: 0200.0000.0abc, sw-b: 0200.0000.0abd}}

    Good:
        nve: {anycast_gateway_mac: 0200.0000.0abc}

    Fix: Give both the MAC address of the fabric, and each anycast gateway one address.

    Source: K on addresses; VXG on the MAC address [certain]
    """
    own, other = switch.anycast_gateway_mac, peer.anycast_gateway_mac
    if own and other and own != other:
        told = side_by_side(switch, own, peer, other)
        yield Hit(switch, "anycast_gateway_mac", f"the anycast gateways have two MAC addresses: {told}")
    elif own is None and any(svi.anycast_gateway for svi in switch.svis.values()):
        message = f"{switch.name} has anycast gateways, but no MAC address for them"
        yield Hit(switch, "anycast_gateway_mac", message, fix=other or "")
    yield from _two_addresses(switch, peer)


def _two_addresses(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Anycast gateways of one VLAN, in one subnet, that answer for different addresses."""
    for svi, other in shared_svis(switch, peer):
        if svi.anycast_gateway and other.anycast_gateway and networks(svi) == networks(other):
            here, there = (
                sorted(str(each) for each in addresses(part) if not each.is_link_local) for part in (svi, other)
            )
            if here != there:
                told = side_by_side(switch, " ".join(here), peer, " ".join(there))
                message = f"the anycast gateway {svi.name} has not the same address: {told}"
                yield Hit(svi, "address", message, severity=Severity.WARNING)
