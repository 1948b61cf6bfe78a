"""VLANs: whether both switches have them, and whether ports carry what there is."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import reserved_vlans
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, Svi, Switch, Vlan
from mlagkit.topology.carried import (
    carried,
    carried_by,
    common_legs,
    lists_vlans,
    names_vlans,
    open_legs,
    orphans,
    vpc_vlans,
)
from mlagkit.topology.routed import is_link
from mlagkit.values import VlanSet


@pair_rule("VL01", Severity.ERROR)
def vlan_missing_on_peer(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A VLAN of a vPC or of the peer-link exists on one switch only.

    Why: The VLAN is suspended on all vPCs and on the peer-link, on both switches; with MST it is not suspended, but
        the frames that a host sends to the switch without the VLAN are lost. Where nothing but a peer-link without
        a list of VLANs carries it, it may be meant for one switch alone, and is a warning.

    Bad:
        vlans: {20: {sw-a: db}}

    Good:
        vlans: {20: db}

    Fix: Create the VLAN on the other switch, or take it off the vPCs and the peer-link.

    Source: G106, OUT3 [certain]
    """
    on_legs = carried_by(common_legs(switch, peer).values())
    on_link = vpc_vlans(switch)
    is_listed = switch.peer_link is not None and lists_vlans(switch.peer_link)
    for number in sorted((on_legs | on_link) & (switch.vlans.keys() - peer.vlans.keys())):
        message = f"VLAN {number} exists on {switch.name}, but not on {peer.name}"
        severity = None if is_listed or number in on_legs else Severity.WARNING
        yield Hit(switch.vlans[number], "", message, fix=_entry(switch.vlans[number]), severity=severity)


def _entry(vlan: Vlan) -> str:
    """What makes the VLAN in a pair file."""
    import json

    name = json.dumps(vlan.name) if vlan.name else ""
    if vlan.vni is None:
        return f"vlans: {{{vlan.id}: {name}}}"
    return f"vlans: {{{vlan.id}: {{{f'name: {name}, ' if name else ''}vni: {vlan.vni}}}}}"


@pair_rule("VL02", Severity.WARNING)
def vlan_allowed_not_defined(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A trunk allows VLANs that the switch does not have.

    Why: The line is accepted and forwards nothing: false confidence. A trunk that carries all VLANs, or all but some,
        says nothing of a single one and is not looked at, and neither is one that is shut. Of a VLAN that the other
        switch has speaks VL01, and on the peer-link nothing is said that a port was told before.

    Bad:
        vpcs:
          11: {vlans: [10, 20, 99]}

    Good:
        vpcs:
          11: {vlans: [10, 20]}

    Fix: Create the VLANs, or take them out of the list.

    Source: BF PR 7936 [certain]
    """
    known = switch.vlans.keys() | (_of_both(peer, switch) & peer.vlans.keys())
    for port in switch.ports.values():
        if port.channel is not None or port.mode != "trunk" or not names_vlans(port):
            continue
        unknown = VlanSet(carried(port) - known)
        if port.peer_link:
            unknown = VlanSet(unknown - carried_by((*switch.vpcs.values(), *orphans(switch))))
        if unknown:
            message = f"{port.name} allows VLANs {unknown}, which the switch does not have"
            yield Hit(port, "vlans", message, fix=str(VlanSet(carried(port) - unknown)))


def _of_both(switch: Switch, peer: Switch) -> frozenset[int]:
    """The VLANs of the switch that both have to do with: those of common vPCs and of the peer-link."""
    return carried_by(common_legs(switch, peer).values()) | vpc_vlans(switch)


@switch_rule("VL03", Severity.ERROR)
def vlan_reserved(switch: Switch) -> Iterator[Hit]:
    """A VLAN lies in the block that the switch keeps for itself.

    Why: The switch refuses to create it. The block is 3968-4094, or the 128 VLANs from the start that a line gives.
        Older releases of N5K and N7K keep 3968-4047 and 4094 alone, and so does a switch whose model is not known
        as far as this rule goes.

    Bad:
        vlans: {10: web, 20: db, 4000: lab}

    Good:
        vlans: {10: web, 20: db, 3900: lab}

    Fix: Take another number. Moving the block needs a reload.

    Source: BF [certain]
    """
    reserved = reserved_vlans(switch)
    for number in sorted(reserved & switch.vlans.keys()):
        message = f"VLAN {number} lies in {reserved}, which the switch keeps for itself"
        yield Hit(switch.vlans[number], "", message)


@pair_rule("VL04", Severity.ERROR)
def vlan_state_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A VLAN is suspended or shut on one switch only.

    Why: It forwards nothing there, and is suspended on the vPCs of both. VLANs that are on no vPC and not on the
        peer-link are the business of one switch and not looked at.

    Bad:
        vlans: {20: {name: db, state: {sw-a: active, sw-b: suspend}}}

    Good:
        vlans: {20: {name: db, state: active}}

    Fix: Give both switches the same state.

    Source: G106 [certain]
    """
    for number in sorted(_of_both(switch, peer) & switch.vlans.keys() & peer.vlans.keys()):
        vlan, other = switch.vlans[number], peer.vlans[number]
        if vlan.state != other.state and vlan.state != "active":
            message = f"VLAN {number} is in state {vlan.state} on {switch.name}, {other.state} on {peer.name}"
            yield Hit(vlan, "state", message, fix=other.state)
        if vlan.shutdown and not other.shutdown:
            yield Hit(vlan, "shutdown", f"VLAN {number} is shut on {switch.name}, not on {peer.name}", fix="false")


@pair_rule("VL05", Severity.ERROR)
def vn_segment_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A VLAN, or a VRF, belongs to different VNIs on the two switches, or to one on one of them only.

    Why: The map of VLANs to VNIs is a type 1 parameter of the whole domain: the VLAN, or on some releases every vPC of
        the secondary, is suspended. That of VRFs is compared by no switch, so it is a warning: what the fabric routes
        to hosts of the VRF is likely to be lost where it reaches the switch with the other VNI.

    Bad:
        vlans: {20: {name: db, vni: {sw-a: 10020, sw-b: 10021}}}

    Good:
        vlans: {20: {name: db, vni: 10020}}

    Fix: Give the VLAN, or the VRF, the same VNI on both switches.

    Source: K on VRFs; OUT5 on VLANs [certain]
    """
    for number in sorted(switch.vlans.keys() & peer.vlans.keys()):
        own, other = switch.vlans[number].vni, peer.vlans[number].vni
        if own != other:
            told = side_by_side(switch, _vni(own), peer, _vni(other))
            yield Hit(switch.vlans[number], "vni", f"VLAN {number} belongs to different segments: {told}")
    for name in sorted(switch.vrfs.keys() & peer.vrfs.keys()):
        own, other = switch.vrfs[name].vni, peer.vrfs[name].vni
        if own != other:
            told = side_by_side(switch, _vni(own), peer, _vni(other))
            message = f"VRF {name} belongs to different segments: {told}"
            yield Hit(switch.vrfs[name], "vni", message, severity=Severity.WARNING)


def _vni(vni: int | None) -> str:
    return "no VNI" if vni is None else f"VNI {vni}"


@switch_rule("VL06", Severity.WARNING)
def native_vlan_not_defined(switch: Switch) -> Iterator[Hit]:
    """The native VLAN of a trunk does not exist, or the trunk does not allow it.

    Why: Untagged frames are lost. That may be meant: a native VLAN that nobody uses keeps untagged frames out, which
        a waiver says best. VLAN 1, which every trunk has that says nothing, is not looked at.

    Bad:
        vpcs:
          11: {native_vlan: 99}

    Good:
        vpcs:
          11: {native_vlan: 10}

    Fix: Create the VLAN and allow it on the trunk, or name another one.

    Source: K [likely]
    """
    for port in switch.ports.values():
        native = port.native_vlan
        if port.channel is not None or port.mode != "trunk" or port.shutdown or native == 1:
            continue
        if native not in switch.vlans:
            yield Hit(port, "native_vlan", f"{port.name} has native VLAN {native}, which the switch does not have")
        elif native not in port.vlans:
            yield Hit(port, "native_vlan", f"{port.name} has native VLAN {native}, but does not allow it")


@switch_rule("VL07", Severity.INFO)
def vlan1_user_traffic(switch: Switch) -> Iterator[Hit]:
    """A vPC carries VLAN 1.

    Why: VLAN 1 exists everywhere and can't be taken away; whoever plugs in a new switch is in it. A trunk without a
        list of VLANs carries it, too, and has a rule of its own (VL09).

    Bad:
        vpcs:
          11: {vlans: [1, 10, 20]}

    Good:
        vpcs:
          11: {vlans: [10, 20]}

    Fix: Move the hosts to a VLAN of their own and take VLAN 1 off the leg.

    Source: K [likely]
    """
    for number, leg in open_legs(switch).items():
        if 1 in carried(leg) and (leg.mode != "trunk" or lists_vlans(leg)):
            yield Hit(leg, "vlans" if leg.mode == "trunk" else "vlan", f"vPC {number} carries VLAN 1")


@pair_rule("VL08", Severity.INFO)
def vlan_name_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A VLAN has different names on the two switches.

    Why: Names are documentation; two of them say that one is wrong.

    Bad:
        vlans: {20: {name: {sw-a: db, sw-b: backup}}}

    Good:
        vlans: {20: {name: db}}

    Fix: Give both the right name.

    Source: K [likely]
    """
    for number in sorted(switch.vlans.keys() & peer.vlans.keys()):
        vlan, other = switch.vlans[number], peer.vlans[number]
        if _name(vlan) != _name(other):
            told = side_by_side(switch, _name(vlan), peer, _name(other))
            yield Hit(vlan, "name", f"VLAN {number} has two names: {told}")


def _name(vlan: Vlan) -> str:
    """The name that the switch shows; without a line its own."""
    return vlan.name or f"VLAN{vlan.id:04}"


@switch_rule("VL09", Severity.WARNING)
def leg_allows_all(switch: Switch) -> Iterator[Hit]:
    """A vPC is a trunk without a list of VLANs.

    Why: The host is sent the flooded traffic of every VLAN that is ever made, and spanning tree has an instance more
        per VLAN and port.

    Bad:
        vpcs:
          11: {vlans: }
        peer_link: {vlans: [1, 10, 20]}

    Good:
        vpcs:
          11: {vlans: [10, 20]}

    Fix: List the VLANs that the host needs.

    Source: K [likely]
    """
    for number, leg in open_legs(switch).items():
        if leg.mode == "trunk" and not lists_vlans(leg):
            yield Hit(leg, "vlans", f"vPC {number} carries all VLANs")


@pair_rule("VL10", Severity.WARNING)
def non_vpc_vlan_on_peer_link(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The peer-link carries a VLAN that no vPC and no orphan port uses, such as one for routing between the peers.

    Why: Whatever is on the peer-link is a vPC VLAN: its SVI on the secondary goes down with the peer-link, when the
        routed path between the peers is needed most. VLANs with a VNI and those of the VXLAN underlay belong there,
        and an SVI that is excluded from going down may stay; VLAN 1 is everywhere. A peer-link through the fabric
        is not looked at, and neither is a pair that has no vPC yet.

    Bad:
        vlans: {10: web, 20: db, 30: routing}
        peer_link: {vlans: [10, 20, 30]}

    Good:
        vlans: {10: web, 20: db, 30: routing}
        peer_link: {vlans: [10, 20]}

    Fix: Take it off the peer-link. For routing between the peers first make another trunk or a routed link, or exclude
        the VLAN's SVI from going down (`dual_active_exclude_vlans`).

    Source: DG15 2012 p.15 [certain]
    """
    if switch.peer_link is None or switch.domain is None or switch.domain.virtual_peer_link:
        return
    if not (switch.vpcs or peer.vpcs):
        return
    used = frozenset().union(
        *(port.allowed for each in (switch, peer) for port in each.ports.values() if _is_user(port))
    )
    left = VlanSet(vpc_vlans(switch) - used - _belonging(switch))
    routed = VlanSet(number for number in left if _is_point_to_point(switch, peer, number))
    if left - routed:
        message = f"the peer-link carries VLANs {VlanSet(left - routed)}, which no vPC and no orphan port uses"
        is_routed = not (left - routed).isdisjoint(switch.svis.keys() | peer.svis.keys())
        fix = "" if is_routed else _without(switch.peer_link, left - routed)
        yield Hit(switch.peer_link, "vlans", message, fix=fix)
    if routed:
        message = f"the peer-link carries VLANs {routed}, which are for routing between the two switches"
        yield Hit(switch.peer_link, "vlans", message)


def _is_user(port: Port) -> bool:
    """Whether the port makes use of VLANs on the peer-link, also while it is shut: a vPC or an orphan port."""
    return not port.peer_link and port.channel is None


def _belonging(switch: Switch) -> frozenset[int]:
    """VLANs that are on the peer-link for a reason of their own; a keepalive in one is another rule's (KA07)."""
    with_vni = {number for number, vlan in switch.vlans.items() if vlan.vni is not None}
    excluded = switch.domain.dual_active_exclude_vlans if switch.domain else VlanSet()
    source = switch.keepalive.source if switch.keepalive else None
    of_keepalive = {number for number, svi in switch.svis.items() if source and svi.address and source == _host(svi)}
    underlay = {svi.vlan for svi in switch.svis.values() if svi.vrf == "default"} if switch.nve else set()
    return frozenset({1} | with_vni | excluded | switch.infra_vlans | underlay | of_keepalive)


def _host(svi: Svi) -> str:
    """The address of an SVI without its length."""
    return (svi.address or "").partition("/")[0]


def _is_point_to_point(switch: Switch, peer: Switch, number: int) -> bool:
    """Whether both switches have an address in the VLAN, in a network of two."""
    return all(number in each.svis and is_link(each.svis[number]) for each in (switch, peer))


def _without(link: Port, vlans: frozenset[int]) -> str:
    """The list of a peer-link without some VLANs, where it has a list."""
    return str(VlanSet(link.vlans - vlans)) if lists_vlans(link) else ""
