"""The parameters of a vPC's leg: `show vpc consistency-parameters vpc N`, and the same for its port-channel.

One N9K pair was seen (OUT1, id 44020327457), one N3K (id 30598270160), the N5K of N5OPS page 1-3. A word that was not
seen there is marked [likely]. N5CFG is the Nexus 5000 Interfaces Configuration Guide 5.2(1)N1(1), page 72: "Tagging of
native VLAN traffic" is among what has to be the same.
"""

from __future__ import annotations

from typing import NamedTuple

from mlagkit.nxos.consistency.carried import carried_on
from mlagkit.nxos.consistency.row import Mark, Row, switched
from mlagkit.nxos.native_vlan import tagged_on_one
from mlagkit.nxos.system_mac import system_mac
from mlagkit.switch import Port, Switch
from mlagkit.values import is_number

_GUARDS = {"none": "Default", "root": "Root", "loop": "Loop"}
_SIMULATES = {"enable": "Enabled", "disable": "Disabled"}
_TYPES = {"normal": "Default", "edge": "Edge Port", "edge trunk": "Edge Trunk Port", "network": "Network Port"}
_LACP = ("active", "passive")
_AUTO = "auto"
_BY_LINK = "auto is what the link comes up with"


class Leg(NamedTuple):
    """The port-channel of a vPC on one switch."""

    switch: Switch
    port: Port


def channel_mode(leg: Leg) -> str | None:
    """How its members bundle, None without members."""
    found = {member.lacp for name in leg.port.members if (member := leg.switch.ports.get(name)) and member.lacp}
    return "/".join(sorted(found)) or None


def _same_protocol(one: str, other: str) -> bool:
    """Active and passive may stand against each other, LACP and ``on`` may not (G106)."""
    return _is_lacp(one) == _is_lacp(other)


def _is_lacp(mode: str) -> bool:
    return all(word in _LACP for word in mode.split("/"))


def _lacp(leg: Leg) -> str | None:
    mode = channel_mode(leg)
    return None if mode is None else "on" if _is_lacp(mode) else "off"


def _suspend_individual(leg: Leg) -> str:
    """Both lines that take a part in it; JP3 tells that ``pxe`` on one side only is a difference, not how it prints."""
    text = "enabled" if leg.port.lacp_suspend_individual else "disabled"
    return text if leg.port.lacp_suspend_individual_pxe else f"{text} (pxe disabled)"


def _speed(leg: Leg) -> str:
    speed = leg.port.speed
    if not is_number(speed):
        return speed
    megabits = int(speed)
    return f"{megabits // 1000} Gb/s" if megabits >= 10_000 else f"{megabits} Mb/s"


def _same_unless_auto(one: str, other: str) -> bool | None:
    """What ``auto`` comes to depends on the optics and the other end."""
    return None if _AUTO in (one, other) else one == other


def _native(leg: Leg) -> str | None:
    """Of a trunk; what an access port shows there was not seen."""
    return str(leg.port.native_vlan) if leg.port.mode == "trunk" else None


def _tagged_apart(leg: Leg, other: Leg) -> str:
    """Tags on the native VLAN are compared (3.2, N5CFG); in which row, and how it prints, was not seen [likely]."""
    is_trunk = leg.port.mode == other.port.mode == "trunk"
    told = tagged_on_one(leg.switch, other.switch) if is_trunk else ""
    return f"the native VLAN is not tagged alike: {told}" if told else ""


def _lag_id(leg: Leg) -> str | None:
    """The half of this pair: system priority, system-mac, key (reference section 1); empty for a static channel."""
    mode = channel_mode(leg)
    if mode is None or leg.switch.domain is None or leg.port.vpc is None:
        return None
    if not _is_lacp(mode):
        return ""
    digits = system_mac(leg.switch.domain).replace(".", "")
    octets = "-".join(f"{int(digits[at : at + 2], 16):x}" for at in range(0, 12, 2))
    return f"({leg.switch.domain.system_priority:x}, {octets}, {0x8000 | leg.port.vpc:x}, 0, 0)"


def _same_if_no_lacp(one: str, other: str) -> bool | None:
    """Two halves that differ are a difference; two that are the same still lack the half of the host."""
    if one != other:
        return False
    return None if one else True


# One row, one line, however long: that is how a table is read.
# fmt: off
LEG_ROWS: tuple[Row[Leg], ...] = (
    Row(name="delayed-lacp", type=1, source="OUT1, id 30598270160", mark=Mark.CERTAIN, value=lambda leg: "enabled" if leg.port.lacp_mode_delay else "disabled"),
    Row(name="lacp suspend disable", type=1, source="OUT1 (enabled without a line, as far as is known), JP3", mark=Mark.LIKELY, value=_suspend_individual),
    Row(name="mode", type=1, source="OUT1, G106", mark=Mark.CERTAIN, value=channel_mode, same=_same_protocol),
    Row(name="Switchport Isolated", type=1, source="OUT1 (0); 1 [likely]", mark=Mark.LIKELY, value=lambda leg: str(int("switchport isolated" in leg.port.extra))),
    Row(name="Interface type", type=1, source="OUT1", mark=Mark.CERTAIN, value=lambda _: "port-channel"),
    Row(name="LACP Mode", type=1, source="OUT1 (on); off [likely]", mark=Mark.LIKELY, value=_lacp),
    Row(name="Virtual-ethernet-bridge", type=1, source="OUT1", mark=Mark.LIKELY, value=lambda leg: switched("switchport virtual-ethernet-bridge" in leg.port.extra)),
    Row(name="Speed", type=1, source="OUT1, N5OPS", mark=Mark.CERTAIN, value=_speed, same=_same_unless_auto, untold=_BY_LINK),
    Row(name="Duplex", type=1, source="OUT1, N5OPS", mark=Mark.CERTAIN, value=lambda leg: leg.port.duplex, same=_same_unless_auto, untold=_BY_LINK),
    Row(name="MTU", type=1, source="OUT1, id 30598270160", mark=Mark.CERTAIN, value=lambda leg: str(leg.port.mtu)),
    Row(name="Port Mode", type=1, source="OUT1", mark=Mark.CERTAIN, value=lambda leg: leg.port.mode),
    Row(name="Native Vlan", type=1, source="OUT1; its tag: 3.2, N5CFG [likely]", mark=Mark.CERTAIN, value=_native, apart=_tagged_apart),
    Row(name="Admin port mode", type=1, source="OUT1", mark=Mark.CERTAIN, value=lambda leg: leg.port.mode),
    Row(name="Port-type External", type=1, source="OUT1; the line [likely]", mark=Mark.LIKELY, value=lambda leg: switched("port-type external" in leg.port.extra)),
    Row(name="STP Port Guard", type=1, source="OUT1 (Default); Root, Loop [likely]", mark=Mark.CERTAIN, value=lambda leg: _GUARDS.get(leg.port.guard, leg.port.guard)),
    Row(name="STP Port Type", type=1, source="OUT1 (Default), id 30598270160 (Edge Port); the others [likely]", mark=Mark.CERTAIN, value=lambda leg: _TYPES.get(leg.port.port_type, leg.port.port_type)),
    Row(name="STP MST Simulate PVST", type=1, source="OUT1 (Default); the others [likely]", mark=Mark.CERTAIN, value=lambda leg: _SIMULATES.get(leg.port.mst_simulate_pvst, "Default")),
    Row(name="lag-id", type=1, source="OUT1; empty for `on`: id 30598270160", mark=Mark.CERTAIN, value=_lag_id, same=_same_if_no_lacp, untold="the half of the host is not in a configuration"),
    Row(name="Allow-Multi-Tag", type=1, source="OUT1; the line [likely]", mark=Mark.LIKELY, value=lambda leg: switched("switchport trunk allow-multi-tag" in leg.port.extra)),
    Row(name="Vlan xlt mapping", type=1, source="OUT1; the line [likely]", mark=Mark.LIKELY, value=lambda leg: switched("switchport vlan mapping enable" in leg.port.extra)),
    Row(name="Dot1q Tunnel", type=1, source="id 30598270160 (N3K)", mark=Mark.CERTAIN, value=lambda leg: "yes" if leg.port.mode == "dot1q-tunnel" else "no"),
    Row(name="Shut Lan", type=1, source="N5OPS (N5K)", mark=Mark.CERTAIN, value=lambda leg: "Yes" if "shutdown lan" in leg.port.extra else "No"),
    Row(name="vPC card type", type=1, source="OUT1", mark=Mark.CERTAIN, unseen="the hardware is not in a configuration"),
    Row(name="Allowed VLANs", type=None, source="OUT1, id 30598270160", mark=Mark.CERTAIN, value=lambda leg: str(carried_on(*leg)) or "-"),
)
# fmt: on
"""Every row of any product line, those that an N9K shows in its order; `Local suspended VLANs` is its last one."""
