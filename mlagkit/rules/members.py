"""The ports of port-channels: whether they fit into it, and whether it has enough and not too many."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import most_ports
from mlagkit.rules.rule import Hit, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.channels import (
    STATIC,
    TRUNK,
    channel_modes,
    is_layer_in_doubt,
    members,
    open_members,
    speaks_lacp,
    vpc_legs,
)
from mlagkit.values import VlanSet

_NAMES = {
    "mode": "mode",
    "vlan": "access VLAN",
    "native_vlan": "native VLAN",
    "vlans": "VLANs",
    "mtu": "MTU",
    "speed": "speed",
    "duplex": "duplex",
}
"""What a port must have in common with its port-channel (N7K guide p.161), as messages name it.

Spanning tree is not among it: the port-channel's settings replace the port's (same page).
"""

_OF_ALL = ("mtu", "speed", "duplex")


@switch_rule("PL21", Severity.ERROR)
def peer_link_member_drift(switch: Switch) -> Iterator[Hit]:
    """A port of the peer-link has a setting that contradicts the port-channel.

    Why: The port is suspended, and the peer-link is left with the others.

    Bad config:
        interface Ethernet1/53
          switchport trunk allowed vlan 10

    Good config:
        interface Ethernet1/53
          switchport trunk allowed vlan 10,20

    Fix: Take the line from the port: it has what the port-channel has.

    Source: N7K guide p.161 [certain]
    """
    link = switch.peer_link
    if link is not None:
        for port in members(switch, link):
            yield from _contradictions(switch, link, port)


def _contradictions(switch: Switch, channel: Port, port: Port) -> Iterator[Hit]:
    """The findings that a port is not as its port-channel is; other modes have nothing else to compare."""
    if is_layer_in_doubt(switch, channel):
        return
    fields = _compared(channel) if port.mode == channel.mode else ("mode",)
    for field in fields:
        own, wanted = getattr(port, field), getattr(channel, field)
        if own != wanted:
            what = f"the {_NAMES[field]} of {port.name}"
            told = f"are {_text(own)}, not those" if field == "vlans" else f"is {_text(own)}, not that"
            message = f"{what} {told} of {channel.name}"
            yield Hit(port, field, message, fix=_text(wanted))
    if port.lacp == STATIC and speaks_lacp(switch, channel):
        yield Hit(port, "lacp", f"{port.name} is in {channel.name} without LACP, others are with it")


def _compared(channel: Port) -> tuple[str, ...]:
    """What a port has to have as its port-channel; a port-channel that says no speed takes that of its ports."""
    vlans = ("native_vlan", "vlans") if channel.mode == TRUNK else ("vlan",)
    return (*vlans, *(field for field in _OF_ALL if getattr(channel, field) != "auto"))


def _text(value: object) -> str:
    return "none" if value == VlanSet() else str(value)


@switch_rule("MB19", Severity.ERROR)
def member_drift(switch: Switch) -> Iterator[Hit]:
    """A port of a leg has a setting that contradicts the port-channel.

    Why: The port is suspended, and what is attached hangs on the others.

    Bad:
        vpcs: {11: {members: {Ethernet1/1: {lacp: active}, Ethernet1/3: {lacp: on}}}}

    Good:
        vpcs: {11: {members: {Ethernet1/1: {lacp: active}, Ethernet1/3: {lacp: active}}}}

    Fix: Take the line from the port: it has what the port-channel has.

    Source: N7K guide p.161, ANN [certain]
    """
    for leg in vpc_legs(switch).values():
        for port in members(switch, leg):
            yield from _contradictions(switch, leg, port)


@switch_rule("MB20", Severity.ERROR)
def min_links_too_high(switch: Switch) -> Iterator[Hit]:
    """A leg wants more links than it has.

    Why: Only ports of the same switch count, so the leg never comes up. Where it wants as many as it has (a warning)
        it goes down with the first lost link.

    Bad:
        vpcs: {11: {lacp_min_links: 2}}

    Good:
        vpcs: {11: {lacp_min_links: 1}}

    Fix: Want fewer links, or add ports.

    Source: NU, K [certain]
    """
    for number, leg in vpc_legs(switch).items():
        links, wanted = len(open_members(switch, leg)), leg.lacp_min_links
        if 1 < wanted >= links > 0 and not leg.shutdown and speaks_lacp(switch, leg):
            severity = Severity.WARNING if wanted == links else None
            message = f"vPC {number} wants {wanted} links and has {links}"
            yield Hit(leg, "lacp_min_links", message, severity=severity)


@switch_rule("MB21", Severity.WARNING)
def too_many_members(switch: Switch) -> Iterator[Hit]:
    """A leg has more ports than a port-channel takes.

    Why: The port-channel refuses the rest. The limit depends on the model: with LACP 32 and 8 in reserve on N9K, 16 on
        N5K and N7K; without LACP 32 on N9K and 8 on N7K.

    Bad:
        model: N5K-C5596UP
        release: "7.3(7)N1(1)"
        vpcs: {11: {mtu: 1500, members: [Ethernet1/3-19]}, 12: {mtu: 1500}}

    Good:
        model: N5K-C5596UP
        release: "7.3(7)N1(1)"
        vpcs: {11: {mtu: 1500, members: [Ethernet1/3-18]}, 12: {mtu: 1500}}

    Fix: Take ports away.

    Source: G106, N7K guide p.168 [varies by platform]
    """
    for number, leg in vpc_legs(switch).items():
        most = most_ports(switch.model, switch.release, lacp=speaks_lacp(switch, leg))
        links = len(open_members(switch, leg))
        if most is not None and links > most:
            message = f"vPC {number} has {links} ports, a port-channel takes {most}"
            yield Hit(leg, "members", message)


@switch_rule("MB33", Severity.WARNING)
def lacp_rate_mixed(switch: Switch) -> Iterator[Hit]:
    """The ports of a leg ask for LACP at different rates.

    Why: A silent link is noticed after 3 seconds or after 90, depending on the port.

    Bad:
        vpcs: {11: {members: {Ethernet1/1: {lacp_rate: fast}, Ethernet1/3: {lacp_rate: normal}}}}

    Good:
        vpcs: {11: {members: {Ethernet1/1: {lacp_rate: fast}, Ethernet1/3: {lacp_rate: fast}}}}

    Fix: Set one rate for the port-channel.

    Source: K [likely]
    """
    for number, leg in vpc_legs(switch).items():
        rates = {port.lacp_rate for port in members(switch, leg)}
        if len(rates) > 1 and STATIC not in channel_modes(switch, leg):
            message = f"ports of vPC {number} ask for LACP at the rates {', '.join(sorted(rates))}"
            yield Hit(leg, "lacp_rate", message)
