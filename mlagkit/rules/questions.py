"""What several rules ask of a switch: which VLANs its ports carry, what is attached where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_interface

from mlagkit.switch import Port, Switch
from mlagkit.values import ALL_VLANS, VlanSet

_SWITCHED = ("access", "trunk", "dot1q-tunnel")


def allowed(port: Port) -> VlanSet:
    """The VLANs that a port carries or would carry if it were not shut: none where it is routed."""
    if port.mode not in _SWITCHED:
        return VlanSet()
    return port.vlans if port.mode == "trunk" else VlanSet((port.vlan,))


def carried(port: Port) -> VlanSet:
    """The VLANs that a port carries: none where it is shut or routed."""
    return VlanSet() if port.shutdown else allowed(port)


def lists_vlans(port: Port) -> bool:
    """Whether somebody said which VLANs a trunk carries, and not all of them."""
    return port.mode == "trunk" and port.vlans != ALL_VLANS


def existing(switch: Switch, vlans: frozenset[int]) -> VlanSet:
    """Those of the VLANs that the switch has."""
    return VlanSet(vlans & switch.vlans.keys())


def legs(switch: Switch) -> Mapping[int, Port]:
    """The vPC legs that are not shut, by vPC number."""
    return {number: port for number, port in switch.vpcs.items() if not port.shutdown}


def common_legs(switch: Switch, peer: Switch) -> Mapping[int, Port]:
    """The legs whose vPC the peer has, too."""
    theirs = legs(peer)
    return {number: port for number, port in legs(switch).items() if number in theirs}


def orphans(switch: Switch) -> tuple[Port, ...]:
    """The switched ports and port-channels that are up and belong to no vPC, no peer-link and no port-channel."""
    return tuple(
        port
        for port in switch.ports.values()
        if port.vpc is None and port.channel is None and not port.peer_link and carried(port)
    )


def carried_by(ports: Iterable[Port]) -> VlanSet:
    """The VLANs of all these ports together."""
    return VlanSet(frozenset().union(*(carried(port) for port in ports)))


def vpc_vlans(switch: Switch) -> VlanSet:
    """The VLANs of the switch that the peer-link carries; whatever is on it is a vPC VLAN (reference 1)."""
    return existing(switch, carried(switch.peer_link)) if switch.peer_link else VlanSet()


def attached(switch: Switch, port: Port) -> str | None:
    """The host behind a port as far as the pair file tells: by its name there, or by where its cables lead."""
    if port.host:
        return port.host
    device = far_end(switch, port)
    return device if device in switch.hosts else None


def far_end(switch: Switch, port: Port) -> str | None:
    """The device at the other end of a port, or of a member of a port-channel; None where no cabling tells."""
    ends = (switch.cabling.get(name) for name in (port.name, *port.members))
    return next((end.split()[0] for end in ends if end), None)


def is_of_two(address: str | None) -> bool:
    """Whether an address is in a network of two, as ends of a routed link have."""
    return address is not None and ip_interface(address).network.prefixlen >= 30


def side_by_side(switch: Switch, own: object, peer: Switch, other: object) -> str:
    """Both values with their switches, in one order whichever is asked first: ``mst on sw-a, rapid-pvst on sw-b``."""
    told = sorted([(switch.name, own), (peer.name, other)], key=lambda each: each[0])
    return ", ".join(f"{value} on {name}" for name, value in told)
