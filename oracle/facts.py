"""What mlagkit says of an answer, as facts that an independent reader can be held against.

A fact is the value of an attribute of an object, each a text. Every attribute has one name whatever object it is of, so
that a reader can be asked for those that it knows, and for no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mlagkit.nxos.reply import Show
from mlagkit.state import (
    InterfaceStatus,
    Leg,
    Neighbour,
    PortChannel,
    Software,
    SwitchState,
    Timer,
    VpcState,
)
from mlagkit.switch import Interface, Port
from mlagkit.values import VlanSet

Facts = Mapping[tuple[str, str], str]
"""Object and attribute -> value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One answer: whose it is and in what situation, the command, the text, and what mlagkit says of it."""

    where: str
    command: str
    text: str
    facts: Facts


def of_state(state: SwitchState, command: str) -> Facts:
    """What a state has that this command shows."""
    found: dict[tuple[str, str], str | int | None] = {}
    if command == Show.VPC and isinstance(state.vpc, VpcState):
        found = dict(_vpc(state.vpc))
    elif command == Show.PORT_CHANNEL_SUMMARY:
        found = {key: value for each in state.port_channels or () for key, value in _channel(each)}
    elif command == Show.INTERFACE_STATUS:
        found = {key: value for each in state.interfaces or () for key, value in _interface(each)}
    elif command == Show.LLDP_NEIGHBORS and isinstance(state.neighbours, tuple):
        found = {key: value for each in state.neighbours for key, value in _neighbour(each)}
    elif command == Show.VERSION and state.software:
        found = dict(_software(state.software))
    return texts(found)


def texts(found: Mapping[tuple[str, str], str | int | None]) -> Facts:
    """Values as texts; what is not told is no fact."""
    return {key: str(value) for key, value in found.items() if value is not None}


Told = Iterator[tuple[tuple[str, str], str | int | None]]


def _vpc(told: VpcState) -> Told:
    """A domain that is not configured has the words of a terminal for its number."""
    one = {
        "domain": told.domain or "Not configured",
        "peer": told.peer_said,
        "keepalive": told.keepalive_said,
        "consistency": told.consistency,
        "consistency reason": told.consistency_reason,
        "VLAN consistency": told.vlan_consistency,
        "type-2 consistency": told.type_2_consistency,
        "role": told.role,
        "vPCs": told.vpcs_configured,
        "peer-gateway": _enabled(told.peer_gateway),
        "excluded VLANs": _listed(told.dual_active_excluded),
        "graceful check": _enabled(told.graceful_consistency),
        "auto-recovery": _enabled(told.auto_recovery),
        "auto-recovery timer": timer(told.auto_recovery_timer),
        "delay restore": timer(told.delay_restore),
        "delay restore of SVIs": timer(told.delay_restore_interface_vlan),
        "peer-router": _enabled(told.layer3_peer_router),
        "virtual peer-link": _enabled(told.virtual_peer_link),
    }
    for attribute, value in one.items():
        yield ("", attribute), value
    for link in told.peer_links:
        name = f"peer-link {link.id}"
        yield (name, "peer-link port"), link.port
        yield (name, "peer-link status"), link.status
        yield (name, "peer-link VLANs"), _listed(link.vlans)
        yield (f"{link.id} {link.port}", "row"), link.status
    for leg in told.legs:
        yield from _leg(leg)


def _leg(leg: Leg) -> Told:
    name = f"vPC {leg.vpc}"
    yield (name, "leg port"), leg.port
    yield (name, "leg status"), f"{leg.status}{'*' if leg.over_peer_link else ''}"
    yield (name, "leg consistency"), leg.consistency
    yield (name, "leg reason"), leg.reason or "success"
    yield (name, "leg VLANs"), _listed(leg.vlans)
    yield (f"{leg.vpc} {leg.port}", "row"), f"{leg.status}{'*' if leg.over_peer_link else ''}"


def _enabled(value: bool | None) -> str | None:
    return None if value is None else "enabled" if value else "disabled"


def _listed(vlans: VlanSet | None) -> str | None:
    return None if vlans is None else str(vlans) or "-"


def timer(told: Timer | None) -> str | None:
    """``off 30`` for one that does not run, ``on 30 12`` for one with 12 seconds left."""
    if told is None:
        return None
    return " ".join(map(str, filter(None, ("on" if told.running else "off", told.timeout, told.left))))


def _channel(channel: PortChannel) -> Told:
    yield (channel.port, "channel status"), channel.status
    yield (channel.port, "channel layer"), {True: "switched", False: "routed", None: None}[channel.switched]
    yield (channel.port, "channel protocol"), channel.protocol.lower()
    yield (channel.port, "members"), listed(f"{each.port} {each.status}" for each in channel.members)


def listed(some: Iterator[str]) -> str:
    """Several as one value, whatever their order."""
    return ", ".join(sorted(some)) or "-"


def _interface(port: InterfaceStatus) -> Told:
    yield (port.port, "name"), port.name or "--"
    yield (port.port, "status"), port.status
    yield (port.port, "VLAN"), port.vlan or "--"
    yield (port.port, "duplex"), port.duplex
    yield (port.port, "speed"), port.speed
    yield (port.port, "type"), port.type or "--"


def _neighbour(one: Neighbour) -> Told:
    yield (f"{one.port} {one.device}", "neighbour's port"), one.far_port


def _software(told: Software) -> Told:
    yield ("", "hostname"), told.hostname
    yield ("", "release"), told.release
    yield ("", "serial"), told.serial
    yield ("", "model"), told.model
    yield ("", "uptime"), told.uptime


def of_interface(port: Interface, mtu: int = 1500) -> Facts:
    """What a pair file comes to for one interface, as far as it is not what it has without a line, like its ``mtu``."""
    found: dict[tuple[str, str], str | int | None] = {
        (port.name, "description"): port.description,
        (port.name, "MTU"): port.mtu if port.mtu not in (1500, mtu) else None,
        (port.name, "address"): port.address,
        (port.name, "VRF"): port.vrf if port.vrf not in ("default", "management") else None,
    }
    if isinstance(port, Port):
        found |= dict(_switched(port))
    return texts(found)


def _switched(port: Port) -> Told:
    if port.mode == "trunk":
        yield (port.name, "trunk VLANs"), str(port.vlans) if len(port.vlans) < 4094 else None
        yield (port.name, "native VLAN"), port.native_vlan if port.native_vlan != 1 else None
    elif port.mode == "access":
        yield (port.name, "access VLAN"), port.vlan if port.vlan != 1 else None
    if port.channel is not None:
        yield (port.name, "channel"), port.channel
    yield (port.name, "configured speed"), port.speed if port.speed != "auto" else None
    yield (port.name, "vPC"), "peer-link" if port.peer_link else port.vpc
