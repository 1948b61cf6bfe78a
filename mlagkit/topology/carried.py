"""Which VLANs the ports of a switch carry: the peer-link, the legs, the orphan ports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mlagkit.part import asked_once
from mlagkit.switch import Port, Switch
from mlagkit.topology.channels import TRUNK, vpc_legs
from mlagkit.values import ALL_VLANS, VlanSet

_ALL_BUT_SOME = len(ALL_VLANS) // 2
"""A list of more VLANs than this says which ones a trunk does not carry."""


def carried(port: Port) -> VlanSet:
    """The VLANs that a port carries: none where it is shut or routed."""
    return VlanSet() if port.shutdown else port.allowed


def carried_by(ports: Iterable[Port]) -> VlanSet:
    """The VLANs of all these ports together."""
    return VlanSet(frozenset[int]().union(*(carried(port) for port in ports)))


def lists_vlans(port: Port) -> bool:
    """Whether somebody said which VLANs a trunk carries, and not all of them."""
    return port.mode == TRUNK and port.vlans != ALL_VLANS


def names_vlans(port: Port) -> bool:
    """Whether somebody named each VLAN that a port carries, and not those that it does not."""
    return port.mode != TRUNK or len(port.vlans) <= _ALL_BUT_SOME


def existing(switch: Switch, vlans: frozenset[int]) -> VlanSet:
    """Those of the VLANs that the switch has."""
    return VlanSet(vlans & switch.vlans.keys())


def on_peer_link(switch: Switch) -> VlanSet:
    """The VLANs that the peer-link lets through by its configuration, whether the switch has them or not."""
    return switch.peer_link.allowed if switch.peer_link else VlanSet()


@asked_once
def vpc_vlans(switch: Switch) -> VlanSet:
    """The VLANs of the switch that the peer-link carries; whatever is on it is a vPC VLAN (reference 1)."""
    return existing(switch, carried(switch.peer_link)) if switch.peer_link else VlanSet()


@asked_once
def open_legs(switch: Switch) -> Mapping[int, Port]:
    """The vPC legs that are not shut, by vPC number."""
    return {number: leg for number, leg in vpc_legs(switch).items() if not leg.shutdown}


def common_legs(switch: Switch, peer: Switch) -> Mapping[int, Port]:
    """The open legs whose vPC the peer has open, too."""
    theirs = open_legs(peer)
    return {number: leg for number, leg in open_legs(switch).items() if number in theirs}


@asked_once
def on_legs(switch: Switch) -> VlanSet:
    """The VLANs on the vPC legs that are not shut."""
    return carried_by(open_legs(switch).values())


@asked_once
def orphans(switch: Switch) -> tuple[Port, ...]:
    """The switched ports and port-channels that are up and belong to no vPC, no peer-link and no port-channel."""
    return tuple(
        port
        for port in switch.ports.values()
        if port.vpc is None and port.channel is None and not port.peer_link and carried(port)
    )
