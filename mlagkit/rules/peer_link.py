"""The peer-link: whether there is one, of which ports, and what they say to each other."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.orphan import suspended_by
from mlagkit.rules.differences import once, side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.channels import (
    ROUTED,
    STATIC,
    TRUNK,
    channel_modes,
    is_layer_in_doubt,
    is_static,
    members,
    open_members,
    speaks_lacp,
    vpc_legs,
)
from mlagkit.values import InterfaceName

_LEAST_SPEED = 10_000


@switch_rule("PL01", Severity.ERROR)
def peer_link_missing(switch: Switch) -> Iterator[Hit]:
    """A switch with a vPC domain has no peer-link.

    Why: Without a peer-link, or a virtual one, no vPC comes up.

    Bad:
        peer_link:

    Good:
        peer_link: {port_channel: 1, lacp: active, members: [Ethernet1/53, Ethernet1/54]}

    Fix: Make a port-channel of at least two ports between the switches the peer-link.

    Source: G106 [certain]
    """
    if switch.domain and switch.peer_link is None and switch.domain.virtual_peer_link is None:
        yield Hit(switch.domain, "", "there is a vPC domain and no peer-link")


@switch_rule("PL02", Severity.ERROR)
def peer_link_multiple(switch: Switch) -> Iterator[Hit]:
    """More than one port-channel is the peer-link, or it is something else besides.

    Why: A switch has one peer-link, which is no leg of a vPC and no orphan port.

    Bad config:
        interface port-channel2
          switchport mode trunk
          switchport trunk allowed vlan 10,20
          spanning-tree port type network
          vpc peer-link

    Good config:
        interface port-channel1
          vpc peer-link

    Fix: Take the line from all port-channels but the one between the switches, and from that one whatever makes a leg
        or an orphan of it.

    Source: G106, ANS [certain]
    """
    found = [port for port in switch.ports.values() if port.peer_link]
    for port in found[1:]:
        yield Hit(port, "", f"{port.name} is a peer-link besides {found[0].name}")
    for port in found:
        if port.vpc is not None:
            yield Hit(port, "", f"{port.name} is the peer-link and a leg of vPC {port.vpc}")
        for each in (port, *members(switch, port)):
            if field := suspended_by(each):
                yield Hit(each, field, f"{each.name} belongs to the peer-link and is to be suspended as an orphan")


@switch_rule("PL03", Severity.ERROR)
def peer_link_not_l2_trunk(switch: Switch) -> Iterator[Hit]:
    """The peer-link is no Layer 2 trunk.

    Why: It has to carry every VLAN of every vPC, so NX-OS takes only a trunk for it. With FabricPath (vPC+) it is of a
        mode that is not read, and nothing is said.

    Bad:
        peer_link: {mode: access}

    Good:
        peer_link: {mode: trunk}

    Fix: Make it a trunk.

    Source: G106 [certain]
    """
    link = switch.peer_link
    if switch.domain and switch.domain.fabricpath_switch_id is not None:
        return
    if link and link.mode != TRUNK and not is_layer_in_doubt(switch, link):
        yield Hit(link, "mode", f"the peer-link {link.name} is {link.mode}, no trunk", fix=TRUNK)


@switch_rule("PL04", Severity.ERROR)
def peer_link_no_members(switch: Switch) -> Iterator[Hit]:
    """The peer-link has no port that could come up.

    Why: Without a port, or with all of them shut, the peer-link is down. A virtual peer-link needs none, and of a
        routed one PL03 speaks.

    Bad:
        peer_link: {members: }

    Good:
        peer_link: {members: [Ethernet1/53, Ethernet1/54]}

    Fix: Give it two ports that are not shut.

    Source: K [certain]
    """
    link = _of_ports(switch)
    if link and link.shutdown:
        yield Hit(link, "shutdown", f"the peer-link {link.name} is shut")
    elif link and link.mode != ROUTED and not open_members(switch, link):
        state = "all ports shut" if link.members else "no ports"
        yield Hit(link, "members", f"the peer-link {link.name} has {state}")


def _of_ports(switch: Switch) -> Port | None:
    """The peer-link, unless it is a virtual one that goes through the fabric."""
    return None if switch.domain and switch.domain.virtual_peer_link else switch.peer_link


@switch_rule("PL05", Severity.WARNING)
def peer_link_single_member(switch: Switch) -> Iterator[Hit]:
    """The peer-link has a single port.

    Why: One broken optic, and the secondary loses all its vPCs.

    Bad:
        peer_link: {members: [Ethernet1/53]}

    Good:
        peer_link: {members: [Ethernet1/53, Ethernet1/54]}

    Fix: Add a second port, on another line card where there are any.

    Source: G106 [certain]
    """
    link = _of_ports(switch)
    if link and not link.shutdown and len(open_members(switch, link)) == 1:
        yield Hit(link, "members", f"the peer-link {link.name} has one port that is not shut")


@switch_rule("PL07", Severity.ERROR)
def peer_link_slow(switch: Switch) -> Iterator[Hit]:
    """A port of the peer-link is slower than 10 Gbit/s.

    Why: Slower ports are not supported. What negotiates its speed is not looked at.

    Bad:
        peer_link: {speed: 1000}

    Good:
        peer_link: {speed: 10000}

    Fix: Take faster ports.

    Source: G106 [certain]
    """
    link = _of_ports(switch)
    if link is None:
        return
    if _is_slow(link):
        yield Hit(link, "speed", f"the peer-link {link.name} runs at {link.speed} Mbit/s")
        return
    for port in filter(_is_slow, members(switch, link)):
        yield Hit(port, "speed", f"{port.name} of the peer-link runs at {port.speed} Mbit/s")


def _is_slow(port: Port) -> bool:
    return port.speed.isdecimal() and int(port.speed) < _LEAST_SPEED


@pair_rule("PL08", Severity.WARNING)
def peer_link_no_lacp(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The ports of the peer-link are bundled without LACP.

    Why: Nothing notices a cable that leads elsewhere, or a link that works one way. PL09 speaks of it where the other
        switch uses LACP.

    Bad:
        peer_link: {lacp: on}

    Good:
        peer_link: {lacp: active}

    Fix: Use LACP, active on both switches.

    Source: G106 [certain]
    """
    link, other = _of_ports(switch), _of_ports(peer)
    if link and is_static(switch, link) and not (other and speaks_lacp(peer, other)):
        yield Hit(link, "lacp", f"the peer-link {link.name} does without LACP", fix="active")


@pair_rule("PL09", Severity.ERROR)
def peer_link_mode_clash(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two ends of the peer-link can't bundle their ports.

    Why: LACP at one end only, or passive at both: the port-channel does not form.

    Bad:
        peer_link: {lacp: passive}

    Good:
        peer_link: {lacp: {sw-a: active, sw-b: passive}}

    Fix: Use LACP, active on both switches.

    Source: G106 [certain]
    """
    link, other = _of_ports(switch), _of_ports(peer)
    if link is None or other is None:
        return
    own, theirs = channel_modes(switch, link), channel_modes(peer, other)
    if own and theirs and _clash(own, theirs):
        words = side_by_side(switch, "/".join(sorted(own)), peer, "/".join(sorted(theirs)))
        message = f"the ends of the peer-link can't form a channel: {words}"
        yield from once(switch, peer, Hit(link, "lacp", message, fix="active"))


def _clash(own: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one end is static and the other is not, or nobody begins."""
    return (own == {STATIC}) != (theirs == {STATIC}) or own == theirs == {"passive"}


@switch_rule("PL18", Severity.WARNING)
def peer_link_capacity(switch: Switch) -> Iterator[Hit]:
    """The peer-link is slower than a single leg.

    Why: When the leg on the other switch fails, its traffic crosses the peer-link. Only ports with a speed in the
        configuration can be added up, so the rule is silent where one negotiates; it knows of no traffic, and so
        says nothing of orphan ports.

    Bad:
        peer_link: {speed: 10000}
        vpcs: {11: {speed: 100000}}

    Good:
        peer_link: {speed: 100000}
        vpcs: {11: {speed: 100000}}

    Fix: Give the peer-link more or faster ports.

    Source: G106 "multiple high-bandwidth" [likely]
    """
    link = _of_ports(switch)
    capacity = _bandwidth(switch, link) if link else None
    if link is None or capacity is None:
        return
    for number, leg in vpc_legs(switch).items():
        needed = _bandwidth(switch, leg) or 0
        if needed > capacity and not leg.shutdown:
            message = f"the peer-link has {capacity} Mbit/s, a leg of vPC {number} has {needed}"
            yield Hit(link, "members", message)
            return


def _bandwidth(switch: Switch, channel: Port) -> int | None:
    """What the ports of a port-channel carry together in Mbit/s; None where the speed of one is not said."""
    speeds = [port.speed for port in open_members(switch, channel)]
    return sum(map(int, speeds)) if speeds and all(speed.isdecimal() for speed in speeds) else None


@pair_rule("PL20", Severity.ERROR)
def peer_link_member_cabling(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The cabling says that a port of the peer-link leads elsewhere.

    Why: The port does not join, or makes a loop. The rule needs the `cabling` of the pair file.

    Needs: `cabling` in a pair file; running-configs do not tell of it.

    Bad:
        cabling: {sw-a: {Ethernet1/53: sw-b Ethernet1/53, Ethernet1/54: spine-1 Ethernet1/1}}

    Good:
        cabling: {sw-a: {Ethernet1/53: sw-b Ethernet1/53, Ethernet1/54: sw-b Ethernet1/54}}

    Fix: Move the cable, or mend the cabling in the pair file.

    Source: G106 [certain]
    """
    link = _of_ports(switch)
    if link is None:
        return
    for name in link.members:
        device, _, port = switch.cabling.get(name, "").partition(" ")
        message = f"{name} of {switch.name} is in the peer-link, but leads to {device} {port}".rstrip()
        if device and (not _is_named(device, peer) or not _is_in_peer_link(port, peer)):
            yield Hit(link, "members", message)


def _is_named(device: str, switch: Switch) -> bool:
    """Whether a device of the cabling is the switch, with a domain behind the name or without."""
    return device.casefold() == switch.name.casefold() or device.casefold().startswith(f"{switch.name.casefold()}.")


def _is_in_peer_link(text: str, switch: Switch) -> bool:
    """Whether a port of the cabling is one of the peer-link; a text that names no port is not judged."""
    link = switch.peer_link
    try:
        return not text or link is None or InterfaceName.parse(text) in link.members
    except ValueError:
        return True
