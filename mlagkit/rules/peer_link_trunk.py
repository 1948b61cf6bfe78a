"""The peer-link as a trunk: its VLANs, its spanning tree, its MTU, what would hold traffic back on it."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.rules.differences import of_both, once, one_sided, side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, StormControl, Switch
from mlagkit.topology.carried import carried, carried_by, existing, names_vlans, on_legs
from mlagkit.topology.channels import EDGE, NETWORK, TRUNK, members, port_type, vpc_legs
from mlagkit.values import ALL_VLANS, VlanSet

_FRAME = 1500
"""The MTU of a port without a line."""


def _trunk(switch: Switch) -> Port | None:
    """The peer-link where it is a trunk that is not shut; PL03 and PL04 speak of others."""
    link = switch.peer_link
    return link if link and link.mode == TRUNK and not link.shutdown else None


@switch_rule("PL10", Severity.WARNING)
def peer_link_stp_type(switch: Switch) -> Iterator[Hit]:
    """The peer-link is no spanning-tree port of type network.

    Why: NX-OS sets the type itself, so somebody changed it, and there is no Bridge Assurance. An edge port is an error.

    Bad:
        peer_link: {port_type: normal}

    Good:
        peer_link: {port_type: network}

    Fix: Set the type to network.

    Source: G106 [certain]
    """
    link = _trunk(switch)
    if link and (found := port_type(switch, link)) != NETWORK:
        severity = Severity.ERROR if link.port_type.startswith(EDGE) else None
        message = f"the peer-link {link.name} is of spanning-tree type {found}"
        yield Hit(link, "port_type", message, fix=NETWORK, severity=severity)


@pair_rule("PL11", Severity.ERROR)
def peer_link_vlan_subset(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A leg carries VLANs that the peer-link does not.

    Why: The VLANs are suspended on all vPCs. Only VLANs that the switch has count. VLAN 1 is on every trunk whose list
        nobody wrote; where it is lacking for such legs alone it is a warning. Of a VLAN that one end of the peer-link
        has speaks PL12.

    Bad:
        peer_link: {vlans: 10}

    Good:
        peer_link: {vlans: [10, 20]}

    Fix: Allow them on the peer-link of both switches, before any leg.

    Source: G106, ids 70490203513 and 30598270160 [certain]
    """
    link = _trunk(switch)
    if link is None:
        return
    wanted = VlanSet(existing(switch, on_legs(switch)) - link.vlans - _at_one_end(switch, peer))
    if wanted:
        message = f"the peer-link lacks VLANs {wanted}, which legs of vPCs carry"
        named = carried_by(leg for leg in vpc_legs(switch).values() if names_vlans(leg))
        severity = Severity.WARNING if wanted <= {1} - named else None
        yield Hit(link, "vlans", message, fix=str(VlanSet(link.vlans | wanted)), severity=severity)


def _at_one_end(switch: Switch, peer: Switch) -> VlanSet:
    """The VLANs of both switches that only one end of the peer-link carries."""
    link, other = _trunk(switch), _trunk(peer)
    return of_both(switch, peer, link.vlans ^ other.vlans) if link and other else VlanSet()


@pair_rule("PL12", Severity.ERROR)
def peer_link_vlan_asymmetric(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two ends of the peer-link carry different VLANs.

    Why: A VLAN that one end lacks is suspended. Only VLANs that both switches have count.

    Bad:
        peer_link: {vlans: {sw-a: [10, 20], sw-b: 10}}

    Good:
        peer_link: {vlans: [10, 20]}

    Fix: Allow the same VLANs at both ends.

    Source: G106 [certain]
    """
    link, other = _trunk(switch), _trunk(peer)
    if link and other and (differing := _at_one_end(switch, peer)):
        own, theirs = VlanSet(link.vlans & differing), VlanSet(other.vlans & differing)
        message = f"the peer-link carries VLANs {one_sided(switch, own, peer, theirs)}"
        yield from once(switch, peer, Hit(link, "vlans", message, fix=str(VlanSet(link.vlans | other.vlans))))


@pair_rule("PL13", Severity.WARNING)
def peer_link_native_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two ends of the peer-link have different native VLANs.

    Why: Untagged frames change their VLAN, and spanning tree blocks the VLANs that it finds inconsistent.

    Bad:
        peer_link: {native_vlan: {sw-a: 10, sw-b: 20}}

    Good:
        peer_link: {native_vlan: 10}

    Fix: Give both ends the same native VLAN.

    Source: K [likely]
    """
    link, other = _trunk(switch), _trunk(peer)
    if link and other and link.native_vlan != other.native_vlan:
        words = side_by_side(switch, link.native_vlan, peer, other.native_vlan)
        yield from once(switch, peer, Hit(link, "native_vlan", f"the native VLAN of the peer-link is {words}"))


@switch_rule("PL14", Severity.WARNING)
def peer_link_stp_features(switch: Switch) -> Iterator[Hit]:
    """The peer-link has a spanning-tree guard or filter.

    Why: A BPDU guard shuts the peer-link, a filter blinds it (errors both); root guard and loop guard can block it.
        Cisco wants no such enhancement there.

    Bad:
        peer_link: {guard: root}

    Good:
        peer_link: {guard: none}

    Fix: Take the setting away.

    Source: G106 [certain]
    """
    link = switch.peer_link
    if link is None:
        return
    for field, found, harmless in (
        ("bpduguard", link.bpduguard, ("default", "disable")),
        ("bpdufilter", link.bpdufilter, ("default", "disable")),
        ("guard", link.guard, ("none",)),
    ):
        if found not in harmless:
            severity = None if field == "guard" else Severity.ERROR
            message = f"the peer-link {link.name} has the spanning-tree setting {field}: {found}"
            yield Hit(link, field, message, severity=severity)


@switch_rule("PL15", Severity.WARNING)
def peer_link_storm_control(switch: Switch) -> Iterator[Hit]:
    """Storm control limits the peer-link.

    Why: The peer-link carries what is flooded between the switches. What storm control drops there is missed by hosts
        nobody would look at, and with `action: shutdown` it takes the whole peer-link.

    Bad:
        peer_link: {storm_control: {broadcast: "1.00"}}

    Good:
        peer_link: {storm_control: {broadcast: "100.00"}}

    Fix: Limit the ports of hosts instead.

    Source: K [likely]
    """
    link = switch.peer_link
    limited = [port for port in (link, *members(switch, link)) if _is_limited(port.storm_control)] if link else []
    for port in limited[:1]:
        yield Hit(port, "storm_control", f"storm control limits {port.name}, which is in the peer-link")


def _is_limited(storm: StormControl) -> bool:
    return any(float(level) < 100 for level in (storm.broadcast, storm.multicast, storm.unicast))


@pair_rule("PL16", Severity.WARNING)
def peer_link_mtu(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The MTU of the peer-link differs between its ends, or is smaller than that of a leg.

    Why: Without a line it is 9216. A smaller one drops large frames once they have to cross the peer-link.

    Bad:
        peer_link: {mtu: 1500}

    Good:
        peer_link: {mtu: 9216}

    Fix: Take the setting away at both ends.

    Source: G106 [certain]
    """
    link, other = _trunk(switch), _trunk(peer)
    largest = max((leg.mtu for leg in vpc_legs(switch).values() if not leg.shutdown), default=_FRAME)
    if link is None:
        return
    if other and link.mtu != other.mtu:
        message = f"the MTU of the peer-link is {side_by_side(switch, link.mtu, peer, other.mtu)}"
        yield from once(switch, peer, Hit(link, "mtu", message))
    elif link.mtu < largest:
        message = f"the MTU of the peer-link is {link.mtu}, a leg of a vPC has {largest}"
        yield Hit(link, "mtu", message, fix=str(switch.jumbo_mtu))


@switch_rule("PL17", Severity.WARNING)
def peer_link_min_links(switch: Switch) -> Iterator[Hit]:
    """The peer-link goes down before its last port does.

    Why: With a least number of links above one, the loss of a single link takes all vPCs of the secondary.

    Bad:
        peer_link: {lacp_min_links: 2}

    Good:
        peer_link: {lacp_min_links: 1}

    Fix: Take the setting away.

    Source: K [likely]
    """
    link = switch.peer_link
    if link and link.lacp_min_links > 1:
        message = f"the peer-link {link.name} goes down with fewer than {link.lacp_min_links} links"
        yield Hit(link, "lacp_min_links", message, fix="1")


@switch_rule("PL19", Severity.INFO)
def peer_link_allowed_all(switch: Switch) -> Iterator[Hit]:
    """The peer-link carries every VLAN.

    Why: Every VLAN of the switch becomes a VLAN of the vPCs, also one for a single routed link.

    Bad:
        peer_link: {vlans: all}

    Good:
        peer_link: {vlans: [10, 20]}

    Fix: List the VLANs, the same ones at both ends.

    Source: K [likely]
    """
    link = _trunk(switch)
    if link and link.vlans == ALL_VLANS:
        message = f"the peer-link {link.name} carries every VLAN"
        yield Hit(link, "vlans", message, fix=str(existing(switch, carried(link))))
