"""What an interface carries and which leg it is, from the facts of a configuration alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlagkit.nxos.catalogue import known
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.effective import Side, Values, channel_of
from mlagkit.nxos.objects import interface_name
from mlagkit.values import VlanSet

_ONE = VlanSet((1,))


@dataclass(frozen=True, slots=True)
class LegNow:
    """The vPC that a port-channel is a leg of, and whether it can be up."""

    number: int
    up: bool


_MODE = known("interface", "switchport mode access")
_ACCESS = known("interface", "switchport access vlan 1")
_LIST = known("interface", "switchport trunk allowed vlan 1")
_SHUTDOWN = known("interface", "shutdown")


def vlans_of(head: str, side: Side, *, ports: bool = True) -> VlanSet:
    """What a port or port-channel lets through: nothing while it is routed or shut.

    A port that no line speaks of is in VLAN 1. ``ports``: a port-channel without ports carries nothing, but its ports
    may not have been read.
    """
    name = interface_name(head)
    if name is None or name.kind not in ("Ethernet", "port-channel") or "." in name:
        return VlanSet()
    block = side.root.blocks.get(head)
    if block is None:
        return _ONE if name.kind == "Ethernet" and not side.context.at(name).routed else VlanSet()
    values = side.values(block)
    if values.context.routed or is_shut(values) or not ports:
        return VlanSet()
    return _carried(values)


def is_shut(values: Values) -> bool:
    """Whether an interface with these values is shut."""
    return bool(values.used(_SHUTDOWN.key, _SHUTDOWN.row))


def bundle_of(head: str, side: Side) -> str:
    """The head of the port-channel that a port is in, else the port's own."""
    block = side.root.blocks.get(head)
    channel = channel_of(side.root, block) if block else None
    return channel.head if channel else head


def _carried(values: Values) -> VlanSet:
    if values.used(_MODE.key, _MODE.row) == "trunk":
        listed = values.used(_LIST.key, _LIST.row)
        return listed if isinstance(listed, VlanSet) else VlanSet()
    access = values.used(_ACCESS.key, _ACCESS.row)
    return VlanSet((access,)) if isinstance(access, int) else VlanSet()


def has_ports(head: str, typed: Typed) -> bool:
    """Whether an interface is no port-channel, or one with ports."""
    name = interface_name(head)
    return name is None or name.kind != "port-channel" or bool(typed.members(name.number))


def leg_of(head: str, side: Side) -> LegNow | None:
    """The leg that a port-channel is; None for what is none."""
    block = side.root.blocks.get(head)
    number = block.value("vpc") if block else None
    if block is None or not isinstance(number, int):
        return None
    return LegNow(number, not is_shut(side.values(block)))


def is_peer_link(head: str, side: Side) -> bool:
    """Whether an interface is the peer-link."""
    block = side.root.blocks.get(head)
    return bool(block and block.has("vpc peer-link"))


def peer_link_of(side: Side) -> str | None:
    """The header of the peer-link, None where there is none or it was not read."""
    return next((head for head, block in side.root.blocks.items() if block.has("vpc peer-link")), None)


def legs_of(side: Side) -> Iterator[str]:
    """The headers of the legs, as far as they were read."""
    return (head for head in side.root.blocks if leg_of(head, side))


def keepalive_of(side: Side) -> object:
    """The keepalive of a switch, None where it has none."""
    return _of_domain(side, "peer-keepalive")


def virtual_peer_link_of(side: Side) -> object:
    """The ends of a peer-link through the fabric, None where it has ports of its own."""
    return _of_domain(side, "virtual peer-link destination source dscp")


def _of_domain(side: Side, key: str) -> object:
    domains = (facts for facts in side.root.blocks.values() if facts.mode == "vpc-domain")
    return next((facts.value(key) for facts in domains), None)


def exists(side: Side) -> VlanSet:
    """The VLANs that a configuration creates, as far as it was read."""
    return side.root.vlans("vlan") or VlanSet()


def is_there(kind: str, name: str, side: Side) -> bool:
    """Whether a configuration has the VRF or VLAN of that name."""
    return int(name) in exists(side) if kind == "VLAN" else f"vrf context {name}" in side.root.blocks


def used_by(edit: Edit) -> Iterator[tuple[str, str]]:
    """The VRFs and VLANs that a line puts to use."""
    if edit.row is None or edit.new is None:
        return
    if edit.row.command == "vrf member <word>":
        yield "VRF", edit.new.split()[-1]
    if edit.row.command == "switchport access vlan <int>":
        yield "VLAN", edit.new.split()[-1]
    if edit.row.trunk and edit.old is None:
        yield from (("VLAN", str(vlan)) for vlan in edit.vlans)
    name = interface_name(edit.head)
    if edit.opens and name is not None and name.kind == "Vlan":
        yield "VLAN", name.number
