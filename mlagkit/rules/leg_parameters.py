"""vPC legs held against each other: what has to be, or should be, the same on both switches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.native_vlan import native_tagging, tagged_on_one
from mlagkit.rules.differences import of_both, once, one_sided, side_by_side
from mlagkit.rules.rule import Hit, pair_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached
from mlagkit.topology.carried import names_vlans
from mlagkit.topology.channels import (
    NORMAL,
    TRUNK,
    has_bpduguard,
    leg_pairs,
    members,
    mild_where_shut,
    port_type,
    speaks_lacp,
)
from mlagkit.values import VlanSet

_ONE_VLAN = ("access", "dot1q-tunnel")
"""The modes of a port in one VLAN."""

_AUTO = "auto"


@pair_rule("MB08", Severity.ERROR)
def port_mode_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC are of different modes.

    Why: Access here and trunk there is a Type-1 difference: the secondary suspends its leg. In this and all the rules
        that compare legs a difference is a warning where one of the legs is shut.

    Bad:
        vpcs: {12: {host: , mode: {sw-a: access, sw-b: trunk}, vlans: 20, native_vlan: 20}}

    Good:
        vpcs: {12: {mode: access, vlan: 20}}

    Fix: Use one mode on both switches.

    Source: OUT1 [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        yield from _differing(switch, leg, peer, other, "mode", "the mode")


def _differing(switch: Switch, leg: Port, peer: Switch, other: Port, field: str, name: str) -> Iterator[Hit]:
    """The finding that a field has different values on two legs."""
    own, theirs = getattr(leg, field), getattr(other, field)
    if own != theirs:
        message = f"{name} of vPC {leg.vpc} is {side_by_side(switch, _word(own), peer, _word(theirs))}"
        yield from once(switch, peer, Hit(leg, field, message, severity=mild_where_shut(leg, other)))


def _word(value: object) -> object:
    """A value as the pair file spells it."""
    return str(value).lower() if isinstance(value, bool) else value


@pair_rule("MB09", Severity.ERROR)
def native_vlan_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC have different native VLANs, or only one of the switches tags theirs.

    Why: A Type-1 difference: the secondary suspends its leg. `vlan dot1q tag native` holds for every trunk of a switch;
        on one switch alone it is a warning, since no output of a switch with that difference was at hand.

    Bad:
        vpcs: {11: {native_vlan: {sw-a: 1, sw-b: 20}}}

    Good:
        vpcs: {11: {native_vlan: 1}}

    Fix: Use one native VLAN on both switches, with a tag on both or on neither.

    Source: OUT1; that tags are compared: Nexus 5000 Interfaces Configuration Guide 5.2(1)N1(1) p.72 [certain]
    """
    for leg, other in _trunks(switch, peer):
        yield from _differing(switch, leg, peer, other, "native_vlan", "the native VLAN")
    yield from _tagged_on_one(switch, peer)


def _tagged_on_one(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """One finding for all trunks, on a switch whose line the other one has not."""
    legs = sorted(leg.vpc for leg, _ in _trunks(switch, peer) if leg.vpc is not None)
    told = tagged_on_one(switch, peer) if legs and native_tagging(switch) else ""
    if told:
        message = f"the native VLAN of vPC {', '.join(map(str, legs))} is not tagged alike: {told}"
        yield from once(switch, peer, Hit(switch, "extra", message, severity=Severity.WARNING))


def _trunks(switch: Switch, peer: Switch) -> Iterable[tuple[Port, Port]]:
    """The legs of vPCs that are trunks on both switches."""
    return ((leg, other) for leg, other in leg_pairs(switch, peer) if leg.mode == other.mode == TRUNK)


@pair_rule("MB10", Severity.WARNING)
def allowed_vlan_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC carry different VLANs.

    Why: Only what both carry is forwarded. It is an error where the host behind needs one of these VLANs. VLANs that
        one of the switches does not have are not looked at.

    Bad:
        vpcs: {11: {vlans: {sw-a: [10, 20], sw-b: 10}}}

    Good:
        vpcs: {11: {vlans: [10, 20]}}

    Fix: Allow the same VLANs on both switches.

    Source: N5OPS [certain]
    """
    for leg, other in _trunks(switch, peer):
        differing = of_both(switch, peer, leg.vlans ^ other.vlans)
        if differing:
            words = one_sided(switch, VlanSet(leg.vlans & differing), peer, VlanSet(other.vlans & differing))
            needed = not differing.isdisjoint(_needed(switch, leg) | _needed(peer, other))
            severity = Severity.ERROR if needed and not mild_where_shut(leg, other) else None
            fix = str(VlanSet(leg.vlans | other.vlans)) if names_vlans(leg) and names_vlans(other) else ""
            message = f"vPC {leg.vpc} carries VLANs {words}"
            yield from once(switch, peer, Hit(leg, "vlans", message, fix=fix, severity=severity))


def _needed(switch: Switch, leg: Port) -> frozenset[int]:
    """The VLANs that the host behind a leg needs, as far as the pair file tells."""
    host = switch.hosts.get(attached(switch, leg) or "")
    return host.needs if host else frozenset()


@pair_rule("MB11", Severity.WARNING)
def access_vlan_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC are in different access VLANs.

    Why: The host is in one segment or another, by the hash of the frame, or the VLAN is suspended.

    Bad:
        vpcs: {12: {vlan: {sw-a: 20, sw-b: 10}}}

    Good:
        vpcs: {12: {vlan: 20}}

    Fix: Use one VLAN on both switches.

    Source: K [likely]
    """
    for leg, other in leg_pairs(switch, peer):
        if leg.mode == other.mode and leg.mode in _ONE_VLAN:
            yield from _differing(switch, leg, peer, other, "vlan", "the access VLAN")


@pair_rule("MB12", Severity.ERROR)
def mtu_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC have different MTUs.

    Why: A Type-1 difference: the secondary suspends its leg.

    Bad:
        vpcs: {11: {mtu: {sw-a: 9216, sw-b: 1500}}}

    Good:
        vpcs: {11: {mtu: 9216}}

    Fix: Use one MTU on both switches.

    Source: OUT1 (N9K) [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        yield from _differing(switch, leg, peer, other, "mtu", "the MTU")


@pair_rule("MB13", Severity.ERROR)
def stp_type_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC are spanning-tree ports of different types.

    Why: A Type-1 difference: the secondary suspends its leg. Where one leg has its type from the default of the
        switch, edge and edge trunk count as one.

    Bad:
        vpcs: {11: {host: , port_type: {sw-a: edge trunk, sw-b: normal}}}

    Good:
        vpcs: {11: {port_type: edge trunk}}

    Fix: Use one type on both switches.

    Source: OUT1 [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        own, theirs = port_type(switch, leg), port_type(peer, other)
        by_default = NORMAL in (leg.port_type, other.port_type)
        is_same = leg.port_type == other.port_type or (by_default and own.split()[0] == theirs.split()[0])
        if not is_same:
            message = f"the spanning-tree type of vPC {leg.vpc} is {side_by_side(switch, own, peer, theirs)}"
            yield from once(switch, peer, Hit(leg, "port_type", message, severity=mild_where_shut(leg, other)))


@pair_rule("MB14", Severity.ERROR)
def stp_guard_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC have different spanning-tree guards.

    Why: A Type-1 difference ("STP Port Guard"): the secondary suspends its leg. ST04 speaks of the default of the
        whole switch.

    Bad:
        vpcs: {11: {guard: {sw-a: root, sw-b: none}}}

    Good:
        vpcs: {11: {guard: root}}

    Fix: Use one guard on both switches.

    Source: OUT1 [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        yield from _differing(switch, leg, peer, other, "guard", "the spanning-tree guard")


@pair_rule("MB15", Severity.ERROR)
def speed_duplex_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC, or the ports of one, have different speeds or duplex modes.

    Why: Between the switches it is a Type-1 difference, and within a port-channel the port is suspended. Where one
        side negotiates both may come to the same, so that is a warning. Of a port that contradicts what its
        port-channel says MB19 speaks.

    Bad:
        vpcs: {11: {speed: {sw-a: 10000, sw-b: 25000}}}

    Good:
        vpcs: {11: {speed: 10000}}

    Fix: Use ports of one speed, set in one way.

    Source: OUT1 [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        for field in ("speed", "duplex"):
            own, theirs = _set(switch, leg, field), _set(peer, other, field)
            if len(own) > 1 and getattr(leg, field) == _AUTO:
                message = f"ports of vPC {leg.vpc} differ in {field}: {', '.join(sorted(own))}"
                yield Hit(leg, field, message, severity=mild_where_shut(leg, other))
            elif len(own) == len(theirs) == 1 and own != theirs:
                yield from once(switch, peer, _apart(switch, leg, peer, other, field))


def _set(switch: Switch, leg: Port, field: str) -> set[str]:
    """The speeds, or duplex modes, that a leg's ports have; its own where it has no ports."""
    return {getattr(port, field) for port in members(switch, leg) or (leg,)}


def _apart(switch: Switch, leg: Port, peer: Switch, other: Port, field: str) -> Hit:
    """The finding that two legs differ, each with ports of one kind."""
    (own,), (theirs,) = _set(switch, leg, field), _set(peer, other, field)
    severity = Severity.WARNING if _AUTO in (own, theirs) else mild_where_shut(leg, other)
    message = f"the {field} of vPC {leg.vpc} is {side_by_side(switch, own, peer, theirs)}"
    return Hit(leg, field, message, severity=severity)


@pair_rule("MB16", Severity.ERROR)
def lacp_option_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC treat ports that hear no LACP differently.

    Why: Type-1 differences ("lacp suspend disable", "delayed-lacp"): the secondary's leg goes down. Without LACP on
        both switches the settings have no effect, and the rule is silent.

    Bad:
        vpcs: {11: {lacp_suspend_individual: {sw-a: true, sw-b: false}}}

    Good:
        vpcs: {11: {lacp_suspend_individual: true}}

    Fix: Use the same setting on both switches. The port-channel has to be shut for it.

    Source: OUT1, JP3 [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        if speaks_lacp(switch, leg) and speaks_lacp(peer, other):
            for field in ("lacp_suspend_individual", "lacp_suspend_individual_pxe", "lacp_mode_delay"):
                yield from _differing(switch, leg, peer, other, field, f"`{field}`")


@pair_rule("MB27", Severity.WARNING)
def bpduguard_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC differ in BPDU guard, BPDU filter, cost, port priority or link type.

    Why: They should be identical, since roles change. A guard that one switch has by its default is the same as one
        that the other has by a line.

    Bad:
        vpcs: {11: {stp_cost: {sw-a: 100, sw-b: 200}}}

    Good:
        vpcs: {11: {stp_cost: 200}}

    Fix: Use the same on both switches.

    Source: G106 [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        if leg.bpduguard != other.bpduguard and has_bpduguard(switch, leg) != has_bpduguard(peer, other):
            yield from _differing(switch, leg, peer, other, "bpduguard", "BPDU guard")
        yield from _differing(switch, leg, peer, other, "bpdufilter", "BPDU filter")
        yield from _differing(switch, leg, peer, other, "stp_cost", "the spanning-tree cost")
        yield from _differing(switch, leg, peer, other, "stp_port_priority", "the spanning-tree port priority")
        yield from _differing(switch, leg, peer, other, "stp_link_type", "the spanning-tree link type")


@pair_rule("MB30", Severity.WARNING)
def storm_control_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC limit flooded traffic differently.

    Why: Frames are dropped on one path and pass on the other.

    Bad:
        vpcs: {11: {storm_control: {broadcast: {sw-a: "1.00", sw-b: "2.00"}}}}

    Good:
        vpcs: {11: {storm_control: {broadcast: "1.00"}}}

    Fix: Use the same levels and action on both switches.

    Source: G106 list of what should be identical [likely]
    """
    for leg, other in leg_pairs(switch, peer):
        for kind in ("broadcast", "multicast", "unicast", "action"):
            own, theirs = getattr(leg.storm_control, kind), getattr(other.storm_control, kind)
            if own != theirs:
                message = f"storm control of vPC {leg.vpc}, {kind}, is {side_by_side(switch, own, peer, theirs)}"
                yield from once(switch, peer, Hit(leg, f"storm_control.{kind}", message))
