"""vPC legs: whether both switches have them, and whether they are what a leg has to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.orphan import suspended_by
from mlagkit.rules.differences import once, side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached
from mlagkit.topology.channels import (
    ROUTED,
    is_layer_in_doubt,
    is_shut,
    is_static,
    leg_pairs,
    members,
    mild_where_shut,
    speaks_lacp,
    vpc_legs,
)

_EXTENDER = "fex-fabric"
"""The mode of a leg to a fabric extender, which is bundled without LACP (K, unproven)."""


@pair_rule("MB01", Severity.ERROR)
def vpc_missing_on_peer(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A vPC has a leg on one switch only.

    Why: The VLANs of the lone leg are suspended, or it never comes up. A leg that is shut is a warning.

    Bad:
        vpcs:
          13:
            sw-a: {mode: access, vlan: 20, lacp: active, port_type: edge, mtu: 9216, members: [Ethernet1/3]}

    Good:
        vpcs:
          13:
            mode: access
            vlan: 20
            lacp: active
            port_type: edge
            mtu: 9216
            members: [Ethernet1/3]

    Fix: Give the other switch its leg, or make this one an orphan port.

    Source: G106 [certain]
    """
    theirs = {port.vpc for port in peer.port_channels}
    for number, leg in vpc_legs(switch).items():
        if number not in theirs:
            message = f"vPC {number} is on {switch.name}, but not on {peer.name}"
            yield Hit(leg, "", message, severity=Severity.WARNING if leg.shutdown else None)


@switch_rule("MB02", Severity.ERROR)
def vpc_id_reused(switch: Switch) -> Iterator[Hit]:
    """Two port-channels of a switch are legs of one vPC.

    Why: NX-OS refuses the second one.

    Bad config:
        interface port-channel111
          switchport mode trunk
          switchport trunk allowed vlan 10,20
          spanning-tree port type edge trunk
          mtu 9216
          vpc 11
        interface Ethernet1/3
          channel-group 111 mode active

    Good config:
        interface port-channel11
          vpc 11

    Fix: Give each its own number, the one that the other switch uses for the same device.

    Source: ANS [certain]
    """
    legs = [port for port in switch.port_channels if port.vpc is not None]
    times = Counter(port.vpc for port in legs)
    for port in legs:
        if times[port.vpc] > 1:
            yield Hit(port, "", f"{port.name} is one of {times[port.vpc]} legs of vPC {port.vpc}")


@pair_rule("MB03", Severity.INFO)
def vpc_po_number_differs(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A vPC has port-channels of different numbers, or of another number than its own.

    Why: It works, and who types a command on the wrong port-channel cuts off another host.

    Bad:
        vpcs: {11: {port_channel: {sw-a: 11, sw-b: 111}}}

    Good:
        vpcs: {11: {port_channel: 11}}

    Fix: Use the number of the vPC for the port-channel on both switches, at the next occasion.

    Source: G106 [certain]
    """
    theirs = vpc_legs(peer)
    for number, leg in vpc_legs(switch).items():
        other = theirs.get(number)
        if other and other.name != leg.name:
            message = f"vPC {number} is {side_by_side(switch, leg.name, peer, other.name)}"
        elif leg.name.number != str(number):
            message = f"vPC {number} is {leg.name} on both switches" if other else f"vPC {number} is {leg.name}"
        else:
            continue
        yield from once(switch, peer, Hit(leg, "port_channel", message))


@pair_rule("MB05", Severity.ERROR)
def channel_mode_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A vPC uses LACP on one switch and not on the other.

    Why: Both legs must look like one port-channel to what is attached (Type-1 "mode"): the secondary suspends its leg.
        Active on one switch and passive on the other is allowed.

    Bad:
        vpcs: {11: {lacp: {sw-a: active, sw-b: on}}}
        hosts:

    Good:
        vpcs: {11: {lacp: {sw-a: active, sw-b: passive}}}

    Fix: Use the same on both switches: LACP wherever the host speaks it.

    Source: G106 [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        sides = (switch, leg), (peer, other)
        if _static_on_one_side(*sides[0], *sides[1]):
            own, theirs = ("no LACP" if is_static(*side) else "LACP" for side in sides)
            message = f"vPC {leg.vpc} uses {side_by_side(switch, own, peer, theirs)}"
            yield from once(switch, peer, Hit(leg, "lacp", message, severity=mild_where_shut(leg, other)))


def _static_on_one_side(switch: Switch, leg: Port, peer: Switch, other: Port) -> bool:
    """Whether one leg is static and the other speaks LACP."""
    return (is_static(switch, leg) and speaks_lacp(peer, other)) or (
        is_static(peer, other) and speaks_lacp(switch, leg)
    )


@pair_rule("MB06", Severity.WARNING)
def channel_mode_on(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A vPC does without LACP.

    Why: Nothing notices a cable to the wrong host, or a link that works one way. Behind a host whose bond is static
        by its nature (`balance-xor`, `balance-rr`, `broadcast`) the rule is silent. Of a host with another bond HO01
        speaks, and MB05 where only one switch does without LACP. That a fabric extender is bundled without LACP is
        own knowledge, which no text that was read proves; a leg to one (`fex-fabric`) is not looked at.

    Bad:
        vpcs: {11: {host: , lacp: on}}

    Good:
        vpcs: {11: {lacp: active}}

    Fix: Use LACP on both switches and on the host.

    Source: G106 [certain]
    """
    theirs = vpc_legs(peer)
    for number, leg in vpc_legs(switch).items():
        other = theirs.get(number)
        is_of_both = is_static(switch, leg) and not (other and speaks_lacp(peer, other))
        if not is_of_both or leg.shutdown or leg.mode == _EXTENDER:
            continue
        host = switch.hosts.get(attached(switch, leg) or "")
        if host is None or host.bond is None:
            yield Hit(leg, "lacp", f"vPC {number} does without LACP")


@switch_rule("MB17", Severity.ERROR)
def vpc_no_members(switch: Switch) -> Iterator[Hit]:
    """A leg has no ports.

    Why: It never comes up. One that is shut is somebody's preparation and not looked at.

    Bad:
        vpcs: {11: {members: }}

    Good:
        vpcs: {11: {members: [Ethernet1/1]}}

    Fix: Give it its ports, or shut it until they are there.

    Source: K [certain]
    """
    for number, leg in vpc_legs(switch).items():
        if not members(switch, leg) and not leg.shutdown:
            yield Hit(leg, "members", f"{leg.name}, a leg of vPC {number}, has no ports")


@switch_rule("MB18", Severity.ERROR)
def vpc_not_l2(switch: Switch) -> Iterator[Hit]:
    """A leg is routed.

    Why: Only a Layer 2 port-channel can be a leg.

    Bad config:
        interface port-channel11
          no switchport

    Good config:
        interface port-channel11
          switchport mode trunk

    Fix: Make it Layer 2, or take it out of the vPC and route on both switches.

    Source: G106 [certain]
    """
    for number, leg in vpc_legs(switch).items():
        if leg.mode == ROUTED and not is_layer_in_doubt(switch, leg):
            yield Hit(leg, "mode", f"{leg.name}, a leg of vPC {number}, is routed")


@pair_rule("MB28", Severity.WARNING)
def leg_shutdown_one_side(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A vPC is shut on one switch only.

    Why: What is attached hangs on a single switch.

    Bad:
        vpcs: {11: {shutdown: {sw-a: true, sw-b: false}}}

    Good:
        vpcs: {11: {shutdown: false}}

    Fix: Open it when the work is done, or shut both.

    Source: K [certain]
    """
    for leg, other in leg_pairs(switch, peer):
        if is_shut(switch, leg) and not is_shut(peer, other):
            yield Hit(leg, "shutdown", f"vPC {leg.vpc} is shut on {switch.name} and open on {peer.name}")


@switch_rule("MB32", Severity.ERROR)
def orphan_suspend_on_vpc(switch: Switch) -> Iterator[Hit]:
    """A leg, or a port of one, is to be suspended like an orphan port.

    Why: NX-OS refuses it: a leg is suspended with its vPC already.

    Bad config:
        interface port-channel11
          vpc orphan-port suspend

    Good config:
        interface Ethernet1/40
          switchport access vlan 10
          spanning-tree port type edge
          vpc orphan-port suspend

    Fix: Take the setting away.

    Source: G106, ANS2 [certain]
    """
    for number, leg in vpc_legs(switch).items():
        for port in (leg, *members(switch, leg)):
            if field := suspended_by(port):
                yield Hit(port, field, f"{port.name} belongs to vPC {number} and is to be suspended as an orphan")
