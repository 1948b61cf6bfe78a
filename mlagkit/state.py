"""What two switches of a pair say of themselves: roles, links, vPCs, consistency, ports, software.

A state is told by the switch, never computed: a field that a release does not show is ``None``,
and so is the whole answer to a command that was not asked. Words that mlagkit does not know are
kept as the switch said them and never pass for a healthy one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.values import InterfaceName, VlanSet

Others = tuple[tuple[str, str], ...]
"""What the switch told under names that no field holds: kept, so that it can be shown."""


class Absent(StrEnum):
    """Why a switch has nothing to tell where it was asked."""

    UNKNOWN_COMMAND = "the switch does not know the command"
    """As without the feature that brings the command (vpc-reference.md 2.1, ``feature vpc``) [likely]."""


class Role(StrEnum):
    """Who leads, exactly as a switch says it (vpc-reference.md 1, sticky roles included)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    PRIMARY_OPERATIONAL_SECONDARY = "primary, operational secondary"
    SECONDARY_OPERATIONAL_PRIMARY = "secondary, operational primary"
    NONE = "none established"

    @property
    def leads(self) -> bool:
        """Whether it acts as primary now, whatever was configured."""
        return self in (Role.PRIMARY, Role.SECONDARY_OPERATIONAL_PRIMARY)


class PeerStatus(StrEnum):
    """Whether the two switches talk over the peer-link; OTHER where the switch has words of its own for it."""

    OK = "ok"
    LINK_DOWN = "link down"
    NOT_CONFIGURED = "not configured"
    OTHER = "other"


class KeepaliveStatus(StrEnum):
    """Whether the peer answers on the keepalive path; OTHER where the switch has words of its own for it."""

    ALIVE = "alive"
    OTHER_DOMAIN = "alive in another domain"
    SUSPENDED = "suspended"
    DISABLED = "disabled"
    OTHER = "other"


class Verdict(StrEnum):
    """What a consistency check came to."""

    SUCCESS = "success"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


class LinkStatus(StrEnum):
    """Whether a port-channel carries traffic."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A delay in seconds: whether it runs at this moment, and what is left of it; None where the switch won't say."""

    running: bool | None
    timeout: int
    left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerLink:
    """The peer-link; ``vlans`` are those that are active on it."""

    id: int
    port: InterfaceName
    status: LinkStatus
    vlans: VlanSet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One vPC as this switch sees it.

    ``over_peer_link`` says that the leg is down here and the vPC is reached through the peer.
    ``vlans`` is None where the switch cut its own list short (``141-...,``).
    """

    vpc: int
    port: InterfaceName
    status: LinkStatus
    over_peer_link: bool
    consistency: Verdict
    reason: str | None
    vlans: VlanSet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcState:
    """The vPC domain at work; ``domain`` is None where none is configured."""

    domain: int | None
    peer: PeerStatus
    peer_said: str
    keepalive: KeepaliveStatus
    keepalive_said: str
    role: Role
    consistency: Verdict
    consistency_reason: str | None = None
    vlan_consistency: Verdict | None = None
    type_2_consistency: Verdict | None = None
    type_2_reason: str | None = None
    vpcs_configured: int
    peer_gateway: bool | None = None
    dual_active_excluded: VlanSet | None = None
    graceful_consistency: bool | None = None
    graceful_reason: str | None = None
    auto_recovery: bool | None = None
    auto_recovery_timer: Timer | None = None
    delay_restore: Timer | None = None
    delay_restore_interface_vlan: Timer | None = None
    delay_restore_orphan_port: Timer | None = None
    layer3_peer_router: bool | None = None
    virtual_peer_link: bool | None = None
    peer_links: tuple[PeerLink, ...] = ()
    legs: tuple[Leg, ...] = ()
    others: Others = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleState:
    """How the primary was elected.

    ``dual_active`` is set on a switch that shut its legs because its peer lives on without the
    peer-link; the configured priorities are those that the next election will use.
    """

    role: Role
    dual_active: bool
    system_mac: str
    system_priority: int
    local_mac: str
    local_role_priority: int
    local_configured_role_priority: int | None
    peer_mac: str
    peer_role_priority: int
    peer_configured_role_priority: int | None
    others: Others = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepaliveState:
    """The keepalive: what comes back, over which ports, with which timers.

    ``alive_for`` and the timeouts are seconds, ``interval`` and ``last_update`` milliseconds.
    """

    status: KeepaliveStatus
    said: str
    alive_for: int | None
    last_update: int | None
    send: str | None
    receive: str | None
    sent_on: InterfaceName | None
    received_on: InterfaceName | None
    destination: str | None
    vrf: str | None
    interval: int | None
    timeout: int | None
    hold_timeout: int | None
    udp_port: int | None
    tos: int | None
    others: Others = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One row of a consistency table; ``type`` is 1, 2, or None where the switch only informs."""

    name: str
    type: int | None
    local: str
    peer: str

    @property
    def differs(self) -> bool:
        """Whether the two switches have different values."""
        return self.local != self.peer


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyState:
    """What both switches compare; ``suspended`` are the VLANs that this one suspends over it, None if not told."""

    parameters: tuple[Parameter, ...]
    suspended: VlanSet | None

    @property
    def differing(self) -> tuple[Parameter, ...]:
        """The parameters in which the two differ."""
        return tuple(parameter for parameter in self.parameters if parameter.differs)


@dataclass(frozen=True, slots=True, kw_only=True)
class VlanParameter:
    """One row of the table per VLAN: the VLANs that pass this check."""

    name: str
    type: int | None
    verdict: Verdict
    reason: str | None
    passed: VlanSet


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanPorts:
    """The ports without a twin on the peer that carry a VLAN of the peer-link."""

    vlans: VlanSet
    ports: tuple[InterfaceName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPort:
    """A port in its channel, with the letter that the switch puts behind it (``P``) as a word (``bundled``)."""

    port: InterfaceName
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortChannel:
    """A port-channel with its ports; ``status`` is ``up``, ``down`` or ``too few members``."""

    port: InterfaceName
    switched: bool | None
    status: str
    protocol: str
    members: tuple[MemberPort, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceStatus:
    """A port as the switch lists it.

    ``status``, ``vlan`` (its access VLAN, or a word such as ``trunk``), ``speed`` and ``type`` are
    its own words, which a terminal cuts to nine letters where NX-API does not (``xcvrAbsen``).
    """

    port: InterfaceName
    name: str | None
    status: str
    vlan: int | str | None
    duplex: str | None
    speed: str | None
    type: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Software:
    """What runs on what.

    ``model`` is without its family (``C93180YC-FX``), ``serial`` that of the processor board, which
    in a chassis with modules is not the chassis; ``uptime`` is in seconds.
    """

    hostname: str
    model: str
    serial: str
    release: str
    uptime: int | None
    last_reset: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Who is heard on a port by LLDP, by the name that it gives itself, and its own name for its port."""

    port: InterfaceName
    device: str
    far_port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchState:
    """All that one switch was asked and told; None for what it was not asked.

    ``unproven`` names the commands whose answer was read in a form of which no sample of a real
    switch was at hand: show it beside whatever was concluded from them.
    """

    hostname: str
    vpc: VpcState | Absent | None = None
    role: RoleState | Absent | None = None
    keepalive: KeepaliveState | Absent | None = None
    consistency: ConsistencyState | Absent | None = None
    vlan_consistency: tuple[VlanParameter, ...] | Absent | None = None
    interface_consistency: Mapping[InterfaceName, ConsistencyState | Absent] | None = None
    orphan_ports: tuple[OrphanPorts, ...] | Absent | None = None
    port_channels: tuple[PortChannel, ...] | None = None
    interfaces: tuple[InterfaceStatus, ...] | None = None
    software: Software | None = None
    neighbours: tuple[Neighbour, ...] | Absent | None = None
    unproven: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairState:
    """Both switches, by hostname."""

    switches: Mapping[str, SwitchState]

    @property
    def roles(self) -> Mapping[str, Role]:
        """The operational roles, where both say them and exactly one leads; else nothing."""
        told = {name: each.vpc.role for name, each in self.switches.items() if isinstance(each.vpc, VpcState)}
        is_led = [role.leads for role in told.values()].count(True) == 1
        return told if is_led and len(told) == len(self.switches) else {}
