"""What rules ask of port-channels: their members, the two legs of a vPC, what spanning tree makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from mlagkit.finding import Severity
from mlagkit.part import asked_once
from mlagkit.switch import Port, Switch
from mlagkit.values import InterfaceName

TRUNK = "trunk"
ROUTED = "routed"
NORMAL = "normal"
EDGE = "edge"
NETWORK = "network"
STATIC = "on"
"""The channel mode that is no LACP."""


def members(switch: Switch, channel: Port) -> tuple[Port, ...]:
    """The ports of a port-channel."""
    return _members_of(switch).get(channel.name, ())


@asked_once
def _members_of(switch: Switch) -> Mapping[InterfaceName, tuple[Port, ...]]:
    """The ports of each port-channel by its name."""
    ports = switch.ports
    return {each.name: tuple(ports[name] for name in each.members if name in ports) for each in switch.port_channels}


def open_members(switch: Switch, channel: Port) -> tuple[Port, ...]:
    """The ports of a port-channel that are not shut."""
    return tuple(port for port in members(switch, channel) if not port.shutdown)


def is_shut(switch: Switch, channel: Port) -> bool:
    """Whether a port-channel is shut, or has ports and all of them are."""
    return channel.shutdown or (bool(channel.members) and not open_members(switch, channel))


def leads_to_fabric(switch: Switch, port: Port) -> bool:
    """Whether a port, or one of a port-channel, leads to the fabric that carries a virtual peer-link (VX10: VXG)."""
    return any(each.fabric for each in (port, *members(switch, port)))


def is_layer_in_doubt(switch: Switch, channel: Port) -> bool:
    """Whether a port-channel looks routed while its ports are switched.

    No switch runs that: it refuses such a port (N7K guide p.161). It is how a script looks that lets the first port
    make the port-channel, which then is Layer 2 as the port is.
    """
    return channel.mode == ROUTED and any(port.mode != ROUTED for port in members(switch, channel))


def channel_modes(switch: Switch, channel: Port) -> frozenset[str]:
    """How the ports of a port-channel form it: ``on``, ``active``, ``passive``; nothing where it has no ports."""
    return _modes_of(switch).get(channel.name, frozenset())


@asked_once
def _modes_of(switch: Switch) -> Mapping[InterfaceName, frozenset[str]]:
    """The same of each port-channel by its name."""
    return {name: frozenset(port.lacp for port in ports if port.lacp) for name, ports in _members_of(switch).items()}


def is_static(switch: Switch, channel: Port) -> bool:
    """Whether a port-channel has ports, and they form it without LACP."""
    return channel_modes(switch, channel) == {STATIC}


def speaks_lacp(switch: Switch, channel: Port) -> bool:
    """Whether a port-channel has ports that form it with LACP."""
    return bool(channel_modes(switch, channel) - {STATIC})


@asked_once
def vpc_legs(switch: Switch) -> Mapping[int, Port]:
    """The legs by vPC number, shut or not; without numbers that are used twice, of which MB02 speaks."""
    ports = {port.name: port.vpc for port in switch.port_channels if port.vpc is not None and not port.peer_link}
    times = Counter(ports.values())
    return {vpc: switch.ports[name] for name, vpc in ports.items() if times[vpc] == 1}


def leg_pairs(switch: Switch, peer: Switch) -> Iterator[tuple[Port, Port]]:
    """The two legs of every vPC that both switches have, of which neither is routed (MB18 speaks of that)."""
    theirs = vpc_legs(peer)
    for number, leg in vpc_legs(switch).items():
        other = theirs.get(number)
        if other is not None and ROUTED not in (leg.mode, other.mode):
            yield leg, other


def mild_where_shut(leg: Port, other: Port) -> Severity | None:
    """A warning where one of two legs is shut: what is wrong does harm only once it is opened."""
    return Severity.WARNING if leg.shutdown or other.shutdown else None


def port_type(switch: Switch, port: Port) -> str:
    """The spanning-tree type of a port: its own, else the one that the switch gives to all."""
    return switch.spanning_tree.port_type if port.port_type == NORMAL else port.port_type


def simulates_pvst(switch: Switch, port: Port) -> bool:
    """Whether a port talks to PVST neighbours from MST: by its own line, or as the switch has it for all."""
    by_default = switch.spanning_tree.simulate_pvst
    return by_default if port.mst_simulate_pvst == "default" else port.mst_simulate_pvst == "enable"


def has_bpduguard(switch: Switch, port: Port) -> bool:
    """Whether BPDU guard works on a port: by its own line, or on an edge port by the default of the switch."""
    by_default = switch.spanning_tree.bpduguard and port_type(switch, port).startswith(EDGE)
    return port.bpduguard == "enable" or (port.bpduguard == "default" and by_default)
